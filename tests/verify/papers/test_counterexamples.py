"""A counterexample counts only where it is against what the author says, whatever stands beside the step."""

from __future__ import annotations

from tests.verify.papers.said import DERIVE, said_of

GIVEN = r"% verify: assume a > 0, b > 0, x \in \mathbb R"
FUNCTION = "% verify: assume f(x) > 0, f(2) > 0, x = 2"
NORMS = r"% verify: assume \lVert x - y \rVert \ge 0, \lVert y - x \rVert \ge 0"
# What is written, line by line, and what is said: P proved, R refuted, N not understood, I inconclusive, U unchecked.
CASES = {
    "condition in a column": (GIVEN, DERIVE, r"\begin{align} x^2 &\ge x & x &\ge 1 \end{align}", "II"),
    "condition in a cell": (GIVEN, DERIVE, r"\begin{align} x^2 &\ge x && x \ge 1 \end{align}", "II"),
    "condition in brackets": (GIVEN, DERIVE, r"\begin{align} x^2 &\ge x & (x &\ge 1) \end{align}", "IN"),
    "condition in words": (GIVEN, DERIVE, r"\begin{align} x^2 &\ge x && \text{for } x \ge 1 \end{align}", "P"),
    "condition in words only": (GIVEN, DERIVE, r"\begin{align} x^2 &\ge x && \text{(if $x \ge 1$)} \end{align}", "P"),
    "condition that is too weak": (
        GIVEN,
        DERIVE,
        r"\begin{align} x^2 &\ge x && \text{(if $x \ge 0$)} \end{align}",
        "R",
    ),
    "condition as a reason": (GIVEN, DERIVE, r"\begin{align} x^2 &\ge x && \text{(since $x \ge 1$)} \end{align}", "I"),
    "reason that is not read": (GIVEN, DERIVE, r"\begin{align} x^2 &\ge x && \text{(as $X \succ 1$)} \end{align}", "I"),
    "reason that does not help": (GIVEN, DERIVE, r"\begin{align} x^2 &\ge x && \text{(as $x \ge 0$)} \end{align}", "R"),
    "reason in words": (GIVEN, DERIVE, r"\begin{align} x^2 &\ge x && \text{(by Lemma 3)} \end{align}", "R"),
    "another claim in a column": (GIVEN, DERIVE, r"\begin{align} a &< 0 & a + b &> 0 \end{align}", "RP"),
    "root of a negative number": (GIVEN, DERIVE, r"\[ \sqrt[3]{x^3} = x \]", "I"),
    "root of a positive number": (GIVEN, DERIVE, r"\[ \sqrt[3]{a^3} = a \]", "P"),
    "wrong root": (GIVEN, DERIVE, r"\[ \sqrt[3]{a^3} = 2a \]", "R"),
    "equal subscripts": (DERIVE, r"\[ c_{n+1} = c_{1+n} \]", "I"),
    "other subscripts": (DERIVE, r"\[ c_{n+1} = c_{n} \]", "R"),
    "subscripts that are compared": ("% verify: assume i = j", DERIVE, r"\[ c_i = c_j \]", "I"),
    "subscripts that are not": (DERIVE, r"\[ c_i = c_j \]", "R"),
    "values at one point": (FUNCTION, DERIVE, r"\[ f(x) = f(2) \]", "I"),
    "related norms": (NORMS, DERIVE, r"\[ \lVert x - y \rVert = \lVert y - x \rVert \]", "I"),
    "a name that is introduced": (GIVEN, DERIVE, r"\[ M = a + b = b + a \]", "NP"),
    "empty groups": (GIVEN, DERIVE, r"\begin{align*} a + b ={}& b + a \\ >{}& b \end{align*}", "PP"),
    "a sign with its class": (GIVEN, DERIVE, r"\[ a + b \mathrel{=} b \mathbin{+} a \]", "P"),
    "a reason in its own row": (
        GIVEN,
        DERIVE,
        r"\begin{align} a + b &> a \\ & \text{(as $b>0$)} \\ &> 0 \end{align}",
        "PP",
    ),
}

test_what_is_said = said_of(CASES)

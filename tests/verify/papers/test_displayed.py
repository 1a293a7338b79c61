"""Conditions and definitions that stand in displays: how far they reach, and what is never concluded from them."""

from __future__ import annotations

from tests.verify.papers.said import DERIVE, said, said_of

GIVEN = r"% verify: assume a > 0, b > 0, x \in \mathbb R"
VECTORS = "% verify: vectors u, v"
# What is written, line by line, and what is said: P proved, R refuted, N not understood, I inconclusive, U unchecked.
CASES = {
    # ---------------------------------------------------------------- conditions
    "only the rows from the condition on": (
        GIVEN,
        DERIVE,
        r"\begin{align} x^2 &\ge x \\ &\ge 1 \quad \text{if } x \ge 1 \end{align}",
        "IP",
    ),
    "a row behind the condition": (
        GIVEN,
        DERIVE,
        r"\begin{align} x^2 &\ge x \quad \text{if } x \ge 1 \\ &\ge 1 \end{align}",
        "PP",
    ),
    "a statement before the comma": (GIVEN, DERIVE, r"\[ x \ge 1, \quad x^2 \ge x \text{ for all } x \ge 1 \]", "IP"),
    "two statements behind a quantifier": (GIVEN, DERIVE, r"\[ \forall x > 1 : x^2 > x, \quad x^3 > x^2 \]", "PP"),
    "several names": (DERIVE, r"\[ xy > 0 \quad \forall x, y > 0 \]", "P"),
    "several conditions": (DERIVE, r"\[ xy > 0 \quad \text{for all } x > 0 \text{ and } y > 0 \]", "P"),
    "formulas in words": (DERIVE, r"\[ xy > 0 \quad \text{for all $x > 0$ and $y > 0$.} \]", "P"),
    "an interval": (DERIVE, r"\[ x(1-x) \ge 0 \quad \forall x \in [0, 1] \]", "P"),
    "an interval that is too long": (DERIVE, r"\[ x(1-x) \ge 0 \quad \forall x \in [0, 2] \]", "R"),
    "a constant that is assumed": (
        r"% verify: assume T \ge 1",
        DERIVE,
        r"\[ t \le T^2 \quad \text{for all } t \le T \]",
        "P",
    ),
    "the same is assumed": (r"% verify: assume x > 0", DERIVE, r"\[ x + 1 > 1 \quad \text{for all } x > 0 \]", "P"),
    "more is assumed": (r"% verify: assume x > 2", DERIVE, r"\[ x^2 > x \quad \text{for all } x > 0 \]", "N"),
    "a whole number that is said to be any": (
        r"% verify: assume n \in \mathbb Z",
        DERIVE,
        r"\[ n^2 \ge n \quad \forall n \in \mathbb R \]",
        "N",
    ),
    "the condition ends with its statement": (
        GIVEN,
        DERIVE,
        r"\[ x^2 \ge x \quad \text{if } x \ge 1 \]",
        DERIVE,
        r"\[ x^2 \ge x \]",
        "PR",
    ),
    "a claim behind the condition": (GIVEN, DERIVE, r"\[ a > 0 \text{ for all } x > 0, a + b < x \]", "N"),
    "nothing can fulfil it": (GIVEN, DERIVE, r"\[ x = x + 1 \quad \text{if } x^2 < 0 \]", "I"),
    "with probability": (GIVEN, DERIVE, r"\[ a > 0 \quad \text{for all } x > 0 \text{ with probability one} \]", "N"),
    "exists": (GIVEN, DERIVE, r"\[ a > 0 \quad \exists x > 0 \]", "N"),
    "for all of a term": (DERIVE, r"\[ x^2 \ge 0 \quad \text{for all } x + y > 0 \]", "N"),
    "a set that is not read": (DERIVE, r"\[ x^2 \ge 0 \quad \text{for all } x \in \mathcal X \]", "N"),
    "a condition for each row": (
        r"% verify: assume x \in \mathbb R",
        DERIVE,
        r"\begin{align} |x| &= x, & \text{if } x \ge 0 \\ |x| &= -x, & \text{if } x \ge 0 \end{align}",
        "PR",
    ),
    # ---------------------------------------------------------------- definitions
    "nobody asked to check the definition": (GIVEN, r"\[ q := a + 1 \]", DERIVE, r"\[ q > 1 \]", "UP"),
    "an equation is no definition": (GIVEN, r"\[ q = a + 1 \]", DERIVE, r"\[ q > 1 \]", "UR"),
    "a second definition": (GIVEN, r"\[ q := a + 1 \] \[ q := a \]", DERIVE, r"\[ q > 1 \]", "UUR"),
    "a definition by the old one": (GIVEN, r"\[ q := a \] \[ q := q + 1 \]", DERIVE, r"\[ q > 1 \]", "UUP"),
    "a definition by itself": (GIVEN, r"\[ q := q + 1 \]", DERIVE, r"\[ q > 0 \]", "UI"),
    "a definition that is forgotten": (
        GIVEN,
        r"\[ q := a + 1 \]",
        "% verify: forget",
        "% verify: assume a > 0",
        DERIVE,
        r"\[ q > 1 \]",
        "UR",
    ),
    "a comment says more than the definition": (
        GIVEN,
        r"\[ q := \sup_t h \]",
        r"% verify: assume q \ge 1",
        DERIVE,
        r"\[ q^2 \ge q \]",
        "UP",
    ),
    "capital letters are not declared by it": (
        GIVEN,
        r"\[ q := A - B \]",
        DERIVE,
        r"\[ A B = B A \]",
        DERIVE,
        r"\[ q > 0 \]",
        "UNI",
    ),
    "a function": (GIVEN, r"\[ f(x) := x^2 \]", DERIVE, r"\[ f(x) \ge 0 \]", DERIVE, r"\[ f(a) \ge 0 \]", "UPN"),
    "cases that overlap": (
        GIVEN,
        r"\[ q := \begin{cases} 1 & x \ge 0 \\ 0 & x \le 0 \end{cases} \]",
        DERIVE,
        r"\[ q = 2 \text{ if } x = 0 \]",
        "UI",
    ),
    "cases that leave some out": (
        GIVEN,
        r"\[ q := \begin{cases} 1 & x > 0 \\ 0 & x < 0 \end{cases} \]",
        DERIVE,
        r"\[ q \ge 0 \]",
        "UI",
    ),
    "a whole number": (
        r"% verify: assume n \in \mathbb N, n \ge 1",
        r"\[ n := \frac{x}{2} \]",
        DERIVE,
        r"\[ n \ge 1 \]",
        DERIVE,
        r"\[ n \ge 2 \]",
        "UPI",
    ),
    # ---------------------------------------------------------------- chains that go on
    "not from two statements": (GIVEN, DERIVE, r"\[ a > 0, b > 0 \]", DERIVE, r"\[ > -1 \]", "PPN"),
    "not over a condition": (GIVEN, DERIVE, r"\[ x^2 \ge x \text{ if } x > 1 \]", DERIVE, r"\[ > 1 \]", "PN"),
    "not over another meaning of the letters": (
        GIVEN,
        DERIVE,
        r"\[ a + b > b \]",
        "% verify: let b = 0",
        DERIVE,
        r"\[ > -1 \]",
        "PN",
    ),
    "from a display that nobody asked to check": (GIVEN, r"\[ c = a + b \]", DERIVE, r"\[ > a \]", "UP"),
    "from what is not read": (GIVEN, r"\[ c = \int f \]", DERIVE, r"\[ \ge 0 \]", "UN"),
    # ---------------------------------------------------------------- vectors
    "vectors: a second definition": (
        VECTORS,
        r"\[ d := u - v \] \[ d := u + v \]",
        DERIVE,
        r"\[ \|d\|^2 = \|u\|^2 - 2\langle u, v\rangle + \|v\|^2 \]",
        "UUI",
    ),
    "vectors: a definition that is not read": (
        VECTORS,
        r"\[ d := u - v \] \[ d := \arg\min_w h \]",
        DERIVE,
        r"\[ \|d\|^2 = \|u\|^2 - 2\langle u, v\rangle + \|v\|^2 \]",
        "UUI",
    ),
    "vectors: a number": (VECTORS, r"\[ q := \|u\|^2 + 1 \]", DERIVE, r"\[ q \ge \|u\|^2 \]", "UP"),
    "vectors: a number by itself": (VECTORS, r"\[ q := \|u\|^2 + 1 \]", DERIVE, r"\[ q \ge 1 \]", "UP"),
    "vectors: a number that a comment declares": (
        VECTORS,
        "% verify: assume q > 0",
        r"\[ q := \|u\|^2 + 1 \]",
        DERIVE,
        r"\[ q \ge 1 \]",
        "UI",
    ),
    "vectors: a sum": (r"\[ q := \sum_{k=1}^n c_k \]", DERIVE, r"\[ q \ge 0 \]", "UR"),
    "vectors: a condition": (
        VECTORS,
        DERIVE,
        r"\[ \|u\|^2 \le c \|u\|^2 \quad \text{for all } c \ge 1 \]",
        DERIVE,
        r"\[ \|u\|^2 \le c \|u\|^2 \]",
        "PR",
    ),
}

test_what_is_said = said_of(CASES)


def test_with_everything_definitions_hold_too() -> None:
    assert said(GIVEN, r"\[ q := a + 1 \]", r"\[ q > 1 \]", everything=True) == "DP"

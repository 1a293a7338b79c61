"""Words in a display join statements, give reasons, or make what stands beside them not understood."""

from __future__ import annotations

from tests.verify.papers.said import DERIVE, said_of

# What is written, line by line, and what is said: P proved, R refuted, N not understood, I inconclusive, U unchecked.
CASES = {
    "not hold": (DERIVE, r"\[ x = x \text{ does not hold} \]", "N"),
    "never": (DERIVE, r"\[ x = x \quad\text{(never)} \]", "N"),
    "false": (DERIVE, r"\[ \text{It is false that } x = x \]", "N"),
    "for all": (DERIVE, r"\[ x^2 \ge x \quad\text{for all } x \ge 1 \]", "P"),
    "forall": (DERIVE, r"\[ x^2 \ge x \quad \forall x \ge 1 \]", "P"),
    "implies": (DERIVE, r"\[ x > 1 \text{ implies } x^2 > 1 \]", "P"),
    "implies R": (DERIVE, r"\[ x > 1 \text{ implies } x > 2 \]", "R"),
    "or": (DERIVE, r"\[ x > 0 \text{ or } x \le 0 \]", "P"),
    "iffw": (DERIVE, r"\[ x > 0 \text{ if and only if } -x < 0 \]", "P"),
    "and": (DERIVE, r"\[ x^2 \ge 0 \text{ and } y^2 \ge 0 \]", "PP"),
    "thus": (DERIVE, r"\[ \text{Thus } x^2 \ge 0 \]", "P"),
    "intertext not": (DERIVE, r"\begin{align} x &= x \\ \intertext{it is not true that} x^2 &\ge 0 \end{align}", "PN"),
    "reason": ("% verify: assume x > 0", DERIVE, r"\[ x + 1 > 1 \quad\text{since } x > 0 \]", "P"),
    "reason un": (DERIVE, r"\[ x + 1 > 1 \quad\text{since } x > 0 \]", "I"),
    "reason wrong": ("% verify: assume x > 0", DERIVE, r"\[ x > 1 \quad\text{since } x > 0 \]", "R"),
    "comma cond": (DERIVE, r"\[ x^2 \ge x, \quad x \ge 1 \]", "II"),
    "cond last": (DERIVE, r"\begin{align} x^2 &= x \cdot x \\ &\ge x \quad \text{if } x > 1 \end{align}", "PP"),
    "cases": (DERIVE, r"\[ |x| = \begin{cases} x & \text{if } x \ge 0 \\ -x & \text{otherwise} \end{cases} \]", "P"),
    "cases bad": (DERIVE, r"\[ |x| = \begin{cases} x & x \ge 0 \\ x & x < 0 \end{cases} \]", "R"),
    "cases gap": (DERIVE, r"\[ x = \begin{cases} x & x > 0 \\ x & x < 0 \end{cases} \]", "I"),
}

test_what_is_said = said_of(CASES)

"""What a display says under a condition is not taken without it; the same without a condition is."""

from __future__ import annotations

from tests.verify.papers.said import DERIVE, said_of

REAL = r"% verify: assume x, y \in \mathbb R"
VECTORS = "% verify: vectors u, v"
CASES = {
    "definition": (REAL, r"\[ q := x \]", DERIVE, r"\[ q = x \]", DERIVE, r"\[ q = |x| \]", "UPR"),
    "definition if": (
        REAL,
        r"\[ q := x \quad \text{if } x > 0 \]",
        r"\[ q := -x \quad \text{if } x \le 0 \]",
        DERIVE,
        r"\[ q = -x \]",
        DERIVE,
        r"\[ q = |x| \]",
        "UUII",
    ),
    # Where a statement is not understood, what it may define is not known: nothing is refuted of it.
    "definitions beside conditions": (
        REAL,
        r"\[ q := x \text{ if } x > 0, \qquad q := -x \text{ if } x < 0 \]",
        DERIVE,
        r"\[ q = -x \]",
        "UI",
    ),
    "definition with words": (REAL, DERIVE, r"\[ q := x \quad\text{does not hold} \]", DERIVE, r"\[ q = 3 \]", "NI"),
    "nothing is defined": (REAL, DERIVE, r"\[ x = y \quad\text{does not hold} \]", DERIVE, r"\[ x = 3 \]", "NR"),
    "skipped definition": (REAL, "% verify: skip", r"\[ q := x^2 \]", DERIVE, r"\[ q \ge 0 \]", "UP"),
    "skipped and not read": (REAL, "% verify: skip", r"\[ q := \int h \]", DERIVE, r"\[ q \ge 0 \]", "UI"),
    "skipped equation": (REAL, "% verify: skip", r"\[ x = y^2 \]", DERIVE, r"\[ x \ge 0 \]", "UR"),
    "words between rows": (
        REAL,
        DERIVE,
        r"\begin{align*} x &< x + 1 \\ \intertext{whenever $y > 1$} x + y &> x + 1 \\",
        r"\intertext{and so} x + y &> x + 1 \end{align*}",
        "PII",
    ),
    "words that restrict nothing": (
        REAL,
        DERIVE,
        r"\begin{align*} x &< x + 1 \\ \intertext{and also} x + y &> x + 1 \end{align*}",
        "PR",
    ),
    "vector": (VECTORS, r"\[ d := u - v \]", DERIVE, r"\[ d = u - v \]", "UP"),
    "vector if": (VECTORS, r"\[ d := u - v \quad\text{if } \|u\| > 1 \]", DERIVE, r"\[ d = u - v \]", "UI"),
    "hypothesis": ("% verify: assume", r"\[ x > 1 \]", DERIVE, r"\[ x > 1 \]", "AP"),
    "hypothesis if": ("% verify: assume", r"\[ x > 1 \quad\text{if } y > 0 \]", DERIVE, r"\[ x > 1 \]", "NI"),
    "norms": (VECTORS, DERIVE, r"\[ \|u\|^2 \ge \|u\| \]", "R"),
    "norms if": (VECTORS, DERIVE, r"\[ \|u\|^2 \ge \|u\| \quad\text{if } \|u\| \ge 1 \]", "N"),
}

test_what_is_said_under_conditions = said_of(CASES)

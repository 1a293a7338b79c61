"""Names defined in a sentence, further on, or for another index: what is taken up, and what is never refuted."""

from __future__ import annotations

from tests.verify.papers.said import DERIVE, said_of

POSITIVE = r"\[ q \ge 0 \]"
VECTORS = "% verify: vectors u, v, w_t, g_t"
CASES = {
    # ---------------------------------------------------------------- definitions in sentences
    "by a sign": ("Put $q := x^2$.", DERIVE, POSITIVE, "P"),
    "a slip behind it": ("Put $q := x^2$.", DERIVE, r"\[ q \ge 1 \]", "R"),
    "in parentheses": (r"Let \(q \coloneqq x^2\) be.", DERIVE, POSITIVE, "P"),
    "in an environment": (r"Put \begin{math}q := x^2\end{math}.", DERIVE, POSITIVE, "P"),
    "in a footnote": (r"As\footnote{Here $q := x^2$.} we see", DERIVE, POSITIVE, "P"),
    "from a macro": (r"\newcommand{\defq}{q := x^2}", r"Let $\defq$.", DERIVE, POSITIVE, "P"),
    "from the right": ("We write $x^2 =: q$, so", DERIVE, POSITIVE, "P"),
    "two at once": ("Let $p := x^2, r := p + 1$.", DERIVE, r"\[ r \ge 1 \]", "P"),
    "another value than before": ("% verify: let q = x^2", "Now $q := -x^2$.", DERIVE, POSITIVE, "R"),
    "what is not read": (r"Let $q := \sup_t t^2$.", DERIVE, POSITIVE, "I"),
    "a condition before it": ("If $x > 0$ let $q := x$.", DERIVE, POSITIVE, "I"),
    "a condition behind it": ("Let $q := x$ if $x > 0$.", DERIVE, POSITIVE, "I"),
    "one of two cases": ("Either $q := x^2$ or $q := -x^2$.", DERIVE, POSITIVE, "I"),
    "behind its use": (DERIVE, POSITIVE, "where $q := x^2$.", "I"),
    "by an equation": ("Let $q = x^2$.", DERIVE, POSITIVE, "I"),
    "by an equation behind its use": (DERIVE, POSITIVE, "where $q = x^2$.", "I"),
    "an equation of another display": (DERIVE, POSITIVE, DERIVE, r"\[ x^2 \ge 0 \]", "with $q = 1$", "RP"),
    "a comment says what it is": ("Let $q = x^2$.", "% verify: assume q > -1", DERIVE, POSITIVE, "R"),
    "no definition": ("We know that $q = x^2$ is small.", DERIVE, POSITIVE, "R"),
    "forgotten": (r"Put $q := x^2$.", "% verify: forget", DERIVE, POSITIVE, "R"),
    "forgotten and said again": ("Put $q := x^2$.", "% verify: forget", DERIVE, POSITIVE, "where $q := x^2$.", "I"),
    "of vectors": (VECTORS, "With $d := u - v$,", DERIVE, r"\[ \|d\|^2 \le 2\|u\|^2 + 2\|v\|^2 \]", "P"),
    "of vectors behind their use": (VECTORS, DERIVE, r"\[ r = \|u - v\| \]", "where $r := \\|u - v\\|$.", "I"),
    # ---------------------------------------------------------------- other members of a family
    "the same index": (r"\[ x_i := a^2 \]", DERIVE, r"\[ x_i \ge 0 \]", "UP"),
    "another letter": (r"\[ x_i := a^2 \]", DERIVE, r"\[ x_j \ge 0 \]", "UI"),
    "a number for the index": (r"\[ x_i := i^2 \]", DERIVE, r"\[ x_1 = 1 \]", "UI"),
    "the next index": (r"\[ \gamma_t := \frac{2}{t+1} \]", DERIVE, r"\[ \gamma_{t+1} \le 1 \]", "UI"),
    "said for all": (r"\[ x_i := a^2 \quad \text{for all } i \]", DERIVE, r"\[ x_j \ge 0 \]", "UI"),
    "an index above": (
        r"% verify: assume x^{(i)}, x^{(j)} \in \mathbb R",
        r"\[ x^{(i)} := a^2 \]",
        DERIVE,
        r"\[ x^{(j)} \ge 0 \]",
        "UI",
    ),
    "an index that is a name": (r"\[ x_H := a^2 \]", DERIVE, r"\[ x_E \ge 0 \]", "UR"),
    "one of its own": (r"\[ x_0 := 0 \]", DERIVE, r"\[ x_t \ge 0 \]", "UR"),
    "another family": (r"\[ x_i := a^2 \]", DERIVE, r"\[ y_j \ge 0 \]", "UR"),
    "an abbreviation": ("% verify: let x_i = a^2", DERIVE, r"\[ x_j \ge 0 \]", "I"),
    "an assumption": (r"% verify: assume x_i \ge 0", DERIVE, r"\[ x_j \ge 0 \]", "I"),
    "an assumption of both": (r"% verify: assume x_i \ge 0, x_j \le 1", DERIVE, r"\[ x_j \ge 0 \]", "R"),
    "of vectors, the same index": (VECTORS, r"\[ d_t := w_t - g_t \]", DERIVE, r"\[ d_t = w_t - g_t \]", "UP"),
    "of vectors, another index": (VECTORS, r"\[ d_t := w_t - g_t \]", DERIVE, r"\[ d_s = w_s - g_s \]", "UI"),
}

test_what_is_said = said_of(CASES)

"""Relations, decorations, numbers, brackets and rows are read as TeX prints them."""

from __future__ import annotations

from tests.verify.papers.said import DERIVE, said_of

# What is written, line by line, and what is said: P proved, R refuted, N not understood, I inconclusive, U unchecked.
CASES = {
    "overset d": (DERIVE, r"\[ x \overset{d}{=} y \]", "N"),
    "overset a": (DERIVE, r"\[ x \overset{(a)}{=} x \stackrel{(i)}{\ge} x\]", "PP"),
    "overset (d)": (DERIVE, r"\[ x \overset{(d)}{=} x\]", "P"),
    "overset as": (DERIVE, r"\[ x \overset{\text{a.s.}}{=} x\]", "N"),
    "overset ?": (DERIVE, r"\[ x \overset{?}{=} x\]", "N"),
    "overset def": (DERIVE, r"\[ x \overset{\text{def}}{=} y = y\]", "DP"),
    "overset P": (DERIVE, r"\[ x \xrightarrow{P} y\]", "N"),
    "overset lem": (DERIVE, r"\[ x \overset{\text{Lemma 2}}{=} x\]", "P"),
    "1,000": (DERIVE, r"\[ 1000 = 1,000 \]", "P"),
    "comma in braces": (DERIVE, r"\[ 1{,}000 = 1000 \]", "P"),
    "thin space": (DERIVE, r"\[ 1\,000 = 1000 \]", "P"),
    "max": (DERIVE, r"\[ \max\{1,200\} = 200 \]", "N"),
    "max2": (DERIVE, r"\[ \max\{1, 200\} = 200 \]", "P"),
    "1,000,000": (DERIVE, r"\[ 10^6 = 1,000,000 \]", "P"),
    "2,5": (DERIVE, r"\[ x = 2,5 \]", "N"),
    "1.5": (DERIVE, r"\[ 1.5 = 3/2 \]", "P"),
    "neq": (DERIVE, r"\[ x \ne x+1 \not= x+2 \]", "PP"),
    "colon equals": (DERIVE, r"\[ y := x^2 \ge 0 \]", "DP"),
    "equiv": (DERIVE, r"\[ x \equiv x \]", "N"),
    "ll": (DERIVE, r"\[ x \ll y \]", "N"),
    "approx chain": (DERIVE, r"\[ x = x \approx y = y \]", "PNP"),
    "pm": (DERIVE, r"\[ x \pm y = x \]", "N"),
    "ldots": (DERIVE, r"\[ 1 + \ldots + n = n \]", "N"),
    "sum": (DERIVE, r"\[ \sum_i x_i = x = x \]", "NP"),
    "int": (DERIVE, r"\[ x = \int x dx = x^2 \]", "NN"),
    "abs nested": (DERIVE, r"\[ |x|x|| = x \]", "N"),
    "abs": (DERIVE, r"\[ |x| \ge 0 \]", "P"),
    "left<": (DERIVE, r"\[ \left<x\right> = x \]", "N"),
    "eval bar": (DERIVE, r"\[ \left. x \right|_{x=0} = x \]", "N"),
    "split br": (DERIVE, r"\begin{align} x &= \left( x \right. \\ &\quad \left. + 0 \right) \end{align}", "P"),
    "cancel": (DERIVE, r"\[ \cancel{x} + y = y \]", "I"),
    "phantom": (DERIVE, r"\[ x \phantom{+1} = x \]", "P"),
    "(-1)": (DERIVE, r"\[ (-1)^{2^3} = 1 \]", "P"),
    "(-1)b": (DERIVE, r"\[ (-1)^{3^2} = -1 \]", "P"),
    "(-1)c": (DERIVE, r"\[ (-1)^{2^3} = -1 \]", "R"),
    "columns": (DERIVE, r"\begin{align} a &= a + 0 & b &= b + 0 \\ &= a + 0 + 0 & &= b + 0 + 0 \end{align}", "PPPP"),
    "quad": (DERIVE, r"\[ x = x \quad y = y \]", "PP"),
    "quad wrong": (DERIVE, r"\[ x = 1 \quad y = 2 \]", "RR"),
    "eqno": ("% verify: assume x > 0", DERIVE, r"\[ x = x \qquad (2) \]", "PN"),
    "rows": (DERIVE, r"\begin{align} & x = x \\ & y = y \end{align}", "PP"),
    "prod row": (DERIVE, r"\begin{align} x(a+b) &= x \\ & (a+b) \end{align}", "N"),
    "quad iff": (DERIVE, r"\[ x > 0 \quad\iff\quad -x < 0 \]", "P"),
    "quad plus": (DERIVE, r"\begin{align} x &= x - y \\ &\qquad + y \end{align}", "P"),
}

test_what_is_said = said_of(CASES)

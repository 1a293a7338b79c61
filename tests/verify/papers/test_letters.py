"""Letters, fonts, marks and function values: what may be no real number is not understood unless it is declared."""

from __future__ import annotations

import pytest

from tests.verify.papers.said import DERIVE, said

# What is written, line by line, and what is said: P proved, R refuted, N not understood, I inconclusive, U unchecked.
CASES = {
    "matrices": (DERIVE, r"\[ AB = BA \]", "N"),
    "A decl": ("% verify: assume A > 0, B > 0", DERIVE, r"\[ AB = BA \]", "P"),
    "A in R": (r"% verify: assume A, B \in \mathbb R", DERIVE, r"\[ AB = BA \]", "P"),
    "trace": (DERIVE, r"\[ \operatorname{tr} ab = a \operatorname{tr} b \]", "N"),
    "tr decl": (r"\DeclareMathOperator{\tr}{tr}", DERIVE, r"\[ \tr ab = a \tr b \]", "N"),
    "tr assume": (r"% verify: assume \operatorname{tr} A > 0", DERIVE, r"\[ x = x \]", "NP"),
    "expectation": (DERIVE, r"\[ \mathbb{E} x y = x \mathbb{E} y \]", "N"),
    "expectation of": (DERIVE, r"\[ \mathbb{E}[x] = \mathbb{E}[x] \]", "N"),
    "function": (DERIVE, r"\[ f(x+1) - f(x) = f \]", "N"),
    "f decl": ("% verify: assume f > 0", DERIVE, r"\[ f(x+1) = fx + f \]", "N"),
    "bold": (DERIVE, r"\[ \mathbf{x} = x \]", "N"),
    "bf cmd": (DERIVE, r"\[ \bm{x} y = y \bm{x} \]", "N"),
    "cal": (r"% verify: assume \mathcal{L} > 0, L > 0", DERIVE, r"\[ \mathcal{L} = L \]", "R"),
    "prime": (DERIVE, r"\[ f' = f \]", "N"),
    "dot": (DERIVE, r"\[ \dot x = x \]", "N"),
    "hat": (DERIVE, r"\[ \hat x + \hat x = 2\hat x \]", "P"),
    "power T": (DERIVE, r"\[ x^T y = y x^T \]", "N"),
    "power top": (DERIVE, r"\[ x^\top y = y x^\top \]", "N"),
    "power T upright": (DERIVE, r"\[ x^{\mathrm{T}} y = y x^{\mathrm T} \]", "N"),
    "power T declared": (r"% verify: assume T \in \mathbb N, x > 0", DERIVE, r"\[ x^T x = x^{T+1} \]", "N"),
    "(1-a)^T": (r"% verify: assume T \in \mathbb N, 0<a<1", DERIVE, r"\[ (1-a)^T > 0 \]", "P"),
    "-T": (DERIVE, r"\[ x^{-T} y = y x^{-T} \]", "N"),
    "theta(0)": (r"% verify: assume \theta > 0", DERIVE, r"\[ \theta^{(0)} = 1 \]", "N"),
    "x(2)": (DERIVE, r"\[ x^{(2)} = x^2 \]", "N"),
    "x[2]": (DERIVE, r"\[ x^{[2]} = x x \]", "N"),
    "x<2>": (DERIVE, r"\[ x^{\langle 2\rangle} = x x \]", "N"),
    "x^{(a+b)/2}": ("% verify: assume x > 0", DERIVE, r"\[ x^{(a+b)/2} > 0 \]", "P"),
    "x^{2}": (DERIVE, r"\[ x^{2} = x x\]", "P"),
    "i": (DERIVE, r"\[ i^2 \ge 0 \]", "N"),
    "e": (DERIVE, r"\[ e > 3 \]", "N"),
    "pi": (DERIVE, r"\[ \pi > 3 \]", "N"),
    "dx": (DERIVE, r"\[ \frac{dx}{dy} = \frac{x}{y} \]", "N"),
    "ddx": (DERIVE, r"\[ \frac{d}{dx} x = 1 \]", "N"),
    "partial": (DERIVE, r"\[ \frac{\partial x}{\partial y} = \frac{x}{y} \]", "N"),
    "d decl": ("% verify: assume d > 0", DERIVE, r"\[ \frac{d x}{d y} = \frac{x}{y} \]", "N"),
    "logx": (DERIVE, r"\[ log x = x log \]", "N"),
    "big O": (DERIVE, r"\[ O(n) + O(n) = 2O(n) \]", "N"),
    "O decl": ("% verify: assume n > 0", DERIVE, r"\[ n = O(n) \]", "N"),
    "capital sum": ("% verify: assume a > 0", DERIVE, r"\[ F - a \le F \]", "P"),
    "capital prod": ("% verify: assume a > 0", DERIVE, r"\[ (F + a)(H + a) = (H+a)(F+a) \]", "N"),
    "capital sq": ("% verify: assume a > 0", DERIVE, r"\[ F^2 + a \ge a \]", "N"),
    "A x": ("% verify: assume a > 0", DERIVE, r"\[ A x = x A \]", "N"),
    "sub comma": (DERIVE, r"\[ x_{i,j} + x_{i,j} = 2x_{i,j} \]", "P"),
    "subs differ": (DERIVE, r"\[ x_{a_{12}} = x_{a_{1}2} \]", "R"),
    "font sub": (DERIVE, r"\[ x_{\mathrm{max}} = x_{max} \]", "I"),
    "norms tied": (
        r"% verify: assume \lVert x\rVert \ge 0, \lVert 2x\rVert \ge 0",
        DERIVE,
        r"\[ \lVert 2x\rVert = 2\lVert x\rVert \]",
        "I",
    ),
    "norm undecl": (DERIVE, r"\[ \|x\| \ge 0 \]", "N"),
    "fvals": ("% verify: assume f(x) > 0, f(y) > 0, x = y", DERIVE, r"\[ f(x) = f(y) \]", "I"),
    "fvals R": ("% verify: assume f(x) > 0, f(y) > 0", DERIVE, r"\[ f(x) = f(y) \]", "R"),
    "fval P": ("% verify: assume f(x) > 0", DERIVE, r"\[ f(x) + 1 > 1 \]", "P"),
    "fval other": ("% verify: assume f(x) > 0", DERIVE, r"\[ f(y) > 0 \]", "N"),
    "f bare": ("% verify: assume f(x) > 0", DERIVE, r"\[ f = 2 f - f \]", "N"),
    "times": (DERIVE, r"\[ a \times b = b \times a \]", "N"),
    "star": (DERIVE, r"\[ f * g = g * f \]", "N"),
    "times num": (DERIVE, r"\[ 3 \times 10^5 = 300000 \]", "P"),
    "times decl": ("% verify: assume a > 0, b > 0", DERIVE, r"\[ a \times b = b \times a \]", "P"),
    "unicode": (DERIVE, r"\[ α = α \]", "N"),
    "unicode relation": (DERIVE, r"\[ 0 ≤ x^2 \]", "P"),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_said(name: str) -> None:
    *lines, wanted = CASES[name]
    assert said(*lines) == wanted

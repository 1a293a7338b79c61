"""Notation that papers use is read: reasons, columns, environments, cases, arrows and bounds."""

from __future__ import annotations

import pytest

from tests.verify.papers.said import DERIVE, said

GIVEN = r"% verify: assume a > 0, b > 0, x \in \mathbb R, n \in \mathbb N, n \ge 1"
# What is written, line by line, and what is said: P proved, R refuted, N not understood, I inconclusive, U unchecked.
CASES = {
    "intertext hence": (
        GIVEN,
        DERIVE,
        r"\begin{align} a+b &> a \\ \intertext{Hence, by Lemma 2,} (a+b)^2 &> a^2 \end{align}",
        "PP",
    ),
    "shortintertext": (
        GIVEN,
        DERIVE,
        r"\begin{align} a+b &> a \\ \shortintertext{so that} (a+b)^2 &> a^2 \end{align}",
        "PP",
    ),
    "period": (GIVEN, DERIVE, r"\[ a + b > a. \]", "P"),
    "tag": (GIVEN, DERIVE, r"\begin{equation} a + b > a \tag{$*$} \label{x} \end{equation}", "P"),
    "underbrace": (GIVEN, DERIVE, r"\[ \underbrace{a + b}_{=: c} > a \]", "P"),
    "dcases": (
        GIVEN,
        DERIVE,
        r"\[ \max\{x, 0\} = \begin{cases} x, & \text{if } x \ge 0, \\ 0, & \text{otherwise}. \end{cases} \]",
        "P",
    ),
    "bigl": (GIVEN, DERIVE, r"\[ \bigl( a + b \bigr)^2 \ge 4ab \]", "P"),
    "leqslant": (GIVEN, DERIVE, r"\[ a \leqslant a + b \]", "P"),
    "ineq chain": (GIVEN, DERIVE, r"\[ 0 < \frac{a}{a+b} < 1 \]", "PP"),
    "split row": (GIVEN, DERIVE, r"\begin{multline} (a+b)^3 = a^3 + 3a^2 b \\ + 3ab^2 + b^3 \end{multline}", "P"),
    "aligned": (
        GIVEN,
        DERIVE,
        r"\begin{equation}\begin{aligned}[t] (a+b)^2 &= a^2+2ab \\ &\quad + b^2 \end{aligned}\end{equation}",
        "P",
    ),
    "IEEE": (
        GIVEN,
        DERIVE,
        r"\begin{IEEEeqnarray}{rCl} (a+b)^2 &=& a^2+2ab+b^2 \IEEEyesnumber \\ &>& a^2 \end{IEEEeqnarray}",
        "PP",
    ),
    "alignat": (
        GIVEN,
        DERIVE,
        r"\begin{alignat}{2} a + b &= b + a &\quad& \text{(commutes)} \\",
        r"&> a && \text{(by positivity of $b$)} \end{alignat}",
        "PP",
    ),
    "flalign": (GIVEN, DERIVE, r"\begin{flalign} && a + b &= b + a && \end{flalign}", "P"),
    "reason cite": (
        GIVEN,
        DERIVE,
        r"\begin{align} a + b &\ge 2\sqrt{ab} && \text{by AM-GM} \\ &> 0 && \text{as $a,b>0$} \end{align}",
        "PP",
    ),
    "reason cauchy": (
        GIVEN,
        DERIVE,
        r"\begin{align} a + b &> a && \text{[Lemma 3]} \\ &> 0 && \text{(Cauchy--Schwarz)} \end{align}",
        "PP",
    ),
    "explain": (GIVEN, DERIVE, r"\begin{align} a + b &> a \tag{since $b>0$} \\ &> 0 \end{align}", "PP"),
    "mathrm d sub": (GIVEN, DERIVE, r"\[ x_{\mathrm{max}} - x_{\mathrm{max}} = 0 \]", "P"),
    "text sub": (GIVEN, DERIVE, r"\[ x_{\text{new}} - x_{\text{new}} = 0 \]", "P"),
    "text sub2": (GIVEN, DERIVE, r"\[ x_\text{new} = x_{\text{new}} \]", "P"),
    "2^n": (GIVEN, DERIVE, r"\[ 2^n \ge n + 1 \]", "P"),
    "(1-a)^n": (r"% verify: assume 0<a<1, n \in \mathbb N", DERIVE, r"\[ (1-a)^n \le 1 \]", "P"),
    "exp": (GIVEN, DERIVE, r"\[ 1 + x \le \exp(x) \]", "P"),
    "log": (GIVEN, DERIVE, r"\[ \log(1 + a) \le a \]", "P"),
    "norm": (
        r"\newcommand{\norm}[1]{\left\lVert#1\right\rVert}",
        r"% verify: assume \norm{v} \ge 0, \norm{w} \ge 0",
        DERIVE,
        r"\[ 2\norm{v}\norm{w} \le \norm{v}^2 + \norm{w}^2 \]",
        "P",
    ),
    "norm wrong": (
        r"% verify: assume \lVert v\rVert \ge 0, \lVert w\rVert \ge 0",
        DERIVE,
        r"\[ 3\lVert v\rVert\lVert w\rVert \le \lVert v\rVert^2 + \lVert w\rVert^2 \]",
        "R",
    ),
    "neg space": (GIVEN, DERIVE, r"\[ a\!\left(a+b\right) > 0 \]", "P"),
    "a[b+c]": (GIVEN, DERIVE, r"\[ a[b + 1] = ab + a \]", "P"),
    "two eq": (GIVEN, DERIVE, r"\[ a + b > a, \qquad a + b > b \]", "PP"),
    "and quad": (GIVEN, DERIVE, r"\[ a + b > a \quad \text{and} \quad a + b > b \]", "PP"),
    "implies": (GIVEN, DERIVE, r"\[ x > a \implies x > 0 \]", "P"),
    "iff": (GIVEN, DERIVE, r"\[ x > a \iff x - a > 0 \]", "P"),
    "impl rows": (GIVEN, DERIVE, r"\begin{align} x &> a \\ \implies x + b &> a \end{align}", "P"),
    "iff rows": (GIVEN, DERIVE, r"\begin{align} x > a &\iff x - a > 0 \\ &\iff 2x > 2a \end{align}", "PP"),
    "frac1L": (r"% verify: assume L > 0, 0 < \eta \le \frac1L", DERIVE, r"\[ \eta L \le 1 \]", "P"),
    "assume and": (r"% verify: assume a > 0 \text{ and } b > 0", DERIVE, r"\[ a + b > 0 \]", "P"),
    "assume interval": (r"% verify: assume a \in (0,1], b \in [0, \infty)", DERIVE, r"\[ ab \le b \]", "P"),
    "assume R+": (r"% verify: assume a \in \mathbb{R}_+", DERIVE, r"\[ a \ge 0 \]", "P"),
    "assume RR": (r"\newcommand{\R}{\mathbb{R}}", r"% verify: assume A \in \R", DERIVE, r"\[ A^2 \ge 0 \]", "P"),
    "assume neq": (r"% verify: assume a \ne b", DERIVE, r"\[ (a-b)^2 > 0 \]", "P"),
    "-a^2": (GIVEN, DERIVE, r"\[ -a^2 < 0 \]", "P"),
    "a/b/2": (GIVEN, DERIVE, r"\[ a/b/2 = \frac{a}{2b} \]", "P"),
    "sqrt idx": (GIVEN, DERIVE, r"\[ \sqrt[3]{a^3} = a \]", "P"),
    "color": (GIVEN, DERIVE, r"\[ {\color{red} a} = a \]", "P"),
    "inverse": (GIVEN, DERIVE, r"\[ aa^{-1} = 1 \]", "P"),
    "star name": (GIVEN, DERIVE, r"\[ x^* - x^* = 0 \]", "P"),
    "ell": (GIVEN, DERIVE, r"\[ \ell + \ell = 2\ell \]", "P"),
    "sub cap": (GIVEN, DERIVE, r"\[ a_A + b_B = b_B + a_A \]", "P"),
    "max paren": (GIVEN, DERIVE, r"\[ \max(a,b) \ge a \]", "P"),
    "left bar": (GIVEN, DERIVE, r"\[ \left|x\right| \ge x \]", "P"),
    "lvert": (GIVEN, DERIVE, r"\[ \lvert x \rvert^2 = x^2 \]", "P"),
    "card": ("% verify: assume S > 0", DERIVE, r"\[ |S| = S \]", "P"),
    "2d": (GIVEN, DERIVE, r"\[ 2d + d = 3d \]", "P"),
    "phi R": (r"% verify: assume \phi \in \mathbb R", DERIVE, r"\[ \phi(x+1) = \phi x + \phi \]", "P"),
    "a(a)": (GIVEN, DERIVE, r"\[ a(a) = a^2 \]", "P"),
    "(a)(b)": (GIVEN, DERIVE, r"\[ (a)(b) = ab \]", "P"),
    "eqref lbl": (GIVEN, DERIVE, r"\[ a \overset{\eqref{x}}{\le} a + b \]", "P"),
    "overset triangle": (GIVEN, DERIVE, r"\[ c \overset{\triangle}{=} a + b \]", "U"),
    "matrix col": (GIVEN, DERIVE, r"\[ x = x \\ a = a \]", "PP"),
    "semicolon": (GIVEN, DERIVE, r"\[ a = a; b = b \]", "PP"),
    "prime decl": ("% verify: assume x' > x", DERIVE, r"\[ x' - x > 0 \]", "P"),
    "f'(x)": ("% verify: assume f'(x) > 0", DERIVE, r"\[ f'(x) > 0 \]", "P"),
    "cases for": (
        GIVEN,
        DERIVE,
        r"\[ |x| = \begin{cases} x & \text{for } x > 0 \\ -x & \text{for } x \le 0 \end{cases} \]",
        "P",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_said(name: str) -> None:
    *lines, wanted = CASES[name]
    assert said(*lines) == wanted

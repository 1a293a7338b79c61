"""Notation that is easily misread as something true is not understood."""

from __future__ import annotations

import pytest

from tests.verify.papers.said import DERIVE, said

GIVEN = r"% verify: assume a > 0, b > 0, x \in \mathbb R, n \in \mathbb N, n \ge 1"
# What is written, line by line, and what is said: P proved, R refuted, N not understood, I inconclusive, U unchecked.
CASES = {
    "where": (GIVEN, DERIVE, r"\[ a + c = c + a, \quad\text{where } c = 2 \]", "N"),
    "e^x": (GIVEN, DERIVE, r"\[ 1 + x \le e^x \]", "N"),
    "assume approx": (r"% verify: assume a \approx b", DERIVE, r"\[ a = b \]", "NI"),
    "a^b^c": (GIVEN, DERIVE, r"\[ a^b^c = a \]", "N"),
    "--": (GIVEN, DERIVE, r"\[ a - -b = a+b \]", "N"),
    "1/2a": (GIVEN, DERIVE, r"\[ 1/2a = a/2 \]", "N"),
    "sqrt idx2": (GIVEN, DERIVE, r"\[ \sqrt[n]{a} > 0 \]", "N"),
    "log2": (GIVEN, DERIVE, r"\[ \log_2 a = \log a \]", "N"),
    "log x y": (GIVEN, DERIVE, r"\[ \log ab = \log a + \log b \]", "N"),
    "log^-1": (GIVEN, DERIVE, r"\[ \log^{-1} a = 1/\log a \]", "N"),
    "fact": (GIVEN, DERIVE, r"\[ n! \ge 1 \]", "N"),
    "binom": (GIVEN, DERIVE, r"\[ \binom{n}{1} = n \]", "N"),
    "floor": (GIVEN, DERIVE, r"\[ \lfloor x \rfloor \le x \]", "N"),
    "mod": (GIVEN, DERIVE, r"\[ n \bmod 2 = 0 \]", "N"),
    "inf": (GIVEN, DERIVE, r"\[ x < \infty \]", "N"),
    "bar": (GIVEN, DERIVE, r"\[ a | b = b | a \]", "N"),
    "cond exp": (GIVEN, DERIVE, r"\[ p(x|y) = p(x|y) \]", "N"),
    "set": (GIVEN, DERIVE, r"\[ \{x : x > 0\} = 1 \]", "N"),
    "empty sup": (GIVEN, DERIVE, r"\[ a{}^2 = a^2 \]", "N"),
    "over": (GIVEN, DERIVE, r"\[ {a \over b} = a/b \]", "N"),
    "^{}": (GIVEN, DERIVE, r"\[ a^{} = a \]", "N"),
    "bf switch": (GIVEN, DERIVE, r"\[ {\bf a} = a \]", "N"),
    "x bold dec": (
        r"% verify: assume \mathbf{x} > 0",
        DERIVE,
        r"\[ \mathbf{x} > 0 \]",
        DERIVE,
        r"\[ \boldsymbol{x} > 0 \]",
        "PN",
    ),
    "quote": (GIVEN, DERIVE, r"\[ a'' = a'' \]", "N"),
    "A inverse": (GIVEN, DERIVE, r"\[ AA^{-1} = 1 \]", "N"),
    "xy vectors": (GIVEN, DERIVE, r"\[ \vec{u}\cdot\vec{v} = \vec{v}\cdot\vec{u} \]", "N"),
    "dagger": (GIVEN, DERIVE, r"\[ x^\dagger - x^\dagger = 0 \]", "N"),
    "greek cap": (GIVEN, DERIVE, r"\[ \Sigma + \Sigma = 2\Sigma \]", "N"),
    "ell(x)": (GIVEN, DERIVE, r"\[ \ell(x) = \ell x \]", "N"),
    "hat cap": (GIVEN, DERIVE, r"\[ \hat{A} B = B \hat A \]", "N"),
    "cap sub": (GIVEN, DERIVE, r"\[ A_1 A_2 = A_2 A_1 \]", "N"),
    "overline": (GIVEN, DERIVE, r"\[ \overline{z} z = z \overline{z} \]", "N"),
    "mathop": (GIVEN, DERIVE, r"\[ \mathop{\mathrm{tr}} ab = a \mathop{\mathrm{tr}} b \]", "N"),
    "mathrm tr": (GIVEN, DERIVE, r"\[ \mathrm{tr} ab = a \mathrm{tr} b \]", "N"),
    "rm switch": (GIVEN, DERIVE, r"\[ {\rm tr} ab = a {\rm tr} b \]", "N"),
    "sin": (GIVEN, DERIVE, r"\[ \sin x = x \sin 1 \]", "N"),
    "min sub": (GIVEN, DERIVE, r"\[ \min_a a = a \]", "N"),
    "|": (GIVEN, DERIVE, r"\[ \|x\|^2 = x^2 \]", "N"),
    "det bars": (GIVEN, DERIVE, r"\[ |A| = A \]", "N"),
    "d gamma": (GIVEN, DERIVE, r"\[ d\gamma = \gamma d \]", "N"),
    "k d": (GIVEN, DERIVE, r"\[ kd = dk \]", "N"),
    "f sub": (GIVEN, DERIVE, r"\[ f_i(x + 1) = f_i x + f_i \]", "N"),
    "phi": (r"% verify: assume \phi > 0", DERIVE, r"\[ \phi(x+1) = \phi x + \phi \]", "N"),
    "a(b)": (GIVEN, DERIVE, r"\[ a(b) = ab \]", "N"),
    "a(b,x)": (GIVEN, DERIVE, r"\[ a(b,x) = 1 \]", "N"),
    "ass func": (r"% verify: assume f(a+b) \ge 1", DERIVE, r"\[ f(a+b) = fa + fb \]", DERIVE, r"\[ f > 0 \]", "NN"),
    "overset dist": (GIVEN, DERIVE, r"\[ a \overset{\mathcal{D}}{=} a \]", "N"),
    "overset circ": (GIVEN, DERIVE, r"\[ a \overset{\circ}{=} a \]", "N"),
    "underset": (GIVEN, DERIVE, r"\[ a \underset{n\to\infty}{=} a \]", "N"),
    "le_P": (GIVEN, DERIVE, r"\[ a \le_{P} a+b \]", "N"),
    "=_d": (GIVEN, DERIVE, r"\[ a =_d a \]", "N"),
    "=^?": (GIVEN, DERIVE, r"\[ a =^? a \]", "N"),
    "substack": (GIVEN, DERIVE, r"\[ \substack{a \\ b} = a \]", "N"),
    "array": (GIVEN, DERIVE, r"\[ \begin{array}{c} a \end{array} = a \]", "N"),
    "pmatrix": (GIVEN, DERIVE, r"\[ \begin{pmatrix} a \end{pmatrix} = a \]", "N"),
    "dots": (GIVEN, DERIVE, r"\[ a + \dots + a = n a \]", "N"),
    "cdots": (GIVEN, DERIVE, r"\[ a \cdots a = a^n \]", "N"),
    "...": (GIVEN, DERIVE, r"\[ a + ... + a = na \]", "N"),
    "text eq": (GIVEN, DERIVE, r"\[ a \text{ = } b \]", "N"),
    "text is": (GIVEN, DERIVE, r"\[ a \text{ is } b = b \]", "N"),
    "unclosed": (GIVEN, DERIVE, r"\[ a = a ", "N"),
    "cases otherwise first": (
        GIVEN,
        DERIVE,
        r"\[ x = \begin{cases} x & \text{otherwise} \\ x & x > 0 \end{cases} \]",
        "N",
    ),
    "cases sum": (GIVEN, DERIVE, r"\[ x + \begin{cases} x & x > 0 \\ x & x \le 0 \end{cases} = 2x \]", "N"),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_said(name: str) -> None:
    *lines, wanted = CASES[name]
    assert said(*lines) == wanted

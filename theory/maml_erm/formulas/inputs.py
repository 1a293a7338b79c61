"""Inputs that need not be Gaussian: what one inner step needs of their law is E[x x^T Sigma x x^T], the letter M.

A batch is a sum over its n rows. Of the n^2 pairs of rows, n are a row with itself, and n (n - 1) are two independent
rows, of which only the covariance counts.
"""

from __future__ import annotations

from functools import cache

import sympy as sp

from theory.maml_erm.formulas.losses import noise_law
from theory.maml_erm.formulas.symbols import alpha, d, eta, k_4, n, rho
from verify.derivations.combination import Substituted, Times
from verify.derivations.derivation import Derivation
from verify.derivations.expectation import SIGMA, design
from verify.derivations.trace_polynomials import Letter, TracePolynomial
from verify.derivations.wick import MatrixLaw

_ONE = sp.Integer(1)
FOURTH = Letter("M", d, d, symmetric=True)
_x, _y, _h = (Letter(name, d, _ONE) for name in ("x", "x_other", "h"))
# A square with a fair sign: it has mean zero, the second moment of the square, and the same square.
_signed = Letter("s", _ONE, _ONE)
_g, _g_2, _g_3, _cube, _cube_2 = (Letter(name, _ONE, _ONE) for name in ("g_1", "g_2", "g_3", "c_1", "c_2"))
_S, _I = TracePolynomial.letter(SIGMA), TracePolynomial.identity(d)

ANY = MatrixLaw(row=(SIGMA,), gaussian=False)
ONE_COORDINATE = MatrixLaw(gaussian=False)


def _of(letter: Letter) -> TracePolynomial:
    return TracePolynomial.letter(letter)


def _outer(a: TracePolynomial) -> TracePolynomial:
    return a * a.T


@cache
def general_step(samples: sp.Expr = n) -> Derivation:
    """Q^(n) of inputs with covariance Sigma, whatever their law: their fourth moment enters as the letter M."""
    one, other = _outer(_of(_x)), _outer(_of(_y))
    pairs = (one * _S * other).scale(1 - 1 / samples) + _of(FOURTH).scale(1 / samples)
    once = (one * _S + _S * one).scale(alpha)
    return Derivation(
        "Q^(n) for any law of the inputs",
        _S - once + pairs.scale(alpha**2),
        "the mean over rows and pairs of rows in (I - alpha Shat) Sigma (I - alpha Shat), M = E[x x^T Sigma x x^T]",
    ).then("expect", "rows are independent, with mean zero and covariance Sigma", laws={"x": ANY, "x_other": ANY})


@cache
def general_floor() -> Derivation:
    """What label noise adds after the step, whatever the law of the inputs: their fourth moment is not needed."""
    X, z = _of(design(n)), _of(Letter("z", n, _ONE))
    return Derivation(
        "floor for any law of the inputs",
        (z.T * X * _S * X.T * z).scale(alpha**2 / (2 * n**2)),
        "1/2 ||alpha X^T z / n||^2 in the norm of Sigma",
    ).then(
        "expect",
        "noise is independent of the inputs",
        laws={"X": MatrixLaw(col=(SIGMA,), gaussian=False), "z": noise_law()},
    )


@cache
def gaussian_fourth() -> Derivation:
    """M of Gaussian inputs."""
    h = _of(_h)
    return Derivation("M of Gaussian inputs", _outer(h) * _S * _outer(h), "x ~ N(0, Sigma)").then(
        "expect", "Wick's theorem", laws={"h": MatrixLaw(row=(SIGMA,))}
    )


@cache
def elliptical_fourth() -> Derivation:
    """M of x = xi h, h ~ N(0, Sigma) and xi independent with E xi^2 = 1 and E xi^4 = eta."""
    h, s = _of(_h), _of(_signed)
    laws = {"h": MatrixLaw(row=(SIGMA,)), "s": MatrixLaw(scale=eta, gaussian=False)}
    return Derivation(
        "M of elliptical inputs",
        s * s * _outer(h) * _S * _outer(h),
        "x = xi h: xi^4 = s^2, where s is xi^2 with a fair sign, so that E s = 0 and E s^2 = eta",
    ).then("expect", "Wick's theorem for h, the second moment of s", laws=laws)


@cache
def independent_row() -> Derivation:
    """A diagonal entry of E[g g^T g g^T], g with independent coordinates of kurtosis k_4: E g_1^2 (g_1^2 + ...)."""
    g, other, s = _of(_g), _of(_g_2), _of(_signed)
    laws = {"g_1": ONE_COORDINATE, "g_2": ONE_COORDINATE, "s": MatrixLaw(scale=k_4, gaussian=False)}
    return Derivation(
        "diagonal entry of g g^T g g^T",
        s * s + (g * g * other * other).scale(d - 1),
        "g_1^2 sum_j g_j^2: g_1^4 = s^2, where s is g_1^2 with a fair sign, and d - 1 other coordinates, all alike",
    ).then("expect", "coordinates are independent, with mean 0, variance 1 and kurtosis k_4", laws=laws)


@cache
def independent_pair() -> Derivation:
    """An entry of E[g g^T g g^T] off the diagonal: in each term some coordinate stands alone."""
    g, other, third, cube, cube_2 = map(_of, (_g, _g_2, _g_3, _cube, _cube_2))
    return Derivation(
        "entry of g g^T g g^T off the diagonal",
        cube * other + cube_2 * g + (g * other * third * third).scale(d - 2),
        "g_1 g_2 sum_j g_j^2, with c_1 = g_1^3 and c_2 = g_2^3",
    ).then(
        "expect",
        "coordinates are independent, with mean 0",
        laws={name: ONE_COORDINATE for name in ("g_1", "g_2", "g_3")},
    )


@cache
def elliptical_step(samples: sp.Expr = n) -> Derivation:
    """Q^(n) of elliptical inputs."""
    return Derivation(
        "Q^(n) of elliptical inputs",
        Substituted(general_step(samples), FOURTH.name, elliptical_fourth()),
        "Q^(n) for any law, at the M of elliptical inputs",
    )


@cache
def gaussian_step(samples: sp.Expr = n) -> Derivation:
    """Q^(n) of Gaussian inputs, by the way of the general law."""
    return Derivation(
        "Q^(n) of Gaussian inputs, from the general law",
        Substituted(general_step(samples), FOURTH.name, gaussian_fourth()),
        "Q^(n) for any law, at the M of Gaussian inputs",
    )


def _isotropic(step: Derivation, title: str, samples: sp.Symbol, M: Times | None = None) -> Derivation:
    given = {"Sigma": _I.scale(rho)} if M is None else {"Sigma": _I.scale(rho), "M": M}
    return (
        step.then("substitute_letters", "Sigma = rho I", **given)
        .then("multiple_of_identity", "only multiples of the identity are left")
        .then("collect", "group by powers", variable=samples, common=rho)
        .retitled(title)
    )


@cache
def independent_weight(samples: sp.Symbol = n) -> Derivation:
    """The weight of MAML for x = sqrt(rho) g, g with independent coordinates of kurtosis k_4."""
    entry = Letter("e", _ONE, _ONE)
    M = Times(rho**3, Substituted(_I * _of(entry), entry.name, independent_row()))
    return _isotropic(general_step(samples), "weight of MAML, independent coordinates", samples, M)


@cache
def elliptical_weight(samples: sp.Symbol = n) -> Derivation:
    """The weight of MAML for x = sqrt(rho) xi g."""
    return _isotropic(elliptical_step(samples), "weight of MAML, elliptical inputs, isotropic", samples)

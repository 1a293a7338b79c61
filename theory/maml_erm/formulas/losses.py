"""The definitions of section 1: the loss of a task, one inner gradient step, and the loss after it.

Everything is written in the error v = w - w* of the parameter; the response is y = <w*, x> + z.
"""

from __future__ import annotations

from functools import cache

import sympy as sp

from theory.maml_erm.formulas.symbols import alpha, d, nu
from verify.derivations.combination import Sum, Times
from verify.derivations.derivation import Derivation
from verify.derivations.expectation import SIGMA, design, input_law
from verify.derivations.trace_polynomials import Letter, TracePolynomial
from verify.derivations.wick import MatrixLaw

w = Letter("w", d, sp.Integer(1))
w_star = Letter("w_star", d, sp.Integer(1), latex=r"w^{*}")
v = Letter("v", d, sp.Integer(1))

_W, _W_STAR, _V = (TracePolynomial.letter(a) for a in (w, w_star, v))


def noise_law() -> MatrixLaw:
    """Label noise: independent N(0, nu^2) entries."""
    return MatrixLaw(scale=nu**2)


@cache
def population_loss() -> Derivation:
    """f(w) = 1/2 E(<w,x> - y)^2 as a polynomial in w, w* and Sigma; unit Y^2."""
    one = sp.Integer(1)
    x = TracePolynomial.letter(Letter("x", d, one))
    y = TracePolynomial.letter(Letter("y", one, one))
    zeta = TracePolynomial.letter(Letter("zeta", one, one, latex=r"\zeta"))
    residual = x.T * _W - y
    start = Derivation(
        "loss of a task",
        (residual * residual).scale(sp.Rational(1, 2)),
        "definition of the squared loss at one sample (x, y)",
    )
    laws = {"x": MatrixLaw(row=(SIGMA,)), "zeta": noise_law()}
    return start.then("substitute_letters", "y = <w*, x> + z", y=x.T * _W_STAR + zeta).then(
        "expect", "x ~ N(0, Sigma) and z ~ N(0, nu^2) are independent", laws=laws
    )


@cache
def loss_in_error() -> Derivation:
    """The loss at w = w* + v."""
    return population_loss().then("substitute_letters", "w = w* + v", w=_W_STAR + _V).retitled("loss at the error v")


@cache
def sample_gradient(n: sp.Expr) -> Derivation:
    """The gradient of the empirical loss fhat(w) = ||X w - y||^2 / (2n) on n samples, at the error v."""
    X = TracePolynomial.letter(design(n))
    y = TracePolynomial.letter(Letter("y", n, sp.Integer(1)))
    z = TracePolynomial.letter(Letter("z", n, sp.Integer(1)))
    residual = X * _W - y
    start = Derivation(
        "gradient on a batch",
        (residual.T * residual).scale(1 / (2 * n)),
        "definition of the empirical loss on n samples (X, y)",
    )
    return (
        start.then("gradient", "gradient in w", letter=w)
        .then("substitute_letters", "y = X w* + z", y=X * _W_STAR + z)
        .then("substitute_letters", "w = w* + v", w=_W_STAR + _V)
    )


def batch_laws(n: sp.Expr) -> dict[str, MatrixLaw]:
    """The laws of the letters that ``sample_gradient`` introduces."""
    return {"X": input_law(), "z": noise_law()}


@cache
def adapted_error(n: sp.Expr) -> Sum:
    """The error after one inner step on n fresh samples: v - alpha * gradient."""
    return Sum((_V, Times(-alpha, sample_gradient(n))))


@cache
def adapted_loss(n: sp.Expr) -> Derivation:
    """M3 for one task: E f(w') after one inner step on n fresh samples, as a polynomial in v, Sigma, alpha, n, nu."""
    return (
        loss_in_error()
        .then("substitute_letters", "inner step w' = w - alpha grad fhat(w) on n fresh samples", v=adapted_error(n))
        .then("expect", "the batch is independent of everything else", laws=batch_laws(n))
        .retitled("loss after one inner step")
    )

"""Risk, bias and variance of ridge regression, derived from the definition of the estimator.

With n samples of an orthonormal design the least-squares estimate is w + z, z ~ N(0, v/d I), where v = d nu^2 / n;
ridge regression with penalty lam divides it by 1 + lam. Units: Y for the response.
"""

from __future__ import annotations

from functools import cache

import sympy as sp

from verify import (
    Derivation,
    Domain,
    Letter,
    MatrixLaw,
    NamedExpression,
    Quantity,
    TracePolynomial,
    Unit,
    at_least,
    nonnegative,
    positive,
)

RESPONSE = Unit.base("Y")
NUMBER = Unit()
VOCABULARY = {
    q.name: q
    for q in (
        Quantity("d", "d", NUMBER, "integer >= 1", "number of parameters", integer=True),
        Quantity("n", "n", NUMBER, "integer >= 1", "number of samples", integer=True),
        Quantity("lam", r"\lambda", NUMBER, ">= 0", "penalty"),
        Quantity("B", "B", RESPONSE**2, "> 0", "squared norm of the true parameter"),
        Quantity("nu", r"\nu", RESPONSE, "> 0", "standard deviation of the noise"),
    )
}
d, n, lam, B, nu = (VOCABULARY[name].symbol for name in ("d", "n", "lam", "B", "nu"))
best, v = sp.Symbol("lam_best", real=True), sp.Symbol("v", real=True)
DOMAIN = Domain((at_least(d, 1), at_least(n, 1), nonnegative(lam), positive(B), positive(nu)))

W, Z = Letter("w", d, sp.Integer(1)), Letter("z", d, sp.Integer(1))
SHRINK = sp.Symbol("c", real=True)


@cache
def risk_of_factor() -> Derivation:
    """E ||w - c (w + z)||^2 for an estimate that is the least-squares one times c, as a polynomial in w."""
    w, z = TracePolynomial.letter(W), TracePolynomial.letter(Z)
    error = w - (w + z).scale(SHRINK)
    start = Derivation("risk of a shrunk estimate", error.T * error, "definition: squared error of c (w + z)")
    return start.then("expect", "z ~ N(0, nu^2/n I)", laws={"z": MatrixLaw(scale=nu**2 / n)})


@cache
def risk() -> Derivation:
    """The risk at penalty lam."""
    return (
        risk_of_factor()
        .then("name_trace", "B = ||w||^2", word=(W, W.T), value=B)
        .then("multiple_of_identity", "a number")
        .then("substitute_scalars", "ridge divides by 1 + lam", values={SHRINK: 1 / (1 + lam)})
        .then("factor", "factor")
        .retitled("risk of ridge regression")
    )


@cache
def variance() -> Derivation:
    """The part of the risk that is there without a parameter to estimate."""
    start = risk().then("substitute_scalars", "B = 0 leaves the variance", values={B: sp.Integer(0)})
    return start.then("factor", "factor").retitled("variance")


@cache
def bias() -> Derivation:
    """The part of the risk that is there without noise."""
    start = risk().then("substitute_scalars", "nu = 0 leaves the squared bias", values={nu: sp.Integer(0)})
    return start.then("factor", "factor").retitled("squared bias")


def noise() -> Derivation:
    """v: the risk of least squares."""
    return risk().then("substitute_scalars", "no penalty", values={lam: sp.Integer(0)}).retitled("noise")


def best_penalty() -> Derivation:
    """The zero of the derivative of the risk."""
    slope = Derivation("slope of the risk", sp.numer(sp.together(sp.diff(risk().scalar, lam))), "derivative in lam")
    return slope.then("solve_linear", "where the slope is 0", unknown=lam).retitled("best penalty")


def expressions() -> tuple[NamedExpression, ...]:
    square = RESPONSE**2
    return (
        NamedExpression("noise", "v", "risk of least squares", square, noise(), DOMAIN, v),
        NamedExpression("best", r"\lambda^{*}", "penalty of least risk", NUMBER, best_penalty(), DOMAIN, best),
        NamedExpression("bias", r"b^2", "squared bias", square, bias(), DOMAIN),
        NamedExpression("variance", r"\mathcal V", "variance", square, variance(), DOMAIN),
        NamedExpression("risk", r"\mathcal R", "risk", square, risk(), DOMAIN),
    )

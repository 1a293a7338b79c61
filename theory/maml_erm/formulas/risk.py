"""Excess risk after adaptation: E_m(w), its floor, and its value on the segment between two class means."""

from __future__ import annotations

import sympy as sp

from theory.maml_erm.formulas.losses import adapted_loss, v
from theory.maml_erm.formulas.symbols import d, m, rho
from theory.maml_erm.formulas.tasks import Environment, Vector, Weight
from verify.derivations.derivation import Derivation
from verify.derivations.trace_polynomials import Letter, TracePolynomial
from verify.derivations.wick import MatrixLaw

XI = Letter("xi", d, sp.Integer(1), latex=r"\xi")
SPREAD = Letter("C", d, d, symmetric=True)
OFFSET = Letter("t", d, sp.Integer(1))
DIRECTION = Letter("delta", d, sp.Integer(1), latex=r"\delta")
WEIGHT = Letter("Q", d, d, symmetric=True)
_SCALE, _SPREAD = sp.Symbol("s", real=True), sp.Symbol("V", real=True)


def excess_risk_of_task() -> Derivation:
    """E_m and floor together: E f(w') - f(w*) on one task, m samples."""
    start = adapted_loss(m)
    at_optimum = start.matrix.substitute({"v": TracePolynomial(d, sp.Integer(1), {})})
    # f(w*) is the loss before adaptation at v = 0; it is the part of the result that has no alpha in it.
    noise = at_optimum.map_coefficients({sp.Symbol("alpha", real=True): sp.Integer(0)})
    return Derivation(
        "excess risk of a task after one step on m samples", start.matrix - noise, "E f(w') - f(w*), from M3"
    )


def floor_of_task() -> Derivation:
    """The part of the excess risk that does not depend on w, isotropic covariance rho I."""
    return (
        excess_risk_of_task()
        .then("substitute_letters", "at w = w*", v=TracePolynomial(d, sp.Integer(1), {}))
        .then("substitute_letters", "Sigma = rho I", Sigma=TracePolynomial.identity(d).scale(rho))
        .then("multiple_of_identity", "a number")
        .retitled("floor of one task, isotropic")
    )


def class_risk() -> Derivation:
    """The mean of 1/2 ||w - w*||^2_{s I} over a class with mean optimum mu and spread V, at w = mu + x delta.

    A function of s, V, x and Delta = ||delta||; unit Y^2.
    """
    x, Delta = sp.Symbol("x", real=True), sp.Symbol("Delta", real=True)
    V, T = TracePolynomial.letter(v), TracePolynomial.letter(OFFSET)
    return (
        Derivation(
            "excess risk averaged over a class",
            (V.T * TracePolynomial.letter(WEIGHT) * V).scale(sp.Rational(1, 2)),
            "excess risk of one task without its floor (M3), Q its weight",
        )
        .then("substitute_letters", "w* = mu + xi, t = w - mu", v=T - TracePolynomial.letter(XI))
        .then(
            "expect",
            "xi has mean zero and covariance C inside the class",
            laws={"xi": MatrixLaw(row=(SPREAD,), gaussian=False)},
        )
        .then("substitute_letters", "isotropic task: Q = s I", Q=TracePolynomial.identity(d).scale(_SCALE))
        .then("name_trace", "V = tr C = E||w* - mu||^2", word=(SPREAD,), value=_SPREAD)
        .then("substitute_letters", "w = mu + x delta", t=TracePolynomial.letter(DIRECTION).scale(x))
        .then("name_trace", "Delta = ||delta||", word=(DIRECTION, DIRECTION.T), value=Delta**2)
        .then("multiple_of_identity", "a number")
        .then("factor", "factor")
    )


def on_segment(environment: Environment, weights: tuple[sp.Expr, ...], positions: tuple[sp.Expr, ...]) -> sp.Expr:
    """E_m at a point whose offset from the mean of class i is positions[i] * delta, all covariances isotropic."""
    one = class_risk().scalar
    x = sp.Symbol("x", real=True)
    return sp.Add(
        *(
            t.probability * one.xreplace({_SCALE: W, _SPREAD: t.spread, x: position})
            for t, W, position in zip(environment.tasks, weights, positions, strict=True)
        )
    )


def excess_risk(environment: Environment, weights: tuple[Weight, ...], w: Vector) -> sp.Expr | TracePolynomial:
    """E_m(w) = 1/2 sum_i pi_i (||w - mu_i||^2_{Q_i} + tr(Q_i) V_i / d), the spread taken isotropic.

    ``weights`` are the Q_i of the test-time adaptation, matrices or multiples of the identity.
    """
    parts = []
    for t, Q in zip(environment.tasks, weights, strict=True):
        if isinstance(Q, sp.MatrixBase):
            offset = w - t.optimum
            value = ((offset.T * Q * offset)[0, 0] + Q.trace() * t.spread / Q.rows) * t.probability / 2
        else:
            offset = w - t.optimum
            value = ((offset.T * offset).scale(Q) + TracePolynomial.scalar(Q * t.spread)).scale(t.probability / 2)
        parts.append(value)
    out = parts[0]
    for part in parts[1:]:
        out = out + part
    return out

"""Excess risk after adaptation: E_m(w), its floor, and its value on the segment between two class means."""

from __future__ import annotations

from functools import cache

import sympy as sp

from theory.maml_erm.formulas.losses import adapted_loss, v
from theory.maml_erm.formulas.solutions import CANDIDATE
from theory.maml_erm.formulas.symbols import Delta, alpha, c, d, m, rho
from theory.maml_erm.formulas.tasks import MU_E, Environment, Task, Vector, Weight
from verify.derivations.combination import AtZero, Substituted, minus
from verify.derivations.derivation import Derivation
from verify.derivations.trace_polynomials import Letter, TracePolynomial
from verify.derivations.wick import MatrixLaw

XI = Letter("xi", d, sp.Integer(1), latex=r"\xi")
SPREAD = Letter("C", d, d, symmetric=True)
OFFSET = Letter("t", d, sp.Integer(1))
DIRECTION = Letter("delta", d, sp.Integer(1), latex=r"\delta")
OPTIMA = {"xi": MatrixLaw(row=(SPREAD,), gaussian=False)}
_NOTHING = TracePolynomial(d, sp.Integer(1), {})
_X = sp.Symbol("x", real=True)


@cache
def excess_risk_of_task() -> Derivation:
    """E_m and floor together: E f(w') - f(w*) on one task, m samples."""
    adapted = adapted_loss(m)
    # f(w*) is the loss before adaptation at v = 0; it is the part of the result that has no alpha in it.
    noise = AtZero(Substituted(adapted, v.name, _NOTHING), alpha)
    return Derivation(
        "excess risk of a task after one step on m samples", minus(adapted, noise), "E f(w') - f(w*), from M3"
    )


@cache
def floor_of_task() -> Derivation:
    """The part of the excess risk that does not depend on w, isotropic covariance rho I."""
    return (
        excess_risk_of_task()
        .then("substitute_letters", "at w = w*", v=_NOTHING)
        .then("substitute_letters", "Sigma = rho I", Sigma=TracePolynomial.identity(d).scale(rho))
        .then("multiple_of_identity", "a number")
        .retitled("floor of one task, isotropic")
    )


@cache
def class_risk_at(task: Task) -> Derivation:
    """E_m averaged over a class of tasks with isotropic covariance, at w = mu + t, mu the mean of its optima.

    A function of the curvature and the spread of the class and of t; unit Y^2.
    """
    excess = excess_risk_of_task()
    T = TracePolynomial.letter(OFFSET)
    return (
        Derivation(
            "excess risk averaged over a class",
            minus(excess, Substituted(excess, v.name, _NOTHING)),
            "excess risk of one task without its floor, the value at w = w*",
        )
        .then("substitute_letters", "w* = mu + xi, t = w - mu", v=T - TracePolynomial.letter(XI))
        .then("expect", "xi has mean zero and covariance C inside the class", laws=OPTIMA)
        .then(
            "substitute_letters",
            f"isotropic tasks: Sigma = {task.covariance} I",
            Sigma=TracePolynomial.identity(d).scale(task.covariance),
        )
        .then("name_trace", f"{task.spread} = tr C = E||w* - mu||^2", word=(SPREAD,), value=task.spread)
    )


@cache
def class_risk(task: Task) -> Derivation:
    """E_m averaged over a class of tasks with isotropic covariance, at w = mu + x delta.

    A function of the curvature and the spread of the class, of x and of Delta = ||delta||; unit Y^2.
    """
    return (
        class_risk_at(task)
        .then("substitute_letters", "w = mu + x delta", t=TracePolynomial.letter(DIRECTION).scale(_X))
        .then("name_trace", "Delta = ||delta||", word=(DIRECTION, DIRECTION.T), value=Delta**2)
        .then("multiple_of_identity", "a number")
    )


@cache
def offset(optimum: Letter) -> Derivation:
    """How far w = c mu_H + (1-c) mu_E is from the mean of a class, in units of delta = mu_H - mu_E."""
    easy, delta = TracePolynomial.letter(MU_E), TracePolynomial.letter(DIRECTION)
    return (
        Derivation(
            f"offset from {optimum}",
            TracePolynomial.letter(CANDIDATE) - TracePolynomial.letter(optimum),
            "what separates w from the mean of the class",
        )
        .then(
            "substitute_letters",
            "w = c mu_H + (1-c) mu_E, mu_H = mu_E + delta",
            w=easy + delta.scale(c),
            mu_H=easy + delta,
        )
        .then("coefficient_of_vector", "a multiple of delta", letter=DIRECTION)
        .then("multiple_of_identity", "a number")
    )


def on_segment(task: Task, optimum: Letter, name: sp.Symbol, weight: Derivation) -> Derivation:
    """E_m averaged over a class at w = c mu_H + (1-c) mu_E, with a name for the class's weight."""
    return (
        class_risk(task)
        .then("name_factor", f"{name} is the weight of MAML in the class", name=name, value=weight)
        .then("factor", "factor")
        .then("substitute_scalars", "where w is", values={_X: offset(optimum)})
        .retitled(f"E_m of the tasks around {optimum}")
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

"""Finitely many tasks with finitely many samples each: the limit covariance of the solutions on them.

Every sampled task brings n samples for the inner step and k_o for the loss after it; ERM uses the k_o alone.
"""

from __future__ import annotations

from functools import cache

import sympy as sp

from theory.maml_erm.formulas import optimisation, risk
from theory.maml_erm.formulas.finite_data import OFFSET_E, OFFSET_H, OFFSETS, SPREAD_E, SPREAD_H, curvature
from theory.maml_erm.formulas.mixture import isotropic_weight
from theory.maml_erm.formulas.solutions import CANDIDATE
from theory.maml_erm.formulas.symbols import V_E, V_H, W_E, W_H, Delta, V, c, n, rho, rho_E, rho_H
from theory.maml_erm.formulas.tasks import MU_E, easy_hard
from verify.derivations.derivation import Derivation
from verify.derivations.trace_polynomials import Letter, TracePolynomial

_hard, _easy, _A, _B = sp.symbols("g_H g_E A B", real=True)
_CLASSES = (
    (W_H, rho_H, _hard, OFFSET_H, SPREAD_H, V_H),
    (W_E, rho_E, _easy, OFFSET_E, SPREAD_E, V_E),
)


def _distance(offset: Letter, spread: Letter, value: sp.Symbol, *, hard: bool) -> Derivation:
    """E ||w - w*||^2 in a class at w = c mu_H + (1-c) mu_E."""
    easy, delta = TracePolynomial.letter(MU_E), TracePolynomial.letter(risk.DIRECTION)
    apart = TracePolynomial.letter(CANDIDATE) - TracePolynomial.letter(offset) - (easy + delta if hard else easy)
    return (
        Derivation("squared distance from an optimum", apart.T * apart, "||w - w*||^2, w* = mu + xi")
        .then("substitute_letters", "w = c mu_H + (1-c) mu_E, mu_H = mu_E + delta", w=easy + delta.scale(c))
        .then("expect", "xi has mean zero inside its class", laws=OFFSETS)
        .then("name_trace", f"{value} = tr {spread}", word=(spread,), value=value)
        .then("name_trace", "Delta = ||delta||", word=(risk.DIRECTION, risk.DIRECTION.T), value=Delta**2)
        .then("multiple_of_identity", "a number")
        .then("group", "group", variables=(value, Delta))
    )


@cache
def scatter(name: str) -> Derivation:
    """B: the mean square of the stochastic gradient of a sampled task at w = c mu_H + (1-c) mu_E, unit X^2 Y^2."""
    classes = {}
    for task, (_, curve, symbol, offset, spread, value) in zip(easy_hard().tasks, _CLASSES, strict=True):
        start = optimisation.gradient_square(name).as_start(f"E ||g||^2 at {task.covariance}", "of one isotropic task")
        distance = _distance(offset, spread, value, hard=task.spread == V_H)
        classes[symbol] = start.then(
            "substitute_scalars", "averaged over the optima of the class", values={rho: curve, V: distance}
        )
    hard, easy = easy_hard().tasks
    return Derivation(
        f"mean square of the stochastic gradient of a sampled task, {name}",
        hard.probability * _hard + easy.probability * _easy,
        "average over the classes",
    ).then("substitute_scalars", "the mean square in each class", values=classes)


@cache
def covariance(name: str, where: sp.Symbol) -> Derivation:
    """tr(A^-1 B A^-1), the trace of the covariance of sqrt(T) (w_T - w) as T grows, for the method at its solution."""
    weights = {W: isotropic_weight(name, curve, n) for W, curve, *_ in _CLASSES}
    mean = curvature().as_start(f"mean weight of a task, {name}", "for class weights W_H, W_E")
    values = {
        _A: mean.then("substitute_scalars", f"weights of {name}", values=weights),
        _B: scatter(name)
        .as_start(f"mean square at the solution of {name}", "at weight c on mu_H")
        .then("substitute_scalars", f"c = {where}", values={c: where}),
    }
    return Derivation(
        f"trace of the limit covariance, {name}", _B / _A**2, "A^-1 B A^-1, A a multiple of the identity"
    ).then("substitute_scalars", "the two means over tasks", values=values)

"""Risks taken apart: by class, and by what lies on the line through the class means and what lies off it."""

from __future__ import annotations

from functools import cache

import sympy as sp

from theory.maml_erm.formulas import risk
from theory.maml_erm.formulas.mixture import isotropic_weight, position, s_E, s_H
from theory.maml_erm.formulas.solutions import task_objective
from theory.maml_erm.formulas.symbols import (
    V_E,
    V_H,
    W_E,
    W_H,
    Delta,
    Delta_perp,
    c,
    d,
    l_E,
    l_H,
    m,
    p,
    rho_E,
    rho_H,
)
from theory.maml_erm.formulas.tasks import MU_E, MU_H, easy_hard
from verify.derivations.derivation import Derivation
from verify.derivations.trace_polynomials import Letter, TracePolynomial

OFF_LINE = Letter("e", d, sp.Integer(1), latex=r"e_\perp")
SHARED_WEIGHT = Letter("Q", d, d, symmetric=True)

_hard, _easy = sp.symbols("f_H f_E", real=True)


@cache
def risk_of_class(hard: bool, where: sp.Symbol) -> Derivation:
    """E_m of the hard or of the easy tasks alone, at w = c mu_H + (1-c) mu_E with c = ``where``."""
    tasks = easy_hard().tasks
    task, centre, name, curvature = (tasks[0], MU_H, s_H, rho_H) if hard else (tasks[1], MU_E, s_E, rho_E)
    on_segment = risk.on_segment(task, centre, name, isotropic_weight("maml", curvature, m))
    start = on_segment.as_start(f"{on_segment.title}, at {where}", "E_m of a class at w = c mu_H + (1-c) mu_E")
    return start.then("substitute_scalars", f"c = {where}", values={c: where})


@cache
def class_objective(hard: bool) -> Derivation:
    """What a method with class weights W_H, W_E makes small on one class, at any w of R^d.

    w = c mu_H + (1-c) mu_E + e with e orthogonal to mu_H - mu_E: every w has this form, and ||e|| = Delta_perp.
    """
    tasks = easy_hard().tasks
    task, centre, weight = (tasks[0], MU_H, W_H) if hard else (tasks[1], MU_E, W_E)
    mean, easy, delta, off, xi = (TracePolynomial.letter(x) for x in (centre, MU_E, risk.DIRECTION, OFF_LINE, risk.XI))
    identity = TracePolynomial.identity(d)
    return (
        task_objective()
        .then(
            "substitute_letters",
            f"{'hard' if hard else 'easy'} tasks have weight {weight} I; w_i* = mu + xi",
            W_i=identity.scale(weight),
            w_i=mean + xi,
        )
        .then("expect", "xi has mean zero and covariance C inside the class", laws=risk.OPTIMA)
        .then("name_trace", f"{task.spread} = tr C", word=(risk.SPREAD,), value=task.spread)
        .then(
            "substitute_letters",
            "w = c mu_H + (1-c) mu_E + e, mu_H = mu_E + delta",
            w=easy + delta.scale(c) + off,
            mu_H=easy + delta,
        )
        .then("name_trace", "e is orthogonal to delta", word=(risk.DIRECTION, OFF_LINE.T), value=sp.Integer(0))
        .then("name_trace", "Delta = ||delta||", word=(risk.DIRECTION, risk.DIRECTION.T), value=Delta**2)
        .then("name_trace", "Delta_perp = ||e||", word=(OFF_LINE, OFF_LINE.T), value=Delta_perp**2)
        .then("multiple_of_identity", "a number")
        .retitled(f"objective on the {'hard' if hard else 'easy'} tasks")
    )


@cache
def objective_in_space() -> Derivation:
    """What a method with class weights W_H, W_E minimises, at any w of R^d."""
    hard, easy = easy_hard().tasks
    values = {_hard: class_objective(True), _easy: class_objective(False)}
    total = hard.probability * _hard + easy.probability * _easy
    return Derivation("objective at any w", total, "average over the two classes").then(
        "substitute_scalars", "the objective on each class", values=values
    )


@cache
def risk_in_direction(name: str) -> Derivation:
    """The risk in one direction of a common eigenbasis at the solution of a method there, "erm" or "maml".

    The risk has the weights W_H, W_E of a test with m samples, as MAML has; ERM's are the eigenvalues l_H, l_E.
    """
    where = position()
    if name == "erm":
        start = where.as_start(f"{where.title} of ERM in a direction", "the weight on mu_H for class weights W_H, W_E")
        where = start.then("substitute_scalars", "weights of ERM", values={W_H: l_H, W_E: l_E})
    by_class = p * W_H * (V_H + (1 - c) ** 2 * Delta**2) / 2 + (1 - p) * W_E * (V_E + c**2 * Delta**2) / 2
    return (
        objective_in_space()
        .as_start(f"risk of {name.upper()} in a direction", "the risk at any w, with the weights W_H, W_E")
        .then("substitute_scalars", "in one direction nothing lies off the line", values={Delta_perp: sp.Integer(0)})
        .then("rewrite", "by class", after=by_class)
        .then("substitute_scalars", where.title, values={c: where})
    )


@cache
def class_with_one_weight() -> Derivation:
    """E of 1/2 ||w - w_i*||^2_Q over a class whose tasks share the weight Q; the optima are w_i* = mu_H + xi."""
    mean, xi, Q = (TracePolynomial.letter(x) for x in (MU_H, risk.XI, SHARED_WEIGHT))
    return (
        task_objective()
        .then(
            "substitute_letters",
            "all tasks of the class have weight Q; w_i* = mu + xi",
            W_i=Q,
            w_i=mean + xi,
        )
        .then("expect", "xi has mean zero and covariance C inside the class", laws=risk.OPTIMA)
        .retitled("risk of a class whose tasks share one weight")
    )

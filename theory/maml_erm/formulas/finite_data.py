"""Finite training data: the solution of a method on sampled tasks, and its expected risk after adaptation.

Of the sampled tasks N_H are hard and N_E easy; a task is known up to its optimum, and pulls with the weight of its
class (W_H or W_E) as with infinitely many samples. The optima of a class are the rows of 1 mu^T + Xi.
"""

from __future__ import annotations

from functools import cache

import sympy as sp

from theory.maml_erm.formulas import risk
from theory.maml_erm.formulas.mixture import isotropic_weight, s_E, s_H
from theory.maml_erm.formulas.solutions import CANDIDATE, TASK_OPTIMUM, TASK_WEIGHT, task_objective
from theory.maml_erm.formulas.symbols import N_E, N_H, V_E, V_H, W_E, W_H, Delta, T, c, d, m, p, rho_E, rho_H
from theory.maml_erm.formulas.tasks import MU_E, MU_H, Task, easy_hard
from verify.derivations.combination import minus
from verify.derivations.derivation import Derivation
from verify.derivations.relations import Formula, gt
from verify.derivations.trace_polynomials import Letter, TracePolynomial
from verify.derivations.wick import MatrixLaw

ONES_H, ONES_E = (
    Letter(name, size, sp.Integer(1), latex=latex)
    for name, size, latex in (("ones_H", N_H, r"\mathbf 1_H"), ("ones_E", N_E, r"\mathbf 1_E"))
)
XI_H, XI_E = Letter("Xi_H", N_H, d, latex=r"\Xi_H"), Letter("Xi_E", N_E, d, latex=r"\Xi_E")
SPREAD_H, SPREAD_E = (Letter(name, d, d, symmetric=True) for name in ("C_H", "C_E"))
OFFSET_H, OFFSET_E = (Letter(name, d, sp.Integer(1), latex=rf"\xi_{name[-1]}") for name in ("xi_H", "xi_E"))
OFFSETS = {
    "xi_H": MatrixLaw(row=(SPREAD_H,), gaussian=False),
    "xi_E": MatrixLaw(row=(SPREAD_E,), gaussian=False),
}
GRADIENT = Letter("g_i", d, sp.Integer(1))
# Rows are the offsets w* - mu of the sampled optima: independent, mean zero, covariance C; nothing else is known.
SAMPLES = {
    "Xi_H": MatrixLaw(col=(SPREAD_H,), gaussian=False),
    "Xi_E": MatrixLaw(col=(SPREAD_E,), gaussian=False),
}
ERROR = Letter("e", d, sp.Integer(1))
_CLASSES = ((W_H, rho_H, s_H), (W_E, rho_E, s_E))
_hard, _easy, _A, _B, _C = sp.symbols("f_H f_E A B C", real=True)


def _distances(ones: Letter, mean: Letter, offsets: Letter) -> TracePolynomial:
    """The sum of ||w - w_i*||^2 over the sampled tasks of a class: the squared norm of 1 (w - mu)^T - Xi, expanded."""
    one, xi = TracePolynomial.letter(ones), TracePolynomial.letter(offsets)
    apart = TracePolynomial.letter(CANDIDATE) - TracePolynomial.letter(mean)
    return (one.T * one) * (apart.T * apart) - (one.T * xi * apart).scale(sp.Integer(2)) + (xi * xi.T).trace()


@cache
def sampled_gradient(hard_weight: sp.Expr = W_H, easy_weight: sp.Expr = W_E) -> Derivation:
    """The gradient in w of the objective of a method with these class weights, summed over the sampled tasks."""
    hard, easy = _distances(ONES_H, MU_H, XI_H), _distances(ONES_E, MU_E, XI_E)
    return Derivation(
        "objective summed over the sampled tasks",
        hard.scale(hard_weight / 2) + easy.scale(easy_weight / 2),
        f"1/2 ||w - w_i*||^2 in the weight of each task's class, {hard_weight} or {easy_weight}",
    ).then("gradient", "gradient in w", letter=CANDIDATE)


@cache
def sampled_solution(hard_weight: sp.Expr = W_H, easy_weight: sp.Expr = W_E) -> Derivation:
    """e = w - mu_E for the w that minimises the objective summed over the sampled tasks, over all of R^d."""
    easy, one, shift = (TracePolynomial.letter(letter) for letter in (MU_E, ERROR, risk.DIRECTION))
    conditions: tuple[Formula, ...] = (gt(N_H * hard_weight + N_E * easy_weight, 0),)
    return (
        sampled_gradient(hard_weight, easy_weight)
        .then("name_trace", "a vector of N_H ones", word=(ONES_H, ONES_H.T), value=N_H)
        .then("name_trace", "a vector of N_E ones", word=(ONES_E, ONES_E.T), value=N_E)
        .then("substitute_letters", "w = mu_E + e, mu_H = mu_E + delta", w=easy + one, mu_H=easy + shift)
        .then("solve_multiple_of_identity", "stationarity; solve for e", conditions, unknown=ERROR)
        .retitled("solution on sampled tasks")
    )


@cache
def sampled_position() -> Derivation:
    """The weight on mu_H of the solution on sampled tasks, in the class weights and the numbers of tasks."""
    no_spread = {"Xi_H": TracePolynomial(N_H, d, {}), "Xi_E": TracePolynomial(N_E, d, {})}
    return (
        sampled_solution()
        .then("substitute_letters", "every optimum at the mean of its class", (), **no_spread)
        .then("coefficient_of_vector", "e is a multiple of delta: w = c mu_H + (1-c) mu_E", letter=risk.DIRECTION)
        .then("multiple_of_identity", "the multiple is c")
        .then("factor", "factor")
        .retitled("weight on mu_H of the solution on sampled tasks")
    )


@cache
def solution_at() -> Derivation:
    """The solution on sampled tasks that puts weight c on mu_H.

    A common factor of the weights moves no minimiser, so that the weights c/N_H and (1-c)/N_E stand for all with the
    position c = N_H W_H/(N_H W_H + N_E W_E).
    """
    return sampled_solution(c / N_H, (1 - c) / N_E).retitled("solution on sampled tasks with weight c on mu_H")


def _class_risk(task: Task, mean: Letter, name: sp.Symbol, curvature: sp.Symbol) -> Derivation:
    """E_m of a class at the solution on sampled tasks, averaged over what is sampled."""
    where = minus(solution_at(), TracePolynomial.letter(risk.DIRECTION)) if mean == MU_H else solution_at()
    return (
        risk.class_risk_at(task)
        .then("substitute_letters", f"w = mu_E + e is the solution on sampled tasks, t = w - {mean}", t=where)
        .then("expect", "the sampled optima are independent of each other and of the task at test", laws=SAMPLES)
        .then("name_trace", "a vector of N_H ones", word=(ONES_H, ONES_H.T), value=N_H)
        .then("name_trace", "a vector of N_E ones", word=(ONES_E, ONES_E.T), value=N_E)
        .then("name_trace", "V_H = tr C_H", word=(SPREAD_H,), value=V_H)
        .then("name_trace", "V_E = tr C_E", word=(SPREAD_E,), value=V_E)
        .then("name_trace", "Delta = ||delta||", word=(risk.DIRECTION, risk.DIRECTION.T), value=Delta**2)
        .then("multiple_of_identity", "a number")
        .then(
            "name_factor",
            f"{name} is the weight of MAML in the class",
            name=name,
            value=isotropic_weight("maml", curvature, m),
        )
        .then("group", "group by what is known of the optima", variables=(Delta, V_H, V_E))
        .retitled(f"E_m of the tasks around {mean} at the solution on sampled tasks")
    )


@cache
def sampled_risk() -> Derivation:
    """E_m of the solution on N_H hard and N_E easy sampled tasks that puts weight c on mu_H, averaged over these."""
    hard, easy = easy_hard().tasks
    classes = {_hard: _class_risk(hard, MU_H, s_H, rho_H), _easy: _class_risk(easy, MU_E, s_E, rho_E)}
    total = hard.probability * _hard + easy.probability * _easy
    return Derivation("expected E_m of the solution on sampled tasks", total, "average of the class risks").then(
        "substitute_scalars", "the risk of each class", values=classes
    )


@cache
def stratified_risk(where: sp.Symbol) -> Derivation:
    """``sampled_risk`` for T tasks of which p T are hard, at a given weight on mu_H."""
    values = {N_H: p * T, N_E: (1 - p) * T, c: where}
    start = sampled_risk().as_start(f"expected E_m on T tasks, at {where}", "at weight c on mu_H")
    return start.then("substitute_scalars", f"p T hard and (1-p) T easy tasks, c = {where}", values=values)


# ---------------------------------------------------------------- independent tasks, in the limit


@cache
def scatter() -> Derivation:
    """B: the mean square of a sampled task's gradient at w = c mu_H + (1-c) mu_E, for class weights W_H, W_E."""
    easy, delta = TracePolynomial.letter(MU_E), TracePolynomial.letter(risk.DIRECTION)
    identity = TracePolynomial.identity(d)
    pull = task_objective().then("gradient", "gradient in w", letter=CANDIDATE).retitled("gradient of a task")
    gradient = TracePolynomial.letter(GRADIENT)
    classes = tuple(
        (
            task.probability,
            {TASK_WEIGHT.name: identity.scale(weight), TASK_OPTIMUM.name: mean + TracePolynomial.letter(offset)},
        )
        for task, weight, mean, offset in zip(
            easy_hard().tasks, (W_H, W_E), (easy + delta, easy), (OFFSET_H, OFFSET_E), strict=True
        )
    )
    return (
        Derivation("mean square of the gradient", gradient.T * gradient, "squared norm of a task's gradient")
        .then("substitute_letters", "the gradient of a task is W_i (w - w_i*)", g_i=pull)
        .then("average_over_classes", "hard tasks have weight W_H I, easy tasks W_E I; w_i* = mu + xi", classes=classes)
        .then("substitute_letters", "w = c mu_H + (1-c) mu_E, mu_H = mu_E + delta", w=easy + delta.scale(c))
        .then("expect", "xi has mean zero and its class's covariance", laws=OFFSETS)
        .then("name_trace", "V_H = tr C_H", word=(SPREAD_H,), value=V_H)
        .then("name_trace", "V_E = tr C_E", word=(SPREAD_E,), value=V_E)
        .then("name_trace", "Delta = ||delta||", word=(risk.DIRECTION, risk.DIRECTION.T), value=Delta**2)
        .then("multiple_of_identity", "a number")
        .then("group", "group by the weights", variables=(W_H, W_E))
    )


@cache
def curvature() -> Derivation:
    """A: the mean weight of a task, for class weights W_H, W_E; the Hessian of the objective is A I."""
    identity = TracePolynomial.identity(d)
    classes = tuple(
        (task.probability, {TASK_WEIGHT.name: identity.scale(weight)})
        for task, weight in zip(easy_hard().tasks, (W_H, W_E), strict=True)
    )
    return (
        task_objective()
        .then("gradient", "gradient in w", letter=CANDIDATE)
        .then("substitute_letters", "measured from the optimum", w_i=TracePolynomial(d, sp.Integer(1), {}))
        .then("coefficient_of_vector", "the Hessian of one task", letter=CANDIDATE)
        .then("average_over_classes", "hard tasks have weight W_H I, easy tasks W_E I", classes=classes)
        .then("multiple_of_identity", "the multiple is A")
        .retitled("mean weight of a task")
    )


@cache
def covariance() -> Derivation:
    """tr(A^-1 B A^-1), the trace of the covariance of sqrt(T) (w_T - w) as T grows, at weight c on mu_H."""
    return Derivation("trace of the limit covariance", _B / _A**2, "A^-1 B A^-1, A a multiple of the identity").then(
        "substitute_scalars", "the two means over tasks", values={_A: curvature(), _B: scatter()}
    )


@cache
def scatter_in_risk(name: str, where: sp.Symbol) -> Derivation:
    """The limit of T/2 E ||w_T - w||^2 in the norm of E_m: half of A_m tr(A^-1 B A^-1), A_m the curvature of E_m.

    For MAML that is the limit of T (E E_m(w_T) - E_m(w)), by G1.
    """
    own = {W: isotropic_weight(name, rho_c, m) if name == "erm" else s for W, rho_c, s in _CLASSES}
    test = (
        curvature()
        .as_start("curvature of E_m", "the mean weight of a task")
        .then(
            "substitute_scalars",
            "weights of MAML with the m samples of the test",
            values={W: s for W, _, s in _CLASSES},
        )
    )
    return Derivation(
        f"scatter in the norm of E_m, {name}", _A * _C / 2, "half the squared distance, times the curvature of E_m"
    ).then(
        "substitute_scalars",
        "the two at the solution of the method",
        values={
            _A: test,
            _C: covariance()
            .as_start(f"trace of the limit covariance of {name}", "for class weights W_H, W_E")
            .then("substitute_scalars", f"weights of {name}, c = {where}", values={**own, c: where}),
        },
    )

"""Optimising the two objectives: one step of gradient descent, and the stochastic gradient of one task on its data.

The stochastic gradient is the gradient of what one task's batches give of the objective: for ERM the loss on k_o
samples, for MAML the loss on k_o fresh samples after an inner step on n others.
"""

from __future__ import annotations

from functools import cache

import sympy as sp

from theory.maml_erm.formulas import methods, risk
from theory.maml_erm.formulas.finite_data import GRADIENT, OFFSET_E, OFFSET_H, OFFSETS, SPREAD_E, SPREAD_H
from theory.maml_erm.formulas.losses import adapted_error, batch_laws, noise_law, v, w, w_star
from theory.maml_erm.formulas.solutions import (
    CANDIDATE,
    MEAN_WEIGHT,
    SOLUTION,
    TASK_OPTIMUM,
    TASK_WEIGHT,
    quadratic_objective,
    task_objective,
)
from theory.maml_erm.formulas.symbols import V_E, V_H, W_E, W_H, Delta, V, beta, c, d, h_i, k_o, n, nu, p, rho
from theory.maml_erm.formulas.tasks import MU_E, easy_hard
from verify.derivations.combination import Substituted, Sum, Times, minus
from verify.derivations.derivation import Derivation
from verify.derivations.expectation import input_law
from verify.derivations.relations import Formula, gt
from verify.derivations.trace_polynomials import Letter, TracePolynomial
from verify.derivations.wick import MatrixLaw

OUTER_X, OUTER_Z = Letter("X_o", k_o, d, latex="X_{o}"), Letter("z_o", k_o, sp.Integer(1), latex="z_{o}")
OUTER_LAWS = {"X_o": input_law(), "z_o": noise_law()}
SPREAD = Letter("C", d, d, symmetric=True)
JACOBIAN, KICK = Letter("J", d, d, symmetric=True), Letter("u", d, sp.Integer(1))
NEXT = Letter("e_next", d, sp.Integer(1), latex="e'")
_G = TracePolynomial.letter(GRADIENT)
_NOTHING = TracePolynomial(d, sp.Integer(1), {})
ERROR = Letter("e", d, sp.Integer(1))
ERRORS = {"e": MatrixLaw(row=(SPREAD,), gaussian=False)}
_square, _weight = sp.symbols("square W", real=True)
_V = TracePolynomial.letter(v)


@cache
def outer_loss() -> Derivation:
    """The empirical loss of a task on k_o samples, at the error v."""
    X, z, one = TracePolynomial.letter(OUTER_X), TracePolynomial.letter(OUTER_Z), sp.Integer(1)
    residual = X * TracePolynomial.letter(w) - TracePolynomial.letter(Letter("y", k_o, one))
    return (
        Derivation(
            "loss on the outer samples",
            (residual.T * residual).scale(1 / (2 * k_o)),
            "definition of the empirical loss on k_o samples (X, y)",
        )
        .then("substitute_letters", "y = X w* + z", y=X * TracePolynomial.letter(w_star) + z)
        .then("substitute_letters", "w = w* + v", w=TracePolynomial.letter(w_star) + _V)
    )


@cache
def erm_gradient() -> Derivation:
    """The stochastic gradient of ERM on one task, at the error v."""
    return outer_loss().then("gradient", "gradient in v", letter=v).retitled("stochastic gradient of ERM")


@cache
def maml_gradient() -> Derivation:
    """The stochastic gradient of MAML on one task, at the error v, when an inner step leaves the error J v + u.

    It is the gradient in v of the loss after the step, so that the chain rule puts J in front.
    """
    after = TracePolynomial.letter(JACOBIAN) * _V + TracePolynomial.letter(KICK)
    return (
        outer_loss()
        .then("substitute_letters", "after the inner step the error is J v + u", v=after)
        .then("gradient", "gradient in v", letter=v)
        .retitled("stochastic gradient of MAML")
    )


@cache
def kick() -> Derivation:
    """u: the error after an inner step that starts from the optimum of the task."""
    return Derivation("u", Substituted(adapted_error(n), v.name, _NOTHING), "the error after the inner step, at v = 0")


@cache
def jacobian() -> Derivation:
    """J: the matrix in front of v in the error after an inner step."""
    return Derivation(
        "J", minus(adapted_error(n), kick()), "the error after the inner step, without that at v = 0"
    ).then("coefficient_of_vector", "the matrix in front of v", letter=v)


@cache
def second_moment_erm() -> Derivation:
    """E g g^T for the stochastic gradient g of ERM at the error v, any covariance."""
    return (
        Derivation("E g g^T, ERM", _G * _G.T, "the stochastic gradient times its transpose")
        .then("substitute_letters", "the stochastic gradient of ERM", g_i=erm_gradient())
        .then("expect", "k_o samples", laws=OUTER_LAWS)
    )


@cache
def maml_square_given_step() -> Derivation:
    """E ||g||^2 over the outer samples for the stochastic gradient g of MAML, the inner step given, any covariance."""
    return (
        Derivation("E ||g||^2 given the inner step, MAML", _G.T * _G, "squared norm of the stochastic gradient")
        .then("substitute_letters", "the stochastic gradient of MAML", g_i=maml_gradient())
        .then("expect", "k_o outer samples", laws=OUTER_LAWS)
    )


@cache
def gradient_square(name: str) -> Derivation:
    """E ||g||^2 of a stochastic gradient on one isotropic task, in V = ||v||^2 and nu."""
    if name == "erm":
        square = (
            Derivation("E ||g||^2, ERM", _G.T * _G, "squared norm of the stochastic gradient")
            .then("substitute_letters", "the stochastic gradient of ERM", g_i=erm_gradient())
            .then("expect", "k_o samples", laws=OUTER_LAWS)
        )
    else:
        square = (
            maml_square_given_step()
            .then("substitute_letters", "an inner step on n samples", J=jacobian(), u=kick())
            .then("expect", "the inner batch is independent of the outer one", laws=batch_laws(n))
        )
    return (
        square.then("substitute_letters", "Sigma = rho I", Sigma=TracePolynomial.identity(d).scale(rho))
        .then("name_trace", "V = ||v||^2", word=(v, v.T), value=V)
        .then("multiple_of_identity", "a number")
        .then("group", "group by V and nu", variables=(V, nu))
        .retitled(f"mean square of the stochastic gradient, {name}")
    )


@cache
def gradient_variance(name: str) -> Derivation:
    """E ||g - E g||^2 of a stochastic gradient on one isotropic task: the mean of g is the weight times v."""
    weight = methods.erm().isotropic if name == "erm" else methods.maml(n).isotropic
    values = {_square: gradient_square(name), _weight: weight}
    return Derivation(
        f"variance of the stochastic gradient, {name}", _square - _weight**2 * V, "E ||g||^2 - ||E g||^2, E g = W v"
    ).then("substitute_scalars", "the mean square and the weight", values=values)


@cache
def descent_step() -> Derivation:
    """The error after one step of gradient descent on an objective with the mean weight A, in the error before."""
    solution, error = TracePolynomial.letter(SOLUTION), TracePolynomial.letter(ERROR)
    slope = (
        quadratic_objective()
        .then("gradient", "gradient in w", letter=CANDIDATE)
        .then("substitute_letters", "w = wbar + e", w=solution + error)
    )
    return Derivation(
        "error after a step of gradient descent", Sum((error, Times(-beta, slope))), "w - beta grad, measured from wbar"
    )


@cache
def descent_factor() -> Derivation:
    """The factor of a step of gradient descent in an eigendirection of the Hessian."""
    return (
        descent_step()
        .then("coefficient_of_vector", "the matrix in front of e", letter=ERROR)
        .then("spectral_value", "A acts on an eigenvector as its eigenvalue", letter=MEAN_WEIGHT, at=h_i, traces={})
        .retitled("factor of a step of gradient descent")
    )


def _classes() -> tuple[tuple[sp.Expr, dict[str, TracePolynomial]], ...]:
    """The two classes of tasks with weights W_H, W_E, their optima around mu_E + delta and mu_E."""
    easy, delta = TracePolynomial.letter(MU_E), TracePolynomial.letter(risk.DIRECTION)
    identity = TracePolynomial.identity(d)
    optima = (easy + delta + TracePolynomial.letter(OFFSET_H), easy + TracePolynomial.letter(OFFSET_E))
    return tuple(
        (task.probability, {TASK_WEIGHT.name: identity.scale(weight), TASK_OPTIMUM.name: optimum})
        for task, weight, optimum in zip(easy_hard().tasks, (W_H, W_E), optima, strict=True)
    )


@cache
def task_step() -> Derivation:
    """The error after a step along the gradient of one sampled task, in the error e from w = c mu_H + (1-c) mu_E."""
    easy, delta, error = (TracePolynomial.letter(x) for x in (MU_E, risk.DIRECTION, ERROR))
    pull = (
        task_objective()
        .then("gradient", "gradient in w", letter=CANDIDATE)
        .then("substitute_letters", "w = c mu_H + (1-c) mu_E + e", w=easy + delta.scale(c) + error)
    )
    return Derivation("error after a step on one task", Sum((error, Times(-beta, pull))), "w - beta W_i (w - w_i*)")


@cache
def task_step_square() -> Derivation:
    """E ||e'||^2 after a step on one sampled task, from an error e of mean zero with E ||e||^2 = V."""
    step = TracePolynomial.letter(NEXT)
    return (
        Derivation("E ||e'||^2", step.T * step, "squared norm of the error after the step")
        .then("substitute_letters", "after a step on one task", e_next=task_step())
        .then("average_over_classes", "the sampled task is hard or easy", classes=_classes())
        .then("expect", "e is independent of the task, and has mean zero", laws=ERRORS)
        .then("expect", "xi has mean zero and its class's covariance", laws=OFFSETS)
        .then("name_trace", "V = tr C = E ||e||^2", word=(SPREAD,), value=V)
        .then("name_trace", "V_H = tr C_H", word=(SPREAD_H,), value=V_H)
        .then("name_trace", "V_E = tr C_E", word=(SPREAD_E,), value=V_E)
        .then("name_trace", "Delta = ||delta||", word=(risk.DIRECTION, risk.DIRECTION.T), value=Delta**2)
        .then("multiple_of_identity", "a number")
        .retitled("E ||e'||^2 after a step on one task")
    )


@cache
def stationary_square() -> Derivation:
    """The E ||e||^2 that a step on one sampled task leaves as it is."""
    conditions: tuple[Formula, ...] = (gt(2 * p * W_H + 2 * (1 - p) * W_E, beta * (p * W_H**2 + (1 - p) * W_E**2)),)
    return (
        Derivation("stationary E ||e||^2", _square - V, "the step leaves E ||e||^2 as it is")
        .then("substitute_scalars", "E ||e'||^2 after the step", values={_square: task_step_square()})
        .then("solve_linear", "solve for V", conditions, unknown=V)
    )


@cache
def task_contraction() -> Derivation:
    """E ||e'||^2 after a step on one sampled task when all tasks share the optimum: only the contraction is left."""
    start = task_step_square().as_start("contraction of a step on one task", "E ||e'||^2 after a step on one task")
    return start.then(
        "substitute_scalars", "one optimum", values={V_H: sp.Integer(0), V_E: sp.Integer(0), Delta: sp.Integer(0)}
    ).then(
        "rewrite", "a square for each class", after=V * (p * (1 - beta * W_H) ** 2 + (1 - p) * (1 - beta * W_E) ** 2)
    )

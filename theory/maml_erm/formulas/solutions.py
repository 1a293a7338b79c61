"""Population solutions: w = E[W_i]^-1 E[W_i w_i*] for a method given as a weight map."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import sympy as sp

from theory.maml_erm.formulas.methods import Method
from theory.maml_erm.formulas.symbols import d
from theory.maml_erm.formulas.tasks import Environment, Vector, Weight
from verify.derivations.derivation import Derivation
from verify.derivations.trace_polynomials import Letter, TracePolynomial
from verify.runtime.errors import DomainError

TASK_WEIGHT = Letter("W_i", d, d, symmetric=True)
MEAN_WEIGHT = Letter("W_bar", d, d, symmetric=True, latex=r"\bar W")
TASK_OPTIMUM = Letter("w_i", d, sp.Integer(1), latex="w_i^{*}")
SOLUTION = Letter("w_bar", d, sp.Integer(1), latex=r"\bar w")
CANDIDATE = Letter("w", d, sp.Integer(1))


@cache
def task_objective() -> Derivation:
    """1/2 ||w - w_i*||^2 in the norm of W_i, what a method makes small on one task."""
    w, wi, W = (TracePolynomial.letter(a) for a in (CANDIDATE, TASK_OPTIMUM, TASK_WEIGHT))
    objective = ((w - wi).T * W * (w - wi)).scale(sp.Rational(1, 2))
    return Derivation("objective averaged over tasks", objective, "objective of one task, W_i its weight")


@cache
def quadratic_objective() -> Derivation:
    """E_i of 1/2 ||w - w_i*||^2_{W_i} in terms of A = E W_i and wbar = A^-1 E[W_i w_i*], up to its value at wbar."""
    return task_objective().then(
        "average_over_tasks",
        "linearity of the expectation over tasks; wbar is defined by E[W_i] wbar = E[W_i w_i*]",
        matrix=TASK_WEIGHT,
        vector=TASK_OPTIMUM,
        mean=MEAN_WEIGHT,
        solution=SOLUTION,
    )


def solve(probabilities: Sequence[sp.Expr], weights: Sequence[Weight], optima: Sequence[Vector]) -> Vector:
    """The unique w with sum_i pi_i W_i (w - w_i) = 0.

    Raises ``DomainError`` if the mean weight is a numeric matrix that is not positive definite: then the objective has
    no unique minimiser.
    """
    mean = _total([W * q for q, W in zip(probabilities, weights, strict=True)])
    if isinstance(mean, sp.MatrixBase):
        if not mean.free_symbols and not mean.is_positive_definite:
            raise DomainError(
                f"the mean weight {mean.tolist()} is not positive definite, so there is no unique solution. Likely "
                "causes: (a) a direction in which every covariance is singular; (b) a step size outside its domain."
            )
        inverse = mean.inv()
        parts = [inverse * W * q * x for q, W, x in zip(probabilities, weights, optima, strict=True)]
    else:
        parts = [x * sp.cancel(q * W / mean) for q, W, x in zip(probabilities, weights, optima, strict=True)]
    return _total(parts)


def solution(environment: Environment, method: Method) -> Vector:
    """The population solution of a method in an environment."""
    optima = [t.optimum for t in environment.tasks]
    return solve(environment.probabilities, environment.weights(method), optima)


def _total(parts: Sequence[Vector | Weight]) -> Vector | Weight:
    out = parts[0]
    for part in parts[1:]:
        out = out + part
    return out

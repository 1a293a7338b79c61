"""Tasks and environments: a finite mixture of linear-regression tasks.

A covariance is a SymPy matrix (numbers or symbols), or a scalar rho, which stands for rho I with symbolic dimension.
The easy/hard mixture is an environment with two tasks, nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import sympy as sp

from theory.maml_erm.formulas.methods import RESOLVENT, Method
from theory.maml_erm.formulas.symbols import V_E, V_H, d, lam, p, rho, rho_E, rho_H
from verify.derivations.expectation import SIGMA
from verify.derivations.explicit import evaluate
from verify.derivations.trace_polynomials import Letter, TracePolynomial
from verify.runtime.errors import DomainError

Weight: TypeAlias = sp.Expr | sp.MatrixBase
Vector: TypeAlias = TracePolynomial | sp.MatrixBase


@dataclass(frozen=True)
class Task:
    """A class of tasks with one covariance: ``probability``, ``covariance`` [X^2], mean optimum [Y/X], ``spread`` V.

    ``spread`` is E||w* - optimum||^2 inside the class [Y^2/X^2]. Raises ``DomainError`` where a number is outside its
    domain: a probability not in (0, 1], a covariance that is not symmetric positive semi-definite, a negative spread.
    """

    probability: sp.Expr
    covariance: Weight
    optimum: Vector
    spread: sp.Expr = sp.Integer(0)

    def __post_init__(self) -> None:
        if self.probability.is_number and not 0 < self.probability <= 1:
            raise DomainError(f"the probability of a task is {self.probability}; it must lie in (0, 1]")
        if self.spread.is_number and not self.spread >= 0:
            raise DomainError(f"the spread E||w* - mu||^2 is {self.spread}; it must be >= 0")
        sigma = self.covariance
        if isinstance(sigma, sp.MatrixBase):
            if sigma.rows != sigma.cols or sigma != sigma.T:
                raise DomainError(f"the covariance {sigma.tolist()} is not symmetric")
            if not sigma.free_symbols and not sigma.is_positive_semidefinite:
                raise DomainError(f"the covariance {sigma.tolist()} is not positive semi-definite")
        elif sigma.is_number and not sigma >= 0:
            raise DomainError(f"the covariance {sigma} I is not positive semi-definite")


@dataclass(frozen=True)
class Environment:
    """A finite mixture of task classes whose probabilities add up to 1."""

    tasks: tuple[Task, ...]

    def __post_init__(self) -> None:
        total = sp.cancel(sp.Add(*(t.probability for t in self.tasks)))
        if total != 1:
            raise DomainError(f"the probabilities of the tasks add up to {total}, not to 1")

    @property
    def probabilities(self) -> tuple[sp.Expr, ...]:
        return tuple(t.probability for t in self.tasks)

    def weights(self, method: Method) -> tuple[Weight, ...]:
        """W(Sigma_i) of every task; a number stands for that multiple of the identity."""
        return tuple(weight_at(method, t.covariance) for t in self.tasks)


def weight_at(method: Method, covariance: Weight) -> Weight:
    """The weight map of a method at one covariance; ``DomainError`` if the method has none for general matrices."""
    if not isinstance(covariance, sp.MatrixBase):
        return method.isotropic.scalar.xreplace({rho: covariance})
    if method.weight is None:
        raise DomainError(
            f"the weight of {method.title} with symbolic K is derived for isotropic covariances only; "
            "use maml_fresh_weight(steps) or reptile_weight(steps) with a number of steps"
        )
    size = covariance.rows
    matrices = {SIGMA.name: covariance, RESOLVENT.name: (covariance + lam * sp.eye(size)).inv()}
    return evaluate(method.weight.matrix, matrices, {d: sp.Integer(size)})


MU_H = Letter("mu_H", d, sp.Integer(1), latex=r"\mu_H")
MU_E = Letter("mu_E", d, sp.Integer(1), latex=r"\mu_E")


def easy_hard() -> Environment:
    """The mixture of hard tasks (curvature rho_H, probability p) and easy tasks (rho_E, 1 - p), all symbolic."""
    return Environment(
        (
            Task(p, rho_H, TracePolynomial.letter(MU_H), V_H),
            Task(1 - p, rho_E, TracePolynomial.letter(MU_E), V_E),
        )
    )

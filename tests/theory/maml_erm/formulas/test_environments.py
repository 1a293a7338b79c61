"""Environments: any covariances and optima; the easy/hard mixture is one of them."""

from __future__ import annotations

import pytest
import sympy as sp

from theory.maml_erm.formulas import methods
from theory.maml_erm.formulas.expressions import expressions
from theory.maml_erm.formulas.risk import excess_risk
from theory.maml_erm.formulas.solutions import solution, solve
from theory.maml_erm.formulas.symbols import alpha, d, m, n, p, rho_E, rho_H
from theory.maml_erm.formulas.tasks import Environment, Task, easy_hard
from verify.runtime.errors import DomainError

HALF = sp.Rational(1, 2)


def explicit(size: int) -> Environment:
    """The easy/hard mixture at numbers, with explicit covariance matrices."""
    hard = Task(sp.Rational(1, 4), sp.eye(size), sp.Matrix([3] + [0] * (size - 1)), sp.Integer(1))
    easy = Task(sp.Rational(3, 4), 2 * sp.eye(size), sp.zeros(size, 1), sp.Integer(2))
    return Environment((hard, easy))


@pytest.mark.parametrize("name", ["erm", "maml", "fomaml", "imaml"])
def test_explicit_matrices_agree_with_the_closed_form(name: str) -> None:
    """d = 2, n = 5, alpha = 1/3: the general route and the scalar one give the same weight on mu_H."""
    method = getattr(methods, name)()
    numbers = {alpha: sp.Rational(1, 3), n: 5, d: 2, sp.Symbol("lambda", real=True): 1}
    general = solution(explicit(2), method).subs(numbers)
    weight = expressions()[f"weight.{name}"].raw().subs({**numbers, rho_H: 1, rho_E: 2, p: sp.Rational(1, 4)})
    assert sp.simplify(general[0] - 3 * weight) == 0
    assert sp.simplify(general[1]) == 0


def test_risk_of_explicit_matrices_agrees_with_the_segment() -> None:
    env = explicit(2)
    numbers = {alpha: sp.Rational(1, 3), n: 5, m: 5}
    weights = tuple(W.subs(numbers) for W in env.weights(methods.maml()))
    found = excess_risk(env, weights, sp.Matrix([sp.Rational(3, 5), 0]))
    point = {rho_H: 1, rho_E: 2, p: sp.Rational(1, 4), d: 2, **numbers}
    point |= {sp.Symbol(k, real=True): v for k, v in {"V_H": 1, "V_E": 2, "Delta": 3, "c": sp.Rational(1, 5)}.items()}
    assert found == expressions()["risk.segment"].raw().subs(point)


def test_symbolic_solution_is_a_combination_of_the_means() -> None:
    found = solution(easy_hard(), methods.erm())
    coefficients = {term.word[0].name: k for term, k in found.terms.items()}
    a = p * rho_H / (p * rho_H + (1 - p) * rho_E)
    assert sp.cancel(coefficients["mu_H"] - a) == 0
    assert sp.cancel(coefficients["mu_E"] - (1 - a)) == 0


def test_three_anisotropic_tasks_are_stationary() -> None:
    covariances = [sp.Matrix([[2, 1], [1, 2]]), sp.Matrix([[1, 0], [0, 3]]), sp.Matrix([[1, -HALF], [-HALF, 1]])]
    optima = [sp.Matrix([1, 0]), sp.Matrix([0, 2]), sp.Matrix([-1, 1])]
    env = Environment(tuple(Task(sp.Rational(1, 3), S, w) for S, w in zip(covariances, optima, strict=True)))
    numbers = {alpha: sp.Rational(1, 5), n: 4}
    weights = [W.subs(numbers) for W in env.weights(methods.maml())]
    w = solve(env.probabilities, weights, optima)
    gradient = sum((W * (w - o) / 3 for W, o in zip(weights, optima, strict=True)), sp.zeros(2, 1))
    assert gradient.applyfunc(sp.cancel) == sp.zeros(2, 1)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Task(sp.Integer(1), sp.Matrix([[1, 2], [2, 1]]), sp.zeros(2, 1)), "not positive semi-definite"),
        (lambda: Task(sp.Integer(1), sp.Matrix([[1, 2], [0, 1]]), sp.zeros(2, 1)), "not symmetric"),
        (lambda: Task(sp.Integer(0), sp.eye(2), sp.zeros(2, 1)), "must lie in"),
        (lambda: Task(sp.Integer(1), sp.Integer(-1), sp.zeros(2, 1)), "not positive semi-definite"),
        (lambda: Task(sp.Integer(1), sp.eye(2), sp.zeros(2, 1), sp.Integer(-1)), "must be >= 0"),
        (lambda: Environment((Task(HALF, sp.eye(1), sp.zeros(1, 1)),)), "add up to 1/2"),
        (
            lambda: solution(Environment((Task(sp.Integer(1), sp.zeros(2, 2), sp.zeros(2, 1)),)), methods.erm()),
            "unique",
        ),
    ],
)
def test_bad_environments_are_refused(make: object, message: str) -> None:
    with pytest.raises(DomainError, match=message):
        make()  # type: ignore[operator]


def test_symbolic_number_of_steps_needs_isotropic_tasks() -> None:
    with pytest.raises(DomainError, match="isotropic"):
        explicit(2).weights(methods.maml_fresh())

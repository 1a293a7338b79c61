"""OPT: Hessians, gradient descent and stochastic gradients of the definition against what the claims say of them."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy as sp
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from theory.maml_erm import THEORY
from theory.maml_erm.claims.optimisation import weight_at
from theory.maml_erm.definitions import anisotropic, descent
from theory.maml_erm.definitions.methods import ERM, MAML
from theory.maml_erm.definitions.tasks import Environment, Task, easy_hard
from theory.maml_erm.formulas import symbols as sy
from theory.maml_erm.strategies import environments, step_sizes
from verify.claims.statement import Identity, Inequality
from verify.statistics import gauss_rules
from verify.statistics.seeding import generator
from verify.testing.strategies import counts, shares

Array = np.ndarray
MANY = settings(max_examples=25, deadline=None, derandomize=True, database=None)
ROUNDING = 1e-8


def condition(H: Array) -> float:
    values = np.linalg.eigvalsh(H)
    assume(values[0] > 1e-6 * values[-1])
    return float(values[-1] / values[0])


def dimension_plus_one(task: Task) -> float:
    """D = tr(Sigma^2)/||Sigma||^2 + 1, from the eigenvalues."""
    values = np.linalg.eigvalsh(task.covariance)
    return float(np.sum(values**2) / values[-1] ** 2 + 1)


def diagonal(*values: float) -> Environment:
    return Environment((Task(np.diag(values), np.zeros(len(values))),))


def stated(claim: str, **values: float) -> float:
    """The right-hand side of a claim at numbers."""
    statement = THEORY.stated[claim].statement
    assert isinstance(statement, Identity | Inequality)
    return float(statement.rhs.subs({THEORY.vocabulary[k].symbol: v for k, v in values.items()}))


# ---------------------------------------------------------------- condition numbers


@MANY
@given(environments(largest=3, classes=4), st.data())
def test_condition_number_of_maml_is_within_the_stated_factor(environment: Environment, data: st.DataObject) -> None:
    """OPT.condition.upper, for any number of tasks and any covariances; alpha = 1/max||Sigma|| and m = 1 on purpose."""
    assume(all(np.linalg.eigvalsh(t.covariance)[-1] > 0 for t in environment.tasks))
    alpha, m = data.draw(step_sizes(environment)), data.draw(counts(10**4))
    D = [dimension_plus_one(t) for t in environment.tasks]
    erm, maml = anisotropic.hessians(environment, alpha=alpha, m=m)
    low, high = np.linalg.eigvalsh(erm)[[0, -1]]
    assume(low > 1e-6 * high)
    bounds = dict(l_min=low, l_max=high, D_min=min(D), D_max=max(D), m=m)
    assert condition(maml) <= stated("OPT.condition.upper", **bounds) * (1 + ROUNDING)
    # What the claim assumes of the two ends is what the definition gives.
    ends = np.linalg.eigvalsh(maml)
    assert ends[0] >= min(D) / (m + min(D)) * low * (1 - ROUNDING)
    assert ends[-1] <= (m + max(D)) / m * high * (1 + ROUNDING)


@MANY
@given(st.integers(1, 3), st.integers(1, 3), counts(10**4), st.sampled_from([0.25, 1.0, 3.0]))
def test_a_third_of_the_top_curvature_costs_conditioning(top: int, low: int, m: int, L: float) -> None:
    """OPT.condition.lower: ERM's condition number stays 3."""
    environment = diagonal(*[L] * top, *[L / 3] * low)
    erm, maml = anisotropic.hessians(environment, alpha=1 / L, m=m)
    D = dimension_plus_one(environment.tasks[0])
    assert condition(erm) == pytest.approx(3)
    values = np.linalg.eigvalsh(maml)
    assert values[-1] / values[0] >= 4 / 27 * m / D


@MANY
@given(st.lists(shares(), min_size=1, max_size=3), counts(1000), shares(), st.booleans())
def test_a_small_step_makes_maml_better_conditioned(below: list[float], m: int, part: float, at_end: bool) -> None:
    """OPT.condition.better, the largest step on purpose; so MAML is not always the worse of the two."""
    alpha = m / (3 * (m + 1)) * (1.0 if at_end else part)
    erm, maml = anisotropic.hessians(diagonal(1.0, *below), alpha=alpha, m=m)
    assert condition(maml) < condition(erm) * (1 + ROUNDING)


def test_the_hessian_in_an_eigendirection_is_the_one_of_the_claims() -> None:
    values = (0.5, 1.0, 1.5)
    _, maml = anisotropic.hessians(diagonal(*values), alpha=0.5, m=7)
    at = {sy.t: sum(Fraction(x) ** 2 for x in values), sy.alpha: Fraction(1, 2), sy.m: 7}
    for i, x in enumerate(values):
        assert maml[i, i] == pytest.approx(float(weight_at(sp.Rational(str(x))).subs(at)), rel=1e-12)


# ---------------------------------------------------------------- gradient descent


@MANY
@given(environments(largest=3, classes=3), st.data())
def test_gradient_descent_contracts_at_the_stated_rate(environment: Environment, data: st.DataObject) -> None:
    """OPT.rate on both objectives: run from the worst start, where every step shrinks the error by the rate."""
    alpha, m = data.draw(step_sizes(environment)), data.draw(counts(100))
    for H in anisotropic.hessians(environment, alpha=alpha, m=m):
        cond = condition(H)
        values = np.linalg.eigvalsh(H)
        best = 2 / (values[0] + values[-1])
        worst = np.zeros(len(values))
        worst[0], worst[-1] = 1.0, 1.0
        found = descent.errors(values, worst, eta=best, steps=12)
        rate = (cond - 1) / (cond + 1)
        assert found[1:] == pytest.approx(rate * found[:-1], abs=1e-9)
        start = data.draw(st.lists(st.integers(-3, 3), min_size=len(values), max_size=len(values)))
        found = descent.errors(values, np.array(start, dtype=float), eta=best, steps=12)
        assert np.all(found[1:] <= rate * found[:-1] * (1 + 1e-9) + 1e-12)
        # OPT.rate.best: another step contracts the worst error less.
        other = best * data.draw(st.sampled_from([0.5, 0.9, 1.1, 2.0]))
        factors = np.abs(1 - other * values[[0, -1]])
        assert factors.max() >= rate * (1 - 1e-12)


@MANY
@given(environments(largest=3, classes=3), st.data())
def test_a_step_of_any_length_contracts_as_descent_says(environment: Environment, data: st.DataObject) -> None:
    """OPT.descent and OPT.descent.long on both objectives: every error, and the worst one by exactly that much."""
    alpha, m = data.draw(step_sizes(environment)), data.draw(counts(100))
    for H in anisotropic.hessians(environment, alpha=alpha, m=m):
        assume(condition(H) > 1 + 1e-6)
        values = np.linalg.eigvalsh(H)
        low, high = values[0], values[-1]
        eta = data.draw(st.sampled_from([0.01, 0.5, 1.0, 1.5, 3.0])) * 2 / (low + high)
        short = eta * (low + high) <= 2
        bound = abs(1 - eta * (low if short else high))
        start = np.array(
            data.draw(st.lists(st.integers(-3, 3), min_size=len(values), max_size=len(values))), dtype=float
        )
        found = descent.errors(values, start, eta=eta, steps=1)
        assert found[1] <= bound * found[0] * (1 + 1e-9) + 1e-12
        worst = np.eye(len(values))[0 if short else -1]
        assert descent.errors(values, worst, eta=eta, steps=1)[1] == pytest.approx(bound, rel=1e-9, abs=1e-12)


def test_one_task_a_step_meets_the_bound_of_stochastic_descent() -> None:
    """OPT.descent.sgd: the mean square error after a step on a task of two, at the exact probabilities of the two."""
    alpha, m, p, beta, V = 0.5, 7, 0.25, 0.3, 2.0
    env = easy_hard(rho_H=0.5, rho_E=1.0, p=p, Delta=0.0, V_H=0.0, V_E=0.0, d=1)
    for pick in (0, 1):
        weights = [
            float(anisotropic.hessians(Environment((Task(t.covariance, t.optimum),)), alpha=alpha, m=m)[pick][0, 0])
            for t in env.tasks
        ]
        chances = [t.probability for t in env.tasks]
        after = sum(
            q * float(descent.errors(np.array([w]), np.array([V**0.5]), eta=beta, steps=1)[1]) ** 2
            for q, w in zip(chances, weights, strict=True)
        )
        hard = 0 if chances[0] == p else 1
        at = dict(p=p, beta=beta, V=V, W_H=weights[hard], W_E=weights[1 - hard])
        assert after == pytest.approx(stated("OPT.descent.sgd", **at), rel=1e-12)
        assert after > (1 - beta * sum(q * w for q, w in zip(chances, weights, strict=True))) ** 2 * V, "noise counts"


@MANY
@given(st.floats(1.5, 300), st.sampled_from([0.5, 1e-2, 1e-6]))
def test_gradient_steps_are_proportional_to_the_condition_number(cond: float, eps: float) -> None:
    """OPT.rate.steps: the real number of steps lies between the two multiples of log(1/eps)."""
    values = np.array([1.0, cond])
    steps = descent.steps_to(values, np.ones(2), eta=2 / (1 + cond), eps=eps)
    assert (cond - 1) / 2 * np.log(1 / eps) <= steps + 1e-9
    assert steps - 1 <= (cond + 1) / 2 * np.log(1 / eps)


# ---------------------------------------------------------------- stochastic gradients


class Given:
    """A task whose batches are given: the nodes of a product of Gauss rules."""

    def __init__(self, batches: list[tuple[Array, Array]]) -> None:
        self.batches = list(batches)

    def data(self, rng: Any, optima: Array, count: int, *, noisy: bool = True) -> tuple[Array, Array]:
        X, z = self.batches.pop(0)
        assert X.shape[1] == count
        return X, np.einsum("tnd,td->tn", X, optima) + z


def moments(name: str, d: int, n: int, k: int, rho: float, alpha: float, nu: float, v: Array) -> tuple[float, Array]:
    """E ||g||^2 and E g of the stochastic gradient as ``methods`` computes it, by a product of Gauss rules."""
    rule = gauss_rules.normal(5)  # exact for the polynomials of degree 8 in each normal that ||g||^2 is
    sizes = [(n, d), (n,), (k, d), (k,)] if name == "maml" else [(k, d), (k,)]
    count = sum(int(np.prod(s)) for s in sizes)
    points = np.array(list(itertools.product(rule.nodes, repeat=count)))
    weights = np.prod(np.array(list(itertools.product(rule.weights, repeat=count))), axis=1)
    parts = np.split(points, np.cumsum([int(np.prod(s)) for s in sizes])[:-1], axis=1)
    shaped = [x.reshape(len(points), *s) for x, s in zip(parts, sizes, strict=True)]
    batches = [(np.sqrt(rho) * X, nu * z) for X, z in zip(shaped[::2], shaped[1::2], strict=True)]
    optima = np.zeros((len(points), d))
    method = MAML(alpha, n, k) if name == "maml" else ERM(k)
    g = method.sample(generator(0, "none", 0), Given(batches), optima)(np.broadcast_to(v, optima.shape))  # type: ignore[arg-type]
    return float(weights @ np.sum(g**2, axis=1)), weights @ g


@pytest.mark.parametrize(
    ("name", "d", "n", "k"),
    [("erm", 1, 1, 1), ("erm", 2, 1, 2), ("maml", 1, 1, 1), ("maml", 1, 2, 1), ("maml", 1, 1, 2), ("maml", 2, 1, 1)],
)
@pytest.mark.parametrize("nu", [0.0, 0.5])
def test_variance_of_the_stochastic_gradients_is_that_of_the_definition(
    name: str, d: int, n: int, k: int, nu: float
) -> None:
    """OPT.noise, up to rounding: every product of moments of the batches enters."""
    v = np.array([1.0, -0.5])[:d]
    square, mean = moments(name, d, n, k, 0.75, 0.5, nu, v)
    values = dict(V=float(v @ v), rho=0.75, alpha=0.5, d=d, n=n, k_o=k, nu=nu)
    assert square - float(mean @ mean) == pytest.approx(stated(f"OPT.noise.{name}", **values), rel=1e-10)


@pytest.mark.parametrize("name", ["erm", "maml"])
def test_one_task_a_step_ends_as_far_from_the_solution_as_predicted(name: str) -> None:
    """OPT.sgd.stationary with what OPT.noise says of n and k samples: chains of a constant step, by simulation."""
    d, n, k, alpha, eta, nu = 2, 6, 4, 0.5, 0.2, 0.3
    setting: dict[str, float] = dict(rho_H=0.5, rho_E=1.0, p=0.4, Delta=1.0, V_H=0.2, V_E=0.5)
    env = easy_hard(**setting, d=d, nu=nu)  # type: ignore[arg-type]
    method = MAML(alpha, n, k) if name == "maml" else ERM(k)
    w = anisotropic.maml_solution(env, alpha=alpha, m=n) if name == "maml" else anisotropic.erm_solution(env)
    chains, burn = 20_000, 60
    rng = generator(0, f"one task a step, {name}", 0)
    end = descent.one_task_a_step(rng, env, method, w, eta=eta, steps=burn, chains=chains)
    found = np.sum((end - w) ** 2, axis=1)
    # The mean square of the gradient is M ||e||^2 + B where the mean error e is zero, and its mean is A e.
    per_gap, curvature, B = 0.0, 0.0, 0.0
    for task in env.tasks:
        rho = float(task.covariance[0, 0])
        at = dict(rho=rho, alpha=alpha, d=d, n=n, k_o=k)
        weight = rho if name == "erm" else 2 * anisotropic.environment_risk(
            Environment((Task(rho * np.eye(d), np.zeros(d)),)), np.eye(d)[0], alpha=alpha, m=n, floor=False
        ).value  # fmt: skip
        M = stated(f"OPT.noise.{name}", V=1.0, nu=0.0, **at) + weight**2
        distance = float(np.sum((w - task.optimum) ** 2)) + task.spread
        per_gap += task.probability * M
        curvature += task.probability * weight
        B += task.probability * (M * distance + stated(f"OPT.noise.{name}", V=0.0, nu=nu, **at))
    predicted = eta * B / (2 * curvature - eta * per_gap)
    assert abs(found.mean() - predicted) < 5 * found.std() / np.sqrt(chains)
    assert found.std() / np.sqrt(chains) < 0.02 * predicted
    # And the mean goes to the solution itself.
    assert np.all(np.abs(end.mean(axis=0) - w) < 5 * end.std(axis=0) / np.sqrt(chains))

"""C1: solutions on sampled tasks by the definition, each optimum drawn, against what the claims say of them."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from theory.maml_erm import THEORY
from theory.maml_erm.definitions.cubature import Mixture, excess_risk, loss_before_adaptation
from theory.maml_erm.experiments import convergence
from theory.maml_erm.experiments.curves import curve
from theory.maml_erm.strategies import mixtures
from verify.claims.statement import Equivalence
from verify.statistics.seeding import generator

MANY = settings(max_examples=40, deadline=None, derandomize=True, database=None)
METHODS = ("erm", "maml")


def pull(mixture: Mixture, method: str, curvature: float) -> float:
    """The curvature of a task's objective along the line, from its values: twice the risk at distance 1."""
    if method == "erm":
        return 2 * loss_before_adaptation(curvature, d=mixture.d, gap=1.0).value
    return 2 * excess_risk(curvature, alpha=mixture.alpha, d=mixture.d, m=mixture.m, gap=1.0).value


def expected_risk(mixture: Mixture, method: str, hard: int, easy: int) -> float:
    """E E_m of the solution on sampled tasks, every sample enumerated: an optimum is mu +- sqrt(V) on the line.

    The law of the optima is not Gaussian on purpose: only means and spreads enter the claims.
    """
    h, e = (pull(mixture, method, rho) for rho in (mixture.rho_H, mixture.rho_E))
    reach_H, reach_E = np.sqrt(mixture.V_H) / mixture.Delta, np.sqrt(mixture.V_E) / mixture.Delta
    total = 0.0
    for signs in itertools.product((-1, 1), repeat=hard + easy):
        optima = [1 + s * reach_H for s in signs[:hard]] + [s * reach_E for s in signs[hard:]]
        weights = [h] * hard + [e] * easy
        total += mixture.risk(float(np.average(optima, weights=weights)), floor=False).value
    return total / 2 ** (hard + easy)


def named(name: str, mixture: Mixture, **more: float) -> float:
    """A closed form of the theory at the mixture's parameters."""
    entry = THEORY.named[name]
    table = {key: getattr(mixture, key) for key in NAMES} | more
    return float(curve(name, **{key: float(x) for key, x in table.items() if key in entry.symbols}))


NAMES = ("rho_H", "rho_E", "alpha", "d", "m", "p", "Delta", "V_H", "V_E", "nu")
# Shares p = hard/T of T tasks, so that p T is a whole number.
SHARES = st.sampled_from([(1, 1), (1, 2), (2, 1), (1, 3), (2, 2), (3, 1)])


@MANY
@given(mixtures(largest=1000), SHARES)
def test_expected_risk_on_sampled_tasks(mixture: Mixture, shares: tuple[int, int]) -> None:
    """C1.risk through the named closed forms."""
    hard, easy = shares
    mixture = replace(mixture, p=hard / (hard + easy))
    for method in METHODS:
        found = expected_risk(mixture, method, hard, easy)
        assert named(f"risk.sampled.{method}", mixture, T=hard + easy) == pytest.approx(found, rel=1e-9)


@MANY
@given(mixtures(largest=1000), SHARES)
def test_maml_beats_erm_on_sampled_tasks_exactly_when_it_is_said_to(mixture: Mixture, shares: tuple[int, int]) -> None:
    """C1.cross and C1.cross.below, on both sides of m*."""
    hard, easy = shares
    T, p = hard + easy, hard / (hard + easy)
    mixture = replace(mixture, p=p)
    a, b = mixture.erm(), mixture.maml()
    assume(abs(b.value - a.value) > 1e-6)
    erm, maml = (expected_risk(mixture, method, hard, easy) for method in METHODS)
    assume(abs(erm - maml) > 1e-9 * erm)
    right = (a.value + b.value) * mixture.V_H / p - (2 - a.value - b.value) * mixture.V_E / (1 - p)
    left = T * (b.value - a.value) * mixture.Delta**2
    claim = THEORY.stated["C1.cross" if b.value > a.value else "C1.cross.below"].statement
    assert isinstance(claim, Equivalence)
    assert (maml < erm) == (left > right if b.value > a.value else left < right)


def test_maml_loses_to_erm_on_few_tasks_and_wins_on_many() -> None:
    """The boundary on purpose: hard optima that scatter a lot, T on both sides of the stated number."""
    base = Mixture(rho_H=0.25, rho_E=1.0, alpha=1.0, d=4, m=40, p=0.5, Delta=1.0, V_H=1.0, V_E=0.0)
    a, b = base.erm().value, base.maml().value
    needed = (a + b) * base.V_H / base.p / ((b - a) * base.Delta**2)
    below, over = (2 * k for k in (int(needed // 2), int(needed // 2) + 1))
    for T, better in ((below, False), (over, True)):
        erm, maml = (expected_risk(base, method, T // 2, T // 2) for method in METHODS)
        assert (maml < erm) is better, T


def test_the_solution_is_the_minimiser_over_the_sampled_tasks() -> None:
    """C1.gradient in several dimensions: the gradient of the sampled objective vanishes at the weighted mean."""
    rng = generator(0, "sampled solution", 0)
    hard, easy, W_H, W_E = rng.standard_normal((3, 4)), rng.standard_normal((2, 4)), 0.5, 2.0
    w = (W_H * hard.sum(axis=0) + W_E * easy.sum(axis=0)) / (3 * W_H + 2 * W_E)

    def objective(x: np.ndarray) -> float:
        return 0.5 * float(W_H * np.sum((x - hard) ** 2) + W_E * np.sum((x - easy) ** 2))

    steps = 1e-3 * np.eye(4)
    assert np.allclose([objective(w + s) - objective(w - s) for s in steps], 0, atol=1e-12)
    assert all(objective(w + s) > objective(w) for s in steps)


@pytest.mark.parametrize("method", METHODS)
def test_scatter_on_independent_tasks(method: str) -> None:
    """C1.clt: T independent tasks, by simulation of the optima; T/2 E ||w_T - w||^2 in the norm of E_m."""
    mixture = Mixture(rho_H=0.5, rho_E=1.0, alpha=1.0, d=3, m=30, p=0.4, Delta=1.0, V_H=0.5, V_E=0.8)
    T, repetitions = 2000, 4000
    h, e = (pull(mixture, method, rho) for rho in (mixture.rho_H, mixture.rho_E))
    rng = generator(0, f"scatter of {method}", 0)
    hard = rng.binomial(T, mixture.p, repetitions)
    easy = T - hard
    centre = np.zeros(3)
    centre[0] = mixture.Delta
    means_H = centre + rng.standard_normal((repetitions, 3)) * np.sqrt(mixture.V_H / 3 / hard)[:, None]
    means_E = rng.standard_normal((repetitions, 3)) * np.sqrt(mixture.V_E / 3 / easy)[:, None]
    w = ((h * hard)[:, None] * means_H + (e * easy)[:, None] * means_E) / (h * hard + e * easy)[:, None]
    c = (mixture.erm() if method == "erm" else mixture.maml()).value
    curvature = mixture.p * pull(mixture, "maml", 0.5) + (1 - mixture.p) * pull(mixture, "maml", 1.0)
    found = T / 2 * curvature * np.sum((w - c * centre) ** 2, axis=1)
    assert abs(found.mean() - named(f"scatter.{method}", mixture)) < 5 * found.std() / np.sqrt(repetitions)


@pytest.mark.parametrize("index", [0, 1])
def test_limit_covariance_with_n_samples_a_task(index: int) -> None:
    """C1.samples: the sandwich of sampled directions, each from data of its own, against the closed form."""
    s = {p.name: p.default for p in convergence.PARAMETERS} | {"d": 3, "n": 6, "query": 4}
    rng = generator(0, f"limit covariance {index}", 0)
    traces = []
    for _ in range(20):
        _, H, S = convergence.sampled_solution(rng, index, 4000, s)
        inverse = np.linalg.inv(H)
        traces.append(float(np.trace(inverse @ S @ inverse.T)))
    error = np.std(traces, ddof=1) / np.sqrt(len(traces))
    predicted = convergence.predicted(index, s)
    assert abs(np.mean(traces) - predicted) < 5 * error + 0.005 * predicted  # a ratio of means is biased by 1/4000
    assert error < 0.02 * predicted

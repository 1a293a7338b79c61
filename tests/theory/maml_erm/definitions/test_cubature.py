"""Cubature of the definition against exact rationals at small (d, n), and against mutants at d = 10^6."""

import itertools
import math
from fractions import Fraction as F

import numpy as np
import pytest

from theory.maml_erm.definitions import cubature, variance
from theory.maml_erm.definitions import moments as mo
from theory.maml_erm.definitions.cubature import Mixture, SignChange, excess_risk, gain_by_definition, sign_change
from theory.maml_erm.definitions.naive import risk
from theory.maml_erm.definitions.tasks import Task, easy_hard
from verify.runtime.errors import BadInput
from verify.statistics import gauss_rules

RHO, ALPHA, GAP, NU2 = F(1, 2), F(3, 4), F(5, 4), F(1, 4)


@pytest.mark.parametrize(
    ("d", "n", "steps"), [(1, 1, 1), (1, 3, 1), (1, 2, 2), (2, 1, 1), (2, 2, 1), (2, 3, 1), (2, 2, 2)]
)
def test_excess_risk_equals_the_rational_one(d: int, n: int, steps: int) -> None:
    eye = [[F(int(i == j)) for j in range(d)] for i in range(d)]
    gap = [GAP, F(0)][:d]
    exact = mo.exact_excess_risk(eye, gap, ALPHA, n, NU2, steps=steps, variances=[RHO] * d)
    got = excess_risk(0.5, alpha=0.75, d=d, m=n, gap=1.25, nu=0.5, steps=steps)
    assert abs(got.value - exact) <= got.error < 1e-12 * exact
    # The spread of w* is one more Gaussian gap: average the rational risk over w* = +-sqrt(spread/d) g exactly,
    # with E of the quadratic form = its value at the centre + (spread/d) sum over the axes.
    axes = [[F(int(i == j)) for j in range(d)] for i in range(d)]
    floor = mo.exact_excess_risk(eye, [F(0)] * d, ALPHA, n, NU2, steps=steps, variances=[RHO] * d)
    scatter = sum(
        mo.exact_excess_risk(eye, a, ALPHA, n, NU2, steps=steps, variances=[RHO] * d) - floor for a in axes
    ) * F(3, d)
    wide = excess_risk(0.5, alpha=0.75, d=d, m=n, gap=1.25, spread=3.0, nu=0.5, steps=steps)
    assert abs(wide.value - (exact + scatter)) <= wide.error < 1e-12 * wide.value


def test_huge_dimension_by_a_ratio_that_needs_no_formula() -> None:
    """The across part is a sum of d - 1 exchangeable squares: its risk is affine in d at fixed n, seen at d = 10^6."""
    r1, r2, r3 = (excess_risk(1.0, alpha=1.0, d=d, m=50, gap=1.0, nu=0.5) for d in (1, 2, 10**6))
    line = r1.value + (10**6 - 1) * (r2.value - r1.value)
    assert r3.value == pytest.approx(line, rel=1e-9)
    assert r3.error < 1e-12 * r3.value


def test_a_mutant_with_d_in_place_of_d_plus_one_is_seen_at_a_million() -> None:
    """The claim under test is typed here, not in the simulator: the residual factor with d + 1 agrees, with d not."""
    d, m, step = 10**6, 2 * 10**6, 0.5
    got = excess_risk(1.0, alpha=step, d=d, m=m, gap=1.0)

    def claimed(k: int) -> F:
        return (F(1, 4) + F(1, 4) * F(k, m)) / 2

    assert abs(F(got.value) - claimed(d + 1)) <= got.error
    assert abs(F(got.value) - claimed(d)) > 1e6 * got.error


def test_nested_tensor_cubature_over_two_steps_agrees_with_the_chain() -> None:
    """All nodes of both steps at once, without using that a step is affine in |e|^2."""
    d, n, rho, alpha, nu = 3, 4, 0.7, 0.6, 0.4
    order, s = 4, 1.3**2
    q, g, p = (
        gauss_rules.chi_square_deviation(n, order),
        gauss_rules.normal(order),
        gauss_rules.chi_square_deviation(d - 1, order),
    )
    triples = list(itertools.product(range(order), repeat=3))

    def step(square: float, i: int, j: int, k: int) -> float:
        Q, P = n * (1 + q.nodes[i]), (d - 1) * (1 + p.nodes[k])
        along = math.sqrt(square) * (1 - alpha * rho * Q / n) - alpha / n * math.sqrt(rho * Q) * nu * g.nodes[j]
        return along**2 + (alpha / n) ** 2 * rho * (rho * square + nu**2) * Q * P

    def weight(i: int, j: int, k: int) -> float:
        return float(q.weights[i] * g.weights[j] * p.weights[k])

    total = math.fsum(weight(*a) * weight(*b) * 0.5 * rho * step(step(s, *a), *b) for a in triples for b in triples)
    chain = excess_risk(rho, alpha=alpha, d=d, m=n, gap=1.3, nu=nu, steps=2)
    assert total == pytest.approx(chain.value, rel=1e-13)


@pytest.mark.parametrize(("d", "n", "steps"), [(1, 2, 1), (2, 2, 1), (1, 1, 2)])
def test_second_moment_equals_the_rational_one(d: int, n: int, steps: int) -> None:
    eye = [[F(int(i == j)) for j in range(d)] for i in range(d)]
    exact = mo.exact_excess_risk(eye, [GAP, F(0)][:d], ALPHA, n, NU2, steps=steps, order=2, variances=[RHO] * d)
    _, got = cubature.risk_moments(0.5, alpha=0.75, d=d, m=n, gap=1.25, nu=0.5, steps=steps)
    assert abs(got.value - exact) <= got.error < 1e-12 * exact


@pytest.mark.parametrize("steps", [0, 1, 4])
def test_two_routes_to_the_moments_agree(steps: int) -> None:
    """The chain in |e|^2 here and the recursion in the eigenbasis of variance.py, on the same class of tasks."""
    task = Task(0.7 * np.eye(5), np.ones(5), spread=0.8, noise=0.5)
    w = np.full(5, 0.4)
    other = variance.risk_moments(task, w, alpha=0.6, n=7, steps=steps)
    gap = float(np.linalg.norm(w - 1))
    here = cubature.risk_moments(0.7, alpha=0.6, d=5, m=7, gap=gap, spread=0.8, nu=0.5, steps=steps)
    assert [v.value for v in here] == pytest.approx(other, rel=1e-13)


def test_a_tiny_gap_under_loud_noise_keeps_its_digits() -> None:
    tiny, none = (excess_risk(1.0, alpha=0.5, d=3, m=8, gap=g, nu=1.0, steps=3) for g in (1e-9, 0.0))
    assert abs(tiny.value - none.value) <= tiny.error + none.error + 1e-18 < 1e-14


def test_against_the_textbook_simulation() -> None:
    env = easy_hard(0.2, 1.0, 0.3, Delta=1.0, V_H=0.1, V_E=0.4, d=4, nu=0.5)
    mixture = Mixture(0.2, 1.0, 0.5, 4, 8, 0.3, 1.0, 0.1, 0.4, 0.5, 2)
    for part, floor in (("total", True), ("initialisation", False)):
        value = mixture.risk(0.25, floor=floor).value
        w = np.array([0.25, 0.0, 0.0, 0.0])
        test = risk(env, w, alpha=0.5, n=8, steps=2, count=40_000, claim="cubature", part=part, delta=1e-8)
        assert test.agrees(value) and test.power(value) < 0.1


def test_minimisers_are_minima_and_the_gain_is_at_least_one() -> None:
    mixture = Mixture(0.1, 1.0, 0.9, 10, 40, 0.3, 2.0, 0.1, 5.0, 0.4, 2)
    for objective, at in ((mixture.erm_loss, mixture.erm()), (mixture.risk, mixture.maml())):
        assert all(objective(at.value + h).value > objective(at.value).value for h in (-1e-4, 1e-4))
    gain = mixture.gain()
    assert gain.value > 1 + gain.error
    with_floor = mixture.gain(floor=True)
    assert 1 < with_floor.value < gain.value
    again = gain_by_definition(0.1, 1.0, 0.9, 10, 40, 0.3, 2.0, 0.1, 5.0, 0.4, 2)
    assert again == gain


def test_no_hardness_discrepancy_no_gain() -> None:
    gain = gain_by_definition(1.0, 1.0, 0.9, 10, 40, 0.3, 2.0, 0.1, 5.0)
    assert abs(gain.value - 1) <= gain.error < 1e-12


def test_minimiser_keeps_its_digits_under_huge_spreads() -> None:
    narrow = Mixture(0.1, 1.0, 0.9, 10, 40, 0.3, 2.0)
    wide = Mixture(0.1, 1.0, 0.9, 10, 40, 0.3, 2.0, V_H=1e8, V_E=1e8)
    difference = abs(wide.maml().value - narrow.maml().value)
    assert difference <= wide.maml().error + narrow.maml().error < 1e-9


def test_gain_at_a_million_dimensions_is_that_of_the_same_ratio() -> None:
    """m/(d + 1) is the same in both: equal gains up to rounding; with d + 2 in place of d + 1 they differ."""
    small = gain_by_definition(0.2, 1.0, 1.0, 9, 40, 0.4, 1.0, 0.1, 0.5)
    large = gain_by_definition(0.2, 1.0, 1.0, 10**6 - 1, 4 * 10**6, 0.4, 1.0, 0.1, 0.5)
    other = gain_by_definition(0.2, 1.0, 1.0, 10**6, 4 * 10**6, 0.4, 1.0, 0.1, 0.5)
    assert abs(small.value - large.value) <= small.error + large.error < 1e-12
    assert abs(other.value - large.value) > 1e3 * (other.error + large.error)


@pytest.mark.parametrize("K", [1, 3])
@pytest.mark.parametrize("p", [0.1, 0.8])
def test_sign_change(K: int, p: float) -> None:
    change = sign_change(0.2, 1.0, 1.0, 9, p, K=K)
    assert change == SignChange(14, 16)  # a tie at 15
    huge = sign_change(0.1, 1.0, 1.0, 10**6, p, K=K)
    assert huge is not None and huge.above == huge.below + 1
    low, high = (Mixture(0.1, 1.0, 1.0, 10**6, m, p, 1.0, K=K) for m in (huge.below, huge.above))
    assert low.maml().value < low.erm().value and high.maml().value > high.erm().value


def test_sign_change_may_not_exist_or_lie_below_one() -> None:
    assert sign_change(0.9, 1.0, 1.2, 3, limit=2**40) is None
    assert sign_change(0.5, 1.0, 0.01, 1) == SignChange(0, 1)


def test_start_loss_is_the_plain_expectation() -> None:
    # x ~ N(0, 2), gap 3, noise 1/2 in one dimension: (2 * 9 + 1/4)/2.
    loss = cubature.loss_before_adaptation(2.0, d=1, gap=3.0, nu=0.5)
    assert abs(loss.value - 9.125) <= loss.error < 1e-12


@pytest.mark.parametrize(
    "change",
    [
        {"rho_H": 0.0}, {"rho_E": math.nan}, {"alpha": 0.0}, {"alpha": -1.0}, {"d": 0}, {"d": 2.0}, {"m": 0},
        {"p": 0.0}, {"p": 1.0}, {"Delta": 0.0}, {"V_H": -1.0}, {"V_E": math.inf}, {"nu": -0.1}, {"K": 0},
    ],
)  # fmt: skip
def test_bad_input_is_refused(change: dict) -> None:
    base = {
        "rho_H": 0.1, "rho_E": 1.0, "alpha": 1.0, "d": 2, "m": 3, "p": 0.5, "Delta": 1.0, "V_H": 0.1, "V_E": 0.1,
        "nu": 0.1, "K": 1,
    }  # fmt: skip
    assert gain_by_definition(**base).value > 0
    with pytest.raises(BadInput):
        gain_by_definition(**{**base, **change})

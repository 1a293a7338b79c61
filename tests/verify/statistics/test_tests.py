"""The confidence radii must cover, the power must be true, and the naive z-test is the control that fails."""

import math

import numpy as np
import pytest

from verify.runtime.errors import BadInput
from verify.statistics import tests as st
from verify.statistics.seeding import generator


def _products(claim: str, repeats: int, count: int) -> np.ndarray:
    """Squares of products of two squared normals: mean 9, variance 105^2 - 81, far from normal."""
    g = generator(0, claim).standard_normal((2, repeats, count))
    return (g[0] * g[1]) ** 4


VARIANCE = 105.0**2 - 81


@pytest.mark.parametrize("count", [5, 50, 400])
def test_radius_covers_a_heavy_tail(count: int) -> None:
    """At delta = 0.05, 400 repetitions miss at most 20 times on average; 48 or more has probability below 3e-7."""
    misses = 0
    for row in _products(f"coverage {count}", 400, count):
        misses += not st.mean_test(row, VARIANCE, 0.05, assumption="known").agrees(9.0)
    assert misses < 48


def test_z_interval_misses_far_too_often() -> None:
    """The control: on the same law the asymptotic interval at delta = 1e-3 misses more than 10 % of the time."""
    rows = _products("z", 400, 50)
    misses = sum(not st.clt_test(row, 1e-3, assumption="asymptotic").agrees(9.0) for row in rows)
    assert misses > 40
    assert not st.clt_test(rows[0], 1e-3, assumption="asymptotic").finite_sample


def test_power_is_what_it_says() -> None:
    """A claim off by ``noticed`` must be rejected with probability 0.999: of 300, 5 misses have probability 3e-5."""
    rows = generator(0, "power").exponential(size=(300, 2000))
    tests = [st.mean_test(row, 1.0, 1e-6, assumption="known") for row in rows]
    assert all(t.method == "catoni" for t in tests)
    for sign in (-1, 1):
        assert sum(t.agrees(1.0 + sign * t.noticed) for t in tests) < 5
    assert tests[0].power(1.0) == pytest.approx(tests[0].noticed)
    assert tests[0].power(0.0) == math.inf


def test_small_counts_fall_back_to_chebyshev_and_stay_valid() -> None:
    test = st.mean_test([1.0, 2.0], 4.0, 1e-3, assumption="known")
    assert (test.method, test.estimate) == ("chebyshev", 1.5)
    assert test.radius == pytest.approx(math.sqrt(4 / (2 * 1e-3)))


def test_catoni_scale_is_the_best_scale() -> None:
    best = st.catoni_scale(2.0, 1000, 1e-6)
    radius = st.catoni_radius(2.0, 1000, 1e-6, best)
    assert all(st.catoni_radius(2.0, 1000, 1e-6, best * f) > radius for f in (0.9, 0.99, 1.01, 1.1))
    # Within 3 % of the Gaussian-tail radius at this count.
    assert radius < 1.03 * math.sqrt(2 * 2.0 * math.log(2e6) / 1000)


def test_catoni_ignores_one_wild_value_and_is_equivariant() -> None:
    x = generator(0, "wild").standard_normal(1000)
    base = st.mean_test(x, 1.0, 1e-3, assumption="")
    wild = st.mean_test(np.append(x[1:], 1e6), 1.0, 1e-3, assumption="")
    assert abs(wild.estimate - base.estimate) < 0.2 < abs(np.append(x[1:], 1e6).mean())
    moved = st.mean_test(3 * x + 5, 9.0, 1e-3, assumption="")
    assert moved.estimate == pytest.approx(3 * base.estimate + 5, rel=1e-9)


def test_constant_values_need_no_luck() -> None:
    test = st.mean_test([2.0] * 5, 0.0, 1e-3, assumption="constant")
    assert test.agrees(2.0) and not test.agrees(2.0 + 1e-9)


def test_looks_spend_less_than_delta() -> None:
    schedule = list(st.looks(1e-3, 10, 10**12))
    assert sum(d for _, d in schedule) < 1e-3
    assert [n for n, _ in schedule[:3]] == [10, 20, 40]


def test_anytime_radii_hold_at_every_look() -> None:
    """300 runs of 8 looks at delta = 0.1: the chance of 62 or more runs with a miss anywhere is below 1e-7."""
    rows = generator(0, "anytime").exponential(size=(300, 1300))
    missed = 0
    for row in rows:
        tests = list(st.anytime(row, 1.0, 0.1, first=10, assumption="known"))
        assert [t.count for t in tests] == [10, 20, 40, 80, 160, 320, 640, 1280]
        missed += not all(t.agrees(1.0) for t in tests)
    assert missed < 62


def test_the_planned_count_is_enough_and_one_less_is_not() -> None:
    n = st.count_needed(2.0, 1e-7, 0.2)
    tests = [st.mean_test(np.linspace(-1, 1, k), 2.0, 1e-7, assumption="") for k in (n - 1, n)]
    assert tests[0].noticed > 0.2 >= tests[1].noticed - 1e-12
    assert st.count_needed(0.0, 1e-7, 0.2) == 1


def test_budget_splits_and_refuses_strangers() -> None:
    budget = st.Budget(1e-6, tuple("abcdefg"))
    assert math.fsum(budget.share(n) for n in budget.names) <= 1e-6 * (1 + 1e-12)
    with pytest.raises(BadInput):
        budget.share("z")


def test_same_distribution_sees_a_shift_and_covers() -> None:
    rng = generator(0, "ks")
    a, b = rng.standard_normal((2, 20_000))
    assert st.same_distribution(a, b, 1e-7).agrees
    shifted = st.same_distribution(a, b + 0.2, 1e-7)
    assert not shifted.agrees and shifted.noticed < 0.09


@pytest.mark.parametrize(
    "call",
    [
        lambda: st.mean_test([], 1.0, 0.1, assumption=""),
        lambda: st.mean_test([1.0, math.nan], 1.0, 0.1, assumption=""),
        lambda: st.mean_test([1.0], -1.0, 0.1, assumption=""),
        lambda: st.mean_test([1.0], math.nan, 0.1, assumption=""),
        lambda: st.mean_test([1.0], 1.0, 0.0, assumption=""),
        lambda: st.mean_test([1.0], 1.0, 1.0, assumption=""),
        lambda: st.clt_test([1.0], 0.1, assumption=""),
        lambda: st.Budget(1e-6, ()),
        lambda: st.Budget(2.0, ("a",)),
        lambda: st.Budget(0.1, ("a", "a")),
        lambda: list(st.looks(0.1, 0, 10)),
        lambda: st.same_distribution(np.array([]), np.ones(3), 0.1),
    ],
)
def test_bad_input_is_refused(call) -> None:
    with pytest.raises(BadInput):
        call()

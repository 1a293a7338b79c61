"""ALPHA, MULTI, ORD, H0 and A2.order on the definition: by cubature, by gradient steps, and by counting directions."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from theory.maml_erm import THEORY
from theory.maml_erm.definitions.cubature import Mixture
from theory.maml_erm.definitions.directions import mean_error
from theory.maml_erm.strategies import mixtures
from verify.testing.strategies import scales, shares


def best_step(rho_H: float, rho_E: float, ratio: float) -> float:
    """alpha* as the claims print it; ratio = (d+1)/m."""
    S, v = rho_H + rho_E, 1 + ratio
    return 2 / (v * S + np.sqrt(v**2 * S**2 - 4 * v * rho_H * rho_E))


@given(mixtures(largest=1000, inverse=False), scales(-2, 2))
def test_no_step_gains_more_than_the_best_one(mixture: Mixture, factor: float) -> None:
    """ALPHA.best above the threshold, at steps on both sides of alpha* and at 1/rho_E."""
    alpha = best_step(mixture.rho_H, mixture.rho_E, (mixture.d + 1) / mixture.m)
    best = replace(mixture, alpha=alpha)
    assert best.maml().value > best.erm().value - 1e-9
    assert alpha < 1 / mixture.rho_E
    top = best.gain()
    for step in (alpha * (1 + factor / 4), alpha / (1 + factor), 1 / mixture.rho_E):
        other = replace(mixture, alpha=step)
        if step < 2 / (mixture.rho_H + mixture.rho_E) and other.maml().value >= other.erm().value:
            found = other.gain()
            assert found.value <= top.value + 8 * (found.error + top.error) + 1e-9 * top.value


@given(mixtures(largest=1000))
def test_the_weight_of_a_class_goes_with_what_adaptation_leaves(mixture: Mixture) -> None:
    """MULTI.share: (b/a)/((1-b)/(1-a)) is the ratio of the risks after one step to the losses before it."""
    a, b = mixture.erm().value, mixture.maml().value
    assume(1e-3 < a < 1 - 1e-3 and 1e-6 < b < 1 - 1e-6)
    # The hard class alone: both spreads count once, so one of them switched off leaves the other class's risk.
    alone = replace(mixture, V_H=0.0, V_E=0.0, Delta=1.0)
    after = alone.risk(0.0, floor=False).value / mixture.p, alone.risk(1.0, floor=False).value / (1 - mixture.p)
    left = 2 * after[0] / mixture.rho_H, 2 * after[1] / mixture.rho_E
    assert np.isclose((b / a) / ((1 - b) / (1 - a)), left[0] / left[1], rtol=1e-5)


@given(shares(), shares(), st.integers(1, 8))
def test_odds_of_the_other_methods_lie_where_the_orders_say(ratio: float, step: float, steps: int) -> None:
    """ORD: first-order MAML and Reptile by their directions, run on batches of three samples in expectation."""
    rho_H, rho_E, p = ratio, 1.0, 0.3
    alpha = step / rho_E

    def odds(weight: object) -> float:
        return (1 - p) * weight(rho_E) / (p * weight(rho_H))  # type: ignore[operator]

    kappa = odds(lambda rho: rho)
    far = odds(lambda rho: rho * (1 - alpha * rho) ** 2)
    first = odds(lambda rho: rho * mean_error(rho, alpha=alpha, n=3).value)
    assert np.isclose(first**2, kappa * far, rtol=1e-8)
    assert far <= first * (1 + 1e-12) and first < kappa
    one, here, more = (
        odds(lambda rho, k=k: 1 - mean_error(rho, alpha=alpha, n=3, steps=k).value) for k in (1, steps, steps + 1)
    )
    assert np.isclose(one, kappa, rtol=1e-7)
    assert (1 - p) / p * (1 - 1e-9) <= more <= here * (1 + 1e-9)


@given(shares(), shares(), st.sampled_from([0.5, 1e-3, 1e-9]))
def test_hard_tasks_need_more_gradient_steps_than_their_curvature_says(ratio: float, step: float, eps: float) -> None:
    """H0.ratio by running gradient descent: whole steps until the error is eps of its start."""
    assume(0.02 < ratio < 0.98 and 0.02 < step < 0.98)
    counts = []
    for rho in (ratio, 1.0):
        error, taken = 1.0, 0
        while error > eps and taken < 10**5:
            error, taken = error - step * rho * error, taken + 1
        counts.append(taken)
    # A count is the number of steps rounded up.
    assert counts[0] > (counts[1] - 1) / ratio - 1e-6


@given(st.lists(scales(-1, 1), min_size=2, max_size=5, unique=True), shares(), shares())
def test_directions_are_ordered_as_the_pairs_say(shape: list[float], ratio: float, step: float) -> None:
    """A2.order.pair from the sign changes of the residual factors, counted in real m."""
    eigenvalues = np.sort(np.array(shape))
    assume((np.diff(eigenvalues) > 1e-3 * eigenvalues[1:]).all())
    rho_H, rho_E = ratio, 1.0
    assume(ratio < 0.99)
    alpha = 1.9 * step / (eigenvalues[-1] * (rho_H + rho_E))
    t, c = float((eigenvalues**2).sum()), alpha * (rho_H + rho_E)

    def crossing(s: float) -> float:
        """The m at which the two residual factors (1 - alpha l)^2 + alpha^2 (l^2 + tr)/m meet, from two of them."""

        def factor(rho: float, m: float) -> float:
            return (1 - alpha * rho * s) ** 2 + alpha**2 * rho**2 * (s**2 + t) / m

        gap = {m: factor(rho_E, m) - factor(rho_H, m) for m in (1.0, 2.0)}
        slope = 2 * (gap[1.0] - gap[2.0])
        return slope / (slope - gap[1.0])

    top = eigenvalues[-1]
    for s in eigenvalues[:-1]:
        before = 2 * s * top + c * t * (s + top) < 2 * t
        assert (crossing(s) > crossing(top)) == before or abs(crossing(s) / crossing(top) - 1) < 1e-9


def test_every_hardness_of_the_papers_has_its_claim() -> None:
    said = {name: THEORY.stated[name].note for name in ("H0.rate", "H0.condition")}
    assert "v2" in said["H0.rate"] and "v5" in said["H0.rate"] and "v3" in said["H0.condition"]

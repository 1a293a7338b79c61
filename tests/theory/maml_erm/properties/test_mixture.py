"""Properties of the easy/hard mixture, from the definition by cubature, at any d up to 10^6."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from theory.maml_erm import THEORY
from theory.maml_erm.definitions.cubature import Mixture
from theory.maml_erm.strategies import mixtures
from verify.claims.values import value_of
from verify.testing.strategies import scales, shares

TIGHT = 1e-9


def close(a: float, b: float, tolerance: float = TIGHT) -> bool:
    return abs(a - b) <= tolerance * max(abs(a), abs(b), 1.0)


@given(mixtures(noise=True, steps=3))
def test_gain_is_at_least_one_with_and_without_the_floor(mixture: Mixture) -> None:
    plain, kept = mixture.gain(), mixture.gain(floor=True)
    assert plain.value >= 1 - 4 * plain.error
    assert 1 - 4 * kept.error <= kept.value <= plain.value + 4 * (plain.error + kept.error)


@given(mixtures(), st.sampled_from([0.0, 0.25, 1.0, 2.0, -1.0]))
def test_gap_to_the_minimum_is_a_square(mixture: Mixture, shift: float) -> None:
    best = mixture.maml().value
    least, once, twice = (mixture.risk(best + k * shift, floor=False) for k in (0, 1, 2))
    error = 100 * (least.error + once.error + twice.error) + 1e-12 * twice.value
    assert once.value - least.value >= -error
    assert abs((twice.value - least.value) - 4 * (once.value - least.value)) <= 8 * error


@given(mixtures(noise=True), scales(-2, 2), scales(-2, 2))
def test_units_of_x_and_y_do_not_matter(mixture: Mixture, x: float, y: float) -> None:
    """x -> x times a number, y -> y times a number."""
    s = mixture
    scaled = replace(
        s, rho_H=s.rho_H * x**2, rho_E=s.rho_E * x**2, alpha=s.alpha / x**2, Delta=s.Delta * y / x,
        V_H=s.V_H * (y / x) ** 2, V_E=s.V_E * (y / x) ** 2, nu=s.nu * y,
    )  # fmt: skip
    assert close(s.gain().value, scaled.gain().value)
    assert close(s.gain(floor=True).value, scaled.gain(floor=True).value)
    assert close(s.risk(0.25).value * y**2, scaled.risk(0.25).value)


@given(mixtures(), st.integers(2, 1000))
def test_more_samples_shift_maml_towards_the_hard_tasks(mixture: Mixture, times: int) -> None:
    before, after = mixture.maml(), replace(mixture, m=mixture.m * times).maml()
    assert after.value >= before.value - 4 * (before.error + after.error)


@given(mixtures(), st.integers(2, 5))
def test_gain_depends_on_m_over_d_plus_one(mixture: Mixture, times: int) -> None:
    other = replace(mixture, d=times * (mixture.d + 1) - 1, m=times * mixture.m)
    assert close(mixture.gain().value, other.gain().value)


@given(mixtures())
def test_no_step_no_gain(mixture: Mixture) -> None:
    assert close(replace(mixture, alpha=mixture.alpha * 1e-9).gain().value, 1.0, 1e-6)


@given(mixtures(), st.booleans())
def test_one_kind_of_task_no_gain(mixture: Mixture, hard: bool) -> None:
    """p -> 1 and p -> 0: the solutions meet, and the gain goes to 1 unless that class has no spread of its own."""
    p = 1 - 2.0**-40 if hard else 2.0**-40
    assume((mixture.V_H if hard else mixture.V_E) > 0)
    limit = replace(mixture, p=p)
    assert abs(limit.erm().value - hard) < 1e-6
    assert close(limit.gain().value, 1.0, 1e-6)


@given(mixtures())
def test_equal_hardness_no_gain(mixture: Mixture) -> None:
    assert close(replace(mixture, rho_H=mixture.rho_E).gain().value, 1.0)


@given(mixtures(), shares())
def test_maml_favours_the_hard_tasks_above_the_threshold_only(mixture: Mixture, slack: float) -> None:
    """The direction of the shift on both sides of the closed form of m*, and next to it."""
    given_ = {k: Fraction(getattr(mixture, k)) for k in ("rho_H", "rho_E", "alpha", "d")}
    star = value_of("threshold", given_, THEORY).exact
    for m in {mixture.m, max(1, int(star)), int(star) + 1, max(1, int(star * Fraction(slack)))}:
        at = replace(mixture, m=m, V_H=0.0, V_E=0.0)
        erm, maml = at.erm(), at.maml()
        difference, error = maml.value - erm.value, 4 * (maml.error + erm.error)
        if m > star:
            assert difference > -error
        if m < star:
            assert difference < error


@given(mixtures(steps=1), st.integers(1, 6))
def test_another_step_gains_above_the_threshold(mixture: Mixture, steps: int) -> None:
    erm, maml = mixture.erm(), mixture.maml()
    assume(maml.value - erm.value > 100 * (maml.error + erm.error))
    fewer, more = replace(mixture, K=steps).gain(), replace(mixture, K=steps + 1).gain()
    assert more.value >= fewer.value - 4 * (fewer.error + more.error)

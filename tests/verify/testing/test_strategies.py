"""The public strategies: what they draw is valid, boundaries are met, failing examples shrink to something simple."""

from __future__ import annotations

import contextlib
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from theory.maml_erm.claims import claims
from theory.maml_erm.definitions.cubature import Mixture
from verify.claims.sequents import goal_of
from verify.language.evaluation import TooHard, Undefined, holds
from verify.testing import strategies

CI = settings(max_examples=30, derandomize=True, database=None, deadline=None)
FEW = settings(CI, max_examples=8)
FIND = settings(max_examples=3000, derandomize=True, database=None, deadline=None)


@CI
@given(strategies.mixtures(noise=True, steps=3))
def test_mixtures_are_in_the_domain(mixture: Mixture) -> None:
    assert 0 < mixture.rho_H < mixture.rho_E
    assert 0 < mixture.alpha < 2 / (mixture.rho_H + mixture.rho_E)
    assert mixture.V_H + mixture.V_E > 0


@pytest.mark.parametrize(
    "boundary",
    [
        lambda s: s.alpha * s.rho_E == 1,
        lambda s: s.d == 1 and s.m == 1,
        lambda s: s.d == strategies.LARGEST_COUNT,
        lambda s: s.V_H == 0,
        lambda s: s.V_E == 0,
    ],
)
def test_boundaries_are_drawn(boundary: object) -> None:
    assert find(strategies.mixtures(), boundary, settings=FIND)  # type: ignore[arg-type]


def test_a_failing_mixture_shrinks_to_a_simple_one() -> None:
    found = find(strategies.mixtures(), lambda s: s.d > 100 and s.alpha * s.rho_E < 0.9, settings=FIND)
    assert (found.rho_E, found.p, found.Delta, found.m, found.d) == (1.0, 0.5, 1.0, 1, 101)


def test_a_failing_covariance_shrinks_to_a_diagonal_one() -> None:
    found = find(strategies.covariances(3), lambda s: bool(s[2, 2] > 1.5), settings=FIND)
    assert np.array_equal(found, np.diag(np.diag(found)))


def test_everything_prints_as_what_it_is() -> None:
    mixture = find(strategies.mixtures(), lambda s: True, settings=FEW)
    assert eval(repr(mixture), {"Mixture": Mixture}) == mixture
    assert repr(strategies.Parameters(rho_H=Fraction(1, 3), d=Fraction(2))) == "rho_H = 1/3, d = 2"


@pytest.mark.parametrize("name", ["T1", "X2", "N2", "U1.order", "B1.sigma", "A2", "T4", "N3"])
def test_points_satisfy_every_hypothesis_exactly(name: str) -> None:
    claim = claims()[name]
    sequent = goal_of(claim).expanded()

    @FEW
    @given(st.data())
    def check(data: st.DataObject) -> None:
        point = data.draw(strategies.points(claim))
        assert all(isinstance(x, Fraction) for x in point.values())
        assert all(holds(h, point) is True for h in sequent.hypotheses)
        with contextlib.suppress(Undefined, TooHard):
            assert holds(sequent.goal, point) is not False

    check()

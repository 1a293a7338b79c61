"""The strategies of the theory: what they draw is valid, boundaries are met, failing examples shrink."""

from __future__ import annotations

import pytest
from hypothesis import find, given, settings

from theory.maml_erm import strategies as maml
from theory.maml_erm.definitions.cubature import Mixture
from verify.testing import strategies

CI = settings(max_examples=30, derandomize=True, database=None, deadline=None)
FEW = settings(CI, max_examples=8)
FIND = settings(max_examples=3000, derandomize=True, database=None, deadline=None)


@CI
@given(maml.mixtures(noise=True, steps=3))
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
    assert find(maml.mixtures(), boundary, settings=FIND)  # type: ignore[arg-type]


def test_a_failing_mixture_shrinks_to_a_simple_one() -> None:
    found = find(maml.mixtures(), lambda s: s.d > 100 and s.alpha * s.rho_E < 0.9, settings=FIND)
    assert (found.rho_E, found.p, found.Delta, found.m, found.d) == (1.0, 0.5, 1.0, 1, 101)


def test_everything_prints_as_what_it_is() -> None:
    mixture = find(maml.mixtures(), lambda s: True, settings=FEW)
    assert eval(repr(mixture), {"Mixture": Mixture}) == mixture

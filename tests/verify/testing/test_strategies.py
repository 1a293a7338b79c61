"""The public strategies: what they draw is valid, boundaries are met, failing examples shrink to something simple."""

from __future__ import annotations

import contextlib
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, find, given, settings
from hypothesis import strategies as st

from theory.maml_erm import THEORY
from verify.claims.sequents import goal_of
from verify.language.evaluation import Undecided, Undefined, holds
from verify.testing import strategies

CI = settings(max_examples=30, derandomize=True, database=None, deadline=None)
# The further hypotheses of some domains cut away most points; what is asked of those that are left is the same.
FEW = settings(CI, max_examples=8, suppress_health_check=[HealthCheck.filter_too_much])
FIND = settings(max_examples=3000, derandomize=True, database=None, deadline=None)


def test_a_failing_covariance_shrinks_to_a_diagonal_one() -> None:
    found = find(strategies.covariances(3), lambda s: bool(s[2, 2] > 1.5), settings=FIND)
    assert np.array_equal(found, np.diag(np.diag(found)))


def test_parameters_print_as_what_they_are() -> None:
    assert repr(strategies.Parameters(rho_H=Fraction(1, 3), d=Fraction(2))) == "rho_H = 1/3, d = 2"


@pytest.mark.parametrize("name", ["T1", "X2", "N2", "U1.order", "B1.sigma", "A2", "T4", "N3"])
def test_points_satisfy_every_hypothesis_exactly(name: str) -> None:
    claim = THEORY.stated[name]
    sequent = goal_of(claim).expanded()

    @FEW
    @given(st.data())
    def check(data: st.DataObject) -> None:
        point = data.draw(strategies.points(claim))
        assert all(isinstance(x, Fraction) for x in point.values())
        assert all(holds(h, point) is True for h in sequent.hypotheses)
        with contextlib.suppress(Undefined, Undecided):
            assert holds(sequent.goal, point) is not False

    check()

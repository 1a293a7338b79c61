"""Absolute values, minima and maxima by cases."""

from tests.verify.prover.tactics.proving import WORK, only, trial, working
from verify.prover.tactics import piecewise


def test_only_it_proves():
    only("piecewise", "min(x, y) + max(x, y) == x + y", [])


def asked(statement, *assume):
    looked = trial(statement, list(assume))
    with working(WORK):
        return piecewise.next_case_split(looked.search, looked.builder), looked.builder.state.goal


def test_a_sign_that_is_not_known_asks_for_cases():
    assert asked("abs(x) >= x") == (("<=", 0, "x"), ("<=", "x", ("abs", "x")))
    split, goal = asked("abs(x) >= x", "x < 0")
    assert split is None and goal == ("<=", "x", ("-", "x"))


def test_an_extremum_of_three_is_decided_by_the_known_order():
    assert asked("min(x, y, z) <= z")[0] is not None
    split, goal = asked("min(x, y, z) <= z", "x <= y", "x <= z")
    assert split is None and goal == ("<=", "x", "z")

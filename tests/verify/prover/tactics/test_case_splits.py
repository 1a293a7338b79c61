"""Case splits on ends of intervals, orders and signs."""

from tests.verify.prover.tactics.proving import WORK, only, trial, working
from verify.prover.tactics import case_splits


def test_only_it_proves():
    only("case_splits", "1/x + 1/y != 0 or x*y < 0", ["x != 0, y != 0"], work=800_000)


def splits(statement, *assume):
    looked = trial(statement, list(assume))
    with working(WORK):
        return list(case_splits.splits(looked.search, looked.start))


def test_an_interval_closed_at_both_ends_is_opened():
    assert splits("x^3 <= x", "0 <= x <= 1") == [("==", "x", 1)]
    assert splits("x^3 <= x", "0 <= x < 1") == []


def test_it_gives_up_where_every_sign_and_order_is_known():
    assert splits("x <= y", "0 < x", "0 < y", "x < y") == []
    assert ("<=", "x", "y") in splits("x <= y", "0 < x", "0 < y")


def test_different_terms_are_ordered():
    assert splits("x^2 > 0", "x != 0") == [("<", "x", 0)]

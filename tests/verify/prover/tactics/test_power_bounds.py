"""Bounds of whole powers."""

from tests.verify.prover.tactics.proving import WORK, only, trial, working
from verify.prover.tactics import power_bounds


def test_only_it_proves():
    only("power_bounds", "(1 - 2*x)^n <= 1", ["1/2 < x <= 1", "n integer, n >= 0"])


def described(term, *assume):
    looked = trial(f"{term} <= w", list(assume))
    with working(WORK):
        power_bounds.describe(looked.search, looked.builder, looked.builder.state.goal[1])
    return looked


def test_it_gives_up_at_exponents_that_may_be_negative():
    assert described("x^n", "x >= 0", "n integer").new_facts == []
    assert described("x^n", "x >= 0", "n integer, n >= 0").knows("x^n >= 0")


def test_powers_of_numbers_between_minus_one_and_one():
    assert described("x^n", "-1 <= x <= 1", "n integer, n >= 0").knows("x^n <= 1")
    assert not described("x^n", "-1 <= x <= 2", "n integer, n >= 0").knows("x^n <= 1")

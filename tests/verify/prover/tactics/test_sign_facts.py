"""The sign of one polynomial, guessed and then proved."""

from tests.verify.prover.tactics.proving import WORK, trial, working
from verify.prover.tactics import sign_facts


def established(t, *assume, strict=True):
    looked = trial("0 <= 1", list(assume))
    with working(WORK):
        done = sign_facts.establish_sign(looked.search, looked.builder, t, strict=strict)
    return done, looked.new_facts


def test_a_sign_becomes_a_fact():
    gap = ("+", "x", ("*", -1, "y"))
    assert established(gap, "x > y + 1") == (True, [("<", 0, gap)])


def test_it_gives_up_where_sample_points_have_both_signs():
    assert established(("+", "x", ("*", -1, "y")), "x > 0", "y > 0") == (False, [])


def test_it_gives_up_where_the_guess_is_not_proved():
    assert established(("+", ("^", "x", 2), "x", 1), "x >= -9") == (True, [("<", 0, ("+", ("^", "x", 2), "x", 1))])
    looked = trial("0 <= 1", ["x >= -9"], without=("sturm", "sums_of_squares", "farkas"))
    with working(WORK):
        assert not sign_facts.establish_sign(looked.search, looked.builder, ("+", ("^", "x", 2), "x", 1), strict=True)


def test_a_strict_sign_is_not_claimed_where_it_may_be_zero():
    assert established(("^", "x", 2), "-1 <= x <= 1", strict=True)[0] is False
    assert established(("^", "x", 2), "-1 <= x <= 1", strict=False)[0] is True

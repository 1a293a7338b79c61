"""Whole powers of a base of any sign."""

from tests.verify.prover.tactics.proving import WORK, only, trial, working
from verify.prover.tactics import whole_powers


def test_only_it_proves():
    only("whole_powers", "(-1)^(n^3 - m) == (-1)^(n + m)", ["n, m integer"])


def rewritten(term, *assume):
    looked = trial(f"{term} <= w", list(assume))
    with working(WORK):
        return whole_powers.power(looked.search, looked.builder, looked.builder.state.goal[1])


def test_it_gives_up_at_exponents_of_no_known_parity():
    assert rewritten("(-1)^(n*m)", "n, m integer") is None
    assert rewritten("(-1)^(2*n)", "n integer") == 1


def test_a_power_of_a_power_needs_a_base_that_is_not_zero():
    assert rewritten("(x^m)^n", "n, m integer", "x < 1") is None
    assert rewritten("(x^m)^n", "n, m integer", "x < 0") == ("^", "x", ("*", "m", "n"))

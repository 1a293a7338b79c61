"""Laws for one power with an exponent that is not a literal integer."""

from tests.verify.prover.tactics.proving import WORK, only, trial, working
from verify.prover.tactics import power_laws


def test_only_it_proves():
    only("power_laws", "(-1)^(n + 2) == (-1)^n", ["n integer"])


def rewritten(term, *assume):
    """What the law makes of the only function value in a goal; None where it gives up."""
    looked = trial(f"{term} <= w", list(assume))
    with working(WORK):
        return power_laws.LAW.run(looked.search, looked.builder, looked.builder.state.goal[1])


def test_it_gives_up_where_a_base_may_be_negative():
    assert rewritten("(x*y)^r", "x*y > 0") is None
    assert rewritten("(x*y)^r", "x > 0", "y > 0") == ("*", ("^", "x", "r"), ("^", "y", "r"))


def test_the_power_of_a_sum_of_exponents():
    assert rewritten("x^(r + s)", "x > 0") == ("*", ("^", "x", "r"), ("^", "x", "s"))
    assert rewritten("x^(r + s)") is None

"""Laws for one logarithm."""

from tests.verify.prover.tactics.proving import WORK, only, trial, working
from verify.prover.tactics import logarithm_laws


def test_only_it_proves():
    only("logarithm_laws", "log(x*y) == log(x) + log(y)", ["x > 0, y > 0"])


def rewritten(term, *assume):
    """What the law makes of the only function value in a goal; None where it gives up."""
    looked = trial(f"{term} <= w", list(assume))
    with working(WORK):
        return logarithm_laws.LAW.run(looked.search, looked.builder, looked.builder.state.goal[1])


def test_it_gives_up_where_a_factor_may_be_negative():
    assert rewritten("log(x*y)", "x*y > 0") is None
    assert rewritten("log(x*y)", "x > 0", "y > 0") == ("+", ("log", "x"), ("log", "y"))


def test_it_gives_up_at_sums_of_no_known_factors():
    assert rewritten("log(x + y)", "x > 0", "y > 0") is None
    assert rewritten("log(2*x + 2)", "x > 0") is not None

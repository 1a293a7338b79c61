"""Laws for one exponential."""

from tests.verify.prover.tactics.proving import WORK, only, trial, working
from verify.prover.derived_equations import LARGEST_EXPONENT
from verify.prover.tactics import exponential_laws


def test_only_it_proves():
    only("exponential_laws", "exp(log(x)) == x", ["x > 0"])


def rewritten(term, *assume):
    """What the law makes of the only function value in a goal; None where it gives up."""
    looked = trial(f"{term} <= w", list(assume))
    with working(WORK):
        return exponential_laws.LAW.run(looked.search, looked.builder, looked.builder.state.goal[1])


def test_it_gives_up_above_the_largest_exponent():
    most = LARGEST_EXPONENT
    assert rewritten(f"exp({most + 1}*log(x))", "x > 0") is None
    assert rewritten(f"exp({most}*log(x))", "x > 0") == ("^", ("exp", ("log", "x")), most)


def test_it_gives_up_at_single_variables():
    assert rewritten("exp(x)") is None
    assert rewritten("exp(x + y)") == ("*", ("exp", "x"), ("exp", "y"))

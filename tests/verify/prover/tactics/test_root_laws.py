"""The square root of a number."""

from fractions import Fraction

from tests.verify.prover.tactics.proving import WORK, only, trial, verdict, working
from verify.language.verdict import Verdict
from verify.prover.tactics import root_laws


def test_only_it_proves():
    only("root_laws", "sqrt(9/4)*x == 3*x/2", [], "ideal_membership")


def rewritten(term, *assume):
    """What the law makes of the only function value in a goal; None where it gives up."""
    looked = trial(f"{term} <= w", list(assume))
    with working(WORK):
        return root_laws.LAW.run(looked.search, looked.builder, looked.builder.state.goal[1])


def test_it_gives_up_at_irrational_roots():
    assert rewritten("sqrt(2)") is None
    assert rewritten("sqrt(49/4)") == Fraction(7, 2)
    assert rewritten("sqrt(0)") == 0
    assert rewritten("sqrt(x)", "x >= 0") is None


def test_a_root_that_is_zero_is_part_of_a_proof():
    assert verdict("sqrt(0)*exp(x) == x^2", ["x == 0"]) is Verdict.PROVED
    assert verdict("sqrt(0)*exp(x) == x^2", ["x >= 0"]) is Verdict.INCONCLUSIVE

"""Square roots whose radicands differ by a square."""

from tests.verify.prover.tactics.proving import WORK, only, trial, working
from verify.prover.proof_builder import present
from verify.prover.tactics import common_roots


def test_only_it_proves():
    only("common_roots", "sqrt(a/b)*b == sqrt(a*b)", ["a > 0, b > 0"])


def applied(statement, *assume):
    looked = trial(statement, list(assume))
    with working(WORK):
        return common_roots.LAW.run(looked.search, looked.builder, present(looked.builder.state))


def test_it_gives_up_where_the_quotient_is_no_square():
    assert not applied("sqrt(2*a) <= sqrt(a*b)", "a > 0", "b > 0")
    assert applied("sqrt(a) <= sqrt(a*b^2)", "a > 0", "b > 0")


def test_the_ratio_of_two_radicands():
    assert common_roots.square_ratio(("*", 4, ("^", "b", 2), "a"), "a") == ("*", 2, "b")
    assert common_roots.square_ratio(("*", 2, "a"), "a") is None

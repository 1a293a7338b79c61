"""Powers of products taken apart where a factor stands elsewhere under the like exponent."""

from tests.verify.prover.tactics.proving import WORK, only, trial, working
from verify.prover.proof_builder import present
from verify.prover.tactics import common_factors


def test_only_it_proves():
    only("common_factors", "(3/5)^x == (5/3)^(-x)", [])


def applied(statement, *assume):
    looked = trial(statement, list(assume))
    with working(WORK):
        return common_factors.LAW.run(looked.search, looked.builder, present(looked.builder.state))


def test_it_gives_up_where_a_factor_has_no_sign_and_the_exponent_is_not_whole():
    assert not applied("(a*b)^r <= a^r", "a*b > 0")
    assert applied("(a*b)^r <= a^r", "a > 0", "b > 0")


def test_it_gives_up_where_no_factor_is_shared():
    assert not applied("(a*b)^r <= c^r", "a > 0", "b > 0", "c > 0")

"""Powers of composite numbers beside powers of their factors."""

from tests.verify.prover.tactics.proving import WORK, trial, verdict, working
from verify.language.verdict import Verdict
from verify.prover.proof_builder import present
from verify.prover.tactics import common_bases


def test_only_it_and_the_method_for_common_factors_prove():
    statement, assume = "6^n == 2^n*3^n", ["n integer"]
    assert verdict(statement, assume) is verdict(statement, assume, "common_factors") is Verdict.PROVED
    assert verdict(statement, assume, "common_bases", "common_factors") is Verdict.INCONCLUSIVE


def applied(statement, *assume):
    looked = trial(statement, list(assume))
    with working(WORK):
        return common_bases.LAW.run(looked.search, looked.builder, present(looked.builder.state))


def test_it_gives_up_where_neither_base_divides_the_other():
    assert not applied("6^x <= 10^x", "x >= 0")
    assert applied("6^x >= 2^x", "x >= 0")
    assert not applied("6^x >= 2^y", "x >= y", "y >= 0")

"""Rational powers of one base as whole powers of one root."""

from tests.verify.prover.tactics.proving import WORK, only, trial, working
from verify.prover.proof_builder import present
from verify.prover.tactics import common_powers


def test_only_it_proves():
    only("common_powers", "x^(4/3) >= 4*x/3 - 1/3", ["x > 0"], "changed_variables", "derivative_chains", work=100_000)


def applied(statement, *assume):
    looked = trial(statement, list(assume))
    with working(WORK):
        return common_powers.LAW.run(looked.search, looked.builder, present(looked.builder.state))


def test_it_gives_up_where_the_common_root_is_too_fine_or_the_base_may_be_negative():
    assert not applied("x^0.2 <= x^0.0625", "x > 0")
    assert applied("x^0.2 <= x^0.1", "x > 0")
    assert not applied("x^0.2 <= x^0.1")

"""Exponentials of multiples of one argument as powers of one of them."""

from tests.verify.prover.tactics.proving import WORK, only, trial, working
from verify.prover.derived_equations import LARGEST_EXPONENT
from verify.prover.proof_builder import present
from verify.prover.tactics import common_exponentials


def test_only_it_proves():
    only("common_exponentials", "2*exp(x) <= exp(2*x) + 1", [], "derivative_chains")


def applied(largest):
    looked = trial(f"exp(x) <= exp({largest}*x)", ["x >= 0"])
    with working(WORK):
        return common_exponentials.LAW.run(looked.search, looked.builder, present(looked.builder.state))


def test_it_gives_up_above_the_largest_exponent():
    assert not applied(LARGEST_EXPONENT + 1)
    assert applied(LARGEST_EXPONENT)

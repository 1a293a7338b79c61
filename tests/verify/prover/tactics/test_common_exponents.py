"""Powers of one base whose exponents are multiples of each other."""

from tests.verify.prover.tactics.proving import WORK, only, trial, working
from verify.prover.derived_equations import LARGEST_EXPONENT
from verify.prover.proof_builder import present
from verify.prover.tactics import common_exponents


def test_only_it_proves():
    only("common_exponents", "x^(2*n) + 1/x^(2*n) >= 2", ["x != 0", "n integer"])


def applied(statement, *assume):
    looked = trial(statement, list(assume))
    with working(WORK):
        return common_exponents.LAW.run(looked.search, looked.builder, present(looked.builder.state))


def test_it_gives_up_above_the_largest_exponent_and_at_different_bases():
    assert not applied(f"x^n <= x^({LARGEST_EXPONENT + 1}*n)", "x >= 1", "n integer, n >= 0")
    assert applied(f"x^n <= x^({LARGEST_EXPONENT}*n)", "x >= 1", "n integer, n >= 0")
    assert not applied("x^n <= y^n", "x >= 1", "y >= x", "n integer, n >= 0")

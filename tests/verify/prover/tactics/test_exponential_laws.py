"""Laws for one exponential."""

from fractions import Fraction

import pytest

from tests.verify.prover.tactics.proving import WORK, only, trial, verdict, working
from verify.language.verdict import Verdict
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


def test_fractions_of_logarithms_of_numbers_become_roots_where_nothing_is_differentiated():
    half = ("*", Fraction(1, 2), ("log", 2))
    between_numbers = trial("exp(log(2)/2) <= 2", [])
    with working(WORK):
        looked = between_numbers.builder
        assert exponential_laws.root_of_number(looked, ("exp", half), half[1], half[2]) == ("^", 2, Fraction(1, 2))
        looked = trial("exp(log(2)/2) <= w", []).builder
        assert exponential_laws.root_of_number(looked, ("exp", half), half[1], half[2]) is None


@pytest.mark.parametrize("statement", ["exp(log(2)/2)*sqrt(2) == 2", "exp(log(8)/3) <= 2"])
def test_such_roots_are_compared(statement: str):
    assert verdict(statement, []) is Verdict.PROVED


@pytest.mark.parametrize(
    "statement", ["exp(log(2)/2) < sqrt(2)", "exp(log(2)/2) <= 1414/1000", "exp(-log(2)/2)*2 < sqrt(2)"]
)
def test_but_not_the_wrong_way(statement: str):
    assert verdict(statement, []) is Verdict.INCONCLUSIVE

"""Inequalities between products of powers, by way of their logarithms."""

import pytest

from tests.verify.prover.tactics.proving import only, proves_nothing, trial, verdict
from verify.language.verdict import Verdict
from verify.prover.tactics import logarithms


def test_only_it_proves():
    only("logarithms", "2^x*2^y <= 2^(x + y + 1)", [])


def test_it_gives_up_at_sums():
    assert trial("2^x + 3^x <= 2*4^x", ["x >= 0"]).run(logarithms.TACTIC) is None
    assert trial("2^x*3^x <= 7^x", ["x >= 0"]).run(logarithms.TACTIC) is not None


def test_a_sum_is_a_factor_where_there_is_one_variable():
    pair = ("(1 + {y}/x)^x", "exp(1)*(1 + {y}*x)")
    for y, is_product in (("1", True), ("y", False)):
        builder = trial(" >= ".join(pair).format(y=y), ["x > 0", "y > 0"]).builder
        assert (logarithms.products(*builder.state.goal[1:]) is not None) is is_product


# Each with what is wrong by little.
TRUE = [
    ("exp(1)*(1 - 1/(2*x)) < (1 + 1/x)^x", "x >= 1"),
    ("exp(1)*(1 - 1/(2*n)) <= (1 + 1/n)^n", "n integer, n >= 1"),
    ("(1 + 1/x)^x <= exp(1)*(1 - 1/(2*x + 2))", "x > 0"),
    ("(1 - 1/x)^x <= exp(-1)*(1 - 1/(2*x))", "x > 1"),
    ("(1 + 1/x)^(x + 1) >= exp(1)*(1 + 1/(3*x))", "x > 0"),
    ("(1 + x)^(1/x) >= exp(1)*(1 - x/2)", "0 < x <= 1"),
    # The smaller side is negative up to 1/2.
    ("exp(1)*(1 - 1/(2*x)) <= (1 + 1/x)^x", "x > 0"),
]
FALSE = [
    ("exp(1)*(1 - 49/(100*x)) < (1 + 1/x)^x", "x >= 1"),
    ("exp(1)*(1 - 1/(2*n) + 1/(4*n^2)) <= (1 + 1/n)^n", "n integer, n >= 1"),
    ("(1 + 1/x)^x <= exp(1)*(1 - 1/(2*x + 1))", "x > 0"),
    ("(1 - 1/x)^x <= exp(-1)*(1 - 51/(100*x))", "x > 1"),
    ("(1 + 1/x)^(x + 1) >= exp(1)*(1 + 51/(100*x))", "x > 0"),
    ("(1 + x)^(1/x) >= exp(1)*(1 - 49*x/100)", "0 < x <= 1"),
    ("exp(1)*(1 - 1/(3*x)) <= (1 + 1/x)^x", "x > 0"),
]


@pytest.mark.parametrize(("statement", "assume"), TRUE)
def test_it_proves_by_logarithms(statement: str, assume: str):
    assert verdict(statement, [assume], work=15_000_000) is Verdict.PROVED


@pytest.mark.parametrize(("statement", "assume"), FALSE)
def test_it_does_not_prove_what_is_false(statement: str, assume: str):
    proves_nothing(logarithms.TACTIC, statement, [assume], work=1_000_000)


def test_it_gives_up_where_a_base_may_be_negative():
    looked = trial("a^x <= a^(x + 1)", ["a != 0"])
    assert looked.run(logarithms.TACTIC) is None
    assert trial("a^x <= a^(x + 1)", ["a >= 1"]).run(logarithms.TACTIC) is not None

"""A function of one variable, written by another variable."""

import pytest

from tests.verify.prover.tactics.proving import only, trial, verdict
from verify.language.verdict import Verdict
from verify.prover.tactics import changed_variables

TRUE = [
    # Roots, with contact of order three.
    ("log(1 + x) <= x/sqrt(1 + x)", "x >= 0"),
    ("log(1 + x) <= x/sqrt(1 + x)*(1 + x/100)", "x >= 0"),
    ("log(x)^2 <= 4*exp(-2)*x", "x >= 1"),
    # Least at exp(-2), at exp(2), at sqrt(1/2).
    ("sqrt(x)*log(x) >= -2*exp(-1)", "x > 0"),
    ("sqrt(x)*log(1/x) <= 2*exp(-1)", "x > 0"),
    ("x*exp(-x^2) <= exp(-1/2)/sqrt(2)", "x > 0"),
    ("x*exp(-x^2) <= exp(-1/2)/sqrt(2)", ""),
    # The bound is reached at infinity.
    ("(x + 1/2)*log(1 + 1/x) > 1", "x > 0"),
    ("log(x + 1) - log(x) >= 1/(x + 1)", "x > 0"),
    ("log(x + 1) - log(x) <= 1/sqrt(x*(x + 1))", "x > 0"),
    ("1 + log(1 - 1/(2*x)) <= x*log(1 + 1/x)", "x >= 1"),  # in 1/x there is a factor 2 - u, with a minus in front of u
    ("(n + 1/2)*log(1 + 1/n) > 1", "n integer, n >= 1"),
    ("log(1 + exp(-x)) >= exp(-x) - exp(-2*x)/2", ""),
    ("log(1 + exp(x)) - x <= exp(-x)", ""),
    ("log(1 + exp(x)) <= exp(x)*(1 - exp(x)/2 + exp(x)^2/3)", "x <= 0"),
    ("log(cosh(x)) >= abs(x) - log(2)", ""),
]
FALSE = [
    ("log(1 + x) <= 99/100*x/sqrt(1 + x)", "x >= 0"),
    ("log(1 + x) < x/sqrt(1 + x)", "x >= 0"),
    ("log(x)^2 <= 399/100*exp(-2)*x", "x >= 1"),
    ("sqrt(x)*log(x) > -2*exp(-1)", "x > 0"),
    ("sqrt(x)*log(x) >= -199/100*exp(-1)", "x > 0"),
    ("x*exp(-x^2) < exp(-1/2)/sqrt(2)", "x > 0"),
    ("(x + 49/100)*log(1 + 1/x) > 1", "x > 0"),
    ("log(x + 1) - log(x) >= 101/100/(x + 1)", "x > 0"),
    ("1 + log(1 - 49/(100*x)) <= x*log(1 + 1/x)", "x >= 1"),
    ("(n + 47/100)*log(1 + 1/n) > 1", "n integer, n >= 1"),
    ("log(x + 1) - log(x) <= 999/1000/sqrt(x*(x + 1))", "x > 0"),
    ("log(1 + exp(-x)) >= exp(-x) - 49/100*exp(-2*x)", ""),
    ("log(1 + exp(x)) - x <= 99/100*exp(-x)", ""),
    ("log(1 + exp(x)) <= exp(x)*(1 - exp(x)/2 + exp(x)^2/4)", "x <= 0"),
    ("log(cosh(x)) >= abs(x) - 69/100", ""),
    ("x*exp(-x^2) <= exp(-1/2)*7/10", ""),
]

WORK = 10_000_000


def tried(statement: str, assume: str) -> bool:
    """Whether the method by itself proves it; what it returns is checked as a whole proof."""
    return trial(statement, [assume] if assume else []).run(changed_variables.TACTIC) is not None


def test_only_it_proves():
    only("changed_variables", "(x + 1/2)*log(1 + 1/x) > 1", ["x > 0"], work=WORK // 10)


@pytest.mark.parametrize(("statement", "assume"), TRUE)
def test_it_proves(statement: str, assume: str):
    assert verdict(statement, [assume] if assume else [], work=WORK) is Verdict.PROVED


@pytest.mark.parametrize(("statement", "assume"), FALSE)
def test_it_does_not_prove_what_is_false(statement: str, assume: str):
    assert not tried(statement, assume)
    assert verdict(statement, [assume] if assume else []) is Verdict.INCONCLUSIVE


def test_it_gives_up_where_no_change_helps():
    assert tried("log(1 + x) <= x/sqrt(1 + x)", "x >= 0")
    assert not tried("log(1 + x) <= x/sqrt(1 + x) + y^2", "x >= 0")  # two variables
    assert not tried("abs(log(1 + x)) <= x", "x >= 0")  # a function that has no slope

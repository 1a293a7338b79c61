"""Equations for a variable, put into a goal that has functions of it."""

import pytest

from tests.verify.prover.tactics.proving import only, trial, verdict
from verify.language.verdict import Verdict
from verify.prover.tactics import inverse_functions

TRUE = [
    ("y == exp(x) iff x == log(y)", ["y > 0"]),
    ("y == 2*log(x) + 3 iff x == exp((y - 3)/2)", ["x > 0"]),
    ("y == 1 - exp(-x) iff x == -log(1 - y)", ["y < 1"]),
    ("y == log(1 + exp(x)) iff x == log(exp(y) - 1)", ["y > 0"]),
    ("y == a*exp(b*x) iff x == log(y/a)/b", ["y > 0, a > 0, b != 0"]),
    ("y == log(x/(1 - x)) iff x == 1/(1 + exp(-y))", ["0 < x < 1"]),
    ("y == tanh(x) iff x == log((1 + y)/(1 - y))/2", ["-1 < y < 1"]),
    ("y == 2^x iff x == log(y)/log(2)", ["y > 0"]),
    ("y == x + sqrt(x^2 + 1) iff x == (y - 1/y)/2", ["y > 0"]),
]
FALSE = [
    ("y == exp(x) iff x == log(y) + 1", ["y > 0"]),
    ("y == 2*log(x) + 3 iff x == exp((y - 3)/3)", ["x > 0"]),
    ("y == 1 - exp(-x) iff x == log(1 - y)", ["y < 1"]),
    ("y == log(1 + exp(x)) iff x == log(exp(y) + 1)", ["y > 0"]),
    ("y == a*exp(b*x) iff x == log(y)/b", ["y > 0, a > 0, b != 0"]),
    ("y == log(x/(1 - x)) iff x == 1/(1 + exp(y))", ["0 < x < 1"]),
    ("y == tanh(x) iff x == log((1 + y)/(1 - y))", ["-1 < y < 1"]),
    ("y == 2^x iff x == log(y)/log(3)", ["y > 0"]),
    ("y == x + sqrt(x^2 + 1) iff x == (y + 1/y)/2", ["y > 0"]),
    ("y == x + sqrt(x^2 + 1) iff x == (y - 1/y)/2", ["y != 0"]),
]
WORK = 10_000_000


def test_only_it_proves():
    only("inverse_functions", "x == log(exp(y) - 1)", ["y > 0", "y == log(1 + exp(x))"], work=WORK)


@pytest.mark.parametrize(("statement", "assume"), TRUE)
def test_it_proves(statement: str, assume: list[str]):
    assert verdict(statement, assume, work=WORK) is Verdict.PROVED


@pytest.mark.parametrize(("statement", "assume"), FALSE)
def test_it_does_not_prove_what_is_false(statement: str, assume: list[str]):
    assert verdict(statement, assume) is Verdict.INCONCLUSIVE


def test_it_gives_up_at_equations_that_give_no_variable():
    assert trial("x == log(y)", ["y > 0", "y == exp(x)"]).run(inverse_functions.TACTIC) is not None
    assert trial("x == log(y)", ["y > 0", "y^2 == exp(x)^2"]).run(inverse_functions.TACTIC) is None
    assert trial("x <= log(y)", ["y > 0", "y == exp(x)"]).run(inverse_functions.TACTIC) is None

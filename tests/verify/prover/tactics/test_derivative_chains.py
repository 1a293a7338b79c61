"""A function of one variable on an interval, by repeated differentiation."""

import pytest

from tests.verify.prover.tactics.proving import only, trial, verdict
from verify.language.verdict import Verdict
from verify.prover.tactics import derivative_chains

TRUE = [
    # Chords: equality at both ends of the interval.
    ("2^x <= 1 + x", "0 <= x <= 1"),
    ("log(1 + x) >= x*log(2)", "0 <= x <= 1"),
    ("(1 - exp(-1))*x <= 1 - exp(-x)", "0 <= x <= 1"),
    ("sqrt(1 + x) >= 1 + (sqrt(2) - 1)*x", "0 <= x <= 1"),
    # A least value at no number that can be written down.
    ("exp(x) + x^2 > 4/5", ""),
    ("sqrt(x)*log(x) >= -3/4", "x > 0"),
    ("x^x >= 69/100", "x > 0"),
    # Contact of order two, four and six.
    ("log(1 + exp(-x)) <= log(2) - x/2 + x^2/8", ""),
    ("(exp(x) + exp(-x))/2 <= exp(x^2/2)", ""),
    ("1/(1 + exp(-x)) >= 1/2 + x/4 - x^3/48", "x >= 0"),
    # A root that is 0 at a closed end, where it has no slope.
    ("sqrt(x)*exp(-x) <= exp(-1/2)/sqrt(2)", "x >= 0"),
    ("sqrt(1 - x)*exp(x) <= exp(1/2)/sqrt(2)", "x <= 1"),
    # Factors that change their signs at the same number.
    ("x*(exp(x) - 1) >= 0", ""),
    ("tanh(x)^2 <= x^2", ""),
    ("(x - 1)*log(x)*(exp(x) - exp(1)) <= x*(x - 1)*log(x)*exp(x)", "x > 1/2"),
    # No value at either end.
    ("-p*log(p) - (1 - p)*log(1 - p) >= 2*p*(1 - p)", "0 < p < 1"),
    # Both sides are equal at 1/2, where a root written as an exponential is that of a number.
    ("-p*log(p) - (1 - p)*log(1 - p) <= 2*log(2)*sqrt(p*(1 - p))", "0 < p < 1"),
    ("(-p*log(p) - (1 - p)*log(1 - p))/log(2) <= 2*sqrt(p)*sqrt(1 - p)", "0 < p < 1"),
]
FALSE = [
    ("2^x <= 1 + 99/100*x", "0 <= x <= 1"),
    ("2^x <= 1 + x", "0 <= x <= 11/10"),
    ("exp(x) + x^2 > 83/100", ""),
    ("log(1 + exp(-x)) <= log(2) - x/2 + x^2/9", ""),
    ("log(1 + exp(-x)) < log(2) - x/2 + x^2/8", ""),
    ("(exp(x) + exp(-x))/2 <= exp(49/100*x^2)", ""),
    ("x*log(x) >= -367/1000", "x > 0"),
    ("sqrt(x)*exp(-x) < exp(-1/2)/sqrt(2)", "x >= 0"),
    ("sqrt(x)*exp(-x) <= 99/100*exp(-1/2)/sqrt(2)", "x >= 0"),
    ("x*(exp(x) - 1) > 0", ""),
    ("x*(exp(x) - 11/10) >= 0", ""),
    ("(x - 1)*(exp(x) - 1) >= 0", ""),
    ("-p*log(p) - (1 - p)*log(1 - p) >= 3*p*(1 - p)", "0 < p < 1"),
    ("-p*log(p) - (1 - p)*log(1 - p) < 2*log(2)*sqrt(p*(1 - p))", "0 < p < 1"),
    ("-p*log(p) - (1 - p)*log(1 - p) <= 69/50*sqrt(p*(1 - p))", "0 < p < 1"),
]


WORK = 3_000_000  # units: a chain of six derivatives takes about half a million


def tried(statement: str, assume: str) -> bool:
    """Whether the method by itself proves it; what it returns is checked as a whole proof."""
    return trial(statement, [assume] if assume else []).run(derivative_chains.TACTIC) is not None


def test_only_it_proves():
    only("derivative_chains", "2^x <= 1 + x", ["0 <= x <= 1"], work=WORK // 6)


@pytest.mark.parametrize(("statement", "assume"), TRUE)
def test_it_proves(statement: str, assume: str):
    assert verdict(statement, [assume] if assume else [], work=WORK) is Verdict.PROVED


@pytest.mark.parametrize(("statement", "assume"), FALSE)
def test_it_does_not_prove_what_is_false(statement: str, assume: str):
    assert not tried(statement, assume)
    assert verdict(statement, [assume] if assume else []) is Verdict.INCONCLUSIVE


def test_it_gives_up_where_the_bound_is_a_limit():
    looked = trial("log(1 + 1/x) > 1/(1 + x)", ["x > 0"])
    assert looked.run(derivative_chains.TACTIC) is None
    assert any("no chain of derivatives" in note for note in looked.search.notes)
    assert tried("log(1 + x) > x/(1 + x)", "x > 0")


def test_it_leaves_two_variables_and_polynomials_alone():
    assert not tried("exp(x) + exp(y) >= 2 + x + y", "")
    assert not tried("x^2 >= 2*x - 1", "")
    assert tried("exp(x) + exp(-x) >= 2 + x^2", "")

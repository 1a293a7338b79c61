"""Whole multiples of logarithms compared by the products of their arguments."""

import pytest

from tests.verify.prover.tactics.proving import only, trial, verdict
from verify.language.verdict import Verdict
from verify.prover.tactics.logarithm_sums import TACTIC


def test_a_statement_that_only_it_proves():
    only("logarithm_sums", "log(1 + u*v) <= log(1 + u) + log(1 + v)", ["u, v > 0"])


@pytest.mark.parametrize(
    ("statement", "assume"),
    [
        ("log(1 + u*v) < log(1 + u) + log(1 + v)", ["u, v > 0"]),
        ("log(1 + exp(x + y)) <= log(1 + exp(x)) + log(1 + exp(y))", []),
        ("log(1 + exp(2*x))/2 < log(1 + exp(x))", []),
        ("log((x + y)/2) >= log(x)/2 + log(y)/2", ["x, y > 0"]),
        ("-log(1 + u) <= log(1 + v) - log(1 + u*v)", ["u, v > 0"]),
    ],
)
def test_sums_of_logarithms(statement, assume):
    assert verdict(statement, assume, work=3_000_000) is Verdict.PROVED


@pytest.mark.parametrize(
    ("statement", "assume"),
    [
        ("log(1 + u^2) <= log(1 + u) + log(1 + v)", ["u, v > 0"]),
        ("log(1 + u*v) < log(1 + u) + log(1 + v)", ["u, v >= 0"]),  # equal at 0
        ("log(1 + u*v) <= log(1 + u) + log(1 + v)", ["u, v > -1", "u*v > -1"]),
        ("log(1 + exp(2*x)) <= log(1 + exp(x))", []),
        ("2*log(x + y) >= log(5) + log(x) + log(y)", ["x, y > 0"]),
    ],
)
def test_what_is_false_is_not_proved(statement, assume):
    assert trial(statement, assume).run(TACTIC) is None
    assert verdict(statement, assume) is not Verdict.PROVED


@pytest.mark.parametrize(
    "statement", ["x*log(1 + x) <= log(1 + x^2)*x + 1", "log(log(3 + x)) >= 0", "log(1 + x) <= x + log(2 + x)"]
)
def test_other_sums_are_given_up(statement):
    assert trial(statement, ["x > 0"]).run(TACTIC) is None

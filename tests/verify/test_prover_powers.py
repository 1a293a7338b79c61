"""Whole powers in the prover: what it must prove about bases of any sign, and what it must not."""

import pytest

from verify.checker import check
from verify.parse import parse_problem
from verify.prover import prove
from verify.verdict import Verdict

PROVED = [
    # a power with a sum as its exponent, of a base that is a difference
    ("(1 - q)^(n - 1) > 0", ["0 < q < 1", "n integer, n >= 2"]),
    ("(2 - x)^(n + 1) == (2 - x)*(2 - x)^n", ["x < 2", "n integer"]),
    ("(1 - a/2)^T >= 1 - a*T/2", ["0 < a < 1", "T integer, T >= 1"]),
    # powers of quotients
    ("(a/(a + b))^(n + 1) == a^(n + 1)/(a + b)^(n + 1)", ["a > 0, b > 0", "n integer, n >= 0"]),
]

FALSE = [
    ("(1 - q)^(n - 1) > 1/2", ["0 < q < 1", "n integer, n >= 2"]),
    ("(2 - x)^(n + 1) == (2 - x)^n", ["x < 2", "n integer"]),
    ("x^m/y^m == (x/y)^(m + 1)", ["x > 0, y > 0", "m integer"]),
]


@pytest.mark.parametrize("goal, hypotheses", PROVED, ids=[g for g, _ in PROVED])
def test_proves(goal, hypotheses):
    outcome = prove(parse_problem(goal, hypotheses))
    assert outcome.verdict is Verdict.PROVED, outcome.why
    check(outcome.certificate)


@pytest.mark.parametrize("goal, hypotheses", FALSE, ids=[g for g, _ in FALSE])
def test_does_not_prove(goal, hypotheses):
    assert prove(parse_problem(goal, hypotheses)).verdict is not Verdict.PROVED

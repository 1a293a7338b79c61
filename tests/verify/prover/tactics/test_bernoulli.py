"""Bernoulli's inequality for the powers of a goal."""

import pytest

from tests.verify.prover.tactics.proving import only, proves_nothing, trial, verdict
from verify.language.verdict import Verdict
from verify.prover.tactics import bernoulli

NATURAL = "k integer, k >= 0"
TRUE = [
    # What a step of a method gains, at most, after k of them.
    ("r^k*(1 - r) <= 1/(k + 1)", ["0 < r <= 1", "k >= 0"]),
    ("r^k*(1 - r) <= 1/(k + 1)", ["0 <= r <= 1", NATURAL]),
    ("r^n*(1 - r) < 1/(n + 1)", ["0 < r < 1", "n > 0"]),
    ("(1 - eta*mu)^T*eta*mu <= 1/(T + 1)", ["eta > 0, mu > 0, eta*mu < 1", "T >= 1"]),
    ("(1 - eta*mu)^T <= 1/(1 + T*eta*mu)", ["eta > 0, mu > 0, eta*mu < 1", "T integer, T >= 1"]),
    # On each side of 0 and 1.
    ("(1 + x)^r*(1 - r*x) <= 1", ["x > -1", "r >= 0"]),
    ("x^p*y >= y + p*y*(x - 1)", ["x > 0, y > 0", "p >= 1"]),
    ("x^p*y <= y + p*y*(x - 1)", ["x > 0, y > 0", "0 <= p <= 1"]),
    ("x^p*y >= y + p*y*(x - 1)", ["x > 0, y > 0", "p <= 0"]),
]
FALSE = [
    ("r^k*(1 - r) <= 1/(k + 2)", ["0 < r <= 1", "k >= 0"]),
    ("r^k*(1 - r) <= 1/(k + 1)", ["0 < r <= 1", "k > -1"]),
    ("r^k*(1 - r) < 1/(k + 1)", ["0 <= r <= 1", NATURAL]),
    ("r^k*(1 - r) <= 1/(3*k + 1)", ["0 < r <= 1", "k >= 0"]),
    ("(1 - eta*mu)^T <= 1/(1 + 2*T*eta*mu)", ["eta > 0, mu > 0, eta*mu < 1", "T >= 1"]),
    ("(1 + x)^r*(1 - r*x) < 1", ["x > -1", "r >= 0"]),
    ("(1 + x)^r*(1 - r*x/2) <= 1", ["x > -1", "r >= 0"]),
    ("x^p*y >= y + p*y*(x - 1)", ["x > 0, y > 0", "p >= 99/100"]),
    ("x^p*y <= y + p*y*(x - 1)", ["x > 0, y > 0", "0 <= p <= 101/100"]),
    ("x^p*y <= y + p*y*(x - 1)", ["x > 0, y > 0", "-1/100 <= p <= 1"]),
    ("x^p*y >= y + p*y*(x - 1)", ["x > 0, y > 0", "p <= 1/100"]),
]


def test_only_it_proves():
    only("bernoulli", "(1 - x)^n*(1 + n*x) <= 1", ["0 < x < 1", "n integer, n >= 0"])
    only("bernoulli", "r^k*(1 - r) <= 1/(k + 1)", ["0 < r <= 1", "k >= 0"])


@pytest.mark.parametrize(("statement", "assume"), TRUE)
def test_it_proves(statement: str, assume: list[str]):
    assert verdict(statement, assume, work=3_000_000) is Verdict.PROVED


@pytest.mark.parametrize(("statement", "assume"), FALSE)
def test_it_does_not_prove_what_is_false(statement: str, assume: list[str]):
    proves_nothing(bernoulli.TACTIC, statement, assume)


def test_it_gives_up_at_bases_that_may_be_negative():
    assert trial("x^p >= 1 + p*(x - 1)", ["x >= -1", "p >= 1"]).run(bernoulli.TACTIC) is None
    assert trial("x^p >= 1 + p*(x - 1)", ["x > 0", "p >= 1"]).run(bernoulli.TACTIC) is not None


def test_it_gives_up_where_a_linear_bound_is_too_weak():
    for whole in ("", "n integer, "):
        assumed = ["x > 0", f"{whole}n >= 2"]
        assert trial("(1 + x)^n >= 1 + n*x + n*(n - 1)/2*x^2", assumed).run(bernoulli.TACTIC) is None
        assert trial("(1 + x)^n >= 1 + n*x/2", assumed).run(bernoulli.TACTIC) is not None

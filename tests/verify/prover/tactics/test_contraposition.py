"""A goal from a fact whose denominators have no visible sign."""

import pytest

from tests.verify.prover.tactics.proving import only, proves_nothing, trial, verdict
from verify.language.verdict import Verdict
from verify.prover.tactics import contraposition

WORK = 4_000_000
STEP = ["0 < u < v", "a > 0", "a*(u + v) < 2", "k >= 1, m >= 1"]
RATIO = "((1 - a*v)^2 + a^2*v^2*k/m)/((1 - a*u)^2 + a^2*u^2*k/m)"
UNSEEN = "((1 - x*y)^2 + x^2)"
TRUE = [
    ("p + x > q", [f"(p + x)/{UNSEEN} > q/{UNSEEN}"]),
    ("p + x >= q + z", [f"(p + x - z)/{UNSEEN} >= q/{UNSEEN}"]),
    ("m > k*a*(u + v)/(2 - a*(u + v))", [*STEP, f"{RATIO} < 1"]),
    ("m <= k*a*(u + v)/(2 - a*(u + v))", [*STEP, f"{RATIO} >= 1"]),
    ("x > y", ["a > 0", "x/((1 - y)^2 + a) > y/((1 - y)^2 + a)"]),
    ("x + a > 1", ["a > 0", "(x + a)/(1 - 2*y + y^2 + a) > 1/(1 - 2*y + y^2 + a)"]),
]
FALSE = [
    ("p + x > q", [f"(p + x)/{UNSEEN} >= q/{UNSEEN}"]),
    ("p > q", [f"(p + x)/{UNSEEN} > q/{UNSEEN}"]),
    ("m > 2*k*a*(u + v)/(2 - a*(u + v))", [*STEP, f"{RATIO} < 1"]),
    ("m < k*a*(u + v)/(2 - a*(u + v))", [*STEP, f"{RATIO} >= 1"]),
    ("x > y", ["x/((1 - y)^2 + a) > y/((1 - y)^2 + a)"]),
    ("x > y + a", ["a > 0", "x/((1 - y)^2 + a) > y/((1 - y)^2 + a)"]),
    ("x + a > 2", ["a > 0", "(x + a)/(1 - 2*y + y^2 + a) > 1/(1 - 2*y + y^2 + a)"]),
]


def test_only_it_proves():
    only("contraposition", *TRUE[2], work=WORK)


@pytest.mark.parametrize(("statement", "assume"), TRUE)
def test_it_proves(statement: str, assume: list[str]):
    assert verdict(statement, assume, work=WORK) is Verdict.PROVED


@pytest.mark.parametrize(("statement", "assume"), FALSE)
def test_it_does_not_prove_what_is_false(statement: str, assume: list[str]):
    proves_nothing(contraposition.TACTIC, statement, assume)


def test_it_gives_up_where_denominators_are_seen_to_be_positive():
    assert trial("x > y", ["a > 0, b > 0", "x/(a + b) > y/(a + b)"]).run(contraposition.TACTIC) is None
    assert trial("x > y", ["a > 0", "x/((1 - y)^2 + a) > y/((1 - y)^2 + a)"]).run(contraposition.TACTIC) is not None

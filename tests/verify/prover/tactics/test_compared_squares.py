"""Squares compared by what they are the squares of."""

import pytest

from tests.verify.prover.tactics.proving import only, trial, verdict
from verify.language.rational_functions import fraction
from verify.language.raw_terms import minus
from verify.language.verdict import Verdict
from verify.prover.tactics import compared_squares

CURVATURE = "0 < mu < L"
STEP = ["eta > 0", CURVATURE]
BEST = "max((1 - eta*mu)^2, (1 - eta*L)^2)"
TRUE = [
    # No step contracts more than the best one.
    (f"{BEST} >= ((L - mu)/(L + mu))^2", STEP),
    (f"{BEST} >= (L - mu)^2/(L + mu)^2", [CURVATURE]),
    (f"{BEST} >= ((k - 1)/(k + 1))^2", [*STEP, "k == L/mu"]),
    ("max((1 - a)^2, (1 - a*k)^2) >= ((k - 1)/(k + 1))^2", ["k > 1"]),
    # The ends of the spectrum are the worst.
    (f"(1 - eta*h)^2 <= {BEST}", [*STEP, "mu <= h <= L"]),
    ("(a - b)^2 < (c + d)^2", ["a^2 < c^2, b^2 < d^2", "c > 0, d > 0"]),
]
FALSE = [
    (f"{BEST} > ((L - mu)/(L + mu))^2", STEP),
    (f"{BEST} >= (L - mu)/(L + mu)", STEP),
    (f"{BEST} >= ((L - mu)/(L + 99/100*mu))^2", STEP),
    ("max((1 - a)^2, (1 - a*k)^2) >= ((k - 1)/(k + 1))^2", ["k > -2, k != -1"]),
    ("min((1 - eta*mu)^2, (1 - eta*L)^2) >= ((L - mu)/(L + mu))^2", STEP),
    (f"(1 - eta*h)^2 <= {BEST}", [*STEP, "mu <= h"]),
    (f"(1 - eta*h)^2 < {BEST}", [*STEP, "mu <= h <= L"]),
    ("(a - b)^2 < (c + d)^2", ["a^2 < c^2, b^2 < d^2"]),
    ("(a - b)^2 < (c + d)^2", ["a^2 <= c^2, b^2 <= d^2", "c > 0, d > 0"]),
]


def test_only_it_proves():
    only("compared_squares", f"{BEST} >= ((L - mu)/(L + mu))^2", STEP, work=5_000_000)


@pytest.mark.parametrize(("statement", "assume"), TRUE)
def test_it_proves(statement: str, assume: list[str]):
    assert verdict(statement, assume, work=5_000_000) is Verdict.PROVED


@pytest.mark.parametrize(("statement", "assume"), FALSE)
def test_it_does_not_prove_what_is_false(statement: str, assume: list[str]):
    assert verdict(statement, assume) is Verdict.INCONCLUSIVE


def test_it_gives_up_where_a_side_is_no_square():
    facts = ["a >= 0, c >= 0", "b^2 <= a^2"]
    assert trial("b^2 <= (a + c)^2", facts).run(compared_squares.TACTIC) is not None
    assert trial("b^2 <= a^2 + 2*a*c", facts).run(compared_squares.TACTIC) is None


def test_it_gives_up_at_many_roots_without_a_sign():
    facts = "a^2 <= c^2, b^2 <= c^2"  # of squares of a, b, c and a + b
    assert trial("(a + b)^2 <= 4*c^2", [facts]).run(compared_squares.TACTIC) is None
    assert trial("(a + b)^2 <= 4*c^2", [facts, "a >= 0, c >= 0"]).run(compared_squares.TACTIC) is not None


@pytest.mark.parametrize(
    ("square", "root"), [("x^2", "x"), ("(2*x - 2)^2/9", "(2*x - 2)/3"), ("x^4/(1 + y)^2", "x^2/(1 + y)"), ("4", "2")]
)
def test_roots_of_squares(square: str, root: str):
    term, wanted = (trial(f"{t} <= w", []).builder.state.goal[1] for t in (square, root))
    found = compared_squares.square_root(term)
    difference = fraction(minus(("^", found, 2), ("^", wanted, 2)))
    assert difference is not None and difference[1] == 0


@pytest.mark.parametrize("other", ["2*x^2", "x^3", "-x^2", "x^2 + 1", "x^2/y", "0", "exp(x)^2"])
def test_what_has_no_root(other: str):
    goal = trial(f"{other} <= w^2", []).builder.state.goal
    assert compared_squares.pair(goal) is None

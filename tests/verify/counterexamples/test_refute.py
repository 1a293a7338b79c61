"""Counterexamples: exact, judged in the original statement, and small."""

import sys
from fractions import Fraction

import pytest

from verify.claims.sequents import goal_of
from verify.counterexamples.refute import find_point, refute
from verify.counterexamples.sampler import simplest_between
from verify.counterexamples.witness import counterexample_at
from verify.evidence.run import catalogue
from verify.language.parser import parse_problem
from verify.language.verdict import Verdict
from verify.prover import prove
from verify.runtime.budget import SECOND, Budget

FALSE = [
    ("x^2 >= x", []),
    ("(7*x - 3)^2 + (5*y - 2)^2 > 0", []),
    ("x*y < 12/25", ["x^2 + y^2 == 1"]),
    ("x + y <= 7/5", ["x^2 + y^2 == 1"]),
    ("x + y + z <= 17/10", ["x^2 + y^2 + z^2 <= 1"]),
    ("n^2 + n + 41 != m^2", ["n, m integer, n >= 0"]),
    ("a*b*c*p*q*r < 1", ["a + b + c + p + q + r == 6", "a > 0, b > 0, c > 0, p > 0, q > 0, r > 0"]),
    ("log(x) <= 10", ["x > 0"]),
    ("1/(x - 5/7) + x > x - 1 or x != 5/7", []),
    ("a >= 1 + g implies b < a/g", ["a > 0, b > 0, g > 0"]),
    ("x == y", ["x^2 == y^2"]),
]


@pytest.mark.parametrize("goal, hypotheses", FALSE, ids=[g for g, _ in FALSE])
def test_refutes(goal, hypotheses):
    problem = parse_problem(goal, hypotheses)
    witness = refute(problem)
    assert witness is not None
    assert counterexample_at(problem, witness.values) == witness


@pytest.mark.parametrize(
    "goal, hypotheses", [("x^2 + 1 > 0", []), ("x/x == 1", ["x != 0"]), ("n^2 >= n", ["n integer"])]
)
def test_leaves_true_statements_alone(goal, hypotheses):
    assert refute(parse_problem(goal, hypotheses)) is None


def test_undefinedness_is_a_counterexample():
    witness = refute(parse_problem("x/x == 1", []))
    assert witness is not None and witness.kind == "undefined" and witness.values == {"x": 0}


def test_witnesses_are_small():
    problem = parse_problem("kappa*V < D^2/g", ["0 < kappa, 0 < V, 0 < D, 0 < g", "kappa > g"])
    witness = refute(problem)
    assert witness is not None
    assert all(abs(v.numerator) <= 10 and v.denominator <= 10 for v in witness.values.values())


def test_integers_stay_integers():
    problem = parse_problem("4*n != 2*m + 6", ["n, m integer"])
    witness = refute(problem)
    assert witness is not None and all(v.denominator == 1 for v in witness.values.values())
    assert counterexample_at(parse_problem("x != 1/2", ["x integer"]), {"x": Fraction(1, 2)}) is None


def test_find_point():
    problem = parse_problem("x > 0", ["0 < x < y", "x + y + z == 1", "z > 1/2"])
    point = find_point(problem.variables, problem.hypotheses)
    assert point is not None and point["x"] + point["y"] + point["z"] == 1
    empty = parse_problem("x > 0", ["x == 1, x == 2"])
    assert find_point(empty.variables, empty.hypotheses) is None


def test_simplest_between():
    assert simplest_between(Fraction(3, 10), Fraction(4, 10)) == Fraction(1, 3)
    assert simplest_between(Fraction(-1, 2), Fraction(1, 2)) == 0
    assert simplest_between(Fraction(0), Fraction(1, 10)) == Fraction(1, 11)


def test_powers_of_negative_numbers_do_not_end_the_search():
    """A search in floats meets complex powers of a negative base at exponents that are not whole."""
    assert (
        prove(parse_problem("((-1)^n)^2 >= (-1)^(2*n)", ["n integer"]), work=2 * SECOND).verdict is not Verdict.REFUTED
    )


@pytest.mark.parametrize("name", ["false.easy_packed_too"])
def test_an_optional_engine_is_not_needed(name, monkeypatch):
    """A false statement of the theory that fails only where two of its sides are equal."""
    monkeypatch.setitem(sys.modules, "z3", None)
    sequent = goal_of(catalogue()[name]).expanded()
    witness = refute(sequent)
    assert witness is not None and counterexample_at(sequent, witness.values) == witness


@pytest.mark.parametrize(
    "goal, hypotheses",
    [
        ("(4*x - 3*y + 1)^2 + (5*y + 2)^4 > 0", []),
        ("(a + 2*b - 1)^2 + 3*(a - b/7)^2 + c^2 > 0", []),
        ("abs(3*x - 2) + abs(5*x - 3*y) > 0", []),
        ("n^2 + n + 11 != m^2", ["n, m integer", "n >= 1"]),
        ("3*n^2 + 13 != m^2", ["n, m integer", "n >= 1"]),
    ],
)
def test_the_quick_search_solves_equations(goal, hypotheses):
    """Zeros of sums of squares by linear algebra, squares of whole numbers by their roots, in little counted work."""
    budget = Budget(SECOND)
    with budget.running():
        assert refute(parse_problem(goal, hypotheses), effort=1) is not None


def test_sums_of_squares_without_a_common_zero_are_left_alone():
    assert refute(parse_problem("(x - y)^2 + (x - y - 1)^2 > 0", []), effort=1) is None
    assert refute(parse_problem("n^2 + n + 1 != m^2", ["n, m integer", "n >= 1"]), effort=1) is None


LONG = "(a + b + c + d + u + v + w + 1)^19*(a*b + c*d + u*v + w)^7/(a + 1/(b + 1/(c + 1/(d + {}))))"


def test_a_side_that_is_too_long_to_solve_is_still_evaluated():
    """What a sampler may solve is a part of the work: the points that need no such thing come after it."""
    domain = ["a, b, c, d, u, v, w > 2", "a < b - 1/7"]
    budget = Budget(5 * SECOND)
    with budget.running():
        assert refute(parse_problem(f"{LONG.format(1)} == {LONG.format(2)}", domain)) is not None
    with Budget(5 * SECOND).running():
        assert refute(parse_problem(f"{LONG.format(1)} == {LONG.format(1)}", domain)) is None

"""A point in every cell between the roots: however narrow a cell is, and only in cells that there are."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.counterexamples.cells import WHOLE, cell_points, in_cells, real_roots
from verify.counterexamples.points import GRID
from verify.counterexamples.refute import refute
from verify.language import logic
from verify.language.parser import parse_problem
from verify.language.verdict import Verdict
from verify.prover import prove
from verify.runtime.budget import Budget, Spent


def points(goal, hypotheses=(), grid=GRID[:5]):
    sequent = parse_problem(goal, list(hypotheses))
    return list(cell_points(sequent, logic.negate(sequent.goal), grid))


# ---------------------------------------------------------------- narrow counterexamples, each beside a true neighbour

NARROW = [
    ("(x-1)*(x-2)*(x-3)*(x-4) >= -0.999999", "(x-1)*(x-2)*(x-3)*(x-4) >= -1", []),
    ("(1000*x - 1)*(1000*x - 2) >= -0.24", "(1000*x - 1)*(1000*x - 2) >= -0.25", []),
    ("(x^2 - 2)^2 >= 1/10^9", "(x^2 - 2)^2 >= -1/10^9", []),
    ("1/(1 + 10^6*(x - 1/7)^2) <= 0.999999", "1/(1 + 10^6*(x - 1/7)^2) <= 1", []),
    ("x^2 + 1/x^2 >= 2.0001", "x^2 + 1/x^2 >= 2", ["x > 0"]),
    ("x <= 2", "x < 4", ["x^5 - 4*x^4 < -80.99999", "x > 0"]),
]


@pytest.mark.parametrize("wrong, right, hypotheses", NARROW, ids=[w for w, _, _ in NARROW])
def test_what_fails_in_a_narrow_cell_is_refuted(wrong, right, hypotheses):
    outcome = prove(parse_problem(wrong, hypotheses))
    assert outcome.verdict is Verdict.REFUTED
    assert prove(parse_problem(right, hypotheses)).verdict is Verdict.PROVED


def test_a_second_variable_is_given_small_values():
    assert refute(parse_problem("(x - y - 1)*(x - y - 2) >= -0.2499999", []), effort=2) is not None
    assert refute(parse_problem("(x - y - 1)*(x - y - 2) >= -0.25", []), effort=2) is None


# ---------------------------------------------------------------- the cells

FRACTIONS = st.fractions(min_value=-50, max_value=50, max_denominator=1000)


@given(st.lists(FRACTIONS, min_size=1, max_size=6, unique=True))
def test_each_cell_has_a_point(roots):
    roots.sort()
    rows = [[-r, Fraction(1)] for r in roots]
    found = in_cells(real_roots(rows), "real")
    ends = [Fraction(-(10**9)), *roots, Fraction(10**9)]
    assert len(found) == len(roots) + 1
    assert all(any(low < v < high for v in found) for low, high in pairwise(ends))


@given(st.lists(FRACTIONS, min_size=1, max_size=6, unique=True))
def test_each_cell_with_a_whole_number_has_one(roots):
    roots.sort()
    found = in_cells(real_roots([[-r, Fraction(1)] for r in roots]), "integer")
    assert all(v.denominator == 1 for v in found)
    for low, high in pairwise(roots):
        inside = [n for n in range(-51, 51) if low < n < high]
        assert not inside or any(low < v < high for v in found)


def test_what_has_no_real_root_has_one_cell():
    assert real_roots([[Fraction(1), Fraction(0), Fraction(1)]]) == [] and in_cells([], "real") == []
    assert points("x^2 + 1 > 0") == []
    assert {"x": 0} in points("x^2 >= 1/100")


def test_a_double_root_is_one_root():
    twice = [Fraction(1), Fraction(-2), Fraction(1)]
    assert len(real_roots([twice, twice, [Fraction(-1), Fraction(1)]])) == 1


# ---------------------------------------------------------------- where it stops


def test_functions_and_many_variables_are_left_to_others():
    assert points("exp(x) >= x", []) == []
    assert points("a + b + c + d > 0", []) == [] and points("a + b + c > 0", []) != []


def test_a_relation_with_a_function_does_not_hide_the_others():
    assert {"x": Fraction(1, 2)} in points("x*(x - 1) >= 0 or exp(x) < 0")


def test_other_whole_variables_are_whole():
    found = points("n*x > 1", ["n integer"], grid=[Fraction(1, 2)])
    assert found and all(p["n"].denominator == 1 for p in found)
    assert {p["n"] for p in found if p["x"].denominator > 1} <= set(map(Fraction, WHOLE))


def test_it_is_counted():
    budget = Budget(1000)
    with budget.running(), pytest.raises(Spent):
        points("(x - y)*(x + y)*z > 1")

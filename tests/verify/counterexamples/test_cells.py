"""A point in every cell between the roots: however narrow a cell is, and only in cells that there are."""

from fractions import Fraction
from itertools import pairwise

import flint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.counterexamples.cells import WHOLE, Line, cells_through, grid_cells, points_between, real_roots
from verify.counterexamples.points import GRID
from verify.counterexamples.refute import refute
from verify.counterexamples.witness import counterexample_at
from verify.language import logic
from verify.language.parser import parse_problem, parse_statement
from verify.language.verdict import Verdict
from verify.prover import prove
from verify.runtime.budget import Budget, Spent


def points(goal, hypotheses=(), grid=GRID[:5]):
    sequent = parse_problem(goal, list(hypotheses))
    return list(grid_cells(sequent, logic.negate(sequent.goal), grid))


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


def root_at(r):
    return flint.fmpq_poly([flint.fmpq(-r.numerator, r.denominator), 1])


FRACTIONS = st.fractions(min_value=-50, max_value=50, max_denominator=1000)


@given(st.lists(FRACTIONS, min_size=1, max_size=6, unique=True))
def test_each_cell_has_a_point(roots):
    roots.sort()
    found = points_between(real_roots(map(root_at, roots)), "real")
    ends = [Fraction(-(10**9)), *roots, Fraction(10**9)]
    assert len(found) == 2 * len(roots) + 1 and set(roots) <= set(found)
    assert all(any(low < v < high for v in found) for low, high in pairwise(ends))


@given(st.lists(FRACTIONS, min_size=1, max_size=6, unique=True))
def test_each_cell_with_a_whole_number_has_one(roots):
    roots.sort()
    found = points_between(real_roots(map(root_at, roots)), "integer")
    assert all(v.denominator == 1 for v in found)
    for low, high in pairwise(roots):
        inside = [n for n in range(-51, 51) if low < n < high]
        assert not inside or any(low < v < high for v in found)


def test_what_has_no_real_root_has_one_cell():
    assert real_roots([flint.fmpq_poly([1, 0, 1])]) == [] and points_between([], "real") == []
    assert points("x^2 + 1 > 0") == []
    assert {"x": 0} in points("x^2 >= 1/100")


def test_a_double_root_is_one_root():
    twice = flint.fmpq_poly([1, -2, 1])
    assert real_roots([twice, twice, root_at(Fraction(1))]) == [(1, 1)]


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


# ---------------------------------------------------------------- lines through points of a domain


def through(goal, hypotheses, point):
    sequent = parse_problem(goal, hypotheses)
    failure = logic.negate(sequent.goal)
    return [p for p in cells_through(sequent, failure, [point]) if counterexample_at(sequent, p) is not None]


def test_a_line_through_a_point_meets_what_is_false_close_to_a_bound():
    """Of many variables each is moved: the point itself is no counterexample."""
    names = dict.fromkeys("abcdef", Fraction(1))
    hypotheses = ["a, b, c, d, e, f > 0", "a*b*c >= 1"]
    assert through("a*b*c*d*e*f >= 1/10^6 or a*b > 2", hypotheses, names)
    assert not through("a*b*c*d*e*f > 0 or a*b > 2", hypotheses, names)


def test_an_irrational_number_along_the_line_shows_where_to_look():
    point = {"x": Fraction(0), "y": Fraction(2)}
    found = through("(x - sqrt(y))^2 >= 1/10^9", ["y >= 2"], point)
    assert found and all(abs(p["x"] ** 2 - p["y"]) < Fraction(1, 1000) for p in found)
    assert not through("(x - sqrt(y))^2 >= -1/10^9", ["y >= 2"], point)


def test_points_where_a_relation_is_false_for_sure_are_left_out():
    sequent = parse_problem("x*y >= 3", ["0 < x, x < 1", "y >= 2"])
    found = list(cells_through(sequent, logic.negate(sequent.goal), [{"x": Fraction(1, 2), "y": Fraction(2)}]))
    assert found and all(0 < p["x"] < 1 and p["y"] >= 2 and p["x"] * p["y"] < 3 for p in found)


def test_connectives_along_a_line():
    line = Line("x", {})
    holds = {
        "x > 1 and x < 3": {2: True, 1: False},
        "x > 1 or x < -1": {2: True, 0: False},
        "not (x == 2)": {2: False, 1: True},
        "x > 0 implies x > 1": {1: False, 2: True, -1: True},
        "x > 0 iff x^3 > 0": {1: True, -1: True},
        "x > 0 iff x > 1": {1: False, 2: True},
        "exp(x) > 9 and x > 0": {1: None, -1: False},
        "exp(x) > 9 or x > 0": {1: True, -1: None},
        "exp(x) > 9 implies x > 0": {1: True, -1: None},
        "not (exp(x) > 9)": {1: None},
        "exp(x) > 9 iff x > 0": {1: None},
        "1/x > 0": {0: None, 1: True},
    }
    for text, wanted in holds.items():
        along = line.read(parse_statement(text))
        assert {v: along.holds(Fraction(v)) for v in wanted} == wanted, text


def test_roots_that_agree_in_hundreds_of_digits_are_left_out():
    """FLINT takes minutes to tell them apart; those of a polynomial with short coefficients are found beside them."""
    near = Fraction(10**400 + 1, 3 * 10**400)
    far = [flint.fmpq_poly([-flint.fmpq(v.numerator, v.denominator), 1]) for v in (near, near + Fraction(1, 10**480))]
    assert real_roots([*far, flint.fmpq_poly([-1, 2])]) == [(Fraction(1, 2), Fraction(1, 2))]
    assert len(real_roots([flint.fmpq_poly([-flint.fmpq(10**40 + 1, 3 * 10**40), 1]), flint.fmpq_poly([-1, 3])])) == 2

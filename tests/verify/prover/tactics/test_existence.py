"""Domains of points that can't be written down."""

from verify.language.parser import parse_problem
from verify.prover.tactics import existence


def inhabited(*assume):
    return existence.solvable(parse_problem("0 == 0", list(assume)))


def test_a_point_is_found_where_equations_leave_only_irrational_ones():
    assert inhabited("x^5 + x == 1")
    assert inhabited("x^5 + x == 1", "0 < x < 1")


def test_it_gives_up_at_double_roots_and_at_equations_that_depend_on_each_other():
    assert not inhabited("(x^3 - 2)^2 == 0")  # there is a point, but no test of a box shows it
    assert inhabited("x^3 - 2 == 0")
    assert not inhabited("x^3 + y == 2", "2*x^3 + 2*y == 4")
    assert inhabited("x^3 + y == 2", "x - y == 1")


def test_it_says_nothing_of_domains_without_points():
    assert not inhabited("x^3 + x == 1", "x > 1")
    assert inhabited("x^3 + x == 1", "x < 1")

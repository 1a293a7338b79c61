"""Where counterexamples are looked for, effort by effort."""

import pytest

from verify.counterexamples.candidates import candidates
from verify.counterexamples.points import grid
from verify.counterexamples.refute import refute
from verify.language.parser import parse_problem


def keys(points):
    return [tuple(sorted(p.items())) for p in points]


@pytest.mark.parametrize("text", ["x >= 0", "x*y >= 0", "x*y*z >= 0", "x*y*z*w >= 0"])
@pytest.mark.parametrize("after, effort", [(0, 1), (1, 2), (0, 2)])
def test_a_larger_grid_after_a_smaller_one_has_what_that_has_not(text, after, effort):
    sequent = parse_problem(text, [])
    first, rest, whole = (keys(grid(sequent, *a)) for a in ((after,), (effort, after), (effort,)))
    assert set(first) | set(rest) == set(whole)
    # Points on the diagonal are in a row of their own as well.
    assert all(len({value for _, value in point}) == 1 for point in set(first) & set(rest))


def test_points_after_an_effort_are_others():
    sequent = parse_problem("x^2 + y^2 >= x*y", ["x > 1", "y > x"])
    first, rest = set(keys(candidates(sequent, 0))), keys(candidates(sequent, 1, 0))
    assert rest and len(first.intersection(rest)) < len(rest) / 4
    assert len(rest) < len(keys(candidates(sequent, 1)))


def test_what_a_glance_does_not_see_a_longer_look_after_it_does():
    sequent = parse_problem("(7*x - 5)^2 + (3*y - 2*x)^2 + (x - y - z)^2 > 0", [])
    assert refute(sequent, effort=0) is None
    assert refute(sequent, effort=2, after=0) is not None

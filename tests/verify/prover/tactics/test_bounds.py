"""Bounds on single variables, read off the facts."""

from tests.verify.prover.tactics.proving import trial
from verify.prover.tactics import bounds


def bounds_of(x, *assume):
    looked = trial("0 <= 1", [*assume])
    found = bounds.isolate(looked.search.checker, looked.builder.state, x)
    return {(b.lower, b.term, b.strict) for b in found if b.variable == x}


def test_literal_bounds_and_solved_ones():
    assert bounds_of("x", "x > 2") == {(True, 2, True)}
    assert (False, 3, False) in bounds_of("x", "2*x + 1 <= 7")


def test_a_solved_bound_is_proved_from_its_fact():
    looked = trial("0 <= 1", ["a > 0", "a*x <= b"])
    [bound] = [b for b in bounds.isolate(looked.search.checker, looked.builder.state, "x") if b.variable == "x"]
    assert bound.term == ("/", "b", "a") and not bound.lower and bound.scale is not None
    bounds.add_bound(looked.builder, bound)
    assert looked.builder.state.knows(bound.formula)


def test_it_gives_up_where_the_slope_has_no_sign_or_the_fact_is_not_linear():
    assert bounds_of("x", "a*x <= b") == set()
    assert bounds_of("x", "a*x <= b", "a < 0") != set()
    assert bounds_of("x", "x^2 <= 4") == set()

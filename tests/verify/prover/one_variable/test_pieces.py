"""Where a sign changes, and the pieces that follow from it."""

from fractions import Fraction

import flint
import pytest

from tests.verify.prover.tactics.proving import working
from verify.kernel.reals.derivatives import derivative
from verify.language.rational_functions import fraction
from verify.prover.one_variable.candidates import candidates, simplified
from verify.prover.one_variable.interval import Interval
from verify.prover.one_variable.pieces import Goal, plan
from verify.prover.one_variable.sign_changes import changes, sign_at, sign_on

LINE = Interval(None, False, None, False)
POSITIVE = Interval(Fraction(0), False, None, False)


@pytest.fixture(autouse=True)
def enough():
    with working(1_000_000), flint.ctx.workprec(160):
        yield


def planned(w, interval, *, strict):
    return plan(Goal(w, w, derivative(w, "x"), "x", strict), interval)


def test_a_change_at_a_simple_number_is_that_number():
    first, found = changes(("+", ("exp", "x"), -1), "x", LINE)
    assert first == -1
    assert [(c.low, c.high, c.rises) for c in found] == [(0, 0, True)]


def test_a_change_elsewhere_is_narrowed_down():
    first, (change,) = changes(("+", ("log", "x"), -1), "x", POSITIVE)
    assert first == -1 and change.rises and not change.exact
    assert change.low < Fraction(2718281828, 10**9) + 1 and 0 < change.high - change.low < Fraction(1, 2**20)


def test_signs_are_asked_for_where_there_are_values():
    assert sign_on(("exp", "x"), "x", LINE) == 1
    assert sign_on("x", "x", LINE) is None
    assert sign_at(("log", "x"), "x", Fraction(-1)) is None


def test_a_minimum_at_a_number_is_the_base_of_one_piece():
    (piece,) = planned(("+", ("exp", "x"), ("-", "x"), -1), LINE, strict=False)
    assert piece.base == 0 and piece.interval == LINE
    assert planned(("+", ("exp", "x"), ("-", "x"), -1), LINE, strict=True) is None  # it is 0 there
    assert planned(("+", ("exp", "x"), ("-", "x"), Fraction(-9, 8)), LINE, strict=False) is None  # and below here


def test_around_a_minimum_elsewhere_stands_a_short_piece():
    w = ("+", ("exp", "x"), ("^", "x", 2), Fraction(-4, 5))
    left, middle, right = planned(w, LINE, strict=True)
    assert middle.short and not left.short and not right.short
    assert left.base == left.interval.high == middle.interval.low
    assert right.base == right.interval.low == middle.interval.high
    assert planned(("+", ("exp", "x"), ("^", "x", 2), -1), LINE, strict=True) is None  # negative there


def test_a_function_that_falls_for_ever_has_no_base():
    assert planned(("exp", ("-", "x")), POSITIVE, strict=True) is None
    assert planned(("exp", "x"), POSITIVE, strict=True) is not None


def test_dividing_by_a_term_makes_the_slope_rational():
    field, n, _ = fraction(("+", ("*", "x", ("log", "x")), ("^", "x", 2)))
    functions = list(candidates(field, n, "x", POSITIVE))
    assert any("log" not in str(slope) for _, slope in functions)
    assert simplified(("log", "x"), "x") == ((1, 0), ("/", 1, "x")) or simplified(("log", "x"), "x")[0][0] <= 1

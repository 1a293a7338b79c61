"""Bounds of function values on a short interval."""

from fractions import Fraction

import flint
import pytest

from tests.verify.prover.tactics.proving import trial, working
from verify.prover.api import PRECISION
from verify.prover.one_variable.boxes import TooWide, positive_on_box, rounded

CASES = [
    ("exp(x) + x^2 > 4/5", Fraction(-3, 8), Fraction(-23, 64)),
    ("log(1 + exp(-x)) > 1/3", Fraction(0), Fraction(1, 2)),
    ("x*log(x) > -2/5", Fraction(3, 8), Fraction(25, 64)),
    ("1/(1 + exp(x)) < 1/2", Fraction(1, 8), Fraction(1)),
]


def seen(statement: str, low: Fraction, high: Fraction) -> bool:
    """Whether bounds of the values show the statement; the proof is checked as a whole."""
    looked = trial(statement, [f"{low} <= x <= {high}"])
    with working(200_000):
        node = positive_on_box(looked.builder, "x", (low, high), looked.start.goal)
        if node is not None:
            looked.search.checker.prove(looked.start, node)
    return node is not None


@pytest.mark.parametrize(("statement", "low", "high"), CASES)
def test_it_sees_what_has_room(statement: str, low: Fraction, high: Fraction):
    assert seen(statement, low, high)


def test_it_does_not_see_what_is_false_or_too_wide():
    assert not seen("x*log(x) > -1/3", Fraction(3, 8), Fraction(7, 16))
    assert not seen("exp(x) + x^2 > 4/5", Fraction(-2), Fraction(1))
    assert not seen("exp(x) >= 1 + x", Fraction(-1, 8), Fraction(1, 8))  # true, and sharp inside


def test_a_ball_is_rounded_outwards():
    with flint.ctx.workprec(PRECISION):
        ball = flint.arb(2).log()
        low, high = rounded(ball)
        assert flint.arb(flint.fmpq(low.numerator, low.denominator)) < ball
        assert ball < flint.arb(flint.fmpq(high.numerator, high.denominator))
        assert high - low < Fraction(1, 2**20)
        with pytest.raises(TooWide):
            rounded(flint.arb("nan"))

"""Where the sign of a term in one variable changes: by ball arithmetic at points, so that it is a guess and no more."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import flint

from verify.kernel.reals.work import measure
from verify.prover.ball_values import union, value
from verify.prover.one_variable.interval import Interval
from verify.prover.term import Term
from verify.runtime.budget import spend

HALVINGS = 40  # of an interval around a change of sign
SIMPLE = 64  # the largest denominator of a number that is tried as the place itself
TINY = Fraction(1, 2**60)  # values that count as 0 where a place is tried; the ball at its width decides as well


@dataclass(frozen=True)
class Change:
    """A place where a sign changes, between two numbers or, where they agree, at one; ``rises``: to plus."""

    low: Fraction
    high: Fraction
    rises: bool

    @property
    def exact(self) -> bool:
        return self.low == self.high


def at(t: Term, y: str, v: Fraction) -> flint.arb:
    """A ball with the value of a term at a number; not finite where there is none."""
    return over(t, y, v, v)


def over(t: Term, y: str, low: Fraction, high: Fraction) -> flint.arb:
    """A ball with all values of a term on an interval; not finite where it may have none."""
    spend(2 * measure(t)[0])
    try:
        return value(t, {y: union(low, high)})
    except (KeyError, OverflowError):  # another variable, or a number that is too large
        return flint.arb("nan")


def sign_at(t: Term, y: str, v: Fraction) -> int | None:
    """The sign at a number: 0 where a ball around 0 is all that is known, None where there is no value."""
    ball = at(t, y, v)
    return None if not ball.is_finite() else 1 if ball > 0 else -1 if ball < 0 else 0


def sign_on(t: Term, y: str, interval: Interval) -> int | None:
    """The one sign other than 0 that a term has at the points of an interval, 0 if it has none; None if it has both."""
    seen = {sign_at(t, y, v) for v in interval.points()} - {None, 0}
    return None if len(seen) > 1 else next(iter(seen), 0)


def changes(t: Term, y: str, interval: Interval) -> tuple[int, list[Change]] | None:
    """The sign before the first change (0 if there is none anywhere), and the changes in order; None without values."""
    signs = [(v, s) for v in interval.points() for s in (sign_at(t, y, v),) if s is not None]
    if not signs:
        return None
    seen = [(v, s) for v, s in signs if s]
    if not seen:
        return 0, []
    out = [narrowed(t, y, a, b, s) for (a, r), (b, s) in pairwise(seen) if r != s]
    return seen[0][1], out


def narrowed(t: Term, y: str, low: Fraction, high: Fraction, after: int) -> Change:
    """The change between two numbers, at one simple number if the value there looks like 0."""
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        s = sign_at(t, y, middle)
        if not s:
            break
        low, high = (low, middle) if s == after else (middle, high)
    simple = ((low + high) / 2).limit_denominator(SIMPLE)
    if abs(simple - (low + high) / 2) <= Fraction(1, 2**16) and not sign_at(t, y, simple):
        ball = at(t, y, simple)
        if ball.is_finite() and abs(ball) < float(TINY):
            return Change(simple, simple, after > 0)
    return Change(low, high, after > 0)

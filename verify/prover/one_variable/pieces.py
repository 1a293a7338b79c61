"""The pieces of an interval on which a function rises or falls, each with the end where it is least, as a plan.

A minimum at a simple number is the common end of two pieces; around every other place where the slope changes its sign
stands a short piece on which the function is seen to be positive by its values.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from verify.prover.one_variable.interval import Interval
from verify.prover.one_variable.sign_changes import Change, changes, over, sign_at
from verify.prover.term import Term

FINEST = 14  # a short piece is a part of the line between whole numbers of length 2^-k, k up to this
COARSEST = -3


@dataclass(frozen=True)
class Piece:
    """A part of an interval; ``base`` is the end where the function is least, None at infinity and on a short piece."""

    interval: Interval
    base: Fraction | None
    short: bool = False


@dataclass(frozen=True)
class Goal:
    """What is to be planned: that ``f`` is positive (not negative) on the interval, by the monotone function ``w``.

    ``w`` has the sign of ``f`` and the derivative ``slope``.
    """

    f: Term
    w: Term
    slope: Term
    y: str
    strict: bool


def plan(goal: Goal, interval: Interval) -> list[Piece] | None:
    """Pieces that cover the interval from left to right; None where the function has no least value that helps."""
    found = changes(goal.slope, goal.y, interval.inside())
    if found is None:
        return None
    sign, places = found
    out: list[Piece] = []
    rest = interval
    for change in places:
        cut = (change.low, change.high) if change.exact else short(goal, rest, change)
        if cut is None:
            return None
        low, high = cut
        if rest.low is None or rest.low < low:
            out.append(Piece(rest.below(low), base_of(rest.below(low), sign)))
            rest = rest.above(low)
        if low < high:
            if rest.high is not None and rest.high <= high:
                return checked(goal, [*out, Piece(rest, None, short=True)])
            out.append(Piece(rest.below(high), None, short=True))
            rest = rest.above(high)
        sign = 1 if change.rises else -1
    out.append(Piece(rest, base_of(rest, sign)))
    return checked(goal, out)


def base_of(interval: Interval, sign: int) -> Fraction | None:
    """The end where a function with a slope of that sign is least; a constant is least at each."""
    if sign == 0:
        return interval.low if interval.low is not None else interval.high
    return interval.low if sign > 0 else interval.high


def short(goal: Goal, interval: Interval, change: Change) -> tuple[Fraction, Fraction] | None:
    """An interval with simple ends around a change, on which ``f`` is positive."""
    for k in range(COARSEST, FINEST + 1):
        width = Fraction(2) ** -k
        low = Fraction((change.low / width).__floor__()) * width
        high = Fraction((change.high / width).__ceil__()) * width
        if interval.low is not None and low <= interval.low:
            low = interval.low
        if interval.high is not None and high >= interval.high:
            high = interval.high
        if low == high:
            continue
        ball = over(goal.f, goal.y, low, high)
        if ball.is_finite() and ball > 0:
            return low, high
    return None


def checked(goal: Goal, pieces: list[Piece]) -> list[Piece] | None:
    """The pieces, with two that have their base in common as one; None where a base does not do."""
    out: list[Piece] = []
    for piece in pieces:
        if piece.short:
            out.append(piece)
            continue
        if not serves(goal, piece):
            return None
        if out and out[-1].base == piece.base == out[-1].interval.high:
            before = out.pop().interval
            out.append(replace(piece, interval=replace(piece.interval, low=before.low, low_in=before.low_in)))
        else:
            out.append(piece)
    return out


def serves(goal: Goal, piece: Piece) -> bool:
    """Whether the function has a value at the base that is positive, or 0 where that is enough."""
    base, interval = piece.base, piece.interval
    if base is None:
        return False
    s = sign_at(goal.w, goal.y, base)
    outside = (base == interval.low and not interval.low_in) or (base == interval.high and not interval.high_in)
    if s is None or s < 0 or (s == 0 and goal.strict and not outside):
        return False
    return all(sign_at(goal.w, goal.y, v) is not None for v in interval.ends())

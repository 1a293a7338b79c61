"""Intervals with rational or infinite ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from verify.kernel.reals.terms import Formula
from verify.language.raw_terms import number

PARTS = 24  # of a bounded interval, or of each unit piece of a long one, at whose ends a function is looked at
CLOSEST, FARTHEST = 24, 7  # points come as close to an end as a part of 2^-24, and go as far out as 2^7


@dataclass(frozen=True)
class Interval:
    """The numbers between two ends; None stands for infinity on that side.

    >>> [str(v) for v in Interval(Fraction(0), False, Fraction(1), True).middle()]
    ['1/2']
    """

    low: Fraction | None
    low_in: bool
    high: Fraction | None
    high_in: bool

    @property
    def bounded(self) -> bool:
        return self.low is not None and self.high is not None

    def inside(self) -> Interval:
        """The interval without its ends."""
        return replace(self, low_in=False, high_in=False)

    def below(self, cut: Fraction) -> Interval:
        """The part up to ``cut``, which belongs to it."""
        return replace(self, high=cut, high_in=True)

    def above(self, cut: Fraction) -> Interval:
        """The part beyond ``cut``, which does not belong to it."""
        return replace(self, low=cut, low_in=False)

    def lower(self, y: str) -> Formula | None:
        """The relation that says where ``y`` begins."""
        return None if self.low is None else ("<=" if self.low_in else "<", number(self.low), y)

    def upper(self, y: str) -> Formula | None:
        """The relation that says where ``y`` ends."""
        return None if self.high is None else ("<=" if self.high_in else "<", y, number(self.high))

    def facts(self, y: str) -> dict[Formula, None]:
        """All that is known of a variable in the interval."""
        return {f: None for f in (self.lower(y), self.upper(y)) if f is not None}

    def ends(self) -> list[Fraction]:
        """The finite ends that belong to the interval."""
        pairs = ((self.low, self.low_in), (self.high, self.high_in))
        return [v for v, belongs in pairs if belongs and v is not None]

    def middle(self) -> Iterator[Fraction]:
        """A simple number inside, at which the interval may be cut."""
        if self.low is not None and self.high is not None:
            yield (self.low + self.high) / 2
        elif self.low is not None:
            yield self.low + 1
        elif self.high is not None:
            yield self.high - 1
        else:
            yield Fraction(0)

    def points(self) -> list[Fraction]:
        """Points inside, in increasing order: dense near the ends, spread over the middle."""
        if self.low is not None and self.high is not None:
            width = self.high - self.low
            near = [Fraction(1, 2**k) for k in range(CLOSEST, 4, -2)]
            parts = [*near, *(Fraction(k, PARTS) for k in range(1, PARTS)), *(1 - v for v in reversed(near))]
            return [self.low + width * v for v in sorted(parts)]
        steps = [Fraction(1, 2**k) for k in range(CLOSEST, 4, -2)] + [Fraction(k, 8) for k in range(1, PARTS)]
        steps += [Fraction(3 * 2**k) for k in range(FARTHEST - 1)]
        if self.low is not None:
            return [self.low + v for v in steps]
        if self.high is not None:
            return [self.high - v for v in reversed(steps)]
        return [*(-v for v in reversed(steps)), Fraction(0), *steps]

"""Points at which a theory's statements are looked at first: exact values of its symbols."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

Assignment = Mapping[str, Fraction]


def exactly(**values: str) -> dict[str, Fraction]:
    """Names with their values, written as text: ``exactly(alpha="1/3")``."""
    return {name: Fraction(value) for name, value in values.items()}


@dataclass(frozen=True, eq=False, kw_only=True)
class Points:
    """``grid``: the points at which the lock keeps values, ordinary ones of the domain and some far out.

    ``ordinary``: values at which different terms of the theory are equal (at a threshold, for one task, ...); a
    counterexample is looked for there and after every combination of one change of each group in ``special``.
    """

    grid: tuple[Assignment, ...] = ()
    ordinary: Assignment = field(default_factory=dict)
    special: tuple[tuple[Assignment, ...], ...] = ()

    def special_points(self) -> Iterator[Assignment]:
        for change in itertools.product(*self.special) if self.ordinary else ():
            yield {**self.ordinary, **{name: value for part in change for name, value in part.items()}}


NO_POINTS = Points()

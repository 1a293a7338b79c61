"""Parameters that conditions determine, linearly or as the root of a quadratic equation, and how forms are reduced.

Where ``r^2 == b r + a`` every rational function of r is one ``p + q r``, and zero only if p and q are: so what has to
cancel is seen to cancel. Source: arithmetic in a quadratic extension; the conjugate of r is b - r.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

import flint

from verify.language.rational_functions import as_fraction
from verify.spaces.multipliers.ratios import Ratio, Ratios

DIGITS = 80  # binary ones, of a root at a point: far beyond what floats see of it


@dataclass(frozen=True, slots=True)
class Elimination:
    """A parameter, its value, and the place of the condition that says so."""

    index: int
    name: str
    value: Ratio

    def put(self, form: Ratio) -> Ratio:
        """The form without the parameter."""
        return form.put(self.name, self.value)


@dataclass(frozen=True, slots=True)
class Root:
    """A parameter r with ``r^2 == constant + linear * r``, and the place of the condition that says so."""

    index: int
    name: str
    constant: Ratio
    linear: Ratio

    def put(self, form: Ratio) -> Ratio:
        """The form as ``p + q r``, r in no denominator; ``ZeroDivisionError`` where the denominator is zero."""
        place = form.home.names.index(self.name)
        if form.top.degrees()[place] < 2 and form.bottom.degrees()[place] == 0:
            return form
        r = form.home.name(self.name)
        p, q = self.parts(form.home, form.top)
        c, d = self.parts(form.home, form.bottom)
        if not d:
            return (p + q * r) / c
        norm = c * c + c * d * self.linear - d * d * self.constant  # (c + d r) (c + d (b - r))
        other = c + d * self.linear
        return ((p * other - q * d * self.constant) + (q * c - p * d) * r) / norm

    def parts(self, home: Ratios, polynomial: flint.fmpq_mpoly) -> tuple[Ratio, Ratio]:
        """A polynomial in r as p + q r."""
        p, q = home.zero, home.zero
        for k in range(int(polynomial.degrees()[home.names.index(self.name)]), -1, -1):  # Horner's scheme
            p, q = q * self.constant + home.coefficient(polynomial, self.name, k), p + q * self.linear
        return p, q

    def values(self, point: Sequence[flint.fmpq]) -> tuple[flint.fmpq, ...]:
        """Both roots at a point, to ``DIGITS``; none where they are not real, or not defined."""
        try:
            a, b = (as_fraction(c.at(point)) for c in (self.constant, self.linear))
        except ZeroDivisionError:
            return ()
        square = b * b / 4 + a
        if square < 0:
            return ()
        scaled = square * 4**DIGITS
        root = Fraction(isqrt(scaled.numerator // scaled.denominator), 2**DIGITS)
        return tuple(flint.fmpq(v.numerator, v.denominator) for v in (b / 2 + root, b / 2 - root))


Rule = Elimination | Root


def root_of(home: Ratios, equations: Mapping[int, Ratio]) -> list[tuple[tuple[bool, int, int, str], Root, Ratio]]:
    """Each parameter that is a root of an equation, with the factor before its square, which may not be zero.

    The first entries order them: a number as that factor, then parameters that occur in few equations.
    """
    found = []
    for i, form in equations.items():
        for place, name in enumerate(home.names):
            if form.top.degrees()[place] != 2 or form.bottom.degrees()[place] != 0:
                continue
            c, b, a = (home.coefficient(form.top, name, k) for k in (2, 1, 0))
            occurs = sum(f.top.degrees()[place] > 0 for f in equations.values())
            found.append(((not c.constant, occurs, c.size, name), Root(i, name, -(a / c), -(b / c)), c))
    return sorted(found, key=lambda row: row[0])

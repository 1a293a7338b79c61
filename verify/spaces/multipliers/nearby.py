"""Simple numbers near a value in floats: fractions, and where the root r of a number is known, p + q r."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np

from verify.runtime.budget import spend
from verify.spaces.multipliers.ratios import Ratio, Ratios

DENOMINATORS = (12, 32, 64, 128, 256, 512)  # of the number in front; the largest needed was 384
CLOSE = 2e-4  # relative, of the number in front: what interior-point solutions are good for
SURD_DENOMINATORS = (1, 2, 3, 4, 6, 8, 9, 12, 16, 24, 32)
SURDS, MOST_SURDS = 24, 2  # the largest q in (p + q r)/d, and how many of these are offered


def nearby(home: Ratios, value: float, surds: Sequence[tuple[Ratio, float]]) -> Iterator[tuple[float, Ratio]]:
    """How complicated, and what: the simplest fraction, then the simplest p + q r for each root, which is more often
    met by chance.

    ``surds``: roots of numbers, with their values.
    """
    for fraction in rationals(value):
        yield fraction.denominator, home.number(fraction)
    for r, size in surds:
        d, q = np.meshgrid(SURD_DENOMINATORS, [q for q in range(-SURDS, SURDS + 1) if q], indexing="ij")
        p = np.round(value * d - q * size)
        close = np.abs(p + q * size - value * d) < CLOSE / 8 * abs(value) * d
        rows = {
            (Fraction(int(b), int(a)), Fraction(int(c), int(a)))
            for a, b, c in zip(d[close], p[close], q[close], strict=True)
        }
        simple = sorted((b.denominator * c.denominator * (abs(b) + abs(c)), b, c) for b, c in rows)
        spend(d.size // 5)
        for cost, b, c in simple[:MOST_SURDS]:
            yield float(cost), home.number(b) + home.number(c) * r


def rationals(value: float) -> list[Fraction]:
    """The rational number with the smallest denominator that is close."""
    for largest in DENOMINATORS:
        q = Fraction(value).limit_denominator(largest)
        if q and abs(float(q) / value - 1) < (CLOSE if largest <= 32 else CLOSE / 8):
            return [q]
    return [Fraction(0)] if abs(value) < 1e-6 else []

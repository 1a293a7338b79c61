"""Points without any thought about the statement: grids of small and of large numbers, samples of its domain."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction

from verify.counterexamples.sampler import Sampler
from verify.language.logic import Formula, Sequent
from verify.language.rational_functions import ZeroDenominator, raw
from verify.runtime.budget import share

Values = dict[str, Fraction]

GRID = [
    Fraction(v) for v in ("0", "1", "-1", "2", "-2", "1/2", "-1/2", "3", "-3", "1/3", "4", "10", "-10", "1/10", "100")
]
"""Small numbers, the simplest first: an earlier one makes a witness that is easier to read."""

FAR = [Fraction(s) * Fraction(10) ** e for e in (3, -3, 5, 8, -8, 12) for s in (1, -1)]
"""Large and tiny numbers, for statements that fail only far out or close to zero."""

GRID_SIZES = {0: (1, 15, 8, 4, 3), 1: (1, 15, 11, 6, 4), 2: (1, 15, 15, 9, 5)}
"""By effort, how much of the grid each of 0, 1, 2, 3 or 4 variables runs through: below 100, 300 or 800 points."""

SHARE_OF_SAMPLER = 1 / 4  # of the work, for what a sampler solves before its first point
SEED = 3  # any will do; a fixed one makes the search the same each time


def grid(sequent: Sequent, effort: int, after: int | None = None) -> Iterator[Values]:
    """Small values of few variables, and all variables equal; without those of the effort ``after`` which it comes."""
    names = [name for name, _ in sequent.variables]
    if len(names) < len(GRID_SIZES[effort]):
        known = frozenset(GRID[: GRID_SIZES[after][len(names)]] if after is not None else ())
        for values in _product(names, GRID[: GRID_SIZES[effort][len(names)]]):
            if not known.issuperset(values.values()):
                yield values
    if after is not None:
        return
    if len(names) <= 2:
        yield from _product(names, FAR)
    if len(names) == 1:
        for d in range(2, 13):
            for n in range(-2 * d, 2 * d + 1):
                yield {names[0]: Fraction(n, d)}
        for n in range(-60, 61):
            yield {names[0]: Fraction(n)}
    else:
        for d in range(1, 11):
            for n in range(-d, 3 * d + 1):
                if d == 1 or n % d:
                    yield dict.fromkeys(names, Fraction(n, d))


def _product(names: Sequence[str], numbers: Sequence[Fraction]) -> Iterator[Values]:
    for values in itertools.product(numbers, repeat=len(names)):
        yield dict(zip(names, values, strict=True))


def sampled(
    sequent: Sequent, extra: Sequence[Formula], attempts: int, *, simple: bool, count: int = 12, seed: int = SEED
) -> Iterator[Values]:
    """Up to ``count`` points of the domain at which the formulas ``extra`` hold too; none where these are too long."""
    sampler = None
    with contextlib.suppress(ZeroDenominator, OverflowError, MemoryError), share(SHARE_OF_SAMPLER):
        sampler = Sampler(dict(sequent.variables), [raw(f) for f in (*sequent.hypotheses, *extra)], simple=simple)
    for p in () if sampler is None else sampler.points(count, seed=seed, attempts=attempts):
        yield dict(p)

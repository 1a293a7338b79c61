"""Rational values of the parameters: inside the conditions, and on the boundary of each weak one.

A choice of multipliers that is only tried inside may fail at the edge, so the search tries both kinds.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

import flint
import numpy as np

from verify.language.rational_functions import as_fraction
from verify.runtime.budget import spend
from verify.spaces.multipliers.ratios import Ratio, Ratios

Op = Literal[">", ">=", "==", "!="]
Values = tuple[flint.fmpq, ...]  # in the order of the names of the field; 0 for a name that was eliminated

SEED = 1  # any will do; a fixed one makes the search the same each time
SIMPLE = tuple(sorted({Fraction(a, b) for a in (1, 2, 3, 4, 5, 7) for b in (1, 2, 3, 4, 5, 8)}))
"""1/8 to 7: further apart, the solver loses digits that the fit needs."""
WIDE = tuple(sorted({Fraction(a, b) for b in (2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 16) for a in range(1, 3 * b)}))
"""For domains that few of the simple numbers meet."""
SIGNED = (*SIMPLE, *(-q for q in SIMPLE))
WHOLE = tuple(Fraction(n) for n in range(14))
BATCHES = ((SIMPLE, 600), (SIMPLE, 6000), (SIGNED, 6000), (WIDE, 20000))
"""Until there are enough; negative numbers are tried besides, wherever they are allowed."""
MARGIN = 1e-3  # how far inside a strict condition has to hold, so that floats can see it
ENOUGH = 8  # inner points that end the drawing from wider sets of numbers
EDGES = 3  # boundary points for each weak condition and parameter


@dataclass(frozen=True, slots=True)
class Gap:
    """``form`` stands in this relation to 0; its denominator does not vanish where the conditions hold."""

    op: Op
    form: Ratio


def holds(gap: Gap, point: Values) -> bool:
    """Whether a condition holds at a point, exactly."""
    try:
        value = gap.form.at(point)
    except ZeroDivisionError:
        return False
    return bool({">": value > 0, ">=": value >= 0, "==": value == 0, "!=": value != 0}[gap.op])


def inner(
    home: Ratios, names: Sequence[str], gaps: Sequence[Gap], integers: frozenset[str], count: int
) -> list[Values]:
    """Up to ``count`` points at which every condition holds strictly; the empty point where there are no names."""
    if not names:
        point = (flint.fmpq(0),) * len(home.names)
        return [point] if all(holds(g, point) for g in gaps) else []
    rng = random.Random(SEED)
    found: dict[Values, None] = {}
    for numbers, size in BATCHES:
        for point in _drawn(home, names, gaps, integers, numbers, size, rng):
            found[point] = None
            if len(found) >= count:
                break
        if len(found) >= ENOUGH:
            break
    negative = [p for p in _drawn(home, names, gaps, integers, SIGNED, BATCHES[0][1], rng) if min(p) < 0]
    return _mixed([p for p in found if p not in negative], negative, count)


def _mixed(some: list[Values], others: list[Values], count: int) -> list[Values]:
    """Two of the first kind, then one of the other, and so on; the rest of one kind where the other ends."""
    out: dict[Values, None] = {}
    for i in range(max(len(some), len(others))):
        out |= dict.fromkeys([*some[2 * i : 2 * i + 2], *others[i : i + 1]])
    return list(out)[:count]


def _drawn(
    home: Ratios,
    names: Sequence[str],
    gaps: Sequence[Gap],
    integers: frozenset[str],
    numbers: Sequence[Fraction],
    size: int,
    rng: random.Random,
) -> Iterator[Values]:
    spend(size * (1 + len(gaps)) // 4)
    columns = [rng.choices(WHOLE if x in integers else numbers, k=size) for x in names]
    table = dict(zip(names, columns, strict=True))
    zero = np.zeros(size)
    floats = [np.array([float(q) for q in table[x]]) if x in table else zero for x in home.names]
    good = np.ones(size, dtype=bool)
    with np.errstate(all="ignore"):
        for gap in gaps:
            value = numeric(gap.form, floats)
            good &= np.abs(value) > MARGIN if gap.op == "!=" else value > MARGIN
    kept = dict.fromkeys(
        tuple(table[x][row] if x in table else Fraction(0) for x in home.names) for row in np.flatnonzero(good)
    )
    for values in kept:
        point = tuple(map(_fmpq, values))
        if all(holds(gap, point) for gap in gaps):
            yield point


def boundary(names: Sequence[str], gaps: Sequence[Gap], points: Sequence[Values]) -> list[Values]:
    """Points near the first inner ones at which a weak condition holds with equality, and the others all the same."""
    found: dict[Values, None] = {}
    for gap in gaps:
        if gap.op != ">=":
            continue
        top, home = gap.form.top, gap.form.home
        for name in names:
            if top.degrees()[home.names.index(name)] != 1:
                continue
            slope, rest = home.coefficient(top, name, 1), home.coefficient(top, name, 0)
            for point in points[:EDGES]:
                below = slope.at(point)
                if below == 0:
                    continue
                i = home.names.index(name)
                moved = (*point[:i], -rest.at(point) / below, *point[i + 1 :])
                if all(holds(g, moved) for g in gaps):
                    found[moved] = None
    return list(found)


def numeric(form: Ratio, columns: Sequence[Any]) -> Any:
    """The values of a rational function at many points in floats, one column for each name."""

    def value(p: Any) -> Any:
        total: Any = 0.0
        for exponents, c in p.to_dict().items():
            term: Any = float(as_fraction(c))
            for e, x in zip(exponents, columns, strict=False):
                if e:
                    term = term * x ** int(e)
            total = total + term
        return total

    return value(form.top) / value(form.bottom) + (0 * columns[0] if columns else 0.0)


def _fmpq(q: Fraction) -> flint.fmpq:
    return flint.fmpq(q.numerator, q.denominator)

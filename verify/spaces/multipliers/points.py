"""Rational values of the parameters: inside the conditions, and on the boundary of each weak one.

A choice of multipliers that is only tried inside may fail at the edge, so the search tries both kinds.
"""

from __future__ import annotations

import itertools
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
from verify.spaces.multipliers.roots import Root

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
    home: Ratios,
    names: Sequence[str],
    gaps: Sequence[Gap],
    integers: frozenset[str],
    count: int,
    roots: Sequence[Root] = (),
) -> list[Values]:
    """Up to ``count`` points at which every condition holds strictly; the empty point where there are no names.

    ``roots``: what is not drawn but computed, each from the names and from those behind it.
    """
    rng = random.Random(SEED)
    found: dict[Values, None] = {}
    for numbers, size in BATCHES if names else ((SIMPLE, 1),):
        for point in _drawn(home, names, gaps, integers, numbers, size, rng, roots):
            found[point] = None
            if len(found) >= count:
                break
        if len(found) >= ENOUGH:
            break
    if not names:
        return list(found)
    drawn = [i for i, x in enumerate(home.names) if x in names]
    few = _drawn(home, names, gaps, integers, SIGNED, BATCHES[0][1], rng, roots)
    negative = [p for p in few if min(p[i] for i in drawn) < 0]
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
    roots: Sequence[Root],
) -> Iterator[Values]:
    spend(size * (1 + len(gaps)) // 4)
    columns = [rng.choices(WHOLE if x in integers else numbers, k=size) for x in names]
    table = dict(zip(names, columns, strict=True))
    zero = np.zeros(size)
    floats = [np.array([float(q) for q in table[x]]) if x in table else zero for x in home.names]
    rows = [tuple(table[x][row] if x in table else Fraction(0) for x in home.names) for row in range(size)]
    for branches in itertools.product((0, 1), repeat=len(roots)):
        good = np.ones(size, dtype=bool)
        with np.errstate(all="ignore"):
            for root, branch in zip(reversed(roots), branches, strict=True):
                half = numeric(root.linear, floats) / 2 + zero
                off = np.sqrt(half**2 + numeric(root.constant, floats))
                floats[home.names.index(root.name)] = half - off if branch else half + off
            for gap in gaps:
                value = numeric(gap.form, floats)
                good &= np.abs(value) > MARGIN if gap.op == "!=" else value > MARGIN
        for values in dict.fromkeys(rows[row] for row in np.flatnonzero(good)):
            point = _completed(tuple(map(_fmpq, values)), roots, branches)
            if point is not None and all(holds(gap, point) for gap in gaps):
                yield point


def _completed(point: Values, roots: Sequence[Root], branches: Sequence[int]) -> Values | None:
    """The point with the roots, nearly; None where one is not real."""
    for root, branch in zip(reversed(roots), branches, strict=True):
        values = root.values(point)
        if not values:
            return None
        i = root.constant.home.names.index(root.name)
        point = (*point[:i], values[branch], *point[i + 1 :])
    return point


def boundary(
    names: Sequence[str], gaps: Sequence[Gap], points: Sequence[Values], roots: Sequence[Root] = ()
) -> list[Values]:
    """Points near the first inner ones at which a weak condition holds with equality, and the others all the same.

    Only for conditions without ``roots``, which are not known exactly.
    """
    found: dict[Values, None] = {}
    for gap in gaps:
        top, home = gap.form.top, gap.form.home
        if gap.op != ">=" or any(gap.form.has(r.name) for r in roots):
            continue
        for name in names:
            if top.degrees()[home.names.index(name)] != 1:
                continue
            slope, rest = home.coefficient(top, name, 1), home.coefficient(top, name, 0)
            for point in points[:EDGES]:
                below = slope.at(point)
                if below == 0:
                    continue
                i = home.names.index(name)
                moved: Values = (*point[:i], -rest.at(point) / below, *point[i + 1 :])
                for branches in itertools.product((0, 1), repeat=len(roots)):
                    full = _completed(moved, roots, branches)
                    if full is not None and all(holds(g, full) for g in gaps):
                        found[full] = None
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

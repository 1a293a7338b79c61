"""Rational points on which an equation holds exactly, as places where a statement may fail; judged elsewhere."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import flint

from verify.language import logic
from verify.language.definedness import integer_constant
from verify.language.logic import Sequent
from verify.language.rational_functions import Field, Raw, ZeroDenominator, raw
from verify.runtime.budget import spend

Values = dict[str, Fraction]
LARGEST = 200  # whole values of the only other variable
MOST_BASES = 8
COST = 40  # of one polynomial in one variable and its roots, in units of work


def rational_roots(
    sequent: Sequent, extra: logic.Formula, grid: Sequence[Fraction], *, only_equations: bool = False
) -> Iterator[Values]:
    """Points where an equation holds exactly: solved for one variable, or reached along a line from another point.

    ``grid`` are values for the other variables; ``only_equations`` leaves the boundaries of inequalities alone.
    """
    relations = [r for f in (*sequent.hypotheses, extra) for r in relations_of(raw(f))]
    names = [name for name, _ in sequent.variables]
    if not names or len(names) > 4:
        return
    for op, a, b in relations:
        if only_equations and op != "==":
            continue
        gap = ("+", a, ("-", b))
        try:
            field = Field([gap, *names])
            p, _ = field.quotient(gap)
        except ZeroDenominator:
            continue
        if not all(isinstance(x, str) for x in field.atoms) or p.total_degree() < 2 or p.total_degree() > 8:
            continue
        indices = [field.index[x] for x in names]
        yield from solved(p, names, indices, dict(sequent.variables), grid)
        if op == "==" and p.total_degree() == 2:
            yield from along_lines(p, names, indices, grid)


def relations_of(f: Raw) -> Iterator[Raw]:
    if f[0] in logic.RELATIONS:
        yield f
    else:
        for a in f[1:]:
            yield from relations_of(a)


def solved(
    p: Any, names: list[str], indices: list[int], kinds: dict[str, str], grid: Sequence[Fraction]
) -> Iterator[Values]:
    """Values of all but one variable from a small grid, of that one from the rational roots of p or its derivative."""
    for k, x in enumerate(names):
        others = [n for n in names if n != x]
        choices = [
            [Fraction(v) for v in range(LARGEST if len(others) == 1 else 8)] if kinds[n] == "integer" else grid[:9]
            for n in others
        ]
        if len(others) > 2:
            choices = [c[:4] for c in choices]
        for values in itertools.product(*choices):
            spend(COST)
            table = dict(zip(others, values, strict=True))
            for q in (p, p.derivative(indices[k])):
                for root in roots_in(q, indices, names, x, table):
                    yield {**table, x: root}


def roots_in(p: Any, indices: list[int], names: list[str], x: str, table: Values) -> list[Fraction]:
    coefficients: dict[int, Fraction] = {}
    for m, c in p.terms():
        value = Fraction(int(c.p), int(c.q))
        degree = 0
        for i, n in zip(indices, names, strict=True):
            if n == x:
                degree = int(m[i])
            elif m[i]:
                value *= table[n] ** int(m[i])
        coefficients[degree] = coefficients.get(degree, Fraction(0)) + value
    top = max(coefficients, default=0)
    if top == 0:
        return []
    row = [coefficients.get(d, Fraction(0)) for d in range(top + 1)]
    poly = flint.fmpq_poly([flint.fmpq(v.numerator, v.denominator) for v in row])
    if poly.degree() < 1:
        return []
    out = []
    for factor, _ in poly.factor()[1]:
        if factor.degree() == 1:
            root = -factor[0] / factor[1]
            out.append(Fraction(int(flint.fmpq(root).p), int(flint.fmpq(root).q)))
    return out


def along_lines(p: Any, names: list[str], indices: list[int], grid: Sequence[Fraction]) -> Iterator[Values]:
    """Rational points of a quadric: the second intersections of the lines through one of them."""
    used = [n for n, i in zip(names, indices, strict=True) if p.degrees()[i]]

    def value(point: Values) -> Fraction:
        full = [Fraction(0)] * len(p.degrees())
        for n, i in zip(names, indices, strict=True):
            full[i] = point.get(n, Fraction(0))
        v = p(*[flint.fmpq(c.numerator, c.denominator) for c in full])
        return Fraction(int(v.p), int(v.q))

    bases = itertools.product(grid[:5], repeat=len(used))
    base = next((b for b in bases if value(dict(zip(used, b, strict=True))) == 0), None)
    if base is None:
        return
    start = dict(zip(used, base, strict=True))
    span = range(-7, 8) if len(used) <= 2 else range(-3, 4)
    for direction in itertools.product(span, repeat=len(used)):
        if not any(direction):
            continue
        spend(COST)
        one = value({n: v + d for (n, v), d in zip(start.items(), direction, strict=True)})
        two = value({n: v - d for (n, v), d in zip(start.items(), direction, strict=True)})
        linear, square = (one - two) / 2, (one + two) / 2
        if square:
            s = -linear / square
            point = {n: v + s * d for (n, v), d in zip(start.items(), direction, strict=True)}
            yield {n: point.get(n, Fraction(1)) for n in names}


# ---------------------------------------------------------------- zeros of squares


def square_zeros(sequent: Sequent, values: Sequence[Fraction]) -> Iterator[Values]:
    """Points where the bases of even powers vanish, all of them or some, by linear algebra: (2x + y)^2 + (y - 3)^2.

    ``values`` are given in turn to the variables that the equations leave free.
    """
    names = [name for name, _ in sequent.variables]
    rows: dict[tuple[Fraction, ...], None] = {}
    for f in (*sequent.hypotheses, sequent.goal):
        for r in logic.relations(f):
            for t in (t for side in (r.lhs, r.rhs) for t in logic.subterms(side)):
                row = linear(raw(t.args[0]), names) if vanishes_within(t) else None
                if row is not None:
                    rows[row] = None
    bases = list(rows)[:MOST_BASES]
    for size in range(len(bases), 0, -1):
        for system in itertools.combinations(bases, size):
            for free in values:
                spend(COST)
                point = zero_of(system, free)
                if point is None:
                    break
                yield dict(zip(names, point, strict=True))


def vanishes_within(t: logic.Term) -> bool:
    """Whether a term is an even power or an absolute value."""
    if not isinstance(t, logic.App):
        return False
    n = integer_constant(t.args[1]) if t.op == "^" else None
    return t.op == "abs" or (n is not None and n > 0 and n % 2 == 0)


def linear(t: Raw, names: Sequence[str]) -> tuple[Fraction, ...] | None:
    """The coefficients of the variables and the constant, None for a term that is not linear or is constant."""
    try:
        field = Field([t, *names])
        n, d = field.quotient(t)
    except ZeroDenominator:
        return None
    if n == 0 or d.total_degree() > 0 or n.total_degree() != 1 or not all(isinstance(a, str) for a in field.atoms):
        return None
    row = [Fraction(0)] * (len(names) + 1)
    for exponents, c in field.monomials(n):
        used = [field.atoms[i] for i, e in enumerate(exponents) if e]
        row[names.index(used[0]) if used else -1] = c
    return tuple(row)


def zero_of(system: Sequence[tuple[Fraction, ...]], free: Fraction) -> list[Fraction] | None:
    """A common zero of linear functions with one value for what is left free, by elimination; None if there is none."""
    count = len(system[0]) - 1
    matrix = flint.fmpq_mat([[flint.fmpq(c.numerator, c.denominator) for c in row] for row in system])
    reduced, rank = matrix.rref()
    point = [free] * count
    for i in range(rank):
        row = [Fraction(int(c.p), int(c.q)) for c in (reduced[i, j] for j in range(count + 1))]
        pivot = next(j for j, c in enumerate(row) if c)
        if pivot == count:
            return None
        point[pivot] = -row[count] - free * sum(row[pivot + 1 : count], Fraction(0))
    return point

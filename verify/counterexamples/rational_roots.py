"""Rational points on which an equation holds exactly, as places where a statement may fail; judged elsewhere."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction

import flint

from verify.counterexamples.points import Values
from verify.language import logic
from verify.language.definedness import integer_constant
from verify.language.logic import App, Formula, Sequent, Term
from verify.language.rational_functions import Field, Polynomial, Raw, ZeroDenominator, as_fraction, raw
from verify.runtime.budget import spend

MOST_VARIABLES = 4
DEGREES = range(2, 9)  # a sampler solves linear equations; of a higher degree few roots are rational
LARGEST = 200  # whole values of the only other variable
MOST_BASES = 8  # even powers whose bases are set to zero, in all 2^8 combinations
COST = 40  # of one polynomial in one variable and its roots, in units of work


def rational_roots(
    sequent: Sequent, failure: Formula, grid: Sequence[Fraction], *, only_equations: bool = False
) -> Iterator[Values]:
    """Points where an equation holds exactly: solved for one variable, or reached along a line from another point.

    ``grid`` are values for the other variables; ``only_equations`` leaves the boundaries of inequalities alone.
    """
    names = [name for name, _ in sequent.variables]
    if not names or len(names) > MOST_VARIABLES:
        return
    for r in [r for f in (*sequent.hypotheses, failure) for r in logic.relations(f)]:
        if only_equations and r.op != "==":
            continue
        gap = ("+", raw(r.lhs), ("-", raw(r.rhs)))
        try:
            field = Field([gap, *names])
            p, _ = field.quotient(gap)
        except ZeroDenominator:
            continue
        if not all(isinstance(x, str) for x in field.atoms) or p.total_degree() not in DEGREES:
            continue
        indices = [field.index[x] for x in names]
        yield from solved(p, names, indices, dict(sequent.variables), grid)
        if r.op == "==" and p.total_degree() == 2:
            yield from along_lines(p, names, indices, grid)


def solved(
    p: Polynomial, names: list[str], indices: list[int], kinds: dict[str, logic.Kind], grid: Sequence[Fraction]
) -> Iterator[Values]:
    """Values of all but one variable from a small grid, of that one from the rational roots of p or its derivative.

    Where the derivative vanishes p may have its smallest value, and so may an inequality between its sides fail.
    """
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


def roots_in(p: Polynomial, indices: list[int], names: list[str], x: str, table: Values) -> list[Fraction]:
    """The rational roots in ``x`` at given values of the others: those of the linear factors over the rationals."""
    coefficients: dict[int, Fraction] = {}
    for m, c in p.terms():
        value = as_fraction(c)
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
    linear = (factor for factor, _ in poly.factor()[1] if factor.degree() == 1)
    return [as_fraction(-factor[0] / factor[1]) for factor in linear]


def along_lines(p: Polynomial, names: list[str], indices: list[int], grid: Sequence[Fraction]) -> Iterator[Values]:
    """Rational points of a quadric: the second intersections of the lines through one of them (Diophantus' method).

    On the line v + s d the polynomial is s (linear + s square), as it vanishes at v, so that s is rational.
    """
    used = [n for n, i in zip(names, indices, strict=True) if p.degrees()[i]]

    def value(point: Values) -> Fraction:
        full = [Fraction(0)] * len(p.degrees())
        for n, i in zip(names, indices, strict=True):
            full[i] = point.get(n, Fraction(0))
        return as_fraction(p(*[flint.fmpq(c.numerator, c.denominator) for c in full]))

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
            for base in (square_base(t) for side in (r.lhs, r.rhs) for t in logic.subterms(side)):
                row = None if base is None else linear(raw(base), names)
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


def square_base(t: Term) -> Term | None:
    """What an even power or an absolute value is of; None for other terms."""
    match t:
        case App("abs", (a,)):
            return a
        case App("^", (a, b)):
            n = integer_constant(b)
            return a if n is not None and n > 0 and n % 2 == 0 else None
    return None


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
        row = [as_fraction(reduced[i, j]) for j in range(count + 1)]
        pivot = next(j for j, c in enumerate(row) if c)
        if pivot == count:
            return None
        point[pivot] = -row[count] - free * sum(row[pivot + 1 : count], Fraction(0))
    return point

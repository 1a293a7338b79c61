"""A point in every cell of one variable: between two neighbouring roots of its polynomials a statement does not change.

Where all sides are rational functions of one variable, the numerators and denominators of the relations have roots at
finitely many places, and between them every relation is true throughout or false throughout (Collins 1975, in one
dimension). So one point of each open cell is enough, the simplest rational of it, however narrow the cell. With more
variables the others get small values first. Relations with functions in them are left out: where the others change is
enough to know where to look, and the statement itself is evaluated there.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Any

import flint

from verify.counterexamples.points import Values
from verify.counterexamples.sampler import simplest_between
from verify.language import logic
from verify.language.logic import Formula, Kind, Sequent
from verify.language.rational_functions import Field, Polynomial, ZeroDenominator, raw
from verify.runtime.budget import spend

MOST_VARIABLES = 3
MOST_DEGREE = 40  # of all polynomials together, in one variable
WHOLE = range(-3, 8)  # values of another variable that is whole
COST = 60  # of the roots of some polynomials on one line, in units of work
Ends = tuple[Fraction, Fraction]


def cell_points(sequent: Sequent, failure: Formula, grid: Sequence[Fraction]) -> Iterator[Values]:
    """A point of every open cell on lines along the axes, the simplest first; ``grid`` has the values of the others."""
    names = [name for name, _ in sequent.variables]
    if not names or len(names) > MOST_VARIABLES:
        return
    found = polynomials([*sequent.hypotheses, failure], names)
    kinds = dict(sequent.variables)
    for x in names if found else ():
        others = [n for n in names if n != x]
        choices = [[Fraction(v) for v in WHOLE] if kinds[n] == "integer" else grid for n in others]
        for values in itertools.product(*choices):
            spend(COST)
            table = dict(zip(others, values, strict=True))
            rows = [row for p, field in found if len(row := coefficients(p, field, x, table)) > 1]
            for value in in_cells(real_roots(rows), kinds[x]):
                yield {**table, x: value}


def polynomials(formulas: Iterable[Formula], names: Sequence[str]) -> list[tuple[Polynomial, Field]]:
    """The numerators and denominators of all relations between rational functions of the variables."""
    found: dict[str, tuple[Polynomial, Field]] = {}
    for r in (r for f in formulas for r in logic.relations(f)):
        gap = ("+", raw(r.lhs), ("-", raw(r.rhs)))
        try:
            field = Field([gap, *names])
            parts = field.quotient(gap)
        except ZeroDenominator:
            continue
        if all(isinstance(a, str) for a in field.atoms):
            for p in parts:
                if p.total_degree() > 0:
                    found[f"{field.atoms} {p}"] = (p, field)
    return list(found.values())


def coefficients(p: Polynomial, field: Field, x: str, table: Values) -> list[Fraction]:
    """The polynomial in ``x`` at given values of the others, from the constant term up, without zeros at the top."""
    row: dict[int, Fraction] = {}
    for exponents, c in field.monomials(p):
        value, degree = Fraction(c), 0
        for i, e in enumerate(exponents):
            name = str(field.atoms[i])
            if e and name == x:
                degree = int(e)
            elif e:
                value *= table[name] ** int(e)
        row[degree] = row.get(degree, Fraction(0)) + value
    top = max((d for d, v in row.items() if v), default=-1)
    return [row.get(d, Fraction(0)) for d in range(top + 1)]


def real_roots(rows: Iterable[Sequence[Fraction]]) -> list[Ends]:
    """Bounds of the real roots of some polynomials, in order; those of different roots do not meet.

    >>> [floor(low) for low, _ in real_roots([[Fraction(-2), Fraction(0), Fraction(1)], [Fraction(0), Fraction(1)]])]
    [-2, 0, 1]
    """
    product = flint.fmpq_poly([1])
    for row in rows:
        p = flint.fmpq_poly([flint.fmpq(v.numerator, v.denominator) for v in row])
        shared = product.gcd(p)
        if (product.degree() + p.degree() - shared.degree()) > MOST_DEGREE:
            continue
        product *= p / shared
    if product.degree() < 1:
        return []
    found: list[Any] = list(product.numer().complex_roots())  # pairs of a root and how often it is one
    return sorted((_rational(root.real.lower()), _rational(root.real.upper())) for root, _ in found if root.imag == 0)


def _rational(end: flint.arb) -> Fraction:
    mantissa, exponent = end.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def in_cells(roots: Sequence[Ends], kind: Kind) -> list[Fraction]:
    """A number in every open cell between roots and outside of them, the simplest first.

    >>> half, third = Fraction(1, 2), Fraction(1, 3)
    >>> [str(v) for v in in_cells([(third, third), (half, half)], "real")]
    ['0', '1', '2/5']
    >>> [str(v) for v in in_cells([(third, third), (half, half)], "integer")]
    ['0', '1']
    """
    if not roots:
        return []
    found = [Fraction(ceil(roots[0][0]) - 1), Fraction(floor(roots[-1][1]) + 1)]
    for (_, low), (high, _) in itertools.pairwise(roots):
        if kind == "integer":
            least, largest = floor(low) + 1, ceil(high) - 1
            found += [Fraction(v) for v in dict.fromkeys((least, largest)) if low < v < high]
        elif low < high:
            found.append(simplest_between(low, high))
    return sorted(dict.fromkeys(found), key=lambda v: (v.denominator, abs(v), v))

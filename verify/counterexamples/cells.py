"""A point in every cell of a line: between two neighbouring roots of its polynomials a statement does not change.

Along a line on which one variable varies, the sides of most relations are rational functions of it, whose numerators
and denominators have finitely many roots; between these every such relation is true throughout or false throughout
(Collins 1975, in one dimension). So one point of each open cell is enough, the simplest rational of it, however narrow
the cell is, and each root that is rational. Relations that are no quotients of polynomials along the line may be true
anywhere: whoever asks judges the points, of which only those are given where nothing else is false already.
"""

from __future__ import annotations

import itertools
import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from typing import Any

import flint

from verify.counterexamples.points import Values
from verify.counterexamples.sampler import simplest_between
from verify.language.definedness import integer_constant
from verify.language.evaluation import Undecided, Undefined, evaluate
from verify.language.logic import RELATIONS, App, Bool, Formula, Kind, Num, Sequent, Term, Var, variables_of
from verify.language.rational_functions import value_of_ball
from verify.runtime.budget import spend

MOST_VARIABLES = 3  # for lines along the axes through the points of a grid
MOST_DEGREE = 40  # of all polynomials together
MOST_BITS = (
    600  # of a coefficient: roots of such polynomials may agree in so many digits that FLINT does not come to an end
)
MOST_POWER = 20  # an exponent
WHOLE = range(-3, 8)  # values of another variable that is whole
COST, COST_OF_TERM = 60, 2  # of the roots on a line, and of each term along it, in units of work
ONE = flint.fmpq_poly([1])
COMPARED = dict(
    zip(RELATIONS, (operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge), strict=True)
)
Ends = tuple[Fraction, Fraction]
Quotient = tuple[flint.fmpq_poly, flint.fmpq_poly]


def grid_cells(sequent: Sequent, failure: Formula, grid: Sequence[Fraction]) -> Iterator[Values]:
    """Points of the cells of all lines along the axes on which the other variables have small values."""
    kinds = dict(sequent.variables)
    if not 0 < len(kinds) <= MOST_VARIABLES:
        return
    for x in kinds:
        others = [n for n in kinds if n != x]
        choices = [[Fraction(v) for v in WHOLE] if kinds[n] == "integer" else grid for n in others]
        for values in itertools.product(*choices):
            yield from on_line(sequent, failure, x, dict(zip(others, values, strict=True)))


def cells_through(sequent: Sequent, failure: Formula, points: Iterable[Mapping[str, Fraction]]) -> Iterator[Values]:
    """Points of the cells of the lines along all axes through some points."""
    for point in points:
        for x, _ in sequent.variables:
            yield from on_line(sequent, failure, x, {n: v for n, v in point.items() if n != x})


def on_line(sequent: Sequent, failure: Formula, x: str, others: Values) -> Iterator[Values]:
    """Points of the cells of one line where the hypotheses and the failure may hold; ``others`` has all but ``x``."""
    spend(COST)
    line = Line(x, others)
    wanted = [line.read(f) for f in (*sequent.hypotheses, failure)]
    for value in points_between(real_roots(line.polynomials), dict(sequent.variables)[x]):
        if all(f.holds(value) is not False for f in wanted):
            yield {**others, x: value}


# ---------------------------------------------------------------- along a line


@dataclass(frozen=True)
class Along:
    """A formula along a line: a connective with its parts, or a relation with the difference of its sides."""

    op: str
    parts: tuple[Along, ...] = ()
    gap: Quotient | None = None  # None where a side is no quotient of polynomials

    def holds(self, value: Fraction) -> bool | None:
        """Whether it holds where the varying variable has a value; None where that is not known."""
        if self.op in RELATIONS:
            return self._compares(flint.fmpq(value.numerator, value.denominator))
        parts = [p.holds(value) for p in self.parts]
        if self.op == "implies":
            parts[0] = None if parts[0] is None else not parts[0]
        match self.op:
            case "not":
                return None if parts[0] is None else not parts[0]
            case "iff":
                return None if None in parts else parts[0] is parts[1]
            case "and":
                return False if False in parts else None if None in parts else True
        return True if True in parts else None if None in parts else False

    def _compares(self, at: flint.fmpq) -> bool | None:
        if self.gap is None:
            return None
        above, below = (p(at) for p in self.gap)
        return None if below == 0 else bool(COMPARED[self.op](above / below, 0))


@dataclass
class Line:
    """What terms and formulas are where ``x`` varies and all other variables have values."""

    x: str
    others: Values
    polynomials: list[flint.fmpq_poly] = field(default_factory=list)  # whose roots bound the cells
    # By identity, since one term occurs in many places; with the term, so that no other one gets its identity.
    _terms: dict[int, tuple[Term, Quotient | None]] = field(default_factory=dict)

    def read(self, f: Formula) -> Along:
        """A formula along the line."""
        if isinstance(f, Bool):
            return Along(f.op, tuple(map(self.read, f.args)))
        left, right = self.term(f.lhs), self.term(f.rhs)
        gap = None if left is None or right is None else _sum(left, (-right[0], right[1]))
        self.polynomials += [p for p in gap or () if p.degree() > 0]
        return Along(f.op, gap=gap)

    def term(self, t: Term) -> Quotient | None:
        """A term as a numerator and a denominator without common factors; None where it is none, or has no value."""
        if id(t) not in self._terms:
            spend(COST_OF_TERM)
            self._terms[id(t)] = t, self._quotient(t)
        return self._terms[id(t)][1]

    def _quotient(self, t: Term) -> Quotient | None:
        if isinstance(t, Num):
            return _constant(t.value), ONE
        if isinstance(t, Var):
            return (flint.fmpq_poly([0, 1]) if t.name == self.x else _constant(self.others[t.name])), ONE
        if t.op == "^":
            exponent, base = integer_constant(t.args[1]), self.term(t.args[0])
            if exponent is None or base is None or abs(exponent) > MOST_POWER:
                return self._value(t)
            return _power(base, exponent)
        args = [self.term(a) for a in t.args]
        if t.op not in ("+", "-", "*", "/"):
            return self._value(t)
        known = [a for a in args if a is not None]
        if len(known) < len(args):
            return None
        match t.op:
            case "-":
                return -known[0][0], known[0][1]
            case "/":
                return None if known[1][0].degree() < 0 else _product(known[0], (known[1][1], known[1][0]))
        total = known[0]
        for a in known[1:]:
            total = _sum(total, a) if t.op == "+" else _product(total, a)
        return total

    def _value(self, t: App) -> Quotient | None:
        """A function of terms that are the same all along the line; nearly, where its value is irrational."""
        if self.x in variables_of(t):
            return None
        try:
            value = evaluate(t, self.others)
            if not isinstance(value, Fraction):
                value = value_of_ball(value.mid()) if value.is_finite() else None
        except (Undecided, Undefined, OverflowError):
            return None
        return None if value is None else (_constant(value), ONE)


def _constant(v: Fraction) -> flint.fmpq_poly:
    return flint.fmpq_poly([flint.fmpq(v.numerator, v.denominator)])


def _sum(a: Quotient, b: Quotient) -> Quotient:
    return _reduced(a[0] + b[0], a[1]) if a[1] == b[1] else _reduced(a[0] * b[1] + b[0] * a[1], a[1] * b[1])


def _product(a: Quotient, b: Quotient) -> Quotient:
    return _reduced(a[0] * b[0], a[1] * b[1])


def _power(a: Quotient, n: int) -> Quotient | None:
    if n < 0 and a[0].degree() < 0:
        return None
    return (a[0] ** n, a[1] ** n) if n >= 0 else (a[1] ** -n, a[0] ** -n)


def _reduced(above: flint.fmpq_poly, below: flint.fmpq_poly) -> Quotient:
    if below.degree() == 0:
        return above / below[0], ONE
    shared = above.gcd(below)
    return (above, below) if shared.degree() < 1 else (above / shared, below / shared)


# ---------------------------------------------------------------- roots and cells


def real_roots(polynomials: Iterable[flint.fmpq_poly]) -> list[Ends]:
    """Bounds of the real roots of some polynomials, in order; those of different roots do not meet.

    A root that is a simple fraction is its own bounds, other than what has some millions in its denominator.

    >>> [(str(low), low == high) for low, high in real_roots([flint.fmpq_poly([1, -7, 6]), flint.fmpq_poly([0, 1])])]
    [('0', True), ('1/6', True), ('1', True)]
    """
    product = ONE
    for p in polynomials:
        if max(int(c).bit_length() for c in p.numer().coeffs()) > MOST_BITS:
            continue
        new = p / product.gcd(p)
        if product.degree() + new.degree() <= MOST_DEGREE:
            product *= new
    if product.degree() < 1:
        return []
    found: list[Any] = list(product.numer().complex_roots())  # pairs of a root and how often it is one
    real = [root.real for root, _ in found if root.imag == 0]
    ends = [(value_of_ball(root.lower()), value_of_ball(root.upper())) for root in real]
    return sorted(_exact(product, low, high) for low, high in ends)


def _exact(p: flint.fmpq_poly, low: Fraction, high: Fraction) -> Ends:
    """Bounds of a root, which are equal where the simplest fraction between them is the root."""
    if low == high:
        return low, high
    simplest = simplest_between(low, high)
    return (simplest, simplest) if p(flint.fmpq(simplest.numerator, simplest.denominator)) == 0 else (low, high)


def points_between(roots: Sequence[Ends], kind: Kind) -> list[Fraction]:
    """A number in every open cell between roots and outside of them, and the roots that are known, the simplest first.

    >>> half, third = Fraction(1, 2), Fraction(1, 3)
    >>> [str(v) for v in points_between([(third, third), (half, half)], "real")]
    ['0', '1', '1/2', '1/3', '2/5']
    >>> [str(v) for v in points_between([(third, third), (half, half)], "integer")]
    ['0', '1']
    """
    if not roots:
        return []
    found = [Fraction(ceil(roots[0][0]) - 1), Fraction(floor(roots[-1][1]) + 1)]
    found += [low for low, high in roots if low == high and (kind == "real" or low.denominator == 1)]
    for (_, low), (high, _) in itertools.pairwise(roots):
        if kind == "integer":
            least, largest = floor(low) + 1, ceil(high) - 1
            found += [Fraction(v) for v in dict.fromkeys((least, largest)) if low < v < high]
        elif low < high:
            found.append(simplest_between(low, high))
    return sorted(dict.fromkeys(found), key=lambda v: (v.denominator, abs(v), v))

"""Changes of units under which a problem stays the same, and the units in which multipliers then are.

Where L is measured in one unit and gamma in its inverse, no multiplier is 1/(1 + gamma) or L + gamma: such products
need not be tried, and with what is left a fit is better determined. Source: dimensional analysis (Buckingham 1914).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import flint

from verify.language.rational_functions import as_fraction
from verify.runtime.budget import spend
from verify.spaces.multipliers.gram import ONE, Atom
from verify.spaces.multipliers.ratios import Ratio
from verify.spaces.multipliers.system import Column, System

Weights = tuple[Fraction, ...]  # one for each independent change of units


class Scales:
    """The weights of the parameters of a problem, and of its goal and hypotheses."""

    def __init__(self, system: System) -> None:
        self.home = system.home
        self.size = len(self.home.names)
        columns = [system.goal, *system.hypotheses]
        atoms = dict.fromkeys(x for c in columns for a in c for x in _parts(a))
        self.places = {x: self.size + i for i, x in enumerate(atoms)}
        rows: dict[tuple[int, ...], None] = {}
        for column in columns:
            heads = [self._add(self._of_atom(a), self._of_form(c, rows)) for a, c in column.items()]
            rows |= dict.fromkeys(self._less(h, heads[0]) for h in heads[1:])
        for form in (g.form for g in system.signs.under.gaps):
            self._of_form(form, rows)
        for root in system.signs.under.roots:  # r^2, r and 1 in one equation
            r = self._unit(self.home.names.index(root.name))
            for part, power in ((root.constant, 2), (root.linear, 1)):
                if part:
                    rows[self._less(self._of_form(part, rows), tuple(power * x for x in r))] = None
        self.directions = _kernel([list(row) for row in rows if any(row)], self.size + len(atoms))
        self.wanted = [self._difference(columns[0], c) for c in columns[1:]]

    def weight(self, form: Ratio) -> Weights | None:
        """The weights of a rational function; None where it has none, as 1 + gamma."""
        found = [self._homogeneous(p) for p in (form.top, form.bottom)]
        above, below = found
        if above is None or below is None:
            return None
        return tuple(a - b for a, b in zip(above, below, strict=True))

    def _homogeneous(self, p: flint.fmpq_mpoly) -> Weights | None:
        weights = {self._along([int(e) for e in exponents]) for exponents in p.to_dict()}
        return weights.pop() if len(weights) == 1 else None

    def _along(self, exponents: Sequence[int]) -> Weights:
        used = range(min(len(exponents), self.size))  # FLINT's polynomials have a variable, be it unused
        return tuple(sum((d[i] * exponents[i] for i in used), Fraction(0)) for d in self.directions)

    def _difference(self, goal: Column, hypothesis: Column) -> Weights | None:
        """The weight of a multiplier: that of the goal less that of the hypothesis; None where one is empty."""
        if not goal or not hypothesis:
            return None
        first, second = (self._term(*next(iter(column.items()))) for column in (goal, hypothesis))
        return tuple(a - b for a, b in zip(first, second, strict=True))

    def _term(self, a: Atom, c: Ratio) -> Weights:
        exponents = self._add(self._of_atom(a), self._of_form(c, {}))
        return tuple(sum((x * e for x, e in zip(d, exponents, strict=True)), Fraction(0)) for d in self.directions)

    # ------------------------------------------------------------ exponents of parameters, vectors and values

    def _of_atom(self, a: Atom) -> tuple[int, ...]:
        total = self._unit(None)
        for x in _parts(a):
            total = self._add(total, self._unit(self.places[x]))
        return total

    def _of_form(self, form: Ratio, rows: dict[tuple[int, ...], None]) -> tuple[int, ...]:
        """The exponents of one monomial over one below; ``rows`` get what makes all of them weigh the same."""
        heads = []
        for p in (form.top, form.bottom):
            found = [self._padded(exponents) for exponents in p.to_dict()]
            rows |= dict.fromkeys(self._less(e, found[0]) for e in found[1:])
            heads.append(found[0])
        spend(len(form.top) + len(form.bottom))
        return self._less(heads[0], heads[1])

    def _padded(self, exponents: Sequence[int]) -> tuple[int, ...]:
        given = [int(e) for e in exponents][: self.size]
        return (*given, *[0] * (self.size + len(self.places) - len(given)))

    def _unit(self, place: int | None) -> tuple[int, ...]:
        return tuple(int(i == place) for i in range(self.size + len(self.places)))

    @staticmethod
    def _add(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(x + y for x, y in zip(a, b, strict=True))

    @staticmethod
    def _less(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(x - y for x, y in zip(a, b, strict=True))


def _parts(a: Atom) -> list[Atom]:
    """What an atom is a product of: vectors, or a function value; nothing for the constant part."""
    if a == ONE:
        return []
    return [("vector", v) for v in a[1:]] if a[0] == "inner" else [a]


def _kernel(rows: list[list[int]], size: int) -> list[tuple[Fraction, ...]]:
    """A basis of the vectors that all rows are orthogonal to."""
    spend(len(rows) * size * min(len(rows), size) // 20)
    if not rows:
        return [tuple(Fraction(int(i == j)) for j in range(size)) for i in range(size)]
    reduced, rank = flint.fmpq_mat(flint.fmpz_mat(rows)).rref()
    pivots = [next(j for j in range(size) if reduced[i, j] != 0) for i in range(rank)]
    basis = []
    for free in (j for j in range(size) if j not in pivots):
        row = [Fraction(0)] * size
        row[free] = Fraction(1)
        for i, j in enumerate(pivots):
            row[j] = -as_fraction(reduced[i, free])
        basis.append(tuple(row))
    return basis

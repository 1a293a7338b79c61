"""How facts are used in linear forms: as inequalities and equations, or to drop a vector."""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp

from verify.kernel.reals.terms import Formula, Term, minus


@dataclass(frozen=True)
class Used:
    """A fact as an inequality ``0 <= right - left`` or equation; ``mean``: it has to be averaged at that stage first.

    ``vector``: for an equation between vectors, what it is multiplied by.
    """

    fact: Formula
    mean: int | None = None
    vector: Term | None = None

    @property
    def relation(self) -> Formula:
        """The relation between numbers that is used, before it is averaged."""
        if self.vector is None:
            return self.fact
        return ("==", ("inner", self.vector, minus(self.fact[1], self.fact[2])), 0)


@dataclass(frozen=True)
class Known:
    """``name + sum of weight * other`` vanishes: the sum of these multiples of equations between vectors."""

    name: str
    others: dict[str, sp.Expr]
    rows: tuple[tuple[sp.Expr, Formula], ...]

    @property
    def weights(self) -> dict[str, sp.Expr]:
        return {self.name: sp.Integer(1), **self.others}

"""Units and quantities: what a theory says of each of its scalar symbols."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import sympy as sp


@dataclass(frozen=True)
class Unit:
    """A product of powers of the units of x and y.

    >>> print(Unit(-2, 0) * Unit(2, 0), Unit(-1, 1) ** 2)
    1 X^-2 Y^2
    """

    x: Fraction | int = 0
    y: Fraction | int = 0

    def __mul__(self, other: Unit) -> Unit:
        return Unit(self.x + other.x, self.y + other.y)

    def __truediv__(self, other: Unit) -> Unit:
        return Unit(self.x - other.x, self.y - other.y)

    def __pow__(self, k: Fraction | int) -> Unit:
        return Unit(self.x * k, self.y * k)

    def __str__(self) -> str:
        parts = [
            name if power == 1 else f"{name}^{power}" for name, power in (("X", self.x), ("Y", self.y)) if power != 0
        ]
        return " ".join(parts) or "1"


NONE = Unit()


@dataclass(frozen=True)
class Quantity:
    """A scalar symbol: ``name`` is what the command line and JSON use, ``symbol`` what SymPy computes with."""

    name: str
    latex: str
    unit: Unit
    domain: str
    meaning: str
    integer: bool = False

    @property
    def symbol(self) -> sp.Symbol:
        return sp.Symbol(self.name, integer=True) if self.integer else sp.Symbol(self.name, real=True)

"""Units and quantities: what a theory says of each of its scalar symbols."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import sympy as sp


@dataclass(frozen=True)
class Unit:
    """A product of powers of base units, which a theory names as it likes: X for an input coordinate, Y for a response.

    >>> X, Y = Unit.base("X"), Unit.base("Y")
    >>> print(X ** -2 * X**2, Y**2 / X**2)
    1 X^-2 Y^2
    """

    powers: tuple[tuple[str, Fraction], ...] = ()

    @classmethod
    def base(cls, name: str) -> Unit:
        return cls(((name, Fraction(1)),))

    @classmethod
    def _of(cls, powers: Mapping[str, Fraction]) -> Unit:
        return cls(tuple((name, power) for name, power in sorted(powers.items()) if power != 0))

    def __mul__(self, other: Unit) -> Unit:
        mine, more = dict(self.powers), dict(other.powers)
        return Unit._of({name: mine.get(name, Fraction(0)) + more.get(name, Fraction(0)) for name in {**mine, **more}})

    def __truediv__(self, other: Unit) -> Unit:
        return self * other**-1

    def __pow__(self, k: Fraction | int) -> Unit:
        return Unit._of({name: power * k for name, power in self.powers})

    def __str__(self) -> str:
        return " ".join(name if power == 1 else f"{name}^{power}" for name, power in self.powers) or "1"


NONE = Unit()


@dataclass(frozen=True)
class Quantity:
    """A scalar symbol: ``name`` is what the command line and JSON use, ``symbol`` what SymPy computes with.

    ``like`` names another quantity whose value it has where only that one's is given.
    """

    name: str
    latex: str
    unit: Unit
    domain: str
    meaning: str
    integer: bool = False
    like: str = ""

    @property
    def symbol(self) -> sp.Symbol:
        return sp.Symbol(self.name, integer=True) if self.integer else sp.Symbol(self.name, real=True)

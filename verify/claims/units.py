"""Dimensional analysis: the unit of every expression, from the units that a theory gives its symbols."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

import sympy as sp

from verify.claims.quantities import NONE, Unit
from verify.claims.setting import Setting
from verify.derivations.relations import Connective, Formula
from verify.derivations.trace_polynomials import TracePolynomial, Word


class DimensionError(ValueError):
    """Quantities of different units were added or compared; the message names both."""


class Units:
    """The units of one theory. A symbol of nobody's has none, and nothing is said about what it stands in.

    >>> from verify.claims.quantities import Quantity
    >>> m, kg = Unit.base("m"), Unit.base("kg")
    >>> length, mass = Quantity("l", "l", m, "> 0", "a length"), Quantity("w", "w", kg, "> 0", "a weight")
    >>> units = Units(Setting(vocabulary={"l": length, "w": mass}))
    >>> print(units.of(mass.symbol / length.symbol ** 2))
    kg m^-2
    """

    def __init__(self, setting: Setting) -> None:
        self.setting = setting

    @cached_property
    def _known(self) -> dict[sp.Symbol, Unit]:
        named = {q.symbol: q.unit for q in self.setting.vocabulary.values()}
        return named | {symbol: e.unit for symbol, e in self.setting.atoms.items()}

    def of_symbol(self, symbol: sp.Symbol) -> Unit:
        """The unit of a quantity, an atom, or the second copy (m_2, sigma_2) of one; ``KeyError`` otherwise."""
        table = self._known
        if symbol in table:
            return table[symbol]
        name = symbol.name.removesuffix("_2")
        for known, unit in table.items():
            if known.name == name:
                return unit
        raise KeyError(f"{symbol} has no unit: it is neither in the vocabulary nor a named quantity")

    def of(self, expression: sp.Expr) -> Unit | None:
        """The unit of an expression; None for zero, which has every unit. ``DimensionError``, ``KeyError``."""
        e = expression
        if e == 0:
            return None
        if e.is_number:
            return NONE
        if isinstance(e, sp.Symbol):
            return self.of_symbol(e)
        if isinstance(e, sp.Add):
            return self._common(e.args, f"the terms of {e}")
        if isinstance(e, sp.Mul):
            out = NONE
            for factor in e.args:
                out = out * (self.of(factor) or NONE)
            return out
        if isinstance(e, sp.Pow):
            return self._power(e)
        if isinstance(e, (sp.Abs, sp.Min, sp.Max)):
            return self._common(e.args, str(e))
        for argument in e.args:
            self._dimensionless(argument, e)
        return NONE

    def _power(self, e: sp.Pow) -> Unit:
        base, exponent = self.of(e.base) or NONE, e.exp
        if exponent.is_Rational:
            return base ** Fraction(int(exponent.p), int(exponent.q))
        self._dimensionless(e.base, e)
        self._dimensionless(exponent, e)
        return NONE

    def check(self, formula: Formula) -> None:
        """Both sides of every relation must have the same unit; raises ``DimensionError`` naming them."""
        if isinstance(formula, Connective):
            for part in formula.args:
                self.check(part)
        else:
            self._common((formula.lhs, formula.rhs), str(formula))

    def of_matrix(self, poly: TracePolynomial) -> Unit | None:
        """The unit of a trace polynomial, from the units of its letters; None for zero. Raises ``DimensionError``."""
        found: dict[Unit, str] = {}
        for term, coefficient in poly.terms.items():
            unit = self.of(coefficient) or NONE
            for word in (term.word, *term.traces):
                unit = unit * self._word(word)
            found.setdefault(unit, f"{coefficient} {' '.join(map(str, term.word))}")
        if len(found) > 1:
            (u, a), (v, b) = list(found.items())[:2]
            raise DimensionError(f"{poly} adds {a} [{u}] and {b} [{v}]")
        return next(iter(found), None)

    def _word(self, word: Word) -> Unit:
        out = NONE
        for letter in word:
            out = out * self.setting.letters[letter.name]
        return out

    def _common(self, parts: tuple[sp.Expr, ...], where: str) -> Unit | None:
        first: tuple[sp.Expr, Unit] | None = None
        for part in parts:
            unit = self.of(part)
            if unit is None:
                continue
            if first is None:
                first = (part, unit)
            elif unit != first[1]:
                raise DimensionError(f"{where}: {first[0]} has the unit {first[1]}, but {part} has {unit}")
        return None if first is None else first[1]

    def _dimensionless(self, expression: sp.Expr, where: sp.Expr) -> None:
        unit = self.of(expression)
        if unit not in (None, NONE):
            raise DimensionError(f"{expression} in {where} has the unit {unit}; it must be a pure number")

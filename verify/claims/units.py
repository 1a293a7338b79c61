"""Dimensional analysis: the unit of every expression, from the units of its symbols."""

from __future__ import annotations

from functools import cache

import sympy as sp

from theory.maml_erm.formulas.expressions import atoms
from theory.maml_erm.formulas.letters import LETTERS
from theory.maml_erm.formulas.symbols import VOCABULARY
from verify.claims.vocabulary import NONE, Unit
from verify.derivations.relations import Connective, Formula
from verify.derivations.trace_polynomials import TracePolynomial, Word


class DimensionError(ValueError):
    """Quantities of different units were added or compared; the message names both."""


@cache
def _symbols() -> dict[sp.Symbol, Unit]:
    named = {q.symbol: q.unit for q in VOCABULARY.values()}
    return named | {symbol: e.unit for symbol, e in atoms().items()}


def unit_of_symbol(symbol: sp.Symbol) -> Unit:
    """The unit of a vocabulary symbol, an atom, or the second copy (m_2, sigma_2) of one; ``KeyError`` otherwise."""
    table = _symbols()
    if symbol in table:
        return table[symbol]
    name = symbol.name.removesuffix("_2")
    for known, unit in table.items():
        if known.name == name:
            return unit
    raise KeyError(f"{symbol} has no unit: it is neither in the vocabulary nor a named quantity")


def unit_of(expression: sp.Expr) -> Unit | None:
    """The unit of an expression; None for zero, which has every unit. Raises ``DimensionError``.

    >>> from theory.maml_erm.formulas.symbols import alpha, rho, nu
    >>> print(unit_of(alpha * rho), unit_of(nu**2 / rho))
    1 X^-2 Y^2
    """
    e = expression
    if e == 0:
        return None
    if e.is_number:
        return NONE
    if isinstance(e, sp.Symbol):
        return unit_of_symbol(e)
    if isinstance(e, sp.Add):
        return _common(e.args, f"the terms of {e}")
    if isinstance(e, sp.Mul):
        out = NONE
        for factor in e.args:
            out = out * (unit_of(factor) or NONE)
        return out
    if isinstance(e, sp.Pow):
        base, exponent = unit_of(e.base) or NONE, e.exp
        if exponent.is_Rational:
            return base ** (int(exponent) if exponent.is_Integer else exponent)
        _dimensionless(e.base, e)
        _dimensionless(exponent, e)
        return NONE
    if isinstance(e, (sp.Abs, sp.Min, sp.Max)):
        return _common(e.args, str(e))
    for argument in e.args:
        _dimensionless(argument, e)
    return NONE


def check_formula(formula: Formula) -> None:
    """Both sides of every relation must have the same unit; raises ``DimensionError`` naming them."""
    if isinstance(formula, Connective):
        for part in formula.args:
            check_formula(part)
    else:
        _common((formula.lhs, formula.rhs), str(formula))


def unit_of_words(poly: TracePolynomial) -> Unit | None:
    """The unit of a trace polynomial, from the units of its letters; None for zero. Raises ``DimensionError``."""
    found: dict[Unit, str] = {}
    for term, coefficient in poly.terms.items():
        unit = unit_of(coefficient) or NONE
        for word in (term.word, *term.traces):
            unit = unit * _word(word)
        found.setdefault(unit, f"{coefficient} {' '.join(map(str, term.word))}")
    if len(found) > 1:
        (u, a), (v, b) = list(found.items())[:2]
        raise DimensionError(f"{poly} adds {a} [{u}] and {b} [{v}]")
    return next(iter(found), None)


def _word(word: Word) -> Unit:
    out = NONE
    for letter in word:
        out = out * LETTERS[letter.name]
    return out


def _common(parts: tuple[sp.Expr, ...], where: str) -> Unit | None:
    first: tuple[sp.Expr, Unit] | None = None
    for part in parts:
        unit = unit_of(part)
        if unit is None:
            continue
        if first is None:
            first = (part, unit)
        elif unit != first[1]:
            raise DimensionError(f"{where}: {first[0]} has the unit {first[1]}, but {part} has {unit}")
    return None if first is None else first[1]


def _dimensionless(expression: sp.Expr, where: sp.Expr) -> None:
    unit = unit_of(expression)
    if unit not in (None, NONE):
        raise DimensionError(f"{expression} in {where} has the unit {unit}; it must be a pure number")

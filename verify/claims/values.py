"""Exact values of named expressions at rational parameters."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import sympy as sp

from verify.claims.sequents import formula
from verify.claims.setting import NamedExpression, Setting
from verify.derivations.relations import replace_symbols, symbols_of
from verify.language.evaluation import Undecided, Undefined, holds
from verify.runtime.errors import BadInput

MAX_DIGITS = 100_000  # of an exact value
_INFINITE = (sp.zoo, sp.nan, sp.oo, -sp.oo)


@dataclass(frozen=True)
class Value:
    """``exact`` in closed form (a rational number, or with roots and logarithms), ``decimal`` to 15 digits."""

    name: str
    exact: sp.Expr
    parameters: dict[str, Fraction]
    unused: tuple[str, ...]

    @property
    def decimal(self) -> str:
        return str(sp.N(self.exact, 15))


def find_expression(name: str, setting: Setting) -> NamedExpression:
    """The named expression of a theory, by name or by symbol; ``BadInput`` names the nearest for an unknown one."""
    expression = setting.expression(name)
    if expression is None:
        near = difflib.get_close_matches(name, setting.named, n=3, cutoff=0.4)
        hint = f"did you mean {' or '.join(near)}?" if near else "verify list --expressions shows every expression"
        raise BadInput(f"there is no expression {name!r}", hint)
    return expression


def value_of(name: str, given: Mapping[str, Fraction | int], setting: Setting) -> Value:
    """Evaluate a named expression exactly; its symbol names it too.

    A quantity that is ``like`` another has its value where only that is given. Raises ``BadInput`` for unknown or
    missing parameters, for values outside the domain of the expression, and where the expression is undefined.
    """
    expression = find_expression(name, setting)
    symbols = expression.symbols
    known = [*setting.vocabulary, *(k for k in symbols if k not in setting.vocabulary)]
    for parameter in given:
        if parameter not in known:
            near = difflib.get_close_matches(parameter, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"parameters: {', '.join(symbols)}"
            raise BadInput(f"there is no parameter {parameter!r}", hint)
    values = {parameter: Fraction(value) for parameter, value in given.items()}
    for parameter in symbols:
        like = setting.vocabulary[parameter].like if parameter in setting.vocabulary else ""
        if parameter not in values and like in values:
            values[parameter] = values[like]
    _check_domain(expression, values)
    missing = [p for p in symbols if p not in values]
    if missing:
        raise BadInput(f"{expression.name} also needs {', '.join(missing)}", f"for instance {missing[0]}=1")
    numbers = {s: sp.Rational(values[k].numerator, values[k].denominator) for k, s in symbols.items()}
    _check_size(expression.raw(), numbers)
    exact = _value_at(expression, numbers)
    if exact.has(*_INFINITE):
        what = f"{expression.name} is undefined here: a denominator vanishes"
        raise BadInput(what, "change one of the parameters")
    exact = exact if exact.is_Rational else sp.radsimp(exact)
    unused = tuple(k for k in given if k not in symbols)
    return Value(expression.name, exact, values, unused)


def _value_at(expression: NamedExpression, numbers: Mapping[sp.Symbol, sp.Rational]) -> sp.Expr:
    """The value atom by atom, which is much faster than in the whole formula; that decides where an atom has none."""
    known = dict(numbers)
    for atom in expression.setting.definitions_of(expression.value.free_symbols):
        value = atom.value.xreplace(known)
        if value.has(*_INFINITE):
            return expression.raw().subs(numbers, simultaneous=True)
        known[atom.symbol] = value
    return expression.value.xreplace(known)


def _check_size(raw: sp.Expr, numbers: Mapping[sp.Symbol, sp.Rational]) -> None:
    """A power with a parameter in its exponent is refused before it is computed, if it would be too long."""
    for power in raw.atoms(sp.Pow):
        if not power.exp.free_symbols:
            continue
        base, exponent = (e.subs(numbers, simultaneous=True) for e in power.args)
        if base.is_Rational and exponent.is_Integer:
            bits = max(int(base.p).bit_length(), int(base.q).bit_length()) * abs(int(exponent))
            if bits > 3.32 * MAX_DIGITS:
                names = ", ".join(sorted(s.name for s in power.exp.free_symbols))
                raise BadInput(f"the exact value has more than {MAX_DIGITS:,} digits", f"choose a smaller {names}")


def _check_domain(expression: NamedExpression, values: Mapping[str, Fraction]) -> None:
    """Every hypothesis about given parameters must hold; the error says which one fails, at which values."""
    setting = expression.setting
    for name, value in values.items():
        quantity = setting.vocabulary.get(name)
        whole = expression.symbols[name].is_integer if quantity is None else quantity.integer
        if whole and value.denominator != 1:
            raise BadInput(
                f"{name} = {value} must be an integer", "" if quantity is None else f"{name}: {quantity.meaning}"
            )
    for hypothesis in expression.domain.hypotheses():
        raw = replace_symbols(hypothesis, {s: setting.expand(s) for s in symbols_of(hypothesis)})
        names = {s.name for s in symbols_of(raw)}
        if not names <= set(values):
            continue
        try:
            ok = holds(formula(raw), dict(values))
        except (Undefined, Undecided, ZeroDivisionError):
            ok = False
        if ok is not True:
            order = [k for k in (*setting.vocabulary, *sorted(names - set(setting.vocabulary))) if k in names]
            where = ", ".join(f"{k} = {values[k]}" for k in order)
            raise BadInput(
                f"{where} lies outside the domain of {expression.name}: it needs {formula(hypothesis)}",
                "; ".join(f"{k}: {setting.vocabulary[k].domain}" for k in order if k in setting.vocabulary),
            )

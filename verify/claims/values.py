"""Exact values of named expressions at rational parameters."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import sympy as sp

from theory.maml_erm.formulas.expressions import expand_atoms, expressions
from theory.maml_erm.formulas.symbols import VOCABULARY
from verify.claims.expressions import NamedExpression
from verify.claims.sequents import formula
from verify.derivations.relations import replace_symbols, symbols_of
from verify.language.errors import BadInput
from verify.language.evaluation import TooHard, Undefined, holds

MAX_DIGITS = 100_000  # of an exact value


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


def find_expression(name: str) -> NamedExpression:
    known = expressions()
    if name not in known:
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.4)
        hint = f"did you mean {' or '.join(near)}?" if near else "verify list --expressions shows every expression"
        raise BadInput(f"there is no expression {name!r}", hint)
    return known[name]


def value_of(name: str, given: Mapping[str, Fraction]) -> Value:
    """Evaluate a named expression exactly.

    ``n`` is taken to be ``m`` where only m is given. Raises ``BadInput`` for unknown or missing parameters, for values
    outside the domain of the expression, and where the expression is undefined.
    """
    expression = find_expression(name)
    for parameter in given:
        if parameter not in VOCABULARY:
            near = difflib.get_close_matches(parameter, VOCABULARY, n=1)
            hint = f"did you mean {near[0]}?" if near else f"parameters: {', '.join(expression.parameters)}"
            raise BadInput(f"there is no parameter {parameter!r}", hint)
    values = dict(given)
    if "n" in expression.parameters and "n" not in values and "m" in values:
        values["n"] = values["m"]
    _check_domain(expression, values)
    missing = [p for p in expression.parameters if p not in values]
    if missing:
        raise BadInput(f"{name} also needs {', '.join(missing)}", f"for instance {missing[0]}=1")
    numbers = {
        VOCABULARY[k].symbol: sp.Rational(v.numerator, v.denominator)
        for k, v in values.items()
        if k in expression.parameters
    }
    _check_size(expression.raw(), numbers)
    exact = expression.raw().subs(numbers, simultaneous=True)
    if exact.has(sp.zoo, sp.nan, sp.oo, -sp.oo):
        raise BadInput(f"{name} is undefined here: a denominator vanishes", "change one of the parameters")
    exact = exact if exact.is_Rational else sp.radsimp(exact)
    unused = tuple(k for k in given if k not in expression.parameters)
    return Value(name, exact, values, unused)


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
    for name, value in values.items():
        if VOCABULARY[name].integer and value.denominator != 1:
            raise BadInput(f"{name} = {value} must be an integer", f"{name}: {VOCABULARY[name].meaning}")
    for hypothesis in expression.domain.hypotheses():
        raw = replace_symbols(hypothesis, {s: expand_atoms(s) for s in symbols_of(hypothesis)})
        names = {s.name for s in symbols_of(raw)}
        if not names <= set(values):
            continue
        try:
            ok = holds(formula(raw), dict(values))
        except (Undefined, TooHard, ZeroDivisionError):
            ok = False
        if ok is not True:
            where = ", ".join(f"{k} = {values[k]}" for k in VOCABULARY if k in names)
            raise BadInput(
                f"{where} lies outside the domain of {expression.name}: it needs {formula(hypothesis)}",
                "; ".join(f"{k}: {VOCABULARY[k].domain}" for k in VOCABULARY if k in names),
            )

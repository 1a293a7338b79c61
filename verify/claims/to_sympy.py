"""Terms of the language of the provers as SymPy expressions in the symbols of a theory."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from verify.claims.domain import Domain
from verify.claims.setting import Setting
from verify.language import logic
from verify.language.nodes import nearest
from verify.runtime.errors import BadInput, ensured

Symbols = Mapping[str, sp.Symbol]


def symbols_in(setting: Setting, domain: Domain | None = None) -> dict[str, sp.Symbol]:
    """The symbols by their names: the parameters and atoms of a theory, and those that a domain bounds."""
    bounded = {} if domain is None else {s.name: s for s in domain.symbols}
    return {s.name: s for s in setting.atoms} | {q.name: q.symbol for q in setting.vocabulary.values()} | bounded


def to_sympy(t: logic.Term, symbols: Symbols) -> sp.Expr:
    """A term as a SymPy expression in some symbols; ``BadInput`` for a name that is not among them."""
    if isinstance(t, logic.Var):
        return named(t.name, symbols)
    if isinstance(t, logic.Num):
        return sp.Rational(t.value.numerator, t.value.denominator)
    t = ensured(t, logic.App)
    args = [to_sympy(a, symbols) for a in t.args]
    if t.op == "+":
        return sp.Add(*args)
    if t.op == "*":
        return sp.Mul(*args)
    if t.op == "-":
        return -args[0]
    if t.op == "/":
        return args[0] / args[1]
    if t.op == "^":
        return args[0] ** args[1]
    return {"sqrt": sp.sqrt, "exp": sp.exp, "log": sp.log, "abs": sp.Abs, "min": sp.Min, "max": sp.Max}[t.op](*args)


def symbol(name: str, setting: Setting) -> sp.Symbol:
    """The SymPy symbol of a parameter or an atom, by its own name or that of the expression it stands for."""
    return named(name, {e.name: s for s, e in setting.atoms.items()} | symbols_in(setting))


def named(name: str, symbols: Symbols) -> sp.Symbol:
    """The symbol of this name; ``BadInput`` names the nearest if there is none."""
    found = symbols.get(name.strip())
    if found is None:
        near = nearest(name.strip(), list(symbols))
        hint = f"did you mean {near}?" if near else "verify list --expressions"
        raise BadInput(f"there is no symbol {name.strip()[:40]!r}", hint)
    return found

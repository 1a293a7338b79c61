"""Terms of the language of the provers as SymPy expressions in the symbols of the theory."""

from __future__ import annotations

import sympy as sp

from theory.maml_erm.formulas.expressions import atoms
from theory.maml_erm.formulas.symbols import VOCABULARY
from verify.language import logic
from verify.language.builder import nearest
from verify.language.errors import BadInput, ensured


def to_sympy(t: logic.Term) -> sp.Expr:
    """A term as a SymPy expression in the symbols of the theory."""
    if isinstance(t, logic.Var):
        return symbol(t.name)
    if isinstance(t, logic.Num):
        return sp.Rational(t.value.numerator, t.value.denominator)
    t = ensured(t, logic.App)
    args = [to_sympy(a) for a in t.args]
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


def symbol(name: str) -> sp.Symbol:
    """The SymPy symbol of a parameter or an atom."""
    known = {s.name: s for s in atoms()} | {q.name: q.symbol for q in VOCABULARY.values()}
    by_expression = {e.name: s for s, e in atoms().items()}
    name = name.strip()
    found = known.get(name, by_expression.get(name))
    if found is None:
        near = nearest(name, [*known, *by_expression])
        raise BadInput(
            f"there is no symbol {name[:40]!r}", f"did you mean {near}?" if near else "verify list --expressions"
        )
    return found

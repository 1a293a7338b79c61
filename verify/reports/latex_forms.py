"""A named expression in the form that a paper needs: parameters set, chosen atoms kept, the rest written out."""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp

from theory.maml_erm import THEORY
from theory.maml_erm.formulas.expressions import atoms
from theory.maml_erm.formulas.mixture import in_odds
from theory.maml_erm.formulas.symbols import V_E, V_H, Delta
from verify.claims.setting import NamedExpression
from verify.claims.to_sympy import symbol, symbols_in, to_sympy
from verify.claims.values import find_expression
from verify.derivations.rules import group
from verify.derivations.signs import tidy
from verify.language.errors import BadInput
from verify.language.logic import Rel, Var
from verify.language.parser import parse_statement
from verify.typesetting.arrange import present
from verify.typesetting.printer import latex

MAX_OPERATIONS = 5_000  # of a formula that is to be factored


def render(
    name: str, *, settings: Sequence[str] = (), keep: Sequence[str] = (), raw: bool = False, display: bool = False
) -> str:
    r"""The LaTeX of a named expression; raises ``BadInput`` for unknown names and for values that make it undefined.

    >>> print(render("threshold", settings=["alpha=1/rho_E"]))
    \frac{(d+1)(\rho_H+\rho_E)}{\rho_E-\rho_H}
    """
    expression = find_expression(name, THEORY)
    value = form(expression, dict(setting(text) for text in settings), [symbol(k, THEORY) for k in keep], raw=raw)
    text = latex(value)
    return f"\\[\n  {expression.latex}={text}\n\\]" if display else text


def form(
    expression: NamedExpression, values: dict[sp.Symbol, sp.Expr], keep: Sequence[sp.Symbol], *, raw: bool
) -> sp.Expr:
    """The value with parameters set, written in the atoms ``keep``.

    Atoms stay, unless ``raw``, or unless a set parameter turns one into a number (sigma_inf at alpha = 1/rho_E).
    """
    e = expression.raw() if raw else expression.value
    if keep:
        e = _shortest([e, *_in_atoms(e, keep)])
    for s in sorted(e.free_symbols & set(atoms()), key=sp.default_sort_key) if values else ():
        there = atoms()[s].raw()
        if there.free_symbols & set(values) and (number := there.xreplace(values)).is_number:
            e = e.xreplace({s: number})
    if values:
        e = _checked(e.subs(values, simultaneous=True), expression)
        e = _shorter(e)
    return e


def _in_atoms(e: sp.Expr, keep: Sequence[sp.Symbol]) -> list[sp.Expr]:
    """The expression with other atoms written in the chosen ones, plain, factored and grouped."""
    relations = {s: d.scalar for s, d in in_odds().items()}
    known = {s: v for s, v in relations.items() if v.free_symbols & set(keep)}
    e = e.xreplace(known)
    if e.count_ops() > MAX_OPERATIONS or not _rational(e):
        return [e]
    e = e.replace(lambda x: x.is_Pow and x.base.is_Add and x.base.count_ops() < 10, lambda x: tidy(sp.factor(x)))
    data = tuple(s for s in (Delta, V_H, V_E) if s in e.free_symbols)
    return [e, tidy(sp.factor(e)), *([group(e, data)] if data else [])]


def _shortest(candidates: list[sp.Expr]) -> sp.Expr:
    return min(candidates[1:] or candidates, key=lambda e: present(e).count_ops())


def _shorter(e: sp.Expr) -> sp.Expr:
    """The factored form where it is shorter than what substitution left."""
    if e.count_ops() > MAX_OPERATIONS or not _rational(e):
        return e
    factored = tidy(sp.factor(e))
    return factored if factored.count_ops() < e.count_ops() else e


def _rational(e: sp.Expr) -> bool:
    return bool(e.is_rational_function(*e.free_symbols))


def _checked(e: sp.Expr, expression: NamedExpression) -> sp.Expr:
    if e.has(sp.nan, sp.zoo, sp.oo, -sp.oo):
        raise BadInput(f"{expression.name} is undefined at these values: a denominator vanishes", "change one value")
    return e


def setting(text: str) -> tuple[sp.Symbol, sp.Expr]:
    """A parameter and what it is set to, from ``alpha=1/rho_E``."""
    formula = parse_statement(text)
    if not (isinstance(formula, Rel) and formula.op == "==" and isinstance(formula.lhs, Var)):
        raise BadInput(f"cannot read the setting {text[:60]!r}", "write NAME=VALUE, as in alpha=1/rho_E")
    return symbol(formula.lhs.name, THEORY), to_sympy(formula.rhs, symbols_in(THEORY))

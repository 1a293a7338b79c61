"""What is printed of one expression or claim: parameters set, chosen atoms kept, the rest written out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import sympy as sp

from verify.claims.claim import Claim
from verify.claims.setting import NamedExpression, Setting
from verify.claims.to_sympy import symbol, symbols_in, to_sympy
from verify.derivations.combination import value_of
from verify.derivations.rules import group
from verify.derivations.signs import tidy
from verify.language.logic import Rel, Var
from verify.language.parser import parse_statement
from verify.runtime.errors import BadInput
from verify.typesetting.arrange import present
from verify.typesetting.statements import claim_latex, hypotheses_latex
from verify.typesetting.typesetter import latex

MAX_OPERATIONS = 5_000  # of a formula that is to be factored


def render(
    expression: NamedExpression,
    *,
    settings: Sequence[str] = (),
    keep: Sequence[str] = (),
    raw: bool = False,
    display: bool = False,
) -> str:
    """The LaTeX of a named expression; ``BadInput`` for unknown names and for values that make it undefined.

    ``settings`` are texts such as ``alpha=1/rho_E``, ``keep`` names of atoms.
    """
    values = dict(assignment(text, expression.setting) for text in settings)
    value = form(expression, values, [symbol(k, expression.setting) for k in keep], raw=raw)
    text = latex(value, expression.setting)
    return displayed(f"{expression.latex}={text}") if display else text


def render_claim(claim: Claim, *, display: bool = False) -> str:
    """The LaTeX of the statement of a claim; in a display after its hypotheses."""
    statement = claim_latex(claim)
    if not display:
        return statement
    hypotheses = hypotheses_latex(claim)
    text = f"For {', '.join(f'${h}$' for h in hypotheses)}:\n" if hypotheses else ""
    return text + displayed(statement)


def displayed(text: str) -> str:
    """A formula on a line of its own."""
    return f"\\[\n  {text}\n\\]"


def form(
    expression: NamedExpression, values: dict[sp.Symbol, sp.Expr], keep: Sequence[sp.Symbol], *, raw: bool
) -> sp.Expr:
    """The value with parameters set, written in the atoms ``keep``.

    Atoms stay, unless ``raw``, or unless a set parameter turns one into a number (sigma_inf at alpha = 1/rho_E).
    """
    e = expression.raw() if raw else expression.value
    if keep:
        e = _shortest([e, *_in_atoms(e, keep, expression.setting)])
    atoms = expression.setting.atoms
    for s in sorted(e.free_symbols & set(atoms), key=sp.default_sort_key) if values else ():
        there = atoms[s].raw()
        if there.free_symbols & set(values) and (number := there.xreplace(values)).is_number:
            e = e.xreplace({s: number})
    if values:
        e = _checked(e.subs(values, simultaneous=True), expression)
        e = _shorter(e)
    return e


def _in_atoms(e: sp.Expr, keep: Sequence[sp.Symbol], setting: Setting) -> list[sp.Expr]:
    """The expression with other atoms written in the chosen ones, plain, factored and grouped."""
    e = e.xreplace({s: v for s, v in relations(setting).items() if v.free_symbols & set(keep)})
    if e.count_ops() > MAX_OPERATIONS or not _rational(e):
        return [e]
    e = e.replace(lambda x: x.is_Pow and x.base.is_Add and x.base.count_ops() < 10, lambda x: tidy(sp.factor(x)))
    data = tuple(s for s in setting.notation.data if s in e.free_symbols)
    return [e, tidy(sp.factor(e)), *([group(e, data)] if data else [])]


@lru_cache(maxsize=16)
def relations(setting: Setting) -> Mapping[sp.Symbol, sp.Expr]:
    """Atoms in terms of other atoms, as the derivations of a theory put them in.

    A derivation also puts in what holds in a limit or for another method, so that only what is the same rational
    function of the parameters is a relation.
    """
    found: dict[sp.Symbol, sp.Expr] = {}
    tried: set[tuple[sp.Symbol, sp.Expr]] = set()
    steps = [step for e in setting.named.values() for step in e.derivation.steps if step.rule == "substitute_scalars"]
    for s, v in (pair for step in steps for pair in value_of(dict(step.params))["values"].items()):
        if s in found or (s, v) in tried or s not in setting.atoms or not v.free_symbols & setting.atoms.keys():
            continue
        tried.add((s, v))
        difference = setting.expand(s) - setting.expand(v)
        if _rational(difference) and sp.cancel(sp.together(difference)) == 0:
            found[s] = v
    return found


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


def assignment(text: str, setting: Setting) -> tuple[sp.Symbol, sp.Expr]:
    """A parameter and what it is set to, from ``alpha=1/rho_E``."""
    formula = parse_statement(text)
    if not (isinstance(formula, Rel) and formula.op == "==" and isinstance(formula.lhs, Var)):
        raise BadInput(f"cannot read the setting {text[:60]!r}", "write NAME=VALUE, as in alpha=1/rho_E")
    return symbol(formula.lhs.name, setting), to_sympy(formula.rhs, symbols_in(setting))

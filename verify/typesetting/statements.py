"""Statements, domains and whole problems as LaTeX; wide closed forms are printed by their names (G for the gain)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import sympy as sp

from theory.maml_erm.formulas.symbols import VOCABULARY, K, c, x
from verify.claims.domain import Bound, Domain
from verify.claims.statement import (
    Equivalence,
    Holds,
    Identity,
    Inequality,
    Limit,
    LoewnerOrder,
    MatrixIdentity,
    Minimiser,
    Monotone,
    Statement,
)
from verify.derivations.relations import Connective, Formula, Relation
from verify.derivations.trace_polynomials import TracePolynomial
from verify.typesetting.matrices import polynomial_latex
from verify.typesetting.names import symbol_latex
from verify.typesetting.printer import expression_of, latex
from verify.typesetting.text import text_latex

if TYPE_CHECKING:
    from verify.claims.claim import Claim
    from verify.claims.setting import NamedExpression

_RELATIONS = {"==": "=", "!=": r"\ne", "<": "<", "<=": r"\le", ">": ">", ">=": r"\ge"}
_CONNECTIVES = {"implies": r"\;\Longrightarrow\;", "iff": r"\;\Longleftrightarrow\;"}
FOLDED = ("gain", "gain.with_floor", "gain.limit", "risk.erm", "risk.maml", "risk.segment")


# ---------------------------------------------------------------- names for wide formulas


@cache
def _folds() -> dict[sp.Expr, tuple[sp.Symbol, str]]:
    r"""Closed forms that are printed by name, also with another value for sigma: ``G|_{\sigma=x}``."""
    from theory.maml_erm.formulas.expressions import atoms, expressions
    from theory.maml_erm.formulas.mixture import kappa, q, sigma, sigma_g

    table = expressions()
    out = {}
    for name in FOLDED:
        e = table[name]
        out[e.value] = (sp.Symbol(e.latex, real=True), name)
    gain = table["gain"]
    others = [x, *(sp.Symbol(f"{s}_2", real=True) for s in ("x", "sigma")), sigma_g, kappa * q**K, kappa * q ** (K + 1)]
    others += [s for s in atoms() if s.name in ("sigma_K",)]
    for value in others:
        text = rf"G\big|_{{\sigma={latex(value)}}}"
        out.setdefault(gain.value.xreplace({sigma: value}), (sp.Symbol(text, real=True), "gain"))
    raw = gain.value.xreplace({sigma: atoms()[sigma].raw()})
    out.setdefault(raw, (sp.Symbol(gain.latex, real=True), "gain"))
    risk = table["risk.segment"]
    for s, at in atoms().items():
        text = rf"\mathcal E_m({at.latex})"
        out.setdefault(risk.value.xreplace({c: s}), (sp.Symbol(text, real=True), "risk.segment"))
    return out


def fold(e: sp.Expr) -> sp.Expr:
    """Write named closed forms by their names."""
    e = expression_of(e)
    if e.is_Atom or len(str(e)) < 20:
        return e
    return e.xreplace({value: symbol for value, (symbol, _) in _folds().items()})


def folded_names(e: sp.Expr) -> set[str]:
    """The named closed forms that ``fold`` writes by name."""
    found = fold(e).free_symbols
    return {name for symbol, name in _folds().values() if symbol in found}


def scalar_latex(e: sp.Expr) -> str:
    """A scalar with its wide parts by name."""
    return latex(fold(e))


# ---------------------------------------------------------------- formulas and domains


def formula_latex(f: Formula) -> str:
    r"""The LaTeX of a formula.

    >>> from verify.derivations.relations import iff, lt, gt
    >>> from theory.maml_erm.formulas.mixture import kappa, sigma, m_star
    >>> from theory.maml_erm.formulas.symbols import m
    >>> print(formula_latex(iff(lt(sigma, kappa), gt(m, m_star))))
    \sigma<\kappa\;\Longleftrightarrow\;m>m^{*}
    """
    if isinstance(f, Relation):
        return relation_latex(f.lhs, f.op, f.rhs)
    if not isinstance(f, Connective):
        raise TypeError(f"{f!r:.60} ({type(f).__name__}) is not a formula")
    if f.op == "not":
        return rf"\neg({formula_latex(f.args[0])})"
    if f.op in _CONNECTIVES:
        return _CONNECTIVES[f.op].join(_operand(a) for a in f.args)
    return rf"\;\text{{{f.op}}}\;".join(_operand(a) for a in f.args)


def _operand(f: Formula) -> str:
    text = formula_latex(f)
    return rf"\bigl({text}\bigr)" if isinstance(f, Connective) and f.op in _CONNECTIVES else text


def relation_latex(lhs: sp.Expr, op: str, rhs: sp.Expr) -> str:
    """A relation, as a chain would write it."""
    return relation_text(scalar_latex(lhs), _RELATIONS[op], scalar_latex(rhs))


def relation_text(left: str, sign: str, right: str) -> str:
    return f"{left}{sign}{' ' if sign[0] == chr(92) and right[:1].isalpha() else ''}{right}"


def bound_latex(b: Bound) -> str:
    """The range of one symbol; an integer of at least 1 is written by its set."""
    name = symbol_latex(b.symbol)
    if b.symbol.is_integer and b.lower == 1 and b.upper is None:
        return rf"{name}\in\{{1,2,\ldots\}}"
    left = "" if b.lower is None else latex(b.lower) + (r"\le " if b.lower_closed else "<")
    right = "" if b.upper is None else (r"\le " if b.upper_closed else "<") + latex(b.upper)
    return f"{left}{name}{right}" if left or right else rf"{name}\in\mathbb R"


def domain_latex(domain: Domain) -> tuple[str, ...]:
    """The hypotheses in order; bounds that say the same of several symbols are taken together."""
    chains, rest = _chains(domain.bounds)
    alike: dict[tuple[object, ...], list[Bound]] = {}
    for b in rest:
        simple = all(end is None or end.is_number for end in (b.lower, b.upper))
        key = (b.lower, b.lower_closed, b.upper, b.upper_closed, b.symbol.is_integer) if simple else (b.symbol,)
        alike.setdefault(key, []).append(b)
    return (*chains, *map(_alike_latex, alike.values()), *(formula_latex(f) for f in domain.extra))


def _alike_latex(group: list[Bound]) -> str:
    """The common range of several symbols."""
    b = group[0]
    names = ", ".join(symbol_latex(x.symbol) for x in group)
    if b.lower is not None and b.upper is None and not (b.symbol.is_integer and b.lower == 1):
        sign = r"\ge" if b.lower_closed else ">"
        return relation_text(names, sign, latex(b.lower))
    return bound_latex(b).replace(symbol_latex(b.symbol), names, 1)


def _chains(bounds: tuple[Bound, ...]) -> tuple[list[str], list[Bound]]:
    """Pairs such as 0 < rho_H and rho_H < rho_E as one chain, and the bounds that are left."""
    texts: list[str] = []
    used: set[sp.Symbol] = set()
    lows = [b for b in bounds if b.lower == 0 and not b.lower_closed and b.upper is None]
    highs = [b for b in bounds if b.upper is None and not b.lower_closed]
    for low in lows:
        for high in highs:
            if high.lower == low.symbol and not {low.symbol, high.symbol} & used:
                texts.append(f"0<{symbol_latex(low.symbol)}<{symbol_latex(high.symbol)}")
                used |= {low.symbol, high.symbol}
    return texts, [b for b in bounds if b.symbol not in used]


# ---------------------------------------------------------------- statements


def statement_latex(statement: Statement) -> str:
    """One display line of mathematics; words that belong to it stand in text."""
    show = scalar_latex
    if isinstance(statement, MatrixIdentity):
        return f"{quantity_latex(statement.name)}={polynomial_latex(statement.rhs)}"
    if isinstance(statement, LoewnerOrder):
        return rf"{polynomial_latex(statement.lhs)}\preceq {polynomial_latex(statement.rhs)}"
    if isinstance(statement, Limit):
        to = {sp.oo: r"\infty", sp.Integer(0): "0^{+}"}[statement.to]
        arrow = rf"\xrightarrow[{symbol_latex(statement.variable)}\to {to}]{{}}"
        return f"{show(statement.expression)}{arrow}{show(statement.value)}"
    if isinstance(statement, Monotone):
        strictly = "strictly " if statement.strict else ""
        words = rf"is {strictly}{statement.direction} in }}{symbol_latex(statement.variable)}"
        return rf"{show(statement.expression)}\;\text{{{words}"
    if isinstance(statement, Minimiser):
        return _minimiser(statement)
    if isinstance(statement, Equivalence):
        parts = (statement.left, statement.right)
        return _CONNECTIVES["iff"].join(_operand(f) for f in parts)
    if isinstance(statement, Holds):
        return formula_latex(statement.body)
    if isinstance(statement, Identity | Inequality):
        return relation_latex(statement.lhs, getattr(statement, "op", "=="), statement.rhs)
    raise TypeError(f"{statement!r:.60} ({type(statement).__name__}) is not a statement")


def _minimiser(s: Minimiser) -> str:
    show = scalar_latex
    name = symbol_latex(s.variable)
    text = rf"\operatorname*{{arg\,min}}_{{{name}\in\mathbb R}}\;{show(s.objective)}={show(s.argmin)}"
    if s.value is not None:
        text += rf",\qquad\min_{{{name}}}={show(s.value)}"
    if s.unique_if is not None:
        text += rf"\qquad\text{{(unique if }}{formula_latex(s.unique_if)}\text{{)}}"
    return text


_WORDS = (
    (r"W of (.*)", r"W_{\\text{\1}}"),
    (r"gradient of the averaged objective", r"\\nabla_w\\,\\mathbb E_i\\tfrac{1}{2}\\lVert w-w_i^{*}\\rVert_W^2"),
    (r"\bSigma\b", r"\\Sigma"),
    (r"\bShat\b", r"\\hat\\Sigma"),
    (r"\balpha\b", r"\\alpha"),
    (r"\bE\[", r"\\mathbb E["),
    (r"\bE f", r"\\mathbb E\\,f"),
    (r"\bE_m\b", r"\\mathcal E_m"),
    (r"w_MAML", r"w_{\\mathrm{MAML}}"),
    (r"w\*", r"w^{*}"),
    (r" - ", "-"),
)


def quantity_latex(name: str) -> str:
    r"""The name of a computed matrix, as claims write it.

    >>> print(quantity_latex("E[Shat A Shat]"))
    \mathbb E[\hat\Sigma A \hat\Sigma]
    """
    for pattern, replacement in _WORDS:
        name = re.sub(pattern, replacement, name)
    return name


def claim_latex(claim: Claim) -> str:
    """The statement of a claim; its fixed parameters are among ``hypotheses_latex``.

    Where a derived formula and the stated one print alike, the left-hand side is the title of the derivation.
    """
    from verify.claims.claim import Claim

    if not isinstance(claim, Claim):
        raise TypeError(f"{claim!r:.60} ({type(claim).__name__}) is not a claim, so it has no statement to print")
    s = claim.statement
    if isinstance(s, Identity) and (right := scalar_latex(s.rhs)) == scalar_latex(s.lhs):
        title = claim.derivations[-1].title if claim.derivations else "left-hand side, computed"
        return rf"\text{{{text_latex(title)}}}={right}"
    return statement_latex(s)


def hypotheses_latex(claim: Claim) -> tuple[str, ...]:
    """Fixed parameters first, then the relevant domain; empty for matrix identities, which hold for all letters."""
    if isinstance(claim.statement, MatrixIdentity):
        return ()
    fixed = tuple(f"{symbol_latex(s)}={latex(value)}" for s, value in claim.at)
    return fixed + domain_latex(claim.relevant_domain)


def expression_latex(e: NamedExpression) -> str:
    """name = value."""
    return f"{e.latex}={latex(e.value)}"


def notation() -> tuple[tuple[str, str, str, str], ...]:
    """The notation table: LaTeX, meaning, domain, unit."""
    return tuple((q.latex, q.meaning, q.domain, str(q.unit)) for q in VOCABULARY.values())


def any_latex(e: TracePolynomial | sp.Expr) -> str:
    """A scalar or a trace polynomial."""
    return polynomial_latex(e) if isinstance(e, TracePolynomial) else scalar_latex(e)

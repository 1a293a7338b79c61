r"""Derivations as one chain: what it starts from, then a relation, a formula and a reason for every step.

A rule that only rewrites, or puts in what something is, gives a ``=``. One that gives another quantity gives an arrow
with what was done above it, as an equality sign would be wrong there; a chain that solves an equation starts from 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import sympy as sp

from verify.claims.setting import Setting
from verify.derivations.combination import value_of
from verify.derivations.derivation import Derivation, Step, sources_of
from verify.derivations.trace_polynomials import Letter, TracePolynomial
from verify.typesetting.abbreviations import Abbreviated, abbreviated
from verify.typesetting.formulas import formula_latex
from verify.typesetting.typesetter import Typesetter, typesetter

_SOLVING = frozenset({"solve_linear", "solve_with_inverse", "solve_multiple_of_identity", "solve_exponent"})
_EQUATION = _SOLVING | {"numerator", "smaller_quadratic_root"}
_AVERAGES = frozenset({"expect", "average_over_tasks", "average_over_classes"})
_ABOVE = 40  # characters of LaTeX that stand above an arrow: more of them would make it wider than the formulas
_OTHERS = frozenset({"coefficient_of_vector", "iterate", "spectral_value"})


@dataclass(frozen=True)
class Row:
    """One line of a chain; the first has no relation. ``formula`` is mathematics, ``reason`` text.

    ``where`` are letters of the formula with what they stand for, ``sources`` the derivations whose results are used.
    """

    relation: str
    formula: str
    reason: str
    where: tuple[tuple[str, str], ...] = ()
    conditions: tuple[str, ...] = ()
    sources: tuple[Derivation, ...] = ()


def rows_of(d: Derivation, setting: Setting, limit: int) -> tuple[Row, ...]:
    """The chain of a derivation; steps that print like the line before them are taken together with it."""
    t = typesetter(setting)
    shown = _shown(d.start, t, limit)
    out = [Row("", shown.formula, t.sentence(d.reason), shown.where, (), sources_of(d.given))]
    solves, stationary = _solves(d)
    if solves and not stationary:
        out[0] = replace(out[0], relation="0=")
    for step in d.steps:
        shown = _shown(step.after, t, limit)
        row = Row(
            _relation(step, t, setting, stationary=stationary),
            shown.formula,
            t.sentence(step.reason),
            shown.where,
            tuple(formula_latex(f, t) for f in step.conditions),
            sources_of(step.params),
        )
        if row.formula == out[-1].formula and row.relation in ("=", r"\longmapsto") and len(out) > 1:
            out[-1] = _together(out[-1], row)
        else:
            out.append(row)
    return tuple(out)


def is_equality(rows: tuple[Row, ...]) -> bool:
    """Whether the first and the last formula of a chain are equal, so that a name may stand before both."""
    return all(row.relation in ("", "=") for row in rows)


def _together(before: Row, row: Row) -> Row:
    """A row and the next one that prints the same: the reasons that are needed of both."""
    needed = bool(row.conditions or row.sources)
    reason = f"{before.reason}; {row.reason}" if needed else before.reason
    return replace(
        before,
        reason=reason,
        conditions=before.conditions + row.conditions,
        sources=before.sources + row.sources,
    )


def _solves(d: Derivation) -> tuple[bool, bool]:
    """Whether the chain solves an equation, and whether that is a gradient set to zero."""
    rules = [step.rule for step in d.steps]
    first = next((i for i, rule in enumerate(rules) if rule in _EQUATION), None)
    return first is not None, first is not None and "gradient" in rules[:first]


def _relation(step: Step, t: Typesetter, setting: Setting, *, stationary: bool) -> str:
    """The sign between the line before the step and the one after it."""
    params: Mapping[str, Any] = dict(step.params)
    if step.rule in _AVERAGES:
        return r"\xrightarrow{\;\mathbb E\;}"
    if step.rule == "gradient":
        return rf"\xrightarrow{{\nabla_{{{_unknown(params['letter'], t)}}}}}"
    if step.rule == "numerator":
        return r"\Longleftrightarrow 0="
    if step.rule in _SOLVING and stationary:
        return rf"\xrightarrow{{\;=0\;}}{_unknown(params['unknown'], t)}="
    if step.rule in _SOLVING:
        return rf"\Longleftrightarrow {_unknown(params.get('unknown'), t)}="
    if step.rule == "smaller_quadratic_root":
        return rf"\Longleftarrow {_unknown(params['unknown'], t)}="
    if step.rule == "limit_at_infinity":
        return rf"\xrightarrow{{{_unknown(params['variable'], t)}\to\infty}}"
    if step.rule == "substitute_scalars" and (special := _special(params["values"], t, setting)):
        return special
    if step.rule == "multiple_of_identity":
        square = isinstance(step.before, TracePolynomial) and step.before.rows != 1
        return r"\longmapsto" if square else "="
    return r"\longmapsto" if step.rule in _OTHERS else "="


def _special(values: object, t: Typesetter, setting: Setting) -> str:
    """An arrow with what is put in for quantities of the theory, which gives a special case; empty for other names."""
    chosen = [(s, v) for s, v in value_of({"values": values})["values"].items() if s.name in setting.vocabulary]
    text = r",\,".join(f"{t.symbol(s)}={t.short(v)}" for s, v in chosen)
    if not chosen:
        return ""
    return rf"\xrightarrow{{{text}}}" if len(text) <= _ABOVE else r"\longmapsto"


def _unknown(what: object, t: Typesetter) -> str:
    """The LaTeX of a symbol or a letter that a rule is about."""
    if isinstance(what, Letter):
        return t.polynomial(TracePolynomial.letter(what))
    return t.symbol(what if isinstance(what, sp.Symbol) else sp.Symbol(str(what)))


def _shown(expression: TracePolynomial | sp.Expr, t: Typesetter, limit: int) -> Abbreviated:
    """A line of a derivation: wide closed forms by name, but not a line that would be nothing but such a name."""
    if isinstance(expression, TracePolynomial):
        return Abbreviated(t.polynomial(expression))
    folded = t.folding.fold(expression)
    return abbreviated(expression if folded.is_Symbol else folded, t, limit)


def letters_in(expressions: Iterable[TracePolynomial | sp.Expr]) -> list[Letter]:
    """The letters of matrices and vectors that these are written in, each once, not transposed."""
    seen = dict[str, Letter]()
    for expression in expressions:
        if isinstance(expression, TracePolynomial):
            for term in expression.terms:
                for a in (*term.word, *(a for loop in term.traces for a in loop)):
                    seen.setdefault(a.name, a.T if a.transposed else a)
    return list(seen.values())

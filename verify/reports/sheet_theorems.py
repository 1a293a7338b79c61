"""Theorems in the theorem sheet: hypotheses, statement and what stands behind it; false ones with a counterexample."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import sympy as sp

from verify.claims.claim import Claim
from verify.claims.full_names import is_full, parts
from verify.claims.statement import LoewnerOrder, MatrixIdentity
from verify.reports.latex_chosen import used_by
from verify.reports.latex_evidence import UNKNOWN, Found
from verify.reports.sheet_derivations import Known, label, label_of
from verify.typesetting import Typesetter, typesetter
from verify.typesetting.formulas import formula_latex
from verify.typesetting.line_breaks import broken
from verify.typesetting.plain_text import kind_of
from verify.typesetting.statements import claim_latex, hypotheses_latex
from verify.typesetting.text import capital

_VERDICTS = {"proved": "Proved", "enclosed": "Enclosed", "supported": "Supported", "refuted": "Refuted"}


def theorem(c: Claim, evidence: Mapping[str, Found], derivations: Known) -> Iterator[str]:
    """The lines of a claim that is to be true."""
    t = typesetter(c.setting)
    yield rf"\theorem{{{_identifier(c.id)}}}{{{t.sentence(c.title)}}}{{{label('claim', c.id)}}}"
    yield rf"\hypotheses{{{_hypotheses(c)}}}"
    yield rf"\statement{{{broken(claim_latex(c))}}}"
    if isinstance(c.statement, LoewnerOrder):
        whose = " of each matrix" if c.statement.averaged else ""
        yield rf"\remark{{At an eigenvalue{whose}: ${formula_latex(c.statement.at_eigenvalue, t)}$.}}"
    where = _where(c, t)
    if where:
        yield rf"\remark{{Here {where}.}}"
    if c.note:
        yield rf"\remark{{{t.sentence(capital(c.note))}.}}"
    yield rf"\background{{{_background(c, evidence, derivations, t)}}}"
    for hypothesis, witness in evidence.get(c.id, UNKNOWN).needed:
        yield rf"\background{{Without {t.sentence(hypothesis)}: {t.sentence(witness)}.}}"


def false_statement(c: Claim, evidence: Mapping[str, Found]) -> Iterator[str]:
    """The lines of a claim that is to be refuted."""
    found, t = evidence.get(c.id, UNKNOWN), typesetter(c.setting)
    yield rf"\theorem{{False}}{{{t.sentence(c.title)}}}{{{label('claim', c.id)}}}"
    yield rf"\hypotheses{{{_hypotheses(c)}}}"
    yield rf"\statement{{{broken(claim_latex(c))}}}"
    if found.witness:
        at = ", ".join(f"${_witness_name(k, t)}={_witness_value(v, t)}$" for k, v in found.witness)
        sides = f" The left side is ${_witness_value(found.lhs, t)}$, the right side ${_witness_value(found.rhs, t)}$."
        yield rf"\background{{\textbf{{Refuted}} at {at}.{sides if found.lhs else ''}}}"
    elif found.model:
        first, *rest = map(t.sentence, found.model)
        yield rf"\background{{\textbf{{Refuted}}: {'; '.join([first, *rest]).replace(':;', ':')}.}}"
    else:
        yield rf"\background{{{_verdict(found, t)}.}}"


def _identifier(name: str) -> str:
    """The id of a claim, as text."""
    return name.replace("_", r"\_")


def _hypotheses(c: Claim) -> str:
    if isinstance(c.statement, MatrixIdentity):
        return r"For every dimension, every number of samples and every choice of the matrices:"
    hypotheses = hypotheses_latex(c)
    return f"For {', '.join(f'${h}$' for h in hypotheses)}:" if hypotheses else "Without any hypothesis:"


def _where(c: Claim, t: Typesetter) -> str:
    """The named quantities of the statement, defined on the pages before."""
    parts = [f"${e.latex}$" for e in used_by(c)]
    if not parts:
        return ""
    several = "are the quantities" if len(parts) > 1 else "is the quantity"
    at = " and ".join(f"${t.symbol(s)}={t.scalar(v)}$" for s, v in c.at)
    return f"{', '.join(parts)} {several} of Section~\\ref{{definitions}}" + (f", at {at}" if at else "")


def _background(c: Claim, evidence: Mapping[str, Found], derivations: Known, t: Typesetter) -> str:
    found = evidence.get(c.id, UNKNOWN)
    parts = [_verdict(found, t) + (f" ({', '.join(found.routes)})" if found.routes else "")]
    parts.append(t.sentence(capital(kind_of(c))))
    if c.rests_on:
        parts.append("rests on " + ", ".join(_reference(name) for name in c.rests_on))
    if c.needed_to_state:
        parts.append("stated with " + ", ".join(_reference(name) for name in c.needed_to_state))
    for d in c.derivations:
        if label_of(d) in derivations:
            parts.append(rf"derivation \ref{{{label_of(d)}}}")
    parts.append(f"source: {t.sentence(c.source)}")
    return "; ".join(parts) + "."


def _verdict(found: Found, t: Typesetter) -> str:
    return t.sentence(_VERDICTS.get(found.verdict, capital(found.verdict)))


def _reference(name: str) -> str:
    """A link to a theorem of the sheet; of another theory's, whose it is."""
    if is_full(name):
        theory, claim = parts(name)
        return f"{_identifier(theory)}'s {_identifier(claim)}"
    return rf"\hyperref[{label('claim', name)}]{{{_identifier(name)}}}"


def _witness_name(name: str, t: Typesetter) -> str:
    return t.symbol(sp.Symbol(name)) if name.replace("_", "").isalnum() else rf"\text{{{t.sentence(name)}}}"


def _witness_value(value: str, t: Typesetter) -> str:
    """A rational number, an enclosure or a matrix, as the counterexample gives it."""
    above, slash, below = value.partition("/")
    if slash and below.isdigit() and above.lstrip("-").isdigit():
        return rf"{'-' if above[0] == '-' else ''}\tfrac{{{above.lstrip('-')}}}{{{below}}}"
    plain = (
        value.replace("+/-", r"\pm ")
        if value.strip("[]").replace(".", "").replace("+/-", "").replace(" ", "").isdigit()
        else None
    )
    return plain or (value if value.lstrip("-").isdigit() else rf"\text{{{t.sentence(value)}}}")

"""The theorem sheet: notation, definitions, every theorem with what stands behind it, and the false statements."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from string import Template

import sympy as sp

from theory.maml_erm.formulas.expressions import atoms, expressions
from verify.claims.claim import Claim
from verify.claims.statement import LoewnerOrder, MatrixIdentity
from verify.derivations.derivation import Derivation
from verify.evidence.run import catalogue
from verify.reports.latex_evidence import UNKNOWN, Found
from verify.reports.text import kind_of
from verify.typesetting.derivations import derivation_lines
from verify.typesetting.line_breaks import broken
from verify.typesetting.names import macro_name, symbol_latex
from verify.typesetting.printer import latex
from verify.typesetting.statements import claim_latex, folded_names, formula_latex, hypotheses_latex, notation
from verify.typesetting.text import text_latex

TEMPLATE = Path(__file__).with_name("sheet.tex")
_VERDICTS = {"proved": "Proved", "enclosed": "Enclosed", "supported": "Supported", "refuted": "Refuted"}


def sheet(evidence: dict[str, Found]) -> str:
    """The whole document; the same theory and evidence always give the same text."""
    claims = catalogue()
    true = [c for c in claims.values() if c.expected]
    false = [c for c in claims.values() if not c.expected]
    derivations = _derivations(true)
    parts = {
        "notation": "\n".join(_notation()),
        "definitions": "\n".join(_definitions(derivations)),
        "theorems": "\n".join(line for c in true for line in _theorem(c, evidence, derivations)),
        "derivations": "\n".join(line for d in derivations.values() for line in _derivation(d, derivations)),
        "false": "\n".join(line for c in false for line in _false(c, evidence)),
    }
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(parts)


def _identifier(name: str) -> str:
    """The id of a claim, as text."""
    return name.replace("_", r"\_")


def _row(*cells: str) -> str:
    return " & ".join(cells) + r" \\"


def _notation() -> Iterator[str]:
    for tex, meaning, domain, unit in notation():
        yield _row(f"${tex}$", text_latex(meaning), text_latex(domain), f"${unit_latex(unit)}$")


def unit_latex(unit: str) -> str:
    """X^-2 Y as mathematics."""
    parts = [part.partition("^") for part in unit.split()]
    return r"\,".join(name + (f"^{{{power}}}" if power else "") for name, _, power in parts)


# ---------------------------------------------------------------- definitions and theorems


def _label(kind: str, name: str) -> str:
    return f"{kind}:{name}"


def _label_of(d: Derivation) -> str:
    """A label for a derivation: some have the same title, for different curvatures or numbers of samples."""
    text = f"{d.title}: {d.start} = {d.result} in {len(d.steps)}"
    return _label("derivation", hashlib.sha256(text.encode()).hexdigest()[:10])


def _definitions(derivations: dict[str, Derivation]) -> Iterator[str]:
    for e in expressions().values():
        macro = macro_name("expr", e.name)
        shown = broken(f"{e.latex}={latex(e.value)}")
        yield rf"\definition{{{text_latex(_capital(e.meaning))}}}{{\texttt{{\string{macro}}}}}{{{shown}}}"
        if _label_of(e.derivation) in derivations:
            yield rf"\derivedin{{{_label_of(e.derivation)}}}"


def _theorem(c: Claim, evidence: dict[str, Found], derivations: dict[str, Derivation]) -> Iterator[str]:
    yield rf"\theorem{{{_identifier(c.id)}}}{{{text_latex(c.title)}}}{{{_label('claim', c.id)}}}"
    yield rf"\hypotheses{{{_hypotheses(c)}}}"
    yield rf"\statement{{{broken(claim_latex(c))}}}"
    if isinstance(c.statement, LoewnerOrder):
        yield rf"\remark{{At an eigenvalue: ${formula_latex(c.statement.at_eigenvalue)}$.}}"
    where = _where(c)
    if where:
        yield rf"\remark{{Here {where}.}}"
    if c.note:
        yield rf"\remark{{{text_latex(_capital(c.note))}.}}"
    yield rf"\background{{{_background(c, evidence, derivations)}}}"
    for hypothesis, witness in evidence.get(c.id, UNKNOWN).needed:
        yield rf"\background{{Without {text_latex(hypothesis)}: {text_latex(witness)}.}}"


def _hypotheses(c: Claim) -> str:
    if isinstance(c.statement, MatrixIdentity):
        return r"For every dimension, every number of samples and every choice of the matrices:"
    return "For " + ", ".join(f"${h}$" for h in hypotheses_latex(c)) + ":"


def _where(c: Claim) -> str:
    """The named quantities of the statement, defined on the pages before."""
    if isinstance(c.statement, MatrixIdentity):
        return ""
    known = atoms()
    names = sorted(set().union(*(folded_names(e) for e in _expressions(c))))
    parts = [f"${expressions()[name].latex}$" for name in names]
    parts += [f"${known[e.symbol].latex}$" for e in c.used_atoms if e.symbol is not None]
    if not parts:
        return ""
    several = "are the quantities" if len(parts) > 1 else "is the quantity"
    at = " and ".join(f"${symbol_latex(s)}={latex(v)}$" for s, v in c.at)
    return f"{', '.join(parts)} {several} of Section~\\ref{{definitions}}" + (f", at {at}" if at else "")


def _expressions(c: Claim) -> list[sp.Expr]:
    """The scalar expressions that the statement is written in."""
    out: list[sp.Expr] = []
    todo: list[object] = [c.statement]
    while todo:
        x = todo.pop()
        if isinstance(x, sp.Expr):
            out.append(x)
        elif isinstance(x, tuple):
            todo += x
        elif hasattr(x, "__dataclass_fields__"):
            todo += [getattr(x, name) for name in x.__dataclass_fields__]
    return out


def _background(c: Claim, evidence: dict[str, Found], derivations: dict[str, Derivation]) -> str:
    found = evidence.get(c.id, UNKNOWN)
    verdict = _VERDICTS.get(found.verdict, _capital(found.verdict))
    parts = [text_latex(verdict) + (f" ({', '.join(found.routes)})" if found.routes else "")]
    parts.append(text_latex(_capital(kind_of(c))))
    if c.rests_on:
        parts.append("rests on " + ", ".join(_reference(name) for name in c.rests_on))
    if c.needed_to_state:
        parts.append("stated with " + ", ".join(_reference(name) for name in c.needed_to_state))
    for d in c.derivations:
        if _label_of(d) in derivations:
            parts.append(rf"derivation \ref{{{_label_of(d)}}}")
    parts.append(f"source: {text_latex(c.source)}")
    return "; ".join(parts) + "."


def _reference(name: str) -> str:
    return rf"\hyperref[{_label('claim', name)}]{{{_identifier(name)}}}"


def _capital(text: str) -> str:
    first = text.split(" ", 1)[0]
    # Names of quantities keep their case.
    return text if len(first) == 1 or any(ch in first for ch in "_^(*=") else text[:1].upper() + text[1:]


# ---------------------------------------------------------------- derivations and false statements


def _derivations(claims: list[Claim]) -> dict[str, Derivation]:
    """Every derivation behind the definitions and the theorems once, by label, after those it is made of."""
    out: dict[str, Derivation] = {}
    for d in [*(e.derivation for e in expressions().values()), *(d for c in claims for d in c.derivations)]:
        for part in (*d.history, d):
            out.setdefault(_label_of(part), part)
    return out


def _derivation(d: Derivation, known: dict[str, Derivation]) -> Iterator[str]:
    yield rf"\derivation{{{text_latex(_capital(d.title))}}}{{{_label_of(d)}}}"
    yield r"\begin{steps}"
    shared = _longest_prefix(d, known)
    for line in derivation_lines(d):
        if shared is not None and line.number < len(shared.steps):
            if line.number == 0:
                yield rf"\beginning{{{_label_of(shared)}}}{{{len(shared.steps) - 1}}}"
            continue
        conditions = f" Provided ${'$, $'.join(line.conditions)}$." if line.conditions else ""
        if line.sources:
            places = [rf"\ref{{{_label_of(x)}}}" for x in line.sources]
            conditions += f" From {', '.join(places)}."
        reason = rf"{{{_capital(line.reason)}}}{{{line.rule}}}{{{conditions}}}"
        yield rf"\step{{{line.number}}}{{{broken(line.formula)}}}{reason}"
    yield r"\end{steps}"


def _longest_prefix(d: Derivation, known: dict[str, Derivation]) -> Derivation | None:
    """An earlier derivation whose steps are the first steps of this one, if that saves at least two lines."""
    best = None
    for other in known.values():
        if other is d:
            break
        k = len(other.steps)
        same = other.start == d.start and other.reason == d.reason and 1 < k <= len(d.steps)
        if same and other.steps == d.steps[:k] and (best is None or k > len(best.steps)):
            best = other
    return best


def _false(c: Claim, evidence: dict[str, Found]) -> Iterator[str]:
    found = evidence.get(c.id, UNKNOWN)
    yield rf"\theorem{{False}}{{{text_latex(c.title)}}}{{{_label('claim', c.id)}}}"
    yield rf"\hypotheses{{{_hypotheses(c)}}}"
    yield rf"\statement{{{broken(claim_latex(c))}}}"
    if found.witness:
        at = ", ".join(f"${_witness_name(k)}={_witness_value(v)}$" for k, v in found.witness)
        sides = f" The left side is ${_witness_value(found.lhs)}$, the right side ${_witness_value(found.rhs)}$."
        yield rf"\background{{\textbf{{Refuted}} at {at}.{sides if found.lhs else ''}}}"
    else:
        yield rf"\background{{{text_latex(_VERDICTS.get(found.verdict, _capital(found.verdict)))}.}}"


def _witness_name(name: str) -> str:
    return symbol_latex(sp.Symbol(name)) if name.replace("_", "").isalnum() else rf"\text{{{text_latex(name)}}}"


def _witness_value(value: str) -> str:
    """A rational number, an enclosure or a matrix, as the counterexample gives it."""
    above, slash, below = value.partition("/")
    if slash and below.isdigit() and above.lstrip("-").isdigit():
        return rf"{'-' if above[0] == '-' else ''}\tfrac{{{above.lstrip('-')}}}{{{below}}}"
    plain = (
        value.replace("+/-", r"\pm ")
        if value.strip("[]").replace(".", "").replace("+/-", "").replace(" ", "").isdigit()
        else None
    )
    return plain or (value if value.lstrip("-").isdigit() else rf"\text{{{text_latex(value)}}}")

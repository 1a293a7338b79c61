"""The whole sheet: setting, main results, other results, computations, false statements, and what has been checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from string import Template

from verify.claims.setting import NamedExpression
from verify.reports.displays import PREAMBLE, WIDE, where_lines
from verify.reports.latex_chosen import Chosen
from verify.reports.latex_evidence import Found
from verify.reports.sheet import tables
from verify.reports.sheet.placing import Placing, label_of
from verify.reports.sheet.roles import label, roles
from verify.reports.sheet.standing import Standing, standing
from verify.reports.sheet.theorems import Theorems
from verify.typesetting.abbreviations import abbreviated
from verify.typesetting.line_breaks import broken
from verify.typesetting.text import capital, escaped
from verify.typesetting.typesetter import typesetter

TEMPLATE = Path(__file__).with_name("sheet.tex")
_STANDING = "Unless a statement gives another range, the symbols in it have these:"
_VECTORS = "Unless a statement says otherwise, it has"
_COMPUTATIONS = (
    r"What the results above refer to. An equality sign stands between what is equal; an arrow says what is done to one"
    r" line to get the next: $\mathbb E$ takes the expectation, $\nabla$ a gradient, and $\longmapsto$ reads off"
    " what the reason says."
)
_FALSE = "Each of these might be expected to hold. A counterexample in exact numbers shows that it does not."
_RECORDS = (
    "How much of this has been checked: \\emph{proved} means that a certificate of every step was accepted by an"
    " independent checker, \\emph{refuted} that a counterexample in exact numbers was found. Where Coq is named among"
    " the evidence, it has proved the claim once more, with all that the claim rests on."
)


def sheet(about: Chosen, evidence: Mapping[str, Found]) -> str:
    """The whole document; the same claims and evidence always give the same text."""
    found = roles(about)
    placing = Placing(about.expressions, found)
    usual = standing(about.claims)
    writer = Theorems(found, placing, usual, evidence)
    false = [c for c in about.claims if not c.expected]
    everything = (*found.claims, *false)
    sections = (
        _section(
            "Notation and assumptions", "", [*tables.notation(about, placing.all.values()), *_usual(about, usual)]
        ),
        _section("Definitions", "", _definitions(about.expressions, placing)),
        _section("Main results", "", (line for c in found.main for line in writer.theorem(c))),
        _section(
            "Lemmas and further results" if found.main else "Results",
            "",
            (line for c in found.rest for line in writer.theorem(c)),
        ),
        _section("Computations", _COMPUTATIONS, (x for p in placing.computations for x in writer.computation(p))),
        _section("What is not true", _FALSE, (line for c in false for line in writer.false_statement(c))),
        _section("What has been checked", _RECORDS, tables.records(about, found, evidence) if everything else ()),
        _section("Macros", "", tables.macros(about.expressions) if about.expressions else ()),
    )
    template = Template(TEMPLATE.read_text(encoding="utf-8"))
    text = "\n\n".join(section for section in sections if section)
    preamble = PREAMBLE.read_text(encoding="utf-8")
    return template.substitute(title=_title(about), source=about.source, preamble=preamble, sections=text)


def _title(about: Chosen) -> str:
    theory = about.selection.theory
    return escaped(about.title) if theory is None else typesetter(theory).sentence(capital(about.title))


def _section(title: str, introduction: str, lines: Iterable[str]) -> str:
    """A section with something in it; empty for one without."""
    body = list(lines)
    return "\n".join([rf"\section{{{title}}}", *([introduction] if introduction else []), *body]) if body else ""


def _usual(about: Chosen, usual: Standing) -> Iterator[str]:
    """What is assumed throughout, a list of short formulas."""
    for setting in about.settings:
        if texts := usual.lines(setting):
            yield rf"\usual{{{_STANDING}}}{{{', '.join(f'${text}$' for text in texts)}.}}"
    if usual.relations:
        yield rf"\usual{{{_VECTORS}}}{{{', '.join(usual.relations)}.}}"


def _definitions(expressions: Iterable[NamedExpression], placing: Placing) -> Iterator[str]:
    for e in expressions:
        t = typesetter(e.setting)
        found = abbreviated(e.value, t, WIDE - 10)
        placed = placing.all.get(label_of(e.derivation))
        derived = "" if placed is None or len(placed.rows) == 1 else placing.reference(e.derivation)
        meaning = t.sentence(capital(e.meaning))
        text = broken(f"{e.latex}={found.formula}", WIDE - 6)
        yield rf"\definition{{{meaning}}}{{{label('expr', e.name)}}}{{{text}}}{{{derived}}}"
        yield from where_lines(found.where)

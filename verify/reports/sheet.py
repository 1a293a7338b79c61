"""The theorem sheet: notation, definitions, every theorem with what stands behind it, and the false statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from string import Template

from verify.claims.setting import NamedExpression
from verify.reports.latex_chosen import Chosen
from verify.reports.latex_evidence import Found
from verify.reports.sheet_derivations import Known, behind, derivation, label_of
from verify.reports.sheet_theorems import false_statement, theorem
from verify.typesetting import macro_name, typesetter
from verify.typesetting.line_breaks import broken
from verify.typesetting.statements import expression_latex
from verify.typesetting.text import capital, escaped

TEMPLATE = Path(__file__).with_name("sheet.tex")
_TABLE = r"""\begin{longtable}{@{}lp{0.52\linewidth}ll@{}}
\textbf{symbol} & \textbf{meaning} & \textbf{domain} & \textbf{unit} \\[0.5ex]
\endhead"""
_STEPS = "Each step applies one rule, named on the right, to the formula before it."
_FALSE = "Each of these might be expected to hold. A counterexample in exact numbers shows that it does not."


def sheet(about: Chosen, evidence: Mapping[str, Found]) -> str:
    """The whole document; the same claims and evidence always give the same text."""
    true = [c for c in about.claims if c.expected]
    false = [c for c in about.claims if not c.expected]
    known = behind(about.expressions, true)
    sections = (
        _section("Notation", "", _notation(about)),
        _section(r"Definitions}\label{definitions", "", _definitions(about.expressions, known)),
        _section("Theorems", "", (line for c in true for line in theorem(c, evidence, known))),
        _section("Derivations", _STEPS, (line for name in known for line in derivation(name, known))),
        _section(
            "False statements and their counterexamples",
            _FALSE,
            (line for c in false for line in false_statement(c, evidence)),
        ),
    )
    template = Template(TEMPLATE.read_text(encoding="utf-8"))
    text = "\n\n".join(section for section in sections if section)
    return template.substitute(title=_title(about), source=about.source, sections=text)


def _title(about: Chosen) -> str:
    setting = about.selection.theory
    return escaped(about.title) if setting is None else typesetter(setting).sentence(capital(about.title))


def _section(title: str, introduction: str, lines: Iterable[str]) -> str:
    """A section with something in it; empty for one without."""
    body = list(lines)
    return "\n".join([rf"\section{{{title}}}", *([introduction] if introduction else []), *body]) if body else ""


def _notation(about: Chosen) -> Iterator[str]:
    for setting, quantities in about.quantities():
        t = typesetter(setting)
        if setting.notation.about:
            yield t.sentence(setting.notation.about)
        yield _TABLE
        for q in quantities:
            yield _row(f"${q.latex}$", t.sentence(q.meaning), t.sentence(q.domain), f"${unit_latex(str(q.unit))}$")
        yield r"\end{longtable}"


def _row(*cells: str) -> str:
    return " & ".join(cells) + r" \\"


def unit_latex(unit: str) -> str:
    """X^-2 Y as mathematics."""
    parts = [part.partition("^") for part in unit.split()]
    return r"\,".join(name + (f"^{{{power}}}" if power else "") for name, _, power in parts)


def _definitions(expressions: Iterable[NamedExpression], known: Known) -> Iterator[str]:
    for e in expressions:
        meaning = typesetter(e.setting).sentence(capital(e.meaning))
        macro = macro_name("expr", e.name)
        yield rf"\definition{{{meaning}}}{{\texttt{{\string{macro}}}}}{{{broken(expression_latex(e))}}}"
        if label_of(e.derivation) in known:
            yield rf"\derivedin{{{label_of(e.derivation)}}}"

"""The tables of the sheet: notation at its beginning, what has been checked at its end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import sympy as sp

from verify.claims.quantities import Quantity
from verify.claims.setting import NamedExpression, Setting
from verify.claims.statement import LoewnerOrder, MatrixIdentity, Spatial
from verify.derivations.trace_polynomials import Letter, TracePolynomial
from verify.reports.latex_chosen import Chosen
from verify.reports.latex_evidence import UNKNOWN, Found
from verify.reports.sheet.conventions import conventions
from verify.reports.sheet.placing import Placed
from verify.reports.sheet.roles import Roles, identifier, label
from verify.typesetting.chains import letters_in
from verify.typesetting.names import macro_name
from verify.typesetting.text import capital
from verify.typesetting.typesetter import Typesetter, typesetter

_SIGNS = {">=": r"\ge ", "<=": r"\le ", ">": ">", "<": "<"}
_RANGE = re.compile(r"(?P<name>[A-Za-z]\w*)|(?P<sign>>=|<=|[<>])|(?P<other>.)")


def notation(about: Chosen, placed: Iterable[Placed]) -> Iterator[str]:
    """One table a setting: quantities, named expressions, then the letters of matrices and whatever else is written."""
    by_setting: dict[Setting, list[Placed]] = {}
    for p in placed:
        by_setting.setdefault(p.setting, []).append(p)
    quantities = dict(about.quantities())
    for setting in about.settings:
        t = typesetter(setting)
        rows = [_quantity(q, t) for q in quantities.get(setting, ())]
        rows += [_named(e, t) for e in about.expressions if e.setting is setting]
        rows += _others(setting, by_setting.get(setting, ()), about, t)
        spatial = [c.statement for c in about.claims if c.setting is setting and isinstance(c.statement, Spatial)]
        rows += [_row(sign, meaning, "", "") for sign, meaning in conventions(spatial)]
        if not rows:
            continue
        if setting.notation.about:
            yield t.sentence(setting.notation.about)
        yield r"\begin{notation}"
        yield from rows
        yield r"\end{notation}"


def _quantity(q: Quantity, t: Typesetter) -> str:
    return _row(f"${q.latex}$", t.sentence(q.meaning), f"${range_latex(q, t)}$", f"${unit_latex(str(q.unit))}$")


def _named(e: NamedExpression, t: Typesetter) -> str:
    return _row(
        f"${e.latex}$", t.sentence(e.meaning), rf"\eqref{{{label('expr', e.name)}}}", f"${unit_latex(str(e.unit))}$"
    )


def range_latex(q: Quantity, t: Typesetter) -> str:
    """The range of a quantity as mathematics."""
    name = q.latex
    if q.domain == "integer >= 1":
        return rf"{name}\in\{{1,2,\ldots\}}"
    text = q.domain.removeprefix("integer ")
    if text == "real":
        return rf"{name}\in\mathbb R"
    out = "" if re.match(r"[<>]", text) is None else name
    for m in _RANGE.finditer(text):
        if m["name"]:
            out += t.symbol(sp.Symbol(m["name"]))
        else:
            out += _SIGNS[m["sign"]] if m["sign"] else m["other"].strip()
    return out + (r",\;" + rf"{name}\in\mathbb Z" if q.integer else "")


def _others(setting: Setting, placed: Iterable[Placed], about: Chosen, t: Typesetter) -> Iterator[str]:
    """Letters of matrices and vectors with their shapes, and numbers that only derivations have."""
    shown = [p for p in placed if p.like is None]
    expressions = [x for p in shown for x in (p.derivation.start, *(step.after for step in p.derivation.steps))]
    for c in about.claims:
        if c.setting is setting and isinstance(c.statement, MatrixIdentity | LoewnerOrder):
            expressions += [c.statement.lhs, c.statement.rhs]
    meanings = setting.notation.meanings
    known = set(setting.vocabulary) | {e.name for e in setting.named.values()} | {s.name for s in setting.atoms}
    letters = letters_in(expressions)
    for a in letters:
        meaning = t.sentence(meanings[a.name]) if a.name in meanings else _shape(a, t)
        yield _row(f"${t.polynomial(TracePolynomial.letter(a))}$", meaning, "", "")
    names = {a.name for a in letters}
    symbols = {s for e in expressions for s in _symbols(e)} | {s for c in about.claims for s in _of_domain(c, setting)}
    folded = {s.name for s in symbols if "\\" in s.name}
    unsaid = []
    for s in sorted(symbols, key=lambda s: (s.name.casefold(), s.name)):
        if s.name in known | names | folded or s.name.removesuffix("_2") in known:
            continue
        if s.name in meanings:
            yield _row(f"${t.symbol(s)}$", t.sentence(meanings[s.name]), "", "")
        else:
            unsaid.append(f"${t.symbol(s)}$")
    if unsaid and (known or letters):  # without a vocabulary, the statements say all there is to say
        yield _row(", ".join(unsaid), "numbers, said where they stand", "", "")


def _of_domain(c: object, setting: Setting) -> set[sp.Symbol]:
    statement, domain = getattr(c, "statement", None), getattr(c, "relevant_domain", None)
    if getattr(c, "setting", None) is not setting or isinstance(statement, MatrixIdentity) or domain is None:
        return set()
    return set(domain.symbols)


def _symbols(e: TracePolynomial | sp.Expr) -> set[sp.Symbol]:
    if isinstance(e, TracePolynomial):
        return {s for k in e.terms.values() for s in k.free_symbols}
    return set(e.free_symbols)


def _shape(a: Letter, t: Typesetter) -> str:
    """What the shape of a letter says of it."""
    rows, cols = t.scalar(a.rows), t.scalar(a.cols)
    if a.rows == 1 and a.cols == 1:
        return "a number"
    if a.cols == 1:
        return f"a vector with ${rows}$ entries"
    return f"a ${rows}\\times {cols}$ matrix" + (", symmetric" if a.symmetric else "")


def unit_latex(unit: str) -> str:
    """X^-2 Y as mathematics."""
    parts = [part.partition("^") for part in unit.split()]
    return r"\,".join(name + (f"^{{{power}}}" if power else "") for name, _, power in parts)


def records(about: Chosen, roles: Roles, evidence: Mapping[str, Found]) -> Iterator[str]:
    """One row a claim: what it is called here, its id, its verdict and the evidence, and where it comes from."""
    yield r"\begin{records}"
    for c in (*roles.claims, *(c for c in about.claims if not c.expected)):
        t = typesetter(c.setting)
        found = evidence.get(c.id, UNKNOWN)
        name = roles.reference(c.id) if c.expected else rf"Statement~\ref{{{label('claim', c.id)}}}"
        verdict = t.sentence(found.verdict) + (f" ({found.origin})" if found.origin else "")
        source = t.sentence(capital(c.source))
        yield _row(name, identifier(c.id), verdict, ", ".join(found.routes), source)
    yield r"\end{records}"


def macros(expressions: Iterable[NamedExpression]) -> Iterator[str]:
    """The macros of macros.tex for the named expressions."""
    yield r"\begin{macros}"
    for e in expressions:
        macro = macro_name("expr", e.name)
        yield _row(
            rf"\eqref{{{label('expr', e.name)}}}", f"${e.latex}$", rf"\texttt{{\string{macro}}}", identifier(e.name)
        )
    yield r"\end{macros}"


def _row(*cells: str) -> str:
    return " & ".join(cells) + r" \\"

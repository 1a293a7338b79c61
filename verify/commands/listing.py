"""``verify list`` and ``verify show``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from verify.commands.common import (
    CLAIM_ARGUMENT,
    CLAIMS_ARGUMENT,
    JSON_OPTION,
    THEORY_OPTION,
    one_claim,
    remembered,
    write_json,
)
from verify.commands.program import examples
from verify.runtime.errors import BadInput

if TYPE_CHECKING:
    from verify.claims.claim import Claim
    from verify.evidence.results import ClaimResult


@click.command(
    "list",
    short_help="every claim with its last verdict, or the closed forms",
    epilog=examples('verify list "T2.*"', "verify list --expressions", "verify list claims.py"),
)
@CLAIMS_ARGUMENT
@click.option("--expressions", "only_expressions", is_flag=True, help="List the named closed forms instead.")
@THEORY_OPTION
@JSON_OPTION
def list_(claims: tuple[str, ...], only_expressions: bool, json_file: str | None) -> None:
    """List CLAIMS with their last verdicts, by default all of the theory; or its named expressions.

    An expression is named by its name, its symbol or a pattern such as "risk.*".
    """
    rows = _expression_rows(claims) if only_expressions else _sealed_rows(claims) or _claim_rows(claims)
    if json_file is not None:
        write_json({"schema": 1, ("expressions" if only_expressions else "claims"): rows}, json_file)
        if json_file == "-":
            return
    from verify.reports.tables import Column, print_table

    names = ("name", "parameters", "value") if only_expressions else ("id", "verdict", "kind", "title")
    columns = [Column(name, wraps=name in ("value", "title")) for name in names]
    print_table(columns, [[_cell(row[name]) for name in names] for row in rows])


def _sealed_rows(names: tuple[str, ...]) -> list[dict[str, Any]]:
    """The rows of claims of the theory, where nothing has changed since this machine checked them; else none."""
    from verify.cache import sealed
    from verify.cache.store import Store
    from verify.claims.patterns import split

    kept = None if any(split(name)[0] for name in names) else sealed.read(Store())
    if kept is None:
        return []
    try:
        chosen = kept.chosen(names)
    except BadInput:  # what is no claim may be an expression, which only the theory knows
        return []
    return [_row(r, r.verdict.key, kept.listed[r.id].kind, kept.listed[r.id].source) for r in chosen]


def _claim_rows(names: tuple[str, ...]) -> list[dict[str, Any]]:
    from verify.claims.selection import select
    from verify.typesetting.plain_text import kind_of

    try:
        chosen = select(names).strict()
    except BadInput as error:
        raise _or_expressions(error, names) from None
    kept = remembered(chosen, [c.id for c in chosen.claims])
    return [
        _row(c, kept[c.id].verdict.key if c.id in kept else "not checked yet", kind_of(c), c.source)
        for c in chosen.claims
    ]


def _row(one: Claim | ClaimResult, verdict: str, kind: str, source: str) -> dict[str, Any]:
    return {
        "id": one.id,
        "verdict": verdict,
        "kind": kind,
        "title": one.title,
        "expected": "true" if one.expected else "false",
        "source": source,
    }


def _or_expressions(error: BadInput, names: tuple[str, ...]) -> BadInput:
    """The error, with what to write where the name that nothing has is an expression's."""
    from verify.claims.theories import current

    named = [name for name in names if repr(name) in error.what and current().expression(name) is not None]
    return BadInput(error.what, f"it is an expression: verify list --expressions {named[0]}") if named else error


def _expression_rows(names: tuple[str, ...]) -> list[dict[str, Any]]:
    from verify.claims.patterns import matching
    from verify.claims.theories import current
    from verify.typesetting.plain_text import expression_line

    known = current().named
    wanted: set[str] = set()
    for name in names:
        by_symbol = current().expression(name)
        wanted |= {by_symbol.name} if by_symbol is not None else set(matching(name, known, what="expression"))
    return [
        {
            "name": e.name,
            "value": (f"{e.symbol} = " if e.symbol is not None else "") + expression_line(e),
            "parameters": list(e.parameters),
            "meaning": e.meaning,
            "unit": str(e.unit),
        }
        for e in known.values()
        if not names or e.name in wanted
    ]


def _cell(value: Any) -> str:
    return " ".join(value) if isinstance(value, list) else str(value)


@click.command(
    short_help="statement, hypotheses, derivation, what it rests on",
    epilog=examples("verify show T1", "verify show claims.py::my.means"),
)
@CLAIM_ARGUMENT
@THEORY_OPTION
@JSON_OPTION
def show(claim: str, json_file: str | None) -> None:
    """Show a CLAIM: statement, hypotheses, definitions, derivation, and what it rests on."""
    from verify.derivations.derivation import made_of
    from verify.evidence.run import ancestors
    from verify.reports.terminal import evidence_text
    from verify.reports.wrapping import say
    from verify.typesetting import plain_text

    c, chosen = one_claim(claim)
    kept = remembered(chosen, [c.id]).get(c.id)
    hypotheses, definitions = plain_text.domain_lines(c), plain_text.definition_lines(c)
    derivations = [plain_text.derivation_lines(d) for d in c.derivations]
    sources = [plain_text.derivation_lines(d) for d in made_of(c.derivations)]
    data = {
        "schema": 1,
        "id": c.id,
        "title": c.title,
        "kind": plain_text.kind_of(c),
        "expected": "true" if c.expected else "false",
        "statement": plain_text.statement_text(c),
        "hypotheses": hypotheses,
        "definitions": definitions,
        "derivations": derivations,
        "made_of": sources,
        "needed_to_state": list(c.needed_to_state),
        "needed_to_prove": list(c.rests_on),
        "rests_on": ancestors(c, chosen.table),
        "source": c.source,
        "note": c.note,
        "verdict": "not checked yet" if kept is None else kept.verdict.key,
        "evidence": "" if kept is None else evidence_text(kept),
        "kernel": "" if kept is None else kept.kernel,
    }
    if json_file is not None:
        write_json(data, json_file)
        if json_file == "-":
            return
    false = "" if c.expected else "  (a false statement: it has to be refuted)"
    lines = [f"{c.id}: {c.title}{false}", "", f"  {data['statement']}", ""]
    for title, entries in (("for", hypotheses), ("where", definitions)):
        lines += [f"  {title if i == 0 else '':<7} {line}" for i, line in enumerate(entries)]
    for derivation in derivations:
        lines += ["", *(f"  {line}" for line in derivation)]
    if sources:
        lines += ["", "  made of the results of:"]
    for derivation in sources:
        lines += ["", *(f"    {line}" for line in derivation)]
    lines += ["", f"  kind: {data['kind']}; source: {c.source}; verdict: {data['verdict']}"]
    if kept is not None:
        lines.append(f"  evidence: {data['evidence']}")
        if kept.kernel:
            lines.append(f"  kernel: re-proved by {kept.kernel}")
    if c.note:
        lines.append(f"  note: {c.note}")
    lines.append(f"  needed to state: {', '.join(c.needed_to_state) or 'nothing'}")
    lines.append(f"  needed to prove: {', '.join(c.rests_on) or 'nothing'}")
    say("\n".join(lines))

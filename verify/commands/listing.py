"""``verify list`` and ``verify show``."""

from __future__ import annotations

from typing import Any

import click

from verify.commands.common import JSON_OPTION, print_table, write_json


@click.command("list")
@click.option("--expressions", "only_expressions", is_flag=True, help="List the named closed forms instead.")
@JSON_OPTION
def list_(only_expressions: bool, json_file: str | None) -> None:
    """List every claim with its last verdict, or every named expression."""
    rows = _expression_rows() if only_expressions else _claim_rows()
    if json_file is not None:
        write_json({"schema": 1, ("expressions" if only_expressions else "claims"): rows}, json_file)
        if json_file == "-":
            return
    columns = ("name", "parameters", "value") if only_expressions else ("id", "verdict", "kind", "title")
    print_table(columns, [[_cell(row[c]) for c in columns] for row in rows])


def _claim_rows() -> list[dict[str, Any]]:
    from verify.cache.session import Session
    from verify.evidence.run import catalogue
    from verify.reports.text import kind_of

    verdicts = Session().verdicts()
    return [
        {
            "id": c.id,
            "verdict": verdicts.get(c.id, "not checked yet"),
            "kind": kind_of(c),
            "title": c.title,
            "expected": "true" if c.expected else "false",
            "source": c.source,
        }
        for c in catalogue().values()
    ]


def _expression_rows() -> list[dict[str, Any]]:
    from theory.maml_erm.formulas.expressions import expressions
    from verify.reports.text import expression_line

    return [
        {
            "name": e.name,
            "value": (f"{e.symbol} = " if e.symbol is not None else "") + expression_line(e),
            "parameters": list(e.parameters),
            "meaning": e.meaning,
            "unit": str(e.unit),
        }
        for e in expressions().values()
    ]


def _cell(value: Any) -> str:
    return " ".join(value) if isinstance(value, list) else str(value)


@click.command()
@click.argument("claim")
@JSON_OPTION
def show(claim: str, json_file: str | None) -> None:
    """Show a claim: statement, hypotheses, definitions, derivation, and what it rests on."""
    from verify.cache.session import Session
    from verify.evidence.run import ancestors, catalogue, find
    from verify.reports import text
    from verify.reports.terminal import evidence_text

    c = find([claim])[0]
    kept = next(iter(Session().remembered([c.id])), None)
    data = {
        "schema": 1,
        "id": c.id,
        "title": c.title,
        "kind": text.kind_of(c),
        "expected": "true" if c.expected else "false",
        "statement": text.statement_text(c),
        "hypotheses": text.domain_lines(c),
        "definitions": text.definition_lines(c),
        "derivations": [text.derivation_lines(d) for d in c.derivations],
        "needed_to_state": list(c.states_with),
        "needed_to_prove": list(c.rests_on),
        "rests_on": ancestors(c, catalogue()),
        "source": c.source,
        "note": c.note,
        "verdict": "not checked yet" if kept is None else kept.verdict.key,
        "evidence": "" if kept is None else evidence_text(kept),
    }
    if json_file is not None:
        write_json(data, json_file)
        if json_file == "-":
            return
    false = "" if c.expected else "  (a false statement: it has to be refuted)"
    lines = [f"{c.id}: {c.title}{false}", "", f"  {data['statement']}", ""]
    for title, entries in (("for", data["hypotheses"]), ("where", data["definitions"])):
        lines += [f"  {title if i == 0 else '':<7} {line}" for i, line in enumerate(entries)]
    for derivation in data["derivations"]:
        lines += ["", *(f"  {line}" for line in derivation)]
    lines += ["", f"  kind: {data['kind']}; source: {c.source}; verdict: {data['verdict']}"]
    if kept is not None:
        lines.append(f"  evidence: {data['evidence']}")
    if c.note:
        lines.append(f"  note: {c.note}")
    lines.append(f"  needed to state: {', '.join(c.states_with) or 'nothing'}")
    lines.append(f"  needed to prove: {', '.join(c.rests_on) or 'nothing'}")
    click.echo("\n".join(lines))

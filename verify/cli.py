"""The command line. Libraries are loaded by the command that needs them, so that ``verify --help`` is immediate."""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from verify.errors import BadInput

JSON_OPTION = click.option("--json", "json_file", metavar="FILE", help="Write JSON to FILE; - is standard output.")


def main() -> None:
    """Run the command line; every bad input ends in one clear message and exit code 2."""
    try:
        cli.main(prog_name="verify", standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted; nothing that was finished is lost", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except BadInput as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(2)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="maml-erm-theory", prog_name="verify")
def cli() -> None:
    """Derive, prove, refute and simulate the theory of when MAML outperforms ERM."""


def write_json(data: Any, target: str) -> None:
    """Write JSON to a file, or to standard output for ``-``."""
    text = json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    if target == "-":
        sys.stdout.write(text)
        return
    try:
        Path(target).write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"cannot write {target}: {error.strerror}", "give a file in a folder that exists") from error


# ---------------------------------------------------------------- list and show


@cli.command("list")
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
    _print_table(columns, [[_cell(row[c]) for c in columns] for row in rows])


def _claim_rows() -> list[dict[str, Any]]:
    from verify.ledger import Ledger
    from verify.report.text import kind_of
    from verify.runner import catalogue

    verdicts = Ledger().verdicts()
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
    from theory.expressions import expressions
    from verify.report.text import expression_line

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


def _print_table(columns: tuple[str, ...], rows: list[list[str]]) -> None:
    from rich.markup import escape
    from rich.table import Table

    from verify.report.terminal import console

    table = Table(box=None, pad_edge=False, header_style="bold")
    for i, name in enumerate(columns):
        table.add_column(name, no_wrap=i < 2)
    for row in rows:
        table.add_row(*map(escape, row))
    console().print(table)


@cli.command()
@click.argument("claim")
@JSON_OPTION
def show(claim: str, json_file: str | None) -> None:
    """Show a claim: statement, hypotheses, definitions, derivation, and what it rests on."""
    from verify.ledger import Ledger
    from verify.report import text
    from verify.runner import ancestors, catalogue, find

    c = find([claim])[0]
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
        "verdict": Ledger().verdicts().get(c.id, "not checked yet"),
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
    if c.note:
        lines.append(f"  note: {c.note}")
    lines.append(f"  needed to state: {', '.join(c.states_with) or 'nothing'}")
    lines.append(f"  needed to prove: {', '.join(c.rests_on) or 'nothing'}")
    click.echo("\n".join(lines))


# ---------------------------------------------------------------- check


@cli.command()
@click.argument("claims", nargs=-1)
@click.option("--allow-inconclusive", is_flag=True, help="Exit with 0 although some claims are open.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Number of processes.")
@JSON_OPTION
def check(claims: tuple[str, ...], allow_inconclusive: bool, workers: int, json_file: str | None) -> None:
    """Check CLAIMS, by default all of them, and what they rest on.

    Exit code 0: all true claims hold, all false ones are refuted; 1: not so; 3: something is open; 2: bad input.
    """
    from verify import runner
    from verify.ledger import Ledger
    from verify.report import terminal

    start = time.perf_counter()
    wanted = runner.find(list(claims))
    total = len({c.id for c in wanted} | {a for c in wanted for a in runner.ancestors(c, runner.catalogue())})
    with _progress(total) as tick:
        results = runner.check(list(claims), workers=workers, progress=tick)
    seconds = time.perf_counter() - start
    Ledger().record(r.to_json() for r in results)
    if json_file is not None:
        data = {
            "schema": 1,
            "claims": [r.to_json() for r in results],
            "summary": terminal.summary(results),
            "seconds": round(seconds, 3),
        }
        write_json(data, json_file)
    if json_file != "-":
        terminal.print_results(terminal.console(), results, seconds)
    raise click.exceptions.Exit(runner.exit_code(results, allow_inconclusive=allow_inconclusive))


@contextlib.contextmanager
def _progress(total: int) -> Iterator[Callable[[str], None]]:
    """A progress bar on standard error, shown only on a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (
        TextColumn("checking"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=total)
        yield lambda name: bar.update(task, advance=1, description=name)


# ---------------------------------------------------------------- eval


@cli.command("eval")
@click.argument("expression")
@click.argument("parameters", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def eval_(expression: str, parameters: tuple[str, ...], as_json: bool) -> None:
    """Evaluate a named EXPRESSION exactly at rational values, for instance rho_E=2 rho_H=1/3."""
    from verify.parse import parse_assignment
    from verify.values import find_expression, value_of

    find_expression(expression)
    given: dict[str, Any] = {}
    for text in parameters:
        name, value = parse_assignment(text)
        if name in given:
            raise BadInput(f"{name} is given twice")
        given[name] = value
    found = value_of(expression, given)
    if as_json:
        write_json(
            {
                "schema": 1,
                "expression": found.name,
                "value": str(found.exact),
                "decimal": found.decimal,
                "parameters": {k: str(v) for k, v in found.parameters.items()},
                "unused": list(found.unused),
            },
            "-",
        )
        return
    click.echo(str(found.exact) + ("" if found.exact.is_Integer else f"    (about {found.decimal})"))
    if found.unused:
        click.echo(f"note: {found.name} does not depend on {', '.join(found.unused)}", err=True)


if __name__ == "__main__":
    main()

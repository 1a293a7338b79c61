"""``verify lock``, ``verify graph``, ``verify impact`` and ``verify why``."""

from __future__ import annotations

import os
from typing import Any

import click

from verify.commands.common import WORKERS_OPTION, progress, write_text
from verify.language.errors import BadInput

ALL = "*"


@click.command()
@click.argument("files", nargs=-1)
@click.option(
    "--accept",
    metavar="[NAME]",
    is_flag=False,
    flag_value=ALL,
    help="Take over what got worse; with a NAME, the change of this one claim or expression only.",
)
@WORKERS_OPTION
def lock(files: tuple[str, ...], accept: str | None, workers: int) -> None:
    """Write theorems.lock: what every claim says, its verdict, its evidence, and exact values on a grid.

    The lock holds the claims of the theory, or those of FILES of your own; check the same files with --locked. Entries
    of other files are kept. Where something got worse (a verdict, a statement, a claim that is gone), nothing is
    written without --accept. Exit code 0: written; 1: something got worse; 2: bad input.
    """
    from verify.cache.session import Session
    from verify.commands.checking import file_name, left_out, with_modules
    from verify.evidence import run
    from verify.regression import lock as locks

    session = Session()

    if accept is not None and accept.endswith(".py"):
        files, accept = (*files, accept), ALL
    for name in files:
        if not name.endswith(".py"):
            raise BadInput(f"{name} is not a Python file", "verify lock takes files; --accept takes one claim")
    chosen = with_modules(files)
    own = {file_name(name) for name in files}
    # Before the work, so that a lock that can't be read is said at once; it is read again when it is replaced.
    old = locks.read() if accept not in (None, ALL) or os.path.lexists(locks.FILE) else locks.EMPTY
    one = accept if accept not in (None, ALL) else None
    ids = [one] if one in chosen.table else chosen.ids
    wanted = [] if one is not None and one not in chosen.table else run.find(ids, chosen.table)
    results = []
    if wanted:
        with progress(len(wanted)) as tick:
            results = run.check(ids, workers=workers, progress=tick, table=chosen.table, session=session)
    new = locks.snapshot(wanted, results, chosen.origin, whole=not files)
    with locks.alone():
        if os.path.lexists(locks.FILE):
            old = locks.read()
        if one is not None:
            merged = locks.accept(old, new, one)
        else:
            losses = _losses(old, new, own, chosen.table)
            if losses and accept is None:
                for line in losses:
                    click.echo(line, err=True)
                count = f"{len(losses)} thing{'s' * (len(losses) > 1)}"
                click.echo(f"{locks.FILE} is not written: {count} got worse; --accept takes that over", err=True)
                raise click.exceptions.Exit(1)
            for line in losses:
                click.echo(f"accepted: {line}", err=True)
            merged = locks.merge(old, new, own)
        locks.write(merged)
    click.echo(f"{locks.FILE}: {len(merged['claims'])} claims, {len(merged['expressions'])} expressions")
    kept = left_out(merged, set(new["claims"]))
    if kept and one is None:
        click.echo(f"  kept as they were: {kept}")


def _losses(old: Any, new: Any, own: set[str], table: Any) -> list[str]:
    """What a new state lacks of the old one, a line each."""
    from verify.regression import lock as locks
    from verify.regression.differences import compare

    looked_at = {*locks.part_of(old, own), *new["claims"]}
    lines = [str(d) for d in compare(old, new, looked_at, table, whole=not own) if d.worse]
    for name, entry in new["claims"].items():
        before = old["claims"].get(name, entry).get("file")
        if before != entry.get("file") and before is not None and os.path.exists(before):
            lines.append(f"{name}: lost: {before} states it too, and the lock has one claim of a name")
    return lines


@click.command()
@click.option("--format", "form", type=click.Choice(["svg", "dot"]), default="dot", show_default=True)
@click.option("--out", metavar="FILE", default="-", help="Where to write it; - is standard output.")
def graph(form: str, out: str) -> None:
    """Draw what rests on what; colours are the verdicts of the last check of this code."""
    from theory.maml_erm.claims import claims
    from verify.cache.session import Session
    from verify.regression import graph as graphs

    found, verdicts = graphs.graph_of(claims()), Session().verdicts()
    write_text(graphs.dot(found, verdicts) if form == "dot" else graphs.svg(found, verdicts), out)


@click.command()
@click.argument("claim")
def impact(claim: str) -> None:
    """List what falls if CLAIM is false: every claim that rests on it."""
    from verify.evidence.run import catalogue, find
    from verify.regression import graph as graphs

    find([claim])
    table = catalogue()
    falls = graphs.impact(graphs.graph_of(table), claim)
    click.echo(f"{len(falls)} claims rest on {claim}" + (":" if falls else ""))
    for name in falls:
        click.echo(f"  {name}: {table[name].title}")


@click.command()
@click.argument("claim")
def why(claim: str) -> None:
    """Say what the verdict of CLAIM rests on: which evidence is kept, and what made the rest stale."""
    from verify.cache import explain
    from verify.cache.session import Session
    from verify.evidence.run import catalogue, find

    session = Session()
    (found,) = find([claim])
    click.echo("\n".join(explain.lines(found, catalogue(), session)))
    for note in session.notes:
        click.echo(f"cache: {note}", err=True)

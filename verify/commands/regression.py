"""``verify lock``, ``verify graph``, ``verify impact`` and ``verify why``."""

from __future__ import annotations

import click

from verify.commands.common import WORKERS_OPTION, progress, write_text
from verify.errors import BadInput


@click.command()
@click.argument("files", nargs=-1)
@click.option("--accept", metavar="NAME", help="Take over the change of one claim or expression only.")
@WORKERS_OPTION
def lock(files: tuple[str, ...], accept: str | None, workers: int) -> None:
    """Write theorems.lock: what every claim says, its verdict, its evidence, and exact values on a grid.

    The lock holds the claims of the theory, or those of FILES of your own; check the same files with --locked.
    """
    from verify import lock as locks
    from verify import runner
    from verify.cache.session import Session
    from verify.commands.checking import with_modules

    session = Session()

    for name in files:
        if not name.endswith(".py"):
            raise BadInput(f"{name} is not a Python file", "verify lock takes files; --accept takes one claim")
    own, table = with_modules(files)
    old = locks.read() if accept is not None else None
    ids = [accept] if accept in table else own
    if accept is not None and accept not in table:
        new = locks.snapshot([], [])
    else:
        wanted = runner.find(ids, table)
        with progress(len(wanted)) as tick:
            results = runner.check(ids, workers=workers, progress=tick, table=table, session=session)
        new = locks.snapshot(wanted, results)
    if old is not None and accept is not None:
        new = locks.accept(old, new, accept)
    try:
        locks.write(new)
    except OSError as error:
        raise BadInput(f"cannot write {locks.FILE}: {error.strerror}", "check the folder's permissions") from error
    click.echo(f"{locks.FILE}: {len(new['claims'])} claims, {len(new['expressions'])} expressions")


@click.command()
@click.option("--format", "form", type=click.Choice(["svg", "dot"]), default="dot", show_default=True)
@click.option("--out", metavar="FILE", default="-", help="Where to write it; - is standard output.")
def graph(form: str, out: str) -> None:
    """Draw what rests on what; colours are the verdicts of the last check of this code."""
    from theory.claims import claims
    from verify import graph as graphs
    from verify.cache.session import Session

    found, verdicts = graphs.graph_of(claims()), Session().verdicts()
    write_text(graphs.dot(found, verdicts) if form == "dot" else graphs.svg(found, verdicts), out)


@click.command()
@click.argument("claim")
def impact(claim: str) -> None:
    """List what falls if CLAIM is false: every claim that rests on it."""
    from verify import graph as graphs
    from verify.runner import catalogue, find

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
    from verify.runner import catalogue, find

    session = Session()
    (found,) = find([claim])
    click.echo("\n".join(explain.lines(found, catalogue(), session)))
    for note in session.notes:
        click.echo(f"cache: {note}", err=True)

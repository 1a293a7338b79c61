"""``verify lock``, ``verify graph``, ``verify impact`` and ``verify why``."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from verify.commands.common import (
    CLAIM_ARGUMENT,
    CLAIMS_ARGUMENT,
    THEORY_OPTION,
    WORKERS_OPTION,
    note,
    one_claim,
    session_of_theory,
    write_json,
    write_text,
)
from verify.commands.program import examples
from verify.commands.progress import progress
from verify.runtime.errors import BadInput

if TYPE_CHECKING:
    from verify.claims.selection import Selection

ALL = "*"


@click.command(
    short_help="write what every claim says now, for check --locked",
    epilog=examples("verify lock", "verify lock claims.py", "verify lock --accept T1"),
)
@click.argument("files", nargs=-1)
@click.option(
    "--accept",
    metavar="[NAME]",
    is_flag=False,
    flag_value=ALL,
    help="Take over what got worse; with a NAME, the change of this one claim or expression only.",
)
@WORKERS_OPTION
@THEORY_OPTION
def lock(files: tuple[str, ...], accept: str | None, workers: int) -> None:
    """Write theorems.lock: what every claim says, its verdict, its evidence, and exact values on a grid.

    The lock holds the claims of the theory, or those of FILES of your own; check the same files with --locked. Entries
    of other files are kept. Where something got worse (a verdict, a statement, a claim that is gone), nothing is
    written without --accept. Exit code 0: written; 1: something got worse; 2: bad input.
    """
    from verify.cache.session import Session
    from verify.claims.selection import file_name, select
    from verify.commands.checking import left_out
    from verify.evidence import run
    from verify.regression import lock_file
    from verify.regression.snapshot import snapshot
    from verify.reports.wrapping import say

    if accept is not None and accept.endswith(".py"):
        files, accept = (*files, accept), ALL
    for name in files:
        if not name.endswith(".py"):
            raise BadInput(f"{name} is not a Python file", "verify lock takes files; --accept takes one claim")
    session = Session() if files else session_of_theory()
    chosen = select(files).strict()
    own = {file_name(name) for name in files}
    # Before the work, so that a lock that can't be read is said at once; it is read again when it is replaced.
    old = lock_file.read() if accept not in (None, ALL) or os.path.lexists(lock_file.FILE) else lock_file.EMPTY
    lock_file.same_theory(old, chosen.theory)
    one = accept if accept not in (None, ALL) else None
    ids = chosen.ids if one is None else [one] if one in chosen.table else []
    wanted = [chosen.table[name] for name in ids]
    results = []
    if wanted:
        with progress("checking", len(wanted)) as tick:
            results = run.check(ids, workers=workers, progress=tick, table=chosen.table, session=session)
    new = snapshot(wanted, results, chosen.origin, theory=chosen.theory, table=chosen.table)
    with lock_file.alone():
        if os.path.lexists(lock_file.FILE):
            old = lock_file.read()
        if one is not None:
            merged = lock_file.accept(old, new, one)
        else:
            losses = _losses(old, new, own, chosen)
            if losses and accept is None:
                for line in losses:
                    click.echo(line, err=True)
                count = f"{len(losses)} thing{'s' * (len(losses) > 1)}"
                click.echo(f"{lock_file.FILE} is not written: {count} got worse; --accept takes that over", err=True)
                raise click.exceptions.Exit(1)
            for line in losses:
                click.echo(f"accepted: {line}", err=True)
            merged = lock_file.merge(old, new, own)
        lock_file.write(merged)
    say(f"{lock_file.FILE}: {len(merged['claims'])} claims, {len(merged['expressions'])} expressions")
    kept = left_out(merged, set(new["claims"]))
    if kept and one is None:
        say(f"  kept as they were: {kept}")


def _losses(old: Any, new: Any, own: set[str], chosen: Selection) -> list[str]:
    """What a new state lacks of the old one, a line each."""
    from verify.regression import lock_file
    from verify.regression.differences import compare

    looked_at = {*lock_file.part_of(old, own), *new["claims"]}
    lines = [str(d) for d in compare(old, new, looked_at, chosen.table, theory=chosen.theory) if d.worse]
    for name, entry in new["claims"].items():
        before = old["claims"].get(name, entry).get("file")
        if before != entry.get("file") and before is not None and os.path.exists(before):
            lines.append(f"{name}: lost: {before} states it too, and the lock has one claim of a name")
    return lines


@click.command(
    short_help="what rests on what, as a picture or as data",
    epilog=examples("verify graph T1 --format svg --out T1.svg", "verify graph --json --out claims.json"),
)
@CLAIMS_ARGUMENT
@click.option("--format", "form", type=click.Choice(["svg", "dot", "json"]), default="dot", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--false", "with_false", is_flag=True, help="Draw the false statements too; JSON has them anyway.")
@click.option("--links", metavar="SITE", help="In an svg, make each claim a link to its page of the site at SITE.")
@click.option("--out", metavar="FILE", default="-", help="Where to write it; - is standard output.")
@THEORY_OPTION
def graph(claims: tuple[str, ...], form: str, as_json: bool, with_false: bool, links: str | None, out: str) -> None:
    """Draw what rests on what, for CLAIMS and all that they rest on, by default the theory.

    Shapes and colours are the verdicts of the last check, or else of theorems.lock; a check mark is a claim that
    another prover has proved again. Drawing an svg needs the extra graph.
    """
    from verify.claims.selection import select
    from verify.evidence.run import ancestors
    from verify.regression.graph.dot import dot
    from verify.reports.latex_evidence import found
    from verify.reports.network import network_of
    from verify.site.living import page_of

    form = "json" if as_json else form
    if links is not None and form != "svg":
        raise BadInput(f"--links is about pictures, and this writes {form}", "verify graph --format svg --links SITE")
    chosen = select(claims).strict()
    wanted = [c.id for c in chosen.claims if claims or c.expected or with_false or form == "json"]
    shown = {name for one in wanted for name in (one, *ancestors(chosen.table[one], chosen.table))}
    asked = replace(chosen, ids=[name for name in chosen.table if name in shown])
    drawn, notes = network_of(chosen, found(asked, None), shown=shown, page=page_of)
    for missing in notes if form == "json" else ():
        note(f"not looked at: {missing}")
    if form == "json":
        write_json(drawn.to_json(), out)
    elif form == "svg":
        from verify.regression.graph.svg import svg

        site = None if links is None else links.rstrip("/")
        write_text(svg(drawn, lambda node: f"{site}/{node.page}" if site is not None and node.page else ""), out)
    else:
        write_text(dot(drawn), out)


@click.command(short_help="what falls if a claim is false", epilog=examples("verify impact T1"))
@CLAIM_ARGUMENT
@THEORY_OPTION
def impact(claim: str) -> None:
    """List what falls if CLAIM is false: every claim that rests on it, of other installed theories too."""
    from verify.claims.full_names import is_full
    from verify.regression.elsewhere import falls_elsewhere
    from verify.regression.graph import dependencies
    from verify.reports.wrapping import say

    found, chosen = one_claim(claim)
    table, notes = dict(chosen.table), list[str]()
    falls = dependencies.impact(dependencies.graph_of(chosen.table), found.id)
    if chosen.theory is not None and found.id in chosen.theory.catalogue and not is_full(found.id):
        others, notes = falls_elsewhere([found.id], chosen.theory)
        table, falls = {**table, **others[found.id]}, [*falls, *others[found.id]]
    verb = "claim rests" if len(falls) == 1 else "claims rest"
    lines = [f"{len(falls)} {verb} on {found.id}" + (":" if falls else "")]
    say("\n".join([*lines, *(f"  {name}: {table[name].title}" for name in falls)]))
    for missing in notes:
        note(f"not looked at: {missing}")


@click.command(short_help="which evidence is kept, and what made the rest stale", epilog=examples("verify why T1"))
@CLAIM_ARGUMENT
@THEORY_OPTION
def why(claim: str) -> None:
    """Say what the verdict of CLAIM rests on: which evidence is kept, and what made the rest stale."""
    from verify.cache import explain
    from verify.cache.session import Session
    from verify.claims.patterns import split
    from verify.reports.wrapping import say

    session = Session() if split(claim)[0] else session_of_theory()
    found, chosen = one_claim(claim)
    say("\n".join(explain.lines(found, chosen.table, session)))
    for said in session.notes:
        note(f"cache: {said}")

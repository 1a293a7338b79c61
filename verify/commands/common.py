"""What the commands share: options, the cache, output for programs, notes."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from verify.commands import completion
from verify.commands.numbers import Whole
from verify.runtime import files, manner
from verify.runtime.engine import Engine, engine_of

if TYPE_CHECKING:
    from verify.cache.session import Session
    from verify.cache.store import Store
    from verify.claims.claim import Claim
    from verify.claims.selection import Selection
    from verify.evidence.results import ClaimResult

JSON_OPTION = click.option("--json", "json_file", metavar="FILE", help="Write JSON to FILE; - is standard output.")
WORKERS_OPTION = click.option("--workers", default=2, show_default=True, type=Whole(1, 64), help="Number of processes.")


def engine_options(workers: int | None = 2) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The options that say where long work is done; the command gets an ``engine``.

    ``workers`` is the default; where it is None the engine is None too, unless one of the options is given.
    """
    where = "Where the work is done: in processes of this machine (the default), or on a dask cluster."

    def add(command: Callable[..., None]) -> Callable[..., None]:
        @click.option(
            "--workers",
            default=workers,
            show_default=workers is not None,
            type=Whole(1, 64),
            help="Number of processes of this machine.",
        )
        @click.option("--executor", type=click.Choice(["processes", "dask"]), help=where)
        @click.option("--scheduler", metavar="ADDRESS", help="Address of the dask scheduler.")
        @functools.wraps(command)
        def run(*args: Any, workers: int | None, executor: str | None, scheduler: str | None, **more: Any) -> None:
            nothing = workers is None and executor is None and scheduler is None
            engine = None if nothing else engine_of(executor or "processes", workers or 2, scheduler)
            command(*args, engine=engine, **more)

        return run

    return add


def on_cluster(engine: Engine) -> Engine:
    """The engine for work that needs no claims: the workers of a cluster need the same code."""
    if engine.scheduler is None:
        return engine
    from verify.cache.elsewhere import code

    return replace(engine, recipe=code())


def on(engine: Engine, chosen: Selection) -> Engine:
    """The engine for work on what was chosen: the workers of a cluster have to know how to make it."""
    if engine.scheduler is None:
        return engine
    from verify.cache.elsewhere import recipe

    return replace(engine, recipe=recipe(list(dict.fromkeys(chosen.files.values())), chosen.theory))


def _choose(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    """Put the named theory in force for the command that runs; it is loaded when it is needed."""
    if ctx.resilient_parsing:  # a shell asks what may follow
        ctx.meta[completion.THEORY] = value
    elif value is not None:
        from verify.claims import theories

        theories.use(value)


THEORY_OPTION = click.option(
    "--theory",
    metavar="NAME",
    help="Theory to work with: an installed one, package.module:THEORY, or a Python file that defines THEORY.",
    expose_value=False,
    is_eager=True,
    callback=_choose,
    shell_complete=completion.theories,
)
CLAIMS_ARGUMENT = click.argument("claims", nargs=-1, shell_complete=completion.claims)
CLAIM_ARGUMENT = click.argument("claim", shell_complete=completion.claims)


def session_of_theory(store: Store | None = None) -> Session:
    """The cache for a run that may be about the theory in force; ``store`` is where it was looked into before.

    The sources are hashed before the theory is loaded, so that what runs is what the hashes stand for.
    """
    from verify.cache.session import Session
    from verify.claims import theories

    session = Session(store, package=theories.package())
    _ = session.cited  # of the theories that this one uses too
    return session


def one_claim(name: str) -> tuple[Claim, Selection]:
    """The one claim that a name stands for, and what it was chosen from; ``BadInput`` for none or several."""
    from verify.claims.selection import select
    from verify.runtime.errors import BadInput

    chosen = select([name]).strict()
    if len(chosen.claims) != 1:
        count = len(chosen.claims)
        raise BadInput(f"{name} stands for {count} claims", f"name one, as in {chosen.claims[0].id}")
    return chosen.claims[0], chosen


def remembered(chosen: Selection, ids: list[str]) -> dict[str, ClaimResult]:
    """What the last check found about some claims, as far as it still holds; nothing is looked for anew."""
    from verify.cache.session import Session

    session = Session() if chosen.files else session_of_theory()
    if chosen.files or not session.may_recall():
        return session.recollected(ids, chosen.table)
    return {result.id: result for result in session.remembered(ids)}


def write_json(data: Any, target: str) -> None:
    """Write JSON to a file, or to standard output for ``-``."""
    write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", target)


def write_text(text: str, target: str) -> None:
    """Write text to a file, or to standard output for ``-``; ``BadInput`` if the file can't be written."""
    if target == "-":
        sys.stdout.write(text)
        return
    files.write(target, text)


def note(text: str) -> None:
    """A line on standard error that is no answer and no error; ``--quiet`` leaves it out."""
    if not manner.current().quiet:
        click.echo(text, err=True)

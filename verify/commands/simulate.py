"""``verify simulate``: run a named experiment, write its table and its figure; loads what is heavy late."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import click

from verify.commands.common import THEORY_OPTION, engine_options
from verify.commands.numbers import Whole
from verify.commands.program import examples
from verify.commands.progress import parts
from verify.runtime.engine import Engine
from verify.runtime.errors import BadInput


@click.command(
    "simulate",
    short_help="run a definition, and compare it with the theory",
    epilog=examples(
        "verify simulate --list",
        "verify simulate threshold --list",
        "verify simulate packing --set points=9",
        "verify simulate --all --fast --out figures",
    ),
)
@click.argument("name", required=False)
@click.option("--list", "list_", is_flag=True, help="List the experiments, and the parameters of NAME.")
@click.option("--set", "assignments", multiple=True, metavar="KEY=VALUE", help="Override a parameter; repeatable.")
@click.option(
    "--fast", is_flag=True, help="The small settings of NAME, for a look or for CI; --set still overrides them."
)
@click.option("--all", "all_", is_flag=True, help="Run every experiment, and make a gallery of them: gallery.html.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(["png", "svg", "pdf"]),
    default=("png",),
    show_default=True,
    help="Format of the figures; repeatable.",
)
@click.option(
    "--out",
    default="figures",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for NAME.csv and the figure, NAME.png.",
)
@click.option("--seed", default=0, show_default=True, type=Whole(0, 2**63 - 1), help="Root of all random streams.")
@click.option("--show", is_flag=True, help="Open the figure when it is there, in the viewer of the desktop.")
@engine_options(1)
@THEORY_OPTION
def simulate(
    name: str | None,
    list_: bool,
    assignments: tuple[str, ...],
    fast: bool,
    all_: bool,
    formats: tuple[str, ...],
    out: Path,
    seed: int,
    show: bool,
    engine: Engine,
) -> None:
    """Run the experiment NAME on the definitions and compare it with the theory.

    Finished parts are kept: an interrupted run goes on where it stopped. Exit code 0: points and curves agree; 1: not
    so; 2: bad input.
    """
    how: dict[str, Any] = {"formats": tuple(dict.fromkeys(formats)), "out": out, "seed": seed, "engine": engine}
    if all_:
        raise click.exceptions.Exit(_all(name, assignments, fast, show, **how))
    if list_ or name is None:
        _list(name)
        return
    from verify.claims import theories
    from verify.reports.wrapping import say
    from verify.statistics.parameters import settings_of

    module = find(name)
    check = getattr(import_module(theories.current().experiments), "check_together", None)
    settings = settings_of(module.PARAMETERS, assignments, check, instead=small(module, name) if fast else None)
    agrees, lines = run(module, name, settings, **how)
    say("\n".join(lines))
    if show:
        _open(out / f"{name}.{how['formats'][0]}")
    raise click.exceptions.Exit(0 if agrees else 1)


def _all(name: str | None, assignments: tuple[str, ...], fast: bool, show: bool, **how: Any) -> int:
    """Every experiment, and the gallery; the exit code."""
    from verify.commands.gallery_run import everything

    if name is not None:
        raise BadInput(f"--all is every experiment, and {name} is one", "leave out either")
    if assignments:
        raise BadInput("--set is for one experiment, as each has parameters of its own", "give its name, without --all")
    chosen = [(each, find(each)) for each in known()]
    code = everything(chosen, fast=fast, progress=_progress, **how)
    if show:
        _open(how["out"] / "gallery.html")
    return code


def find(name: str) -> ModuleType:
    """The module of an experiment; BadInput names the nearest ones for an unknown name."""
    from verify.claims import theories

    names = known()
    if name not in names:
        near = difflib.get_close_matches(name, names, n=1, cutoff=0.4)
        raise BadInput(
            f"there is no experiment {name!r}", f"did you mean {near[0]}?" if near else "verify simulate --list"
        )
    return import_module(f"{theories.current().experiments}.{name}")


def small(module: ModuleType, name: str) -> Mapping[str, Any]:
    """What an experiment sets for ``--fast``, its attribute ``FAST``; ``BadInput`` for one that has none."""
    found: Mapping[str, Any] | None = getattr(module, "FAST", None)
    if found is None:
        raise BadInput(f"the experiment {name} has no settings for --fast", "make it smaller with --set KEY=VALUE")
    return found


def known() -> tuple[str, ...]:
    """The names of the experiments of the theory in force; ``BadInput`` for a theory that has none."""
    from verify.claims import theories

    theory = theories.current()
    if not theory.experiments:
        raise BadInput(f"the theory {theory.name} has no experiments", "a theory names their package: experiments=...")
    return tuple(import_module(theory.experiments).NAMES)


def run(
    module: ModuleType, name: str, settings: dict[str, object], *, show: bool = True, **how: Any
) -> tuple[bool, list[str]]:
    """Run an experiment and write what it found (``simulate_run.perform``); whether it agrees, and what it says."""
    from verify.commands.simulate_run import perform

    with _progress(name, show) as tick:
        done = perform(module, name, settings, tick=tick, **how)
    return done.agrees, done.lines


def _open(figure: Path) -> None:
    """Open a figure in the viewer of the desktop; where there is none, say so: that is no error of the run."""
    desktop = sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if not desktop or click.launch(str(figure)) != 0:
        click.echo(f"  no viewer to show it with: open {figure}")


def _list(name: str | None) -> None:
    from verify.reports.tables import Column, print_table
    from verify.reports.wrapping import prose, say

    if name is not None:
        module = find(name)
        click.echo(prose((module.__doc__ or name).strip()))
        say("\nparameters (--set KEY=VALUE):")
        fast = getattr(module, "FAST", {})
        for p in module.PARAMETERS:
            less = f", with --fast {p.shown(fast[p.name])}" if p.name in fast else ""
            say(f"  {p.name:<8} {p.meaning}; default {p.shown()}{less}")
        return
    rows = [(each, (find(each).__doc__ or "").splitlines()[0]) for each in known()]
    print_table([Column("experiment"), Column("what it shows", wraps=True)], rows, header=False)


@contextmanager
def _progress(name: str, show: bool) -> Iterator[Callable[[str, int, int], None] | None]:
    """How far the run is, by its parts."""
    if not show:
        yield None
        return
    with parts(name) as tick:
        yield tick

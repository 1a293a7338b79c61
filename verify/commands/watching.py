"""``verify watch``: claims checked again whenever a file that they are made of is saved."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from verify.commands.common import CLAIMS_ARGUMENT, THEORY_OPTION, WORKERS_OPTION, note
from verify.commands.program import examples
from verify.commands.progress import progress
from verify.runtime import manner, processes, python_files, watch
from verify.runtime.errors import BadInput


@dataclass(frozen=True)
class Seen:
    """What one look found: the verdict of every claim with what speaks for it, and the files that it came from.

    ``wrong`` are the claims that are not as expected; ``error`` is what kept the claims from being read.
    """

    code: int
    files: tuple[str, ...]
    verdicts: Mapping[str, tuple[str, str]]
    wrong: tuple[str, ...] = ()
    summary: str = ""
    error: str = ""


@click.command(
    "watch",
    short_help="check again whenever a file is saved",
    epilog=examples("verify watch claims.py", 'verify watch "T2.*"'),
)
@CLAIMS_ARGUMENT
@WORKERS_OPTION
@THEORY_OPTION
def watch_(claims: tuple[str, ...], workers: int) -> None:
    """Check CLAIMS, by default all of the theory, and again whenever a file that they are made of is saved.

    What is said is what has changed: a line for every claim with another verdict, and a summary. A file with an error
    is one line, and the watch goes on. It ends at ctrl-C, with the exit code of the last check: 0: as expected; 1: not
    so; 3: something is open; 2: a file could not be read.
    """
    from verify.claims.patterns import split

    for path in {path for path, _ in map(split, claims) if path}:
        if not Path(path).is_file():
            raise BadInput(f"there is no file {path}", "a file that is to be watched has to be there")
    raise click.exceptions.Exit(Watch(claims, workers).run())


class Watch:
    """Claims, and what the last look at them found."""

    def __init__(self, names: Sequence[str], workers: int) -> None:
        self.names, self.workers = names, workers
        self.files: set[str] = set()
        self.verdicts: dict[str, tuple[str, str]] | None = None

    def run(self) -> int:
        """Look, and again after every change; the exit code of the last look at ctrl-C."""
        seen = self._look("")
        changes = watch.saved(lambda: sorted(self.files))
        told = False
        while True:
            try:
                if not told:  # from here on ctrl-C is the end that is meant
                    told = True
                    note(f"watching {self._watched()}; ctrl-C ends")
                saved = next(changes)
            except (KeyboardInterrupt, processes.Interrupted) as stop:
                if isinstance(stop, processes.Interrupted) and stop.number != signal.SIGINT:
                    raise
                return seen.code
            seen = self._look(", ".join(map(_short, saved)) + ": ")

    def _look(self, before: str) -> Seen:
        """Check in a process of its own, to which all modules of the theory are new, and say what has changed."""
        from concurrent.futures.process import BrokenProcessPool

        from verify.reports.wrapping import say

        _preload()
        try:
            with processes.pool(1) as pool:
                seen = pool.submit(look, self.names, self.workers).result()
        except BrokenProcessPool:
            seen = Seen(2, (), {}, error="error: the check ended without an answer")
        self.files |= set(seen.files)
        if seen.error:
            click.echo(before + seen.error, err=True)
            return seen
        for name, (verdict, why) in seen.verdicts.items():
            old = None if self.verdicts is None else self.verdicts.get(name, ("new", ""))[0]
            if (old is None and name in seen.wrong) or old not in (None, verdict):
                was = f", was {old}" if old not in (None, "new") else ""
                say(f"{before}{name} is {verdict}{was}: {why}")
        for name in self.verdicts or ():
            if name not in seen.verdicts:
                say(f"{before}{name} is gone")
        if not manner.current().quiet:
            say(before + seen.summary)
        self.verdicts = dict(seen.verdicts)
        return seen

    def _watched(self) -> str:
        shown = sorted(map(_short, self.files))
        return ", ".join(shown) if len(shown) <= 3 else f"{len(shown)} files"


def look(names: Sequence[str], workers: int) -> Seen:
    """One look, in a process of its own: what is loaded here, the next one loads anew."""
    before = set(sys.modules)
    files = set[str]()
    try:
        with python_files.nothing_kept():  # a theory's modules, of which one may be saved again within the second
            return _checked(names, workers, files, before)
    except BadInput as error:
        what = str(error).splitlines()
        return Seen(2, _files(files, before), {}, error="\n".join([f"error: {what[0]}", *what[1:]]))
    except Exception as error:  # whatever a theory raises while it is derived
        return Seen(2, _files(files, before), {}, error=f"error: {type(error).__name__}: {error}")


def _checked(names: Sequence[str], workers: int, files: set[str], before: set[str]) -> Seen:
    from verify.cache.session import Session
    from verify.claims import theories
    from verify.claims.patterns import split
    from verify.claims.selection import select
    from verify.commands.common import session_of_theory
    from verify.evidence.results import exit_code
    from verify.evidence.run import ancestors, check
    from verify.reports import terminal

    start = time.perf_counter()
    paths = [path for path, _ in map(split, names)]
    files |= {path for path in paths if path}
    of_theory = not names or "" in paths
    if of_theory:
        files |= set(map(str, theories.files()))
    session = session_of_theory() if of_theory else Session()
    chosen = select(names).strict()
    total = len({*chosen.ids, *(name for c in chosen.claims for name in ancestors(c, chosen.table))})
    with progress("checking", total, bar=False) as tick:
        results = check(chosen.ids, workers=workers, progress=tick, table=chosen.table, session=session)
    verdicts = {r.id: (r.verdict.key, terminal.evidence_text(r)) for r in results}
    wrong = tuple(r.id for r in results if exit_code([r]))
    summary = terminal.summary_line(results, time.perf_counter() - start)
    return Seen(exit_code(results), _files(files, before), verdicts, wrong, summary)


def _files(known: set[str], before: set[str]) -> tuple[str, ...]:
    """The files of claims, and of the modules that they loaded, but for those of libraries and of the machine."""
    here = Path.cwd()
    machine = Path(__file__).resolve().parents[1]
    loaded = {str(getattr(m, "__file__", None) or "") for name, m in sys.modules.items() if name not in before}
    own = {f for f in loaded if f.endswith(".py") and Path(f).is_relative_to(here)}
    return tuple({*known, *(f for f in own if not Path(f).is_relative_to(machine) and "site-packages" not in f)})


def _preload() -> None:
    """What every look needs, and no edit of a theory changes."""
    import sympy  # noqa: F401

    import verify.cache.session
    import verify.claims.selection
    import verify.evidence.run
    import verify.reports.terminal  # noqa: F401


def _short(file: str) -> str:
    here = Path.cwd()
    return str(Path(file).relative_to(here)) if Path(file).is_relative_to(here) else file

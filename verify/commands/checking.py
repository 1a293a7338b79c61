"""``verify check``."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from verify.commands.common import JSON_OPTION, WORKERS_OPTION, progress, write_json, write_text
from verify.language.errors import BadInput

SHOWN = 6  # names in one line


@click.command()
@click.argument("claims", nargs=-1)
@click.option("--allow-inconclusive", is_flag=True, help="Exit with 0 although some claims are open.")
@click.option("--locked", is_flag=True, help="Fail on any difference from theorems.lock.")
@click.option("--junit", metavar="FILE", help="Write JUnit XML.")
@click.option("--sarif", metavar="FILE", help="Write SARIF 2.1.0.")
@click.option("--badge", metavar="FILE", help="Write an SVG badge.")
@click.option("--no-cache", is_flag=True, help="Find everything anew, and keep nothing.")
@WORKERS_OPTION
@JSON_OPTION
def check(
    claims: tuple[str, ...],
    allow_inconclusive: bool,
    locked: bool,
    junit: str | None,
    sarif: str | None,
    badge: str | None,
    no_cache: bool,
    workers: int,
    json_file: str | None,
) -> None:
    """Check CLAIMS, by default all of them, and what they rest on.

    A claim is named by its id; a path to a Python file that defines claims() stands for all claims in it.
    Exit code 0: all true claims hold, all false ones are refuted; 1: not so; 3: something is open; 2: bad input.
    """
    from verify.cache.session import Session
    from verify.evidence.results import exit_code

    # The sources are hashed before the theory is loaded, so that what runs is what the hashes stand for.
    start = time.perf_counter()
    session = None if no_cache else Session()
    if locked:
        from verify.regression import lock

        promised = lock.read()
        if not claims:
            _require_the_theory(promised)
    results, loaded = None, None
    if session is not None and not any(name.endswith(".py") for name in claims):
        results = session.recall(claims, workers, meanwhile=lambda: import_module("verify.reports.terminal"))
    if results is None:
        loaded = load(claims)
        results = _checked(loaded.ids, loaded.table, workers, session)
    seconds = time.perf_counter() - start
    from verify.reports import terminal

    for note in session.notes if session is not None else ():
        click.echo(f"cache: {note}", err=True)
    if json_file is not None:
        write_json(terminal.data_of(results), json_file)
    if json_file != "-":
        terminal.print_results(terminal.console(), results, seconds)
        if session is not None:
            click.echo(session.line)
    differences: list[Any] = []
    if locked:
        loaded = loaded or load(claims)
        differences, left = _differences(promised, claims, loaded, results)
    targets = {"junit": junit, "sarif": sarif, "badge": badge, "json": json_file}
    _other_reports(results, loaded, seconds, targets, differences)
    code = exit_code(results, allow_inconclusive=allow_inconclusive)
    if locked:
        for difference in differences:
            click.echo(str(difference), err=True)
        click.echo(f"{lock.FILE}: {len(differences) or 'no'} difference{'s' * (len(differences) != 1)}", err=True)
        if left:
            click.echo(f"{lock.FILE}: not looked at: {left}", err=True)
        code = 1 if any(d.fatal for d in differences) else code
    for error in loaded.errors if loaded is not None else ():
        click.echo(f"error: {error}", err=True)
        code = 2
    raise click.exceptions.Exit(code)


def _require_the_theory(promised: Any) -> None:
    """Without a name the whole theory is compared; a lock of files of one's own has nothing to compare it with."""
    files = {entry.get("file") for entry in promised["claims"].values()}
    if files and None not in files:
        named = " ".join(sorted(files))
        raise BadInput(f"theorems.lock holds claims of {named}, none of the theory", f"verify check {named} --locked")


def _checked(ids: list[str], table: Any, workers: int, session: Any) -> Any:
    """Check claims with what the cache knows of them, if it may be asked."""
    from verify.evidence import run

    wanted = run.find(ids, table)
    total = len({c.id for c in wanted} | {a for c in wanted for a in run.ancestors(c, table)})
    with progress(total) as tick:
        return run.check(ids, workers=workers, progress=tick, table=table, session=session)


def _differences(promised: Any, names: tuple[str, ...], loaded: Selection, results: Any) -> tuple[list[Any], str]:
    """What differs from the lock, and which of its claims were not looked at.

    A claim that the theory, or one of the files, has no more is lost. Nothing is, while a file can't be read.
    """
    from verify.evidence import run
    from verify.regression import differences, lock

    wanted = run.find(loaded.ids, loaded.table)
    files = set() if loaded.errors else {file_name(name) for name in names if name.endswith(".py")}
    stated = {c.id for c in wanted}
    looked_at = stated | set(lock.part_of(promised, files) if files or not names else ())
    now = lock.snapshot(wanted, results, loaded.origin, whole=not names)
    found = differences.compare(promised, now, looked_at, loaded.table, whole=not names)
    return found, left_out(promised, looked_at)


def left_out(promised: Any, looked_at: set[str]) -> str:
    """The claims of the lock that are not among some, by the file that states them; empty for none."""
    groups: dict[str, list[str]] = {}
    for name, entry in promised["claims"].items():
        if name not in looked_at:
            groups.setdefault(entry.get("file", "the theory"), []).append(name)
    return "; ".join(
        f"{', '.join(names[:SHOWN])}{f' and {len(names) - SHOWN} more' if len(names) > SHOWN else ''} ({file})"
        for file, names in sorted(groups.items())
    )


def _other_reports(
    results: Any, loaded: Selection | None, seconds: float, targets: dict[str, str | None], differences: list[Any]
) -> None:
    """Write the reports that were asked for, and what GitHub Actions shows when the run is one of its steps."""
    inside = os.environ.get("GITHUB_ACTIONS") or os.environ.get("GITHUB_STEP_SUMMARY")
    if not inside and not any(targets.values()):
        return
    from importlib import metadata

    from verify.reports import findings, formats
    from verify.reports.locations import places

    where = places([r.id for r in results], origin=loaded.files if loaded is not None else {})
    found = formats.findings(results, where, differences)
    if targets["junit"]:
        write_text(formats.junit(results), targets["junit"])
    if targets["sarif"]:
        write_json(formats.sarif(results, found, metadata.version("maml-erm-theory")), targets["sarif"])
    if targets["badge"]:
        write_text(formats.badge(results), targets["badge"])
    findings.add_to_summary(formats.markdown(results, seconds, differences))
    if os.environ.get("GITHUB_ACTIONS"):
        for line in findings.annotations(found):
            click.echo(line, err="-" in targets.values())


@dataclass
class Selection:
    """What a command is about: ids, the table they are in, the files of a user's own claims, and files with errors."""

    ids: list[str]
    table: dict[str, Any]
    files: dict[str, Path]
    errors: list[BadInput]

    @property
    def origin(self) -> dict[str, str]:
        """The file of every claim that is not the theory's, as the lock names it."""
        return {name: file_name(path) for name, path in self.files.items()}


def load(names: tuple[str, ...]) -> Selection:
    """Ids of claims and the table they are in; paths to Python files are replaced by the claims they define.

    A file with an error costs itself alone, and raises ``BadInput`` where nothing else is left.
    """
    from verify.claims.loading import load_files
    from verify.evidence.run import catalogue

    known = catalogue()
    found = load_files([name for name in names if name.endswith(".py")], set(known))
    ids: list[str] = []
    for name in names:
        ids += [c for c, file in found.files.items() if file == Path(name)] if name.endswith(".py") else [name]
    errors = list(found.errors.values())
    if not ids and errors:
        for error in errors[:-1]:
            click.echo(f"error: {error}", err=True)
        raise errors[-1]
    return Selection(ids, {**known, **found.claims}, found.files, errors)


def with_modules(names: tuple[str, ...]) -> Selection:
    """Like ``load``; raises ``BadInput`` for any error in any file."""
    found = load(names)
    if found.errors:
        raise found.errors[0]
    return found


def file_name(path: Path | str) -> str:
    """A file as the lock names it: from the folder of the lock, with slashes, the same however it is written."""
    return Path(os.path.relpath(os.path.realpath(path))).as_posix()

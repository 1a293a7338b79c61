"""``verify check``."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from verify.commands.common import (
    CLAIMS_ARGUMENT,
    JSON_OPTION,
    THEORY_OPTION,
    engine_options,
    note,
    on,
    session_of_theory,
    write_json,
    write_text,
)
from verify.commands.program import examples
from verify.commands.progress import progress
from verify.runtime import manner
from verify.runtime.engine import Engine
from verify.runtime.errors import BadInput

if TYPE_CHECKING:
    from verify.cache.sealed_files import Files
    from verify.cache.store import Store
    from verify.claims.selection import Selection
    from verify.evidence.results import ClaimResult

SHOWN = 6  # names in one line


@click.command(
    short_help="prove or refute claims, and what they rest on",
    epilog=examples("verify check T1", 'verify check "T2.*" --verbose', "verify check claims.py --locked"),
)
@CLAIMS_ARGUMENT
@click.option("--allow-inconclusive", is_flag=True, help="Exit with 0 although some claims are open.")
@click.option("--locked", is_flag=True, help="Fail on any difference from theorems.lock.")
@click.option("--junit", metavar="FILE", help="Write JUnit XML.")
@click.option("--sarif", metavar="FILE", help="Write SARIF 2.1.0.")
@click.option("--badge", metavar="FILE", help="Write an SVG badge.")
@click.option("--recheck", is_flag=True, help="Check kept certificates again, also those that this machine has sealed.")
@click.option("--no-cache", is_flag=True, help="Find everything anew, and keep nothing.")
@engine_options()
@THEORY_OPTION
@JSON_OPTION
def check(
    claims: tuple[str, ...],
    allow_inconclusive: bool,
    locked: bool,
    junit: str | None,
    sarif: str | None,
    badge: str | None,
    recheck: bool,
    no_cache: bool,
    engine: Engine,
    json_file: str | None,
) -> None:
    """Check CLAIMS, by default all of them, and what they rest on.

    A claim is named by its id, a family by a pattern such as "T2.*"; a path to a Python file that defines claims()
    stands for all claims in it, mine.py::my.claim for one of them.
    Exit code 0: all true claims hold, all false ones are refuted; 1: not so; 3: something is open; 2: bad input.
    """
    from verify.cache.store import Store
    from verify.claims.patterns import split
    from verify.evidence.results import exit_code

    start = time.perf_counter()
    only_files = bool(claims) and all(split(name)[0] for name in claims)
    if locked:
        from verify.claims import theories
        from verify.regression import lock_file

        promised = lock_file.read()
        if not claims:
            _require_the_theory(promised)
        if not only_files:
            lock_file.same_theory(promised, theories.current())
    store = None if no_cache else Store()
    files = None
    if store is not None and only_files:
        from verify.cache.sealed_files import Files

        files = Files(store, claims)
    reports = {"junit": junit, "sarif": sarif, "badge": badge, "json": json_file}
    seen = store is None or recheck or locked or (only_files and _reports(reports))  # these name lines of files
    run = None if store is None or seen else _sealed(claims, store, files)
    run = run or _checked(claims, engine, store, files)
    results, loaded = run.results, run.loaded
    seconds = time.perf_counter() - start
    from verify.reports import terminal
    from verify.reports.wrapping import say

    for said in run.notes:
        note(f"cache: {said}")
    if json_file is not None:
        write_json(terminal.data_of(results), json_file)
    if json_file != "-":
        terminal.print_results(results, seconds, run.origin, reasons=manner.current().verbose)
        if run.line and not manner.current().quiet:
            say(run.line)
    differences: list[Any] = []
    if locked:
        from verify.claims.selection import select

        loaded = loaded or select(claims)
        differences, left = _differences(promised, claims, loaded, results)
    _other_reports(results, loaded, seconds, reports, differences)
    code = exit_code(results, allow_inconclusive=allow_inconclusive)
    if locked:
        for difference in differences:
            click.echo(str(difference), err=True)
        note(f"{lock_file.FILE}: {len(differences) or 'no'} difference{'s' * (len(differences) != 1)}")
        if left:
            note(f"{lock_file.FILE}: not looked at: {left}")
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


@dataclass(frozen=True)
class _Run:
    """Results, what was loaded for them (nothing for those of an unchanged tree), and what the cache has to say.

    ``origin`` names the files of claims that are not the theory's.
    """

    results: Sequence[ClaimResult]
    loaded: Selection | None = None
    notes: Sequence[str] = ()
    line: str = ""
    origin: Mapping[str, str] = field(default_factory=dict)


def _sealed(claims: Sequence[str], store: Store, files: Files | None) -> _Run | None:
    """The results for claims of the theory, or of files, that this machine found with the sources as they are."""
    from verify.cache import sealed
    from verify.claims.patterns import split

    if files is not None:
        kept = files.read()
        return None if kept is None else _Run(list(kept.results.values()), line=kept.line, origin=kept.files)
    if any(split(name)[0] for name in claims):
        return None
    kept = sealed.read(store)
    return None if kept is None else _Run(kept.chosen(claims), line=kept.line)


def _checked(claims: Sequence[str], engine: Engine, store: Store | None, files: Files | None) -> _Run:
    """Check claims, with what the cache knows of them, if there is one."""
    from verify.cache import sealed
    from verify.cache.session import Session
    from verify.claims.patterns import split
    from verify.claims.selection import select
    from verify.evidence import run

    session = None if store is None else session_of_theory(store) if files is None else Session(store)
    if session is not None and not any(split(name)[0] for name in claims):
        found = session.recall(claims, engine.workers, meanwhile=lambda: import_module("verify.reports.terminal"))
        if found is not None:
            if not claims:
                sealed.keep(session, found, run.table_in_force())
            return _Run(found, None, session.notes, session.line)
    chosen = select(claims)
    table = chosen.table
    total = len({*chosen.ids} | {name for c in chosen.claims for name in run.ancestors(c, table)})
    with progress("checking", total) as tick:
        results = run.check(chosen.ids, engine=on(engine, chosen), progress=tick, table=table, session=session)
    if session is None:
        return _Run(results, chosen, origin=chosen.origin)
    if not claims:
        sealed.keep(session, results, table)
    if files is not None:
        files.keep(session, results, chosen)
    return _Run(results, chosen, session.notes, session.line, chosen.origin)


def _differences(promised: Any, names: tuple[str, ...], loaded: Selection, results: Any) -> tuple[list[Any], str]:
    """What differs from the lock, and which of its claims were not looked at.

    A claim that the theory, or one of the files, has no more is lost. Nothing is, while a file can't be read.
    """
    from verify.claims.patterns import split
    from verify.claims.selection import file_name
    from verify.regression import differences, lock_file
    from verify.regression.snapshot import snapshot

    wanted = loaded.claims
    paths = [path for path, inside in map(split, names) if path and not inside]
    files = set() if loaded.errors else set(map(file_name, paths))
    stated = {c.id for c in wanted}
    looked_at = stated | set(lock_file.part_of(promised, files) if files or not names else ())
    theory = None if names else loaded.theory
    now = snapshot(wanted, results, loaded.origin, theory=theory, table=loaded.table)
    found = differences.compare(promised, now, looked_at, loaded.table, theory=theory)
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


def _reports(targets: Mapping[str, str | None]) -> bool:
    """Whether a report is made besides what is printed and the JSON of it."""
    inside = os.environ.get("GITHUB_ACTIONS") or os.environ.get("GITHUB_STEP_SUMMARY")
    return bool(inside) or any(targets[form] for form in ("junit", "sarif", "badge"))


def _other_reports(
    results: Any, loaded: Selection | None, seconds: float, targets: Mapping[str, str | None], differences: list[Any]
) -> None:
    """Write the reports that were asked for, and what GitHub Actions shows when the run is one of its steps."""
    if not _reports(targets):
        return
    from verify.claims import theories
    from verify.reports import findings, formats
    from verify.reports.locations import places
    from verify.runtime import distribution

    theory = theories.current() if loaded is None else loaded.theory  # what was recalled is the theory's
    where = places([r.id for r in results], {} if loaded is None else loaded.files, theory)
    origin = {} if loaded is None else loaded.origin
    found = formats.findings(results, where, differences, origin)
    if targets["junit"]:
        write_text(formats.junit(results, origin), targets["junit"])
    if targets["sarif"]:
        write_json(formats.sarif(results, found, distribution.version()), targets["sarif"])
    if targets["badge"]:
        write_text(formats.badge(results), targets["badge"])
    findings.add_to_summary(formats.markdown(results, seconds, differences))
    if os.environ.get("GITHUB_ACTIONS"):
        for line in findings.github_annotations(found):
            click.echo(line, err="-" in targets.values())

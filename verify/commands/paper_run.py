"""What ``verify paper`` does once it is told what to: check files, print, write, and wait for them to be saved."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verify.commands.common import note, write_json, write_text
from verify.commands.progress import parts
from verify.papers import fix, report
from verify.papers.check import check
from verify.papers.document import Document
from verify.papers.marks import write_marks
from verify.papers.memory import Memory
from verify.papers.scanner import read
from verify.papers.step import CheckedStep
from verify.reports import findings
from verify.reports.wrapping import say
from verify.runtime import distribution
from verify.runtime.engine import HERE, Engine
from verify.runtime.errors import BadInput
from verify.runtime.processes import Interrupted
from verify.runtime.watch import saved

if TYPE_CHECKING:
    from verify.papers.targets import Targets

Papers = list[tuple[str, list[CheckedStep]]]


def _targets(own: Sequence[str]) -> Targets:
    """The claims of files; raises BadInput for the first that has an error."""
    from verify.claims.loading import load_files
    from verify.papers.targets import Targets

    stated = load_files(own)
    for error in stated.errors.values():
        raise error
    return Targets(stated.claims)


@dataclass(frozen=True)
class Options:
    """The options of the command; ``form`` is text, json, gcc or github, ``keep`` whether the cache is used."""

    everything: bool
    form: str
    junit: str | None
    sarif: str | None
    fix: bool
    write: bool
    seconds: float
    marks: bool
    keep: bool
    engine: Engine = HERE


class PaperRun:
    """One run of the command, which may check a file more than once; ``own`` are files with claims."""

    def __init__(self, options: Options, own: Sequence[str]) -> None:
        self.options, self.targets = options, _targets(own) if own else None
        self.memory = Memory()
        self.memory.store.off = not options.keep
        self.before: dict[str, list[CheckedStep]] = {}
        self.noted = 0

    def once(self, files: Sequence[str]) -> int:
        """Check the files and report; the exit code. ``BadInput`` where one cannot be read and nothing is refuted."""
        papers, unread = self._checked(files)
        self._report(papers, [name for name, _ in papers] if len(files) == len(papers) else None)
        codes = {report.exit_code(steps) for _, steps in papers}
        if unread and 1 not in codes:
            for fault in unread[:-1]:
                click.echo(f"error: {fault}", err=True)
            raise unread[-1]
        for fault in unread:
            click.echo(f"error: {fault}", err=True)
        return 1 if 1 in codes else max(codes)

    def watch(self, files: Sequence[str]) -> int:
        """Check the files, and each of them again when it is saved; the exit code of the last report at ctrl-C.

        Steps that are still the same are not decided again, and those that are still proved not printed again. The
        lines on standard error tell an editor where a report begins and ends.
        """
        codes: dict[str, int] = {}
        changes = saved(files)
        todo: Sequence[str] = files
        while True:
            click.echo(f"checking {' '.join(todo)}", err=True)
            papers, unread = self._checked(todo)
            self._report(papers, None)
            codes |= {name: report.exit_code(steps) for name, steps in papers}
            for fault in unread:
                click.echo(f"error: {fault}", err=True)
            self.before |= dict(papers)
            click.echo(f"watching {' '.join(files)}; ctrl-C ends", err=True)
            try:
                todo = next(changes)
            except (KeyboardInterrupt, Interrupted) as stop:
                if isinstance(stop, Interrupted) and stop.number != signal.SIGINT:
                    raise
                return 2 if unread else 1 if 1 in codes.values() else max(codes.values())

    # ------------------------------------------------------------ parts

    def _checked(self, files: Sequence[str]) -> tuple[Papers, list[BadInput]]:
        """The steps of each file, and why others were not read."""
        papers: Papers = []
        unread: list[BadInput] = []
        for file in files:
            try:
                document = read(Path(file))
                steps = self._check(document)
                papers.append((file, self._fixed(file, document, steps) if self.options.fix else steps))
                if self.options.marks:
                    note(f"wrote {write_marks(document, steps)}")
            except BadInput as error:
                unread.append(error)
            except Exception as error:  # whatever goes wrong in one file costs that file
                what = f"{file}: internal error: {type(error).__name__}: {error}"[:300]
                unread.append(BadInput(what, "this is a defect of verify; please report it"))
        notes = self.memory.notes if self.options.keep else []
        for said in notes[self.noted :]:
            note(f"cache: {said}")
        self.noted = len(notes)
        return papers, unread

    def _check(self, document: Document) -> list[CheckedStep]:
        o = self.options
        with parts(f"checking {document.name}") as tick:
            return check(
                document,
                everything=o.everything,
                seconds=o.seconds,
                targets=self.targets,
                memory=self.memory,
                progress=lambda done, total: tick("", done, total),
                engine=o.engine,
                ahead=lambda done, total: tick("steps that are asked for", done, total),
            )

    def _fixed(self, name: str, document: Document, steps: list[CheckedStep]) -> list[CheckedStep]:
        """Print what can be mended, and the difference; the steps of the file as it is then."""
        result = fix.fixed(document, steps, self._check)
        self._print(name, steps)
        path = Path(name)
        for line in fix.lines(name, result):
            click.echo(line)
        if not result.mended:
            return steps
        click.echo(fix.difference(name, *fix.as_in_file(path, result.text)), nl=False)
        if not self.options.write:
            return steps
        fix.write(path, document.main, result.text)
        say(f"{report.summary(name, result.steps)}, as it is written now")
        return result.steps

    def _print(self, name: str, steps: Sequence[CheckedStep]) -> None:
        """The report on one file."""
        if self.options.form == "text":
            say("\n".join(report.lines(name, steps, self.before.get(name, ()))))
            return
        if self.options.form == "gcc":
            found = report.gcc(name, steps)
        else:
            found = findings.github_annotations(report.findings(name, steps))
        for line in found:
            click.echo(line)
        click.echo(report.summary(name, steps), err=True)

    def _report(self, papers: Papers, whole: Sequence[str] | None) -> None:
        """Print and write what was found; ``whole`` where all files were read."""
        o = self.options
        if o.form == "json":
            data = [report.to_json(file, steps) for file, steps in papers]
            one = whole is not None and len(data) == 1
            write_json(data[0] if one else {"schema": 1, "papers": data}, "-")
        elif not o.fix:
            for file, steps in papers:
                self._print(file, steps)
        found = [finding for file, steps in papers for finding in report.findings(file, steps)]
        if o.junit is not None:
            write_text(report.junit(papers), o.junit)
        if o.sarif is not None:
            category = "paper/" + "+".join(findings.place_of(file, 1).file for file, _ in papers)
            write_json(findings.sarif(found, report.RULES, distribution.version(), category), o.sarif)
        findings.add_to_summary("\n".join(report.markdown(file, steps) for file, steps in papers))
        if os.environ.get("GITHUB_ACTIONS") and o.form != "github":
            for line in findings.github_annotations(found):
                click.echo(line, err=o.form == "json" or "-" in (o.junit, o.sarif))

"""What ``verify paper --annotate`` does: a copy of a paper with the comments that are proposed for it."""

from __future__ import annotations

from pathlib import Path

import click

from verify.claims.loading import load_files
from verify.papers import report
from verify.papers.annotation.proposal import annotated
from verify.papers.check import check
from verify.papers.document import Document
from verify.papers.memory import Memory
from verify.papers.scanner import read
from verify.papers.step import CheckedStep
from verify.papers.targets import Targets
from verify.runtime import files
from verify.runtime.errors import BadInput

ASKED = ("derive", "skip")


def annotate(file: str, out: str, own: tuple[str, ...], seconds: float, *, keep: bool) -> int:
    """Write the copy ``out`` of ``file``, and report on it; the exit code of the report.

    BadInput where a file cannot be read or written, where ``out`` is there already, or where the paper has comments.
    """
    if Path(out).exists():
        raise BadInput(f"{out} exists already", "give the name of a new file")
    stated = load_files(own)
    for error in stated.errors.values():
        raise error
    targets, memory = Targets(stated.claims), Memory()
    memory.store.off = not keep

    def checked(document: Document, everything: bool) -> list[CheckedStep]:
        return check(document, everything=everything, seconds=seconds, targets=targets, memory=memory)

    found = annotated(read(Path(file)), checked)
    files.write(out, found.text)
    asked = sum(comment in ASKED for _, comment in found.comments)
    derived = sum(comment == "derive" for _, comment in found.comments)
    said = len(found.comments) - asked
    click.echo(f"{out}: {said} comments say what the text declares and assumes; {derived} displays are to be derived")
    for line, comment in found.comments:
        if comment not in ASKED:
            click.echo(f"{out}:{line}: look at this: {comment}")
    for line, comment in found.left_out:
        click.echo(f"{file}:{line}: not understood, and left out: {comment}")
    click.echo("\n".join(report.lines(out, found.steps)))
    return report.exit_code(found.steps)

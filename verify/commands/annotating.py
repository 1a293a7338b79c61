"""What ``verify paper --annotate`` does: a copy of a paper with the comments that are proposed for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from verify.claims.loading import load_files
from verify.commands.progress import parts
from verify.papers import report
from verify.papers.annotation.inserting import copied
from verify.papers.annotation.proposal import Annotated, annotated
from verify.papers.check import check
from verify.papers.document import Document
from verify.papers.memory import Memory
from verify.papers.scanner import read
from verify.papers.step import CheckedStep
from verify.papers.targets import Targets
from verify.reports.wrapping import say
from verify.runtime import files
from verify.runtime.errors import BadInput

ASKED = ("derive", "skip")


def annotate(file: str, out: str, own: tuple[str, ...], seconds: float, *, keep: bool) -> int:
    """Write the copy ``out`` of ``file``, and report on it; the exit code of the report.

    A name that ends like that of the paper is one of a file; any other is one of a folder, for all files of the paper.
    BadInput where a file cannot be read or written, where ``out`` is there already, or where the paper has comments.
    """
    path, target = Path(file), Path(out)
    if target.exists() or target.is_symlink():
        raise BadInput(f"{out} exists already", "give the name of a new file")
    everywhere = target.suffix != (path.suffix or ".tex")
    stated = load_files(own)
    for error in stated.errors.values():
        raise error
    targets, memory = Targets(stated.claims), Memory()
    memory.store.off = not keep

    def checked(document: Document, everything: bool) -> list[CheckedStep]:
        with parts(f"checking {file}") as tick:
            return check(
                document,
                everything=everything,
                seconds=seconds,
                targets=targets,
                memory=memory,
                progress=lambda done, total: tick("", done, total),
            )

    found = annotated(document := read(path), checked, everywhere=everywhere)
    contents = copied(document, found.inserted, everywhere=everywhere)
    if everywhere:
        files.write_folder(target, contents)
        shown = str(target / path.name)
    else:
        files.write(out, contents[Path(path.name)])
        shown = out
    _say(file, shown, found, contents if everywhere else {})
    return report.exit_code(found.steps)


def _say(file: str, shown: str, found: Annotated, contents: Mapping[Path, bytes]) -> None:
    """Print what the copy says, what was left out, and what became of its steps; ``contents`` are those of a folder."""
    before, after = Path(file).parent, Path(shown).parent

    def place(name: str) -> str:
        """A file of the paper as one of the copy."""
        return str(after / Path(name).relative_to(before)) if name and contents else name or shown

    derived = sum(comment == "derive" for *_, comment in found.comments)
    said = sum(comment not in ASKED for *_, comment in found.comments)
    say(f"{shown}: {said} comments say what the text declares and assumes; {derived} displays are to be derived")
    if contents:
        say(f"{after}: {len(contents)} file{'s' * (len(contents) > 1)}, with pictures and styles of its folder")
    for name, line, comment in found.comments:
        if comment not in ASKED:
            say(f"{place(name)}:{line}: look at this: {comment}")
    for name, line, comment in found.left_out:
        say(f"{name or file}:{line}: not understood, and left out: {comment}")
    steps = [replace(s, file=place(s.file)) if s.file else s for s in found.steps]
    say("\n".join(report.lines(shown, steps)))

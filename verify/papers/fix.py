"""Suggested edits made in the file: which of them can be made together, and the difference as a patch.

An edit is made only if the whole edited file, read and checked anew, has its step proved and nothing lost that was
proved before. So what a patch does is known, also where the step goes on in the next line, or a macro is in the way.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from verify.papers.document import Document
from verify.papers.edits import Replacement
from verify.papers.scanner import scan
from verify.papers.step import CheckedStep
from verify.runtime import files
from verify.runtime.errors import BadInput

Check = Callable[[Document], list[CheckedStep]]


@dataclass(frozen=True)
class Fixed:
    """A file after some edits: its text, its steps, the steps that were mended, and why others were not."""

    text: str
    steps: list[CheckedStep]
    mended: tuple[CheckedStep, ...]
    left: tuple[tuple[CheckedStep, str], ...]


def fixed(document: Document, steps: list[CheckedStep], check: Check) -> Fixed:
    """Make the edits one after the other, each only where it mends its step and costs no other."""
    made: list[Replacement] = []
    text, now = document.main, steps
    mended: list[CheckedStep] = []
    left: list[tuple[CheckedStep, str]] = []
    for place, step in enumerate(steps):
        if not step.suggestion or now[place].status == "proved":  # an edit before it was enough
            continue
        if step.file:
            left.append((step, "it stands in another file: check that file"))
            continue
        if step.fix is None:
            left.append((step, "what it changes comes out of a macro"))
            continue
        if any(step.fix.start < r.stop and r.start < step.fix.stop for r in made):
            left.append((step, "another edit changes the same place"))
            continue
        trial = applied(document.main, [*made, step.fix])
        after = check(scan(trial, document.name, document.folder))
        if why := _objection(now, after, place):
            left.append((step, why))
        else:
            text, now = trial, after
            made.append(step.fix)
            mended.append(step)
    return Fixed(text, now, tuple(mended), tuple(left))


def _objection(before: Sequence[CheckedStep], after: Sequence[CheckedStep], place: int) -> str:
    """Why an edit of one step is not made; empty where it mends it and costs no other."""
    if len(before) != len(after):
        return "the file then has other steps"
    if after[place].status != "proved":
        return f"in the file it is then {after[place].status}"
    lost = [b for a, b in zip(before, after, strict=True) if a.status == "proved" and b.status != "proved"]
    return f"line {lost[0].line} is then {lost[0].status}" if lost else ""


def applied(text: str, edits: Sequence[Replacement]) -> str:
    """A text with some edits, which do not overlap."""
    for edit in sorted(edits, key=lambda r: (r.start, r.stop), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.stop :]
    return text


def difference(name: str, before: str, after: str) -> str:
    """A unified diff that ``patch -p1`` and ``git apply`` take; empty where nothing was changed."""
    old, new = (text.splitlines(keepends=True) for text in (before, after))
    out = ""
    for line in difflib.unified_diff(old, new, f"a/{name.lstrip('/')}", f"b/{name.lstrip('/')}"):
        out += line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
    return out


def lines(name: str, result: Fixed) -> list[str]:
    """What was done with each suggestion."""
    out = [f"{s.file or name}:{s.line}: mended by {s.edit}" for s in result.mended]
    return out + [f"{s.file or name}:{s.line}: not mended: {why}" for s, why in result.left]


def as_in_file(path: Path, text: str) -> tuple[str, str]:
    """What a file holds and an edited text, both with the line ends of the file.

    ``BadInput`` where its line ends are mixed, or it was changed since it was read.
    """
    with path.open(encoding="utf-8", newline="") as file:
        raw = file.read()
    if "\r" not in raw:
        return raw, text
    if raw.count("\r\n") != raw.count("\n") or raw.count("\r") != raw.count("\n"):
        raise BadInput(f"{path} has line ends of several kinds", "save it with one kind, and try again")
    return raw, text.replace("\n", "\r\n")


def write(path: Path, before: str, text: str) -> None:
    """Write an edited file in place of one that still holds what was checked; ``BadInput`` where it does not."""
    if path.read_text(encoding="utf-8") != before:
        raise BadInput(f"{path} was changed while it was checked", "check it again")
    files.write(path, as_in_file(path, text)[1])

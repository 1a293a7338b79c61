"""Marks for LaTeX: a ``.vrf`` file says which displays of a paper were checked, and by the sums of its sources, when.

The LaTeX package in the folder ``package`` reads it. A source that has another sum since is one that was not checked:
then nothing is marked.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from verify.claims import theories
from verify.claims.selection import Selection
from verify.papers.document import Display
from verify.papers.scanner import read
from verify.papers.step import CheckedStep
from verify.reports.latex_evidence import found
from verify.runtime import files
from verify.runtime.errors import BadInput

PACKAGE = Path(__file__).with_name("package")
VERSION = 1
MOST_SOURCES = 200  # files that one paper may be made of
_NAME = re.compile(r"[A-Za-z0-9_.+/-]+")  # what TeX reads in a file name as it stands
_INCLUDED = re.compile(r"\\(?:input|include|subfile|usepackage|RequirePackage)\s*(?:\[[^\]]*\])?\s*\{([^{}]*)\}")
_ENDINGS = {"usepackage": ".sty", "RequirePackage": ".sty"}
_GOOD = ("proved", "enclosed")
_COUNTED = ("proved", "refuted", "inconclusive", "not understood")

Sums = Mapping[str, str]


def sums(path: Path) -> dict[str, str]:
    """The MD5 sums of a paper and of what it includes from its own folder, by name relative to that folder.

    ``BadInput`` for a name that TeX would not read as it stands, and for a file that can't be read. MD5 is what TeX
    computes; it tells that a file has changed, and is no protection against somebody who wants to deceive.
    """
    folder, out, todo = path.parent, dict[str, str](), [path.name]
    while todo:
        name = todo.pop()
        if name in out:
            continue
        if not _NAME.fullmatch(name):
            raise BadInput(f"the file name {name!r:.80} is not one that TeX reads as it stands", "rename the file")
        if len(out) >= MOST_SOURCES:
            raise BadInput(f"{path} is made of more than {MOST_SOURCES} files", "mark its parts one by one")
        try:
            data = (folder / name).read_bytes()
        except OSError as error:
            raise BadInput(f"cannot read {folder / name}: {error.strerror}") from None
        out[name] = hashlib.md5(data, usedforsecurity=False).hexdigest().upper()
        todo += _included(data.decode("utf-8", errors="replace"), folder)
    return out


def _included(text: str, folder: Path) -> Iterator[str]:
    """The files of the same folder, or below it, that a source may include: also those in comments, to be sure."""
    for match in _INCLUDED.finditer(text):
        ending = _ENDINGS.get(match[0][1:].split("{")[0].split("[")[0].strip(), ".tex")
        for written in match[1].split(","):
            name = written.strip()
            for full in (name, name + ending):
                inside = name and not name.startswith("/") and ".." not in Path(name).parts
                if inside and (folder / full).is_file():
                    yield Path(full).as_posix()
                    break


def write_marks(file: str, steps: Sequence[CheckedStep], before: Sums) -> Path:
    """Write the marks of one paper beside it; ``BadInput`` where it has changed since its sums were ``before``."""
    path = Path(file)
    document = read(path)
    if sums(path) != before:
        raise BadInput(f"{file} has changed while it was checked", "run verify paper --marks again")
    good = _proved_claims(steps)
    out = ["% Written by `verify paper --marks`: what verify.sty shows.", rf"\verifybegin{{{VERSION}}}"]
    out += [rf"\verifysource{{{name}}}{{{value}}}" for name, value in sorted(before.items())]
    for event in document.events:
        if isinstance(event, Display) and not document.file(event.position):
            first, last = document.line(event.position), document.line(event.stop)
            mine = [s for s in steps if not s.file and first <= s.line <= last and s.status in _COUNTED]
            if mine:
                proved = sum(s.status == "proved" for s in mine)
                out.append(
                    rf"\verifydisplay{{{path.name}}}{{{first}}}{{{_status(mine, good)}}}{{{proved}}}{{{len(mine)}}}"
                )
    out += [rf"\verifyclaim{{{name}}}{{{_status(found, good)}}}" for name, found in _by_claim(steps).items()]
    target = path.with_suffix(".vrf")
    files.write(target, "\n".join([*out, r"\verifyend"]) + "\n")
    return target


def _status(steps: Sequence[CheckedStep], good: frozenset[str]) -> str:
    """What stands at a display: the worst that became of one of its lines.

    A display that was compared with the theory is proved only where what it is compared with is, which is in ``good``.
    """
    statuses = {s.status for s in steps}
    if "refuted" in statuses:
        return "refuted"
    if statuses == {"proved"}:
        if any(_compared(s) and s.bound not in good for s in steps):
            return "same"
        return "rests" if any(s.rests for s in steps) else "proved"
    return "part" if "proved" in statuses else "open"


def _compared(s: CheckedStep) -> bool:
    """Whether a step says what the theory says, rather than what follows from assumptions."""
    return s.bound.startswith(("claim ", "expression "))


def _proved_claims(steps: Sequence[CheckedStep]) -> frozenset[str]:
    """What displays are bound to that is proved: a claim of the theory, or an expression whose defining claim is.

    Verdicts are those of the last check in this state of the code, or of the lock.
    """
    bound = {s.bound for s in steps if _compared(s)}
    if not bound:
        return frozenset()
    theory = theories.current()
    claims: dict[str, str] = {}
    for text in bound:
        verb, _, name = text.partition(" ")
        named = theory.expression(name) if verb == "expression" else None
        claim = name if verb == "claim" else "" if named is None else named.defined_by
        if claim in theory.stated:
            claims[text] = claim
    ids = list(dict.fromkeys(claims.values()))
    known = found(Selection(ids, theory.catalogue, {}, [], theory), None) if ids else {}
    return frozenset(text for text, claim in claims.items() if claim in known and known[claim].verdict in _GOOD)


def _by_claim(steps: Sequence[CheckedStep]) -> dict[str, list[CheckedStep]]:
    """The steps that the paper binds to claims and expressions of its theory, by their names."""
    out: dict[str, list[CheckedStep]] = {}
    for s in steps:
        if _compared(s):
            out.setdefault(s.bound.partition(" ")[2], []).append(s)
    return out

"""Marks for LaTeX: a ``.vrf`` file says which displays of a paper were checked, and by the sums of its sources, when.

The LaTeX package in the folder ``package`` reads it. A source that has another sum since is one that was not checked:
then nothing is marked. Sources are the files that were read for the check, and no others.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from verify.papers.document import Display, Document
from verify.papers.sources import bytes_of
from verify.papers.step import CheckedStep
from verify.runtime import files
from verify.runtime.errors import BadInput

PACKAGE = Path(__file__).with_name("package")
VERSION = 1
_NAME = re.compile(r"[A-Za-z0-9_.+/-]+")  # what TeX reads in a file name as it stands
_GOOD = ("proved", "enclosed")
_COUNTED = ("proved", "refuted", "inconclusive", "not understood")


def sums(document: Document) -> dict[str, str]:
    """The MD5 sums of a paper and of the files that were read with it, by name relative to its folder.

    ``BadInput`` for a name that TeX would not read as it stands, and for a file that is not what was read any more. MD5
    is what TeX computes; it tells that a file has changed, and is no protection against somebody who wants to deceive.
    """
    out: dict[str, str] = {}
    for part in document.parts:
        if part.path is None or document.folder is None:
            continue
        name = part.path.as_posix()
        if not _NAME.fullmatch(name):
            raise BadInput(f"the file name {name!r:.80} is not one that TeX reads as it stands", "rename the file")
        data = bytes_of(document.folder / part.path, document.text[part.start : part.stop])
        out[name] = hashlib.md5(data, usedforsecurity=False).hexdigest().upper()
    return out


def write_marks(document: Document, steps: Sequence[CheckedStep]) -> Path:
    """Write the marks of one paper beside it; ``BadInput`` where it has changed since it was read."""
    path = Path(document.name)
    found = sums(document)
    good = _proved_claims(steps)
    out = ["% Written by `verify paper --marks`: what verify.sty shows.", rf"\verifybegin{{{VERSION}}}"]
    out += [rf"\verifysource{{{name}}}{{{value}}}" for name, value in sorted(found.items())]
    for event in document.events:
        if isinstance(event, Display) and not document.file(event.position):
            first, last = document.line(event.position), document.line(event.stop)
            mine = [s for s in steps if not s.file and first <= s.line <= last and s.status in _COUNTED]
            if mine:
                proved = sum(s.status == "proved" for s in mine)
                out.append(
                    rf"\verifydisplay{{{path.name}}}{{{first}}}{{{_status(mine, good)}}}{{{proved}}}{{{len(mine)}}}"
                )
    out += [rf"\verifyclaim{{{name}}}{{{_status(mine, good)}}}" for name, mine in _by_claim(steps).items()]
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
    from verify.claims import theories
    from verify.claims.selection import Selection
    from verify.reports import latex_evidence

    theory = theories.current()
    claims: dict[str, str] = {}
    for text in sorted(bound):
        verb, _, name = text.partition(" ")
        named = theory.expression(name) if verb == "expression" else None
        claim = name if verb == "claim" else "" if named is None else named.defined_by
        if claim in theory.stated:
            claims[text] = claim
    ids = list(dict.fromkeys(claims.values()))
    known = latex_evidence.found(Selection(ids, theory.catalogue, {}, [], theory), None) if ids else {}
    return frozenset(text for text, claim in claims.items() if claim in known and known[claim].verdict in _GOOD)


def _by_claim(steps: Sequence[CheckedStep]) -> dict[str, list[CheckedStep]]:
    """The steps that the paper binds to claims and expressions of its theory, by their names."""
    out: dict[str, list[CheckedStep]] = {}
    for s in steps:
        if _compared(s):
            out.setdefault(s.bound.partition(" ")[2], []).append(s)
    return out

"""Comments put before displays, in the texts of all files of a paper; what else these hold stays, byte for byte."""

from __future__ import annotations

import contextlib
import itertools
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from verify.papers.document import Display, Document
from verify.papers.scanner import scan
from verify.papers.sources import LINE_END, Part, bytes_of
from verify.runtime.errors import BadInput

MOST_BYTES = 500_000_000  # of pictures, references and styles that are copied with a paper
_NAMED = re.compile(
    r"\\(?:includegraphics|bibliography|addbibresource|bibliographystyle|usepackage|RequirePackage|documentclass|"
    r"lstinputlisting|verbatiminput|includepdf)\*?\s*(?:\[[^\]]*\]\s*)?\{(?P<names>[^{}]*)\}"
)
_ENDINGS = ("", ".pdf", ".png", ".jpg", ".jpeg", ".eps", ".bib", ".bst", ".sty", ".cls")
Places = dict[tuple[str, int], str]  # the comment at a line of a file; the paper itself has no name


@dataclass(frozen=True)
class Insertion:
    """Lines that are put at a place of a file: at the beginning of a line, or, ``inside`` one, behind a line end."""

    at: int
    lines: tuple[str, ...]
    inside: bool = False

    def text(self, end: str = "\n") -> str:
        return (end if self.inside else "") + "".join(line + end for line in self.lines)


def parts_of(document: Document, *, everywhere: bool) -> list[Part]:
    """The files into which comments may be put: the paper, and, ``everywhere``, those that are read once."""
    counts = Counter(p.path for p in document.parts)
    return [p for p in document.parts if not p.start or (everywhere and counts[p.path] == 1)]


def insertions(document: Document, planned: Iterable[tuple[Display, Sequence[str]]]) -> dict[Part, list[Insertion]]:
    """The comments before displays, each on a line of its own, by file and in the order of the file."""
    out: dict[Part, list[Insertion]] = {}
    for display, comments in planned:
        if not comments:
            continue
        part = document.part(display.position)
        text = document.text[part.start : part.stop]
        at = display.position - part.start
        line = text.rfind("\n", 0, at) + 1
        indent = text[line:at]
        inside = bool(indent.strip())
        lines = tuple(("" if inside else indent) + f"% verify: {c}" for c in comments)
        out.setdefault(part, []).append(Insertion(at if inside else line, lines, inside))
    return out


def copy(document: Document, inserted: Mapping[Part, Sequence[Insertion]]) -> tuple[Document, Places]:
    """The paper with insertions, and what stands at which of their lines."""
    texts, places = dict[Path | None, str](), Places()
    for part, found in inserted.items():
        text = document.text[part.start : part.stop]
        texts[part.path if part.start else None], position, number, out = "", 0, 1, list[str]()
        for i in sorted(found, key=lambda i: i.at):
            out += [text[position : i.at], i.text()]
            number += text.count("\n", position, i.at) + i.inside
            for line in i.lines:
                places[part.name if part.start else "", number] = line.partition("% verify: ")[2]
                number += 1
            position = i.at
        texts[part.path if part.start else None] = "".join([*out, text[position:]])
    main = texts.pop(None, document.main)
    replaced = {path: text for path, text in texts.items() if path is not None}
    return scan(main, document.name, document.folder, replaced), places


def as_bytes(path: Path, text: str, inserted: Sequence[Insertion]) -> bytes:
    """What a file holds with insertions, in its own line ends; ``BadInput`` where it is not what was read."""
    raw = bytes_of(path, text).decode("utf-8")
    ends = [m.span() for m in LINE_END.finditer(raw)]
    out, position, shift, k = list[str](), 0, 0, 0
    for i in sorted(inserted, key=lambda i: i.at):
        while k < len(ends) and ends[k][1] - shift <= i.at + (ends[k][1] - ends[k][0] - 1):
            shift += ends[k][1] - ends[k][0] - 1
            k += 1
        at = i.at + shift
        a, b = ends[min(max(k - 1, 0), len(ends) - 1)] if ends else (0, 0)
        out += [raw[position:at], i.text(raw[a:b] or "\n")]
        position = at
    return "".join([*out, raw[position:]]).encode("utf-8")


def copied(document: Document, inserted: Mapping[Part, Sequence[Insertion]], *, everywhere: bool) -> dict[Path, bytes]:
    """What the files of a copy hold, by their paths seen from the folder of the paper; only the paper's own, or all.

    ``BadInput`` where a file has changed since it was read or is not read, or would not stand where TeX looks for it.
    """
    out: dict[Path, bytes] = {}
    if everywhere and document.unread:
        raise BadInput(f"the copy would lack a file: {document.unread[0]}", "mend that, or give the name of a new file")
    for part in document.parts:
        if part.path is None or document.folder is None or (part.start and not everywhere):
            continue
        if part.linked:
            raise BadInput(
                f"a symbolic link leads to {part.name}", "a copy has files alone: name the one that is meant"
            )
        if part.path not in out or inserted.get(part):
            text = document.text[part.start : part.stop]
            out[part.path] = as_bytes(document.folder / part.path, text, inserted.get(part, ()))
    if everywhere and document.folder is not None:
        out |= {name: data for name, data in companions(document.text, document.folder).items() if name not in out}
    return out


def companions(text: str, folder: Path) -> dict[Path, bytes]:
    """Pictures, references and styles that a paper names and that lie in its folder: it is not typeset without them."""
    found: dict[Path, bytes] = {}
    size, root = 0, folder.resolve()
    for named in _NAMED.finditer(text):
        for name, ending in itertools.product(map(str.strip, named["names"].split(",")), _ENDINGS):
            path = Path(os.path.normpath(name + ending))
            if not name or path.is_absolute() or ".." in path.parts or path in found:
                continue
            with contextlib.suppress(OSError, ValueError):
                file = root / path
                if file.is_file() and file.resolve().is_relative_to(root):
                    size += file.stat().st_size
                    if size > MOST_BYTES:
                        raise BadInput(
                            "the pictures of the paper are too large to be copied", "name a new file instead"
                        )
                    found[path] = file.read_bytes()
    return found

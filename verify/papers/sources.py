"""The files of one paper: those of its folder that it reads, within bounds; they are opened to be read and no more."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from verify.runtime.errors import BadInput

LINE_END = re.compile(r"\r\n|\r|\n")
MAX_CHARACTERS = 4_000_000  # of all files of a paper together
MAX_FILES = 300  # counted as often as they are read; a thesis has about a hundred
MAX_DEPTH = 15  # of files that read others: the limit of TeX itself
_ELSEWHERE = frozenset("\\|$%~\0\"'*?<>:;&`")  # in a name: commands, pipes, other folders


class Unreadable(Exception):
    """A file that a paper names and that is not read, and why."""


@dataclass(frozen=True)
class Part:
    """Where in the text of a paper a file stands, with the name under which a report speaks of it.

    ``path`` is the file, seen from the folder of the paper; None for a text without one. ``linked``: a symbolic link
    leads to it.
    """

    name: str
    start: int
    stop: int
    path: Path | None = None
    linked: bool = False


@dataclass
class Sources:
    """The texts that were read so far, one behind the other, and the folder in which files are looked for.

    ``folder`` None: a paper that is only a text reads no file. ``replaced`` are texts that count in the place of files,
    by their paths seen from the folder.
    """

    main: str
    folder: Path | None = None
    replaced: Mapping[Path, str] = field(default_factory=dict)
    linked: set[Path] = field(default_factory=set)
    parts: list[Part] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, name: str, text: str, path: Path | None = None) -> int:
        """Put a text behind the others; where it starts."""
        start = self.length
        self.parts.append(Part(name, start, start + len(text), path, path in self.linked))
        self.texts.append(text + "\n")
        self.length += len(text) + 1
        return start

    @property
    def text(self) -> str:
        return "".join(self.texts)[:-1] if len(self.texts) == 1 else "".join(self.texts)

    def find(self, name: str, endings: Sequence[str], near: Path | None = None) -> Path | None:
        """The file of the folder that a name means, also when seen from the folder ``near``; None if there is none.

        Raises ``Unreadable`` for names that lead out of the folder, and where two files may be meant.
        """
        name = name.strip().strip('"')
        where = PurePosixPath(name)
        if not name or set(name) & _ELSEWHERE or where.is_absolute() or ".." in where.parts:
            raise Unreadable(f"{name[:80] or 'a file without a name'} is no file inside the folder of the paper")
        if self.folder is None:
            raise Unreadable(f"{name[:80]} is not read: the paper is a text without a folder")
        root = self.folder.resolve()
        found: list[Path] = []
        for folder in dict.fromkeys((root, near or root)):
            for ending in endings:
                candidate = folder / (name + ending)
                try:
                    if not candidate.is_file():
                        continue
                    resolved = candidate.resolve(strict=True)
                except (OSError, RuntimeError, ValueError):
                    continue
                if not resolved.is_relative_to(root):
                    raise Unreadable(f"{name[:80]} leads out of the folder of the paper")
                if resolved != Path(os.path.normpath(folder.resolve() / (name + ending))):
                    self.linked.add(resolved.relative_to(root))
                found.append(resolved)
                break
        if len(set(found)) > 1:
            raise Unreadable(f"{name[:80]} may mean two files: {', '.join(self.shown(p) for p in found)}")
        return found[0] if found else None

    def shown(self, path: Path) -> str:
        """A file of the folder as a report names it: seen from where the paper is."""
        root = (self.folder or Path()).resolve()
        return str(Path(self.main).parent / path.relative_to(root))

    def read(self, path: Path, depth: int) -> tuple[str, int]:
        """The text of a file and where it starts; ``Unreadable`` where that is impossible or too much."""
        shown = self.shown(path)
        if depth > MAX_DEPTH:
            raise Unreadable(f"{shown} is read inside more than {MAX_DEPTH} others")
        if len(self.parts) >= MAX_FILES:
            raise Unreadable(f"more than {MAX_FILES} files are read")
        try:
            if path.stat().st_size + self.length > MAX_CHARACTERS:
                raise Unreadable(f"the files of the paper have more than {MAX_CHARACTERS // 10**6} MB")
            inside = path.relative_to((self.folder or Path()).resolve())
            text = path.read_text(encoding="utf-8") if (new := self.replaced.get(inside)) is None else new
        except (OSError, UnicodeDecodeError) as error:
            why = "is not text in UTF-8" if isinstance(error, UnicodeDecodeError) else "cannot be read"
            raise Unreadable(f"{shown} {why}") from error
        return text, self.add(shown, text, inside)


def read_main(path: Path) -> str:
    """The text of the file that was asked for; ``BadInput`` where that is impossible or it is too large."""
    try:
        if path.stat().st_size > MAX_CHARACTERS:
            raise BadInput(f"{path} is larger than {MAX_CHARACTERS // 10**6} MB", "give the file of one paper")
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadInput(f"cannot read {path}: {error.strerror}", "give a LaTeX file") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} is not text in UTF-8", "save the file in UTF-8") from error


def plain(raw: str) -> str:
    """A text with its line ends as it is read: those of every kind as one character."""
    return LINE_END.sub("\n", raw)


def bytes_of(path: Path, text: str) -> bytes:
    """What a file holds whose text was read; ``BadInput`` where it holds something else by now."""
    try:
        data = path.read_bytes()
        same = plain(data.decode("utf-8")) == text
    except (OSError, UnicodeDecodeError):
        same = False
    if not same:
        raise BadInput(f"{path} has changed while it was checked", "check it again")
    return data


def part_at(parts: Sequence[Part], position: int) -> Part:
    """The file in which a place of the text lies."""
    return parts[max(0, bisect_right([p.start for p in parts], position) - 1)]

"""What a command is about: claims by id, families of ids, and claims that files state.

``T2.at`` names a claim, ``T2.*`` all that fit, ``mine.py`` all claims of a file, ``mine.py::my.*`` some of them;
``descent:GD.step`` a claim of another theory that one of these cites.
"""

from __future__ import annotations

import difflib
import fnmatch
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from verify.claims import theories
from verify.claims.citing import table_of
from verify.claims.claim import Claim
from verify.claims.full_names import is_full, own_of, parts
from verify.claims.loading import load_files
from verify.claims.theory import Theory
from verify.runtime.errors import BadInput

_PATTERN = re.compile(r"[*?\[]")


@dataclass
class Selection:
    """Ids of claims, the table that they and what they rest on are in, files of claims, and files with errors.

    ``theory`` is set where it was asked for by naming nothing, or a claim that is in no file.
    """

    ids: list[str]
    table: dict[str, Claim]
    files: dict[str, Path]
    errors: list[BadInput]
    theory: Theory | None = None

    @property
    def claims(self) -> list[Claim]:
        """The chosen claims, in reading order."""
        chosen = set(self.ids)
        return [claim for name, claim in self.table.items() if name in chosen]

    @property
    def origin(self) -> dict[str, str]:
        """The file of every claim that is not a theory's, as the lock names it."""
        return {name: file_name(path) for name, path in self.files.items()}

    def strict(self) -> Selection:
        """The same; ``BadInput`` for any error in any file."""
        for error in self.errors:
            raise error
        return self


def select(names: Sequence[str], theory: Theory | None = None) -> Selection:
    """The claims that are meant, all of the theory (by default the one in force) where nothing is named.

    A file with an error costs itself alone, and raises ``BadInput`` where nothing else is left; so does a name that
    nothing has.
    """
    inside = [(name, *split(name)) for name in names]
    paths = list(dict.fromkeys(path for _, path, _ in inside if path))
    found = load_files(paths, theory)
    asked = None
    if not names or any(not path for _, path, _ in inside):
        asked = theories.current() if theory is None else theory
    table = {**(table_of(asked) if asked is not None else {}), **found.table}
    ids: list[str] = [] if names else own_of(table)
    for name, path, pattern in inside:
        own = {c: table[c] for c, file in found.files.items() if path and same_file(file, path)}
        if path:
            ids += matching(pattern, own, f" in {path}") if pattern and own else own
        else:
            ids += matching(name, table)
    errors = list(found.errors.values())
    if not ids and errors:
        raise errors[0] if len(errors) == 1 else BadInput("; ".join(e.what for e in errors), errors[-1].hint)
    return Selection(list(dict.fromkeys(ids)), table, found.files, errors, asked)


def split(name: str) -> tuple[str, str]:
    """The file of a name, and the id or pattern in it; both empty where there is none."""
    path, separator, pattern = name.partition("::")
    if separator and path.endswith(".py"):
        return path, pattern
    return (name, "") if name.endswith(".py") else ("", "")


def find(names: Sequence[str], table: Mapping[str, Claim]) -> list[Claim]:
    """The claims with these ids or patterns, all of them for no name; ``BadInput`` for one that nothing has."""
    chosen = {found for name in names for found in matching(name, table)}
    return [table[name] for name in ([n for n in table if n in chosen] if names else own_of(table))]


def matching(name: str, table: Mapping[str, object], where: str = "", what: str = "claim") -> list[str]:
    """The ids that a name stands for; ``BadInput`` names the nearest for one that nothing has."""
    alike = [known for known in table if is_full(known) == is_full(name)]  # T* is about the theory itself
    fits = [name] if name in table else fnmatch.filter(alike, name) if _PATTERN.search(name) else []
    if not fits:
        raise BadInput(f"there is no {what} {name!r}{where}", _near(name, table))
    return fits


def _near(name: str, table: Mapping[str, object]) -> str:
    """What may be meant by a name that no claim has."""
    if _PATTERN.search(name):
        return "no claim fits it; verify list shows every claim"
    whose, claim = parts(name)
    if whose:
        cited = [known for known in table if parts(known)[0] == whose]
        if not cited:
            others = sorted({parts(known)[0] for known in table} - {""})
            return f"no claim of another theory {whose!r} is cited" + (
                f"; of {', '.join(others)} some are" * bool(others)
            )
        near = difflib.get_close_matches(name, cited, n=1, cutoff=0.8)
        means = f"did you mean {near[0]}? " if near else ""
        return f"{means}{len(cited)} claims of {whose} are cited; verify show {claim} --theory {whose} looks among all"
    near = [known for known in table if known.casefold() == name.casefold()]
    family = [known for known in table if known.startswith(f"{name}.")]
    if not near and len(family) > 1:
        return f'"{name}.*" stands for {len(family)} claims'
    near = near or difflib.get_close_matches(name, table, n=3, cutoff=0.4)
    return f"did you mean {' or '.join(near)}?" if near else "verify list shows every claim"


def same_file(one: Path, other: str) -> bool:
    return Path(os.path.realpath(one)) == Path(os.path.realpath(other))


def file_name(path: Path | str) -> str:
    """A file as the lock names it: from the folder of the lock, with slashes, the same however it is written."""
    return Path(os.path.relpath(os.path.realpath(path))).as_posix()

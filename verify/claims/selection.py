"""What a command is about: claims by id, families of ids, and claims that files state (``patterns`` has how)."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from verify.claims import theories
from verify.claims.citing import table_of
from verify.claims.claim import Claim
from verify.claims.full_names import own_of
from verify.claims.loading import load_files
from verify.claims.patterns import matching, split
from verify.claims.theory import Theory
from verify.runtime.errors import BadInput


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


def find(names: Sequence[str], table: Mapping[str, Claim]) -> list[Claim]:
    """The claims with these ids or patterns, all of them for no name; ``BadInput`` for one that nothing has."""
    chosen = {found for name in names for found in matching(name, table)}
    return [table[name] for name in ([n for n in table if n in chosen] if names else own_of(table))]


def same_file(one: Path, other: str) -> bool:
    return Path(os.path.realpath(one)) == Path(os.path.realpath(other))


def file_name(path: Path | str) -> str:
    """A file as the lock names it: from the folder of the lock, with slashes, the same however it is written."""
    return Path(os.path.relpath(os.path.realpath(path))).as_posix()

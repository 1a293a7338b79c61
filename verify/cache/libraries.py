"""Whether the libraries in which claims are written are still those files: their version alone does not say so.

A checkout of SymPy that is installed as it stands, or a file of it that somebody edits, keeps its version. To hash its
files would take longer than many a check, so what counts is where they are, how long they are, and when they were
written.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from importlib.util import find_spec

from verify.cache.texts import dump, sha

LIBRARIES = ("mpmath", "sympy")  # in Python, and parts of what a claim is; the others are compiled


def stamp(libraries: Sequence[str] = LIBRARIES) -> str:
    """A hash of the places, lengths and times of all files of Python of some libraries, their tests apart."""
    return sha(dump([[name, sorted(_files(name))] for name in libraries]))


def _files(library: str) -> Iterator[tuple[str, int, int]]:
    try:
        found = find_spec(library)
    except (ImportError, ValueError):
        return
    todo = [] if found is None else list(found.submodule_search_locations or ())
    while todo:
        try:
            entries = list(os.scandir(todo.pop()))
        except OSError:  # an archive: where it is found is hashed elsewhere
            continue
        for entry in entries:
            if entry.is_dir():
                todo += [entry.path] if entry.name not in ("__pycache__", "tests") else []
            elif entry.name.endswith(".py"):
                at = entry.stat()
                yield entry.path, at.st_size, at.st_mtime_ns

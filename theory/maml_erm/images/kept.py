"""Arrays that took seconds to make, kept in ``.verify/glyphs``: each in a file that is whole or not there.

A file is found under the hash of everything that its array depends on, and begins with the checksum of the rest. What
is missing, damaged or cannot be kept is made again: nothing here fails a run.
"""

from __future__ import annotations

import contextlib
import hashlib
import platform
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy

from theory.maml_erm.images import faces
from verify.runtime.errors import BadInput
from verify.statistics import array_files

FOLDER = Path(".verify") / "glyphs"
LARGEST = 2**29  # bytes of a file; more is not kept
ROOM = 2**30  # bytes of all files; beyond it those that were written first go


@cache
def _surroundings() -> str:
    """Fonts, libraries, machine, and the code of this package: what every array depends on."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return (
        f"{digest.hexdigest()} {faces.fingerprint()} NumPy {np.__version__} SciPy {scipy.__version__} "
        f"{platform.machine()}"
    )


def kept(make: Callable[[], npt.NDArray[Any]], *what: Any, folder: Path | None = None) -> npt.NDArray[Any]:
    """The array that ``make()`` gives, from its file where there is one; ``what`` names it and all it depends on."""
    key = f"{_surroundings()} {what!r}"
    name = hashlib.sha256(key.encode()).hexdigest()[:24]
    path = (FOLDER if folder is None else folder) / f"{name}.npy"
    found = array_files.read(path, key)
    if found is None:
        found = make()
        if found.nbytes <= LARGEST:
            with contextlib.suppress(BadInput, OSError):  # a full disk or a read-only folder costs time, no more
                _write(path, found, key)
    return found


def _write(path: Path, array: npt.NDArray[Any], key: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    array_files.write(path, array, key)
    _make_room(path.parent)


def _make_room(folder: Path) -> None:
    """Remove the oldest files until the rest fits; another process may do the same."""
    there = []
    for path in folder.glob("*.npy"):
        with contextlib.suppress(OSError):
            found = path.stat()
            there.append((found.st_mtime_ns, found.st_size, path))
    room = ROOM
    for _, size, path in sorted(there, reverse=True):
        room -= size
        if room < 0:
            path.unlink(missing_ok=True)

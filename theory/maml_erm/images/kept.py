"""Arrays that took seconds to make, kept in ``.verify/glyphs``: each in a file that is whole or not there.

A file is found under the hash of everything that its array depends on, and begins with the checksum of the rest. What
is missing, damaged or cannot be kept is made again: nothing here fails a run.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import platform
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy

from theory.maml_erm.images import faces
from verify.runtime import files
from verify.runtime.errors import BadInput

FOLDER = Path(".verify") / "glyphs"
LARGEST = 2**29  # bytes of a file; more is not kept
ROOM = 2**30  # bytes of all files; beyond it those that were written first go
_CHECKSUM = hashlib.sha256().digest_size


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
    name = hashlib.sha256(f"{_surroundings()} {what!r}".encode()).hexdigest()[:24]
    path = (FOLDER if folder is None else folder) / f"{name}.npy"
    found = _read(path)
    if found is None:
        found = make()
        if found.nbytes <= LARGEST:
            with contextlib.suppress(BadInput, OSError):  # a full disk or a read-only folder costs time, no more
                _write(path, found)
    return found


def _read(path: Path) -> npt.NDArray[Any] | None:
    try:
        data = path.read_bytes()
    except OSError:
        return None
    checksum, body = data[:_CHECKSUM], data[_CHECKSUM:]
    if hashlib.sha256(body).digest() != checksum:
        return None
    try:
        found: npt.NDArray[Any] = np.load(io.BytesIO(body), allow_pickle=False)
    except (ValueError, EOFError):
        return None
    return found


def _write(path: Path, array: npt.NDArray[Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    file = io.BytesIO()
    np.save(file, array, allow_pickle=False)
    body = file.getvalue()
    files.write(path, hashlib.sha256(body).digest() + body)
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

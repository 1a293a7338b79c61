"""Arrays in files that are whole and what they say they are, or count as absent.

A file begins with a checksum of the rest and of a key, which names all that the array depends on: what is damaged, cut
off, or put in the place of another array is not read.
"""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from verify.runtime import files

_LENGTH = hashlib.sha256().digest_size


def write(path: Path, array: npt.NDArray[Any], key: str) -> None:
    """Write an array, whole or not at all; ``BadInput`` or ``OSError`` where that can't be done."""
    file = io.BytesIO()
    np.save(file, array, allow_pickle=False)
    body = file.getvalue()
    files.write(path, _checksum(key, body) + body)


def read(path: Path, key: str) -> npt.NDArray[Any] | None:
    """The array that was written under this key; None where there is none."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    body = data[_LENGTH:]
    if data[:_LENGTH] != _checksum(key, body):
        return None
    found: npt.NDArray[Any] = np.load(io.BytesIO(body), allow_pickle=False)
    return found


def _checksum(key: str, body: bytes) -> bytes:
    return hashlib.sha256(hashlib.sha256(key.encode()).digest() + body).digest()

"""An array is read as it was written, or not at all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from verify.statistics import array_files


def test_what_was_written_is_read(tmp_path: Path) -> None:
    path, array = tmp_path / "a.npy", np.array([[1.0, np.nan], [2.0, -0.0]])
    array_files.write(path, array, "key")
    found = array_files.read(path, "key")
    assert found is not None and found.tobytes() == array.tobytes() and found.dtype == array.dtype


@pytest.mark.parametrize("place", [0, 31, 32, 40, -1])
def test_a_changed_byte_is_noticed(tmp_path: Path, place: int) -> None:
    path = tmp_path / "a.npy"
    array_files.write(path, np.arange(9.0), "key")
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    assert array_files.read(path, "key") is None


@pytest.mark.parametrize("data", [b"", b"x" * 31, b"x" * 400])
def test_what_is_no_such_file_is_absent(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.npy"
    assert array_files.read(path, "key") is None
    path.write_bytes(data)
    assert array_files.read(path, "key") is None


def test_the_array_of_another_key_is_not_taken_for_it(tmp_path: Path) -> None:
    one, other = tmp_path / "1.npy", tmp_path / "2.npy"
    array_files.write(one, np.arange(3), "seed 10")
    other.write_bytes(one.read_bytes())
    assert array_files.read(other, "seed 11") is None
    assert array_files.read(other, "seed 10") is not None

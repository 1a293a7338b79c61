"""Whether the libraries in which claims are written are still those files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from verify.cache import libraries


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a library with a part and tests of its own."""
    folder = tmp_path / "a_library_of_tests"
    for name in ("__init__.py", "part/__init__.py", "part/one.py", "part/tests/test_one.py", "notes.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x = 1\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return folder


def stamp(library: Path) -> str:
    return libraries.stamp([library.name])


@pytest.mark.parametrize("file", ["__init__.py", "part/one.py"])
def test_an_edited_file_is_noticed(library: Path, file: str) -> None:
    before = stamp(library)
    assert stamp(library) == before
    (library / file).write_text("x = 12\n", encoding="utf-8")
    assert stamp(library) != before


def test_a_file_of_the_same_length_is_noticed(library: Path) -> None:
    before, file = stamp(library), library / "part" / "one.py"
    at = file.stat()
    file.write_text("x = 2\n", encoding="utf-8")
    os.utime(file, ns=(at.st_atime_ns, at.st_mtime_ns + 1))
    assert stamp(library) != before


def test_a_file_that_comes_or_goes_is_noticed(library: Path) -> None:
    before = stamp(library)
    (library / "part" / "two.py").write_text("", encoding="utf-8")
    assert stamp(library) != before
    (library / "part" / "two.py").unlink()
    assert stamp(library) == before


def test_what_is_no_part_of_it_does_not_count(library: Path) -> None:
    before = stamp(library)
    (library / "notes.txt").write_text("more\n", encoding="utf-8")
    (library / "part" / "tests" / "test_one.py").write_text("more\n", encoding="utf-8")
    (library / "__pycache__").mkdir()
    (library / "__pycache__" / "x.py").write_text("more\n", encoding="utf-8")
    assert stamp(library) == before


def test_a_library_that_is_not_there_has_no_files() -> None:
    assert libraries.stamp(["no_such_library"]) != libraries.stamp(["sympy"])
    assert libraries.stamp() == libraries.stamp(libraries.LIBRARIES)

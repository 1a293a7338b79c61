"""What is installed is what ``importlib.metadata`` says is installed, here and in folders with odd contents."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

from verify.runtime import installed


def agree(name: str) -> str:
    """The version that both find."""
    try:
        said = metadata.version(name)
    except metadata.PackageNotFoundError:
        said = installed.ABSENT
    assert installed.version(name) == said, name
    return said


def points(group: str) -> list[tuple[str, str]]:
    """The entry points that both find."""
    said = [(e.name, e.value) for e in metadata.entry_points(group=group)]
    assert [(e.name, e.value) for e in installed.entry_points(group)] == said
    return said


def test_every_package_and_every_entry_point_here() -> None:
    every = list(metadata.distributions())
    assert len(every) > 10 and all(agree(one.metadata["Name"]) for one in every)
    groups = {e.group for one in every for e in one.entry_points}
    assert {"console_scripts", "verify.theories"} <= groups
    assert sum(len(points(group)) for group in groups) > 10
    assert agree("no-such-package") == installed.ABSENT and points("no.such.group") == []


def put(folder: Path, name: str, version: str, entries: str = "", file: str = "METADATA", head: str = "") -> None:
    folder = folder / name
    folder.mkdir(parents=True)
    (folder / file).write_text(f"Metadata-Version: 2.1\n{head}Name: x\nVersion: {version}\n\nVersion: 9\n")
    if entries:
        (folder / "entry_points.txt").write_text(entries)


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Two folders at the beginning of the path."""
    folders = tmp_path / "first", tmp_path / "second"
    for folder in reversed(folders):
        folder.mkdir()
        os.utime(folder, (1, 1))  # made long ago: what is put there later is seen by the time of the folder
        monkeypatch.syspath_prepend(str(folder))
    return folders


def test_the_first_on_the_path_counts(two: tuple[Path, Path]) -> None:
    put(two[1], "odd_one-1.0.dist-info", "1.0", "[odd]\nlater = m:A\n")
    assert agree("odd.one") == "1.0" and points("odd") == [("later", "m:A")]
    put(two[0], "Odd.One-2.0.dist-info", "2.0", "[odd]\n# no = m:B\nsooner = m:B [extra]\n\n[other]\nodd = m:C\n")
    assert agree("odd-one") == agree("ODD_one") == "2.0"
    assert points("odd") == [("sooner", "m:B [extra]")] and points("other") == [("odd", "m:C")]


def test_other_forms_of_metadata(two: tuple[Path, Path]) -> None:
    put(two[0], "old.egg-info", "3", "[odd]\nold = m:A\n", file="PKG-INFO")
    (two[0] / "flat-4.egg-info").write_text("Name: flat\nVersion: 4\n")
    put(two[0], "folded-5.dist-info", "5", head="Summary: Version\n  Version: 8\nDescription: a\n")
    (two[0] / "empty-6.dist-info").mkdir()
    (two[0] / "plain.dist-info").write_text("")
    assert [agree(name) for name in ("old", "flat", "folded")] == ["3", "4", "5"]
    assert points("odd") == [("old", "m:A")]


def test_what_one_place_says_twice_is_asked_of_python(two: tuple[Path, Path]) -> None:
    put(two[0], "twice-1.dist-info", "1")
    put(two[0], "twice-2.dist-info", "2")
    assert agree("twice") in ("1", "2") and agree("pytest") != installed.ABSENT


def test_an_archive_on_the_path_is_asked_of_python(two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    archive = two[0] / "packed.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("packed-7.dist-info/METADATA", "Name: packed\nVersion: 7\n")
        file.writestr("packed-7.dist-info/entry_points.txt", "[odd]\npacked = m:A\n")
    assert agree("packed") == installed.ABSENT
    monkeypatch.syspath_prepend(str(archive))
    assert agree("packed") == "7" and points("odd") == [("packed", "m:A")]


def test_another_finder_is_asked(monkeypatch: pytest.MonkeyPatch, two: tuple[Path, Path]) -> None:
    put(two[0] / "elsewhere", "hidden-8.dist-info", "8")

    class Finder(metadata.DistributionFinder):
        def find_distributions(self, context=metadata.DistributionFinder.Context()):  # noqa: B008
            return iter([metadata.PathDistribution(two[0] / "elsewhere" / "hidden-8.dist-info")])

        def find_spec(self, name, path=None, target=None):
            return None

    assert agree("hidden") == installed.ABSENT
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, Finder()])
    assert agree("hidden") == "8"


def test_what_is_installed_later_is_found(two: tuple[Path, Path]) -> None:
    assert agree("late") == installed.ABSENT
    put(two[0], "late-1.dist-info", "1")
    assert agree("late") == "1"


def test_the_module_of_python_is_not_loaded_for_it() -> None:
    program = (
        "import sys; from verify.runtime import installed; "
        "print(installed.version('sympy') != 'absent', bool(installed.entry_points('verify.theories')), "
        "'importlib.metadata' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True", "False"], "a path on which it takes more"

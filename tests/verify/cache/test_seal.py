"""The seal of a machine: it holds for what this user made here, and for nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from verify.cache import seal


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the key of this test will be."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "verify" / "seal.key"


def test_it_holds_for_its_text_alone(key: Path) -> None:
    made = seal.seal("proved")
    assert len(made) == 64 and seal.holds(made, "proved")
    assert not any(seal.holds(other, "proved") for other in ("", made[:-1], made.upper(), "é", "0" * 64))
    assert not seal.holds(made, "proved ") and not seal.holds(seal.seal("refuted"), "proved")


def test_the_key_is_of_its_user_alone_and_stays(key: Path) -> None:
    made = seal.seal("a")
    assert (key.stat().st_mode & 0o777, key.stat().st_size) == (0o600, seal.LENGTH)
    assert key.parent.stat().st_mode & 0o777 == 0o700
    assert [p.name for p in key.parent.iterdir()] == ["seal.key"]
    assert seal.seal("a") == made


def test_another_key_makes_another_seal(key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = seal.seal("a")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "elsewhere"))
    assert not seal.holds(made, "a")  # where there is no key, reading makes none
    assert not (tmp_path / "elsewhere").exists()
    assert seal.seal("a") != made and not seal.holds(made, "a")


def _readable(key: Path) -> None:
    key.chmod(0o640)


def _linked(key: Path) -> None:
    key.rename(key.with_name("other"))
    key.symlink_to("other")


def _short(key: Path) -> None:
    key.write_bytes(key.read_bytes()[:-1])


def _long(key: Path) -> None:
    key.write_bytes(key.read_bytes() + b"\0")


def _folder(key: Path) -> None:
    key.unlink()
    key.mkdir()


def _pipe(key: Path) -> None:
    key.unlink()
    os.mkfifo(key, 0o600)


@pytest.mark.parametrize("damage", [_readable, _linked, _short, _long, _folder, _pipe])
def test_a_key_that_somebody_else_may_have_is_not_used(key: Path, damage) -> None:
    made = seal.seal("a")
    assert seal.holds(made, "a")
    damage(key)
    assert not seal.holds(made, "a") and seal.seal("a") == ""


def test_a_key_of_another_user_is_not_used(key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = seal.seal("a")
    owner = key.stat().st_uid
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    assert not seal.holds(made, "a")


@pytest.mark.parametrize("folder", ["", "relative/path"])
def test_without_a_folder_of_its_own_it_is_below_the_home(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", folder)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert seal.key_file() == tmp_path / ".local" / "state" / "verify" / "seal.key"
    monkeypatch.setenv("HOME", "nowhere")
    assert seal.key_file() is None and seal.seal("a") == "" and not seal.holds("", "a")


def test_where_no_key_can_be_made_there_is_no_seal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert seal.seal("a") == ""


def test_processes_that_start_together_have_one_key(key: Path) -> None:
    program = "from verify.cache import seal; print(seal.seal('a'))"
    running = [
        subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, env=os.environ.copy())
        for _ in range(6)
    ]
    assert {p.communicate()[0] for p in running} == {seal.seal("a") + "\n"}
    assert all(p.returncode == 0 for p in running)

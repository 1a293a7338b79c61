"""What a shell is told when somebody presses the tabulator, by the protocol that click speaks with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pages import ROOT

CLAIMS = """
def claims():
    yield Claim("my.two", "...")
    yield verify.Claim("my.one", "...")
    yield Claim(f"my.{name}", "...")
"""


def completed(folder: Path, *words: str, shell: str = "bash") -> list[str]:
    """The completions of the last word."""
    more = {"COMP_WORDS": " ".join(["verify", *words]), "COMP_CWORD": str(len(words)), "PYTHONPATH": str(ROOT)}
    if shell == "fish":
        more["COMP_CWORD"] = words[-1]
    command = [sys.executable, "-m", "verify"]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=folder, check=True,
        env={**os.environ, **more, "_VERIFY_COMPLETE": f"{shell}_complete"},
    )  # fmt: skip
    lines = done.stdout.splitlines()
    if shell == "zsh":  # kind, value and help, a line each
        return lines[1::3]
    return [line.partition(",")[2].partition("\t")[0] for line in lines if line]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lock = {
        "theory": "maml-erm",
        "claims": {"T1": {}, "T2.at": {}, "T2.below": {}},
        "expressions": {"gain": {}, "q": {}},
    }
    (tmp_path / "theorems.lock").write_text(json.dumps(lock), encoding="utf-8")
    (tmp_path / "mine.py").write_text(CLAIMS, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_ids_of_claims_come_from_the_lock(folder: Path, shell: str) -> None:
    assert completed(folder, "show", "T2", shell=shell) == ["T2.at", "T2.below"]


def test_files_and_the_claims_that_they_state(folder: Path) -> None:
    assert completed(folder, "check", "T1", "m") == ["mine.py"]
    assert completed(folder, "check", "mine.py::my.") == ["mine.py::my.two", "mine.py::my.one"]
    assert completed(folder, "check", "no") == []


def test_claims_of_files_in_the_lock_are_named_with_their_file(folder: Path) -> None:
    lock = {"theory": "", "claims": {"my.two": {"file": "mine.py"}}, "expressions": {}}
    (folder / "theorems.lock").write_text(json.dumps(lock), encoding="utf-8")
    assert "mine.py::my.two" in completed(folder, "show", "mine")


def test_names_of_expressions_and_theories(folder: Path) -> None:
    assert completed(folder, "eval", "g") == ["gain"]
    assert completed(folder, "latex", "T") == ["T1", "T2.at", "T2.below"]
    assert {"descent", "maml-erm"} <= set(completed(folder, "list", "--theory", ""))


def test_the_lock_of_another_theory_does_not_count(folder: Path) -> None:
    assert completed(folder, "show", "--theory", "descent", "T") == []


@pytest.mark.parametrize("text", ["", "{", '{"claims": []}', '{"claims": {"T2.at": 1}, "theory": "maml-erm"}'])
def test_a_damaged_lock_completes_nothing_of_its_own(folder: Path, text: str) -> None:
    (folder / "theorems.lock").write_text(text, encoding="utf-8")
    assert "T2.at" not in completed(folder, "show", "--theory", "nothing", "T2")


def test_commands_and_options(folder: Path) -> None:
    assert completed(folder, "wa") == ["watch"]
    assert "--color" in completed(folder, "show", "--")


def test_nothing_is_derived_while_somebody_waits(folder: Path) -> None:
    code = (
        "import os, sys\n"
        "os.environ |= dict(_VERIFY_COMPLETE='bash_complete', COMP_WORDS='verify show T2', COMP_CWORD='2')\n"
        "from verify import cli\n"
        "try:\n    cli.main()\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('sympy', 'rich', 'theory.maml_erm') if name in sys.modules], file=sys.stderr)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=folder, env=environment, check=True
    )
    assert (done.stdout.split(), done.stderr.strip()) == (["plain,T2.at", "plain,T2.below"], "[]")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell_is_printed(folder: Path, shell: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "_VERIFY_COMPLETE": f"{shell}_source"}
    done = subprocess.run(
        [sys.executable, "-m", "verify"], capture_output=True, text=True, cwd=folder, env=environment, check=True
    )
    assert f"_VERIFY_COMPLETE={shell}_complete" in done.stdout

"""A call of a process that waits gives what a program that is started gives: text, errors, code, files, signals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests import warm
from tests.pages import ROOT, timeless

OWN = """
import sympy as sp
from verify import Claim, Domain, Inequality, positive

x, y = sp.symbols("x y", real=True)


def claims():
    yield Claim("my.slip", "A slip", Inequality(5 * x * y, "<=", (x + y) ** 2), Domain((positive(x), positive(y))))
"""


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The program of the process that waits, and one that starts."""
    folder = tmp_path_factory.mktemp("programs")
    warm.program(folder / "warm", sys.executable)
    (folder / "cold").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m verify "$@"\n', encoding="utf-8")
    (folder / "cold").chmod(0o755)
    return folder / "warm", folder / "cold"


@pytest.mark.parametrize(
    "arguments, code",
    [
        ("eval threshold rho_E=2 rho_H=1/3 alpha=1/3 d=3", 0),
        ("check own.py", 1),
        ("check no.such.claim", 2),
        ("eval threshold rho_E=2 rho_H=1/3 alpha=1/3 d=3 > /dev/full", 74),
    ],
)
def test_it_says_and_writes_what_a_program_that_starts_does(
    programs: tuple[Path, Path], tmp_path: Path, arguments: str, code: int
) -> None:
    found = []
    for program in programs:
        folder = tmp_path / program.name
        folder.mkdir()
        (folder / "own.py").write_text(OWN, encoding="utf-8")
        command = f"{program} {arguments.replace('own.py', 'own.py --json found.json')}"
        done = subprocess.run(
            ["bash", "-c", command], cwd=folder, capture_output=True, text=True, check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        written = {p.name: p.read_bytes() for p in folder.glob("*.json")}
        found.append((done.returncode, [timeless(line) for line in done.stdout.splitlines()], done.stderr, written))
    assert found[0] == found[1]
    assert found[0][0] == code


def test_a_signal_that_ends_it_ends_its_caller(programs: tuple[Path, Path], tmp_path: Path) -> None:
    """The caller is asked for its end by the same signal, as a shell would see it of the program itself."""
    (tmp_path / "own.py").write_text(OWN + "    import os\n    os.kill(os.getpid(), 9)\n", encoding="utf-8")
    done = subprocess.run([programs[0], "check", "own.py"], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL
    assert subprocess.run([programs[0], "--version"], cwd=tmp_path, capture_output=True, check=True).stdout

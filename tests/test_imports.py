"""The rooms of the house stay apart: the contracts of pyproject.toml on import directions hold."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import verify


def test_import_contracts():
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_importing_the_packages_loads_nothing_heavy():
    code = "import sys, theory, verify; print('sympy' in sys.modules, verify.Claim.__name__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False Claim"


ROOMS = ("cache", "commands", "counterexamples", "language", "regression", "runtime", "statistics", "testing")


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_each_of_its_files_is(room):
    folder = Path(verify.__file__).parent / room
    said = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
    files = {path.name for path in folder.glob("*.py")} - {"__init__.py"}
    assert set(re.findall(r"\w+\.py\b", said)) == files and len(files) > 2

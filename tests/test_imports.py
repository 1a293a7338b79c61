"""The rooms of the house stay apart: the contracts of pyproject.toml on import directions hold."""

from __future__ import annotations

import subprocess
import sys


def test_import_contracts():
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_importing_the_theory_loads_nothing_heavy():
    code = "import sys, theory; print('sympy' in sys.modules, theory.Task.__name__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False Task"

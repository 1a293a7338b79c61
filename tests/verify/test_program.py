"""The program itself: how it starts, and what it says where it cannot."""

from __future__ import annotations

import subprocess
import sys

import pytest

START = "import runpy, sys; sys.argv = ['verify', '--version']; runpy.run_module('verify', run_name='__main__')"


def started(before: str) -> subprocess.CompletedProcess[str]:
    """``python -m verify --version`` after some statements."""
    return subprocess.run([sys.executable, "-c", before + START], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "lacking",
    [
        "import sys; sys.modules['fcntl'] = None; ",
        "import sys; sys.modules['resource'] = None; ",
        "import os; os.name = 'nt'; ",
    ],
)
def test_a_system_that_is_not_posix_is_one_clear_error(lacking: str) -> None:
    done = started(lacking)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: verify needs a POSIX system")
    assert "Traceback" not in done.stderr


def test_the_package_runs_as_a_program() -> None:
    done = started("")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("verify, version ")

from __future__ import annotations

import sys

import pytest

from verify import cli
from verify.claims import theories


@pytest.fixture
def verify(monkeypatch, capsys, tmp_path):
    """Run the command line in an empty folder: (exit code, standard output, standard error)."""
    monkeypatch.chdir(tmp_path)

    def run(*args: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["verify", *args])
        code = 0
        try:
            cli.main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        out = capsys.readouterr()
        return code, out.out, out.err

    with theories.using(theories.current()):  # --theory is in force until the process ends
        yield run

"""A copy of the package, one constant of one claim edited: only that claim and what cites it is verified again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import verify

ROOT = Path(str(verify.__file__)).parent.parent
CLAIMS = ("S0.solution.erm", "T2.domain", "S0.fomaml.positive")
STATED = "at_least(V_E, 0), at_least(Delta, 0), Bound(c)"


class Copy:
    """A copy of `theory` and `verify`, run as its user runs it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "work").mkdir()
        for package in ("theory", "verify"):
            shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))

    def run(self, *args: str) -> str:
        environment = {**os.environ, "PYTHONPATH": str(self.folder)}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # the copy is compiled once, not in every run
        command = [sys.executable, "-m", "verify.cli", *args]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, cwd=self.folder / "work", env=environment
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    def check(self, *args: str) -> tuple[bytes, str]:
        """The bytes of the results, and the last line."""
        out = self.run("check", *CLAIMS, "--json", "results.json", *args)
        return (self.folder / "work" / "results.json").read_bytes(), out.splitlines()[-1]

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        text = path.read_text()
        assert text.count(old) == 1
        path.write_text(text.replace(old, new))


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


def test_edits_reach_what_depends_on_them(copy):
    """S0.solution.erm cites S0.solution, and is stated with two others; T2.domain rests on nothing."""
    before, line = copy.check()
    assert line == "cache: 0 of 9 claims unchanged, 0 certificates re-checked"

    copy.edit("theory/maml_erm/formulas/symbols.py", "input dimension", "dimension of the input")
    assert "code changed: theory/maml_erm/formulas/symbols.py" in copy.run("why", "T2.domain")
    copy.edit("theory/maml_erm/formulas/symbols.py", "dimension of the input", "input dimension")
    assert copy.check() == (before, "cache: 9 of 9 claims unchanged, 9 certificates re-checked")

    # The kernel is in the code of every proof.
    copy.edit("verify/kernel/reals/work.py", "DEPTH = 180", "DEPTH = 181")
    said = copy.run("why", "T2.domain")
    assert "proof: stale since" in said
    assert "code changed: verify/kernel/reals/work.py" in said
    assert said.count("stale since") == 1
    copy.edit("verify/kernel/reals/work.py", "DEPTH = 181", "DEPTH = 180")

    copy.edit("theory/maml_erm/claims/methods.py", STATED, STATED.replace("at_least(Delta, 0)", "Bound(Delta)"))
    said = copy.run("why", "S0.solution.erm")
    assert "to be verified" in said
    assert "ancestors changed: S0.solution" in said
    assert said.count("stale since") == 1, "what does not cite S0.solution is not stale"
    assert "cubature: supported" in said
    assert "statement changed: domain, definitions" in copy.run("why", "S0.solution")

    after, line = copy.check()
    assert line.startswith("cache: 7 of 9 claims unchanged")
    fresh, line = copy.check("--no-cache")
    assert after == fresh
    assert before != after, "the digest of the certificate of X1.weights is another one"
    assert {c["verdict"] for c in json.loads(after)["claims"]} == {"proved"}

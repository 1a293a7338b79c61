"""A copy of the package, one constant of one claim edited: only that claim and what cites it is verified again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import verify

ROOT = Path(str(verify.__file__)).parent.parent
CLAIMS = ("S0.solution.erm", "T2.domain", "S0.fomaml.positive")
WHY = ("why", "T2.domain")
CHECK = ("check", *CLAIMS, "--json", "results.json")
STATED = "at_least(V_E, 0), at_least(Delta, 0), Bound(c)"
# Commands one after the other, each a fork of a process that has loaded the copy and derived its claims.
EACH = """
import json, os, sys
from verify import cli
from verify.claims.theories import named

assert named("maml-erm").catalogue
for command in json.loads(sys.argv[1]):
    child = os.fork()
    if child == 0:
        sys.argv = ["verify", *command]
        cli.main()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code:
        sys.exit(code)
    print(end="\\0", flush=True)
"""


class Copy:
    """A copy of `theory` and `verify`, run as its user runs it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "work").mkdir()
        for package in ("theory", "verify"):
            shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))

    def run(self, *commands: Sequence[str]) -> list[str]:
        """What each command prints; the copy as it is now is loaded once."""
        environment = {**os.environ, "PYTHONPATH": str(self.folder)}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # the copy is compiled once, not in every run
        command = [sys.executable, "-c", EACH, json.dumps(commands)]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, cwd=self.folder / "work", env=environment
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout.split("\0")[:-1]

    def check(self) -> tuple[bytes, str]:
        """The bytes of the results, and the last line."""
        (out,) = self.run(CHECK)
        return self.results(), out.splitlines()[-1]

    def results(self, name: str = "results.json") -> bytes:
        return (self.folder / "work" / name).read_bytes()

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
    assert "code changed: theory/maml_erm/formulas/symbols.py" in copy.run(WHY)[0]
    copy.edit("theory/maml_erm/formulas/symbols.py", "dimension of the input", "input dimension")
    assert copy.check() == (before, "cache: 9 of 9 claims unchanged, 9 certificates re-checked")

    # The kernel is in the code of every proof.
    copy.edit("verify/kernel/reals/work.py", "DEPTH = 180", "DEPTH = 181")
    (said,) = copy.run(WHY)
    assert "proof: stale since" in said
    assert "code changed: verify/kernel/reals/work.py" in said
    assert said.count("stale since") == 1
    copy.edit("verify/kernel/reals/work.py", "DEPTH = 181", "DEPTH = 180")

    copy.edit("theory/maml_erm/claims/methods.py", STATED, STATED.replace("at_least(Delta, 0)", "Bound(Delta)"))
    fresh = ("check", *CLAIMS, "--json", "fresh.json", "--no-cache")
    said, other, checked, _ = copy.run(("why", "S0.solution.erm"), ("why", "S0.solution"), CHECK, fresh)
    assert "to be verified" in said
    assert "ancestors changed: S0.solution" in said
    assert said.count("stale since") == 1, "what does not cite S0.solution is not stale"
    assert "cubature: supported" in said
    assert "statement changed: domain, definitions" in other

    after = copy.results()
    assert checked.splitlines()[-1].startswith("cache: 7 of 9 claims unchanged")
    assert after == copy.results("fresh.json")
    assert before != after, "the digest of the certificate of X1.weights is another one"
    assert {c["verdict"] for c in json.loads(after)["claims"]} == {"proved"}

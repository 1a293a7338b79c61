"""The documentation agrees with the code: generated pages are up to date, commands that it shows work."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from verify.report.docs import pages

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["notation.md", "claims.md"])
def test_generated_pages_are_up_to_date(name):
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == pages()[name], "run `make docs`"


def console_examples(text: str) -> list[tuple[str, str]]:
    """The commands of ```console blocks with the output that is shown under each; `...` ends a shortened output."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", text, flags=re.S):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


@pytest.mark.parametrize("command, shown", [c for c in console_examples(README) if c[0].startswith("verify ")])
def test_readme_commands_print_what_the_readme_shows(command, shown, tmp_path):
    args = shlex.split(command)[1:]
    done = subprocess.run(
        [sys.executable, "-m", "verify.cli", *args], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    printed = (done.stdout + done.stderr).splitlines()
    for line in shown.splitlines():
        if line.strip() == "...":
            break
        # Times differ from run to run; everything else is compared to the letter.
        assert any(_timeless(line) == _timeless(p) for p in printed), f"{line!r} is not printed by {command}"


def _timeless(line: str) -> str:
    without = re.sub(r",? \d+\.\d+ s\b", "", re.sub(r"\b\d+\.\d+$", "", line.rstrip()))
    return re.sub(r"\s+", " ", without).strip()

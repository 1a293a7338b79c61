"""Runs a page of the documentation as its reader would: every code block in order, in one folder.

A block behind a line that ends with a file name (like "write `claims.py`:") is written to that file; a console block is
run and its output compared; a Python block without a file name is run. Nothing else may be shown.

The variable PAGES_PYTHON names the interpreter of another environment to run the pages in, such as one without extras;
a page that needs an extra says so in a comment, and is run where the tests are.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests import warm

ROOT = Path(__file__).resolve().parent.parent
_BLOCK = re.compile(r"(?:`(?P<file>[\w./-]+\.\w+)`:\n\n)?^```(?P<language>\w*)\n(?P<body>.*?)^```$", re.S | re.M)
_ACTION = "/.github/actions/verify"
_NEEDS = re.compile(r"^<!-- needs the extra \w+ -->$", re.M)
# How far a command is, which is said where it takes long.
_PROGRESS = re.compile(
    r"[\w ./,=:-]+: (?:\d+ of \d+(?:, about [\d.]+ \w+ left)?|\d+ s, at most about [\d.]+ s of work)"
)
PYTHON = os.environ.get("PAGES_PYTHON", sys.executable)


@dataclass(frozen=True)
class Block:
    language: str
    body: str
    file: str


def blocks(page: Path) -> Iterator[Block]:
    for found in _BLOCK.finditer(page.read_text(encoding="utf-8")):
        yield Block(found["language"], found["body"], found["file"] or "")


def examples(body: str) -> Iterator[tuple[str, str]]:
    """The commands of a console block, with the output that is shown under each."""
    for part in re.split(r"^\$ ", body, flags=re.M)[1:]:
        command, _, output = part.replace("\\\n> ", "").partition("\n")
        yield command, output


def environment(programs: Path, python: str = PYTHON) -> dict[str, str]:
    """An environment in which ``verify``, ``python`` and ``pytest`` are those under test."""
    programs.mkdir(exist_ok=True)
    started = {"python": "", "pytest": "-m pytest -p no:cacheprovider"}
    if python == PYTHON:
        warm.program(programs / "verify", python)
    else:
        started["verify"] = "-m verify"
    for name, module in started.items():
        program = programs / name
        program.write_text(f'#!/bin/sh\nexec "{python}" {module} "$@"\n', encoding="utf-8")
        program.chmod(0o755)
    # A reader's terminal: what a workflow sets (CI, COLUMNS, ...) changes what pytest and others print.
    kept = {k: v for k, v in os.environ.items() if k in ("HOME", "TMPDIR", "LANG") or k.startswith("LC_")}
    # Without buffers errors stand where a terminal shows them.
    return kept | {"PATH": f"{programs}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


def run_page(page: Path, folder: Path) -> int:
    """Run every block of a page in an empty folder; the number of blocks. ``AssertionError`` where it is not true."""
    python = sys.executable if _NEEDS.search(page.read_text(encoding="utf-8")) else PYTHON
    surroundings = environment(folder.parent / "programs", python)
    count = 0
    for count, block in enumerate(blocks(page), start=1):  # noqa: B007
        if block.language == "console":
            for command, shown in examples(block.body):
                compare(command, shown, run(["bash", "-c", command], folder, surroundings))
        elif block.file:
            target = folder / block.file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block.body, encoding="utf-8")
            validate(target, block.file, surroundings)
        else:
            assert block.language == "python", f"a block in {block.language or 'no language'} has no file name"
            printed = run([python, "-c", block.body], folder, surroundings)
            assert "Traceback" not in printed, printed
    return count


def run(command: list[str], folder: Path, surroundings: dict[str, str]) -> str:
    """What a command prints, errors among it."""
    return subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, cwd=folder, env=surroundings
    ).stdout


def validate(target: Path, name: str, surroundings: dict[str, str]) -> None:
    """A file in a known format has to be valid in it."""
    if target.suffix == ".py":
        compile(target.read_text(encoding="utf-8"), name, "exec")
    elif target.suffix == ".json":
        json.loads(target.read_text(encoding="utf-8"))
    elif target.suffix == ".toml":
        tomllib.loads(target.read_text(encoding="utf-8"))
    elif name.startswith(".github/workflows/"):
        schema = ["-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
        printed = run([sys.executable, *schema, str(target)], target.parent, surroundings)
        assert "ok -- validation done" in printed, printed
        inputs = yaml.safe_load((ROOT / ".github/actions/verify/action.yml").read_text(encoding="utf-8"))["inputs"]
        for job in yaml.safe_load(target.read_text(encoding="utf-8"))["jobs"].values():
            for step in job["steps"]:
                if _ACTION in step.get("uses", ""):
                    assert set(step.get("with", {})) <= set(inputs), step
    elif target.name == ".pre-commit-config.yaml":
        printed = run([sys.executable, "-m", "pre_commit", "validate-config", str(target)], target.parent, surroundings)
        assert not printed, printed
        hooks = {h["id"] for h in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
        for repository in yaml.safe_load(target.read_text(encoding="utf-8"))["repos"]:
            assert {h["id"] for h in repository["hooks"]} <= hooks
    else:
        read_by_the_page = (".tex", ".txt", ".v")
        assert target.suffix in read_by_the_page, f"nothing is known about {name}"


def compare(command: str, shown: str, printed: str) -> None:
    """The output has to be what is shown, but for blank lines, times, and what ``...`` leaves out."""
    pattern = ""
    for line in (timeless(line) for line in shown.splitlines() if line.strip()):
        pattern += "(?:.*\n)*?" if line == "..." else re.escape(line).replace(r"\.\.\.", ".*") + "\n"
    lines = (line for line in printed.splitlines() if not _PROGRESS.fullmatch(line))
    text = "".join(f"{timeless(line)}\n" for line in lines if line.strip())
    assert re.fullmatch(pattern, text), f"$ {command}\nprints\n{printed}\nbut this is shown\n{shown}"


def timeless(line: str) -> str:
    """A line without times, which differ from run to run, and with single spaces."""
    # pytest adds "(0:01:18)" to a time of more than a minute
    without = re.sub(
        r"[,;]? ?(?:in )?\d+\.\d+ ?s\b(?: \(\d+:\d\d:\d\d\))?", "", re.sub(r" \d+\.\d+$", "", line.rstrip())
    )
    return re.sub(r"\s+", " ", without).strip()

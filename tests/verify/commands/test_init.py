"""``verify init``: what it writes works as it stands, and nothing that is there is touched."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pages import ROOT, blocks, environment, validate
from tests.test_hooks import GIT
from verify.commands import starting

GUIDE = {block.file: block.body for block in blocks(ROOT / "docs" / "guide" / "ci.md") if block.file}
WRITTEN = (*starting.FILES, starting.LOCK)


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    found = environment(tmp_path / "programs")
    path = f"{found['PATH']}{os.pathsep}{Path(sys.executable).parent}"
    # Where this clone came from may be out of reach; what would be fetched from there is this clone.
    here = {"GIT_CONFIG_KEY_1": f"url.{ROOT}.insteadOf", "GIT_CONFIG_VALUE_1": starting.origin() or "nowhere"}
    git = {**GIT, **here, "GIT_CONFIG_COUNT": "2"}
    return {**found, **git, "PATH": path, "PRE_COMMIT_HOME": str(tmp_path / "home")}


def run(command: str, folder: Path, surroundings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", command], cwd=folder, env=surroundings, capture_output=True, text=True, check=False
    )


def watched(command: str, folder: Path, surroundings: dict[str, str]) -> int:
    """The exit code of a watch that is ended once it waits."""
    with subprocess.Popen(
        ["bash", "-c", f"exec {command}"], cwd=folder, env=surroundings, stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL, text=True,
        # A shell without job control starts what works in the background with this signal ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as process:  # fmt: skip
        assert process.stderr is not None
        assert "watching claims.py" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        return process.wait()


@pytest.mark.parametrize("where", ["", "theorems"])
def test_the_commands_that_it_names_work(where: str, tmp_path: Path, surroundings: dict[str, str]) -> None:
    folder = tmp_path / "repository"
    folder.mkdir()
    if not where:
        assert run("git init --quiet", folder, surroundings).returncode == 0
    done = run(f"verify init {where}", folder, surroundings)
    assert (done.returncode, done.stderr) == (0, "")
    named = [line.strip() for line in done.stdout.partition("next:\n")[2].splitlines() if line.startswith("  ")]
    commands = [line for line in named if not line.startswith("#")]
    assert [line.split()[0] for line in commands][-3:] == ["git", "git", "pre-commit"]
    assert (f"cd {where}" in commands, "git init" in commands) == (bool(where), bool(where))
    for command in commands:
        if command.startswith("cd "):
            folder = folder / command[3:]
        elif command.startswith("verify watch"):
            if not where:  # in a process that was started, where a signal is that of a terminal
                code = watched(command.replace("verify", f"{sys.executable} -m verify", 1), folder, surroundings)
                assert code == 0
        else:
            done = run(command, folder, surroundings)
            assert done.returncode == 0, command + done.stdout + done.stderr
    assert "check claims....." in done.stdout and "Passed" in done.stdout
    assert run("git ls-files .verify", folder, surroundings).stdout == ""
    # The control: hooks that pass whatever is written would pass above too.
    claims = folder / "claims.py"
    claims.write_text(claims.read_text(encoding="utf-8").replace("2 * (x**2 + y**2)", "x**2 + y**2"), encoding="utf-8")
    assert run("pre-commit run --all-files", folder, surroundings).returncode == 1


def test_the_files_are_those_of_the_guide(tmp_path: Path, surroundings: dict[str, str]) -> None:
    workflow = (starting.STARTER / "theorems.yml").read_text(encoding="utf-8")
    hooks = (starting.STARTER / "pre-commit-config.yaml").read_text(encoding="utf-8")
    assert workflow == GUIDE[".github/workflows/theorems.yml"].replace("          papers: paper.tex\n", "")
    assert hooks == GUIDE[".pre-commit-config.yaml"]
    assert not re.search(r"https?://", workflow + hooks)
    for name in (".github/workflows/theorems.yml", ".pre-commit-config.yaml"):
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((starting.STARTER / starting.FILES[name]).read_bytes())
        validate(target, name, surroundings)


@pytest.mark.parametrize("taken", [WRITTEN[0], WRITTEN[1], WRITTEN[3]])
def test_what_is_there_is_never_touched(taken: str, verify) -> None:
    target = Path("mine") / taken
    target.parent.mkdir(parents=True)
    target.write_text("mine", encoding="utf-8")
    code, out, err = verify("init", "mine")
    assert (code, out) == (2, "")
    assert err.startswith(f"error: mine has {taken} already")
    assert [p for p in Path("mine").rglob("*") if p.is_file()] == [target]
    assert target.read_text(encoding="utf-8") == "mine"
    assert verify("init", "other")[0] == 0  # the control


def test_all_files_are_named_that_are_there(verify) -> None:
    assert verify("init")[0] == 0
    code, _, err = verify("init")
    assert code == 2 and all(name in err for name in WRITTEN)


def test_where_one_file_can_t_be_written_none_is(verify, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("mine/.github").mkdir(parents=True)
    Path("mine/.github/workflows").write_text("a file", encoding="utf-8")
    code, _, err = verify("init", "mine")
    assert code == 2 and "cannot write" in err
    assert sorted(str(p) for p in Path("mine").rglob("*")) == ["mine/.github", "mine/.github/workflows"]


def test_the_same_files_every_time(verify) -> None:
    for name in ("one", "two"):
        assert verify("init", name)[0] == 0
    for name in WRITTEN:
        assert (Path("one") / name).read_bytes() == (Path("two") / name).read_bytes()

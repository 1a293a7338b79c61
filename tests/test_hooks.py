"""The hooks of this repository, and the hooks and the action as the guide has others use them, run as they stand."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.pages import ROOT, blocks, environment

GUIDE = ROOT / "docs" / "guide" / "ci.md"
WRITTEN = {block.file: block.body for block in blocks(GUIDE) if block.file}
GIT = {
    **{f"GIT_{who}_{what}": "nobody" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "protocol.file.allow",  # for a submodule at a path instead of an address
    "GIT_CONFIG_VALUE_0": "always",
}


def run(folder: Path, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env={**os.environ, **GIT, **more}, capture_output=True, text=True, check=False
    )


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    assert run(folder, "git", "init", "--quiet").returncode == 0
    return folder


def hooks(folder: Path, name: str, programs: Path) -> subprocess.CompletedProcess[str]:
    """One hook on all files of a repository, with these programs on the path."""
    run(folder, "git", "add", "--all")
    command = (sys.executable, "-m", "pre_commit", "run", name, "--all-files")
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    return run(folder, *command, PATH=path, PRE_COMMIT_HOME=str(folder.parent / "home"), PYTHONPATH=str(ROOT))


@pytest.mark.parametrize("name, wrong", [("ruff-format", "x = [ 1]\n"), ("ruff-check", "import os\n")])
def test_the_hooks_of_this_repository_run(name: str, wrong: str, repository: Path) -> None:
    for file in (".pre-commit-config.yaml", "pyproject.toml"):
        shutil.copy(ROOT / file, repository)
    (repository / "module.py").write_text("x = [1]\n", encoding="utf-8")
    programs = Path(sys.executable).parent
    done = hooks(repository, name, programs)
    assert done.returncode == 0 and "Passed" in done.stdout, done.stdout + done.stderr
    (repository / "module.py").write_text(wrong, encoding="utf-8")
    done = hooks(repository, name, programs)
    assert done.returncode == 1 and "Failed" in done.stdout, done.stdout + done.stderr


def test_every_hook_of_this_repository_calls_a_program_that_the_tests_install() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    entries = [hook["entry"].split() for repo in config["repos"] for hook in repo["hooks"]]
    assert {entry[0] for entry in entries} == {"ruff", "lint-imports", "env"}
    for entry in entries:
        assert shutil.which(entry[0], path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
        assert all((ROOT / part).exists() for part in entry if part.endswith(".py"))


def test_the_hooks_of_the_guide_run(repository: Path) -> None:
    environment(repository.parent / "programs")  # makes the programs
    for file in (".pre-commit-config.yaml", "claims.py"):
        (repository / file).write_text(WRITTEN[file], encoding="utf-8")
    done = hooks(repository, "verify-claims", repository.parent / "programs")
    assert done.returncode == 0 and "Passed" in done.stdout, done.stdout + done.stderr
    (repository / "claims.py").write_text(WRITTEN["claims.py"].replace("4 * x", "5 * x"), encoding="utf-8")
    done = hooks(repository, "verify-claims", repository.parent / "programs")
    assert done.returncode == 1 and "my.means" in done.stdout, done.stdout + done.stderr


def test_the_guide_adds_the_action_from_where_the_clone_came_from(repository: Path) -> None:
    """The command of the page, where ``verify`` is imported from a clone, gives the folder that its workflow uses."""
    origin, clone = repository.parent / "origin", repository.parent / "clone"
    (origin / "verify").mkdir(parents=True)
    shutil.copytree(ROOT / ".github" / "actions", origin / ".github" / "actions")
    shutil.copy(ROOT / "verify" / "__init__.py", origin / "verify")
    for command in (("init", "--quiet"), ("add", "--all"), ("commit", "--quiet", "-m", "all")):
        assert run(origin, "git", *command).returncode == 0
    assert run(origin.parent, "git", "clone", "--quiet", str(origin), str(clone)).returncode == 0
    (command,) = re.findall(r"`(git submodule add [^`]+)`", GUIDE.read_text(encoding="utf-8"))
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = run(repository, "bash", "-c", command, PYTHONPATH=str(clone), PATH=path)
    assert done.returncode == 0, done.stderr
    steps = yaml.safe_load(WRITTEN[".github/workflows/theorems.yml"])["jobs"]["verify"]["steps"]
    (action,) = [step["uses"] for step in steps if step["uses"].startswith("./")]
    assert (repository / action / "action.yml").is_file()
    assert (repository / action / "run.sh").is_file()
    recorded = (repository / ".gitmodules").read_text(encoding="utf-8")
    assert f"url = {origin}\n" in recorded
    assert steps[0]["with"]["submodules"] is True

"""What other services run: valid definitions of the action, its workflow and the hooks; and the action's script."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
import yaml

from tests import warm
from tests.pages import PYTHON, ROOT

ACTION = ROOT / ".github" / "actions" / "verify"
CLAIMS = """
import sympy as sp
from verify import Claim, Domain, Inequality, positive

x, y = sp.symbols("x y", real=True)
DOMAIN = Domain((positive(x), positive(y)))


def claims():
    yield Claim("my.mean", "Means", Inequality(4 * x * y, "<=", (x + y) ** 2), DOMAIN)
    yield Claim("my.slip", "A slip", Inequality(5 * x * y, "<=", (x + y) ** 2), DOMAIN)
"""
PAPER = r"""% verify: derive
\[ (a + b)^2 = a^2 + 2ab + b^2 \]
"""


def run(*command: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload]


@pytest.mark.parametrize(
    "command",
    [
        ["check_jsonschema", "--builtin-schema", "vendor.github-workflows", ".github/workflows/verify.yml"],
        ["check_jsonschema", "--builtin-schema", "vendor.github-workflows", ".github/workflows/site.yml"],
        ["check_jsonschema", "--builtin-schema", "vendor.github-workflows", ".github/workflows/tests.yml"],
        ["check_jsonschema", "--builtin-schema", "vendor.github-actions", ".github/actions/verify/action.yml"],
        ["pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"],
    ],
    ids=["workflow", "site", "tests", "action", "hooks"],
)
def test_the_definitions_are_valid(command):
    done = run(sys.executable, "-m", *command, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_workflow_gives_the_action_inputs_that_it_has():
    action = yaml.safe_load((ACTION / "action.yml").read_text(encoding="utf-8"))
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "verify.yml").read_text(encoding="utf-8"))
    (step,) = [s for s in workflow["jobs"]["verify"]["steps"] if s.get("uses") == "./.github/actions/verify"]
    assert set(step["with"]) <= set(action["inputs"])
    assert all((ROOT / paper).is_file() for paper in step["with"]["papers"].split())
    assert workflow["permissions"] == {"contents": "read"}
    # The script reads its inputs from the environment, so that no text of a caller becomes part of a command.
    (script,) = [s for s in action["runs"]["steps"] if s.get("name") == "Verify"]
    assert "${{" not in script["run"]
    assert all(variable in (ACTION / "run.sh").read_text(encoding="utf-8") for variable in script["env"])


def test_the_parts_of_the_tests_that_run_side_by_side_are_all_of_them():
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "tests.yml").read_text(encoding="utf-8"))
    tests = workflow["jobs"]["tests"]
    parts = tests["strategy"]["matrix"]["part"]
    assert parts == list(range(1, len(parts) + 1))
    (step,) = [s for s in tests["steps"] if "make test" in s.get("run", "")]
    assert f"--part ${{{{ matrix.part }}}}/{len(parts)}'" in step["run"] and "not fast" in step["run"]
    assert any(s.get("run") == "make fast" for s in workflow["jobs"]["lint"]["steps"])


@pytest.fixture
def action(tmp_path):
    """Run the action's script in a folder with one true and one false claim, and a paper."""
    programs = tmp_path / "bin"
    programs.mkdir()
    warm.program(programs / "verify", PYTHON)
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "claims.py").write_text(CLAIMS, encoding="utf-8")
    (folder / "paper.tex").write_text(PAPER, encoding="utf-8")
    (folder / "slip.tex").write_text(PAPER.replace("2ab", "ab"), encoding="utf-8")

    def start(**inputs: str) -> tuple[int, str, Path]:
        environment = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
        environment |= {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")}
        done = run("bash", str(ACTION / "run.sh"), cwd=folder, env=environment | {"REPORTS": "reports"} | inputs)
        return done.returncode, done.stdout + done.stderr, folder / "reports"

    return start


def test_the_script_checks_claims_and_papers_and_keeps_the_worst(action, tmp_path):
    code, printed, reports = action(CLAIMS="claims.py", PAPERS="paper.tex\nslip.tex")
    assert code == 1
    assert "::error file=claims.py,line=11,title=my.slip::my.slip (A slip) fails:%0A  at x = " in printed
    assert "::error col=14,file=slip.tex,line=2,title=paper/refuted::refuted: " in printed
    schema = json.loads((ROOT / "tests" / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    logs = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted(reports.glob("*.sarif"))}
    for log in logs.values():
        jsonschema.Draft4Validator(schema).validate(log)
    assert {name: len(log["runs"][0]["results"]) for name, log in logs.items()} == {
        "claims.sarif": 1, "paper-1.sarif": 0, "paper-2.sarif": 1,
    }  # fmt: skip
    # Code scanning refuses two runs of one category.
    assert len({log["runs"][0]["automationDetails"]["id"] for log in logs.values()}) == 3
    for name in ("claims.xml", "paper-1.xml", "paper-2.xml", "theorems.svg"):
        ElementTree.parse(reports / name)
    summary = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert "2 claims: 1 proved, 1 refuted" in summary
    assert "slip.tex: 1 refuted" in summary


def test_the_script_passes_what_is_right(action):
    assert action(CLAIMS="my.none", PAPERS="paper.tex")[0] == 2
    code, printed, reports = action(CLAIMS="none", PAPERS="paper.tex")
    assert (code, sorted(p.name for p in reports.iterdir() if "paper" in p.name)) == (
        0, ["paper-1.sarif", "paper-1.xml"],
    ), printed  # fmt: skip


def test_the_script_compares_with_the_lock(action):
    code, printed, _ = action(CLAIMS="claims.py", LOCKED="true")
    assert code == 2
    assert "there is no theorems.lock" in printed

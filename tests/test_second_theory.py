"""Ridge regression goes through every command that the first theory goes through, and none of them builds the first."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.ridge import THEORY
from verify.claims import theories
from verify.cli import cli

ROOT = Path(__file__).resolve().parent.parent
NAME = "tests.ridge:THEORY"
PAPER = r"""
\documentclass{article}
\begin{document}
% verify: claim R.split
\[ \frac{Bn\lambda^2+d\nu^2}{n(1+\lambda)^2} = \frac{B\lambda^2}{(1+\lambda)^2} + \frac{d\nu^2}{n(1+\lambda)^2} \]
% verify: expression best
\[ \lambda^{*} = \frac{d\nu^2}{2Bn} \]
\end{document}
"""
MINE = """
from tests.ridge import THEORY
from tests.ridge.formulas import B, DOMAIN, lam, risk, v
from verify import Claim, Inequality


def claims():
    yield Claim("mine.bound", "Risk is at most signal plus noise", Inequality(risk().scalar, "<=", B + v), DOMAIN)
    yield Claim("mine.slip", "Risk is at most the signal", Inequality(risk().scalar, "<=", B), DOMAIN)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ridge")


@pytest.fixture(autouse=True)
def _here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    with theories.using(theories.current()):
        yield


def run(*args: str, code: int = 0) -> Result:
    done = CliRunner().invoke(cli, ["--theory", NAME, *args], standalone_mode=True)
    assert done.exit_code == code, (done.output, done.exception)
    return done


def test_check_proves_what_holds_and_refutes_what_does_not(folder: Path) -> None:
    run("check", "--workers", "1", "--json", "results.json", "--junit", "r.xml", "--sarif", "r.sarif")
    verdicts = {c["id"]: c["verdict"] for c in json.loads((folder / "results.json").read_text())["claims"]}
    assert verdicts == {name: "proved" if c.expected else "refuted" for name, c in THEORY.catalogue.items()}
    assert "cache: 12 of 12 claims unchanged" in run("check", "--workers", "1").output


def test_list_show_why(folder: Path) -> None:
    assert "R.best.positive  proved" in run("list", "R.best*").output
    assert "R.split" not in run("list", "R.best*").output
    assert "lam_best = d*nu^2/(B*n)" in run("list", "--expressions").output
    assert "squared error of c (w + z)" in run("show", "R.split").output
    said = run("why", "R.risk").output
    assert "measured: supported" in said and "needed to state: nothing" in said


def test_the_graph_and_what_falls() -> None:
    assert "R.best.positive" in run("impact", "R.noise").output
    assert "0 claims rest on R.bias" in run("impact", "R.bias").output
    dot = run("graph").output
    assert '"R.noise" [shape=box, style="filled,rounded"' in dot and '"R.split" -> "R.risk"' in dot


def test_mutants_and_hypotheses() -> None:
    assert "kill score: 100.0 %" in run("mutate", "R.best", "--workers", "1").output
    assert "needed" in run("hypotheses", "R.noise", "--workers", "1").output


def test_eval() -> None:
    assert run("eval", "best", "d=3", "n=4", "B=2", "nu=1").output.startswith("3/8")
    done = CliRunner().invoke(cli, ["--theory", NAME, "eval", "gain", "d=1"])
    assert "there is no expression 'gain'" in str(done.exception)


def test_latex_of_expressions_and_claims(folder: Path) -> None:
    assert run("latex", "best").output.strip() == r"\frac{d\nu^2}{nB}"
    assert r"\lambda" in run("latex", "R.best").output
    run("latex", "--macros", "macros.tex")
    assert r"\newcommand{\exprBest}" in (folder / "macros.tex").read_text()
    run("latex", "--sheet", "sheet")
    assert "ridge regression on an orthonormal design" in next((folder / "sheet").glob("*.tex")).read_text().lower()


def test_a_paper_is_compared_with_this_theory(folder: Path) -> None:
    (folder / "paper.tex").write_text(PAPER)
    done = run("paper", "paper.tex", code=1)
    assert "1 proved" in done.output and "1 refuted" in done.output


def test_the_lock(folder: Path) -> None:
    run("lock", "--workers", "1")
    locked = json.loads((folder / "theorems.lock").read_text())
    assert locked["theory"] == "ridge"
    assert set(locked["claims"]) == set(THEORY.catalogue)
    assert set(locked["expressions"]) == set(THEORY.named)
    run("check", "--locked", "--workers", "1")
    done = CliRunner().invoke(cli, ["--theory", "maml-erm", "check", "--locked"])
    assert "theorems.lock holds the theory ridge, and this is maml-erm" in str(done.exception)
    done = CliRunner().invoke(cli, ["--theory", "maml-erm", "lock"])
    assert "theorems.lock holds the theory ridge" in str(done.exception)
    locked["claims"]["R.best"]["values"][0] = "7; 7"
    (folder / "theorems.lock").write_text(json.dumps(locked))
    assert "R.best: different function" in run("check", "--locked", "--workers", "1", code=1).output


def test_experiments(folder: Path) -> None:
    assert "shrinkage" in run("simulate", "--list").output
    run("simulate", "shrinkage", "--set", "draws=4000", "--out", "figures")
    assert (folder / "figures" / "shrinkage.png").stat().st_size > 1000


def test_claims_of_a_file_about_this_theory(folder: Path) -> None:
    (folder / "mine.py").write_text(MINE)
    done = CliRunner().invoke(cli, ["check", "mine.py", "--workers", "1"])
    assert done.exit_code == 1
    assert "mine.bound  proved" in done.output and "mine.slip   refuted" in done.output
    assert "again: verify check mine.py::mine.slip" in done.output
    assert CliRunner().invoke(cli, ["check", "mine.py::mine.bound", "--workers", "1"]).exit_code == 0


def test_the_pytest_plugin(folder: Path) -> None:
    (folder / "mine.py").write_text(MINE)
    options = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", f"--claims={NAME}", "--claims=mine.py::mine.bound"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options], capture_output=True, text=True, check=False, cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )  # fmt: skip
    assert f"{len(THEORY.catalogue) + 1} passed" in done.stdout, done.stdout


def test_nothing_of_the_first_theory_is_loaded(folder: Path) -> None:
    code = (
        f"import sys; sys.argv = ['verify', '--theory', '{NAME}', 'check', 'R.noise', 'false.free', '--no-cache']\n"
        "from verify.cli import main\ntry:\n    main()\nexcept SystemExit as end:\n    assert end.code == 0, end.code\n"
        "print([m for m in sys.modules if m.startswith('theory')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"

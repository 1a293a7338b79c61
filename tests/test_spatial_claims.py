"""Claims about vectors go through every command that claims about numbers go through."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from verify.claims import theories
from verify.cli import cli
from verify.reports.docs import claim_pages

ROOT = Path(__file__).resolve().parent.parent
THEORY = """
from verify import Claim, Spatial, Theory

NEAR = ("<x - p, y - p> <= 0",)


def stated():
    yield Claim("near", "Projections", Spatial("||p - y||^2 <= ||x - y||^2 - ||x - p||^2", NEAR))
    yield Claim(
        "variance", "Second moment", Spatial("E||g||^2 == ||E g||^2 + E||g - E g||^2", ("g random vector",)),
        rests_on=("near",),
    )


def false():
    half = Spatial("f(x1) <= f(x0) - (1/L)*||grad f(x0)||^2", ("x1 == x0 - (1/L)*grad f(x0)", "f L-smooth", "L > 0"))
    yield Claim("half", "A lost half", half, expected=False)


THEORY = Theory(name="small", title="small facts", claims=stated, false_statements=false)
"""
PAPER = r"""
\documentclass{article}
\begin{document}
% verify: claim near
\[ a = b \]
\end{document}
"""
MINE = """
from verify import Claim, Spatial


def claims():
    yield Claim("my.near", "Nearer", Spatial("||p - y||^2 <= ||x - y||^2", ("<x - p, y - p> <= 0",)))
    yield Claim("my.slip", "The wrong way", Spatial("||p - y||^2 <= ||x - y||^2", ("<x - p, y - p> >= 0",)))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    (folder / "small.py").write_text(THEORY)
    (folder / "mine.py").write_text(MINE)
    return folder


@pytest.fixture(autouse=True)
def _here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    with theories.using(theories.current()):
        yield


def run(*args: str, code: int = 0) -> Result:
    done = CliRunner().invoke(cli, ["--theory", "small.py", *args])
    assert done.exit_code == code, (done.output, done.exception)
    return done


def refused(*args: str) -> str:
    done = CliRunner().invoke(cli, ["--theory", "small.py", *args])
    assert done.exit_code, done.output
    return str(done.exception)


def test_check_proves_what_holds_and_refutes_what_does_not(folder: Path) -> None:
    run("check", "--workers", "1", "--json", "results.json", "--junit", "r.xml", "--sarif", "r.sarif")
    found = {c["id"]: c for c in json.loads((folder / "results.json").read_text())["claims"]}
    assert {name: c["verdict"] for name, c in found.items()} == {
        "near": "proved", "variance": "proved", "half": "refuted",
    }  # fmt: skip
    (witness,) = [e for e in found["half"]["evidence"] if e["verdict"] == "refuted"]
    assert witness["witness"][-1].startswith("left side")
    assert witness["model"]["values"]["x0"]
    again = run("check", "--workers", "1", "--json", "again.json")
    assert "cache: 3 of 3 claims unchanged, 2 certificates re-checked" in again.output
    assert (folder / "again.json").read_bytes() == (folder / "results.json").read_bytes()


def test_list_show_why_impact_graph() -> None:
    assert "variance  proved   statement about vectors" in run("list").output
    said = run("show", "half").output
    assert "f(x1) <= f(x0) - (1/L)*||grad f(x0)||^2" in said and "for     x1 == x0" in said and "a false st" in said
    assert "proof" in run("why", "near").output
    assert "1 claim rests on near" in run("impact", "near").output
    assert '"variance" -> "near"' in run("graph").output


def test_mutants_and_hypotheses() -> None:
    said = run("mutate", "near", "--workers", "1").output
    assert "kill score: 100.0 %" in said, said
    said = run("hypotheses", "near", "--workers", "1").output
    assert "needed: 1, not needed: 0, undecided: 0" in said, said


def test_eval_and_papers_say_what_they_cannot_do(folder: Path) -> None:
    assert "there is no expression 'near'" in refused("eval", "near")
    (folder / "paper.tex").write_text(PAPER)
    assert "a claim about vectors" in run("paper", "paper.tex", code=3).output


def test_latex(folder: Path) -> None:
    assert run("latex", "near").output.strip() == (r"\lVert p-y\rVert^2\le \lVert x-y\rVert^2-\lVert x-p\rVert^2")
    shown = run("latex", "half", "--display").output
    assert r"x_1=x_0-\frac{1}{L}\nabla f(x_0)" in shown and r"f\ L\text{-smooth}" in shown
    run("latex", "--macros", "macros.tex")
    assert r"\mathbb{E}[\lVert g\rVert^2]" in (folder / "macros.tex").read_text()
    run("check", "half", "--workers", "1")
    run("latex", "--sheet", "sheet")
    text = "".join(path.read_text() for path in (folder / "sheet").glob("*.tex"))
    assert r"\langle x-p,y-p\rangle\le 0" in text and r"\counterexample{" in text


def test_the_lock_notices_another_constant_and_another_assumption(folder: Path) -> None:
    run("lock", "--workers", "1")
    assert "no differences" in run("check", "--locked", "--workers", "1").stderr
    path, text = folder / "theorems.lock", (folder / "theorems.lock").read_text()
    lock = json.loads(text)
    assert len(lock["claims"]["near"]["values"]) == 4 and "undefined" not in str(lock["claims"]["near"]["values"])
    for old, new, said in (
        ("||x - p||^2", "2*||x - p||^2", "near: changed statement"),
        ("<x - p, y - p> <= 0", "<x - p, y - p> < 0", "near: changed hypothesis"),
    ):
        changed = json.loads(text)
        entry = changed["claims"]["near"]
        for field in ("statement", "formula", "given", "hypotheses"):
            value = entry[field]
            entry[field] = value.replace(old, new) if isinstance(value, str) else [v.replace(old, new) for v in value]
        path.write_text(json.dumps(changed))
        assert said in run("check", "--locked", "--workers", "1", code=1).stderr
    path.write_text(text)


def test_files_of_claims_and_their_errors(folder: Path) -> None:
    done = CliRunner().invoke(cli, ["check", "mine.py", "--workers", "1"])
    assert done.exit_code == 1
    assert "my.near  proved" in done.output and "my.slip  refuted" in done.output
    assert "again: verify check mine.py::my.slip" in done.output and "left side" in done.output
    (folder / "bad.py").write_text(MINE.replace("||x - y||^2", "||x - y||^2 + x"))
    done = CliRunner().invoke(cli, ["check", "bad.py", "--workers", "1"])
    said = str(done.exception)
    assert done.exit_code and "the claim my.near is not read" in said and "column" in said and "^" in said
    (folder / "domain.py").write_text(
        MINE.replace('("<x - p, y - p> <= 0",))', '("<x - p, y - p> <= 0",)), Domain((positive(x),))')
        .replace("import Claim", "import Domain, positive, Claim")
        .replace("def claims", "import sympy as sp\nx = sp.Symbol('x', real=True)\n\n\ndef claims")
    )
    done = CliRunner().invoke(cli, ["check", "domain.py"])
    assert "says its hypotheses in its own text" in str(done.exception)


def test_assumptions_that_nothing_meets_prove_nothing(folder: Path) -> None:
    """A proof from what contradicts itself is no evidence; the control has the same proof without the contradiction."""
    vacuous = '("<x - p, y - p> <= 0", "c > 0", "c < 0")'
    (folder / "vacuous.py").write_text(MINE.replace('("<x - p, y - p> <= 0",)', vacuous))
    done = CliRunner().invoke(cli, ["check", "vacuous.py::my.near", "--workers", "1"])
    assert done.exit_code == 3 and "it may hold for want of any" in " ".join(done.output.split())
    met = MINE.replace('("<x - p, y - p> <= 0",)', '("<x - p, y - p> <= 0", "c > 0", "c < 1")')
    (folder / "met.py").write_text(met)
    assert CliRunner().invoke(cli, ["check", "met.py::my.near", "--workers", "1"]).exit_code == 0


def test_pages_of_the_documentation() -> None:
    text = claim_pages(theories.named("small.py"))
    assert "For <x - p, y - p> <= 0." in text and "Statement about vectors; source: this project." in text


def test_the_pytest_plugin(folder: Path) -> None:
    options = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--claims=mine.py"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options], capture_output=True, text=True, check=False, cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )  # fmt: skip
    assert "1 failed, 1 passed" in done.stdout, done.stdout
    assert "states: ||p - y||^2 <= ||x - y||^2" in done.stdout

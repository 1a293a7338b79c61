"""``verify latex``: forms of an expression, the macro file, the theorem sheet."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from verify.commands.latex import latex
from verify.language.errors import BadInput
from verify.reports import latex_build
from verify.reports.latex_evidence import found
from verify.reports.latex_forms import render
from verify.reports.latex_macros import macro_file, macros
from verify.reports.sheet import sheet


def test_substitution_and_atoms() -> None:
    assert render("threshold", settings=["alpha=1/rho_E"]) == r"\frac{(d+1)(\rho_H+\rho_E)}{\rho_E-\rho_H}"
    assert render("s_E", settings=["alpha=1/rho_E"]) == r"\frac{(d+1)\rho_E}{m}"
    assert (
        render("gain.limit", settings=["alpha=1/rho_E"]) == r"\frac{(1+\kappa)^2V_H+\kappa^2\Delta^2}{(1+\kappa)^2V_H}"
    )
    assert render("risk.segment", keep=["sigma"]).startswith(r"\frac{ps_H\Bigl(V_H+\sigma V_E")
    assert r"\sigma" not in render("gain", raw=True)
    assert render("kappa", display=True).startswith("\\[\n  \\kappa=")


@pytest.mark.parametrize(
    ("name", "settings", "keep"),
    [
        ("gian", [], []),
        ("gain", ["alph=1"], []),
        ("gain", ["alpha"], []),
        ("gain", ["alpha=__import__('os')"], []),
        ("gain", [], ["kapa"]),
        ("threshold", ["alpha=2/(rho_E+rho_H)"], []),
    ],
)
def test_bad_input_is_refused_with_a_hint(name: str, settings: list[str], keep: list[str]) -> None:
    with pytest.raises(BadInput) as error:
        render(name, settings=settings, keep=keep)
    assert error.value.hint


def test_macro_file_is_stable_and_has_one_line_per_formula() -> None:
    text = macro_file()
    assert text == macro_file()
    assert text.count("\\newcommand") == len(macros())
    assert r"\newcommand{\exprGain}{" in text and r"\newcommand{\claimXTwo}{" in text


def test_sheet_is_stable_and_shows_evidence(tmp_path: Path) -> None:
    results = tmp_path / "results.json"
    evidence = [
        {"route": "refutation", "verdict": "refuted", "witness": {"m": "1", "p": "1/2"}, "lhs": "1", "rhs": "-1/2"}
    ]
    data = {
        "claims": [
            {"id": "X2", "verdict": "proved", "evidence": [{"route": "proof", "verdict": "proved"}]},
            {"id": "false.limit_is_supremum", "verdict": "refuted", "evidence": evidence},
        ]
    }
    results.write_text(json.dumps(data))
    text = sheet(found(results))
    assert text == sheet(found(results))
    assert r"Proved (proof)" in text
    assert r"\textbf{Refuted} at $m=1$, $p=\tfrac{1}{2}$" in text
    assert text.count(r"\theorem{") > 80


def test_broken_results_are_bad_input(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("[1")
    with pytest.raises(BadInput):
        found(tmp_path / "x.json")
    with pytest.raises(BadInput):
        found(tmp_path / "missing.json")


def test_without_latexmk_the_message_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(BadInput) as error:
        latex_build.compile_pdf(tmp_path / "sheet.tex")
    assert "apt-get install latexmk" in error.value.hint


def test_the_sheet_compiles_where_latex_is_installed(tmp_path: Path) -> None:
    """Without LaTeX the sheet's source is there all the same, and the message says what is missing."""
    done = CliRunner().invoke(latex, ["--sheet", str(tmp_path), "--pdf"])
    assert (tmp_path / "sheet.tex").stat().st_size > 50_000
    if shutil.which("latexmk") is None:
        assert isinstance(done.exception, BadInput) and "latexmk" in str(done.exception)
        return
    assert done.exit_code == 0, done.output
    assert (tmp_path / "sheet.pdf").stat().st_size > 100_000


def test_nothing_to_print_is_bad_input() -> None:
    done = CliRunner().invoke(latex, [])
    assert isinstance(done.exception, BadInput)


def test_the_sheet_shows_why_a_hypothesis_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from verify.cache.session import Session
    from verify.reports.latex_build import write_sheet

    monkeypatch.chdir(tmp_path)
    trial = {"change": "p < 1", "outcome": "refuted", "witness": "p = 1, rho_H = 1: left side 0, right side 0"}
    Session().keep_trials("hypotheses", "P.kappa", [trial])
    text = write_sheet(tmp_path).read_text(encoding="utf-8")
    assert "Without $p<1$: $p=1$" in text

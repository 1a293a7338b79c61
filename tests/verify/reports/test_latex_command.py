"""``verify latex``: forms of an expression, the macro file, the theorem sheet."""

from __future__ import annotations

import contextvars
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from theory.maml_erm import THEORY
from verify.claims import theories
from verify.claims.values import find_expression
from verify.commands.latex import latex
from verify.reports import latex_build
from verify.reports.latex_chosen import chosen, everything
from verify.reports.latex_evidence import found
from verify.reports.latex_forms import relations, render
from verify.reports.latex_macros import macro_file, macros
from verify.reports.sheet import sheet
from verify.runtime.errors import BadInput
from verify.typesetting.typesetter import typesetter

RIDGE = ["--theory", "tests.ridge:THEORY"]
ROLES = ("theorem", "lemma", "corollary", "proposition")
MINE = """
import sympy as sp
from verify import Claim, Domain, Inequality, between, free

alpha, x = sp.symbols("alpha x", real=True)
DOMAIN = Domain((between(alpha, 0, 1), free(x)))


def claims():
    yield Claim("my.mean", "a bound for alpha", Inequality(alpha * (1 - alpha), "<=", 1), DOMAIN)
    yield Claim("my.square", "a square", Inequality(x**2, ">=", 0), DOMAIN)
    yield Claim("my.slip", "no square", Inequality(x**2, ">", 0), DOMAIN, expected=False)
"""


def form(name: str, **options: Any) -> str:
    return render(find_expression(name, THEORY), **options)


def run(*arguments: str) -> str:
    # The theory of --theory is in force for this run alone.
    done = contextvars.copy_context().run(CliRunner().invoke, latex, arguments)
    if done.exception is not None:
        raise done.exception
    return done.stdout


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine_.py").write_text(MINE)
    return "mine_.py"


def test_substitution_and_atoms() -> None:
    assert form("threshold", settings=["alpha=1/rho_E"]) == r"\frac{(d+1)(\rho_H+\rho_E)}{\rho_E-\rho_H}"
    assert form("s_E", settings=["alpha=1/rho_E"]) == r"\frac{(d+1)\rho_E}{m}"
    assert form("gain.limit", settings=["alpha=1/rho_E"]) == r"\frac{(1+\kappa)^2V_H+\kappa^2\Delta^2}{(1+\kappa)^2V_H}"
    assert form("risk.segment", keep=["sigma"]).startswith(r"\frac{ps_H\Bigl(V_H+\sigma V_E")
    assert r"\sigma" not in form("gain", raw=True)
    assert form("kappa", display=True).startswith("\\[\n  \\kappa=")


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
        form(name, settings=settings, keep=keep)
    assert error.value.hint


def test_macro_file_is_stable_and_has_one_line_per_formula() -> None:
    text = macro_file(everything())
    typesetter.cache_clear()  # with the texts that it keeps
    assert text == macro_file(everything())
    assert text.count("\\newcommand") == len(macros(everything()))
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
    about = everything()
    text = sheet(about, found(about.selection, results))
    typesetter.cache_clear()
    assert text == sheet(about, found(about.selection, results))
    assert r"\texttt{X2} & proved & proof &" in text and text.count(" & proved & ") == 1
    assert (
        r"\counterexample{$m=1$, $p=\tfrac{1}{2}$; there the left side is $1$, the right side $-\tfrac{1}{2}$.}" in text
    )
    assert sum(text.count(rf"\begin{{{role}}}[") for role in ROLES) == len(THEORY.stated)


def test_broken_results_are_bad_input(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("[1")
    with pytest.raises(BadInput):
        found(everything().selection, tmp_path / "x.json")
    with pytest.raises(BadInput):
        found(everything().selection, tmp_path / "missing.json")


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
    Session(package=theories.package()).keep_trials("hypotheses", "P.kappa", [trial])
    text = write_sheet(tmp_path, everything()).read_text(encoding="utf-8")
    assert "Without $p<1$: $p=1$" in text


# ---------------------------------------------------------------- any theory, any file


def test_a_claim_is_printed_as_its_statement_and_with_its_hypotheses():
    assert run("T1") == "\\sigma<\\kappa\\;\\Longleftrightarrow\\;m>m^{*}\n"
    shown = run("T1", "--display")
    assert shown.startswith(r"For $0<\rho_H<\rho_E$, ") and shown.endswith("m>m^{*}\n\\]\n")


def test_several_names_are_printed_each_under_its_own():
    assert run("X2", "kappa", "T2.a*").splitlines()[::2] == ["% kappa", "% X2", "% T2.at", "% T2.above"]


def test_another_theory_is_printed_in_its_own_notation():
    assert run(*RIDGE, "risk") == "\\frac{d\\nu^2+n\\lambda^2B}{n(1+\\lambda)^2}\n"
    assert run(*RIDGE, "R.best") == "\\lambda^{*}=\\frac{v}{B}\n"
    assert run(*RIDGE, "best", "--set", "lam=1", "--display") == "\\[\n  \\lambda^{*}=\\frac{d\\nu^2}{nB}\n\\]\n"
    text = run(*RIDGE, "--macros", "-")
    assert r"\newcommand{\exprRisk}{" in text and r"\newcommand{\claimRBest}{" in text
    assert "exprGain" not in text and r"\exprGain" in run("--macros", "-")


def test_relations_between_atoms_are_those_that_hold():
    """The odds in place of the weights; not the limit of sigma or the weights of K steps, which are put in too."""
    assert {str(s): str(v) for s, v in relations(THEORY).items()} == {
        "a": "1/(kappa + 1)",
        "b": "1/(sigma + 1)",
        "s_E": "p*s_H*sigma/(1 - p)",
    }


def test_the_claims_of_a_file_are_printed_without_a_theory(mine):
    assert run(f"{mine}::my.mean") == "\\alpha(1-\\alpha)\\le1\n"
    assert run(f"{mine}::my.s*") == "% my.square\nx^2\\ge0\n% my.slip\nx^2>0\n"
    assert run("--macros", "-", mine).splitlines()[0] == (
        "% Formulas of mine_.py, one macro each, for use in mathematics; needs amsmath."
    )
    assert [line.partition("}")[0] for line in run("--macros", "-", f"{mine}::my.mean", "kappa").splitlines()[2:]] == [
        r"\newcommand{\exprKappa",
        r"\newcommand{\claimMyMean",
    ]


def test_the_sheet_of_a_file_has_its_claims_and_nothing_of_a_theory(mine, tmp_path):
    run("--sheet", str(tmp_path / "out"), mine)
    text = (tmp_path / "out" / "sheet.tex").read_text(encoding="utf-8")
    assert r"\title{mine\_.py}" in text
    assert r"\begin{proposition}[{a bound for $\alpha$}]\label{claim:my.mean}" in text
    assert r"\section{Results}" in text and r"\section{What is not true}" in text
    assert r"\section{Definitions}" not in text and r"\begin{notation}" not in text
    assert (tmp_path / "out" / "macros.tex").read_text(encoding="utf-8").count(r"\newcommand") == 3


def test_the_sheet_of_some_claims_defines_what_they_use(tmp_path):
    run("--sheet", str(tmp_path), "X2")
    text = (tmp_path / "sheet.tex").read_text(encoding="utf-8")
    assert r"\title{When MAML outperforms ERM" in text and text.count(r"\begin{theorem}") == 1
    assert r"\exprGain" in text and r"\exprKappa" in text and r"\exprHardness" not in text
    assert r"$\Delta$ & distance" in text and r"$\varepsilon$ & relative accuracy" not in text


def test_a_file_says_what_was_found_about_its_claims(mine, tmp_path):
    from verify.cache.session import Session
    from verify.evidence.run import check

    about = chosen([mine])
    check(about.selection.ids, table=about.selection.table, session=Session())
    text = sheet(about, found(about.selection, None))
    assert r"\counterexample{$x=0$" in text and text.count(" & proved & ") == 2
    (tmp_path / mine).write_text(MINE.replace('x**2, ">=", 0', 'x**2, ">=", -x'))
    changed = chosen([mine])
    assert sheet(changed, found(changed.selection, None)).count(" & proved & ") == 1


@pytest.mark.parametrize(
    ("arguments", "what", "hint"),
    [
        (["gian"], "there is no expression or claim 'gian'", "did you mean gain"),
        (["T22"], "there is no expression or claim 'T22'", "did you mean"),
        (["mine_.py::my.maen"], "there is no expression or claim 'my.maen' in mine_.py", "did you mean my.mean"),
        (["none.py"], "there is no file none.py", "must define"),
        ([*RIDGE, "gain"], "there is no expression or claim 'gain'", "did you mean R.gain"),
        (["--macros", "-", "mine_.py::nothing"], "there is no expression or claim 'nothing'", ""),
        (["T1", "--raw"], "belong to an expression", "leave them out"),
        (["gain", "--raw", "--macros", "-"], "belong to an expression", "verify latex gain --raw"),
        (["gain", "--display", "--macros", "-"], "--display belongs to what is printed", "leave out"),
        (["--display"], "nothing to print", "name an expression"),
        (["--pdf"], "nothing to print", "name an expression"),
        (["gain", "--pdf"], "--pdf compiles the sheet", "--sheet"),
    ],
)
def test_bad_input_is_one_error_that_names_the_nearest(mine, arguments, what, hint):
    with pytest.raises(BadInput) as error:
        run(*arguments)
    assert what in error.value.what and hint in error.value.hint


def test_two_formulas_of_one_macro_name_are_bad_input(mine, tmp_path):
    (tmp_path / mine).write_text(MINE.replace("my.square", "my-mean"))
    with pytest.raises(BadInput, match=r"two formulas would be called \\claimMyMean"):
        run("--macros", "-", mine)

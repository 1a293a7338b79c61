"""Certificates printed as proofs: what is printed is what the checker accepted, with rules and references."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from verify.commands.latex import latex
from verify.reports.certificates import certificate_document, read_certificate
from verify.reports.certificates.terms import Terms, names_latex
from verify.reports.latex_build import compile_pdf
from verify.runtime.errors import BadInput

X_PLUS = ["+", "x", ["/", "1", "x"]]
NUMBERS: dict[str, Any] = {
    "schema": 1,
    "theorems": [
        {
            "id": "main",
            "variables": [["x", "real"]],
            "hypotheses": [[">", "x", "0"]],
            "goal": [">=", X_PLUS, "2"],
            "definitions": [],
            "proof": {
                "rule": "split",
                "proofs": [{"rule": "known"}, {"rule": "sign", "factors": [[["+", "x", "-1"], "2"], ["x", "-1"]]}],
            },
        }
    ],
}
U, V = "u", "v"
LEFT = ["*", "2", ["inner", U, V]]
RIGHT = ["+", ["inner", U, U], ["inner", V, V]]
VECTORS: dict[str, Any] = {
    "schema": 1,
    "kind": "spaces",
    "numbers": [],
    "theorem": {
        "names": [["u", "vector", "0"], ["v", "vector", "0"]],
        "definitions": [],
        "hypotheses": [],
        "goal": ["<=", LEFT, RIGHT],
        "proof": {
            "rule": "split",
            "proofs": [
                {
                    "rule": "combine",
                    "facts": [],
                    "squares": [["1", ["+", "u", ["-", "v"]]]],
                    "numbers": [],
                    "equations": [],
                    "vectors": [],
                }
            ],
        },
    },
}


def test_a_proof_about_numbers_is_aligned_with_its_rule():
    text = certificate_document(NUMBERS, "proof.json")
    assert r"\formula{x+\frac{1}{x}\ge 2}" in text
    assert r"It is known that $x\ne 0$." in text and r"It remains that $2\le x+\frac{1}{x}$." in text
    assert r"\row{}{x+\frac{1}{x}-2}{}" in text
    assert r"\row{=}{\frac{(x-1)^2}{x}}{The signs of the factors are known, \rulename{sign}}" in text
    # What a rule infers is the checker's own description of it.
    assert r"\item[\rulename{sign}] The goal \texttt{a REL b}" in text and r"\item[\rulename{psatz}]" not in text


def test_a_proof_about_vectors_is_a_sum_of_squares():
    text = certificate_document(VECTORS, "proof.json")
    assert r"\row{}{\lVert u\rVert^2+\lVert v\rVert^2-2\langle u,v\rangle}{right minus left}" in text
    assert r"\row{=}{\lVert u-v\rVert^2}{a square}" in text and r"\row{\ge }{0}{\rulename{combine}}" in text


def test_what_the_checker_refuses_is_not_printed():
    wrong = json.loads(json.dumps(NUMBERS).replace('"2"]', '"3"]'))
    with pytest.raises(BadInput, match="is refused"):
        certificate_document(wrong, "proof.json")
    assert certificate_document(NUMBERS, "proof.json")


@pytest.mark.parametrize("text", ["[1", "[]", '{"schema": 1, "schema": 1, "theorems": []}'])
def test_what_is_no_certificate_is_bad_input(tmp_path: Path, text: str):
    (tmp_path / "x.json").write_text(text)
    with pytest.raises(BadInput):
        read_certificate(tmp_path / "x.json")


def test_values_and_gradients_of_functions_are_written_as_such():
    names = names_latex(["f_x0", "grad_f_x0", "x0", "f_y"])
    terms = Terms(names)
    assert terms.term(["inner", "grad_f_x0", "x0"]) == r"\langle \nabla f(x_0),x_0\rangle"
    assert terms.term("f_x0") == "f(x_0)" and terms.term("f_y") == "f_y"  # no gradient: an ordinary name


def test_what_is_bound_gets_a_letter_that_is_not_in_use():
    terms = Terms(names_latex(["t", "G", "T"]))
    assert terms.term(("sum", 1, "T", ("at", "G", "#0"))) == r"\sum_{s=1}^{T}{G}_{s}"
    assert terms.term(["sum", "i", "1", "T", ["at", "G", "i"]]) == r"\sum_{i=1}^{T}{G}_{i}"


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (["-", ["-", "x"]], "x"),
        (["+", "x", ["*", "0", "y"], ["-", ["zero"]]], "x"),
        (["*", "-2", "x", ["+", "y", "1"]], "-2x(y+1)"),
        (["/", "1/6", "x"], r"\frac{1}{6x}"),
        (["^", ["norm", "x"], "2"], r"\lVert x\rVert^2"),
        (["*", "x", "x"], "x^2"),
        (["^", ["+", "x", "y"], "-1"], "(x+y)^{-1}"),
    ],
)
def test_terms_are_written_as_a_mathematician_would(term: Any, text: str):
    assert Terms({}).term(term) == text


def test_the_command_prints_and_writes_the_document(tmp_path: Path):
    (tmp_path / "p.json").write_text(json.dumps(NUMBERS))
    printed = CliRunner().invoke(latex, ["--proof", str(tmp_path / "p.json")])
    assert printed.exit_code == 0 and printed.stdout.startswith("% Written by `verify latex --proof`")
    done = CliRunner().invoke(latex, ["--proof", str(tmp_path / "p.json"), "--sheet", str(tmp_path / "out")])
    assert done.exit_code == 0 and (tmp_path / "out" / "proof.tex").read_text() == printed.stdout
    both = CliRunner().invoke(latex, ["X2", "--proof", str(tmp_path / "p.json")])
    assert isinstance(both.exception, BadInput)


@pytest.mark.skipif(shutil.which("latexmk") is None, reason="needs LaTeX")
def test_printed_proofs_compile_without_a_line_that_is_too_long(tmp_path: Path):
    for name, certificate in (("numbers", NUMBERS), ("vectors", VECTORS)):
        source = tmp_path / f"{name}.tex"
        source.write_text(certificate_document(certificate, "proof.json"))
        assert compile_pdf(source).stat().st_size > 10_000
        assert "Overfull" not in source.with_suffix(".log").read_text(errors="replace")

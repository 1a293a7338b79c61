"""The notebooks of the documentation: run from top to bottom, without an error, and they show what they speak of."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest

nbformat = pytest.importorskip("nbformat", reason="needs the extra notebook")
nbclient = pytest.importorskip("nbclient", reason="needs the extra notebook")
pytest.importorskip("ipykernel", reason="needs the extra notebook")

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "notebooks"
NAMES = ("tour", "prove_my_inequality", "check_my_draft")
SECONDS = 600  # for what takes less than one of ten of them

# What has to be seen below the code that begins like this, in this order: in plain text, without markup.
SHOWN = {
    "tour": [
        ("import verify", ["T1: MAML favours hard tasks", r"\sigma<\kappa", "proved"]),
        ('theory.vocabulary["rho_H"]', [r"\(\rho_H\): curvature of the hard tasks", "X^2"]),
        ('theory.named["threshold"]', [r"m^{*}=\frac{(d+1)\alpha(\rho_H+\rho_E)}{2-\alpha(\rho_H+\rho_E)}"]),
        ('theory.named["threshold"].derivation', ["start: sigma = kappa", "1. substitute scalars", r"\frac{"]),
        ("results = verify", ["T1", "✓ proved", "cubature, proof"]),
        ("results[0]", ["replay", "derivation replayed", "≈ supported", "certificate accepted by the checker"]),
        ("from fractions", ["10/9"]),
        ("import matplotlib", ["image/png"]),
        ('theory.stated["N2"]', [r"\[G-1<", "proved"]),
        ('theory.refutable["false.Q_with_d"]', ["a false statement, to be refuted"]),
        ("verify.check", ["✗ refuted", "left side 2, right side 1"]),
    ],
    "prove_my_inequality": [
        ("import verify", ["✓ proved", "certificate of 1 theorem, accepted by the checker"]),
        ("from verify.kernel", ["['main']"]),
        ('verify.prove("x + 1/x >= 2", ["x != 0"])', ["✗ refuted", "x = -1: left side -2, right side 2"]),
        ('verify.prove("x + 1/x >= 2", ["x > 0"])', ["✓ proved"]),
        ('verify.prove("1/x', ["✗ refuted", "x = 0: 1/x > 0 is undefined: division by zero"]),
        ("from verify import Verdict", ["True"]),
        ('verify.prove(\n    "f(y)', ["✓ proved"]),
        ('verify.prove("E||', ["✓ proved"]),
        ('verify.prove("||u', ["✗ refuted", "in R^1", "left side 4, right side 2"]),
        ("import sympy", ["harmonic: The harmonic mean", r"\(a, b>0\)"]),
        ("verify.check", ["✓ proved", "certificate accepted by the checker"]),
    ],
    "check_my_draft": [
        ("from pathlib", []),
        ("!verify paper -q note.tex", ["refuted: ", "at L = 2", "suggestion: ", "3 proved, 1 refuted"]),
        ("!verify paper -q note.tex --fix", ["mended by a factor 2 added", "4 proved, as it is written now"]),
        ("!verify paper -q note.tex", ["4 proved"]),
    ],
}


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs_and_shows_what_it_speaks_of(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin" / "verify"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m verify "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    (tmp_path / "work").mkdir()
    notebook = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    resources = {"metadata": {"path": str(tmp_path / "work")}}
    nbclient.NotebookClient(notebook, timeout=SECONDS, kernel_name="python3", resources=resources).execute()
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell, (start, wanted) in zip(cells, SHOWN[name], strict=True):
        assert cell.source.startswith(start)
        seen = "\n".join(map(text_of, cell.outputs))
        for each in wanted:
            assert each in seen, (cell.source, each, seen)
        assert "Traceback" not in seen and (wanted or not seen)


def text_of(output: Any) -> str:
    """What is seen of an output: of HTML the text without its tags, of a picture its kind."""
    if output.output_type == "stream":
        return str(output.text)
    data = output.data
    if "text/html" in data:
        text = re.sub(r"<[^<>]*>", "", data["text/html"])
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&#x27;", "'").replace("&amp;", "&")
    return "image/png" if "image/png" in data else str(data["text/plain"])


def test_every_notebook_is_here_without_outputs_and_reads_well() -> None:
    assert {path.stem for path in FOLDER.glob("*.ipynb")} == set(NAMES) == SHOWN.keys()
    for name in NAMES:
        text = (FOLDER / f"{name}.ipynb").read_text(encoding="utf-8")
        notebook = nbformat.reads(text, as_version=4)
        nbformat.validate(notebook)
        for cell in notebook.cells:
            assert max(map(len, cell.source.splitlines())) <= 130
            if cell.cell_type == "code":
                assert cell.outputs == [] and cell.execution_count is None
        for target in re.findall(r"\]\(([\w.]+)\)", "\n".join(c.source for c in notebook.cells)):
            assert (FOLDER / target).exists()

"""Notebooks as pages of the site: run, with what they show; what can't be run is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from verify.runtime.errors import BadInput
from verify.site import documents
from verify.site.notebooks import notebooks

nbformat = pytest.importorskip("nbformat", reason="needs the extra notebook")


def written(path: Path, *cells: tuple[str, str]) -> Path:
    make = {"text": nbformat.v4.new_markdown_cell, "code": nbformat.v4.new_code_cell}
    path.parent.mkdir(exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=[make[kind](text) for kind, text in cells]), path)
    return path


def test_a_notebook_is_run_and_its_outputs_are_on_the_page(tmp_path: Path) -> None:
    written(
        tmp_path / "notebooks" / "small.ipynb",
        ("text", "# Small\n\nSee [the other](other.ipynb)."),
        ("code", "import verify\nverify.prove('x^2 >= 0')"),
        ("code", "print('<b> &')"),
        ("code", "7 * 6"),
        ("code", "!verify --version"),
    )
    (page,) = notebooks(tmp_path / "notebooks")
    assert page.name == "notebooks/small" and "[the other](other.md)" in page.text
    for shown in (
        "# Small",
        "verify.prove('x^2 >= 0')",
        ">proved</span>",
        "&lt;b&gt; &amp;",
        ">42</pre>",
        "verify, version",
    ):
        assert shown in page.text


def test_a_page_that_names_a_notebook_leads_there_only_if_there_is_one(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\n[a tour](notebooks/tour.ipynb)\n")
    assert documents.written(tmp_path, {"notebooks/tour"})["a"].endswith("[a tour](notebooks/tour.md)\n")
    assert documents.written(tmp_path)["a"].endswith("\na tour\n")


def test_what_can_not_be_run_is_said(tmp_path: Path) -> None:
    assert notebooks(None) == []
    with pytest.raises(BadInput, match="has no notebooks"):
        notebooks(tmp_path)
    (tmp_path / "bad.ipynb").write_text("no JSON")
    with pytest.raises(BadInput, match="cannot read the notebook"):
        notebooks(tmp_path)
    written(tmp_path / "bad.ipynb", ("code", "1 / 0"))
    with pytest.raises(BadInput, match="fails: ZeroDivisionError: division by zero"):
        notebooks(tmp_path)

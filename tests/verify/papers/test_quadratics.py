"""The way of one article: a draft that nobody prepared, its proposals, the file that was made of them, and its PDF."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from verify.papers.annotation.proposal import annotated
from verify.papers.check import check
from verify.papers.document import Document
from verify.papers.marks import PACKAGE, write_marks
from verify.papers.memory import Memory
from verify.papers.scanner import read
from verify.papers.step import CheckedStep

PAPERS = Path(__file__).resolve().parents[3] / "docs" / "paper"
SLIPS = [  # of the draft, with what mends them in quadratics.tex
    (r"1 - \frac{1}{\kappa+1}", r"1 - \frac{2}{\kappa+1}"),
    (r"b\bigl(w^2 - hwv + v^2\bigr)", r"b\bigl(w^2 - hwv + bv^2\bigr)"),
]
MARKS = ("\\usepackage{verify}", "\\bigskip\\noindent\\verifystatus")  # what the article has besides


MEMORY = Memory()  # of this run alone: steps that are the same are decided once
MEMORY.store.off = True


def checked(document: Document, everything: bool = False) -> list[CheckedStep]:
    return check(document, everything=everything, seconds=2, memory=MEMORY)


def comments(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.startswith("% verify:")]


def prose(text: str) -> list[str]:
    lines = (line for line in text.splitlines() if not line.startswith(("% verify:", *MARKS)))
    return [line for line in lines if line]


def test_the_draft_gives_the_proposals_from_which_the_article_starts() -> None:
    copy = annotated(read(PAPERS / "quadratics-draft.tex"), checked)
    article = (PAPERS / "quadratics.tex").read_text(encoding="utf-8")
    proposed, kept = comments(copy.text), comments(article)
    by_hand = kept.index(
        "% verify: skip", kept.index("% verify: skip", kept.index("% verify: assume f is L-smooth")) + 1
    )
    assert proposed == kept[:by_hand] + kept[by_hand + 1 :]  # the recursion that defines heavy ball is skipped by hand
    mended = copy.text
    for slip, mend in SLIPS:
        assert mended.count(slip) == 1
        mended = mended.replace(slip, mend)
    assert prose(mended) == prose(article)
    lines = copy.text.splitlines()
    wrong = [lines[s.line - 1] for s in copy.steps if s.status == "refuted"]
    assert len(wrong) == len(SLIPS) and all(slip in line for (slip, _), line in zip(SLIPS, wrong, strict=True))
    assert not [s for s in copy.steps if s.status not in ("proved", "refuted", "unchecked")]
    assert sum(s.status == "proved" for s in copy.steps) == 24
    # Without its text the draft says little: letters are not declared, and what is not is not understood.
    bare = checked(read(PAPERS / "quadratics-draft.tex"), everything=True)
    assert not [s for s in bare if s.status == "refuted"] and sum(s.status == "proved" for s in bare) < 5


def test_every_step_of_the_article_is_proved_or_skipped() -> None:
    steps = checked(read(PAPERS / "quadratics.tex"))
    assert [s.status for s in steps].count("proved") == 26
    assert {(s.status, s.why) for s in steps} == {("proved", ""), ("unchecked", "'% verify: skip'")}


@pytest.mark.skipif(not (shutil.which("pdflatex") and shutil.which("pdftotext")), reason="needs LaTeX and pdftotext")
def test_the_pdf_of_the_article_shows_its_marks(tmp_path: Path) -> None:
    shutil.copy(PACKAGE / "verify.sty", tmp_path)
    shutil.copy(PAPERS / "quadratics.tex", tmp_path)
    document = read(tmp_path / "quadratics.tex")
    write_marks(document, checked(document))
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "quadratics.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, errors="replace", check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    assert "4 pages" in done.stdout
    shown = subprocess.run(
        ["pdftotext", "quadratics.pdf", "-"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    text = " ".join(shown.stdout.split())
    assert "16 of the 16 displays that were to be checked are proved line by line." in text and "2/2" in text

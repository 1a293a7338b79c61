"""Marks in the PDF: what a ``.vrf`` file says, and that nothing is marked once a source has changed."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from verify.commands.latex import latex
from verify.commands.paper import paper
from verify.papers.marks import PACKAGE, sums, write_marks
from verify.papers.scanner import read
from verify.papers.step import CheckedStep
from verify.runtime.errors import BadInput

TEXT = r"""\documentclass{article}
\usepackage{verify}
\begin{document}
Two lines follow.
% verify: assume 0 < x
% verify: derive
\begin{align*}
  x^2 + x &= x(x+1) \\
    &> 0
\end{align*}
% verify: derive
\[ x = 2x \]
\[ 1 = 2 \]
\input{part}
Said of one: \verified{some}. \verifystatus
\end{document}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "paper.tex").write_text(TEXT)
    (tmp_path / "part.tex").write_text("A part.\n")
    shutil.copy(PACKAGE / "verify.sty", tmp_path)
    return tmp_path


def marked() -> str:
    CliRunner().invoke(paper, ["--marks", "paper.tex"])
    return Path("paper.vrf").read_text()


def typeset() -> str:
    """The text of the PDF."""
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "paper.tex"]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    text = subprocess.run(["pdftotext", "-layout", "paper.pdf", "-"], capture_output=True, text=True, check=True).stdout
    return " ".join(text.split())


def test_the_marks_say_what_became_of_each_display(folder: Path):
    lines = marked().splitlines()
    assert r"\verifydisplay{paper.tex}{7}{proved}{2}{2}" in lines
    assert r"\verifydisplay{paper.tex}{12}{refuted}{0}{1}" in lines
    assert not any("{13}" in line for line in lines)  # nobody asked to check it
    assert lines[1] == r"\verifybegin{1}" and lines[-1] == r"\verifyend"
    # Every file of the folder that the paper is made of.
    assert [line.split("{")[1][:-1] for line in lines if "source" in line] == ["paper.tex", "part.tex"]


def test_a_paper_that_changes_while_it_is_checked_gets_no_marks(folder: Path):
    before = read(Path("paper.tex"))
    (folder / "part.tex").write_text("Another part.\n")
    with pytest.raises(BadInput, match="has changed while it was checked"):
        write_marks(before, [])
    assert not Path("paper.vrf").exists() and write_marks(read(Path("paper.tex")), []).exists()


def test_only_files_of_the_folder_belong_to_a_paper(folder: Path):
    (folder / "paper.tex").write_text(r"\input{../other}\input{/etc/passwd}\input{part}\usepackage[a]{amsmath,verify}")
    assert sorted(sums(read(Path("paper.tex")))) == ["paper.tex", "part.tex"]


def test_a_paper_is_made_of_what_was_read_for_it(folder: Path):
    """No list of its own: what is commented out, or inside \\iffalse, is read by nobody."""
    text = "% \\input{part}\n\\iffalse\\input{part}\\fi\n\\input part\n\\usepackage{own}\n"
    (folder / "own.sty").write_text("\\newcommand{\\x}{1}\n")
    (folder / "paper.tex").write_text(text)
    assert sorted(sums(read(Path("paper.tex")))) == ["own.sty", "paper.tex", "part.tex"]
    (folder / "paper.tex").write_text(text.replace("\\input part", ""))
    assert sorted(sums(read(Path("paper.tex")))) == ["own.sty", "paper.tex"]


def test_line_ends_count_as_tex_sees_them(folder: Path):
    (folder / "part.tex").write_bytes(b"A part.\r\nOf two lines.\n")
    assert sums(read(Path("paper.tex")))["part.tex"] == hashlib.md5(b"A part.\r\nOf two lines.\n").hexdigest().upper()


def test_a_name_that_tex_reads_otherwise_is_bad_input(folder: Path):
    (folder / "my paper.tex").write_text(TEXT)
    with pytest.raises(BadInput, match="file name"):
        sums(read(Path("my paper.tex")))


def step(status: str, bound: str = "derive", rests: tuple[str, ...] = ()) -> CheckedStep:
    return CheckedStep(8, 1, status, bound, rests=rests)


@pytest.mark.parametrize(
    ("steps", "status"),
    [
        ([step("proved"), step("proved")], "proved"),
        ([step("proved"), step("proved", rests=("line 3",))], "rests"),
        ([step("proved"), step("inconclusive")], "part"),
        ([step("inconclusive"), step("not understood")], "open"),
        ([step("proved"), step("refuted")], "refuted"),
        # The theory has it so, but no check has proved it there.
        ([step("proved", "claim no.such")], "same"),
    ],
)
def test_a_display_is_proved_only_if_every_line_is(folder: Path, steps: list[CheckedStep], status: str):
    write_marks(read(Path("paper.tex")), steps)
    assert rf"\verifydisplay{{paper.tex}}{{7}}{{{status}}}" in Path("paper.vrf").read_text()


def test_the_package_is_copied_with_its_manual(tmp_path: Path):
    done = CliRunner().invoke(latex, ["--package", str(tmp_path / "tex")])
    assert done.exit_code == 0
    assert {p.name for p in (tmp_path / "tex").iterdir()} == {"verify.sty", "verify-manual.tex", "latexmkrc"}


@pytest.mark.skipif(not (shutil.which("pdflatex") and shutil.which("pdftotext")), reason="needs LaTeX and pdftotext")
def test_the_pdf_shows_what_was_checked_and_never_what_has_changed_since(folder: Path):
    assert "Nothing was checked." in typeset()
    marked()
    fresh = typeset()
    assert "2/2" in fresh and "refuted" in fresh and "1 of the 2 displays" in fresh and "not checked" not in fresh
    # A source that was checked changes: also one that the paper includes.
    Path("part.tex").write_text("Another part.\n")
    stale = typeset()
    assert "2/2" not in stale and "1 of the 2" not in stale and "refuted" not in stale
    assert "Some sources were not checked since the last change." in stale
    marked()
    assert "1 of the 2 displays" in typeset()


@pytest.mark.skipif(not (shutil.which("pdflatex") and shutil.which("pdftotext")), reason="needs LaTeX and pdftotext")
def test_half_a_file_of_marks_marks_nothing(folder: Path):
    text = marked()
    assert "2/2" in typeset()
    Path("paper.vrf").write_text(text.replace(r"\verifyend", ""))
    assert "Nothing was checked." in typeset()

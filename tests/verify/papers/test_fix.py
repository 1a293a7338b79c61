"""Edits that are made in the file: a patch that can be applied, mends what it says, and costs nothing else."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.verify.papers.said import DERIVE
from verify.cli import cli
from verify.papers import fix
from verify.papers.check import check
from verify.papers.document import Document
from verify.papers.scanner import scan
from verify.papers.step import CheckedStep
from verify.runtime.errors import BadInput

PAPER = rf"""% verify: assume a > 0, b > 0
{DERIVE}
\begin{{align}}
  (a+b)^2 &= a^2 + ab + b^2 \\
    &\ge 3ab
\end{{align}}
{DERIVE}
\[ a^2 - b^2 = (a-b)(a+b^2) \]
\[ 1 = 2 \]"""
MENDED = PAPER.replace("a^2 + ab +", "a^2 + 2ab +").replace("b^2)", "b)")


def checked(document: Document) -> list[CheckedStep]:
    return check(document, seconds=3)


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "paper.tex"
    path.write_text(PAPER, encoding="utf-8")
    return path


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["paper", *arguments, "paper.tex"])
    return result.exit_code, result.output


def test_the_patch_mends_the_file_and_nothing_is_written_before(paper: Path) -> None:
    code, out = run("--fix")
    assert (code, paper.read_text(encoding="utf-8")) == (1, PAPER)
    assert "paper.tex:4: mended by a factor 2 added" in out and "--- a/paper.tex\n+++ b/paper.tex\n@@ " in out
    done = subprocess.run(["git", "apply"], input=out, text=True, cwd=paper.parent, check=False)
    assert (done.returncode, paper.read_text(encoding="utf-8")) == (0, MENDED)
    code, out = run("--fix")
    assert "@@" not in out and "mended" not in out and code == 0


def test_written_edits_are_checked_as_they_stand(paper: Path) -> None:
    code, out = run("--fix", "--write")
    assert (code, paper.read_text(encoding="utf-8")) == (0, MENDED)
    assert out.endswith("1 not checked, as it is written now\n") and "3 proved, 1 unchecked" in out


def test_line_ends_stay(paper: Path) -> None:
    paper.write_bytes(PAPER.replace("\n", "\r\n").encode())
    assert run("--fix", "--write")[0] == 0
    assert paper.read_bytes() == MENDED.replace("\n", "\r\n").encode()
    paper.write_bytes(PAPER.replace("\n", "\r\n", 2).encode())
    code, out = run("--fix", "--write")
    assert code != 0 and paper.read_bytes() == PAPER.replace("\n", "\r\n", 2).encode(), out


def test_an_edit_that_costs_another_line_is_not_made() -> None:
    text = "\n".join(("% verify: assume a > 0, b > 0", DERIVE, r"\[ (a+b)^2 = a^2 + ab + b^2 = b^2 + ba + a^2 \]"))
    document = scan(text)
    steps = checked(document)
    assert [(s.status, bool(s.suggestion)) for s in steps] == [("refuted", True), ("proved", False)]
    result = fix.fixed(document, steps, checked)
    assert (result.text, result.mended) == (text, ())
    assert [why for _, why in result.left] == ["line 3 is then refuted"]
    # The control: without the second link it is.
    document = scan(text.replace(" = b^2 + ba + a^2", ""))
    result = fix.fixed(document, checked(document), checked)
    assert "2ab" in result.text and not result.left and [s.status for s in result.steps] == ["proved"]


def test_one_edit_may_be_enough_for_two_steps() -> None:
    text = "\n".join(("% verify: assume a > 0, b > 0", DERIVE, r"\[ (a+b)^2 = a^2 + ab + b^2 = (b+a)^2 \]"))
    document = scan(text)
    steps = checked(document)
    assert [bool(s.suggestion) for s in steps] == [True, True]
    result = fix.fixed(document, steps, checked)
    assert [s.status for s in result.steps] == ["proved", "proved"] and len(result.mended) == 1


def test_a_file_that_was_changed_meanwhile_is_left_alone(paper: Path) -> None:
    paper.write_text("other", encoding="utf-8")
    with pytest.raises(BadInput, match="changed"):
        fix.write(paper, PAPER, MENDED)
    assert paper.read_text(encoding="utf-8") == "other"


@pytest.mark.parametrize(
    "arguments", [("--write",), ("--fix", "--json"), ("--watch", "--json"), ("--fix", "--write", "--watch")]
)
def test_options_that_do_not_go_together(paper: Path, arguments: tuple[str, ...]) -> None:
    result = CliRunner().invoke(cli, ["paper", *arguments, "paper.tex"])
    assert isinstance(result.exception, BadInput) and paper.read_text(encoding="utf-8") == PAPER

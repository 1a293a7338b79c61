r"""Papers of several files: what \input and its kin read, what is never opened, and where a step is said to stand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.verify.papers.said import LETTERS
from verify.papers.annotation.proposal import annotated
from verify.papers.check import check
from verify.papers.fix import fixed
from verify.papers.report import lines, to_json
from verify.papers.scanner import read
from verify.papers.sources import MAX_DEPTH
from verify.papers.step import CheckedStep

STEP = "% verify: derive\n"


def checked(folder: Path, files: dict[str, str], main: str = "main.tex") -> list[CheckedStep]:
    """The steps of a paper of some files."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return check(read(folder / main), seconds=5)


def said(folder: Path, files: dict[str, str]) -> str:
    return "".join(LETTERS[s.status] for s in checked(folder, files))


TRUE = STEP + r"\[ \c = 2 \]"
CASES: dict[str, tuple[dict[str, str], str]] = {
    "a style of one's own with a familiar beginning": (
        {"main.tex": "\\usepackage{amsmacros}\n" + TRUE, "amsmacros.sty": r"\newcommand{\c}{1}"},
        "R",
    ),
    "a published style": (
        {"main.tex": "\\newcommand{\\c}{2}\\usepackage{icml2024}\n" + TRUE, "icml2024.sty": r"\catcode`\@=11"},
        "P",
    ),
    "input": ({"main.tex": "\\input{macros}\n" + TRUE, "macros.tex": r"\newcommand{\c}{2}"}, "P"),
    "input without braces": ({"main.tex": "\\input macros \n" + TRUE, "macros.tex": r"\newcommand{\c}{2}"}, "P"),
    "a later definition wins": (
        {"main.tex": "\\newcommand{\\c}{2}\\input{macros}\n" + TRUE, "macros.tex": r"\renewcommand{\c}{1}"},
        "R",
    ),
    "in a group": (
        {"main.tex": "\\newcommand{\\c}{2}{ \\input{macros}}\n" + TRUE, "macros.tex": r"\renewcommand{\c}{1}"},
        "P",
    ),
    "left out": (
        {
            "main.tex": "\\newcommand{\\c}{2}\\iffalse\\input{macros}\\fi\n" + TRUE,
            "macros.tex": r"\renewcommand{\c}{1}",
        },
        "P",
    ),
    "in a comment": (
        {"main.tex": "\\newcommand{\\c}{2}\n% \\input{macros}\n" + TRUE, "macros.tex": r"\renewcommand{\c}{1}"},
        "P",
    ),
    "under a condition": (
        {
            "main.tex": "\\newcommand{\\c}{2}\\ifx\\a\\b\\input{macros}\\fi\n" + TRUE,
            "macros.tex": r"\renewcommand{\c}{2}",
        },
        "N",
    ),
    "a macro that reads": (
        {"main.tex": "\\newcommand{\\c}{2}\\newcommand{\\load}{\\input{macros}}\\load\n" + TRUE, "macros.tex": ""},
        "N",
    ),
    "a package of the folder": (
        {"main.tex": "\\usepackage{own, amsmath}\n" + TRUE, "own.sty": "\\ProvidesPackage{own}\\newcommand{\\c}{2}"},
        "P",
    ),
    "a display in a package is none": (
        {"main.tex": "\\usepackage{own}\n" + TRUE, "own.sty": "\\newcommand{\\c}{2}" + STEP + r"\[ 1 = 2 \]"},
        "P",
    ),
    "a class of the folder": (
        {"main.tex": "\\documentclass[a4paper]{own}\n" + TRUE, "own.cls": "\\newcommand{\\c}{2}"},
        "P",
    ),
    "include and includeonly": (
        {
            "main.tex": "\\includeonly{one}\\include{one}\\include{two}",
            "one.tex": STEP + r"\[ 1 = 1 \]",
            "two.tex": STEP + r"\[ 1 = 2 \]",
        },
        "P",
    ),
    "endinput ends one file": (
        {"main.tex": "\\input{one}\n" + STEP + r"\[ 1 = 1 \]", "one.tex": "\\endinput\n" + STEP + r"\[ 1 = 2 \]"},
        "P",
    ),
    "subfile": (
        {
            "main.tex": "\\newcommand{\\c}{2}\\subfile{parts/one}\n" + TRUE,
            "parts/one.tex": "\\documentclass[../main]{subfiles}\\renewcommand{\\c}{1}\n\\begin{document}\n"
            + TRUE
            + "\\renewcommand{\\c}{3}\\end{document}",
        },
        "PP",
    ),
    "a subfile by itself has the preamble of its paper": (
        {
            "main.tex": "\\documentclass[paper]{subfiles}\n\\begin{document}\n" + TRUE + "\\end{document}",
            "paper.tex": "\\newcommand{\\c}{2}\\begin{document}\\renewcommand{\\c}{1}\\end{document}",
        },
        "P",
    ),
    "import": ({"main.tex": "\\import{parts/}{one}\n" + TRUE, "parts/one.tex": r"\newcommand{\c}{2}"}, "P"),
    "a comment waits for a display of another file": (
        {"main.tex": STEP + "\\input{one}\n\\[ 1 = 1 \\]", "one.tex": r"\[ 1 = 2 \]"},
        "NUU",
    ),
    "a file that is not there": ({"main.tex": "\\newcommand{\\c}{2}\\input{macros}\n" + TRUE}, "N"),
    "a picture that is not there": ({"main.tex": "\\newcommand{\\c}{2}\\input{fig.tikz}\n" + TRUE}, "P"),
    "a file that reads itself": ({"main.tex": "\\newcommand{\\c}{2}\\input{main}\n" + TRUE}, "N" * (MAX_DEPTH + 1)),
    "a group that is closed elsewhere": (
        {"main.tex": "{\\newcommand{\\c}{2}\\input{one}\n" + TRUE, "one.tex": "}"},
        "N",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_files_are_read_where_tex_reads_them(name: str, tmp_path: Path) -> None:
    files, wanted = CASES[name]
    assert said(tmp_path, files) == wanted


@pytest.mark.parametrize(
    "name", ["../secret", "/etc/passwd", "parts/../../secret", "|ls", "~/x", "link", "dir/secret", "\\jobname", ""]
)
def test_nothing_outside_the_folder_is_opened(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "paper"
    folder.mkdir()
    (tmp_path / "secret.tex").write_text(r"\newcommand{\c}{2}")
    (folder / "link.tex").symlink_to(tmp_path / "secret.tex")
    (folder / "dir").symlink_to(tmp_path)
    document_steps = checked(folder, {"main.tex": "\\newcommand{\\c}{2}\n\\input{" + name + "}\n" + TRUE})
    assert [s.status for s in document_steps] == ["not understood"], document_steps
    assert checked(folder, {"main.tex": "\\newcommand{\\c}{2}\n" + TRUE})[0].status == "proved"


def test_a_pipe_in_the_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.tex")
    assert said(tmp_path, {"main.tex": "\\newcommand{\\c}{2}\\input{pipe}\n" + TRUE}) == "N"


def test_many_files_and_many_letters_are_refused(tmp_path: Path) -> None:
    files = {"main.tex": "\\newcommand{\\c}{2}\n" + "\\input{a}\n" * 400 + TRUE, "a.tex": " "}
    assert said(tmp_path, files) == "N"
    assert said(tmp_path, {"main.tex": "\\newcommand{\\c}{2}\n" + "\\input{a}\n" * 40 + TRUE}) == "P"
    large = {"main.tex": "\\newcommand{\\c}{2}\n" + "\\input{a}\n" * 5 + TRUE, "a.tex": "x" * 1_000_000}
    assert said(tmp_path, large) == "N"


def test_a_report_names_the_file_and_the_line_where_the_step_stands(tmp_path: Path) -> None:
    files = {
        "main.tex": "\\newcommand{\\c}{2}\n\\input{parts/one}\n" + STEP + r"\[ 1 = 1 \]",
        "parts/one.tex": "% a comment\n\n% verify: derive\n\\begin{align}\n 1 &= 1 \\\\\n &= \\c\n\\end{align}\n",
    }
    steps = checked(tmp_path, files)
    one = str(tmp_path / "parts" / "one.tex")
    assert [(s.file, s.line, s.column, s.status) for s in steps] == [
        (one, 5, 5, "proved"),
        (one, 6, 3, "refuted"),
        ("", 4, 6, "proved"),
    ]
    main = str(tmp_path / "main.tex")
    shown = lines(main, steps)
    assert shown[1].startswith(f"{one}:6: refuted") and f"{main}:4: proved" in "\n".join(shown)
    assert to_json(main, steps)["steps"][1]["file"] == one


def test_edits_marks_and_proposals_are_made_in_the_paper_itself(tmp_path: Path) -> None:
    slip = "% verify: derive\n" + r"\[ (1+x)^2 = 1 + x + x^2 \]" + "\n"
    main = "\\input{one}\n" + slip
    steps = checked(tmp_path, {"main.tex": main, "one.tex": slip})
    document = read(tmp_path / "main.tex")
    assert document.main == main and len(document.displays) == 1
    result = fixed(document, steps, lambda d: check(d, seconds=5))
    assert result.text == main.replace("1 + x + x", "1 + 2x + x")
    assert [(s.file, why) for s, why in result.left] == [
        (str(tmp_path / "one.tex"), "it stands in another file: check that file")
    ]
    (tmp_path / "main.tex").write_text("\\input{two}\n\\[ (x+1)^2 = x^2 + 2x + 1 \\]\n")
    (tmp_path / "two.tex").write_text("\\[ 1 = 1 \\]\n")
    copy = annotated(read(tmp_path / "main.tex"), lambda d, everything: check(d, everything=everything, seconds=5))
    assert copy.text.startswith("\\input{two}\n") and "1 = 1" not in copy.text and "% verify: derive" in copy.text

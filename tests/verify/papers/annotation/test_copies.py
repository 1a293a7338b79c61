"""Copies with proposals: byte for byte the paper besides its comments, of all its files, and whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from verify.commands.paper import paper
from verify.runtime import files
from verify.runtime.errors import BadInput

TEXT = (
    "\ufeffLet $a > 0$. We show \\[ a + 1 > a \\] and, for all $c > 0$,\n  \\begin{align}\n c + 1 &> c\\end{align}\n"
    "é\u2028\x0c\\footnote{Note \\[ a + 2 > a \\] here.}"
)
PAPER = {
    "main.tex": b"\\usepackage{own,neurips}\\input{parts/one}\\include{parts/two}\n\\[ 1 = 1 \\]\\includegraphics{p}",
    "parts/one.tex": b"Let $x > 0$ be real.\r\n\\[ 2x > x \\]\r\n",
    "parts/two.tex": b"We use \\[ x + 1 > x \\] twice.",
    "own.sty": b"\\newcommand{\\c}{2}\r\n",
    "neurips.sty": b"% not opened\n",
    "p.png": b"\x89PNG\r\n\x00",
    "unused.tex": b"\\[ 1 = 1 \\]",
}


def annotate(folder: Path, contents: Mapping[str, bytes], new: str) -> tuple[int, str]:
    """The exit code of the command and what it says; the files that are there before stay as they are."""
    for name, data in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    main = next(iter(contents))
    command = [str(folder / main), "--annotate", str(folder / new), "--seconds", "1", "--no-cache"]
    done = CliRunner().invoke(paper, command)
    assert all((folder / name).read_bytes() == data for name, data in contents.items())
    if isinstance(done.exception, BadInput):
        return 2, str(done.exception)
    return done.exit_code, done.output


def without_comments(data: bytes) -> bytes:
    return re.sub(rb"[ \t]*% verify:[^\r\n]*(?:\r\n|\n|\r)", b"", data)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_copy_has_the_bytes_and_the_line_ends_of_the_paper(end: str, tmp_path: Path) -> None:
    data = TEXT.replace("\n", end).encode()
    assert annotate(tmp_path, {"main.tex": data}, "new.tex")[0] == 0
    copy = (tmp_path / "new.tex").read_bytes()
    assert copy.count(b"% verify: derive") == 3
    inside = end.encode()  # where a display stood in the middle of a line, that line is broken before it
    assert without_comments(copy).replace(inside, b"") == data.replace(inside, b"")
    assert not re.search(rb"[^\r]\n" if end == "\r\n" else rb"\r" if end == "\n" else rb"\n", copy)


def test_a_copy_of_a_paper_of_several_files_is_a_folder(tmp_path: Path) -> None:
    code, output = annotate(tmp_path, PAPER, "new")
    assert code == 0, output
    new = {p.relative_to(tmp_path / "new").as_posix(): p.read_bytes() for p in (tmp_path / "new").rglob("*.*")}
    assert set(new) == set(PAPER) - {"unused.tex"}
    assert new["parts/one.tex"] == (
        b"Let $x > 0$ be real.\r\n% verify: assume x > 0\r\n% verify: derive\r\n\\[ 2x > x \\]\r\n"
    )
    assert new["parts/two.tex"] == b"We use \n% verify: derive\n\\[ x + 1 > x \\] twice."
    assert new["main.tex"].count(b"% verify: derive") == 1
    assert all(new[name] == PAPER[name] for name in ("own.sty", "neurips.sty", "p.png"))
    one = tmp_path / "new" / "parts" / "one.tex"
    assert f"{one}:2: look at this: assume x > 0" in output and f"{one}:4: proved: 2x>x" in output
    # Named like a file, the copy is one of the paper's own file alone.
    assert annotate(tmp_path, PAPER, "new.tex")[0] == 0
    assert (tmp_path / "new.tex").read_bytes().count(b"% verify: derive") == 1


def test_what_is_not_read_or_led_to_by_a_link_makes_no_copy(tmp_path: Path) -> None:
    main = {"main.tex": b"\\input{part}\n\\[ 1 = 1 \\]"}
    for contents, why in (
        ({"main.tex": b"\\input{gone}\n\\[ 1 = 1 \\]"}, "the file gone is not found"),
        ({**main, "part.tex": "é".encode("latin-1")}, "is not text in UTF-8"),
        ({"main.tex": b"\\input{link}\n\\[ 1 = 1 \\]", "part.tex": b"x"}, "a symbolic link leads to"),
    ):
        (tmp_path / "link.tex").unlink(missing_ok=True)
        (tmp_path / "link.tex").symlink_to(tmp_path / "part.tex")
        code, said = annotate(tmp_path, contents, "new")
        assert code == 2 and why in said and not (tmp_path / "new").exists()
    assert annotate(tmp_path, main, "new")[0] == 0 and (tmp_path / "new" / "part.tex").exists()
    code, said = annotate(tmp_path, main, "new")
    assert code == 2 and "exists already" in said


def test_a_file_that_is_read_twice_gets_no_comments(tmp_path: Path) -> None:
    """What is in force there is not the same both times."""
    twice = {"main.tex": b"\\input{part}\n\\[ 1 = 1 \\]\n\\input{part}", "part.tex": b"\\[ x + 1 > x \\]"}
    assert annotate(tmp_path, twice, "new")[0] == 0
    assert (tmp_path / "new" / "part.tex").read_bytes() == twice["part.tex"]
    assert b"% verify: derive" in (tmp_path / "new" / "main.tex").read_bytes()


def test_a_folder_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="leads out"):
        files.write_folder(tmp_path / "new", {Path("a.tex"): b"1", Path("../b.tex"): b"2"})
    assert not list(tmp_path.iterdir()) and not (tmp_path.parent / "b.tex").exists()
    files.write_folder(tmp_path / "new", {Path("a.tex"): b"1", Path("b/c.tex"): b"2"})
    assert sorted(p.name for p in tmp_path.rglob("*.tex")) == ["a.tex", "c.tex"] and len(list(tmp_path.iterdir())) == 1
    with pytest.raises(BadInput, match="exists"):
        files.write_folder(tmp_path / "new", {Path("a.tex"): b"3"})
    assert (tmp_path / "new" / "a.tex").read_bytes() == b"1"

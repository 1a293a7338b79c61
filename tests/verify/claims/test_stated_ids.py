"""What a file may state is read from its text; the syntax tree says whether that was right."""

from __future__ import annotations

from pathlib import Path

import pytest

from theory.maml_erm import THEORY
from verify.claims.stated_ids import ids_in, patterns_in
from verify.runtime.errors import present

FILES = sorted(present(THEORY.folder).rglob("*.py"))


def may_state(path: Path, names: list[str]) -> bool:
    return any(pattern.fullmatch(name) for pattern in patterns_in(path) for name in names)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_id_of_a_file_is_missed(path: Path) -> None:
    for _, pattern, _ in ids_in(path):
        name = pattern.pattern.replace(".+", "x").replace("\\", "")
        assert pattern.fullmatch(name) and may_state(path, [name])


def test_most_files_are_told_apart_from_their_text() -> None:
    assert sum(may_state(path, ["my.sum", "sum"]) for path in FILES) <= 1


@pytest.mark.parametrize(
    "call, states",
    [
        ('Claim("a.b", 1)', True),
        ("Claim(\n    # the id\n    'a.b',\n)", True),
        ('claim.Claim (f"a.{x}", 1)', True),
        ('Claim(f"{x}.b", 1)', True),
        ('Claim(title="t", id="a.b")', True),
        ('Claim("a." "b", 1)', True),
        ('Claim(("a.b"), 1)', True),
        ('Claim(r"a.b", 1)', True),
        ('Claim("""a.b""", 1)', True),
        ('Claim("a.c", 1)', False),
        ('Claim(f"c.{x}", 1)', False),
        ("Claim(name, 1)", False),
        ('Other("a.b", 1)', False),
    ],
)
def test_every_form_of_an_id(tmp_path: Path, call: str, states: bool) -> None:
    path = tmp_path / "claims.py"
    path.write_text(f"x = 1\n{call}\n")
    assert may_state(path, ["a.b"]) is states
    if any(pattern.fullmatch("a.b") for _, pattern, _ in ids_in(path)):
        assert states


def test_a_file_that_cannot_be_read_may_state_anything(tmp_path: Path) -> None:
    assert may_state(tmp_path / "gone.py", ["a.b"])
    (tmp_path / "binary.py").write_bytes(b"\xff\xfe")
    assert may_state(tmp_path / "binary.py", ["a.b"])

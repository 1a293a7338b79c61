"""Files are checked again when they are saved, and only what is new is decided."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.verify.papers.said import DERIVE
from verify.cli import cli
from verify.language.logic import Sequent
from verify.runtime import watch

FIRST = f"% verify: assume a > 0\n{DERIVE}\n\\[ a + a = 2a \\]\n{DERIVE}\n\\[ 2a < a \\]\n"
SECOND = FIRST.replace("2a < a", "2a > a")


class Editor:
    """What happens while somebody looks away: one thing after the other, and then ctrl-C."""

    def __init__(self, *done: Callable[[], object]) -> None:
        self.done = list(done)

    def __call__(self, seconds: float) -> None:
        assert seconds == watch.EVERY
        if not self.done:
            raise KeyboardInterrupt
        self.done.pop(0)()


def nothing() -> None:
    pass


def save(path: Path, text: str) -> None:
    """As editors do: another file takes the name."""
    new = path.with_suffix(".new")
    new.write_text(text, encoding="utf-8")
    os.replace(new, path)


def test_a_file_counts_once_it_has_settled(tmp_path: Path) -> None:
    one, other = tmp_path / "one.tex", tmp_path / "other.tex"
    for path in (one, other):
        path.write_text("x", encoding="utf-8")
    editor = Editor(
        nothing,
        lambda: save(one, "xy"),
        lambda: one.write_text("xyz", encoding="utf-8"),  # still writing
        nothing,
        other.unlink,
        nothing,
        lambda: save(other, "back"),
        nothing,
        nothing,
    )
    found = []
    with pytest.raises(KeyboardInterrupt):
        for files in watch.saved([str(one), str(other)], editor):
            found.append((files, len(editor.done)))
    assert found == [([str(one)], 5), ([str(other)], 1)]


@pytest.mark.parametrize("cache", [(), ("--no-cache",)])
def test_a_saved_file_is_checked_again_and_only_what_is_new_is_decided(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: list[Sequent], cache: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "paper.tex"
    path.write_text(FIRST, encoding="utf-8")
    counts: list[int] = []
    editor = Editor(
        lambda: counts.append(len(asked)), lambda: save(path, SECOND), nothing, lambda: counts.append(len(asked))
    )
    monkeypatch.setattr(watch.saved, "__defaults__", (editor,))
    result = CliRunner().invoke(cli, ["paper", "--watch", *cache, "paper.tex"])
    assert result.exit_code == 0, result.output  # that of the last report
    assert result.stdout.count("paper.tex:3: proved") == 1  # said once
    assert "paper.tex:5: refuted" in result.stdout and "paper.tex:5: proved" in result.stdout
    assert result.stderr.count("checking paper.tex") == result.stderr.count("watching paper.tex") == 2
    first, second = counts
    assert second - first == 1 and str(asked[-1].goal.lhs) == "2*a"  # type: ignore[union-attr]
    assert (tmp_path / ".verify").exists() is not bool(cache)


def test_ctrl_c_ends_with_the_code_of_the_last_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "paper.tex").write_text(FIRST, encoding="utf-8")
    monkeypatch.setattr(watch.saved, "__defaults__", (Editor(),))
    assert CliRunner().invoke(cli, ["paper", "--watch", "paper.tex"]).exit_code == 1
    assert CliRunner().invoke(cli, ["paper", "--watch", "none.tex"]).exit_code == 2

"""How far long work is: where it is said, how often, and that standard output never has it."""

from __future__ import annotations

import concurrent.futures
import re
import signal
import sys
from pathlib import Path

import pytest

from tests.pages import environment
from tests.terminals import plain, shown
from verify.commands import progress
from verify.runtime import manner


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def said(capsys: pytest.CaptureFixture[str], every: float, items: int, start: int = 0) -> list[str]:
    """What is said of items that take so many seconds each; so many of them are known before."""
    clock = Clock()
    lines = progress.Lines(clock)
    lines.update("checking", 0, items)
    for done in range(1, items + 1):
        clock.now += every if done > start else 0.0
        lines.update("checking", done, items, f"item{done}")
    out, err = capsys.readouterr()
    assert out == ""
    return err.splitlines()


def test_a_line_every_ten_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    found = said(capsys, 0.5, 238)
    assert found[0] == "checking: 20 of 238, about 2 min left"
    assert len(found) == 11  # 119 seconds
    assert found[-1] == "checking: 220 of 238, about 10 s left"
    assert said(capsys, 30.0, 3) == ["checking: 1 of 3, about 1 min left", "checking: 2 of 3, about 30 s left"]


def test_short_work_is_not_spoken_of(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, 0.5, 18) == []
    assert said(capsys, 0.0, 10_000) == []


def test_what_was_known_before_says_nothing_about_the_time(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, 10.0, 200, start=198) == ["checking: 199 of 200, about 10 s left"]


def test_quiet_says_nothing_and_verbose_every_item(capsys: pytest.CaptureFixture[str]) -> None:
    def run(**asked: bool) -> tuple[str, str]:
        with manner.using(manner.Manner(**asked)):
            with progress.progress("checking", 2) as tick:
                tick("one")
                tick("two")
            with progress.parts("drawing") as part:
                part("tasks", 1, 2)
        return capsys.readouterr()

    assert run(quiet=True) == ("", "")
    assert run() == ("", "")  # not yet
    assert run(verbose=True) == ("", "checking: one, 1 of 2\nchecking: two, 2 of 2\n")


def test_work_without_items_says_how_long_it_may_take(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "EVERY", 0.001)
    told: list[str] = []
    with monkeypatch.context() as patch:
        patch.setattr(progress, "tell", told.append)
        with progress.waiting("proving", "at most about 30 s of work"):
            while len(told) < 3:
                pass
    assert all(re.fullmatch(r"proving: \d+ s, at most about 30 s of work", line) for line in told)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    count = len(told)
    with concurrent.futures.ThreadPoolExecutor(1) as threads:  # where no signal is delivered nothing is said
        threads.submit(lambda: progress.waiting("proving", "long").__enter__()).result()
    assert len(told) == count
    with manner.using(manner.Manner(quiet=True)), progress.waiting("proving", "long"):
        pass
    assert capsys.readouterr() == ("", "")


PROGRAM = """
import concurrent.futures
import re
import signal
import sys
from verify.commands import progress
with progress.progress("checking", 3) as tick:
    for name in "abc":
        tick(name)
        progress_bar = name
print("answer")
"""


def test_a_terminal_shows_a_bar_with_the_time_that_is_left(tmp_path: Path) -> None:
    surroundings = environment(tmp_path / "programs")
    for width in (40, 80):
        text, code = shown([sys.executable, "-c", PROGRAM], width, tmp_path, surroundings, errors=True)
        assert code == 0
        assert "checking" in text and "3/3" in text and "0:00:00" in text
        assert all(len(line) <= width for line in plain(text).replace("\r", "\n").split("\n"))
        assert plain(text).split("\n")[-2].strip() == "answer"
    text, _ = shown([sys.executable, "-c", PROGRAM], 80, tmp_path, surroundings)
    assert text == "answer\n"

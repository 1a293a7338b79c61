"""Figures: the caption states the settings, legends cover nothing, and every format has the same bytes every time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.verify.statistics import drawn
from verify.statistics import figure
from verify.statistics.parameters import Parameter, stated

COUNT = Parameter("tasks", 10, "count", "tasks")
RATE = Parameter("alpha", 0.1, "number", "step", symbol=r"\alpha")
SEVERAL = Parameter("d", (1, 2), "counts", "dimensions", symbol="d")


def small(*, panels: int = 1, entries: int = 3, note: str = "") -> Any:
    fig, axes = figure.panels(panels)
    for ax in axes:
        for i in range(entries):
            ax.plot([1, 2, 3], [i, i + 1, i], label=f"a series that has number {i}")
        ax.set_xlabel("across")
        ax.set_ylabel("up")
        figure.legend(ax)
    figure.caption(fig, "What is seen " * 8, note)
    return fig


def test_every_parameter_is_stated_but_those_along_an_axis() -> None:
    settings = {"tasks": 40000, "alpha": 1e-6, "d": (10, 1000)}
    assert stated((COUNT, RATE, SEVERAL), settings) == ("tasks 40,000", r"$\alpha=10^{-6}$", r"$d=10,\,1{,}000$")
    assert stated((COUNT, RATE, SEVERAL), settings, axes=("d",)) == ("tasks 40,000", r"$\alpha=10^{-6}$")


@pytest.mark.parametrize("panels", [1, 2])
@pytest.mark.parametrize("entries", [1, 4, 9])
def test_nothing_is_covered_cut_off_or_overlapping(panels: int, entries: int) -> None:
    fig = small(panels=panels, entries=entries, note="a note " * 20)
    figure.state(fig, [f"parameter {i} with value {i}" for i in range(30)])
    drawn.prepared(fig)
    assert not drawn.covered(fig) and not drawn.cut_off(fig) and not drawn.overlapping(fig)
    text = "\n".join(t.get_text() for t in fig.texts)
    assert "parameter 29 with value 29" in text and text.count("a note") == 20


def test_a_legend_over_the_data_is_noticed() -> None:
    fig, (ax,) = figure.panels()
    ax.plot([0, 1, 2], [1, 1, 1], "o", label="points")
    ax.legend(loc="center")
    assert drawn.covered(drawn.prepared(fig))
    ax.legend(loc="upper left")
    assert not drawn.covered(drawn.prepared(fig))


def test_a_legend_over_a_line_without_a_point_there_is_noticed() -> None:
    fig, (ax,) = figure.panels()
    ax.plot([0, 1], [0, 1], label="a line")
    ax.legend(loc="center")
    assert drawn.covered(drawn.prepared(fig))
    ax.legend(loc="upper left")
    assert not drawn.covered(drawn.prepared(fig))


def test_texts_that_collide_or_leave_the_figure_are_noticed() -> None:
    fig = small()
    fig.text(0.98, 0.5, "a long text that leaves the figure")
    drawn.prepared(fig)
    assert drawn.cut_off(fig) == ["a long text that leaves the figure"]
    fig.text(0.02, 0.99, "over the title", va="top")
    assert any("over the title" in pair for pair in drawn.overlapping(fig))


def test_the_panels_keep_their_size() -> None:
    fig, (ax,) = figure.panels()
    ax.plot([0, 1], [0, 1], label="a line")
    fig.draw_without_rendering()
    alone = ax.bbox.height
    for i in range(8):
        ax.plot([0, 1], [0, i], label=f"one more line, number {i}")
    figure.legend(ax)
    figure.caption(fig, "A title", "A note")
    drawn.prepared(fig)
    assert abs(ax.bbox.height - alone) < 0.05 * alone


PROGRAM = """
import sys
from pathlib import Path
from tests.verify.statistics.test_figure import small
from verify.statistics import figure
out = Path(sys.argv[1])
figure.save(small(), *(out / f"a.{form}" for form in figure.FORMATS))
"""


def test_every_format_has_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[3]
    for seed in ("1", "2"):
        (tmp_path / seed).mkdir()
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root), "SOURCE_DATE_EPOCH": seed}
        command = [sys.executable, "-c", PROGRAM, str(tmp_path / seed)]
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
        assert done.stderr == ""
    for form, start in (("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")):
        one, two = ((tmp_path / seed / f"a.{form}").read_bytes() for seed in ("1", "2"))
        assert one == two and one.startswith(start)
        assert b"matplotlib.org" not in one and b"CreationDate" not in one

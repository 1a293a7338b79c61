"""Where the parts of a figure go: its title and settings above, a legend below its panel, and nothing over the data."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.text import Text
from matplotlib.transforms import ScaledTranslation

TITLE, SMALL = 10.5, 8.0  # sizes of type, in points
LEFT, GAP = 0.08, 0.06  # inches: at the left of a title, and between the parts above the panels
BESIDE = 0.75  # inches of a panel that the numbers and the name of its vertical axis take
_FORMULA = re.compile(r"\$[^$]*\$")


class Captioned(Figure):
    """A figure with a title that says what is seen, a note on how to read it, and the settings it was seen at.

    ``below``: the panels with a legend below them.
    """

    title: str = ""
    note: str = ""
    settings: tuple[str, ...] = ()
    below: tuple[Any, ...] = ()


def place_legend(ax: Any, *, title: str, handles: Sequence[Any] | None, fontsize: float) -> None:
    """The widest legend that its panel has room for, below it; ``arrange`` moves it below the axis' own name."""
    own, labels = ax.get_legend_handles_labels() if handles is None else (handles, [h.get_label() for h in handles])
    figure = ax.figure
    width = (figure.get_figwidth() / ax.get_subplotspec().get_gridspec().ncols - BESIDE) * figure.dpi

    def drawn(columns: int) -> Any:
        return ax.legend(
            own, labels, ncols=columns, title=title or None, title_fontsize=fontsize, fontsize=fontsize,
            loc="upper center", bbox_to_anchor=(0.5, -0.15), columnspacing=1.4, handletextpad=0.6, borderpad=0.1,
        )  # fmt: skip

    figure.below = (*figure.below, ax)
    columns = len(labels)
    while columns > 1 and drawn(columns).get_window_extent(figure.canvas.get_renderer()).width > width:
        columns -= 1
    rows = -(-len(labels) // columns)
    drawn(-(-len(labels) // rows))  # as many rows, of equal length


def arrange(figure: Any) -> None:
    """Give the caption and the legends their room: the panels keep their size, and the figure grows."""
    if not isinstance(figure, Captioned):
        return
    width = figure.get_figwidth() - 2 * LEFT
    blocks = [
        (_lines(figure, _words(figure.title), " ", TITLE, width), TITLE, "black"),
        (_lines(figure, figure.settings, ", ", SMALL, width), SMALL, "0.35"),
        (_lines(figure, _words(figure.note), " ", SMALL, width), SMALL, "0.35"),
    ]
    blocks = [block for block in blocks if block[0]]
    heights = [_size(figure, text, size)[1] + GAP for text, size, _ in blocks]
    height = figure.get_figheight() + sum(heights) + _legends(figure)
    figure.set_figheight(height)
    top = GAP
    for (text, size, colour), needed in zip(blocks, heights, strict=True):
        figure.text(LEFT / figure.get_figwidth(), 1 - top / height, text, fontsize=size, color=colour, va="top")
        top += needed
    engine = figure.get_layout_engine()
    if isinstance(engine, ConstrainedLayoutEngine):
        engine.set(rect=(0, 0, 1, 1 - top / height))


def _legends(figure: Any) -> float:
    """Inches that the legends take, the highest of each row of panels; each is put below the name of its axis."""
    renderer = figure.canvas.get_renderer()
    rows: dict[int, float] = defaultdict(float)
    for ax in figure.below:
        found = ax.get_legend()
        row = ax.get_subplotspec().rowspan.start
        rows[row] = max(rows[row], found.get_window_extent(renderer).height / figure.dpi + GAP)
        axis = ax.xaxis.get_tightbbox(renderer)
        below = 0 if axis is None else (ax.bbox.y0 - axis.y0) / figure.dpi
        anchor = ax.transAxes + ScaledTranslation(0, -below, figure.dpi_scale_trans)
        found.set_bbox_to_anchor((0.5, 0), transform=anchor)
    return sum(rows.values())


def _words(text: str) -> list[str]:
    """The words of a text; a formula is not torn apart."""
    hidden = _FORMULA.sub(lambda m: m[0].replace(" ", "\0"), text)
    return [word.replace("\0", " ") for word in hidden.split()]


def _lines(figure: Any, pieces: Sequence[str], between: str, size: float, width: float) -> str:
    """The pieces in lines that are no wider than so many inches."""
    return "\n".join(_filled(figure, pieces, between, size, width))


def _filled(figure: Any, pieces: Sequence[str], between: str, size: float, width: float) -> Iterator[str]:
    line = ""
    for i, piece in enumerate(pieces):
        end = between.rstrip() if i + 1 < len(pieces) else ""
        longer = f"{line} {piece}{end}" if line else f"{piece}{end}"
        if line and _size(figure, longer, size)[0] > width:
            yield line
            longer = f"{piece}{end}"
        line = longer
    if line:
        yield line


def _size(figure: Any, text: str, size: float) -> tuple[float, float]:
    """Width and height of a text in inches."""
    box = Text(0, 0, text, fontsize=size, figure=figure).get_window_extent(figure.canvas.get_renderer())
    return box.width / figure.dpi, box.height / figure.dpi

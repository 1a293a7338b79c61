"""Figures that print well: one style, every parameter stated, legends beside the data, the same bytes every time."""

from __future__ import annotations

import itertools
import logging
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt

from verify.runtime import files
from verify.statistics import layout

STYLE = {
    "font.family": "serif",
    "font.serif": ["DejaVu Serif"],
    "mathtext.fontset": "cm",
    "font.size": 10,
    "axes.titlesize": 10,
    "axes.labelsize": 11,
    "legend.fontsize": 8.5,
    "legend.frameon": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.alpha": 0.25,
    "grid.linewidth": 0.6,
    "lines.linewidth": 1.3,
    "lines.markersize": 4.5,
    "axes.axisbelow": True,
    "svg.hashsalt": "verify",  # ids in an SVG come from this and from what is drawn, instead of from chance
    "pdf.fonttype": 42,  # outlines as publishers want them, instead of Type 3
}
# What embeds these finds the dates odd that the fonts of matplotlib have, and says so of each.
logging.getLogger("fontTools").setLevel(logging.ERROR)
# Okabe and Ito: told apart in print and by colour-blind readers.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
MARKERS = ("o", "s", "^", "D", "v", "P", "X")

# What a file says of itself; the dates and versions that matplotlib would add are left out.
FORMATS: Mapping[str, Mapping[str, Any]] = {
    "png": {"dpi": 200, "metadata": {"Software": None, "Creation Time": None}, "pil_kwargs": {"optimize": False}},
    "svg": {"metadata": {"Date": None, "Creator": None}},
    "pdf": {"metadata": {"CreationDate": None, "Creator": None, "Producer": None}},
}


def panels(
    count: int = 1, *, width: float = 4.6, height: float = 3.7, rows: int = 1, **more: Any
) -> tuple[Any, list[Any]]:
    """A figure with ``count`` panels side by side, in ``rows`` rows; width and height are those of a panel.

    Caption and legends get room of their own besides.
    """
    mpl.rcParams.update(mpl.rcParamsDefault)
    mpl.style.use(STYLE)
    columns = -(-count // rows)
    size = (width * columns, height * rows)
    figure, axes = plt.subplots(
        rows, columns, figsize=size, squeeze=False, layout="constrained", FigureClass=layout.Captioned, **more
    )
    for ax in list(axes.flat)[count:]:
        ax.set_visible(False)
    return figure, list(axes.flat)[:count]


def series(values: Iterable[Any]) -> Iterator[tuple[Any, str, str]]:
    """Each value with a colour and a marker of its own; after seven they begin again."""
    return zip(values, itertools.cycle(COLOURS), itertools.cycle(MARKERS), strict=False)


def mark_threshold(ax: Any, at: float, *, height: float, left: bool = False, top: float = 1.0) -> None:
    """A vertical line at m*/(d+1) with its name beside it, on the right or on the left.

    height of the name and top of the line are in parts of the axis.
    """
    ax.axvline(at, ymax=top, color="0.4", ls=":", lw=1)
    ax.text(
        at * (0.94 if left else 1.08), height, r"$m^{\mathrm{*}}/(d+1)$", transform=ax.get_xaxis_transform(), va="top",
        ha="right" if left else "left", color="0.3",
    )  # fmt: skip


def legend(ax: Any, *, title: str = "", handles: Sequence[Any] | None = None, fontsize: float = 8.5) -> None:
    """The legend of a panel, below it, where it covers nothing; in as many columns as the panel is wide."""
    layout.place_legend(ax, title=title, handles=handles, fontsize=fontsize)


def caption(figure: Any, text: str, note: str = "") -> None:
    """A title that says what is seen; a note on how to read it. What it was seen at, ``state`` adds."""
    figure.title, figure.note = text, note


def state(figure: Any, pieces: Sequence[str]) -> None:
    """The settings of the run below the title, each as it is to be printed."""
    figure.settings = tuple(pieces)


def save(figure: Any, *paths: Path) -> None:
    """Write files whose suffixes are their ``FORMATS``, and whose bytes depend on the figure only."""
    layout.arrange(figure)
    for path in paths:
        form = path.suffix.removeprefix(".")
        with files.whole(path) as file:
            figure.savefig(file, format=form, **FORMATS[form])
    plt.close(figure)


def plain_numbers(ax: Any, ticks: tuple[float, ...]) -> None:
    """Ticks of a logarithmic vertical axis as plain numbers."""
    low, high = ax.get_ylim()
    shown = [t for t in ticks if low <= t <= high]
    ax.set_yticks(shown, [f"{t:g}" for t in shown])
    ax.set_yticks([], minor=True)


def power_label(x: float) -> str:
    """10^k where x is a power of ten other than 1, 10 and 1/10, else the number."""
    k = round(math.log10(x)) if x > 0 else 0
    return rf"$10^{{{k}}}$" if abs(k) > 1 and x == float(f"1e{k}") else f"{x:g}"

"""What is seen in a figure: texts, legends and data in the places where they are drawn."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.container import ErrorbarContainer
from matplotlib.transforms import Bbox

from verify.statistics import layout
from verify.statistics.figure import power_label

SLACK = 1.0  # pixels that rounding may move a box


def prepared(figure: Any) -> Any:
    """The figure, laid out as it is saved."""
    layout.arrange(figure)
    return again(figure)


def again(figure: Any) -> Any:
    """A figure that was saved and closed, with a canvas to measure on."""
    FigureCanvasAgg(figure)
    figure.draw_without_rendering()
    return figure


def legends(figure: Any) -> list[Any]:
    return [*(ax.get_legend() for ax in figure.axes if ax.get_legend() is not None), *figure.legends]


def covered(figure: Any) -> list[str]:
    """The legends that lie over a line, a marker, a bar or an image of any panel."""
    renderer = figure.canvas.get_renderer()
    found = []
    for legend in legends(figure):
        box = legend.get_window_extent(renderer)
        names = [text.get_text() for text in legend.get_texts()]
        found += [f"{names}: {what}" for ax in figure.axes if ax.get_visible() for what in _under(ax, box)]
    return found


def _under(ax: Any, box: Bbox) -> Iterator[str]:
    inside = Bbox.intersection(box, ax.bbox)
    if inside is None:
        return
    for line in ax.lines:
        path = line.get_transform().transform_path(line.get_path())
        drawn = line.get_linestyle() not in ("None", "none", "", " ")
        if (drawn and path.intersects_bbox(inside, filled=False)) or any(inside.contains(*v) for v in path.vertices):
            yield str(line.get_label())
    for collection in ax.collections:  # error bars and bands
        to_screen = collection.get_transform()
        if any(to_screen.transform_path(p).intersects_bbox(inside, filled=False) for p in collection.get_paths()):
            yield str(collection)
    for patch in ax.patches:
        if patch.get_window_extent().overlaps(inside):
            yield str(patch)
    yield from map(str, ax.images)


def texts(figure: Any) -> list[tuple[str, Bbox]]:
    """All texts that are seen, with the boxes around them."""
    renderer = figure.canvas.get_renderer()
    seen = list(figure.texts)
    for ax in figure.axes:
        if ax.get_visible():
            ticks = [t for axis in (ax.xaxis, ax.yaxis) for t in _labels(axis)]
            legend = ax.get_legend()
            more = [] if legend is None else [legend.get_title(), *legend.get_texts()]
            titles = [ax.title, ax._left_title, ax._right_title]
            seen += [*ticks, ax.xaxis.label, ax.yaxis.label, *titles, *ax.texts, *more]
    return [(t.get_text(), t.get_window_extent(renderer)) for t in seen if t.get_visible() and t.get_text().strip()]


def _labels(axis: Any) -> Iterator[Any]:
    """The labels of ticks within the limits of an axis."""
    low, high = sorted(axis.get_view_interval())
    for minor in (False, True):
        for place, label in zip(axis.get_ticklocs(minor=minor), axis.get_ticklabels(minor=minor), strict=False):
            if low <= place <= high and label.get_visible():
                yield label


def cut_off(figure: Any) -> list[str]:
    whole = figure.bbox.padded(SLACK)
    return [text for text, box in texts(figure) if not (whole.contains(*box.p0) and whole.contains(*box.p1))]


def overlapping(figure: Any) -> list[tuple[str, str]]:
    pairs = itertools.combinations(texts(figure), 2)
    return [(a, b) for (a, one), (b, two) in pairs if one.padded(-SLACK).overlaps(two.padded(-SLACK))]


def shown_values(figure: Any) -> tuple[set[float], str]:
    """The places of data along horizontal axes, and all texts that name a series or a panel."""
    places = {float(x) for ax in figure.axes for line in _lines(ax) for x in line.get_xdata()}
    names = [text.get_text() for legend in legends(figure) for text in legend.get_texts()]
    names += [t.get_text() for ax in figure.axes for t in (ax.title, ax._left_title)]
    return places, "\n".join(names)


def _lines(ax: Any) -> list[Any]:
    bars = [each[0] for each in ax.containers if isinstance(each, ErrorbarContainer) and each[0] is not None]
    return [*ax.lines, *bars]


def is_shown(value: Any, figure: Any) -> bool:
    """Whether a value is a place along an axis (itself, or plus one, as in d + 1), or names a series."""
    places, names = shown_values(figure)
    forms = {f"{value:g}", f"{value:,}", power_label(value)}
    return any(math.isclose(place, x, rel_tol=1e-9) for place in places for x in (value, value + 1)) or any(
        f"={form}$" in names or f"={form}," in names or f"= {form}," in names or f", {form}\n" in f"{names}\n"
        for form in forms
    )

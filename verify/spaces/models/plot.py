"""A counterexample as a picture: vectors of the plane as arrows from the origin, gradients as arrows from their points.

In R^1 the vectors are points of a line, drawn one above the other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import cos, hypot, pi, sin
from pathlib import Path
from typing import TYPE_CHECKING

from verify.runtime.errors import BadInput
from verify.spaces.models.model import Vector
from verify.spaces.models.witness import Witness, vectors

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FORMATS = (".png", ".pdf", ".svg")
POINT, GRADIENT = "#1f4e79", "#b5482a"  # of vectors and of gradients; they differ in brightness too
MARGIN = 0.28  # of the extent, around the arrows, for the labels
PLAIN = {"facecolor": "white", "edgecolor": "none", "pad": 0.5, "alpha": 0.8}  # behind a label
LETTER = 0.0165  # of the width of the picture, for a letter of a label
LINE = 0.6  # inches for each vector in R^1
Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow from a foot to a tip, with the names of all vectors that it is."""

    foot: Place
    tip: Place
    label: str
    gradient: bool

    @property
    def short(self) -> bool:
        return self.foot == self.tip


def plot(witness: Witness, file: Path) -> None:
    """Draw the vectors of a counterexample into a file, whose name ends in .png, .pdf or .svg.

    Raises ``BadInput`` for other files, for a witness without vectors, and for one in R^3.
    """
    if file.suffix not in FORMATS:
        raise BadInput(f"a picture cannot be written to {file.name}", "a name that ends in .png, .pdf or .svg")
    found = arrows(witness)
    if not found or witness.model.dimension > 2:
        raise BadInput("there is nothing to draw", "pictures are of counterexamples with vectors in R^1 or R^2")
    import matplotlib
    from matplotlib.figure import Figure

    flat = witness.model.dimension == 1
    with matplotlib.rc_context({"svg.hashsalt": "verify", "font.size": 10}):
        figure = Figure(figsize=(6, 1.3 + LINE * len(found)) if flat else (6, 6), layout="constrained")
        axes = figure.add_subplot()
        (_line if flat else _plane)(axes, found)
        axes.set_title(title(witness), fontsize=10)
        figure.savefig(file, dpi=150, metadata={"Date": None} if file.suffix == ".svg" else None)


def title(witness: Witness) -> str:
    """Both sides of the goal."""
    if witness.kind == "undefined":
        return f"undefined: {witness.rhs}"
    return f"left side {witness.lhs}, right side {witness.rhs}"


def arrows(witness: Witness) -> list[Arrow]:
    """All vectors as arrows; equal ones share one."""
    names: dict[tuple[Place, Place, bool], list[str]] = {}
    zeros: list[tuple[Place, str]] = []
    for name, row in vectors(witness).items():
        places = witness.places.get(name)
        label = witness.problem.shown.get(name, name)
        for w, v in enumerate(row):
            shift = _place(v)
            foot = (0.0, 0.0) if places is None else _place(places[w])
            tip = (foot[0] + shift[0], foot[1] + shift[1])
            text = label if len(row) == 1 else f"{label} ({witness.model.chances.weights[w]})"
            if foot == tip and places is not None:  # a gradient that vanishes is said beside its point
                zeros.append((foot, text))
            else:
                names.setdefault((foot, tip, places is not None), []).append(text)
    found = [Arrow(foot, tip, " = ".join(ns), gradient) for (foot, tip, gradient), ns in names.items()]
    return [
        replace(a, label=", ".join([a.label, *(f"{t} = 0" for p, t in zeros if p == a.tip and not a.gradient)]))
        for a in found
    ]


def _place(v: Vector) -> Place:
    x, y = (*map(float, v), 0.0)[:2]
    return x, y


def _plane(axes: Axes, found: list[Arrow]) -> None:
    """The plane, with equal scales, a faint grid and the origin."""
    xs = [p[0] for a in found for p in (a.foot, a.tip)] + [0.0]
    ys = [p[1] for a in found for p in (a.foot, a.tip)] + [0.0]
    extent = max(max(xs) - min(xs), max(ys) - min(ys)) or 1.0
    middle = ((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2)
    reach = extent * (0.5 + MARGIN)
    axes.set_xlim(middle[0] - reach, middle[0] + reach)
    axes.set_ylim(middle[1] - reach, middle[1] + reach)
    axes.set_aspect("equal")
    axes.grid(alpha=0.25)
    axes.axhline(0, color="0.6", lw=0.8)
    axes.axvline(0, color="0.6", lw=0.8)
    axes.plot([0], [0], "o", color="0.3", ms=4)
    boxes: list[Place] = []
    for a in found:
        color = GRADIENT if a.gradient else POINT
        if a.short:
            axes.plot(*a.tip, "o", color=color, ms=6)
        else:
            _arrow(axes, a.foot, a.tip, color)
        x, y = _beside(a, found, boxes, 2 * reach)
        axes.annotate(a.label, (x, y), color=color, ha="center", va="center", bbox=PLAIN)


def _arrow(axes: Axes, foot: Place, tip: Place, color: str) -> None:
    style = {"arrowstyle": "-|>", "color": color, "lw": 1.8, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 15}
    axes.annotate("", tip, foot, arrowprops=style)


def _beside(a: Arrow, found: list[Arrow], boxes: list[Place], view: float) -> Place:
    """The middle of the label: of eight places around the tip, the one that is farthest from arrows and labels."""
    half = (LETTER * len(a.label) * view / 2, 0.012 * view)
    best, most = a.tip, -1.0
    for k in range(8):
        dx, dy = cos(k * pi / 4), sin(k * pi / 4)
        x, y = a.tip[0] + dx * (half[0] + 0.02 * view), a.tip[1] + dy * (half[1] + 0.02 * view)
        corners = [(x + i * half[0] / 2, y + j * half[1]) for i in (-2, -1, 0, 1, 2) for j in (-1, 1)]
        room = min(_distance(c, b.foot, b.tip) for c in corners for b in found)
        near = min((_distance(c, box, box) for c in corners for box in boxes), default=view)
        room = min(room, near, 0.06 * view)  # more is no better
        if room > most + 1e-9:
            best, most = (x, y), room
    boxes += [(best[0] + i * half[0] / 2, best[1]) for i in (-2, -1, 0, 1, 2)]
    return best


def _distance(p: Place, foot: Place, tip: Place) -> float:
    """From a point to a segment."""
    dx, dy = tip[0] - foot[0], tip[1] - foot[1]
    square = dx * dx + dy * dy
    t = 0.0 if square == 0 else max(0.0, min(1.0, ((p[0] - foot[0]) * dx + (p[1] - foot[1]) * dy) / square))
    return hypot(p[0] - foot[0] - t * dx, p[1] - foot[1] - t * dy)


def _line(axes: Axes, found: list[Arrow]) -> None:
    """Arrows along a line, one above the other, the first at the top."""
    for height, a in zip(range(len(found), 0, -1), found, strict=True):
        color = GRADIENT if a.gradient else POINT
        if a.short:
            axes.plot([a.tip[0]], [height], "o", color=color, ms=6)
        else:
            _arrow(axes, (a.foot[0], height), (a.tip[0], height), color)
        middle = (a.tip[0] + a.foot[0]) / 2
        axes.annotate(a.label, (middle, height + 0.16), color=color, ha="center", va="bottom")
    xs = [p[0] for a in found for p in (a.foot, a.tip)] + [0.0]
    extent = (max(xs) - min(xs)) or 1.0
    axes.set_xlim(min(xs) - 0.15 * extent, max(xs) + 0.15 * extent)
    axes.set_ylim(0.4, len(found) + 0.9)
    axes.set_yticks([])
    axes.axvline(0, color="0.6", lw=0.8)
    axes.grid(axis="x", alpha=0.25)

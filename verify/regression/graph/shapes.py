"""The outlines of claims and the lines between them, as paths of SVG in absolute numbers.

Every outline touches the middle of the left and right side of its box, where the edges end.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

CORNER, POINT, CUT = 5, 8, 6  # radius of a rounded corner, depth of a point at the side, size of a corner cut off
FRAME = 2.5  # between the two lines of a frame
HEAD = (6, 3)  # length and half width of an arrow's head


def n(x: float) -> str:
    """A number with at most one decimal, as short as it gets.

    >>> n(2.0), n(2.25)
    ('2', '2.2')
    """
    return f"{x:.1f}".rstrip("0").rstrip(".")


def outline(shape: str, x: float, y: float, width: float, height: float) -> str:
    """The outline of this name in the box with this upper left corner."""
    right, low, middle = x + width, y + height, y + height / 2
    match shape:
        case "rounded":
            return _round(x, y, right, low, CORNER, CORNER)
        case "ellipse":
            return _round(x, y, right, low, min(1.6 * height, width / 2), height / 2)
        case "hexagon":
            a, b = x + POINT, right - POINT
            return _polygon((a, y), (b, y), (right, middle), (b, low), (a, low), (x, middle))
        case "octagon":
            a, b, c, d = x + CUT, right - CUT, y + CUT, low - CUT
            return _polygon((a, y), (b, y), (right, c), (right, d), (b, low), (a, low), (x, d), (x, c))
        case "tag":
            b = right - POINT
            return _polygon((x, y), (b, y), (right, middle), (b, low), (x, low))
        case "framed":
            inner = (x + FRAME, y + FRAME, right - FRAME, low - FRAME)
            return _polygon(*_corners(x, y, right, low)) + _polygon(*_corners(*inner))
        case _:
            return _polygon(*_corners(x, y, right, low))


def arrow(points: Sequence[tuple[float, float]]) -> str:
    """A line through points from left to right, level where the heights are the same, with a head at its left end.

    It starts with the head, so that lines which share their beginning share their dashes too.
    """
    x, y = points[0]
    length, half = HEAD
    parts = [f"M{n(x + length)},{n(y - half)}L{n(x)},{n(y)}L{n(x + length)},{n(y + half)}M{n(x)},{n(y)}"]
    level = x
    for (x0, y0), (x1, y1) in pairwise(points):
        if y0 == y1:
            level = x1
            continue
        if level != x:
            parts.append(f"H{n(level)}")
        middle = (x0 + x1) / 2
        parts.append(f"C{n(middle)},{n(y0)} {n(middle)},{n(y1)} {n(x1)},{n(y1)}")
        x = level = x1
    return "".join([*parts, f"H{n(level)}" if level != x else ""])


def tick(x: float, y: float) -> str:
    """A check mark whose middle is here."""
    return f"M{n(x - 4)},{n(y)}L{n(x - 1)},{n(y + 3.5)}L{n(x + 4)},{n(y - 4)}"


def _corners(x: float, y: float, right: float, low: float) -> Sequence[tuple[float, float]]:
    return (x, y), (right, y), (right, low), (x, low)


def _polygon(*points: tuple[float, float]) -> str:
    return "M" + "L".join(f"{n(x)},{n(y)}" for x, y in points) + "Z"


def _round(x: float, y: float, right: float, low: float, a: float, b: float) -> str:
    """A box whose corners are quarters of an ellipse with these half axes."""
    start = f"M{n(x + a)},{n(y)}H{n(right - a)}"
    corners = ((right, y + b), (right, low - b), (right - a, low), (x + a, low), (x, low - b), (x, y + b), (x + a, y))
    arcs = [
        f"A{n(a)},{n(b)} 0 0 1 {n(cx)},{n(cy)}" if i % 2 == 0 else f"L{n(cx)},{n(cy)}"
        for i, (cx, cy) in enumerate(corners)
    ]
    return start + "".join(arcs) + "Z"

"""A picture of the graph read back from its SVG, and what is wrong with it, in exact numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"
_PART = re.compile(r"([MLHCAZ])([^MLHCAZ]*)")
DEPTH = 40  # halvings of a curve before it counts as touching

Point = tuple[Fraction, Fraction]
Curve = tuple[Point, ...]  # a straight line has two points, a cubic curve four


@dataclass(frozen=True)
class Box:
    left: Fraction
    top: Fraction
    right: Fraction
    low: Fraction

    def apart(self, other: Box) -> bool:
        """Whether the insides have no point in common."""
        beside = self.right <= other.left or other.right <= self.left
        return beside or self.low <= other.top or other.low <= self.top


def around(points: list[Point] | Curve) -> Box:
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def curves(path: str) -> Iterator[Curve]:
    """The parts of a path in absolute numbers; for an arc, the corner of its box and its end."""
    at = start = (Fraction(0), Fraction(0))
    for letter, text in _PART.findall(path):
        numbers = [Fraction(x) for x in re.findall(r"-?[\d.]+", text)]
        if letter == "H":
            to = (numbers[0], at[1])
            yield at, to
        elif letter == "Z":
            to = start
            yield at, to
        else:
            tail = numbers[-6:] if letter == "C" else numbers[-2:]
            points = list(zip(tail[::2], tail[1::2], strict=True))
            to = points[-1]
            if letter != "M":
                yield at, *points
        at = to
        start = to if letter == "M" else start


@dataclass(frozen=True)
class Drawn:
    """Boxes by claim, the curves of every edge by its ends, and the boxes of all that is a legend."""

    boxes: dict[str, Box]
    edges: dict[tuple[str, str], list[Curve]]
    legend: list[Box]
    size: Box


def read(svg: str) -> Drawn:
    root = ElementTree.fromstring(svg)
    boxes, edges, legend = {}, {}, list[Box]()
    for group in root.iter(f"{SVG}g"):
        if name := group.get("data-id"):
            (outline,) = (p for p in group.findall(f"{SVG}path") if p.get("class") == "box")
            boxes[name] = around([p for c in curves(outline.get("d", "")) for p in c])
        if group.get("class") == "legend":
            places = [t for t in group.findall(f"{SVG}text")]
            legend += [around([(Fraction(t.get("x", "")), Fraction(t.get("y", "")) - 11)] * 2) for t in places]
    for path in root.iter(f"{SVG}path"):
        if (a := path.get("data-from")) and (b := path.get("data-to")):
            edges[a, b] = list(curves(path.get("d", "")))
    x, y, width, height = map(Fraction, root.get("viewBox", "").split())
    return Drawn(boxes, edges, legend, Box(x, y, x + width, y + height))


def behind(drawn: Drawn) -> list[tuple[str, str, str]]:
    """Every edge that is behind a claim that is not at one of its ends, with this claim."""
    found = []
    for (a, b), parts in drawn.edges.items():
        for name, box in drawn.boxes.items():
            if name not in (a, b) and any(touches(curve, box) for curve in parts):
                found.append((a, b, name))
    return found


def touches(curve: Curve, box: Box, depth: int = DEPTH) -> bool:
    """Whether a curve has a point inside a box: halved until what is left is apart from it, or inside.

    A curve lies within the box around its points. Exact: what can't be told apart counts as touching.
    """
    hull = around(curve)
    if hull.right < box.left or box.right < hull.left or hull.low < box.top or box.low < hull.top:
        return False
    ends = (curve[0], curve[-1])
    if depth == 0 or any(box.left <= x <= box.right and box.top <= y <= box.low for x, y in ends):
        return True
    one, other = halves(curve)
    return touches(one, box, depth - 1) or touches(other, box, depth - 1)


def halves(curve: Curve) -> tuple[Curve, Curve]:
    """De Casteljau's construction in the middle."""
    first, last, points = [curve[0]], [curve[-1]], list(curve)
    while len(points) > 1:
        points = [((a + c) / 2, (b + d) / 2) for (a, b), (c, d) in pairwise(points)]
        first.append(points[0])
        last.append(points[-1])
    return tuple(first), tuple(reversed(last))

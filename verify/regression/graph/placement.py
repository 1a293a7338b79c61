"""Where everything in a picture of the graph stands: its connected parts, and below them what stands alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import networkx as nx

from verify.regression.graph.layers import HEIGHT, Edge, Layout, layout
from verify.regression.graph.network import Network, Node

LETTER = 6.6  # the width of a letter in the picture's fixed-width font of 11 units
PADDING, TICK = 11, 13  # beside the id, and for the mark of the kernel
LEAST = 900  # the width of a picture with few claims
APART, LINE = 26, 30  # between parts, and from the heading of a list to its first row
ALONE = "Neither rest on another claim nor have one resting on them"
FALSE = "False statements, which have to be refuted"


@dataclass(frozen=True)
class Box:
    """The left upper corner and the size of a claim's box."""

    x: float
    y: float
    width: float
    height: float = HEIGHT


@dataclass
class Placement:
    """A picture without looks: boxes by claim, edges from what is rested on to the claim, headings of lists."""

    width: float = LEAST
    height: float = 0.0
    boxes: dict[str, Box] = field(default_factory=dict)
    routes: dict[Edge, tuple[tuple[float, float], ...]] = field(default_factory=dict)
    headings: list[tuple[str, float, float]] = field(default_factory=list)


def place(found: Network) -> Placement:
    """The same for the same graph. ``BadInput`` where there are edges, and no igraph to order them."""
    widths = {node.id: _width(node) for node in found.nodes}
    edges = [(e.claim, e.on, e.kind) for e in found.edges if not e.follows]
    parts = [layout({name: widths[name] for name in part}, own) for part, own in _connected(found, edges)]
    out = Placement(width=max([LEAST, *(part.size[0] for part in parts)]))
    _put(out, parts, widths)
    joined = {name for a, b, _ in edges for name in (a, b)}
    alone = [node for node in found.nodes if node.id not in joined]
    for heading, nodes in ((ALONE, [x for x in alone if x.expected]), (FALSE, [x for x in alone if not x.expected])):
        if nodes:
            _list(out, heading, nodes, widths)
    return out


def _width(node: Node) -> float:
    return round(len(node.id) * LETTER + 2 * PADDING + (TICK if node.known.kernel else 0), 1)


def _connected(found: Network, edges: Sequence[Edge]) -> Iterable[tuple[list[str], list[Edge]]]:
    """The connected parts that have edges, the largest first."""
    graph = nx.Graph((a, b) for a, b, _ in edges)
    number = {node.id: i for i, node in enumerate(found.nodes)}
    parts = [sorted(part, key=number.__getitem__) for part in nx.connected_components(graph)]
    for part in sorted(parts, key=lambda part: (-len(part), number[part[0]])):
        inside = set(part)
        yield part, [edge for edge in edges if edge[0] in inside]


def _put(out: Placement, parts: Iterable[Layout], widths: Mapping[str, float]) -> None:
    """Parts beside each other where there is room, else below."""
    x = row = 0.0
    for part in parts:
        if x and x + part.size[0] > out.width:
            x, out.height, row = 0.0, out.height + row + APART, 0.0
        for name, (left, middle) in part.boxes.items():
            out.boxes[name] = Box(round(x + left, 1), round(out.height + middle - HEIGHT / 2, 1), widths[name])
        for edge, points in part.routes.items():
            out.routes[edge] = tuple((round(x + a, 1), round(out.height + b, 1)) for a, b in points)
        x, row = x + part.size[0] + 2 * APART, max(row, part.size[1])
    out.height += row


def _list(out: Placement, heading: str, nodes: Sequence[Node], widths: Mapping[str, float]) -> None:
    """Claims in the columns of a table, row by row, under a heading."""
    y = out.height + (LINE if out.height else LINE / 2)
    out.headings.append((heading, 0.0, y))
    step = max(widths[node.id] for node in nodes) + APART / 2
    across = max(1, int((out.width + APART / 2) // step))
    for i, node in enumerate(nodes):
        row, column = divmod(i, across)
        out.boxes[node.id] = Box(round(column * step, 1), round(y + 12 + row * (HEIGHT + 8), 1), widths[node.id])
    out.height = max(box.y + box.height for box in out.boxes.values())

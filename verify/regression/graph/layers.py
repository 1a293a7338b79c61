"""Where claims and edges stand: in columns, each claim to the right of everything that it rests on.

The method is Sugiyama's (Sugiyama, Tagawa and Toda 1981), with the columns and heights of Gansner and others (1993): a
linear program puts claims in columns so that edges are short; an edge over several columns passes those between in a
lane of its own, which all edges of one kind to one claim share; igraph orders each column so that few edges cross; a
second linear program finds heights so that edges are straight. An edge bends between columns only, and within a column
it is in its lane, so that no edge is behind a claim.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

from verify.runtime.distribution import with_extra
from verify.runtime.errors import BadInput, ensured

Edge = tuple[str, str, str]  # a claim, what it rests on, and the kind
Lane = tuple[str, str, int]  # the claim that the lane leads to, the kind, and the column that is passed
Vertex = str | Lane

HEIGHT = 20  # of a box
BETWEEN = {(True, True): 8, (True, False): 6, (False, True): 6, (False, False): 7}  # by whether each is a claim
SWEEPS = 1000  # igraph stops before, where nothing gets better
STRAIGHT = {(True, True): 8.0, (True, False): 2.0, (False, False): 1.0}  # how much a bend costs, by lanes at its ends
NARROWEST, WIDEST, SLOPE = 44, 150, 0.16  # of the gaps between columns: wider where edges are steep


@dataclass(frozen=True)
class Layout:
    """Left side and middle of every box, by claim, and the turns of every edge, from what is rested on to the claim.

    Between its turns an edge runs level where the heights are the same, and bends elsewhere.
    """

    size: tuple[float, float]
    boxes: Mapping[str, tuple[float, float]]
    routes: Mapping[Edge, tuple[tuple[float, float], ...]]


def layout(widths: Mapping[str, float], edges: Sequence[Edge]) -> Layout:
    """A connected part of the graph; the same for the same input. ``BadInput`` where igraph is missing."""
    column = _columns(list(widths), edges)
    chains = {edge: _chain(edge, column) for edge in edges}
    links = list(dict.fromkeys(pair for chain in chains.values() for pair in pairwise(chain)))
    of: dict[Vertex, int] = {name: x for name, x in column.items()}
    of |= {v: v[2] for chain in chains.values() for v in chain if isinstance(v, tuple)}
    order = _order(of, links)
    heights = _heights(order, links)
    wide = [max((widths[v] for v in row if isinstance(v, str)), default=0.0) for row in order]
    steep = [0.0] * len(order)
    for low, high in links:
        steep[of[low]] = max(steep[of[low]], abs(heights[low] - heights[high]))
    left = [0.0]
    for x, width in enumerate(wide[:-1]):
        left.append(round(left[-1] + width + min(WIDEST, max(NARROWEST, SLOPE * steep[x]))))
    boxes = {v: (round(left[x] + (wide[x] - widths[v]) / 2, 1), heights[v]) for v, x in column.items()}

    def turns(chain: Sequence[Vertex]) -> tuple[tuple[float, float], ...]:
        points: list[tuple[float, float]] = []
        for v in chain:
            x = of[v]
            points += [(left[x], heights[v]), (left[x] + wide[x], heights[v])]
        first, last = ensured(chain[0], str), ensured(chain[-1], str)
        points[0] = (boxes[first][0] + widths[first], heights[first])
        points[-1] = (boxes[last][0], heights[last])
        return tuple(points)

    size = (left[-1] + wide[-1], max(heights[v] for v in column) + HEIGHT / 2)
    return Layout(size, boxes, {edge: turns(chain) for edge, chain in chains.items()})


def _columns(names: Sequence[str], edges: Sequence[Edge]) -> dict[str, int]:
    """The column of every claim, so that edges lead from right to left and are short in sum."""
    number = {name: i for i, name in enumerate(names)}
    pairs = sorted({(number[a], number[b]) for a, b, _ in edges})
    rows = np.repeat(np.arange(len(pairs)), 2)
    signs = np.tile([-1.0, 1.0], len(pairs))
    matrix = coo_array((signs, (rows, np.array(pairs).ravel())), shape=(len(pairs), len(names)))
    cost = -np.asarray(matrix.sum(axis=0)).ravel()
    found = linprog(cost, A_ub=matrix, b_ub=-np.ones(len(pairs)), method="highs-ds")
    lowest = min(found.x)
    return {name: round(found.x[i] - lowest) for name, i in number.items()}


def _chain(edge: Edge, column: Mapping[str, int]) -> tuple[Vertex, ...]:
    """What an edge passes, from left to right: the claim rested on, lanes in the columns between, and the claim."""
    a, b, kind = edge
    return (b, *((b, kind, x) for x in range(column[b] + 1, column[a])), a)


def _order(of: Mapping[Vertex, int], links: Sequence[tuple[Vertex, Vertex]]) -> list[list[Vertex]]:
    """The claims and lanes of every column from top to bottom, so that few links cross."""
    try:
        import igraph
    except ImportError:
        raise BadInput("drawing the graph needs the library igraph", with_extra("graph")) from None
    vertices = list(of)
    number = {v: i for i, v in enumerate(vertices)}
    graph = igraph.Graph(len(vertices), [(number[a], number[b]) for a, b in links], directed=True)
    places = graph.layout_sugiyama(layers=[of[v] for v in vertices], maxiter=SWEEPS)
    rows: dict[int, list[Vertex]] = defaultdict(list)
    for v in sorted(vertices, key=lambda v: (places[number[v]][0], number[v])):
        rows[of[v]].append(v)
    return [rows[x] for x in range(max(rows) + 1)]


def _heights(order: Sequence[Sequence[Vertex]], links: Sequence[tuple[Vertex, Vertex]]) -> dict[Vertex, float]:
    """The middle of every claim and lane, from 0 down, in the order of their column, with room between."""
    vertices = [v for row in order for v in row]
    number = {v: i for i, v in enumerate(vertices)}
    n, m = len(vertices), len(links)
    entries: list[tuple[int, int, float]] = []
    limits: list[float] = []

    def at_most(limit: float, *terms: tuple[int, float]) -> None:
        entries.extend((len(limits), i, factor) for i, factor in terms)
        limits.append(limit)

    for row in order:
        for above, below in pairwise(row):
            at_most(-_room(above, below), (number[above], 1.0), (number[below], -1.0))
    cost = np.zeros(n + m)
    for i, (a, b) in enumerate(links):
        lanes = sorted((isinstance(a, tuple), isinstance(b, tuple)), reverse=True)
        cost[n + i] = STRAIGHT[lanes[0], lanes[1]]
        for sign in (1.0, -1.0):
            at_most(0.0, (number[a], sign), (number[b], -sign), (n + i, -1.0))
    rows, columns, values = zip(*entries, strict=True)
    matrix = coo_array((values, (rows, columns)), shape=(len(limits), n + m))
    found = linprog(cost, A_ub=matrix, b_ub=limits, method="highs-ds")
    top = min(found.x[number[v]] - (HEIGHT / 2 if isinstance(v, str) else 0) for v in vertices)
    return {v: float(round(found.x[i] - top)) for v, i in number.items()}


def _room(above: Vertex, below: Vertex) -> float:
    """From the middle of one to the middle of the next; one more than is drawn, as heights are rounded."""
    one, other = isinstance(above, str), isinstance(below, str)
    return BETWEEN[one, other] + (HEIGHT / 2) * (one + other) + 1.0

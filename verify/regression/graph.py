"""What rests on what: the graph of claims, its picture, and what falls if a claim is false."""

from __future__ import annotations

import io
from collections.abc import Mapping

import networkx as nx

from verify.claims.claim import Claim
from verify.runtime.errors import present

COLOURS = {
    "proved": "#8fd19e",
    "enclosed": "#b5e3c0",
    "supported": "#9fd8e8",
    "inconclusive": "#ffe08a",
    "unavailable": "#d9c7e8",
    "refuted": "#f5a3a3",
}
UNKNOWN = "#dddddd"
EDGES = {"prove": ("-", "#555555", "needed to prove"), "state": ("--", "#5b8dc9", "needed to state")}


def graph_of(table: Mapping[str, Claim]) -> nx.DiGraph:
    """An edge from each claim to every claim it rests on; ``kind`` tells whether to state it or to prove it.

    A claim is stated with those that define what it mentions, where the table has them.
    """
    graph = nx.DiGraph()
    for claim in table.values():
        graph.add_node(claim.id, title=claim.title)
        needed = [name for name in claim.needed_to_state if name in table or name in claim.states_with]
        for kind, names in (("state", needed), ("prove", claim.rests_on)):
            for name in names:
                if graph.has_edge(claim.id, name):
                    graph.edges[claim.id, name]["kind"] = "state and prove"
                else:
                    graph.add_edge(claim.id, name, kind=kind)
    return graph


def impact(graph: nx.DiGraph, claim: str) -> list[str]:
    """Every claim that rests on this one, transitively, in the order of the graph."""
    falls = nx.ancestors(graph, claim)
    return [name for name in graph if name in falls]


def dot(graph: nx.DiGraph, verdicts: Mapping[str, str]) -> str:
    """The graph in Graphviz's language; solid edges are needed to prove, dashed ones to state."""
    lines = ["digraph claims {", "  rankdir=BT;", '  node [shape=box, style=filled, fontname="sans-serif"];']
    for name, data in graph.nodes(data=True):
        colour = COLOURS.get(verdicts.get(name, ""), UNKNOWN)
        title = data["title"].replace('"', r"\"")
        lines.append(f'  "{name}" [fillcolor="{colour}", tooltip="{title}"];')
    for a, b, data in graph.edges(data=True):
        style = "dashed" if data["kind"] == "state" else "solid"
        lines.append(f'  "{a}" -> "{b}" [style={style}];')
    return "\n".join([*lines, "}"]) + "\n"


def svg(graph: nx.DiGraph, verdicts: Mapping[str, str]) -> str:
    """The graph drawn in layers, each claim to the right of everything it rests on; the same bytes every time.

    An edge that follows from others is left out: a claim rests on whatever it leads to.
    """
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams["svg.hashsalt"] = "verify"
    from matplotlib import pyplot

    shown = nx.transitive_reduction(graph)
    place = _places(shown)
    right, low = max(x for x, _ in place.values()), min(y for _, y in place.values())
    figure, axes = pyplot.subplots(figsize=(2.4 * right + 2.4, 0.34 * -low + 1.4), dpi=72)
    axes.set_xlim(-0.5, right + 0.5)
    axes.set_ylim(low - 1, 1)
    axes.axis("off")
    boxes = {}
    for name, (x, y) in place.items():
        colour = COLOURS.get(verdicts.get(name, ""), UNKNOWN)
        box = {"boxstyle": "round", "fc": colour, "ec": "#555555", "lw": 0.7}
        boxes[name] = axes.text(x, y, name, ha="center", va="center", fontsize=7, bbox=box, zorder=3)
    figure.canvas.draw()  # the boxes have their sizes only now, and the arrows end at their sides
    to_data = axes.transData.inverted().transform_bbox
    sides = {name: to_data(present(box.get_bbox_patch()).get_window_extent()) for name, box in boxes.items()}
    for a, b in shown.edges:
        style, colour, _ = EDGES["state" if graph.edges[a, b]["kind"] == "state" else "prove"]
        arrow = {"arrowstyle": "->", "linestyle": style, "color": colour, "lw": 0.8, "shrinkA": 0, "shrinkB": 0}
        axes.annotate("", (sides[b].x1, place[b][1]), (sides[a].x0, place[a][1]), arrowprops=arrow, zorder=2)
    for verdict, colour in (*COLOURS.items(), ("not checked", UNKNOWN)):
        axes.plot([], [], "s", color=colour, label=verdict)
    for style, colour, label in EDGES.values():
        axes.plot([], [], style, color=colour, label=label)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, 0), ncols=len(COLOURS) + 3, fontsize=8, frameon=False)
    out = io.StringIO()
    figure.savefig(out, format="svg", bbox_inches="tight", metadata={"Date": None})
    pyplot.close(figure)
    return out.getvalue()


def _places(graph: nx.DiGraph) -> dict[str, tuple[float, float]]:
    """Column and height of every claim: its column is the longest chain below it, its height near what it rests on."""
    column: dict[str, int] = {}
    for name in reversed(list(nx.topological_sort(graph))):
        column[name] = 1 + max((column[b] for b in graph.successors(name)), default=-1)
    layers = [[name for name in graph if column[name] == x] for x in range(max(column.values()) + 1)]
    tallest = max(map(len, layers))
    place: dict[str, tuple[float, float]] = {}

    def put(layer: list[str], x: int) -> None:
        for i, name in enumerate(layer):
            place[name] = (float(x), -(i + 0.5) * tallest / len(layer))

    def towards(name: str, others: list[str]) -> float:
        heights = [place[b][1] for b in others if b in place]
        return sum(heights) / len(heights) if heights else place[name][1]

    for x, layer in enumerate(layers):
        put(layer, x)
    for _ in range(8):  # each claim moves towards its neighbours, from the left and from the right in turn
        for neighbours, order in ((graph.successors, 1), (graph.predecessors, -1)):
            for x, layer in list(enumerate(layers))[::order]:
                layer.sort(key=lambda name: (-towards(name, list(neighbours(name))), name))
                put(layer, x)
    return place

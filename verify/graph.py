"""What rests on what: the graph of claims, its picture, and what falls if a claim is false."""

from __future__ import annotations

import io
from collections.abc import Mapping

import networkx as nx

from theory.claim import Claim

COLOURS = {
    "proved": "#8fd19e",
    "enclosed": "#b5e3c0",
    "supported": "#9fd8e8",
    "inconclusive": "#ffe08a",
    "unavailable": "#e0e0e0",
    "refuted": "#f5a3a3",
}
UNKNOWN = "#ffffff"


def graph_of(table: Mapping[str, Claim]) -> nx.DiGraph:
    """An edge from each claim to every claim it rests on; ``kind`` tells whether to state it or to prove it."""
    graph = nx.DiGraph()
    for claim in table.values():
        graph.add_node(claim.id, title=claim.title)
        for kind, names in (("state", claim.states_with), ("prove", claim.rests_on)):
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
    """The graph drawn in layers, each claim to the right of everything it rests on; the same bytes every time."""
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams["svg.hashsalt"] = "verify"
    from matplotlib import pyplot

    depth: dict[str, int] = {}
    for name in reversed(list(nx.topological_sort(graph))):
        depth[name] = 1 + max((depth[b] for b in graph.successors(name)), default=-1)
    columns: dict[int, list[str]] = {}
    for name in graph:
        columns.setdefault(depth[name], []).append(name)
    height = max(len(names) for names in columns.values())
    place = {
        name: (3.0 * x, -(i + 0.5) * height / len(names))
        for x, names in columns.items()
        for i, name in enumerate(names)
    }
    figure, axes = pyplot.subplots(figsize=(3.2 * len(columns), 0.34 * height + 1))
    for a, b, data in graph.edges(data=True):
        style = "--" if data["kind"] == "state" else "-"
        arrow = {"arrowstyle": "->", "linestyle": style, "color": "#888888", "shrinkA": 22, "shrinkB": 22, "lw": 0.7}
        axes.annotate("", place[b], place[a], arrowprops=arrow)
    for name, (x, y) in place.items():
        colour = COLOURS.get(verdicts.get(name, ""), UNKNOWN)
        axes.text(
            x, y, name, ha="center", va="center", fontsize=7, bbox={"boxstyle": "round", "fc": colour, "ec": "#555"}
        )
    for verdict, colour in COLOURS.items():
        axes.plot([], [], "s", color=colour, label=verdict)
    axes.plot([], [], "-", color="#888888", label="needed to prove")
    axes.plot([], [], "--", color="#888888", label="needed to state")
    axes.legend(loc="lower right", fontsize=7, frameon=False)
    axes.set_xlim(-1.5, 3.0 * (len(columns) - 1) + 1.5)
    axes.set_ylim(-height - 0.5, 0.5)
    axes.axis("off")
    out = io.StringIO()
    figure.savefig(out, format="svg", bbox_inches="tight", metadata={"Date": None})
    pyplot.close(figure)
    return out.getvalue()

"""The graph of claims in Graphviz's language."""

from __future__ import annotations

from verify.regression.graph.appearance import KINDS, look
from verify.regression.graph.dependencies import STATE
from verify.regression.graph.network import Network

# Graphviz has no shape for each of ours; what it has is as different.
_SHAPES = {
    "rounded": ("box", ",rounded"),
    "framed": ("box", ""),
    "hexagon": ("hexagon", ""),
    "ellipse": ("ellipse", ""),
    "tag": ("cds", ""),
    "octagon": ("octagon", ""),
    "box": ("box", ",dashed"),
}


def dot(found: Network) -> str:
    """Every edge: solid ones are needed to prove, or for both, dashed ones to state."""
    lines = ["digraph claims {", "  rankdir=BT;", '  node [fontname="sans-serif"];']
    for node in found.nodes:
        appearance = look(node.known.verdict)
        shape, style = _SHAPES[appearance.shape]
        box = f'shape={shape}, style="filled{style}", fillcolor="{appearance.light}"'
        lines.append(f"  {_quoted(node.id)} [{box}, tooltip={_quoted(node.title)}];")
    for edge in found.edges:
        style = "dashed" if edge.kind == STATE else "solid"
        lines.append(
            f'  {_quoted(edge.claim)} -> {_quoted(edge.on)} [style={style}, color="{KINDS[edge.kind].light}"];'
        )
    return "\n".join([*lines, "}"]) + "\n"


def _quoted(text: str) -> str:
    """A string of Graphviz's, in which only the quotation mark has to be escaped; a backslash would start an escape."""
    return '"' + text.replace("\\", "\\\\").replace('"', r"\"") + '"'

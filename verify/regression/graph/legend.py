"""What a picture of the graph has to say: each shape, mark and line that is in it, with a sample."""

from __future__ import annotations

from collections.abc import Iterator

from verify.regression.graph.appearance import KINDS, VERDICTS, look, verdict_class
from verify.regression.graph.layers import HEIGHT
from verify.regression.graph.network import Network
from verify.regression.graph.shapes import arrow, outline, tick

SAMPLE = 34  # the width of a sample; it is as high as a claim


def legend(found: Network) -> Iterator[tuple[str, str]]:
    """What is said, and a sample as SVG with its upper left corner at 0,0; what is about all arrows has none."""
    verdicts = {node.known.verdict for node in found.nodes}
    for verdict in (*VERDICTS, *sorted(verdicts - set(VERDICTS))):
        if verdict in verdicts:
            yield verdict, _outline(f"claim {verdict_class(verdict)}", look(verdict).shape)
    if any(node.main for node in found.nodes):
        yield "main result", _outline("claim main", "rounded")
    for kernel in sorted({node.known.kernel for node in found.nodes} - {""}):
        yield f"re-proved by {kernel}", f'<path class="kernel" d="{tick(SAMPLE / 2, HEIGHT / 2)}"/>'
    drawn = {edge.kind for edge in found.edges}
    for kind, line in KINDS.items():
        if kind in drawn:
            path = arrow([(0, HEIGHT / 2), (SAMPLE, HEIGHT / 2)])
            yield line.says, f'<path class="edge {line.name}" d="{path}"/>'
    if drawn:
        yield "an arrow leads to what a claim rests on", ""


def _outline(names: str, shape: str) -> str:
    return f'<g class="{names}"><path class="box" d="{outline(shape, 1, 1, SAMPLE - 2, HEIGHT - 2)}"/></g>'

"""The picture of the graph as SVG: written as text, the same bytes for the same graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

from verify.regression.graph.appearance import KINDS, OUTLINE, TEXT, VERDICTS, look, verdict_class
from verify.regression.graph.layers import HEIGHT
from verify.regression.graph.legend import SAMPLE, legend
from verify.regression.graph.network import Network, Node
from verify.regression.graph.placement import FALSE, LETTER, PADDING, TICK, Box, Placement, place
from verify.regression.graph.shapes import arrow, n, outline, tick

MARGIN = 16
ROW = 26  # the height of a row of the legend
SANS = 6.2  # more than the mean width of a letter of the legend, whatever the font
FONTS = "text{font:11px ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace}"
SIGNS = "text.says{font:11px system-ui,'DejaVu Sans',Helvetica,Arial,sans-serif}"


def svg(found: Network, link: Callable[[Node], str] = lambda node: "") -> str:
    """A file of its own, with a legend below the graph. ``link`` gives the address behind a claim, or nothing."""
    placed = place(found)
    key, low = _legend(found, placed)
    width, height = n(placed.width + 2 * MARGIN), n(low + 2 * MARGIN)
    corner = f'x="{-MARGIN}" y="{-MARGIN}"'
    box = f'viewBox="{-MARGIN} {-MARGIN} {width} {height}" width="{width}" height="{height}"'
    about = f"What rests on what in {found.theory}" if found.theory else "What rests on what"
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {box}>',
        f"<title>{escape(about)}</title>",
        f"<style>{''.join(_style())}</style>",
        f'<rect {corner} width="100%" height="100%" fill="#ffffff"/>',
        *drawing(found, placed, link),
        '<g class="legend">',
        *key,
        "</g>",
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def drawing(found: Network, placed: Placement, link: Callable[[Node], str] = lambda node: "") -> Iterator[str]:
    """The edges, and the claims before them, in groups; looks are left to a style sheet."""
    yield '<g class="edges">'
    for (a, b, kind), points in placed.routes.items():
        ends = f'data-from="{escape(a)}" data-to="{escape(b)}"'
        yield f'<path class="edge {KINDS[kind].name}" {ends} d="{arrow(points)}"/>'
    yield "</g>"
    yield '<g class="headings">'
    for text, x, y in placed.headings:
        names = "says false" if text == FALSE else "says"
        yield f'<text class="{names}" x="{n(x)}" y="{n(y)}">{escape(text)}</text>'
    yield "</g>"
    yield '<g class="claims">'
    for node in found.nodes:
        address = link(node)
        group = _claim(node, placed.boxes[node.id])
        yield f'<a href="{escape(address)}">{group}</a>' if address else group
    yield "</g>"


def _claim(node: Node, box: Box) -> str:
    known = node.known
    names = f"claim {verdict_class(known.verdict)}{' main' if node.main else ''}{'' if node.expected else ' false'}"
    middle = box.y + box.height / 2
    said = known.verdict + (f", re-proved by {known.kernel}" if known.kernel else "")
    parts = [
        f'<g class="{names}" data-id="{escape(node.id)}">',
        f"<title>{escape(f'{node.id}: {node.title} ({said})')}</title>",
        f'<path class="box" d="{outline(look(known.verdict).shape, box.x, box.y, box.width, box.height)}"/>',
        _text(node.id, box.x + PADDING, middle),
    ]
    if known.kernel:
        parts.append(f'<path class="kernel" d="{tick(box.x + box.width - PADDING - TICK / 2 + 3, middle)}"/>')
    return "".join([*parts, "</g>"])


def _text(text: str, x: float, middle: float) -> str:
    """Text that is as wide as planned in any font."""
    place = f'x="{n(x)}" y="{n(middle + 3.8)}" textLength="{n(len(text) * LETTER)}" lengthAdjust="spacingAndGlyphs"'
    return f"<text {place}>{escape(text)}</text>"


def _legend(found: Network, placed: Placement) -> tuple[list[str], float]:
    """The legend in rows below the picture, and where the last of them ends."""
    lines = []
    x, y = 0.0, placed.height + 2 * ROW
    for says, sample in legend(found):
        begin = SAMPLE + 8 if sample else 0
        wide = begin + SANS * len(says) + 20
        if x and x + wide > placed.width:
            x, y = 0.0, y + ROW
        drawn = f'<g transform="translate({n(x)},{n(y - HEIGHT / 2)})">{sample}</g>' if sample else ""
        lines.append(f'{drawn}<text class="says" x="{n(x + begin)}" y="{n(y + 3.8)}">{escape(says)}</text>')
        x += wide
    return lines, y + ROW / 2


def _style() -> Iterator[str]:
    """The looks of a file of its own: plain rules, which programs that draw SVG have in common."""
    yield FONTS + SIGNS + f"text{{fill:{TEXT[0]}}}.false text{{font-style:italic}}"
    yield f".box{{fill:#ffffff;stroke:{OUTLINE[0]};stroke-width:1}}"
    yield ".main .box{stroke-width:2.4}"
    yield ".edge{fill:none;stroke-width:1}"
    yield f".kernel{{fill:none;stroke:{TEXT[0]};stroke-width:1.6}}"
    for verdict, appearance in VERDICTS.items():
        yield f".{verdict_class(verdict)} .box{{fill:{appearance.light}}}"
    for kind in KINDS.values():
        dashes = f";stroke-dasharray:{kind.dashes}" if kind.dashes else ""
        yield f".{kind.name}{{stroke:{kind.light}{dashes}}}"

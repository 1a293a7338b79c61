"""The picture of the graph: nothing is behind anything, everything can be told apart, the same bytes every time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from xml.etree import ElementTree

import pytest
import sympy as sp

from tests.verify.regression.drawn import SVG, Box, behind, curves, read, touches
from verify import Claim, Domain, Inequality, Theory, free
from verify.claims import theories
from verify.claims.citing import table_of
from verify.language.verdict import Verdict
from verify.regression.graph.appearance import KINDS, UNCHECKED, VERDICTS
from verify.regression.graph.network import Known, Network, network
from verify.regression.graph.shapes import outline
from verify.regression.graph.svg import svg
from verify.runtime.errors import BadInput

pytest.importorskip("igraph", reason="needs the extra graph")

THEORIES = ["tests.ridge:THEORY", "descent", "maml-erm"]
X = sp.Symbol("x", real=True)


def claim(name: str, title: str = "t", **more: object) -> Claim:
    return Claim(name, title, Inequality(X**2, ">=", 0), Domain((free(X),)), **more)  # type: ignore[arg-type]


def graph(*claims: Claim, known: dict[str, Known] | None = None) -> Network:
    return network({c.id: c for c in claims}, known or {})


def all_of(name: str) -> Network:
    theory = theories.named(name)
    table = table_of(theory)
    known = [Known(verdict, kernel="Coq 8.16.1") for verdict in VERDICTS]  # all outlines, with and without the mark
    known += [Known(verdict) for verdict in VERDICTS]
    return network(table, {one: known[i % len(known)] for i, one in enumerate(table)}, theory=theory.name)


@pytest.mark.parametrize("name", THEORIES)
def test_no_edge_is_behind_a_claim(name: str) -> None:
    found = all_of(name)
    drawn = read(svg(found))
    assert set(drawn.boxes) == {node.id for node in found.nodes}
    assert set(drawn.edges) == {(edge.claim, edge.on) for edge in found.edges if not edge.follows}
    assert behind(drawn) == []
    boxes = list(drawn.boxes.values())
    assert all(one.apart(other) for i, one in enumerate(boxes) for other in boxes[:i])
    for (a, b), parts in drawn.edges.items():
        left, right = drawn.boxes[b], drawn.boxes[a]
        ends = {p for curve in parts for p in (curve[0], curve[-1])}
        assert left.right < right.left, "what is rested on is to the left"
        assert {(left.right, (left.top + left.low) / 2), (right.left, (right.top + right.low) / 2)} <= ends, (a, b)


def test_an_edge_behind_a_claim_is_noticed() -> None:
    """A claim is put where an edge between others passes, by the numbers of its outline."""
    chain = [claim("a"), claim("b", rests_on=("a",)), claim("c", rests_on=("b",), states_with=("a",))]
    text = svg(graph(*chain))
    drawn = read(text)
    assert behind(drawn) == [], "the control"
    lane = next(c for c in drawn.edges["c", "a"] if c[0][1] == c[1][1] and c[1][0] - c[0][0] > 30)
    x, y = (lane[0][0] + lane[1][0]) / 2, lane[0][1]
    at = drawn.boxes["b"]
    moved = re.sub(
        r'(data-id="b">.*?<path class="box" d=")[^"]*',
        lambda m: m[1] + outline("box", float(x) - 5, float(y) - 10, float(at.right - at.left), 20),
        text,
    )
    assert behind(read(moved)) == [("c", "a", "b")]


def test_a_curve_that_touches_is_noticed() -> None:
    (curve,) = curves("M0,0C50,0 50,100 100,100")
    box = Box(*map(Fraction, (40, 45, 60, 55)))
    assert touches(curve, box)
    assert not touches(curve, Box(*map(Fraction, (60, 0, 100, 60)))), "inside the box of the curve, beside the curve"


@pytest.mark.parametrize("name", THEORIES[:2])
def test_the_legend_covers_nothing_and_everything_is_inside(name: str) -> None:
    drawn = read(svg(all_of(name)))
    lowest = max(box.low for box in drawn.boxes.values())
    assert drawn.legend and all(box.top > lowest for box in drawn.legend)
    for box in drawn.boxes.values():
        assert drawn.size.left <= box.left and box.right <= drawn.size.right and drawn.size.top <= box.top
    assert all(box.left < drawn.size.right and box.low < drawn.size.low for box in drawn.legend)


# A graph with parts and long edges, for a process of its own: sets are in another order there.
RANDOM = """
import random
from verify.regression.graph.network import UNKNOWN, Edge, Network, Node
from verify.regression.graph.svg import svg
draw = random.Random(1)
nodes = [Node(f"n{i}", "t", True, False, "n", "", UNKNOWN, (), ()) for i in range(40)]
pairs = sorted({tuple(sorted(draw.sample(range(30), 2))) for _ in range(30)})
print(svg(Network("", tuple(nodes), tuple(Edge(f"n{b}", f"n{a}", "prove", False) for a, b in pairs))), end="")
"""


def test_the_same_bytes_every_time() -> None:
    made = [
        subprocess.run(
            [sys.executable, "-c", RANDOM], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout.decode()
        for seed in ("1", "2")
    ]
    assert made[0] == made[1]
    drawn = read(made[0])
    assert len(drawn.boxes) == 40 and len(drawn.edges) > 20 and behind(drawn) == []


def test_verdicts_differ_in_shape_and_in_colour() -> None:
    assert set(VERDICTS) == {v.key for v in Verdict} | {UNCHECKED}
    shapes = {outline(look.shape, 0, 0, 60, 20) for look in VERDICTS.values()}
    assert len(shapes) == len({look.light for look in VERDICTS.values()}) == len(VERDICTS)
    assert len({look.dark for look in VERDICTS.values()}) == len(VERDICTS)
    assert len({line.dashes for line in KINDS.values()}) == len({line.light for line in KINDS.values()}) == len(KINDS)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [x / 12.92 if x <= 0.03928 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_text_can_be_read_on_every_colour() -> None:
    from verify.regression.graph.appearance import TEXT

    for look in VERDICTS.values():
        for text, colour in zip(TEXT, (look.light, look.dark), strict=True):
            high, low = sorted((luminance(text), luminance(colour)), reverse=True)
            assert (high + 0.05) / (low + 0.05) > 7, look


def test_what_is_said_about_a_claim() -> None:
    """Titles as tooltips, ids as text, the mark of the kernel, and whatever XML would take for its own."""
    title = 'x < 1 & "y" > 0'
    known = {"a": Known("proved", kernel="Coq 8.16.1"), "false.b": Known("refuted")}
    text = svg(graph(claim("a", title), claim("false.b", expected=False), known=known))
    root = ElementTree.fromstring(text)
    groups = {g.get("data-id"): g for g in root.iter(f"{SVG}g") if g.get("data-id")}
    assert groups["a"].findtext(f"{SVG}title") == f"a: {title} (proved, re-proved by Coq 8.16.1)"
    assert groups["false.b"].findtext(f"{SVG}text") == "false.b"
    marks = {name: [p.get("class") for p in g.findall(f"{SVG}path")] for name, g in groups.items()}
    assert marks == {"a": ["box", "kernel"], "false.b": ["box"]}
    assert "false" in groups["false.b"].get("class", "").split() and "re-proved by Coq 8.16.1" in text
    assert "needed to" not in text, "the legend has what is in the picture"


def test_links_lead_to_pages() -> None:
    one = network({"a": claim("a")}, {}, page=lambda name: f"claims/{name}.html")
    assert '<a href="site/claims/a.html"><g class="claim' in svg(one, lambda node: f"site/{node.page}")
    assert "<a " not in svg(one)


def test_without_the_library_it_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "igraph", None)
    with pytest.raises(BadInput, match=re.escape("pip install 'maml-erm-theory[graph]'")):
        svg(graph(claim("a"), claim("b", rests_on=("a",))))


def test_a_theory_of_no_claims_and_one_of_many_parts() -> None:
    empty = Theory(name="empty")
    assert read(svg(network(table_of(empty), {}))).boxes == {}
    pairs = [c for i in range(30) for c in (claim(f"a{i}"), claim(f"b{i}", rests_on=(f"a{i}",)))]
    drawn = read(svg(graph(*pairs)))
    assert len(drawn.boxes) == 60 and behind(drawn) == []
    boxes = list(drawn.boxes.values())
    assert all(one.apart(other) for i, one in enumerate(boxes) for other in boxes[:i])
    assert replace(drawn, boxes={}).size.low < 1500, "parts stand beside each other"

"""The graph of claims as data: what rests on what, what can be left out of a picture, what falls, and the command."""

from __future__ import annotations

import json
import re
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner, Result

from theory.maml_erm import THEORY
from verify.claims import theories
from verify.cli import cli
from verify.regression.graph.dependencies import BOTH, PROVE, STATE, following, graph_of, impact
from verify.regression.graph.network import Known, family, network
from verify.runtime.errors import BadInput

ROOT = Path(__file__).resolve().parents[3]
RIDGE = "tests.ridge:THEORY"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with theories.using(theories.current()):
        yield


def run(*args: str, code: int = 0) -> Result:
    done = CliRunner().invoke(cli, ["--theory", RIDGE, *args])
    assert done.exit_code == code, (done.output, done.exception)
    return done


def data(*args: str) -> dict:
    return json.loads(run("graph", *args, "--json").stdout)


def test_nothing_rests_on_itself_and_much_on_the_base() -> None:
    found = graph_of(THEORY.stated)
    assert nx.is_directed_acyclic_graph(found)
    assert set(impact(found, "P.s_H")) >= {"P.sigma", "X2", "N2"}


def edges(*given: tuple[str, str, str]) -> nx.DiGraph:
    graph = nx.DiGraph()
    for a, b, kind in given:
        graph.add_edge(a, b, kind=kind)
    return graph


@pytest.mark.parametrize(
    ("kinds", "follows"),
    [
        ((PROVE, PROVE, PROVE), True),
        ((STATE, STATE, STATE), True),
        ((PROVE, BOTH, PROVE), True),
        ((PROVE, STATE, PROVE), False),  # to prove c nothing says that a is needed but this edge
        ((BOTH, BOTH, BOTH), True),
        ((PROVE, PROVE, BOTH), False),  # it says that a is needed to state c, too
    ],
)
def test_an_edge_follows_from_others_of_its_kind(kinds: tuple[str, str, str], follows: bool) -> None:
    graph = edges(("c", "b", kinds[0]), ("b", "a", kinds[1]), ("c", "a", kinds[2]))
    assert following(graph) == ({("c", "a")} if follows else set())


def test_what_is_left_out_of_the_picture_can_be_reached_in_it() -> None:
    graph = graph_of(THEORY.stated)
    left = following(graph)
    for kind in (PROVE, STATE):
        every = nx.DiGraph((a, b) for a, b, d in graph.edges(data=True) if d["kind"] in (kind, BOTH))
        drawn = nx.DiGraph((a, b) for a, b in every.edges if (a, b) not in left)
        assert len(drawn.edges) < len(every.edges)
        for name in every:
            assert nx.descendants(every, name) == (nx.descendants(drawn, name) if name in drawn else set())


def test_json_has_what_the_page_of_the_guide_says() -> None:
    run("check", "--workers", "1", "R.best.positive", "false.free")
    found = data()
    assert {k: v for k, v in found.items() if k not in ("claims", "edges")} == {"schema": 1, "theory": "ridge"}
    claims = {claim["id"]: claim for claim in found["claims"]}
    assert claims["R.noise"]["verdict"] == "proved" and "proof" in claims["R.noise"]["evidence"]
    assert claims["R.split"]["verdict"] == "not checked yet" and claims["R.split"]["evidence"] == []
    assert claims["false.free"]["expected"] == "false" and "left side" in claims["false.free"]["witness"]
    assert claims["R.split"]["main"] and not claims["R.noise"]["main"]
    assert claims["R.noise"]["page"] == "claims/R.noise.html" and claims["R.noise"]["family"] == "R"
    assert {"from": "R.best.positive", "to": "R.noise", "kind": "prove", "follows": False} in found["edges"]
    assert {"from": "R.split", "to": "R.risk", "kind": "state", "follows": False} in found["edges"]
    page = (ROOT / "docs/guide/graph.md").read_text(encoding="utf-8")
    said = set(re.findall(r"^\| `([^`]+)` \|", page, re.M))
    assert said == set(claims["R.noise"]) | set(found["edges"][0]), "every field is explained, and no other"


def test_what_falls_is_what_impact_lists() -> None:
    for claim in data()["claims"]:
        said = run("impact", claim["id"]).output
        assert re.findall(r"^  (\S+): ", said, re.M) == [*claim["falls"], *(c["id"] for c in claim["falls elsewhere"])]


def test_a_part_of_the_graph_knows_what_falls_outside_of_it() -> None:
    found = data("R.noise")
    assert [claim["id"] for claim in found["claims"]] == ["R.noise"] and found["edges"] == []
    assert found["claims"][0]["falls"] == ["R.best.positive"]


def test_false_statements_are_drawn_where_they_are_asked_for() -> None:
    assert "false.free" not in run("graph").output
    assert "false.free" in run("graph", "--false").output
    assert "false.free" in run("graph", "false.free").output


def test_claims_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(
        "import sympy as sp\nfrom verify import Claim, Domain, Inequality, positive\nx = sp.Symbol('x', real=True)\n"
        "def claims():\n"
        "    yield Claim('my.one', 't', Inequality(x, '>', 0), Domain((positive(x),)))\n"
        "    yield Claim('my.two', 't', Inequality(x + 1, '>', 1), Domain((positive(x),)), rests_on=('my.one',))\n"
    )
    found = data("mine.py")
    assert found["theory"] == "" and [claim["falls"] for claim in found["claims"]] == [["my.two"], []]


def test_links_are_for_pictures(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["--theory", RIDGE, "graph", "--links", "site"])
    assert isinstance(done.exception, BadInput) and "--format svg" in done.exception.hint
    pytest.importorskip("igraph", reason="needs the extra graph")
    run("graph", "--format", "svg", "--links", "site/", "--out", "g.svg")
    assert 'href="site/claims/R.noise.html"' in (tmp_path / "g.svg").read_text()


def test_a_claim_that_is_cited_has_no_page_here() -> None:
    theirs = THEORY.stated["M1"].under("base:{}".format)
    found = network({"base:M1": theirs, "M2": THEORY.stated["M2"]}, {}, page=lambda name: f"{name}.html")
    assert [node.page for node in found.nodes] == ["", "M2.html"]
    assert [family(node) for node in ("T2.at", "M2", "descent:GD.step")] == ["T2", "M2", "descent"]
    assert found.nodes[0].known == Known() and Known().verdict == "not checked yet"

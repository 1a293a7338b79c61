"""Reports for other programs, and the graph of claims."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import networkx as nx
import pytest

from theory.claims import claims
from verify import graph
from verify.evidence import ClaimResult, Evidence, exit_code
from verify.places import places
from verify.report import formats
from verify.runner import catalogue
from verify.verdict import Verdict


def result(name: str, verdict: Verdict, expected: bool = True, **details: object) -> ClaimResult:
    evidence = Evidence("proof", verdict, "because", 0.1, details)
    return ClaimResult(name, f"title of {name}", expected, (evidence,), {})


GOOD = result("A", Verdict.PROVED)
OPEN = result("B", Verdict.INCONCLUSIVE)
BAD = result("C", Verdict.REFUTED, witness={"x": "1/2"}, lhs="1", rhs="2")
FALSE = result("false.D", Verdict.REFUTED, expected=False)
MISSED = result("false.E", Verdict.PROVED, expected=False)


def test_exit_codes():
    assert exit_code([GOOD, FALSE]) == 0
    assert exit_code([GOOD, OPEN]) == 3
    assert exit_code([GOOD, OPEN], allow_inconclusive=True) == 0
    assert exit_code([OPEN, BAD]) == 1
    assert exit_code([MISSED]) == 1


def test_a_proof_and_a_counterexample_at_once_is_a_defect():
    both = ClaimResult("A", "t", True, (GOOD.evidence[0], BAD.evidence[0]), {})
    assert both.contradiction
    assert both.as_expected is False
    assert exit_code([both]) == 1


def test_a_proof_is_not_enough_where_the_definition_disagrees():
    measured = Evidence("cubature", Verdict.INCONCLUSIVE, "disagrees at d = 7", details={"disagreement": "d = 7"})
    both = ClaimResult("A", "t", True, (GOOD.evidence[0], measured), {})
    assert both.verdict is Verdict.INCONCLUSIVE
    assert both.as_expected is False
    assert exit_code([both], allow_inconclusive=True) == 1


def test_a_verdict_is_capped_by_what_it_rests_on():
    for below, expected in ((Verdict.SUPPORTED, "supported"), (Verdict.INCONCLUSIVE, "inconclusive")):
        assert ClaimResult("A", "t", True, GOOD.evidence, {"B": below}).verdict.key == expected
    assert ClaimResult("A", "t", True, GOOD.evidence, {"B": Verdict.REFUTED}).verdict is Verdict.INCONCLUSIVE


def test_verdicts_have_no_truth_value():
    with pytest.raises(TypeError, match="no truth value"):
        bool(Verdict.PROVED)


def test_junit_counts_failures_and_errors():
    suite = ElementTree.fromstring(formats.junit([GOOD, OPEN, BAD, FALSE]))
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("4", "1", "1")
    assert "x = 1/2" in (suite.find(".//failure").text or "")


def test_sarif_points_at_the_claim():
    data = formats.sarif([GOOD, OPEN, BAD], {"C": ("theory/claims/x.py", 7)}, "1.0")
    run = data["runs"][0]
    assert [r["level"] for r in run["results"]] == ["warning", "error"]
    place = run["results"][1]["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == ("theory/claims/x.py", 7)
    assert {r["ruleId"] for r in run["results"]} <= {r["id"] for r in run["tool"]["driver"]["rules"]}
    json.dumps(data)


def test_github_annotations_and_summary(tmp_path, monkeypatch):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    lines = formats.to_github([GOOD, BAD], {"C": ("x.py", 7)}, 1.0)
    assert lines == ["::error file=x.py,line=7,title=C::C is refuted: because"]
    assert "| C | refuted |" in (tmp_path / "summary.md").read_text()


def test_badge_says_how_many_are_proved():
    assert "1/2 proved" in formats.badge([GOOD, OPEN, FALSE])
    ElementTree.fromstring(formats.badge([BAD]))


def test_every_claim_has_a_place():
    found = places(catalogue())
    assert set(found) == set(catalogue())
    assert found["T1"][0].endswith("thresholds.py")


def test_the_graph_has_no_circles():
    found = graph.graph_of(claims())
    assert nx.is_directed_acyclic_graph(found)
    assert set(graph.impact(found, "P.s_H")) >= {"P.sigma", "X2", "N2"}


def test_the_graph_is_drawn_the_same_way_every_time():
    small = graph.graph_of({k: v for k, v in claims().items() if k in ("P.s_H", "P.s_E", "P.sigma")})
    verdicts = {"P.s_H": "proved", "P.sigma": "refuted"}
    assert graph.svg(small, verdicts) == graph.svg(small, verdicts)
    text = graph.dot(small, verdicts)
    assert '"P.sigma" -> "P.s_H" [style=solid];' in text
    assert graph.COLOURS["refuted"] in text

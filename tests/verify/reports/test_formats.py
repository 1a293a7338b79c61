"""Reports for other programs."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from theory.maml_erm import THEORY
from verify.evidence.results import ClaimResult, Evidence, exit_code
from verify.evidence.run import catalogue
from verify.language.verdict import Verdict
from verify.papers import report
from verify.papers.check import check
from verify.papers.scanner import read
from verify.regression.differences import Difference
from verify.reports import findings, formats
from verify.reports.findings import Place
from verify.reports.locations import places


def result(name: str, verdict: Verdict, expected: bool = True, **details: object) -> ClaimResult:
    evidence = Evidence("proof", verdict, "because", 0.1, details)
    return ClaimResult(name, f"title of {name}", expected, (evidence,), {})


GOOD = result("A", Verdict.PROVED)
OPEN = result("B", Verdict.INCONCLUSIVE)
BAD = result("C", Verdict.REFUTED, witness={"x": "1/2"}, lhs="1", rhs="2")
FALSE = result("false.D", Verdict.REFUTED, expected=False)
LOST = Difference("lost evidence", "T9", "the lock promises proof", rests=("D", "E"))
PAPER = r"""% a title
% verify: derive
\begin{align}
  (a + b)^2 &= a^2 + b^2 \\
   &> 2ab \\
  1 &= 1
\end{align}
% verify: derive
\[ \oint x = 1 \]
"""
MISSED = result("false.E", Verdict.PROVED, expected=False)
MISSING = result("false.F", Verdict.INCONCLUSIVE, expected=False)
MEASURED = result("G", Verdict.INCONCLUSIVE, disagreement="at d = 1")


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


@pytest.fixture(scope="module")
def valid():
    """Whether a log is valid against the SARIF 2.1.0 schema; a wrong one must be refused."""
    schema = Path(__file__).resolve().parents[2] / "schemas" / "sarif-2.1.0.json"
    validator = jsonschema.Draft4Validator(json.loads(schema.read_text(encoding="utf-8")))
    assert not validator.is_valid({"version": "2.1.0", "runs": [{"tool": {"driver": {}}, "results": []}]})
    return validator.validate


def test_sarif_points_at_the_claim(valid):
    found = formats.findings([GOOD, OPEN, BAD], {"C": Place("theory/claims/x y.py", 7)}, [LOST])
    data = formats.sarif([GOOD, OPEN, BAD], found, "1.0")
    valid(data)
    run = data["runs"][0]
    assert [r["level"] for r in run["results"]] == ["warning", "error", "error"]
    place = run["results"][1]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "theory/claims/x%20y.py", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 7}
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"])
    assert run["results"][2]["ruleId"] == "lock/lost-evidence"
    assert "2 claims rest on it: D, E" in run["results"][2]["message"]["text"]
    # A new date or a moved line is no new finding.
    moved = formats.findings([GOOD, OPEN, BAD], {"C": Place("theory/claims/x y.py", 8)}, [LOST])
    assert [f.fingerprint for f in moved] == [f.fingerprint for f in found]
    assert len({f.fingerprint for f in found}) == 3


def test_sarif_of_a_paper_points_at_the_step(valid, tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    (tmp_path / "deep").mkdir()
    monkeypatch.chdir(tmp_path / "deep")
    Path("p.tex").write_text(PAPER, encoding="utf-8")
    steps = check(read(Path("p.tex")))
    found = report.findings("p.tex", steps)
    data = findings.sarif(found, report.RULES, "1.0", "paper/p.tex")
    valid(data)
    places = [r["locations"][0]["physicalLocation"] for r in data["runs"][0]["results"]]
    assert {p["artifactLocation"]["uri"] for p in places} == {"deep/p.tex"}
    assert [
        (f.rule, p["region"]["startLine"], p["region"]["startColumn"]) for f, p in zip(found, places, strict=True)
    ] == [
        ("paper/refuted", 4, 14),
        ("paper/refuted", 5, 5),
        ("paper/not-understood", 9, 4),
    ]
    assert "left side 4, right side 2" in found[0].text
    suite = ElementTree.fromstring(report.junit([("p.tex", steps)]))[0]
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("4", "2", "1")
    assert "| 4 | refuted |" in report.markdown("p.tex", steps)


def test_a_paper_without_anything_to_check_is_a_finding(tmp_path):
    paper = tmp_path / "p.tex"
    paper.write_text("\\[ 1 = 1 \\]", encoding="utf-8")
    (finding,) = report.findings(str(paper), check(read(paper)))
    assert finding.rule == "paper/nothing-checked"


def test_a_statement_without_two_values_has_no_sides(tmp_path):
    paper = tmp_path / "p.tex"
    paper.write_text("% verify: assume x \\in \\mathbb R\n% verify: derive\n\\[ 1/x > 0 \\]\n", encoding="utf-8")
    assert "    1/x > 0 is undefined: division by zero" in report.lines("p.tex", check(read(paper)))
    assert findings.compared("0", "1") == "left side 0, right side 1"


def test_a_file_outside_the_repository_keeps_no_path_of_the_machine(tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    place = findings.place_of(tmp_path / "theory" / "claims" / "x.py", 3)
    assert (place.file, place.base) == ("theory/claims/x.py", findings.ELSEWHERE)
    assert findings.place_of("x.py", 3) == Place("x.py", 3)


def test_github_annotations_and_summary(tmp_path, monkeypatch):
    found = formats.findings([GOOD, BAD], {"C": Place("a,b.py", 7)})
    assert findings.github_annotations(found) == [
        "::error file=a%2Cb.py,line=7,title=C::C (title of C) fails:%0A  at x = 1/2%0A  left side 1, right side 2"
        "%0A  again: verify check C"
    ]
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    findings.add_to_summary(formats.markdown([GOOD, BAD], 1.0, [LOST]))
    text = (tmp_path / "summary.md").read_text()
    assert "| C | refuted | `because` |" in text
    assert "| T9 | lost evidence | `the lock promises proof; 2 claims rest on it: D, E` |" in text


def test_badge_says_how_many_are_proved():
    assert "1/2 proved" in formats.badge([GOOD, OPEN, FALSE])
    ElementTree.fromstring(formats.badge([BAD]))


@pytest.mark.parametrize(
    "results, text, colour",
    [
        ([GOOD, FALSE], "1/1 proved", formats.GREEN),
        ([FALSE], "1/1 false refuted", formats.GREEN),
        ([GOOD, OPEN], "1/2 proved", formats.AMBER),
        ([GOOD, MISSING], "1/1 proved, 0/1 false refuted", formats.AMBER),
        ([], "0/0 proved", formats.AMBER),
        ([GOOD, BAD], "1/2 proved, 1 refuted", formats.RED),
        ([GOOD, MISSED], "1/1 proved, 0/1 false refuted, 1 wrongly proved", formats.RED),
        ([GOOD, MEASURED], "1/2 proved, 1 contradicted", formats.RED),
    ],
)
def test_the_badge_says_why_it_has_its_colour(results, text, colour):
    assert formats.badge_text(results) == (text, colour)
    assert text in formats.badge(results) and colour in formats.badge(results)


def test_every_claim_has_a_place():
    found = places(catalogue(), theory=THEORY)
    assert set(found) == set(catalogue())
    lines = {name: Path(place.file).read_text().splitlines()[place.line - 1].strip() for name, place in found.items()}
    assert lines["T1"].startswith('"T1", title')
    assert lines["false.Q_with_d"].startswith('yield Claim("Q_with_d"') or '"Q_with_d"' in lines["false.Q_with_d"]
    assert lines["S0.maml.isotropic"] == 'f"S0.{method.name}.isotropic",'


def test_the_place_of_a_users_claim(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text("def claims():\n    yield Claim(\n        id='T1',\n        title='x')\n    yield make('other')\n")
    # Where the file of a claim is known, there is always a line to point to.
    found = places(["T1", "other"], origin={"T1": file, "other": file})
    assert [found[name].line for name in ("T1", "other")] == [3, 1]
    assert {place.file for place in found.values()} == {findings.place_of(file, 1).file}


def test_every_result_in_sarif_has_a_place(valid):
    found = formats.findings([OPEN, BAD], {}, [LOST])
    data = formats.sarif([OPEN, BAD], found, "1.0")
    valid(data)
    assert all(r["locations"][0]["physicalLocation"]["region"] for r in data["runs"][0]["results"])

"""The report on a paper: what stands in it line by line, its summary, its exit code, and its forms for programs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from tests.verify.papers.said import DERIVE, steps
from verify.cli import cli
from verify.papers import report

GIVEN = "% verify: assume a > 0, b > 0, c > 0"
PAPER = rf"""{GIVEN}
% verify: assume
\begin{{equation}} 0 < \mu \le 1 \label{{eq:mu}} \end{{equation}}
\begin{{equation}} c \ge 2\mu \label{{eq:c}} \end{{equation}}
{DERIVE}
\begin{{align}} (a+b)^2 &= a^2 + ab + b^2 \\ &> ab + y^2 - y^2 \end{{align}}
% verify: using \eqref{{eq:c}}
{DERIVE}
\[ ac > a\mu \]
{DERIVE}
\[ q := 1 - \mu, \qquad \nabla f = 0, \qquad g(a) = 1 \]
% verify: skip
\[ 1 = 2 \]
"""
SUGGESTION = {
    "type": "object",
    "required": ["latex", "edit", "fix"],
    "properties": {
        "fix": {
            "type": ["object", "null"],
            "required": ["start", "stop", "text"],
            "properties": {"start": {"type": "integer"}, "stop": {"type": "integer"}, "text": {"type": "string"}},
        }
    },
}
STEP = {
    "type": "object",
    "required": ["line", "column", "status", "bound", "latex", "why", "hint", "witness", "lhs", "rhs", "suggestion"],
    "properties": {
        "line": {"type": "integer", "minimum": 1},
        "column": {"type": "integer", "minimum": 1},
        "status": {"enum": list(report.ORDER)},
        "witness": {"type": "object", "additionalProperties": {"type": "string"}},
        "elsewhere": {"type": "object", "additionalProperties": {"type": "string"}},
        "suggestion": {"anyOf": [{"type": "null"}, SUGGESTION]},
    },
}
SCHEMA = {
    "type": "object",
    "required": ["schema", "file", "steps", "summary", "displays", "read_as_numbers"],
    "properties": {"schema": {"const": 1}, "steps": {"type": "array", "items": STEP}},
}


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "paper.tex"
    path.write_text(PAPER, encoding="utf-8")
    return path


def run(*arguments: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, ["paper", "--no-cache", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


def test_every_step_has_its_line_and_the_summary_its_share(paper: Path) -> None:
    code, out, _ = run(paper)
    said = [line.removeprefix(f"{paper}:") for line in out.splitlines()]
    assert code == 1
    for wanted in (
        r"3: assumed: 0<\mu\le1",
        "4: assumed: line 9 uses it, and no comment asks to derive it",
        "6: refuted: (a+b)^2=a^2+ab+b^2",
        r"11: definition: q:=1-\mu (there is nothing to prove)",
        "13: unchecked: '% verify: skip'",
        " read as real numbers, though nothing declares them: y",
        " 2 proved, 1 refuted, 2 not understood, 1 definition, 2 assumed, 1 unchecked; "
        "2 of 6 displays checked (33%), 3 not checked, 1 not understood",
    ):
        assert wanted in said, (wanted, out)
    assert said.index(r"3: assumed: 0<\mu\le1") < said.index("13: unchecked: '% verify: skip'")


def test_the_share_is_given_only_where_something_is_left_out() -> None:
    found = steps(GIVEN, DERIVE, r"\[ a + b = b + a \]")
    assert report.summary("p", found) == "p: 1 proved"
    found = steps(GIVEN, DERIVE, r"\[ a + b = b + a \]", r"\[ x = 1 \]")
    assert report.summary("p", found) == "p: 1 proved, 1 unchecked; 1 of 2 displays checked (50%), 1 not checked"


def test_a_display_behind_a_wrong_comment_is_one_that_is_not_understood() -> None:
    found = steps("% verify: derve", r"\[ 1 = 2 \]", DERIVE, r"\[ x = x \]")
    assert report.displays(found) == {"checked": 1, "not checked": 0, "not understood": 1}


def test_a_witness_has_the_names_of_its_step_and_data_has_the_others() -> None:
    (step,) = steps("% verify: assume 0 < u < v, t > 3", DERIVE, r"\[ u \ge 2v \]")
    assert {name for name, _ in step.witness} == {"u", "v"}
    assert {name for name, _ in step.elsewhere} == {"t"}
    (line,) = (text for text in report.lines("p", [step]) if text.startswith("    at "))
    assert "t = " not in line
    (step,) = steps("% verify: let k = 2u", "% verify: assume u > 0, v > 0", DERIVE, r"\[ k < u \]")
    assert {name for name, _ in step.witness} == {"u"}


def test_hypotheses_that_are_displayed_are_assumed_from_there_on() -> None:
    hypothesis = ("% verify: assume", r"\[ u > 2 \]")
    before, assumed, after = steps(DERIVE, r"\[ u^2 > 4 \]", *hypothesis, DERIVE, r"\[ u^2 > 4 \]")
    assert (before.status, assumed.status, after.status) == ("refuted", "assumed", "proved")
    assert report.exit_code([assumed, after]) == 0
    vectors = ("% verify: vectors x, y", "% verify: assume", r"\[ \|x\| \le 1, \quad \langle x, y\rangle = 0 \]")
    found = steps(*vectors, DERIVE, r"\[ \|x + y\|^2 \le 1 + \|y\|^2 \]")
    assert [s.status for s in found] == ["assumed", "assumed", "proved"]


def test_after_a_hypothesis_that_is_not_understood_nothing_is_refuted() -> None:
    found = steps("% verify: assume", r"\[ u \sim 2 \]", DERIVE, r"\[ u > 0 \]")
    assert [s.status for s in found] == ["not understood", "inconclusive"]
    found = steps("% verify: assume", "text", r"\[ u > 2 \]")
    assert found[0].status == "not understood" and found[1].status == "unchecked"
    # The control.
    assert [s.status for s in steps("% verify: assume", r"\[ u < 2 \]", DERIVE, r"\[ u > 0 \]")] == [
        "assumed",
        "refuted",
    ]


def test_what_only_may_be_a_hypothesis_is_no_success() -> None:
    (guess, proved) = steps(r"\[ \alpha\rho \le 1 \]", r"\[ (\alpha+1)^2 = \alpha^2+2\alpha+1 \]", everything=True)
    assert (guess.status, proved.status) == ("assumed", "proved")
    assert report.exit_code([guess, proved]) == 3 and report.exit_code([proved]) == 0
    # In a chain it is no hypothesis.
    chain = steps(r"\[ \alpha\rho \le 1 \le 2 \]", everything=True)
    assert [s.status for s in chain] == ["inconclusive", "proved"]


def test_a_hint_is_given_once() -> None:
    found = steps(DERIVE, r"\[ K = K + K \]", DERIVE, r"\[ K = 2K \]")
    assert [s.hint for s in found] == [found[0].hint] * 2 and found[0].hint
    assert "\n".join(report.lines("p", found)).count("hint: ") == 1


def test_compilers_lines_and_annotations_have_file_line_and_column(paper: Path) -> None:
    code, out, err = run("--format", "gcc", paper)
    pattern = re.compile(r"^(.+?):(\d+):(\d+): (error|warning|note): (.+)$")
    found = [pattern.match(line) for line in out.splitlines()]
    assert code == 1 and all(found) and "2 proved, 1 refuted" in err
    places = [(int(m[2]), m[4]) for m in found if m]
    assert places == [(6, "error"), (6, "note"), (11, "warning"), (11, "warning")]
    assert [m[1] for m in found if m] == [str(paper)] * 4
    code, out, _ = run("--format", "github", paper)
    assert code == 1 and [line.split(" ")[0] for line in out.splitlines()] == ["::error", "::warning", "::warning"]
    assert all(re.match(r"::\w+ col=\d+,", line) or "file=" not in line for line in out.splitlines())


def test_json_has_its_form_and_the_edit_of_the_file(paper: Path) -> None:
    code, out, _ = run("--json", paper)
    data = json.loads(out)
    assert code == 1 and out == run("--format", "json", paper)[1]
    jsonschema.validate(data, SCHEMA)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data | {"schema": 2}, SCHEMA)
    assert data["displays"] == {"checked": 2, "not checked": 3, "not understood": 1}
    (fix,) = (s["suggestion"]["fix"] for s in data["steps"] if s["suggestion"])
    text = PAPER[: fix["start"]] + fix["text"] + PAPER[fix["stop"] :]
    assert "a^2 + 2ab + b^2" in text

"""Steps are independent: what is not read, not asked or goes wrong costs one of them, and each has its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.verify.papers.said import DERIVE, said, said_of, steps
from verify.cli import cli
from verify.papers import check as check_module
from verify.papers.check import check
from verify.papers.report import exit_code
from verify.papers.scanner import scan
from verify.runtime.defects import STRICT

CHAINS = {
    "first": (r"\[ \sum_i c_i = a + b = b + a \le a \]", "NPR"),
    "middle": (r"\[ a + b = \int f = b + a = a + b \]", "NNP"),
    "last": (r"\[ a + b = b + a \le \mathbb{E}[x] \]", "PN"),
    "nothing across": (r"\[ a + b \le \nabla f \le a \]", "NN"),
    "relation": (r"\[ a + b = b + a \lesssim a = b - b + a \]", "PNP"),
    "two": (r"\[ \sum x = \prod y = a = a \]", "NNP"),
}
UNASKED = {
    "definition": (r"\[ \gamma_k = \frac{c}{k^{\alpha}} \]", "D"),
    "update": (r"\[ x_{k+1} = x_k - \gamma g_k \]", "D"),
    "update with a colon": (r"\[ x_{k+1} := x_k - \gamma g_k \]", "D"),
    "definition from the right": (r"\[ a + b =: c \]", "D"),
    "definition and step": (r"\[ \Delta \coloneqq (1+\beta)^2 - 4\beta = (1-\beta)^2 \]", "DP"),
    "definition and slip": (r"\[ \Delta \triangleq (1+\beta)^2 - 4\beta = (1+\beta)^2 \]", "DR"),
    "bound": (r"\[ \alpha\rho \le 1 \]", "A"),
    "constraint": (r"\[ p + q = 1 \]", "A"),
    "values": (r"\[ a_0 = 0,\qquad a_1 = 1 \]", "DD"),
    "identity": (r"\[ (a+b)^2 = a^2 + 2ab + b^2 \]", "P"),
    "wrong identity": (r"\[ (a+b)^2 = a^2 + b^2 \]", "R"),
    "wrong numbers": (r"\[ 1 = 2 \]", "R"),
    "a root": (r"\[ \sqrt{4x^2} = 2x \]", "I"),  # right for positive x
    "a wrong root": (r"\[ \sqrt{4x^2} = 4x \]", "R"),
    "undefined": (r"\[ \frac{k-1}{k+1} = 1 - \frac{2}{k+1} \]", "I"),  # at k = -1 only
    "defined": (r"\[ \frac{k-1}{k+1} = 1 - \frac{1}{k+1} \]", "R"),
}


test_a_member_that_is_not_read_spoils_the_links_beside_it_only = said_of(
    CHAINS, "% verify: assume a > 0, b > 0", DERIVE
)


@pytest.mark.parametrize("name", UNASKED)
def test_a_display_that_nobody_asked_to_check_may_be_a_definition_or_a_hypothesis(name: str) -> None:
    line, wanted = UNASKED[name]
    assert said(line, everything=True) == wanted


def test_what_is_declared_is_checked_also_where_nobody_asked() -> None:
    assert said("% verify: assume 0 < x < 1", r"\[ x^2 < x \]", r"\[ x^2 > x \]", everything=True) == "PR"


def test_names_of_the_theory_lend_nothing_to_other_papers() -> None:
    given = "% verify: assume K > 0, d > 0, m > 0, n > 0"
    assert said(given, DERIVE, r"\[ K \ge 1 \]", DERIVE, r"\[ d + 1/d \ge 2 \]", DERIVE, r"\[ m^2 \ge m \]") == "RPR"
    assert said(r"% verify: assume n \in \mathbb N, n > 0", DERIVE, r"\[ n \ge 1 \]") == "P"


def test_in_a_paper_about_the_theory_its_counts_are_refuted_by_whole_numbers_only() -> None:
    bound = ("% verify: expression kappa", r"\[ \kappa = \frac{(1-p)\rho_E}{p\rho_H} \]")
    assert said(*bound, "% verify: assume m > 0", DERIVE, r"\[ m \ge 1 \]") == "PI"
    assert said(*bound, "% verify: assume m > 0", DERIVE, r"\[ m \ge 2 \]") == "PR"
    assert said(*bound, "% verify: assume m > 0", DERIVE, r"\[ m + 1 \ge 1 \]") == "PP"


def test_an_irrational_counterexample_is_reported_with_its_point() -> None:
    found = steps(DERIVE, r"\[ x^2 \ne 2 \]", "% verify: assume y > 0", DERIVE, r"\[ \exp(y) \ne 3 \]")
    assert [s.status for s in found] == ["refuted", "refuted"]
    assert found[0].witness[0][1] in ("sqrt(2)", "-sqrt(2)")
    assert found[0].rhs == "2"


def test_an_internal_error_costs_one_step(monkeypatch: pytest.MonkeyPatch) -> None:
    decide, calls = check_module.decide, []

    def broken(*args: object) -> object:
        calls.append(args)
        if len(calls) == 1:
            raise TypeError("no such thing")
        return decide(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(check_module, "decide", broken)
    monkeypatch.delenv(STRICT)  # as in production
    found = check(scan(DERIVE + "\n\\begin{align} x &= x \\\\ &= x + 0 \\end{align}"))
    assert [s.status for s in found] == ["inconclusive", "proved"]
    assert "internal error: TypeError" in found[0].why
    assert exit_code(found) == 3


def test_one_bad_comment_or_file_keeps_no_other_from_being_checked(tmp_path: Path) -> None:
    (tmp_path / "bad.tex").write_text(f"% verify: derve\n\\[ x = 1 \\]\n{DERIVE}\n\\[ x = x \\]\n", encoding="utf-8")
    (tmp_path / "good.tex").write_text(f"{DERIVE}\n\\[ x^2 \\ge 0 \\]\n", encoding="utf-8")
    (tmp_path / "false.tex").write_text(f"{DERIVE}\n\\[ x^2 < 0 \\]\n", encoding="utf-8")
    files = {name: str(tmp_path / name) for name in ("bad.tex", "good.tex", "none.tex", "false.tex")}
    result = CliRunner().invoke(cli, ["paper", files["bad.tex"], files["good.tex"]])
    assert result.exit_code == 3
    assert "bad.tex:1: not understood" in result.output
    assert "bad.tex:4: proved" in result.output
    assert "good.tex:2: proved" in result.output
    result = CliRunner().invoke(cli, ["paper", files["none.tex"], files["good.tex"]])
    assert result.exit_code != 0
    assert "good.tex:2: proved" in result.output
    result = CliRunner().invoke(cli, ["paper", files["none.tex"], files["false.tex"]])
    assert result.exit_code == 1
    assert "false.tex:2: refuted" in result.output


def test_without_a_lost_assumption_nothing_is_refuted_until_it_is_forgotten() -> None:
    lost = r"% verify: assume x \sim 1"
    assert said(lost, DERIVE, r"\[ x > 0 \]", "% verify: forget", DERIVE, r"\[ x > 0 \]") == "NIR"


def test_suggestions_are_edits_that_an_author_could_have_meant() -> None:
    given = r"% verify: assume L > 0, 0 < \gamma \le \frac{1}{6L}, x > b, b > 0"
    (bound,) = steps(given, DERIVE, r"\[ 1 - 7L\gamma \ge 0 \]")
    assert bound.status == "refuted"
    assert "^2" not in bound.suggestion
    (turned,) = steps(given, DERIVE, r"\[ \frac{3x}{4x+1} \le \frac{3b}{4b+1} \]")
    assert turned.edit == "the inequality turned round"
    (square,) = steps(given, DERIVE, r"\[ x^2 - b^2 = (x - b)(x + b^2) \]")
    assert (square.status, square.edit) == ("refuted", "a square dropped")

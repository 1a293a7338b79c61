"""What notebooks show: well-formed HTML, in which nothing that a user wrote is taken for markup or a formula."""

from __future__ import annotations

import subprocess
import sys
from html.parser import HTMLParser
from typing import Any

import pytest
import sympy as sp

import verify
from theory.descent import THEORY as DESCENT
from theory.maml_erm import THEORY
from verify.claims.claim import Claim
from verify.claims.domain import Domain, positive
from verify.claims.statement import Inequality
from verify.evidence.results import ClaimResult, Evidence
from verify.language.verdict import Verdict
from verify.reports import ipython, notebook
from verify.reports.notebook import html

x = sp.Symbol("x", real=True)
TAGS = {"div", "span", "b", "small", "code", "pre", "table", "thead", "tbody", "tr", "th", "td"}
EVIL = "<script>alert('$x$')</script> & \\(x\\)"


class Reader(HTMLParser):
    """Fails where tags are not nested; collects the tags, and the text that MathJax leaves alone."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, bool]] = []
        self.tags: set[str] = set()
        self.plain = ""
        self.read = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.open.append((tag, "mathjax_ignore" in (dict(attrs).get("class") or "").split()))

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if any(ignored for _, ignored in self.open):
            self.plain += data
        else:
            self.read += data


def read(text: str | None) -> Reader:
    assert text is not None
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert not reader.open
    return reader


def claim(title: str = "AM-GM", note: str = "") -> Claim:
    return Claim("sum", title, Inequality(x + 1 / x, ">=", 2), Domain((positive(x),)), note=note)


def result(verdict: Verdict, **more: Any) -> ClaimResult:
    return ClaimResult("sum", EVIL, True, (Evidence("proof", verdict, EVIL),), {"A": Verdict.PROVED}, **more)


SHOWN = (
    claim(EVIL, note=EVIL),
    claim().domain,
    result(Verdict.PROVED, kernel="Coq 8"),
    result(Verdict.PROVED).evidence[0],
    [result(Verdict.PROVED), result(Verdict.REFUTED)],
    THEORY.stated["T1"],
    THEORY.stated["M2"],
    THEORY.refutable["false.Q_with_d"],
    DESCENT.stated["GD.step"],
    THEORY.named["gain"],
    THEORY.named["gain"].derivation,
    THEORY.vocabulary["rho_H"],
    verify.prove("x + 1/x >= 2", ["x > 0"]),
    verify.prove("x + 1/x >= 3", ["x > 0"]),
    verify.prove("||u|| <= ||v||"),
    verify.prove("||u|| <= ||v||").witness,
    verify.refute(verify.parse("x + 1/x >= 3", ["x > 0"])),
)


@pytest.mark.parametrize("shown", SHOWN, ids=[f"{i}-{type(s).__name__}" for i, s in enumerate(SHOWN)])
def test_html_is_well_formed(shown: object) -> None:
    reader = read(html(shown))
    assert "script" not in reader.tags and reader.tags <= TAGS


def test_what_was_written_stays_text() -> None:
    reader = read(html(claim(EVIL, note=EVIL)))
    assert reader.plain.count(EVIL) == 2 and "alert" not in reader.read
    for shown in (result(Verdict.PROVED), [result(Verdict.PROVED)], result(Verdict.PROVED).evidence[0]):
        assert EVIL in read(html(shown)).plain and "alert" not in read(html(shown)).read


def test_a_claim_has_its_formula_and_its_verdict_only_where_the_lock_has_it() -> None:
    known, own = read(html(THEORY.stated["T1"])), read(html(claim()))
    assert r"\sigma<\kappa\;\Longleftrightarrow\;m>m^{*}" in known.read and "proved" in known.plain
    assert r"\[\frac{1}{x}+x\ge2\]" in own.read and r"\(x>0\)" in own.read
    assert "proved" not in own.plain


def test_a_result_says_its_verdict_and_what_is_weaker_below_it() -> None:
    good = read(html(result(Verdict.PROVED)))
    assert "proved" in good.plain and "all proved" in good.plain and "✓" in good.read
    bad = read(html(ClaimResult("a", "t", True, (Evidence("proof", Verdict.PROVED, "s"),), {"B": Verdict.SUPPORTED})))
    assert "of these B supported" in bad.plain and "≈" in bad.read


def test_a_counterexample_is_shown_with_both_sides() -> None:
    assert "left side 2, right side 3" in read(html(SHOWN[13])).plain
    assert "left side 2, right side 3" in read(html(SHOWN[16])).plain
    assert "in R^1" in read(html(SHOWN[14])).plain and "in R^1" in read(html(SHOWN[15])).plain


def test_other_objects_are_left_as_they_are() -> None:
    for other in ([], [1, 2], [claim(), 1], {"a": 1}, "text", None):
        assert html(other) is None
        assert not isinstance(other, list) or ipython._results(other) is None


def test_what_ipython_is_told_is_what_there_is() -> None:
    assert set(ipython.TYPES) == {(kind.__module__, kind.__name__) for kind, _ in notebook.SHOWN}
    assert set(ipython.FORMULAS) <= set(ipython.TYPES)


PROGRAM = """
import sys
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
import verify
assert "sympy" not in sys.modules and "verify.reports.notebook" not in sys.modules
form = shell.display_formatter.format
print(sorted(form([1, 2])[0]))
print(sorted(form(verify.load("maml-erm").stated["T1"])[0]))
print(sorted(form(verify.prove("x^2 >= 0"))[0]))
print(sorted(form(verify.load("maml-erm").vocabulary["p"])[0]))
shell.run_line_magic("load_ext", "verify")
"""


def test_a_notebook_is_told_when_the_package_is_imported_and_nothing_is_loaded_for_it() -> None:
    pytest.importorskip("IPython")
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        "['text/plain']",
        "['text/html', 'text/latex', 'text/plain']",
        "['text/html', 'text/plain']",
        "['text/html', 'text/plain']",
    ]

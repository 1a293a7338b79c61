"""The sheet's lines as HTML: nothing is lost, nothing is markup that was text, and what is unknown is an error."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from verify.site.prose import Unknown, formula, html, inline


def address(label: str) -> tuple[str, str]:
    return f"{label.removeprefix('claim:')}.html", label.removeprefix("claim:")


def shown(*lines: str) -> str:
    return html(lines, address)


class Nesting(HTMLParser):
    """Whether every element that is opened is closed in turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_row_has_its_relation_its_formula_and_its_reason() -> None:
    text = shown(r"\row{\le }{x^2}{By $x>0$, as Lemma~\ref{claim:M1} says}")
    assert r"\(\displaystyle {}\le  x^2\)" in text
    assert r'<span class="reason">By \(x&gt;0\), as Lemma <a href="M1.html">M1</a> says</span>' in text


def test_a_letter_is_no_part_of_the_name_of_a_relation() -> None:
    assert r"{}\longmapsto a" in shown(r"\row{\longmapsto}{a}{}")


def test_a_formula_with_braces_and_lines_is_kept_as_it_is() -> None:
    latex = "\\begin{aligned}\n&\\frac{a}{b} \\\\\n&\\quad <c\n\\end{aligned}"
    assert shown(rf"\formula{{{latex}}}") == rf'<div class="display">{formula(latex, display=True)}</div>'
    assert "&amp;\\quad &lt;c" in formula(latex)


def test_cases_are_nested() -> None:
    lines = (
        r"\case{Suppose $a<b$.}{}",
        r"\begin{inner}",
        r"\case{Then it is known.}{\rulename{known}}",
        r"\end{inner}",
    )
    text = "\n".join(html([line], address) for line in lines)
    assert text.index('<div class="inner">') < text.index("Then it is known") < text.rindex("</div>")
    assert '<span class="rule">known</span>' in text


def test_text_is_never_markup() -> None:
    assert inline(r"a \& b \textless{}script\textgreater{} \_x\_", address) == "a &amp; b &lt;script&gt; _x_"
    assert "<b>" not in inline("<b>bold</b>", address)
    assert "<b>" not in inline("$<b>$", address)


def test_what_stands_around_a_proof_is_no_part_of_it() -> None:
    text = shown(r"\begin{theorem}[{A title}]\label{claim:T1}", "It holds that", r"\end{theorem}")
    assert "It holds that" in text and "A title" not in text and "label" not in text
    assert "Argument; the verdict is <em>inconclusive</em>." in shown(
        r"\begin{proof}[Argument; the verdict is \emph{inconclusive}]"
    )


@pytest.mark.parametrize(
    "line", [r"\newcommand{x}", r"\begin{tabular}", r"\row{=}{x}", r"\emph{open", r"\begin{proof}[open"]
)
def test_what_has_no_form_is_an_error(line: str) -> None:
    with pytest.raises(Unknown):
        shown(line)


def test_every_line_of_a_whole_sheet_has_a_form() -> None:
    from tests.ridge import THEORY
    from verify.claims import theories
    from verify.reports.latex_chosen import everything
    from verify.reports.sheet.placing import Placing
    from verify.reports.sheet.roles import roles
    from verify.reports.sheet.standing import Standing
    from verify.reports.sheet.theorems import Theorems

    with theories.using(THEORY):
        about = everything()
        found = roles(about)
        writer = Theorems(found, Placing(about.expressions, found), Standing({}), {})
        for claim in about.claims:
            written = writer.theorem(claim) if claim.expected else writer.false_statement(claim)
            lines = [line for line in written if line]
            text = html(lines, address)
            reader = Nesting()
            reader.feed(text)
            assert reader.open == []
            # Every formula of the sheet is on the page: as many as there are.
            assert text.count(r"\(") + text.count(r"\[") >= sum(
                len(re.findall(r"\$[^$]+\$|\\formula|\\row\{", line)) for line in lines[1:]
            )

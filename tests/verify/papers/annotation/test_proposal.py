r"""The copy that is proposed: what is assumed where, what is asked to be derived, and what is left alone."""

from __future__ import annotations

import pytest

from verify.papers.annotation.proposal import Annotated, annotated
from verify.papers.check import check
from verify.papers.scanner import scan
from verify.runtime.errors import BadInput


def copy_of(text: str) -> Annotated:
    return annotated(scan(text), lambda d, e: check(d, everything=e, seconds=2))


def comments(text: str) -> list[str]:
    return [comment for *_, comment in copy_of(text).comments]


def test_a_draft_becomes_one_that_is_checked() -> None:
    found = copy_of("\\begin{lemma} Let $0 < a < b$. Then\n\\[ a^2 < a b < b^2 . \\]\n\\end{lemma}\n")
    assert found.text == (
        "\\begin{lemma} Let $0 < a < b$. Then\n"
        "% verify: assume 0 < a < b\n% verify: derive\n\\[ a^2 < a b < b^2 . \\]\n\\end{lemma}\n"
    )
    assert [s.status for s in found.steps] == ["proved", "proved"]


def test_without_its_comments_the_copy_is_the_paper() -> None:
    text = "We show \\[ (a+b)^2 = a^2 + 2ab + b^2 \\] and, for all $c > 0$,\n  \\begin{align}\n c &> 0\\end{align}"
    kept = [line for line in copy_of(text).text.splitlines() if not line.strip().startswith("% verify:")]
    assert "".join("".join(kept).split()) == "".join(text.split())


def test_what_a_theorem_assumes_ends_with_it() -> None:
    text = (
        "\\section{Notation} Throughout, $c > 0$.\n"
        "\\begin{theorem} Let $x > 1$. Then\n\\[ c x > c \\]\n\\end{theorem}\n"
        "\\begin{theorem} Let $x < 1$. Then\n\\[ c x < c \\]\n\\end{theorem}\n"
    )
    found = copy_of(text)
    assert [c for *_, c in found.comments] == [
        "assume c > 0", "assume x > 1", "derive", "forget", "assume c > 0", "assume x < 1", "derive"
    ]  # fmt: skip
    assert {s.status for s in found.steps} == {"proved"}


def test_a_slip_in_an_identity_is_asked_about_and_a_bound_that_fails_is_not() -> None:
    """What a bound needs may stand in words that are not read, so that its counterexample is no news."""
    assert [s.status for s in copy_of("We have \\[ (a+b)^2 = a^2 + ab + b^2 . \\]").steps] == ["refuted"]
    assert [s.status for s in copy_of("Let $a>0$. We have \\[ a^2 \\le a . \\]").steps] == ["unchecked"]


def test_a_value_lasts_unless_the_letter_was_something_before() -> None:
    """Letters are compared, and not parts of words: s is no part of "assume"."""
    text = "\\section{One} Let $c > 0$. {} \\[ c + 1 > c \\] \\section{Two} We have \\[ c + 2 > c \\]"
    kept = comments(text.replace("{}", "Set $s = 1/c$ and fix $c < 7$."))
    assert kept[kept.index("forget") :] == ["forget", "assume c > 0", "let s = 1/c", "derive"]
    kept = comments(text.replace("{}", "Take $c = 3$ and $d < 4$."))
    assert kept[kept.index("forget") :] == ["forget", "assume c > 0", "derive"]


def test_cases_that_exclude_each_other_hold_for_nothing_that_follows() -> None:
    text = "Fix $a < b$ or $a > b$. Let $c > 0$.\n\\[ c + c = 2c \\]"
    assert comments(text)[-2:] == ["assume c > 0", "derive"] and "assume a < b" not in comments(text)


def test_an_equation_that_fails_by_what_may_be_said_in_words_is_not_asked_about() -> None:
    assert comments("With the step $2/(a+b)$ we get \\[ 1 - a s = \\frac{b-a}{a+b} \\]") == []
    assert comments("Then \\[ \\frac{k-1}{k+1} = 1 - \\frac{2}{k+1} \\]") == []  # k may not be -1
    assert comments("Let $k > 0$. Then \\[ \\frac{k-1}{k+1} = 1 - \\frac{2}{k+1} \\]") == ["assume k > 0", "derive"]
    assert comments("Let $k > 0$. Then \\[ \\frac{k-1}{k+1} = 1 - \\frac{1}{k+1} \\]") == ["assume k > 0", "derive"]


def test_iterations_and_definitions_in_displays_are_what_later_displays_rest_on() -> None:
    text = (
        "Let $f$ be $L$-smooth and $\\eta > 0$. We iterate\n"
        "\\[ x_{t+1} = x_t - \\eta\\nabla f(x_t), \\qquad t \\ge 0 \\]\n"
        "Then \\[ \\|x_{t+1} - x_t\\|^2 = \\eta^2\\|\\nabla f(x_t)\\|^2 . \\]"
    )
    found = copy_of(text)
    assert r"vectors x_t; x_{t+1} = x_t - \eta\nabla f(x_t)" in [c for *_, c in found.comments]
    assert [s.status for s in found.steps] == ["unchecked", "proved"]
    text = "Let $a, b > 0$ and put \\[ k := a/b . \\] Then \\[ k b = a . \\]"
    assert comments(text) == ["assume a, b > 0", "let k = a/b", "skip", "derive"]


def test_what_a_sentence_before_a_display_refers_to_may_be_used() -> None:
    text = (
        "Let $a > 1$. Then \\[ a^2 > a \\label{one} \\] Multiply \\eqref{one}, which gives\n"
        "\\begin{equation} a^3 > a^2 \\end{equation}"
    )
    assert r"using \eqref{one}" in comments(text)


def test_definitions_and_hypotheses_are_not_asked_about() -> None:
    assert comments("Define \\[ \\kappa = L/\\mu . \\]") == [r"let \kappa = L/\mu", "skip"]
    text = "Let $a > 0$. We assume that\n\\[ a \\le b/2 \\]\nThen\n\\[ 2a \\le b \\]"
    assert comments(text) == ["assume a > 0", r"assume a \le b/2", "skip", "derive"]


def test_letters_are_declared_where_that_helps() -> None:
    assert comments("Clearly \\[ (A+B)^2 = A^2+2AB+B^2 \\]") == [
        r"assume A \in \mathbb R", r"assume B \in \mathbb R", "derive"
    ]  # fmt: skip
    assert comments("Clearly \\[ (A+B)^2 = A^2+AB+B^2 \\]") == []  # they may be matrices after all


def test_what_is_not_understood_is_left_out_and_told() -> None:
    found = copy_of("Let $x \\in \\mathcal X$ and $y > 0$. Then\n\\[ y + 1 > 1 \\] and \\[ 2xy = xy \\]")
    assert found.left_out == (("", 1, r"assume x \in \mathcal X"),)
    assert [c for *_, c in found.comments] == ["assume y > 0", "derive"]  # the identity may be one of x


def test_a_paper_with_comments_is_refused() -> None:
    with pytest.raises(BadInput, match="has a '% verify:' comment already"):
        copy_of("% verify: derive\n\\[ a = a \\]")


def test_a_bound_is_asked_about_where_all_is_said_and_an_edit_mends_it() -> None:
    text = "Let $a > 0$ and $b > 0$. Then \\[ a^2 + b^2 \\ge 3ab . \\]"
    found = copy_of(text)
    assert [s.status for s in found.steps] == ["refuted"] and found.steps[0].suggestion
    # Words may say what a letter is, that it is not 0, or what nothing that is near would mend.
    assert comments("Let $a > 0$. Then \\[ a^2 + b^2 \\ge 3ab . \\]") == ["assume a > 0"]
    assert comments("Let $a \\ge 0$ and $b > 0$. Then \\[ a b > 0 . \\]") == [r"assume a \ge 0", "assume b > 0"]
    assert comments("Let $a > 0$. Then \\[ a^2 \\le a . \\]") == ["assume a > 0"]


def test_letters_are_declared_that_a_display_needs_to_be_read() -> None:
    step = "Then \\[ \\eta(1 - \\eta) = \\eta - \\eta^2 . \\]"
    assert comments(step) == [r"assume \eta \in \mathbb R", "derive"]
    assert comments(f"The regression function is $\\eta(x)$. {step}") == []  # it has an argument
    assert [s.status for s in copy_of(step.replace("^2", "")).steps] == ["refuted"]


def test_of_two_functions_the_one_before_its_class_is_meant() -> None:
    text = "Let $f$ be $L$-smooth, and let $x_t$ be its iterates. Then \\[ 1 + 1 = 2 . \\]"
    assert comments(text) == ["assume f is L-smooth", "derive"]


def test_all_that_a_display_defines_is_proposed() -> None:
    text = "Let $c > 0$. Set \\[ k = 2c, \\qquad s = k + 1 . \\] Then \\[ s = 2c + 1 . \\]"
    assert comments(text) == ["assume c > 0", "let k = 2c", "let s = k + 1", "skip", "derive"]

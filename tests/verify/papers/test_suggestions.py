"""Suggested edits: what an author could have meant, in the author's own notation, at the right place of the file."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.verify.papers.said import DERIVE, steps
from verify.language.logic import Num, Rel, Var, add, mul, neg, power
from verify.papers.atoms import layout
from verify.papers.cleaning import clean
from verify.papers.edits import KINDS, Edit, edits
from verify.papers.fix import applied
from verify.papers.keys import source_of
from verify.papers.suggest import Wrong, wrong_step
from verify.papers.tokens import Token, tokenize
from verify.papers.trivial import trivial

GIVEN = r"% verify: assume a > 0, b > a, x_1, x_2 > 0, L > 0, 0 < \gamma \le \frac{1}{6L}, n \in \mathbb N, n \ge 2"
# What is written, what the file has after the edit, and the edit in words.
SLIPS = {
    "relation": (
        r"a > b",
        r"a < b",
        "the inequality turned round",
    ),
    "weak": (
        r"x^2 > 0",
        r"x^2 \ge 0",
        "a strict inequality made weak",
    ),
    "sign": (
        r"(a+b)(a-b) = \left(a^2 + b^2\right)",
        r"(a+b)(a-b) = \left(a^2 - b^2\right)",
        "a sign changed",
    ),
    "factor": (
        r"(a+b)^2 = a^2 + a\,b + b^2",
        r"(a+b)^2 = a^2 + 2a\,b + b^2",
        "a factor 2 added",
    ),
    "number": (
        r"1 - 7L\gamma \ge 0",
        r"1 - 6L\gamma \ge 0",
        "6 for 7",
    ),
    "dropped": (
        r"a^2 - b^2 = \left(a - b\right)(a + b)L",
        r"a^2 - b^2 = \left(a - b\right)(a + b)",
        "the factor L dropped",
    ),
    "fraction": (
        r"1 - \frac{b}{a} = \frac{b-a}{b}",
        r"1 - \frac{a}{b} = \frac{b-a}{b}",
        "a fraction turned over",
    ),
    "square": (
        r"a^2 - b^2 = (a-b)(a+b^2)",
        r"a^2 - b^2 = (a-b)(a+b)",
        "a square dropped",
    ),
    "square added": (
        r"(a\gamma)^2 = a\gamma^2",
        r"(a\gamma)^2 = a^2\gamma^2",
        "a square added",
    ),
    "root": (
        r"\frac{b}{\sqrt{n}} = \frac{2b}{2n}",
        r"\frac{b}{\sqrt{n}} = \frac{2b}{2\sqrt{n}}",
        "a root added",
    ),
    "index": (
        r"x_1 + x_2 = x_1 + x_1",
        r"x_1 + x_2 = x_2 + x_1",
        "x_2 for x_1",
    ),
    "one": (
        r"(n-1)n = n^2 - n - 1",
        r"(n-1)n = n^2 - n ",
        "- 1 dropped",
    ),
    "exponent": (
        r"a^n a = a^n",
        r"a^n a = a^{n+1}",
        "n+1 for n",
    ),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_mended_in_the_file_as_its_author_would(name: str) -> None:
    written, wanted, what = SLIPS[name]
    text = f"{GIVEN}\n{DERIVE}\n\\[ {written} \\]"
    (step,) = steps(text)
    assert (step.status, step.edit) == ("refuted", what)
    assert step.fix is not None
    fixed = applied(text, [step.fix])
    assert fixed == f"{GIVEN}\n{DERIVE}\n\\[ {wanted} \\]"
    assert [s.status for s in steps(fixed)] == ["proved"]


def test_an_edit_stands_where_it_can_be_made() -> None:
    macros = r"\newcommand{\sq}{a^2 + ab + b^2}"
    (step,) = steps(macros, GIVEN, DERIVE, r"\[ (a+b)^2 = \sq \]")
    assert step.edit == "a factor 2 added" and step.fix is None
    argument = r"\newcommand{\norm}[1]{(#1)}"
    text = "\n".join((argument, GIVEN, DERIVE, r"\[ (a+b)^2 = \norm{a^2 + ab + b^2} \]"))
    (step,) = steps(text)
    assert step.fix is not None and r"\norm{a^2 + 2ab + b^2}" in applied(text, [step.fix])
    text = "\n".join((GIVEN, DERIVE, r"\begin{align} (a+b)^2 &= a^2 + % cross term", r"  ab + b^2 \end{align}"))
    (step,) = steps(text)
    assert step.fix is not None and "\n  2ab + b^2" in applied(text, [step.fix])
    text = "\n".join((GIVEN, DERIVE, r"\[ \gamma(a + b) = \gamma2a + \gamma b \]"))
    (step,) = steps(text)
    if step.fix is not None:
        assert r"\gamma a" in applied(text, [step.fix])


def test_vectors_have_suggestions_too() -> None:
    given = r"% verify: vectors x, y, g"
    text = "\n".join(
        (given, "% verify: assume c > 0", DERIVE, r"\[ \|x - cg\|^2 = \|x\|^2 - c\langle g, x\rangle + c^2\|g\|^2 \]")
    )
    (step,) = steps(text)
    assert (step.status, step.edit) == ("refuted", "a factor 2 added")
    assert step.fix is not None and [s.status for s in steps(applied(text, [step.fix]))] == ["proved"]


def test_no_suggestion_makes_a_step_trivial() -> None:
    (step,) = steps(r"% verify: assume 0 < g \le 1", DERIVE, r"\[ 1 - 7g \ge 0 \]")
    assert step.status == "refuted" and "^2" not in step.suggestion and step.suggestion != r"7g\ge 0"
    x, y, zero = Var("x"), Var("y"), Num(0)  # type: ignore[arg-type]
    square = power(add(x, neg(y)), 2)
    says_nothing = [
        Rel(">=", square, zero), Rel("<=", neg(square), zero), Rel(">=", add(x, square), x), Rel("==", x, x),
        Rel("<=", x, x), Rel("<=", add(y, neg(square)), y), Rel("<", power(x, 2), mul(x, x)),
        Rel(">=", mul(x, y), mul(y, x)),
    ]  # fmt: skip
    assert [trivial(r.op, r.lhs, r.rhs) for r in says_nothing] == [True] * len(says_nothing)
    says_something = [
        Rel(">=", x, zero), Rel("==", square, zero), Rel("<=", square, zero), Rel(">=", add(x, square), y),
        Rel(">=", power(x, 3), zero), Rel("==", mul(x, y), mul(y, x)), Rel(">=", add(square, neg(power(y, 2))), zero),
    ]  # fmt: skip
    assert [trivial(r.op, r.lhs, r.rhs) for r in says_something] == [False] * len(says_something)


def read(text: str) -> list[Token]:
    return clean(tokenize(text))


def test_edits_come_in_their_order_and_change_one_thing() -> None:
    left, right = read(r"\rho_H + a"), read(r"2\rho_H b^2 - \frac{a}{2}")
    names = {"x": r"\rho_H", "y": r"\rho_E", "a": "a", "b": "b"}
    wrong = wrong_step(left, Token(r"\le", 0), right, True, names)
    found = wrong.edits()
    order = [KINDS.index(e.kind) for e in found]
    assert order == sorted(order) and set(order) == set(range(len(KINDS)))
    texts = {source_of(e.applied(wrong.tokens)) for e in found}
    assert len(texts) > 30
    for wanted in (
        r"\rho_H+a\ge2\rho_Hb^2-\frac{a}{2}", r"\rho_H+a\le2\rho_Hb^2+\frac{a}{2}", r"\rho_H+a\le\rho_Hb^2-\frac{a}{2}",
        r"\rho_H+a\le2\rho_Hb^2-a", r"\rho_H+a\le2\rho_Hb-\frac{a}{2}", r"\rho_H+a\le2\rho_Eb^2-\frac{a}{2}",
        r"\rho_H+a\le2\rho_Hb^3-\frac{a}{2}", r"\rho_H+a\le2b^2-\frac{a}{2}",
    ):  # fmt: skip
        assert wanted in texts, wanted
    # The control: without the turn, and with one side only, there is less.
    one = Wrong(wrong.tokens, wrong.sides[:1], None, names)
    assert 0 < len(one.edits()) < len(found) and not [e for e in one.edits() if e.kind == "relation"]


def test_a_relation_that_others_in_its_chain_share_is_not_turned_round() -> None:
    given = "% verify: assume 0 < a < b"
    (alone,) = steps(given, DERIVE, r"\[ b \le a \]")
    assert alone.edit == "the inequality turned round"
    first, second = steps(given, DERIVE, r"\[ 2b \le 2a \le 2b \]")
    assert (first.status, second.status) == ("refuted", "proved")
    assert first.edit != "the inequality turned round"


@pytest.mark.parametrize(
    "text", [r"f(x_1) + g", r"\frac12", "", r"(a", r"\sum_{t=0}^{T-1}", r"\mathbb", r"^2_3", r"\|x\|"]
)
def test_rough_layouts_never_fail(text: str) -> None:
    tokens = read(text)
    found: Sequence[Edit] = list(edits(tokens, 0, len(tokens), {}, ["a"]))
    assert all(0 <= e.start <= e.stop <= len(tokens) for e in found)
    assert layout(tokens, 0, len(tokens)).start == 0

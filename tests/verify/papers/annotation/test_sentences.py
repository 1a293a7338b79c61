r"""What sentences declare, sentence by sentence: what is found, and what is left alone because it states something."""

from __future__ import annotations

import pytest

from verify.papers.annotation.classes import classes
from verify.papers.annotation.conditions import conditions
from verify.papers.annotation.prose import Item, Sentence, pieces
from verify.papers.scanner import scan

FOUND = [
    (r"Let $L > 0$ and $0 < \eta \le 1/L$.", [r"assume L > 0", r"assume 0 < \eta \le 1/L"]),
    (r"For all $x, y > 0$ we have", ["assume x, y > 0"]),
    (r"Fix a step size $\eta \in (0, 1/L]$.", [r"assume \eta \in (0, 1/L]"]),
    (r"Let $n$ be a positive integer.", [r"assume n \in \mathbb Z_{>0}"]),
    (r"For every positive integer $n$ and all real numbers $a$, $b$:", [r"assume n \in \mathbb Z_{>0}"]),
    (r"Let $a, b$ be nonnegative.", [r"assume a, b \ge 0"]),
    (r"Let $x, y \in \mathbb{R}^d$.", ["vectors x, y"]),
    (r"where $\kappa = L/\mu$ and $\mu>0$", [r"let \kappa = L/\mu", r"assume \mu>0"]),
    (r"Set $\eta_t := 2/(\mu t)$.", [r"let \eta_t = 2/(\mu t)"]),
    (r"Let $f$ be convex and $L$-smooth.", ["assume f is convex and L-smooth"]),
    (r"Suppose $f$ is $L$-smooth and $\mu$-strongly convex.", [r"assume f is L-smooth and \mu-strongly convex"]),
    (r"Consider an $M$-Lipschitz convex function $h$.", ["assume h is M-Lipschitz and convex"]),
    ("Let \\(t \\ge 1\\) % where $x > 7$\nand $s<t$.", [r"assume t \ge 1", "assume s<t"]),
]  # fmt: skip
LEFT = [
    r"Hence $x > 0$.",
    r"If $x > 1$, the bound is $x^2 > x$.",
    r"This shows that $a \le b$ for some of them.",
    r"If $f$ were convex, the rate would be linear.",
    r"Hence $f$ is $L$-smooth.",
    r"Let $f$ be not convex.",
    r"Let $X \sim N(0, 1)$ and $f : \mathbb R \to \mathbb R$.",
    r"For some $x_1, \dots, x_n \ge 0$.",
    r"The rate is $1/t$ where nothing else is known.",
    r"With high probability the error stays at $x < 1$ or below.",
]


def declared(text: str) -> list[str]:
    return [
        comment
        for s in pieces(scan(text))
        if isinstance(s, Sentence)
        for _, comment in sorted((*conditions(s), *classes(s)), key=lambda x: x[0])
    ]


@pytest.mark.parametrize(("text", "comments"), FOUND, ids=range(len(FOUND)))
def test_what_a_sentence_declares(text: str, comments: list[str]) -> None:
    found = declared(text)
    assert found[: len(comments)] == comments, found


@pytest.mark.parametrize("text", LEFT, ids=range(len(LEFT)))
def test_what_a_sentence_states_is_no_assumption(text: str) -> None:
    assert declared(text) == []


def test_the_text_between_displays_in_the_order_of_the_file() -> None:
    text = r"""\section{Setting} We need $a>0$. \begin{theorem} Then
\[ a = a \] holds.\end{theorem}"""
    found = [p.text if isinstance(p, Item) else type(p).__name__ for p in pieces(scan(text))]
    assert found == ["Setting", "Sentence", "theorem", "Sentence", "Display", "Sentence", "theorem"]
    sentences = [p for p in pieces(scan(text)) if isinstance(p, Sentence)]
    assert [s.before is not None for s in sentences] == [False, True, False]
    assert all(
        text[i.start : i.stop].lower().endswith(i.text.lower()) for s in sentences for i in s.items if i.kind == "word"
    )

"""What is in force at a display."""

from __future__ import annotations

from verify.language.parser import parse_statement
from verify.papers.assumptions import Context
from verify.papers.tokens import tokenize


def assumed(*texts: str) -> Context:
    context = Context()
    for text in texts:
        context.assume(tokenize(text))
    return context


def test_what_is_assumed_again_is_assumed_once() -> None:
    once = assumed("x > 0, y > 0")
    assert assumed(*["x > 0, y > 0"] * 50).formulas == once.formulas == assumed("x > 0, x > 0", "y > 0").formulas
    goal = parse_statement("x*y > 0")
    assert assumed(*["x > 0"] * 50, "y > 0").expanded(goal) == once.expanded(goal)


def test_what_is_assumed_besides_is_added() -> None:
    assert len(assumed("x > 0", "x > 1", "x \\ge 0").formulas) == 3

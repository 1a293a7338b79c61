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


GOAL = parse_statement("x*y > 0")


def test_what_is_assumed_again_is_one_hypothesis() -> None:
    once = assumed("x > 0, y > 0").expanded(GOAL)
    assert len(once.hypotheses) == 2
    assert assumed(*["x > 0, y > 0"] * 50).expanded(GOAL) == once
    assert assumed(*["x > 0"] * 50, "y > 0").expanded(GOAL) == once


def test_what_is_assumed_besides_is_another() -> None:
    assert len(assumed("x > 0", "x > 1", "x \\ge 0").expanded(GOAL).hypotheses) == 3

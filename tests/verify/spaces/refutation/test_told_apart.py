"""What a conditional expectation is given is drawn apart: what is false of it falls, what is true of it does not."""

from __future__ import annotations

import pytest

from verify.language.verdict import Verdict
from verify.runtime.budget import SECOND
from verify.spaces.decide import decide
from verify.spaces.reading.plain import claim


@pytest.mark.parametrize(
    ("statement", "assumptions"),
    [
        ("E[X | Y] == E X", "X, Y random"),
        ("E[X^2 | Y] == E[X]^2", "X, Y random"),
        ("E[g | w] == E g", "g, w random vectors"),
        ("E[g | w] == grad f(w)", "g, w random vectors, E g == E[grad f(w)]"),
        ("E[X | Y] >= 0", "X, Y random, E X >= 0"),
        ("Var[X | Y] == Var[X]", "X, Y random"),
        ("Var[X | Y] <= Var[X]", "X, Y random"),
        ("E[X | Y, Z] == E[X | Y]", "X, Y, Z random"),
        ("E[E[X | Y, Z]] == E[X | Y]", "X, Y, Z random"),
        ("E[X | Y] == E X", "X, Y random, Y == X^2"),
    ],
)
def test_refuted(statement: str, assumptions: str) -> None:
    found = decide(claim(statement, [assumptions]), 2 * SECOND)
    assert found.verdict is Verdict.REFUTED
    assert any(line.startswith("  with probability") for line in found.witness_lines)


@pytest.mark.parametrize(
    ("statement", "assumptions"),
    [
        ("E[X | Y] == E X", "X, Y independent random"),
        ("E[X | Y] == E X", "X, Y random, Y == 1"),
        ("E[X | Y, Z] == E[X | Y]", "X, Y, Z random, Z == Y^2"),
        ("E[X | Y] == E X", "X, Z independent random, Y == Z^2"),
    ],
)
def test_what_holds_is_not_refuted(statement: str, assumptions: str) -> None:
    assert decide(claim(statement, [assumptions]), SECOND // 2).verdict is not Verdict.REFUTED


@pytest.mark.parametrize(
    ("statement", "assumptions"),
    [
        ("E[X | X] == X", "X random"),
        ("E[f(w) | w] == f(w)", "w random vector"),
        ("E[X | Y] == 0", "X, Y, Z random, E[X | Y, Z] == 0"),
    ],
)
def test_a_model_is_found_for_what_is_proved(statement: str, assumptions: str) -> None:
    assert decide(claim(statement, [assumptions]), 2 * SECOND).verdict is Verdict.PROVED

"""Vectors that are equal, and vectors that are not: a relation between vectors means what it says."""

from __future__ import annotations

import pytest

from verify.spaces.decide import decide
from verify.spaces.reading.plain import claim


@pytest.mark.parametrize(
    "statement, assumed, verdict",
    [
        ("||x||^2 > 0", "x != 0, x vector", "proved"),
        ("||x||^2 > 0", "x == 0, x vector", "refuted"),
        ("0 != x", "||x|| > 1", "proved"),
        ("x != 0", "x vector", "refuted"),
        ("x == 0", "x != 0, x vector", "refuted"),
        ("x == 0", "||x|| <= 0", "proved"),
        ("<x, y>/||x||^2 <= ||y||/||x||", "x != 0, x, y vectors", "proved"),
        ("||a + b||^2 < 2*||a||^2 + 2*||b||^2", "a != b, a, b vectors", "proved"),
        ("||a + b||^2 < 2*||a||^2 + 2*||b||^2", "a != 2*b, a, b vectors", "refuted"),
    ],
)
def test_different_vectors_are_not_equal(statement: str, assumed: str, verdict: str) -> None:
    assert decide(claim(statement, [assumed])).verdict.key == verdict


def test_a_witness_of_different_vectors_shows_them() -> None:
    found = decide(claim("x != y", ["x, y vectors"]))
    assert found.verdict.key == "refuted"
    assert found.witness is not None
    assert found.witness.shown["x"] == found.witness.shown["y"]

"""What is written into a certificate is read back as the same."""

from __future__ import annotations

import pytest

from verify.kernel.reals.terms import Expression
from verify.kernel.reals.work import uncounted
from verify.kernel.spaces.sorts import Reader, Sort
from verify.spaces.problems.dump import Writer

SORTS = {
    "x": Sort("vectors", 1), "i": Sort("real", 0), "n": Sort("integer", 0), "A": Sort("operator", 0),
    "v": Sort("vector", 2),
}  # fmt: skip
SUM = ("sum", 1, "n", ("inner", ("at", "x", "#0"), ("at", "x", ("+", "#0", 1))))


@pytest.mark.parametrize(
    "formula",
    [
        ("<=", 0, SUM),
        ("==", ("E", 1, ("norm", ("apply", "A", "v"))), ("sum", 1, "n", ("sum", "#0", "n", ("*", "#0", "#1")))),
        ("all", 0, "n", ("<", ("at", "y", "#0"), "i")),
        ("every", ("<=", ("inner", "#0", "#0"), ("inner", ("apply", "A", "#0"), "#0"))),
        ("same", ("scale", -2, "v"), ("zero",)),
    ],
)
def test_round_trip(formula: Expression) -> None:
    sorts = {**SORTS, "y": Sort("reals", 0)}
    assert Reader(sorts, uncounted).formula(Writer(sorts).write(formula)) == formula


def test_forms_become_terms() -> None:
    body = ("inner", ("at", "x", "#0"), "v")
    read = Reader(SORTS, uncounted).scalar(Writer(SORTS).write(("upto", "n", body)))
    assert read == ("sum", 1, "n", body)

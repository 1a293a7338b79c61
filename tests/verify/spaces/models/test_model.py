"""Models: what is one and what is not."""

from dataclasses import replace
from fractions import Fraction as F

import pytest

from verify.spaces.models.model import Chances, Model
from verify.spaces.problems.problem import Sort

HALF = F(1, 2)
COIN = Chances((HALF, HALF), ((0, 0), (0, 1)))
NAMES = {
    "a": Sort("real", 0),
    "n": Sort("integer", 0),
    "u": Sort("vector", 0),
    "A": Sort("operator", 0),
    "X": Sort("real", 1),
}
VALUES = {
    "a": (HALF, HALF),
    "n": (F(2), F(2)),
    "u": ((F(1), F(0)),) * 2,
    "A": (((F(1), F(2)), (F(2), F(0))),) * 2,
    "X": (F(0), F(1)),
}
GOOD = Model(2, VALUES, COIN)


def test_a_model_has_no_flaw():
    assert GOOD.flaw(NAMES) == ""


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("a", (HALF, F(1))),  # a constant that changes
        ("n", (HALF, HALF)),
        ("u", ((F(1),),) * 2),
        ("u", (F(1), F(1))),
        ("A", (((F(1), F(2)), (F(0), F(0))),) * 2),  # not symmetric
        ("X", (F(0),)),
        ("a", (0.5, 0.5)),
    ],
)
def test_values_of_another_sort_are_refused(name, row):
    assert replace(GOOD, values=VALUES | {name: row}).flaw(NAMES)


@pytest.mark.parametrize(
    "chances",
    [
        Chances((HALF, F(1, 3)), COIN.stages),
        Chances((F(3, 2), -HALF), COIN.stages),
        Chances((HALF, HALF), ((0, 1), (0, 1))),  # stage 0 knows something
        Chances((HALF, F(1, 4), F(1, 4)), ((0, 0, 0), (0, 0, 1), (0, 1, 1))),  # stage 2 forgets
        Chances((), ((),)),
    ],
)
def test_chances_that_are_none_are_refused(chances):
    assert chances.flaw


def test_stages_refine_each_other():
    chances = Chances((HALF, F(1, 4), F(1, 4)), ((0, 0, 0), (0, 0, 1), (0, 1, 2)))
    assert chances.flaw == ""
    assert chances.atom(1, 0) == (0, 1)
    assert chances.atom(2, 0) == (0,)
    assert chances.atom(7, 2) == (2,)

"""Models as data and back: every kind of value and of function; data that are none are refused."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from verify.spaces.models.functions import Piece, Rotation, Separable
from verify.spaces.models.kept_models import read, written
from verify.spaces.models.model import Chances, Model

F = Fraction
CHANCES = Chances((F(1, 3), F(2, 3)), ((0, 0), (0, 1)))
MODEL = Model(
    2,
    {
        "c": (F(1, 2),) * 2,
        "u": ((F(1), F(-2)), (F(0), F(3, 7))),
        "A": (((F(1), F(2)), (F(2), F(0))),) * 2,
        "a": ({0: F(1), -1: F(5, 2)},) * 2,
        "x": ({0: (F(1), F(1))},) * 2,
    },
    CHANCES,
)
BASIS = ((F(3, 5), F(4, 5)), (F(-4, 5), F(3, 5)))
FUNCTIONS = {
    "f": Separable((Piece(F(0), F(1), F(2), F(-1), F(1)), Piece(F(1), F(2))), F(3), BASIS),
    "B": Rotation(F(1, 2), F(-1), (F(0), F(1))),
}


def test_a_model_reads_back_as_it_was() -> None:
    data = json.loads(json.dumps(written(MODEL, {**FUNCTIONS, "h": "a theorem"})))
    assert read(data) == (MODEL, FUNCTIONS)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("dimension", "2"),
        ("dimension", True),
        ("weights", ["0.5", "0.5"]),
        ("weights", [0.5, 0.5]),
        ("stages", [[0, "1"]]),
        ("values", {"c": ["1/2", "one"]}),
        ("functions", {"f": {"pieces": [["0", "1"]], "constant": "0", "basis": []}}),
        ("functions", {"f": {"pieces": [], "constant": 0, "basis": []}}),
        ("values", None),
    ],
)
def test_data_that_are_no_model_are_refused(field: str, wrong: object) -> None:
    data = {**written(MODEL, FUNCTIONS), field: wrong}
    with pytest.raises((ValueError, TypeError, KeyError, AttributeError)):
        read(data)

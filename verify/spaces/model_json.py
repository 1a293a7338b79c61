"""Counterexamples in a space as JSON: the model and the explicit functions. What is read is judged again.

A number is the text of a fraction, a vector a list of numbers, a matrix a list of vectors, a family an object by index.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from verify.spaces.functions import Explicit, Piece, Rotation, Separable
from verify.spaces.model import Chances, Model, Value
from verify.spaces.witness import Witness

_NUMBER = re.compile(r"-?[0-9]{1,4000}(/[0-9]{1,4000})?")


def to_json(witness: Witness) -> dict[str, Any]:
    """The model of a witness and the explicit functions in it."""
    model = witness.model
    return {
        "dimension": model.dimension,
        "weights": [str(p) for p in model.chances.weights],
        "stages": [list(s) for s in model.chances.stages],
        "values": {name: [_value(v) for v in row] for name, row in model.values.items()},
        "functions": {name: _function(f) for name, f in witness.functions.items() if not isinstance(f, str)},
    }


def from_json(data: Any) -> tuple[Model, dict[str, Explicit]]:
    """A model and explicit functions; ValueError, KeyError or TypeError where it is none."""
    weights = tuple(_number(p) for p in data["weights"])
    chances = Chances(weights, tuple(tuple(int(a) for a in s) for s in data["stages"]))
    values = {name: tuple(_read(v) for v in row) for name, row in data["values"].items()}
    functions = {name: _read_function(f) for name, f in data["functions"].items()}
    return Model(int(data["dimension"]), values, chances), functions


def _value(v: Any) -> Any:
    if isinstance(v, Mapping):
        return {str(i): _value(x) for i, x in v.items()}
    return [_value(x) for x in v] if isinstance(v, tuple) else str(v)


def _read(v: Any) -> Value:
    if isinstance(v, dict):
        return {int(i): _read(x) for i, x in v.items()}  # type: ignore[misc]
    return tuple(_read(x) for x in v) if isinstance(v, list) else _number(v)  # type: ignore[return-value]


def _number(text: Any) -> Fraction:
    if not isinstance(text, str) or _NUMBER.fullmatch(text) is None:
        raise ValueError("no number")
    return Fraction(text)


def _function(f: Explicit) -> dict[str, Any]:
    if isinstance(f, Rotation):
        return {"turn": [str(f.p), str(f.r)], "centre": _value(f.centre)}
    pieces = [[str(x) for x in (p.centre, p.slope, p.bend, p.low, p.high)] for p in f.pieces]
    return {"pieces": pieces, "constant": str(f.constant), "basis": _value(f.basis)}


def _read_function(data: Any) -> Explicit:
    if "turn" in data:
        p, r = map(_number, data["turn"])
        return Rotation(p, r, tuple(map(_number, data["centre"])))
    pieces = tuple(Piece(*map(_number, row)) for row in data["pieces"])
    basis = tuple(tuple(map(_number, row)) for row in data["basis"])
    return Separable(pieces, _number(data["constant"]), basis)

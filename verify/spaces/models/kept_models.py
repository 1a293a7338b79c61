"""Models as data: what has to be kept of a counterexample so that it can be evaluated again, exactly.

    {"dimension": 1, "weights": ["1/2", "1/2"], "stages": [[0, 0], [0, 1]], "values": {name: [one by outcome]},
     "functions": {name: {"pieces": [[centre, slope, bend, low, high]], "constant": "0", "basis": []}}}

A number is a text, a vector a list of them, a matrix a list of vectors, a family a table from indices. A function that
is known to exist by a theorem needs no place here: the theorem is asked again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from verify.spaces.models.functions import Explicit, Piece, Rotation, Separable
from verify.spaces.models.model import Chances, Model

Json = Any
_NUMBER = re.compile(r"-?[0-9]{1,4000}(/[0-9]{1,4000})?")


def written(model: Model, functions: Mapping[str, Explicit | str]) -> dict[str, Json]:
    """A model with its explicit functions.

    >>> from fractions import Fraction
    >>> written(Model(1, {"u": ((Fraction(1, 2),),)}), {})["values"]
    {'u': [['1/2']]}
    """
    return {
        "dimension": model.dimension,
        "weights": [str(p) for p in model.chances.weights],
        "stages": [list(s) for s in model.chances.stages],
        "values": {name: [_value(v) for v in row] for name, row in model.values.items()},
        "functions": {name: _function(f) for name, f in functions.items() if not isinstance(f, str)},
    }


def read(data: Json) -> tuple[Model, dict[str, Explicit]]:
    """The model and its functions again; raises for data that are none, whatever they are.

    Whether it is a model of anything is for ``verify.spaces.models.acceptance`` to say.
    """
    chances = Chances(
        tuple(map(_number, data["weights"])),
        tuple(tuple(_whole(a) for a in stage) for stage in data["stages"]),
    )
    values = {_name(name): tuple(map(_read_value, row)) for name, row in data["values"].items()}
    functions = {_name(name): _read_function(f) for name, f in data["functions"].items()}
    return Model(_whole(data["dimension"]), values, chances), functions


def _value(v: Json) -> Json:
    if isinstance(v, tuple):
        return [_value(a) for a in v]
    if isinstance(v, Mapping):
        return {str(i): _value(a) for i, a in v.items()}
    return str(v)


def _read_value(v: Json) -> Json:
    if isinstance(v, list):
        return tuple(map(_read_value, v))
    if isinstance(v, dict):
        return {int(i): _read_value(a) for i, a in v.items()}
    return _number(v)


def _function(f: Explicit) -> Json:
    if isinstance(f, Rotation):
        return {"rotation": [str(f.p), str(f.r)], "centre": _value(f.centre)}
    pieces = [[str(x) for x in (p.centre, p.slope, p.bend, p.low, p.high)] for p in f.pieces]
    return {"pieces": pieces, "constant": str(f.constant), "basis": _value(f.basis)}


def _read_function(data: Json) -> Explicit:
    if "rotation" in data:
        p, r = map(_number, data["rotation"])
        return Rotation(p, r, _vector(data["centre"]))
    pieces = tuple(Piece(*map(_number, _five(piece))) for piece in data["pieces"])
    return Separable(pieces, _number(data["constant"]), tuple(map(_vector, data["basis"])))


def _five(piece: Json) -> list[Json]:
    if not isinstance(piece, list) or len(piece) != 5:
        raise ValueError("no piece of a function")
    return piece


def _vector(data: Json) -> tuple[Fraction, ...]:
    if not isinstance(data, list):
        raise TypeError("no vector")
    return tuple(map(_number, data))


def _number(text: Json) -> Fraction:
    if not isinstance(text, str) or not _NUMBER.fullmatch(text):
        raise ValueError("no rational number")
    return Fraction(text)


def _whole(n: Json) -> int:
    if type(n) is not int:
        raise TypeError("no whole number")
    return n


def _name(text: Json) -> str:
    if not isinstance(text, str):
        raise TypeError("no name")
    return text

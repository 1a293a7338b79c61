"""Both sides of a statement about vectors at models that are always the same: what a changed text is told apart by.

Nothing that is assumed has to hold in them: they are points where two texts are compared, as the grid is for numbers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import flint

from verify.claims.statement import Spatial
from verify.kernel.reals.terms import Formula, Term
from verify.kernel.spaces.sorts import Sort
from verify.kernel.spaces.terms import put
from verify.language.evaluation import Undecided, Undefined
from verify.spaces.models.bound_names import with_bound_names
from verify.spaces.models.model import Chances, Model, Value
from verify.spaces.models.values import Evaluation
from verify.spaces.problems.problem import Problem
from verify.spaces.spatial import meaning

MODELS = 4
DIMENSION = 2
INDICES = range(-2, 9)  # of families; an integer of a model is at most 3
LATEST = 3  # stage of the outcomes: two can be told apart more at each
PRECISION = 160
DIGITS = 20  # of an irrational value
UNKNOWN = ("undefined", "not evaluated")


def values(statement: Spatial) -> list[str]:
    """The values of both sides of every relation of the goal, one line a model."""
    problem = meaning(statement).problem
    for name, t in reversed(problem.definitions):
        problem = replace(problem, goals=tuple(put(g, {name: t}) for g in problem.goals))
    named = with_bound_names(replace(problem, definitions=()))
    sides = [side for goal in named.goals for side in _sides(goal)]
    with flint.ctx.workprec(PRECISION):
        return ["; ".join(_value(side, Evaluation(named, _model(named, i))) for side in sides) for i in range(MODELS)]


def _sides(f: Formula) -> list[Term]:
    return [side for g in f[1:] for side in _sides(g)] if f[0] == "and" else [f[1], f[2]]


def _model(problem: Problem, i: int) -> Model:
    """The i-th model: small rational values that depend on nothing but the names."""
    latest = min(LATEST, max((s.level for s in problem.names.values()), default=0))
    count = 2**latest
    stages = tuple(tuple(w >> (latest - k) for w in range(count)) for k in range(latest + 1))
    weights = tuple(Fraction(w + 1, count * (count + 1) // 2) for w in range(count))
    rows: dict[str, tuple[Value, ...]] = {}
    for name, sort in problem.names.items():
        atoms = stages[min(sort.level, latest)]
        rows[name] = tuple(_drawn(f"{name} {i} {atoms[w]}", sort) for w in range(count))
    return Model(DIMENSION, rows, Chances(weights, stages))


def _drawn(seed: str, sort: Sort) -> Value:
    """A value of a sort; the same for the same seed, everywhere."""
    match sort.kind:
        case "integer":
            return Fraction(1 + _byte(seed) % 3)
        case "vector":
            return _vector(seed)
        case "operator":
            a, b, c = (_number(f"{seed} {k}") for k in range(3))
            return ((a, b), (b, c))
        case "reals":
            return {j: _number(f"{seed} {j}") for j in INDICES}
        case "vectors":
            return {j: _vector(f"{seed} {j}") for j in INDICES}
    return _number(seed)


def _vector(seed: str) -> tuple[Fraction, ...]:
    return tuple(_number(f"{seed} {k}") - 2 for k in range(DIMENSION))


def _number(seed: str) -> Fraction:
    return Fraction(1 + _byte(seed) % 9, 1 + _byte(seed + "'") % 4)


def _byte(seed: str) -> int:
    return hashlib.sha256(seed.encode()).digest()[0]


def _value(t: Term, at: Evaluation) -> str:
    try:
        row = at.value(t, {})
    except (Undefined, ZeroDivisionError):
        return UNKNOWN[0]
    except (Undecided, KeyError):
        return UNKNOWN[1]
    texts = [_text(v) for v in row]
    return texts[0] if len(set(texts)) == 1 else " | ".join(texts)


def _text(v: Any) -> str:
    if isinstance(v, tuple):
        return f"({', '.join(map(_text, v))})"
    if isinstance(v, Mapping):
        return str({i: _text(x) for i, x in v.items()})
    return str(v) if isinstance(v, Fraction) else str(v.str(DIGITS, radius=False))

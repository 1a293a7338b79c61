"""The trees of a claim, evaluated on a run in floating point: the same text that is proved, so that no formula is typed
twice.

Beside its value every term has a size, the sum of the absolute values that it is computed from. A relation counts as
violated only where it fails by more than ``ROUNDING`` times the sizes of both sides: the relative error of an
operation is at most 2^-53, and a term of these claims is the result of fewer than 500, besides those in a loss.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from theory.descent.definitions.losses import Array
from theory.descent.measurements.scene import Scene
from verify.runtime.errors import Impossible
from verify.spaces.reading.surface import Chain, Node
from verify.spaces.reading.text import term_text

ROUNDING = 2.0**-53 * 2**13  # 9.1e-13; true claims exceed it by nothing, and reach 2e-15 of the sizes in the tests
HOLDS = {
    "<=": lambda gap, bound: gap <= bound,
    ">=": lambda gap, bound: gap >= -bound,
    "<": lambda gap, bound: gap < bound,
    ">": lambda gap, bound: gap > -bound,
    "==": lambda gap, bound: abs(gap) <= bound,
    "!=": lambda gap, bound: abs(gap) > bound,
}


@dataclass(frozen=True)
class Value:
    """One number (S, 1) or vector (S, d) for each of S outcomes, or one for all (S = 1); ``size`` (S, 1) bounds it."""

    of: Array
    size: Array


def excess(chain: Chain, scene: Scene) -> float:
    """By how much a chain fails, in parts of the sizes of its sides, at worst over outcomes and indices; 0: it holds,
    up to rounding.
    """
    worst = 0.0
    for bound in _indices(chain, scene):
        for op, one, other in zip(chain.relations, chain.terms, chain.terms[1:], strict=False):
            left, right = term(one, scene, bound), term(other, scene, bound)
            gaps = left.of - right.of
            sizes = np.broadcast_to(left.size + right.size, gaps.shape)
            for gap, size in zip(gaps.ravel(), sizes.ravel(), strict=True):
                if not HOLDS[op](gap, ROUNDING * size):
                    worst = max(worst, abs(float(gap)) / float(size), ROUNDING)
    return worst


def _indices(chain: Chain, scene: Scene) -> list[dict[str, int]]:
    """The values of the indices that a chain is said for."""
    out: list[dict[str, int]] = [{}]
    for r in chain.ranges:
        out = [
            {**bound, r.name: i}
            for bound in out
            for i in range(_whole(r.lower, scene, bound), _whole(r.upper, scene, bound) + 1)
        ]
    return out


def term(t: Node, scene: Scene, bound: Mapping[str, int]) -> Value:
    """A term at every outcome."""
    match t.op:
        case "number":
            return _number(float(Fraction(t.args[0])))  # type: ignore[arg-type]
        case "name":
            return _name(str(t.args[0]), scene, bound)
        case "+":
            parts = [term(p, scene, bound) for p in t.parts]
            return Value(_total([p.of for p in parts]), _total([p.size for p in parts]))
        case "-":
            inside = term(t.parts[0], scene, bound)
            return Value(-inside.of, inside.size)
        case "*":
            return _product([term(p, scene, bound) for p in t.parts])
        case "/":
            above, below = (term(p, scene, bound) for p in t.parts)
            return Value(above.of / below.of, above.size / np.abs(below.of) * (below.size / np.abs(below.of)))
        case "^":
            base, exponent = term(t.parts[0], scene, bound), _whole(t.parts[1], scene, bound)
            return Value(base.of**exponent, base.size**exponent)
        case "norm":
            v = term(t.parts[0], scene, bound)
            return Value(np.sqrt((v.of**2).sum(axis=1, keepdims=True)), v.size)
        case "inner":
            u, v = (term(p, scene, bound) for p in t.parts)
            return Value((u.of * v.of).sum(axis=1, keepdims=True), u.size * v.size)
    return _other(t, scene, bound)


def _other(t: Node, scene: Scene, bound: Mapping[str, int]) -> Value:
    """Functions, expectations, sums and members of families."""
    if t.op in ("call", "grad"):
        return _function(t, scene, bound)
    if t.op == "E":
        return _expectation(t, scene, bound)
    if t.op == "at":
        row = scene.values[str(t.args[0])]
        return _constant(np.asarray(row)[_whole(t.parts[0], scene, bound)])
    if t.op == "sum":
        low, high = (_whole(p, scene, bound) for p in t.parts[1:])
        parts = [term(t.parts[0], scene, {**bound, str(t.args[1]): i}) for i in range(low, high + 1)]
        return Value(_total([p.of for p in parts]), _total([p.size for p in parts])) if parts else _number(0.0)
    raise Impossible(f"no run says what {term_text(t)} is")


def _function(t: Node, scene: Scene, bound: Mapping[str, int]) -> Value:
    f, x = scene.functions[str(t.args[0])], term(t.parts[0], scene, bound)
    found = [np.atleast_1d(f.value(p) if t.op == "call" else f.gradient(p)) for p in x.of]
    sizes = [[f.size(p)] for p in x.of]
    return Value(np.array(found, dtype=float), np.array(sizes))


def _expectation(t: Node, scene: Scene, bound: Mapping[str, int]) -> Value:
    """The mean over all outcomes, or over those that what is given cannot tell apart."""
    inside = term(t.parts[0], scene, bound)
    given = [g for g in t.args[1:] if isinstance(g, str)]
    if not given:
        return Value(inside.of.mean(axis=0, keepdims=True), inside.size.mean(axis=0, keepdims=True))
    known = scene.stage[given[0]]
    rows = np.broadcast_to(inside.of, (len(known), inside.of.shape[1]))
    sizes = np.broadcast_to(inside.size, (len(known), 1))
    out, large = np.empty_like(rows), np.empty_like(sizes)
    for atom in np.unique(known):
        here = known == atom
        out[here], large[here] = rows[here].mean(axis=0), sizes[here].mean(axis=0)
    return Value(out, large)


def _name(name: str, scene: Scene, bound: Mapping[str, int]) -> Value:
    if name in bound:
        return _number(float(bound[name]))
    if name in scene.random:
        return _rows(np.asarray(scene.random[name], dtype=float))
    return _constant(scene.values[name])


def _rows(rows: Array) -> Value:
    rows = rows if rows.ndim == 2 else rows[:, None]
    return Value(rows, np.abs(rows).sum(axis=1, keepdims=True))


def _constant(x: float | Array) -> Value:
    return _rows(np.atleast_1d(np.asarray(x, dtype=float))[None, :])


def _number(x: float) -> Value:
    return Value(np.array([[x]]), np.array([[abs(x)]]))


def _product(factors: list[Value]) -> Value:
    of, size = factors[0].of, factors[0].size
    for f in factors[1:]:
        of, size = of * f.of, size * f.size
    return Value(of, size)


def _total(parts: list[Array]) -> Array:
    out = parts[0]
    for p in parts[1:]:
        out = out + p
    return out


def _whole(t: Node, scene: Scene, bound: Mapping[str, int]) -> int:
    """The value of an index or of an exponent."""
    found = float(term(t, scene, bound).of[0, 0])
    if found != round(found):
        raise Impossible(f"{term_text(t)} is {found}, no whole number")
    return round(found)

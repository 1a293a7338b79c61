"""The axioms of whole powers: each is true wherever its conditions hold, and refused where one of them is not known."""

from __future__ import annotations

import itertools
import operator
from fractions import Fraction
from math import prod

import pytest

from verify.kernel import AXIOMS, Refused
from verify.kernel.reals.certificate import Checker
from verify.kernel.reals.formulas import normal
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import FALSE, substitute

NAMES = [
    "power even",
    "power integer negative",
    "power natural product",
    "power integer quotient",
    "power natural quotient",
    "power integer power",
    "power natural power",
    "power natural sign",
    "power natural base less",
    "power natural base at most",
    "power natural tangent",
    "power natural abs",
]
BASES = [Fraction(v) for v in ("-3", "-1", "-1/2", "0", "1/3", "1", "2")]
EXPONENTS = (-3, -2, -1, 0, 1, 2, 5)
COMPARED = {"==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le}


def value(t, at):
    """A term at a point; ``ZeroDivisionError`` where it has no value."""
    if isinstance(t, str):
        return at[t]
    if not isinstance(t, tuple):
        return Fraction(t)
    args = [value(a, at) for a in t[1:]]
    match t[0]:
        case "+":
            return sum(args)
        case "*":
            return prod(args)
        case "-":
            return -args[0]
        case "/":
            return args[0] / args[1]
        case "abs":
            return abs(args[0])
        case "^":
            assert args[1].denominator == 1
            return args[0] ** int(args[1])
    raise AssertionError(t)


@pytest.mark.parametrize("name", NAMES)
def test_true_where_the_conditions_hold(name):
    letters, conditions, (relation, left, right) = AXIOMS[name]
    tried = 0
    for point in itertools.product(*(EXPONENTS if x in "mn" else BASES for x in letters)):
        at = {x: Fraction(v) for x, v in zip(letters, point, strict=True)}
        if all(COMPARED[op](value(a, at), value(b, at)) for op, a, b in conditions):
            assert COMPARED[relation](value(left, at), value(right, at)), at  # and both sides have a value
            tried += 1
    assert tried >= 7


def used(name, facts, kinds):
    letters, _, conclusion = AXIOMS[name]
    state = State(kinds, dict.fromkeys(facts), FALSE)
    node = {"rule": "axiom", "name": name, "terms": [f"{x}_1" for x in letters], "then": {"rule": "known"}}
    ((after, _),) = Checker().step(state, node)
    assert after.knows(normal(substitute(conclusion, {x: f"{x}_1" for x in letters})))


@pytest.mark.parametrize("name", NAMES)
def test_every_condition_is_needed(name):
    letters, conditions, _ = AXIOMS[name]
    kinds = {f"{x}_1": "integer" if x in "mn" else "real" for x in letters}
    facts = [normal(substitute(c, {x: f"{x}_1" for x in letters})) for c in conditions]
    used(name, facts, kinds)
    for f in facts:
        with pytest.raises(Refused, match="not known"):
            used(name, [g for g in facts if g != f], kinds)
    for x in letters:
        if x in "mn":
            with pytest.raises(Refused, match="integers"):
                used(name, facts, {**kinds, f"{x}_1": "real"})


@pytest.mark.parametrize(
    "name, dropped, at",
    [
        ("power integer negative", 0, {"a": 0, "n": 1}),
        ("power natural product", 0, {"a": 0, "b": 2, "n": -1}),
        ("power natural quotient", 0, {"a": 2, "b": 0, "n": 1}),
        ("power natural quotient", 1, {"a": 0, "b": 2, "n": -1}),
        ("power integer power", 0, {"a": 0, "m": -1, "n": 2}),
        ("power natural power", 0, {"a": 0, "m": -1, "n": 1}),
        ("power natural power", 1, {"a": 0, "m": 1, "n": -1}),
        ("power natural sign", 0, {"a": -2, "n": 1}),
        ("power natural base less", 0, {"a": -2, "b": 1, "n": 2}),
        ("power natural base less", 1, {"a": 1, "b": 1, "n": 2}),
        ("power natural base less", 2, {"a": 1, "b": 2, "n": 0}),
        ("power natural base at most", 0, {"a": -2, "b": 1, "n": 2}),
        ("power natural base at most", 1, {"a": 2, "b": 1, "n": 1}),
        ("power natural base at most", 2, {"a": 1, "b": 2, "n": -1}),
        ("power natural tangent", 0, {"a": -3, "n": 3}),
        ("power natural tangent", 1, {"a": 0, "n": -1}),
    ],
)
def test_without_a_condition_it_is_false_or_undefined(name, dropped, at):
    _, conditions, (relation, left, right) = AXIOMS[name]
    at = {x: Fraction(v) for x, v in at.items()}
    assert all(COMPARED[op](value(a, at), value(b, at)) for i, (op, a, b) in enumerate(conditions) if i != dropped)
    try:
        held = COMPARED[relation](value(left, at), value(right, at))
    except ZeroDivisionError:
        held = False
    assert not held

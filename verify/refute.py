"""Counterexamples in exact rationals, counted only after evaluation in the original statement, then made small."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import flint

from verify import logic
from verify.evaluate import Point, TooHard, Undefined, Value, evaluate, holds
from verify.fractions import Undefined as NoQuotient
from verify.fractions import raw
from verify.logic import Rel, Sequent
from verify.sampling import Sampler

GRID = [
    Fraction(v) for v in ("0", "1", "-1", "2", "-2", "1/2", "-1/2", "3", "-3", "1/3", "4", "10", "-10", "1/10", "100")
]


@dataclass(frozen=True)
class Witness:
    """Values at which all hypotheses are defined and true while the goal is false or undefined.

    ``lhs`` and ``rhs`` are the exact values of the two sides of the violated relation (an enclosure where they are
    irrational), or the term without a value.
    """

    values: dict[str, Fraction]
    kind: Literal["violates", "undefined"]
    lhs: str
    rhs: str

    def __str__(self) -> str:
        where = ", ".join(f"{name} = {value}" for name, value in self.values.items()) or "everywhere"
        if self.kind == "undefined":
            return f"{where}: {self.lhs} {self.rhs}"
        return f"{where}: left side {self.lhs}, right side {self.rhs}"


def integers_of(sequent: Sequent) -> frozenset[str]:
    return frozenset(name for name, kind in sequent.variables if kind == "integer")


def judge(sequent: Sequent, values: dict[str, Fraction]) -> Witness | None:
    """The witness these values are, or None; nothing is rounded."""
    integers = integers_of(sequent)
    if any(values[x].denominator != 1 for x in integers):
        return None
    point = Point(values, integers)
    try:
        if not all(holds(h, point) is True for h in sequent.hypotheses):
            return None
    except (Undefined, TooHard):
        return None
    ordered = {name: values[name] for name, _ in sequent.variables}
    try:
        if holds(sequent.goal, point) is not False:
            return None
    except Undefined as reason:
        return Witness(ordered, "undefined", str(sequent.goal), f"is undefined: {reason}")
    except TooHard:
        return None
    lhs, rhs = sides(sequent.goal, point)
    return Witness(ordered, "violates", lhs, rhs)


def sides(goal: logic.Formula, point: Point) -> tuple[str, str]:
    """Both sides of a relation that fails inside the goal."""
    for r in logic.relations(goal):
        try:
            if isinstance(goal, Rel) or holds(r, point) is False:
                return text(evaluate(r.lhs, point)), text(evaluate(r.rhs, point))
        except (Undefined, TooHard):
            continue
    return str(goal), "false"


def text(v: Value) -> str:
    return str(v) if isinstance(v, Fraction) else v.str(12, radius=True)


def find_point(
    variables: Sequence[tuple[str, str]], hypotheses: Sequence[logic.Formula], *, seconds: float = 2
) -> Point | None:
    """An exact point at which all hypotheses are defined and true."""
    return next(points(dict(variables), list(hypotheses), seconds=seconds), None)


def points(
    kinds: dict[str, str], facts: list[logic.Formula], *, seconds: float, count: int = 60, seed: int = 1
) -> Iterator[Point]:
    deadline = time.monotonic() + seconds
    try:
        sampler = Sampler(kinds, [raw(f) for f in facts])
    except (NoQuotient, OverflowError):
        return
    for start in range(6):
        yield from sampler.points(count, seed=seed + start, attempts=40 * (start + 1))
        if time.monotonic() > deadline:
            return


def refute(sequent: Sequent, *, seconds: float = 5) -> Witness | None:
    """A small counterexample, or None if none was found.

    >>> x = logic.Var("x")
    >>> print(refute(Sequent((("x", "real"),), (), Rel(">", x, logic.ZERO))))
    x = 0: left side 0, right side 0
    """
    deadline = time.monotonic() + seconds
    with flint.ctx.workprec(160):
        for values in candidates(sequent, deadline):
            witness = judge(sequent, values)
            if witness is not None:
                return shrink(sequent, witness, deadline)
            if time.monotonic() > deadline:
                return None
    return None


def candidates(sequent: Sequent, deadline: float) -> Iterator[dict[str, Fraction]]:
    """Points worth trying: a grid, points steered to violate the goal, plain points, and what z3 finds."""
    names = [name for name, _ in sequent.variables]
    kinds = dict(sequent.variables)
    if len(names) <= 4:
        size = {0: 1, 1: 15, 2: 13, 3: 7, 4: 5}[len(names)]
        for values in itertools.product(GRID[:size], repeat=len(names)):
            yield dict(zip(names, values, strict=True))
    hypotheses = list(sequent.hypotheses)
    integers = set(integers_of(sequent))
    conditions = [logic.negate(c) for c in _conjuncts(logic.defined(sequent.goal, integers))]
    targets = [*(f for c in conditions for f in _edges(c)), logic.negate(sequent.goal)]
    for extra in targets:
        left = max(0.3, (deadline - time.monotonic()) / (2 * len(targets)))
        yield from points(kinds, [*hypotheses, extra], seconds=min(left, 1.0), count=10)
    yield from points(kinds, hypotheses, seconds=min(1.0, max(0.2, deadline - time.monotonic())), count=80)
    left = deadline - time.monotonic()
    if left > 0.2:
        from verify.solver import models

        for extra in targets[::-1]:
            yield from models(sequent, extra, seconds=max(0.2, min(3.0, deadline - time.monotonic())))


def _conjuncts(f: logic.Formula) -> list[logic.Formula]:
    return list(f.args) if isinstance(f, logic.Bool) and f.op == "and" else [f]


def _edges(f: logic.Formula) -> list[logic.Formula]:
    """A broken condition, also in the form of an equation, which a sampler meets more easily."""
    if isinstance(f, Rel) and f.op in ("<", "<="):
        return [f, Rel("==", f.lhs, f.rhs)]
    return [f]


def complexity(v: Fraction) -> tuple[int, int, Fraction]:
    return (v.denominator, abs(v.numerator), -v)


def shrink(sequent: Sequent, witness: Witness, deadline: float) -> Witness:
    """Replace values by simpler ones, one variable at a time, as long as the statement stays violated."""
    best = witness
    limit = min(deadline, time.monotonic() + 1.0)
    for _ in range(4):
        changed = False
        for name in best.values:
            for value in simpler(best.values[name]):
                if time.monotonic() > limit:
                    return best
                found = judge(sequent, {**best.values, name: value})
                if found is not None and (found.kind == best.kind or found.kind == "violates"):
                    best, changed = found, True
                    break
        if not changed:
            break
    return best


def simpler(v: Fraction) -> Iterator[Fraction]:
    """Simpler rationals, the simplest first, ending with close approximations."""
    seen = set()
    small = [Fraction(k) for k in (0, 1, -1, 2, -2, 3, -3)] + [Fraction(1, 2), Fraction(-1, 2)]
    close = [Fraction(round(v))] + [v.limit_denominator(10**k) for k in (0, 1, 2, 3)]
    powers = [Fraction(10) ** k * s for k in (1, 2, 3, -1, -2, -3) for s in (1, -1)]
    for w in sorted({*small, *close, *powers}, key=complexity):
        if w not in seen and complexity(w) < complexity(v):
            seen.add(w)
            yield w

"""Where a counterexample may be: points worth judging, the simplest and likeliest first. Nothing here is believed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction
from math import exp, inf, isfinite, log, sqrt
from typing import Any

import numpy as np
from scipy.optimize import minimize

from verify.counterexamples.rational_roots import rational_roots, square_zeros
from verify.counterexamples.sampler import Sampler
from verify.language import logic
from verify.language.definedness import defined
from verify.language.logic import Rel, Sequent
from verify.language.rational_functions import Raw, ZeroDenominator, raw
from verify.runtime.budget import spend

Values = dict[str, Fraction]
GRID = [
    Fraction(v) for v in ("0", "1", "-1", "2", "-2", "1/2", "-1/2", "3", "-3", "1/3", "4", "10", "-10", "1/10", "100")
]
FAR = [Fraction(s) * Fraction(10) ** e for e in (3, -3, 5, 8, -8, 12) for s in (1, -1)]
MOST_BOUNDARIES = 4  # equations tried, of the goal and beside each of them of the hypotheses
DENOMINATORS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 16, 20, 30, 60, 100, 1000, 10**5, 10**8)


def targets(sequent: Sequent) -> list[logic.Formula]:
    """Formulas that hold exactly where the goal is false, or where it is undefined."""
    integers = {n for n, k in sequent.variables if k == "integer"}
    broken = [logic.negate(c) for c in conjuncts(defined(sequent.goal, integers))]
    return [logic.negate(sequent.goal), *(f for c in broken for f in edges(c))]


def conjuncts(f: logic.Formula) -> list[logic.Formula]:
    return list(f.args) if isinstance(f, logic.Bool) and f.op == "and" else [f]


def edges(f: logic.Formula) -> list[logic.Formula]:
    """A broken condition, also in the form of an equation, which a sampler meets more easily."""
    if isinstance(f, Rel) and f.op in ("<", "<="):
        return [f, Rel("==", f.lhs, f.rhs)]
    return [f]


def candidates(sequent: Sequent, effort: int) -> Iterator[Values]:
    """All points to judge, in a fixed order; ``effort`` 1 is quick, 2 is thorough."""
    yield from grid(sequent, effort)
    wanted = targets(sequent)
    for extra in wanted:
        yield from sampled(sequent, [extra], 120 if effort == 1 else 300, simple=True)
    yield from sampled(sequent, [], 40 if effort == 1 else 200, simple=False)
    yield from square_zeros(sequent, GRID[:5])
    for extra in wanted if effort == 1 else ():
        yield from rational_roots(sequent, extra, GRID, only_equations=True)
    if effort == 1:
        return
    yield from boundaries(sequent, wanted[0])
    for extra in wanted:
        yield from rational_roots(sequent, extra, GRID)
        yield from near_minima(sequent, extra)
        yield from sampled(sequent, [extra], 300, simple=False)
    from verify.counterexamples.z3_models import models

    for extra in wanted[:3]:
        yield from models(sequent, extra)


def grid(sequent: Sequent, effort: int) -> Iterator[Values]:
    """Small values of few variables, and all variables equal."""
    names = [name for name, _ in sequent.variables]
    if len(names) <= 4:
        size = ({0: 1, 1: 15, 2: 11, 3: 6, 4: 4} if effort == 1 else {0: 1, 1: 15, 2: 15, 3: 9, 4: 5})[len(names)]
        for values in itertools.product(GRID[:size], repeat=len(names)):
            yield dict(zip(names, values, strict=True))
    if len(names) <= 2:
        for values in itertools.product(FAR, repeat=len(names)):
            yield dict(zip(names, values, strict=True))
    if len(names) == 1:
        for d in range(2, 13):
            for n in range(-2 * d, 2 * d + 1):
                yield {names[0]: Fraction(n, d)}
        for n in range(-60, 61):
            yield {names[0]: Fraction(n)}
    else:
        for d in range(1, 11):
            for n in range(-d, 3 * d + 1):
                if d == 1 or n % d:
                    yield dict.fromkeys(names, Fraction(n, d))


def sampled(
    sequent: Sequent,
    extra: list[logic.Formula],
    attempts: int,
    *,
    simple: bool,
    count: int = 12,
) -> Iterator[Values]:
    """Up to ``count`` points of the domain steered by further formulas."""
    try:
        sampler = Sampler(dict(sequent.variables), [raw(f) for f in (*sequent.hypotheses, *extra)], simple=simple)
    except (ZeroDenominator, OverflowError, MemoryError):
        return
    for p in sampler.points(count, seed=3, attempts=attempts):
        yield dict(p)


def boundaries(sequent: Sequent, failure: logic.Formula) -> Iterator[Values]:
    """Points where two sides that the failure compares are equal: many a false statement fails nowhere else.

    ``a >= 1 + g implies b < c/g`` fails where b == c/g, a set that points chosen without it do not meet. The sampler
    solves such an equation for a variable in which it is linear; hypotheses that allow equality are tried as equations
    beside it.
    """
    equal = [Rel("==", r.lhs, r.rhs) for r in logic.relations(failure) if r.op in ("<=", ">=")][:MOST_BOUNDARIES]
    edge = [Rel("==", h.lhs, h.rhs) for h in sequent.hypotheses if isinstance(h, Rel) and h.op in ("<=", ">=")]
    alone: list[list[logic.Formula]] = [[e] for e in equal]
    for system in alone:
        for simple in (True, False):
            yield from sampled(sequent, system, 400, simple=simple, count=200)
    for system in ([e, h] for e in equal for h in edge[:MOST_BOUNDARIES]):
        yield from sampled(sequent, system, 100, simple=False, count=50)


# ---------------------------------------------------------------- local minima in floats


def number(t: Raw, values: dict[str, float]) -> float:
    """A term in floats; only used to find places worth looking at."""
    if isinstance(t, str):
        return values[t]
    if not isinstance(t, tuple):
        return float(t)
    op, args = t[0], [number(a, values) for a in t[1:]]
    if op == "+":
        return sum(args)
    if op == "-":
        return -args[0]
    if op == "*":
        out = 1.0
        for a in args:
            out *= a
        return out
    if op == "/":
        return args[0] / args[1]
    if op == "^":
        return args[0] ** (int(args[1]) if args[1] == int(args[1]) else args[1])
    if op in ("min", "max"):
        return (min if op == "min" else max)(args)
    return {"sqrt": sqrt, "exp": exp, "log": log, "abs": abs}[op](args[0])


def excess(f: Raw, values: dict[str, float]) -> float:
    """How far a formula is from holding; negative where it holds with room."""
    op, args = f[0], f[1:]
    if op in logic.RELATIONS:
        a, b = number(args[0], values), number(args[1], values)
        gap = (a - b) / (1 + abs(a) + abs(b))
        return {"<": gap, "<=": gap, ">": -gap, ">=": -gap, "==": abs(gap), "!=": -abs(gap)}[op]
    if op in ("and", "or"):
        parts = [excess(a, values) for a in args]
        return (max(parts, default=-1.0)) if op == "and" else min(parts, default=1.0)
    return excess(raw_negate(f), values)


def raw_negate(f: Raw) -> Raw:
    op, args = f[0], f[1:]
    if op == "not":
        return push(args[0])
    if op == "implies":
        return ("or", push(args[0]), args[1])
    if op == "iff":
        return ("or", ("and", *args), ("and", push(args[0]), push(args[1])))
    raise ValueError(op)


def push(f: Raw) -> Raw:
    """The negation of a raw formula."""
    op, args = f[0], f[1:]
    if op in logic.RELATIONS:
        return (logic.NEGATED[op], *args)
    if op in ("and", "or"):
        return ("or" if op == "and" else "and", *map(push, args))
    if op == "not":
        return args[0]
    if op == "implies":
        return ("and", args[0], push(args[1]))
    return ("or", ("and", args[0], push(args[1])), ("and", push(args[0]), args[1]))


def near_minima(sequent: Sequent, extra: logic.Formula) -> Iterator[Values]:
    """Rational points near local minima of the distance to a violation."""
    for place in minima(sequent, extra):
        for d in DENOMINATORS:
            yield {n: Fraction(round(v * d), d) for n, v in place.items()}
        for most in (10, 100):
            yield {n: Fraction(v).limit_denominator(most) for n, v in place.items()}


def minima(sequent: Sequent, extra: logic.Formula) -> Iterator[dict[str, float]]:
    """Local minima, in floats, of the distance to a point that satisfies the hypotheses and ``extra``."""
    names = [n for n, _ in sequent.variables]
    if not names or len(names) > 8:
        return
    parts = [raw(f) for f in (*sequent.hypotheses, extra)]
    cost = 20 + sum(str(f).count("(") for f in parts)

    def objective(v: Any) -> float:
        spend(cost)
        values = dict(zip(names, map(float, v), strict=True))
        try:
            total = max(excess(f, values) for f in parts)
            return total if isfinite(total) else 1e3
        except (ArithmeticError, ValueError, TypeError):  # among them complex powers of negative numbers
            return 1e3

    starts = [[0.3] * len(names), [1.1] * len(names)]
    starts += [list(map(float, p.values())) for p in itertools.islice(ordered(sequent, names), 4)]
    for start in starts:
        found = minimize(objective, np.array(start), method="Nelder-Mead", options={"maxfev": 160 * len(names)})
        if not np.all(np.isfinite(found.x)) or found.fun > 1e-3:
            continue
        if np.abs(found.x).max() > 1e12 or found.fun == inf:
            continue
        yield dict(zip(names, map(float, found.x), strict=True))


def ordered(sequent: Sequent, names: list[str]) -> Iterator[Values]:
    for values in sampled(sequent, [], 40, simple=False):
        yield {n: values[n] for n in names}

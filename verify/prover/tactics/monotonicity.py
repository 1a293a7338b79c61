"""A function that falls before a point and rises after it is least there: the mean value theorem.

Steps: for a real variable x inside a function value, guess where the difference of the goal is least (zeros of its
derivative that can be written down, simple numbers, other variables, bounds) and keep what agrees with the sample
points; show the goal at that point, and the sign of the derivative on both sides.
Applies to ``<`` and ``<=`` with exp, log, sqrt or a power that is not literal. Stops where the place of the minimum
cannot be written down, and after ``MOST_POINTS`` places for each of ``MOST_NAMES`` variables.
Source: Lagrange 1797 (the mean value theorem); the guess is ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import isfinite
from typing import Any

from verify.kernel.reading import Refused
from verify.kernel.reals.derivatives import derivative
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import names_in
from verify.language.critical_points import critical
from verify.language.evaluation import Point, Undecided, Undefined, evaluate, sign
from verify.language.raw_terms import applications, minus, number
from verify.prover.proof_builder import Node, ProofBuilder, dump
from verify.prover.tactic import ProofSearch, Tactic, is_order
from verify.prover.term import Term
from verify.runtime.errors import present

SIMPLE = [number(Fraction(v)) for v in ("0", "1", "-1", "2", "1/2", "-2", "3", "4", "1/3", "1/4", "-1/2")]

MOST_NAMES, MOST_POINTS = 3, 3  # variables, and places of the minimum for each: at most nine attempts
# Where the least value of a function of one variable is looked for: eighths up to 5, then whole numbers; around the
# least one a grid that is made four times finer as often as this.
GRID = [Fraction(k, 8) for k in range(-40, 41)] + [Fraction(k) for k in range(6, 30)]
FIRST_STEP, REFINEMENTS = Fraction(1, 4), 8
DENOMINATORS = (1, 2, 4, 10, 100, 1000)  # of the rationals near it that are tried
# Tolerances of a guess that is proved or refuted afterwards: values that count as 0 at the place of the minimum,
# distances from it that say nothing, slopes that count as 0.
FLAT, NEAR, ZERO = 1e-4, 1e-3, 1e-12


def prove(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Close a goal ``a <= b`` or ``a < b`` by the sign of a derivative on both sides of a minimum."""
    state = builder.state
    f = minus(state.goal[2], state.goal[1])
    inside = [t for t in applications(f) if t[0] in ("exp", "log", "sqrt", "^")]
    if not inside:
        return None
    names = [x for x in sorted(names_in(f)) if state.kinds[x] == "real" and any(x in names_in(t) for t in inside)]
    # few occurrences first: the derivative in such a variable is simple
    names.sort(key=lambda x: (sum(x in names_in(t) for t in inside), x))
    options: list[tuple[str, Term]] = [(x, c) for x in names[:MOST_NAMES] for c in minima(search, state, f, x)]
    for i, (x, c) in enumerate(options):
        with search.work_share(1 / (len(options) - i)):
            proof = at(search, builder.fork(), x, c, split_depth)
            if proof is not None:
                return proof
    where = ", ".join(sorted({x for x, _ in options}))
    search.note(
        f"derivative: its sign on both sides of the minimum in {where} was not shown"
        if options
        else "derivative: no place of the minimum that can be written down was found"
    )
    return None


def at(search: ProofSearch, builder: ProofBuilder, x: str, c: Term, split_depth: int) -> Node | None:
    """The three parts of the argument with the minimum at ``x = c``."""
    state = builder.state
    y = search.fresh(state, x)
    node: Node = {"rule": "slope", "variable": x, "point": dump(c), "new": y, "base": None, "right": None, "left": None}
    try:
        parts = search.checker.step(state, node)
    except Refused:
        return None
    for (part, _), name in zip(parts, ("base", "right", "left"), strict=True):
        proof = search.prove(part, split_depth - 1)
        if proof is None:
            return None
        node[name] = proof
    return builder.close(node)


def minima(search: ProofSearch, state: State, f: Term, x: str) -> list[Term]:
    """Terms at which ``f`` looks least in ``x`` at the sample points, the simplest first."""
    try:
        slope = derivative(f, x)
    except Refused:
        return []
    points = search.samples.points(state)
    if not points:
        return []
    out: list[Term] = []
    for c in dict.fromkeys(candidates(state, f, slope, x, points)):
        if x not in names_in(c) and plausible(f, slope, x, c, points):
            out.append(c)
        if len(out) == MOST_POINTS:
            break
    return out


def candidates(state: State, f: Term, slope: Term, x: str, points: list[Point]) -> Iterator[Term]:
    """Terms at which the function may be least, from the likeliest to guesses."""
    yield from critical(slope, x)
    others = [y for y in sorted(names_in(f)) if y != x]
    yield from SIMPLE
    yield from others
    yield from ends(state, x)
    if not others:
        yield from numeric(f, x, points)


def ends(state: State, x: str) -> Iterator[Term]:
    """The ends of the interval that the facts give."""
    for g in state.facts:
        if g[0] in ("<", "<="):
            if g[2] == x and x not in names_in(g[1]):
                yield g[1]
            if g[1] == x and x not in names_in(g[2]):
                yield g[2]


def numeric(f: Term, x: str, points: list[Point]) -> Iterator[Term]:
    """Simple rationals near the least value of a function of one variable."""
    best: tuple[float, Fraction] | None = None
    tried = [p[x] for p in points] + GRID
    step = FIRST_STEP
    for _ in range(REFINEMENTS):
        for v in tried:
            value = at_number(f, x, v)
            if value is not None and (best is None or value < best[0]):
                best = (value, v)
        if best is None:
            return
        step /= 4
        tried = [best[1] + k * step for k in range(-4, 5)]
    best = present(best)
    for most in DENOMINATORS:
        yield number(best[1].limit_denominator(most))


def at_number(t: Term, x: str, v: Fraction) -> float | None:
    """The value at a number as a float; None where there is none."""
    try:
        value = evaluate(t, Point({x: v}))
    except (Undefined, Undecided, KeyError):
        return None
    number = float(value) if isinstance(value, Fraction) else float(value.mid())
    return number if isfinite(number) else None


def plausible(f: Term, slope: Term, x: str, c: Term, points: list[Point]) -> bool:
    """Whether f falls before c and rises after it at the sample points and between."""
    seen = 0
    for p in points:
        try:
            middle = evaluate(c, p)
            start = middle if isinstance(middle, Fraction) else Fraction(str(round(float(middle.mid()), 6)))
            if _sign(evaluate(f, {**p, x: start}), FLAT) < 0:
                return False
            for weight in (Fraction(1), Fraction(1, 2), Fraction(1, 10)):
                v = start + (p[x] - start) * weight
                if abs(float(v - start)) < NEAR:
                    continue
                s = _sign(evaluate(slope, Point({**p, x: v}, p.integers)), ZERO)
                if s * (v - start) < 0:
                    return False
                seen += 1
        except Undefined:
            return False
        except (Undecided, KeyError, OverflowError, ValueError):
            continue
    return seen > 0


def _sign(v: Any, tolerance: float) -> int:
    """The sign of a value, 0 within the tolerance."""
    s = sign(v)
    if abs(float(v if isinstance(v, Fraction) else v.mid())) < tolerance:
        return 0
    return 0 if s is None else s


TACTIC = Tactic("monotonicity", prove, is_order)

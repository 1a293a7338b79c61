"""Points near local minima, in floats, of the distance to a violation. Only where to look: each is judged exactly.

The distance is the largest of how far each hypothesis and the failure are from holding. Its minima are found by the
simplex method of Nelder and Mead (1965), which asks for no derivatives: the distance has kinks where formulas meet.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from math import exp, isfinite, log, prod, sqrt

from verify.counterexamples.points import Values, sampled
from verify.language.logic import App, Bool, Formula, Num, Rel, Sequent, Term, Var, negate
from verify.runtime.budget import spend
from verify.runtime.errors import Impossible

Place = dict[str, float]

DENOMINATORS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 16, 20, 30, 60, 100, 1000, 10**5, 10**8)
"""All coordinates are rounded to multiples of 1/d: the simplest point near a place comes first."""

MOST_VARIABLES = 8
STARTS = (0.3, 1.1)  # all coordinates equal: no round numbers, at which formulas have kinks and zeros
MOST_SAMPLES = 4  # further starts, from the domain
EVALUATIONS = 160  # for each variable and start
NOWHERE = 1e3  # stands for the distance where there is none, far above those that there are (below 1)
NEAR = 1e-3  # the largest distance that is worth looking at
FAR = 1e12  # places beyond are where a distance falls without end


def near_minima(sequent: Sequent, failure: Formula) -> Iterator[Values]:
    """Rational points near local minima of the distance to a violation."""
    for place in minima(sequent, failure):
        for d in DENOMINATORS:
            yield {n: Fraction(round(v * d), d) for n, v in place.items()}
        for most in (10, 100):
            yield {n: Fraction(v).limit_denominator(most) for n, v in place.items()}


def minima(sequent: Sequent, failure: Formula) -> Iterator[Place]:
    """Local minima of the distance to a point that satisfies the hypotheses and ``failure``."""
    names = [n for n, _ in sequent.variables]
    if not names or len(names) > MOST_VARIABLES:
        return
    from scipy.optimize import minimize  # loading it takes as long as deciding many a statement without it

    formulas = (*sequent.hypotheses, failure)
    cost = 20 + sum(map(_size, formulas))

    def distance(v: Iterable[float]) -> float:
        spend(cost)
        place = dict(zip(names, map(float, v), strict=True))
        try:
            total = max(excess(f, place) for f in formulas)
            return total if isfinite(total) else NOWHERE
        except (ArithmeticError, ValueError, TypeError):  # among them complex powers of negative numbers
            return NOWHERE

    starts = [[start] * len(names) for start in STARTS]
    for values in itertools.islice(sampled(sequent, [], 40, simple=False), MOST_SAMPLES):
        starts.append([float(values[n]) for n in names])
    for start in starts:
        found = minimize(distance, start, method="Nelder-Mead", options={"maxfev": EVALUATIONS * len(names)})
        place = [float(v) for v in found.x]
        if found.fun > NEAR or not all(isfinite(v) and abs(v) <= FAR for v in place):
            continue
        yield dict(zip(names, place, strict=True))


def excess(f: Formula, place: Mapping[str, float]) -> float:
    """How far a formula is from holding, between -1 and 1; negative where it holds with room."""
    match f:
        case Rel(op, lhs, rhs):
            a, b = in_floats(lhs, place), in_floats(rhs, place)
            gap = (a - b) / (1 + abs(a) + abs(b))
            return {"<": gap, "<=": gap, ">": -gap, ">=": -gap, "==": abs(gap), "!=": -abs(gap)}[op]
        case Bool("and", args):
            return max((excess(a, place) for a in args), default=-1.0)
        case Bool("or", args):
            return min((excess(a, place) for a in args), default=1.0)
        case Bool("not", (a,)):
            return excess(negate(a), place)
        case Bool("implies", (a, b)):
            return min(excess(negate(a), place), excess(b, place))
        case Bool("iff", (a, b)):
            both = max(excess(a, place), excess(b, place))
            return min(both, max(excess(negate(a), place), excess(negate(b), place)))
    raise Impossible(f"{f.op} is not a connective of {len(f.args)} formulas")


def in_floats(t: Term, place: Mapping[str, float]) -> float:
    """A term in floats; raises what floats raise where it has no value."""
    if isinstance(t, Var):
        return place[t.name]
    if isinstance(t, Num):
        return float(t.value)
    args = [in_floats(a, place) for a in t.args]
    match t.op:
        case "+":
            return sum(args)
        case "*":
            return prod(args)
        case "-":
            return -args[0]
        case "/":
            return args[0] / args[1]
        case "^":
            whole = args[1] == int(args[1])
            value: float = args[0] ** int(args[1]) if whole else args[0] ** args[1]
            return value
        case "min":
            return min(args)
        case "max":
            return max(args)
        case "abs":
            return abs(args[0])
    return {"sqrt": sqrt, "exp": exp, "log": log}[t.op](args[0])


def _size(x: Term | Formula) -> int:
    """The operations, relations, connectives and fractions in a formula: what one evaluation costs."""
    match x:
        case Var():
            return 0
        case Num(value):
            return int(value.denominator > 1)
        case Rel(_, lhs, rhs):
            return 1 + _size(lhs) + _size(rhs)
        case App(_, args) | Bool(_, args):
            return 1 + sum(map(_size, args))

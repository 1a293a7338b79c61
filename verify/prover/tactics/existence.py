"""Whether the hypotheses hold somewhere, where equations leave only points that can't be written down.

Steps: a floating point solution is only where to look. Around it the equations, in as many real variables as there are
equations, get a box in which they have a solution, by Krawczyk's test; every other hypothesis has to be true all over
the box, by ball arithmetic. So nothing rests on rounding, but there is no certificate either: this decides only that a
proof is not about an empty domain, never that a statement holds.

Applies where there are equations among the hypotheses and no rational point was found. Stops at more than
``MOST_VARIABLES`` variables, at hypotheses that hold on their edge alone (``x >= 0`` at 0), and at equations that
depend on each other. Source: Krawczyk 1969; Neumaier 1990, Interval Methods for Systems of Equations.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, islice

import flint

from verify.counterexamples.local_minima import minima
from verify.kernel.reading import Refused
from verify.kernel.reals.derivatives import derivative
from verify.kernel.reals.formulas import normal
from verify.language import logic
from verify.language.definedness import defined
from verify.language.logic import Sequent
from verify.language.rational_functions import Raw, raw, value_of_ball
from verify.prover.ball_values import value
from verify.prover.tactics.ball_enclosure import certain
from verify.runtime.budget import spend

MOST_VARIABLES = 6  # of the statement
MOST_CHOICES, MOST_PLACES = 20, 4  # variables that are solved for, and places where that is tried
STEPS = 12  # of Newton's method
PRECISION = 200  # bits, far more than the smallest radius needs
RADII = (Fraction(1, 2**60), Fraction(1, 2**40), Fraction(1, 2**25))  # of the box, the smallest first
COST = 3000  # of one trial, in units of work


def solvable(sequent: Sequent) -> bool:
    """Whether some point satisfies all hypotheses, for certain."""
    premises = [p for h in sequent.hypotheses for p in logic.conjuncts(h)]
    equations = [p for p in premises if isinstance(p, logic.Rel) and p.op == "=="]
    real = [name for name, kind in sequent.variables if kind == "real"]
    if not equations or len(sequent.variables) > MOST_VARIABLES or len(equations) > len(real):
        return False
    others = [normal(raw(f)) for p in premises for f in (defined(p, sequent.integers), p) if f not in equations]
    gaps = [("+", raw(p.lhs), ("-", raw(p.rhs))) for p in equations]
    with flint.ctx.workprec(PRECISION):
        for place in islice(
            minima(Sequent(sequent.variables, sequent.hypotheses, logic.FALSE), logic.TRUE), MOST_PLACES
        ):
            start = {x: Fraction(v) if x in real else Fraction(round(v)) for x, v in place.items()}
            for names in islice(combinations(real, len(gaps)), MOST_CHOICES):
                spend(COST)
                if around(gaps, others, names, start):
                    return True
    return False


def around(gaps: Sequence[Raw], others: Sequence[Raw], names: Sequence[str], start: dict[str, Fraction]) -> bool:
    """Whether a solution of the equations for ``names`` near a point is certain, and all ``others`` hold around it."""
    try:
        slopes = [[derivative(g, x) for x in names] for g in gaps]
        fixed = {x: ball(v.limit_denominator(1000)) for x, v in start.items() if x not in names}
        middle = newton(gaps, slopes, names, fixed, [start[x] for x in names])
        return middle is not None and any(
            krawczyk(gaps, slopes, names, fixed, middle, r) and holds(others, names, fixed, middle, r) for r in RADII
        )
    except (Refused, ZeroDivisionError, OverflowError, ValueError):
        return False


def newton(
    gaps: Sequence[Raw],
    slopes: Sequence[Sequence[Raw]],
    names: Sequence[str],
    fixed: dict[str, flint.arb],
    point: list[Fraction],
) -> list[Fraction] | None:
    """A rational point close to a solution; None where the method does not settle."""
    for _ in range(STEPS):
        at = fixed | {x: ball(v) for x, v in zip(names, point, strict=True)}
        matrix = flint.arb_mat([[value(s, at) for s in row] for row in slopes])
        side = flint.arb_mat([[value(g, at)] for g in gaps])
        step = matrix.solve(side)
        if not all(step[i, 0].is_finite() for i in range(len(point))):
            return None
        point = [rational(ball(v) - step[i, 0]) for i, v in enumerate(point)]
    return point


def krawczyk(
    gaps: Sequence[Raw],
    slopes: Sequence[Sequence[Raw]],
    names: Sequence[str],
    fixed: dict[str, flint.arb],
    middle: list[Fraction],
    r: Fraction,
) -> bool:
    """The box of radius r holds a solution: K = m - Y f(m) + (1 - Y f'(X)) (X - m) lies inside X."""
    n = len(names)
    at = fixed | {x: ball(v) for x, v in zip(names, middle, strict=True)}
    inverse = flint.arb_mat([[value(s, at) for s in row] for row in slopes]).inv()
    y = flint.arb_mat([[ball(rational(inverse[i, j])) for j in range(n)] for i in range(n)])  # any matrix would do
    slope = flint.arb_mat([[value(s, box(names, fixed, middle, r)) for s in row] for row in slopes])
    spread = ball(-r).union(ball(r))
    rest = flint.arb_mat([[int(i == j) for j in range(n)] for i in range(n)]) - y * slope
    move = y * flint.arb_mat([[value(g, at)] for g in gaps])
    for i in range(n):
        away = -move[i, 0] + sum((rest[i, j] * spread for j in range(n)), flint.arb(0))
        if not away.is_finite() or not (away < ball(r) and away > ball(-r)):
            return False
    return True


def holds(
    others: Sequence[Raw], names: Sequence[str], fixed: dict[str, flint.arb], middle: list[Fraction], r: Fraction
) -> bool:
    """Whether all formulas are certain on the box."""
    at = box(names, fixed, middle, r)
    return all(certain(f, at) for f in others)


def box(names: Sequence[str], fixed: dict[str, flint.arb], middle: list[Fraction], r: Fraction) -> dict[str, flint.arb]:
    """The balls around a point, one for each variable that is solved for."""
    sides = {x: ball(v - r).union(ball(v + r)) for x, v in zip(names, middle, strict=True)}
    return fixed | sides


def ball(v: Fraction) -> flint.arb:
    """A ball with one number in it."""
    return flint.arb(flint.fmpq(v.numerator, v.denominator))


def rational(b: flint.arb) -> Fraction:
    """The middle of a ball; ``ValueError`` where it has none, or one that is too long."""
    if not b.is_finite():
        raise ValueError("no finite ball")
    try:
        return value_of_ball(b.mid())
    except OverflowError as error:
        raise ValueError(str(error)) from None

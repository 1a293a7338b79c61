"""Where a counterexample may be: points worth judging, the simplest and likeliest first. Nothing here is believed."""

from __future__ import annotations

from collections.abc import Iterator

from verify.counterexamples.cells import cells_through, grid_cells
from verify.counterexamples.local_minima import near_minima
from verify.counterexamples.points import GRID, SEED, Values, grid, sampled
from verify.counterexamples.rational_roots import rational_roots, square_zeros
from verify.counterexamples.z3_models import models
from verify.language import logic
from verify.language.definedness import defined
from verify.language.logic import Formula, Rel, Sequent

# Efforts: 0 beside an accepted proof, where a counterexample would show a defect of the verifier; 1 before a proof is
# tried; 2 where there is none. Of the false statements that they were tried on they refute 93, 95 and 100 %; 0 takes a
# third of the time of 1.
STEERED = {0: 24, 1: 120, 2: 300}  # by effort, attempts of the sampler to meet a way in which the statement fails
FREE = {0: 20, 1: 40, 2: 200}  # by effort, attempts of the sampler in the domain alone
LINES = 5  # values of each other variable on whose lines a point of every cell is tried
MOST_BOUNDARIES = 4  # equations tried, of the goal and beside each of them of the hypotheses
MOST_ASKED = 3  # ways to fail for which z3 is asked


def targets(sequent: Sequent) -> list[Formula]:
    """Formulas that hold exactly where the goal is false, or where it is undefined."""
    broken = [logic.negate(c) for c in logic.conjuncts(defined(sequent.goal, sequent.integers))]
    return [logic.negate(sequent.goal), *(f for c in broken for f in edges(c))]


def edges(f: Formula) -> list[Formula]:
    """A broken condition, also in the form of an equation, which a sampler meets more easily."""
    match f:
        case Rel("<" | "<=", lhs, rhs):
            return [f, Rel("==", lhs, rhs)]
    return [f]


def candidates(sequent: Sequent, effort: int, after: int | None = None) -> Iterator[Values]:
    """All points to judge, in a fixed order; ``effort`` 0 is a glance, 1 is quick, 2 is thorough.

    ``after``: a smaller effort whose points have been judged, which are not tried again.
    """
    yield from grid(sequent, effort, after)
    wanted = targets(sequent)
    steered, free, seed = STEERED[effort], FREE[effort], SEED
    if after is not None:
        steered, free, seed = steered - STEERED[after], free - FREE[after], SEED + effort
    for extra in wanted:
        yield from sampled(sequent, [extra], steered, simple=True, seed=seed)
    inside = []
    for values in sampled(sequent, [], free, simple=False, seed=seed):
        inside.append(values)
        yield values
    if effort == 0:
        return
    yield from square_zeros(sequent, GRID[:5])
    if effort == 2 or len(sequent.variables) == 1:
        for extra in wanted:
            yield from grid_cells(sequent, extra, GRID[:LINES])
    if effort == 1:
        for extra in wanted:
            yield from rational_roots(sequent, extra, GRID, only_equations=True)
        return
    for extra in wanted:
        yield from cells_through(sequent, extra, inside)
    yield from boundaries(sequent, wanted[0])
    for extra in wanted:
        yield from rational_roots(sequent, extra, GRID)
        yield from near_minima(sequent, extra)
        yield from sampled(sequent, [extra], STEERED[effort], simple=False)
    for extra in wanted[:MOST_ASKED]:
        yield from models(sequent, extra)


def boundaries(sequent: Sequent, failure: Formula) -> Iterator[Values]:
    """Points where two sides that the failure compares are equal: many a false statement fails nowhere else.

    ``a >= 1 + g implies b < c/g`` fails where b == c/g, a set that points chosen without it do not meet. The sampler
    solves such an equation for a variable in which it is linear; hypotheses that allow equality are tried as equations
    beside it.
    """
    equal = [Rel("==", r.lhs, r.rhs) for r in logic.relations(failure) if r.op in ("<=", ">=")][:MOST_BOUNDARIES]
    edge = [Rel("==", h.lhs, h.rhs) for h in sequent.hypotheses if isinstance(h, Rel) and h.op in ("<=", ">=")]
    for e in equal:
        for simple in (True, False):
            yield from sampled(sequent, [e], 400, simple=simple, count=200)
    for e in equal:
        for h in edge[:MOST_BOUNDARIES]:
            yield from sampled(sequent, [e, h], 100, simple=False, count=50)

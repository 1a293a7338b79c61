"""Rules about ranges of integers: sums term by term, what holds for all members, induction."""

from ...reading import Json, need
from ..sorts import Sort
from ..state import Remaining, Run, State
from ..terms import closed

INTEGER = Sort("integer", 0)


def rule_termwise(
    run: Run, state: State, name: Json, lower: Json, upper: Json, relation: Json, proof: Json, then: Json
) -> Remaining:
    """From a(t) <= b(t) for all t from lower to upper, sum a(t) <= sum b(t) as a fact; likewise for ``==``.

    What remains: the relation for a new integer t with lower <= t <= upper.

    Sound: a finite sum of numbers that are not negative is not negative. Checked: the name is new; the range is one,
    that is lower - 1 <= upper is known; the relation is ``<=`` or ``==``.
    """
    t, low, high = state.fresh(name), run.index(state, lower), run.index(state, upper)
    inside = state.assume(("<=", low, t), ("<=", t, high), new={t: INTEGER})
    f = run.formula(inside, relation)
    need(f[0] in ("<=", "=="), "not an inequality or equation of numbers")
    run.need_known(state, ("<=", ("+", low, -1), high), "that the range is one")
    sums = [("sum", low, high, closed(side, t)) for side in f[1:]]
    return [(inside.assume(goal=f), proof), (state.assume((f[0], *sums)), then)]


def rule_general(run: Run, state: State, name: Json, proof: Json) -> Remaining:
    """The goal F(t) for all t from lower to upper, from F(t) for a new integer t with lower <= t <= upper.

    Sound: nothing else is known of t. Checked: the goal is of that form, the name is new.
    """
    need(state.goal[0] == "all", "the goal is not about all integers of a range")
    _, low, high, body = state.goal
    t = state.fresh(name)
    return [(state.assume(("<=", low, t), ("<=", t, high), goal=run.opened(body, t), new={t: INTEGER}), proof)]


def rule_induction(run: Run, state: State, name: Json, base: Json, step: Json) -> Remaining:
    """The goal F(t) for all t from lower to upper, from F(lower) and from F(t) to F(t + 1).

    What remains: F(lower), where lower <= upper; F(t + 1) for a new integer t with lower <= t <= upper - 1 and F(t).

    Sound: by induction; an empty range has no t. Checked: the goal is of that form, the name is new.
    """
    need(state.goal[0] == "all", "the goal is not about all integers of a range")
    _, low, high, body = state.goal
    t = state.fresh(name)
    first = state.assume(("<=", low, high), goal=run.opened(body, low))
    known = (("<=", low, t), ("<=", t, ("+", high, -1)), run.opened(body, t))
    following = state.assume(*known, goal=run.opened(body, ("+", t, 1)), new={t: INTEGER})
    return [(first, base), (following, step)]


def rule_instance(run: Run, state: State, formula: Json, term: Json, then: Json) -> Remaining:
    """F(x) becomes a fact, from the fact that F(t) holds for all t of a range, or that F(v) holds for every vector v.

    Sound: x is one of them. Checked: the quantified formula is a fact as it stands; an integer x lies in the range. A
    formula about every vector is about constants and has no expectation, so it holds at any random vector too.
    """
    f = run.formula(state, formula)
    need(f in state.facts and f[0] in ("all", "every"), "not a fact about all of something")
    if f[0] == "every":
        return [(state.assume(run.opened(f[1], run.vector(state, term))), then)]
    _, low, high, body = f
    x = run.index(state, term)
    run.need_known(state, ("<=", low, x), "that the index is not below the range")
    run.need_known(state, ("<=", x, high), "that the index is not above the range")
    return [(state.assume(run.opened(body, x)), then)]

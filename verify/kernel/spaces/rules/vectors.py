"""Rules about vectors: when one is zero, and the inequality of Cauchy and Schwarz."""

from ...reading import Json, need
from ...reals.terms import Term, minus
from ..state import Remaining, Run, State
from .positivity import pairs


def rule_null(run: Run, state: State, vector: Json, then: Json) -> Remaining:
    """v == 0 becomes a fact, where ||v||^2 <= 0.

    Sound: an inner product is definite. Checked: <v, v> <= 0 is known.
    """
    v = run.vector(state, vector)
    run.need_known(state, ("<=", ("inner", v, v), 0), "that the vector has no length")
    return [(state.assume(("same", v, ("zero",))), then)]


def rule_schwarz(run: Run, state: State, left: Json, right: Json, then: Json) -> Remaining:
    """<u, v> <= ||u|| ||v||, 0 <= ||u|| and 0 <= ||v|| become facts.

    Sound: this is the inequality of Cauchy and Schwarz. Checked: u and v are vectors.
    """
    u, v = run.vector(state, left), run.vector(state, right)
    signs = [("<=", 0, ("norm", x)) for x in (u, v)]
    return [(state.assume(*signs, ("<=", ("inner", u, v), ("*", ("norm", u), ("norm", v)))), then)]


def rule_vectors(run: Run, state: State, equations: Json) -> Remaining:
    """The goal v == w between vectors, from equations l == r between vectors: v - w is the sum of x (l - r).

    Sound: each x (l - r) is zero. Checked: the equations are known, and the identity, by normal forms.
    """
    need(state.goal[0] == "same", "the goal is no equation of vectors")
    rest: list[Term] = []
    for x, entry in pairs(equations):
        f = run.formula(state, entry)
        need(f[0] == "same", "not an equation of vectors")
        run.need_known(state, f, "an equation")
        rest.append(("-", ("scale", run.scalar(state, x), minus(f[1], f[2]))))
    total = ("+", minus(state.goal[1], state.goal[2]), ("zero",), *rest)
    need(run.vector_vanishes(state, total), "the identity does not hold")
    return []

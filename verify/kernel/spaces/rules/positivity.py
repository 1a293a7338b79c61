"""The rule that most proofs end with: a sum of what is not negative."""

from ...reading import Json, need
from ...reals.terms import Term, minus
from ..sorts import items
from ..state import Remaining, Run, State


def rule_combine(
    run: Run, state: State, facts: Json, squares: Json, numbers: Json, equations: Json, vectors: Json
) -> Remaining:
    """The goal a REL b: b - a is a sum of x (d - c) for facts c REL d, y ||v||^2 and z t^2 for numbers x, y, z >= 0,
    w (l - r) for equations l == r, and <u, v - w> for equations v == w between vectors.

    Sound: no summand of the first kinds is negative, the others are zero; one of the first kind with x > 0 and c < d is
    positive. Checked: the facts are known, the factors known to be >= 0; the identity, by normal forms whose divisors
    are known not to be zero; for ``<`` that one summand is positive, for ``==`` that there are only equations.
    """
    op, a, b = comparison(state)
    total: list[Term] = []
    strict = False
    for x, entry in pairs(facts):
        f, factor = run.formula(state, entry), run.scalar(state, x)
        need(f[0] in ("<=", "<", "=="), "a fact is no inequality")
        run.need_known(state, f, "a fact of the sum")
        run.need_known(state, ("<=", 0, factor), "the sign of a factor")
        strict = strict or (f[0] == "<" and run.knows(state, ("<", 0, factor)))
        total.append(("*", factor, minus(f[2], f[1])))
    for x, entry in pairs(squares):
        v, factor = run.vector(state, entry), run.scalar(state, x)
        run.need_known(state, ("<=", 0, factor), "the sign of a factor")
        total.append(("*", factor, ("inner", v, v)))
    for x, entry in pairs(numbers):
        t, factor = run.scalar(state, entry), run.scalar(state, x)
        run.need_known(state, ("<=", 0, factor), "the sign of a factor")
        total.append(("*", factor, ("^", t, 2)))
    need(op != "==" or not total, "an equation is no sum of inequalities")
    need(op != "<" or strict, "no summand is positive")
    for x, entry in pairs(equations):
        f = run.formula(state, entry)
        need(f[0] == "==", "not an equation of numbers")
        run.need_known(state, f, "an equation")
        total.append(("*", run.scalar(state, x), minus(f[1], f[2])))
    for x, entry in pairs(vectors):
        f = run.formula(state, entry)
        need(f[0] == "same", "not an equation of vectors")
        run.need_known(state, f, "an equation")
        total.append(("inner", run.vector(state, x), minus(f[1], f[2])))
    need(run.vanishes(state, minus(minus(b, a), ("+", 0, 0, *total))), "the identity does not hold")
    return []


def comparison(state: State) -> tuple[str, Term, Term]:
    """The relation and the sides of a goal that is one."""
    need(state.goal[0] in ("<=", "<", "=="), "the goal is no comparison of numbers")
    op, a, b = state.goal
    return op, a, b


def pairs(data: Json) -> list[tuple[Json, Json]]:
    """Rows of two entries."""
    rows = items(data)
    need(all(len(items(row)) == 2 for row in rows), "expected rows of two entries")
    return [(row[0], row[1]) for row in rows]

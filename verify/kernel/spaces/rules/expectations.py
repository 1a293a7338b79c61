"""The rules of expectations: they are positive, and the inequality of Cauchy and Schwarz.

That they are linear is in the normal forms."""

from ...reading import Json, need
from ...reals.terms import Formula, Term
from ..sorts import read_level
from ..state import Remaining, Run, State


def rule_expect(run: Run, state: State, level: Json, relation: Json, proof: Json, then: Json) -> Remaining:
    """From X <= Y the fact E_k X <= E_k Y, from X == Y the fact E_k X == E_k Y.

    What remains: the relation, under the facts that are sure or known at stage k.

    Sound: let A be the event that the facts known at stage k hold. On A we have X <= Y almost surely, and A belongs to
    F_k, so E_k (1_A (Y - X)) = 1_A E_k (Y - X) is not negative: on A, E_k X <= E_k Y. E_k is linear and positive, with
    E_k 1 = 1. Checked: the relation is ``<=`` or ``==``; both sides are polynomials in what is not known at stage k, so
    that they have expectations; the facts that are left out.
    """
    k, f = read_level(level), run.formula(state, relation)
    need(f[0] in ("<=", "=="), "not an inequality or equation of numbers")
    means = [("E", k, side) for side in f[1:]]
    for mean in means:
        run.forms.scalar(mean)  # refuses what has no expectation
    run.algebra.spend(4 * len(state.facts) + sum(state.facts.values()))
    kept = {g: size for g, size in state.facts.items() if g in state.sure or state.level(g) <= k}
    inside = State(state.sorts, kept, state.sure, f)
    return [(inside, proof), (state.assume((f[0], *means)), then)]


def rule_moments(run: Run, state: State, level: Json, left: Json, right: Json, then: Json) -> Remaining:
    """(E_k <u, v>)^2 <= E_k ||u||^2 E_k ||v||^2 becomes a fact.

    Sound: E_k <u, v> is a form that is bilinear over what is known at stage k, and E_k ||u||^2 is not negative; this is
    its inequality of Cauchy and Schwarz. Checked: u and v are vectors, and the expectations exist.
    """
    k, u, v = read_level(level), run.vector(state, left), run.vector(state, right)
    return [(state.assume(schwarz(run, k, *[("inner", x, y) for x, y in ((u, v), (u, u), (v, v))])), then)]


def rule_products(run: Run, state: State, level: Json, left: Json, right: Json, then: Json) -> Remaining:
    """(E_k s t)^2 <= E_k s^2 E_k t^2 becomes a fact, for numbers s and t.

    Sound: as ``moments``, numbers being vectors of a line. Checked: the expectations exist.
    """
    k, s, t = read_level(level), run.scalar(state, left), run.scalar(state, right)
    return [(state.assume(schwarz(run, k, *[("*", x, y) for x, y in ((s, t), (s, s), (t, t))])), then)]


def schwarz(run: Run, k: int, product: Term, left: Term, right: Term) -> Formula:
    """The square of one expectation is at most the product of two others."""
    means = [("E", k, x) for x in (product, left, right)]
    for mean in means:
        run.forms.scalar(mean)  # refuses what has no expectation
    return ("<=", ("^", means[0], 2), ("*", means[1], means[2]))

"""The rule of expectations: they are positive. That they are linear is in the normal forms."""

from ...reading import Json, need
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

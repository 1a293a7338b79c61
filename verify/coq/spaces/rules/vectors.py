"""Rules about vectors: null, schwarz, vectors."""

from __future__ import annotations

from verify.coq.spaces.knowledge import Knowledge
from verify.coq.spaces.place import Place, Scope, Work, assume, pointwise, shown
from verify.coq.spaces.replay import Step
from verify.coq.spaces.rules.logic import notation
from verify.coq.spaces.rules.rest import Rest
from verify.kernel.reals.terms import Formula


def rule_null(work: Work, scope: Scope, step: Step) -> Rest:
    v = work.run.vector(step.state, step.node["vector"])
    note = notation(scope, step)
    fact: Formula = ("same", v, ("zero",))

    def build(place: Place) -> str:
        return f"(null V {note.vector(v)} {Knowledge(place).known(('<=', ('inner', v, v), 0))})"

    assume(work.script, scope, note, fact, shown(work, scope, step.state, note.formula(fact), build))
    return scope, step.after[0]


def rule_schwarz(work: Work, scope: Scope, step: Step) -> Rest:
    u, v = (work.run.vector(step.state, step.node[side]) for side in ("left", "right"))
    note = notation(scope, step)
    a, b = note.vector(u), note.vector(v)
    product: Formula = ("<=", ("inner", u, v), ("*", ("norm", u), ("norm", v)))
    proofs = [(("<=", 0, ("norm", u)), f"(norm_pos V {a})"), (("<=", 0, ("norm", v)), f"(norm_pos V {b})")]
    for fact, proof in [*proofs, (product, f"(schwarz V {a} {b})")]:
        name = shown(work, scope, step.state, note.formula(fact), lambda place, proof=proof: proof)  # type: ignore[misc]
        assume(work.script, scope, note, fact, name)
    return scope, step.after[0]


def rule_vectors(work: Work, scope: Scope, step: Step) -> Rest:
    run, state = work.run, step.state
    _, left, right = state.goal
    rest = [(run.scalar(state, x), run.formula(state, entry)) for x, entry in step.node["equations"]]
    text = notation(scope, step).formula(state.goal)
    pointwise(work, scope, state, text, lambda place: Knowledge(place).equal_vectors(left, right, rest))
    return None

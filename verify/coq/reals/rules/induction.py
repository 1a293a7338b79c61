"""The rule of induction over the integers from some number on."""

from __future__ import annotations

from verify.coq.reals.integers import integer
from verify.coq.reals.knowledge import assume, must
from verify.coq.reals.literals import in_goal, powers
from verify.coq.reals.notation import formula, term
from verify.coq.reals.replay import Step
from verify.coq.reals.rules.rest import Rest
from verify.coq.reals.script import Scope, Work
from verify.kernel.reals.terms import names_in


def rule_induction(work: Work, scope: Scope, step: Step) -> Rest:
    script = work.script
    k, first = step.node["variable"], step.state.term(step.node["start"])
    base, following = step.after
    hole, at, whole, order, holds = (script.fresh(p) for p in ("v", "v", "I", "H", "H"))
    motive = f"fun {hole} : R => {formula(step.state.goal, {**scope.names, k: hole})}"
    whole_first = integer(work, scope, step.state, first)
    reached = must(script, scope, ("<=", first, k))
    ends = f"{term(first, scope.names)} {scope.names[k]} {whole_first} {scope.integers[k]} {reached}"
    script.line(f"refine (int_ind ({motive}) {ends} _ _).")
    rest = scope.copy()
    rest.facts = {f: proof for f, proof in scope.facts.items() if k not in names_in(f)}
    rest.nonzero, rest.parts = {}, {}
    script.line("{ cbv beta.")
    in_goal(script, scope, powers(step.state.goal, {k: first}))
    script.line(f"change {formula(base.state.goal, scope.names)}.")
    work.prove(rest.copy(), base)
    script.line("}")
    rest.names[k], rest.integers[k] = at, whole
    rest.facts["<=", first, k] = order
    script.line(f"intros {at} {whole} {order} {holds}. cbv beta in {holds}. cbv beta.")
    assume(script, rest, step.state.goal, holds)
    script.line(f"change {formula(following.state.goal, rest.names)}.")
    return rest, following

"""The rule of expectations: they are positive."""

from __future__ import annotations

from verify.coq.spaces.notation import OUTCOME
from verify.coq.spaces.place import Scope, Work, assume, stated
from verify.coq.spaces.replay import Step
from verify.coq.spaces.rules.logic import notation, proved
from verify.coq.spaces.rules.rest import Rest
from verify.kernel.reals.terms import Formula


def rule_expect(work: Work, scope: Scope, step: Step) -> Rest:
    shown, then = step.after
    op, a, b = shown.state.goal
    k, note = int(step.node["level"]), notation(scope, step)
    name = proved(work, scope, shown)
    sure = name
    if stated(note.formula(shown.state.goal)) == note.formula(shown.state.goal):
        sure = f"(almost_all _ P _ (fun {OUTCOME} => {name}))"
    n = max(sort.level for sort in step.state.sorts.values())
    fact: Formula = (op, ("E", k, a), ("E", k, b))
    lemma = "E_mono" if op == "<=" else "E_same"
    functions = " ".join(f"(fun {OUTCOME} => {note.scalar(side)})" for side in (a, b))
    tactic = f"apply ({lemma} V P {n} {k} {functions}); [stage {n}%nat | stage {n}%nat | exact {sure}]"
    found = work.script.fresh()
    work.script.line(f"assert ({found} : {stated(note.formula(fact))}) by ({tactic}).")
    assume(work.script, scope, note, fact, found)
    return scope, then

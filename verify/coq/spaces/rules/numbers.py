"""The rule that takes a theorem about numbers at some terms."""

from __future__ import annotations

from verify.coq.spaces.integers import integer
from verify.coq.spaces.knowledge import Knowledge
from verify.coq.spaces.literals import stated_as
from verify.coq.spaces.place import Place, Scope, Work, assume, shown
from verify.coq.spaces.replay import Step
from verify.coq.spaces.rules.logic import notation
from verify.coq.spaces.rules.rest import Rest
from verify.kernel.reals.terms import TRUE, Formula
from verify.kernel.spaces.rules.numbers import given


def rule_lemma(work: Work, scope: Scope, step: Step) -> Rest:
    run, state = work.run, step.state
    kinds, parts = run.numbers[step.node["theorem"]]
    theta = {x: run.scalar(state, t) for x, t in zip(kinds, step.node["terms"], strict=True)}
    conclusion: Formula = given(run, parts[-1], theta)
    note = notation(scope, step)

    def build(place: Place) -> str:
        knowledge = Knowledge(place)
        arguments = [knowledge.text(theta[x]) for x in kinds]
        arguments += [integer(place, theta[x]) for x, kind in kinds.items() if kind == "integer"]
        for h in parts[:-1]:
            if h != TRUE:
                proof = knowledge.known(given(run, h, theta))
                arguments.append(stated_as(place, h, theta, proof, back=True))
        return stated_as(place, parts[-1], theta, f"({work.named[step.node['theorem']]} {' '.join(arguments)})")

    name = shown(work, scope, state, note.formula(conclusion), build)
    assume(work.script, scope, note, conclusion, name)
    return scope, step.after[0]

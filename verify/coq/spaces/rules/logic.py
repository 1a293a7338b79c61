"""Rules of logic: known, split, have, cases."""

from __future__ import annotations

from verify.coq.reals.knowledge import conjunction
from verify.coq.spaces.knowledge import Knowledge
from verify.coq.spaces.notation import Notation
from verify.coq.spaces.place import Lines, Scope, Work, assume, pointwise, put, random
from verify.coq.spaces.replay import Step
from verify.coq.spaces.rules.rest import Rest
from verify.coq.untranslated import Untranslated
from verify.kernel.reals.terms import Formula
from verify.kernel.spaces.rules.logic import OPPOSITE

DECISIONS = {"<": "Rlt_or_le {} {}", "<=": "Rle_or_lt {} {}", "!=": "ne_dec {} {}", "==": "Req_dec {} {}"}


def rule_known(work: Work, scope: Scope, step: Step) -> Rest:
    goal = step.state.goal
    text = notation(scope, step).formula(goal)
    pointwise(work, scope, step.state, text, lambda place: Knowledge(place).known(goal))
    return None


def rule_split(work: Work, scope: Scope, step: Step) -> Rest:
    names = []
    for part, after in zip(step.state.goal[1:], step.after, strict=True):
        names.append(proved(work, scope, after))
        assume(work.script, scope, notation(scope, step), part, names[-1])
    note = notation(scope, step)
    texts = {name: note.formula(part) for name, part in zip(names, step.state.goal[1:], strict=True)}
    pointwise(
        work,
        scope,
        step.state,
        note.formula(step.state.goal),
        lambda place: conjunction([place.use(name, text) for name, text in texts.items()]),
    )
    return None


def rule_have(work: Work, scope: Scope, step: Step) -> Rest:
    shown, then = step.after
    name = proved(work, scope, shown)
    assume(work.script, scope, notation(scope, step), shown.state.goal, name)
    return scope, then


def rule_cases(work: Work, scope: Scope, step: Step) -> Rest:
    f: Formula = work.run.formula(step.state, step.node["formula"])
    note = notation(scope, step)
    if random(note.formula(f)):
        raise Untranslated("cases of something random")
    op, a, b = f
    other = (OPPOSITE[op], a, b) if op in ("==", "!=") else (OPPOSITE[op], b, a)
    holds, fails = work.script.fresh(), work.script.fresh()
    decided = DECISIONS[op].format(note.scalar(a), note.scalar(b))
    work.script.line(f"destruct ({decided}) as [{holds}|{fails}].")
    for g, name, after in zip((f, other), (holds, fails), step.after, strict=True):
        inner = scope.copy()
        inner.facts[g] = name
        work.script.line("{")
        work.prove(work, inner, after)
        work.script.line("}")
    return None


def notation(scope: Scope, step: Step) -> Notation:
    """How terms are written at a step."""
    return Notation(step.state.sorts, scope.names)


def proved(work: Work, scope: Scope, step: Step) -> str:
    """The name of a step's goal, with its proof."""
    lines = Lines(work.script)
    work.prove(work.on(lines), scope.copy(), step)
    return put(work.script, notation(scope, step).formula(step.state.goal), lines)

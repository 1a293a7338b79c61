"""Rules of logic: known, split, have, cases, either."""

from __future__ import annotations

from verify.coq.reals.knowledge import assume, conjunction, must, pattern, proved
from verify.coq.reals.notation import formula, term
from verify.coq.reals.replay import Step
from verify.coq.reals.rules.rest import Rest
from verify.coq.reals.script import Scope, Work
from verify.kernel.reals.formulas import negate, normal
from verify.kernel.reals.terms import RELATIONS, Formula


def rule_known(work: Work, scope: Scope, step: Step) -> Rest:
    work.script.line(f"exact {must(work.script, scope, step.state.goal)}.")
    return None


def rule_split(work: Work, scope: Scope, step: Step) -> Rest:
    op, *parts = step.state.goal
    script = work.script
    if op == "or":
        for part in parts[:-1]:
            holds, fails = script.fresh(), script.fresh()
            script.line(f"destruct {excluded_middle(scope, part)} as [{holds}|{fails}].")
            script.line(f"{{ left. exact {holds}. }} right.")
            assume(script, scope, normal(negate(part)), fails)
        return scope, step.after[0]
    names = []
    for part, after in zip(parts, step.after, strict=True):
        name = script.fresh()
        script.line(f"assert ({name} : {formula(part, scope.names)}).")
        work.block(scope, after)
        assume(script, scope, part, name)
        names.append(name)
    script.line(f"exact {conjunction(names)}.")
    return None


def rule_have(work: Work, scope: Scope, step: Step) -> Rest:
    shown, then = step.after
    name = work.script.fresh()
    work.script.line(f"assert ({name} : {formula(shown.state.goal, scope.names)}).")
    work.block(scope, shown)
    assume(work.script, scope, shown.state.goal, name)
    return scope, then


def rule_cases(work: Work, scope: Scope, step: Step) -> Rest:
    f = step.state.formula(step.node["formula"])
    holds, fails = work.script.fresh(), work.script.fresh()
    work.script.line(f"destruct {excluded_middle(scope, f)} as [{holds}|{fails}].")
    for g, name, after in zip((f, normal(negate(f))), (holds, fails), step.after, strict=True):
        _case(work, scope, g, name, after)
    return None


def rule_either(work: Work, scope: Scope, step: Step) -> Rest:
    f = step.state.formula(step.node["formula"])
    script = work.script
    names, copy = [script.fresh() for _ in f[1:]], script.fresh()
    script.line(f"pose proof {proved(script, scope, scope.facts[f])} as {copy}.")
    script.line(f"destruct {copy} as {pattern('[', '|', names, ']')}.")
    for g, name, after in zip(f[1:], names, step.after, strict=True):
        _case(work, scope, g, name, after)
    return None


def _case(work: Work, scope: Scope, f: Formula, name: str, after: Step) -> None:
    inner = scope.copy()
    work.script.line("{")
    assume(work.script, inner, f, name)
    work.prove(inner, after)
    work.script.line("}")


def excluded_middle(scope: Scope, f: Formula) -> str:
    """A proof of a formula in normal form or its negation in normal form."""
    op = f[0]
    if op in RELATIONS:
        lemma = {"<": "Rlt_or_le", "<=": "Rle_or_lt", "==": "Req_dec", "!=": "ne_dec"}[op]
        return f"({lemma} {term(f[1], scope.names)} {term(f[2], scope.names)})"
    proofs = [excluded_middle(scope, part) for part in f[1:]]
    if not proofs:
        return "(or_introl I)" if op == "and" else "(or_intror I)"
    found = proofs[-1]
    for proof in reversed(proofs[:-1]):
        found = f"(em_{op} _ _ _ _ {proof} {found})"
    return found

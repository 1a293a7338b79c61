"""Rules about equal terms and new names: congruent, rewrite, define, extreme, bound."""

from __future__ import annotations

from verify.coq.reals import names
from verify.coq.reals.arithmetic import Arithmetic
from verify.coq.reals.integers import integer
from verify.coq.reals.knowledge import known, must
from verify.coq.reals.literals import Power, conversion, in_goal, powers
from verify.coq.reals.notation import formula, term
from verify.coq.reals.replay import Step
from verify.coq.reals.rules.rest import Rest
from verify.coq.reals.script import Carried, Proof, Scope, Work
from verify.kernel.reals.json_form import read_number
from verify.kernel.reals.terms import Formula, Term, minus, names_in, rewrite, substitute


def rule_congruent(work: Work, scope: Scope, step: Step) -> Rest:
    a, b = step.state.term(step.node["left"]), step.state.term(step.node["right"])
    if not (isinstance(a, tuple) and isinstance(b, tuple)):
        raise TypeError("the kernel accepted a congruence of something else")
    script, algebra = work.script, Arithmetic(work.run, work.script, scope, step.state)
    holes = [script.fresh("v") for _ in a[1:]]
    left, right = ([term(t, scope.names) for t in side[1:]] for side in (a, b))

    def of(arguments: list[str]) -> str:  # of a power always pw, which is one function
        return term((a[0], *holes), dict(zip(holes, arguments, strict=True)))

    at, proof = list(left), "eq_refl"
    for i, (u, v) in enumerate(zip(a[1:], b[1:], strict=True)):
        if u != v:
            equation = known(script, scope, ("==", u, v)) or algebra.equal(u, v)
            motive = f"fun {holes[i]} : R => {of(left)} = {of([*at[:i], holes[i], *at[i + 1 :]])}"
            proof = f"(eq_ind _ ({motive}) {proof} _ {equation})"
            at[i] = right[i]
    found: list[Power] = [(t[1], t[2]) for t in (a, b) if t[0] == "^" and isinstance(t[2], int)]
    same = script.stated(f"{of(left)} = {of(right)}", f"exact {proof}")
    exact = f"{conversion(scope.names, found, 'P')}exact P"
    name = script.asserted(
        scope, ("==", a, b), f"let P := fresh in pose proof {same} as P; {exact}" if found else f"exact {same}"
    )
    scope.facts["==", a, b] = name
    return scope, step.after[0]


def rule_rewrite(work: Work, scope: Scope, step: Step) -> Rest:
    old, new = step.state.term(step.node["left"]), step.state.term(step.node["right"])
    script = work.script
    equation = script.asserted(scope, ("==", old, new), f"exact {must(script, scope, ('==', old, new))}")
    hole = script.fresh("v")
    inside = {**scope.names, hole: hole}
    facts: dict[Formula, Proof] = {}
    for f, proof in scope.facts.items():
        g = rewrite(f, old, new)
        if g == f:
            facts[f] = proof
        elif g not in facts:
            template = rewrite(f, old, hole)
            motive = f"fun {hole} : R => {formula(template, inside)}"
            carried = Carried(g, dict(scope.names), motive, proof, equation, tuple(powers(template, {hole: new})))
            facts[g] = carried
    scope.facts = facts
    goal = rewrite(step.state.goal, old, new)
    if goal != step.state.goal:
        template = rewrite(step.state.goal, old, hole)
        script.line(f"refine (eq_ind_r (fun {hole} : R => {formula(template, inside)}) _ {equation}).")
        if found := powers(template, {hole: new}):
            script.line("cbv beta.")
            in_goal(script, scope, found)
        script.line(f"change {formula(goal, scope.names)}.")
    return scope, step.after[0]


def rule_define(work: Work, scope: Scope, step: Step) -> Rest:
    new, t = step.node["new"], step.state.term(step.node["term"])
    script, after = work.script, step.after[0]
    name, equation = names.variable(new, scope.names.values()), script.fresh()
    script.line(f"destruct (exists_eq {term(t, scope.names)}) as [{name} {equation}].")
    if after.state.kinds[new] == "integer":
        whole = script.fresh("I")
        proof = integer(work, scope, step.state, t)
        script.line(f"pose proof (int_eq _ _ {proof} (eq_sym {equation})) as {whole}.")
        scope.integers[new] = whole
    scope.names[new] = name
    scope.facts["==", new, t] = equation
    return scope, after


def rule_extreme(work: Work, scope: Scope, step: Step) -> Rest:
    t, i = step.state.term(step.node["term"]), read_number(step.node["index"])
    if not isinstance(t, tuple) or not isinstance(i, int):
        raise TypeError("the kernel accepted an extreme of something else")
    script = work.script
    orders = [("<=", t[i], a) if t[0] == "min" else ("<=", a, t[i]) for a in t[1:]]
    held = [script.asserted(scope, f, f"exact {must(script, scope, f)}") for f in orders]
    tactic = f"revert {' '.join(held)}; clear; intros; unfold R{t[0]}; cases_of_order; lra"
    scope.facts["==", t, t[i]] = script.asserted(scope, ("==", t, t[i]), tactic)
    return scope, step.after[0]


def rule_bound(work: Work, scope: Scope, step: Step) -> Rest:
    script, after = work.script, step.after[0]
    x, new = step.node["variable"], step.node["new"]
    low, high = (None if step.node[k] is None else step.state.term(step.node[k]) for k in ("lower", "upper"))
    witness, shape, closed = _witness(work, scope, x, low, high, new)
    name, sign, equation = names.variable(new, scope.names.values()), script.fresh(), script.fresh()
    script.line(f"destruct {witness} as [{name} [{sign} {equation}]].")
    if after.state.kinds[new] == "integer":
        end = low if low is not None else high
        lemma = "int_low" if high is None else "int_high"
        proof = f"{lemma} _ _ _ {scope.integers[x]} {integer(work, scope, step.state, end or 0)} {equation}"
        scope.integers[new] = script.stated(f"is_int {name}", f"exact ({proof})", "I")
    moved = {**scope.names, new: name}
    _transported(work, scope, x, shape, equation, moved, step.state.goal)
    scope.names = {k: v for k, v in moved.items() if k != x}
    scope.integers.pop(x, None)
    scope.nonzero, scope.parts = {}, {}
    scope.facts["<=" if closed else "<", 0, new] = sign
    return scope, after


def _witness(work: Work, scope: Scope, x: str, low: Term | None, high: Term | None, new: str) -> tuple[str, Term, bool]:
    """That there is such an s, by its lemma; x as a term in s; whether s may be 0."""

    def fact(op: str, a: Term, b: Term) -> str | None:
        return known(work.script, scope, (op, a, b))

    at = term(x, scope.names)
    if high is None and low is not None:
        strict = fact("<", low, x)
        proof = strict or must(work.script, scope, ("<=", low, x))
        end = term(low, scope.names)
        return f"({'low_lt' if strict else 'low_le'} {end} {at} {proof})", ("+", low, new), not strict
    if low is None and high is not None:
        strict = fact("<", x, high)
        proof = strict or must(work.script, scope, ("<=", x, high))
        end = term(high, scope.names)
        return f"({'high_lt' if strict else 'high_le'} {end} {at} {proof})", minus(high, new), not strict
    if low is None or high is None:
        raise TypeError("the kernel accepted a bound without ends")
    below, above = fact("<", low, x), fact("<", x, high)
    start, end_ = (low, high) if above else (high, low)
    shape = ("/", ("+", start, ("*", end_, new)), ("+", 1, new))
    ends = f"{term(low, scope.names)} {term(high, scope.names)}"
    if below and above:
        return f"(both_lt {ends} {at} {below} {above})", shape, False
    if above:
        return f"(both_le {ends} {at} {must(work.script, scope, ('<=', low, x))} {above})", shape, True
    ends = f"{term(high, scope.names)} {term(low, scope.names)}"
    return f"(both_ge {ends} {at} {must(work.script, scope, ('<=', x, high))} {below})", shape, True


def _transported(
    work: Work, scope: Scope, x: str, shape: Term, equation: str, moved: dict[str, str], goal: Formula
) -> None:
    """Everything with the shape for the variable: the goal now, the facts when they are used."""
    hole = work.script.fresh("v")
    inside = {**moved, x: hole}
    facts: dict[Formula, Proof] = {}
    for f, proof in scope.facts.items():
        g = substitute(f, {x: shape})
        if g == f:
            facts[f] = proof
        elif g not in facts:
            facts[g] = Carried(g, moved, f"fun {hole} : R => {formula(f, inside)}", proof, equation)
    scope.facts = facts
    if x in names_in(goal):
        work.script.line(f"refine (eq_ind_r (fun {hole} : R => {formula(goal, inside)}) _ {equation}).")
        work.script.line(f"change {formula(substitute(goal, {x: shape}), moved)}.")

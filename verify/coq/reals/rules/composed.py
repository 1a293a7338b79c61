"""The rule of limits of composed functions: f(u) tends to f(w) where u tends to w and f is continuous at w."""

from __future__ import annotations

from verify.coq.reals.arithmetic import Arithmetic
from verify.coq.reals.knowledge import assume
from verify.coq.reals.notation import formula, term
from verify.coq.reals.replay import Step
from verify.coq.reals.rules.continuity import Continuity
from verify.coq.reals.rules.rest import Rest
from verify.coq.reals.script import Scope, Work
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import TRUE


def rule_compose(work: Work, scope: Scope, step: Step) -> Rest:
    script = work.script
    inside, defined = step.after
    _, _, x, point, _ = step.state.goal
    s, u, w = step.node["new"], step.state.term(step.node["inner"]), step.state.term(step.node["at"])
    outer = State({**step.state.kinds, s: "real"}, {}, TRUE).term(step.node["outer"])
    shown = script.fresh()
    script.line(f"assert ({shown} : {formula(defined.state.goal, scope.names)}).")
    work.block(scope, defined)
    assume(script, scope, defined.state.goal, shown)
    name, at = script.fresh("s"), script.fresh("x")
    names = {**scope.names, s: name}
    state = step.state.assume(defined.state.goal)
    algebra = Arithmetic(work.run, script, scope, State(state.kinds, state.facts, TRUE, state.spend))
    proof = Continuity(algebra, names, s, w).of(outer)
    function = f"(fun {name} => {term(outer, names)})"
    value = term(w, scope.names)
    continuous = script.stated(f"continuity_pt {function} {value}", f"exact {proof}", "C")
    inner = f"(fun {at} => {term(u, {**scope.names, x: at})})"
    lemma = "comp_oo" if point == "oo" else "comp_0"
    script.line(f"refine ({lemma} {function} {inner} {value} {continuous} _).")
    return scope, inside

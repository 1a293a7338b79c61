"""The rule of limits: a rational function of x tends to a value."""

from __future__ import annotations

from verify.coq.reals.knowledge import assume
from verify.coq.reals.notation import formula
from verify.coq.reals.replay import Step
from verify.coq.reals.rules.degrees import Limit, by_degrees
from verify.coq.reals.rules.inner_limits import inner_function, small, through
from verify.coq.reals.rules.rest import Rest
from verify.coq.reals.script import Scope, Work


def rule_limit(work: Work, scope: Scope, step: Step) -> Rest:
    script, duty = work.script, step.after[0].state.goal
    shown = script.fresh()
    script.line(f"assert ({shown} : {formula(duty, scope.names)}).")
    work.block(scope, step.after[0])
    assume(script, scope, duty, shown)
    state = step.state.assume(duty)
    inner = None if small(work.run, state) else inner_function(state)
    if inner is None:
        by_degrees(Limit(work, scope, state))
    else:
        through(work, scope, state, inner)
    return None

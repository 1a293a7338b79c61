"""Rules that take a general statement at some terms: axiom, cite."""

from __future__ import annotations

from collections.abc import Mapping

from verify.coq.reals.integers import integer
from verify.coq.reals.knowledge import assume, must
from verify.coq.reals.literals import Power, conversion, powers, with_symbols
from verify.coq.reals.notation import formula, term
from verify.coq.reals.replay import Step
from verify.coq.reals.rules.rest import Rest
from verify.coq.reals.script import Scope, Work
from verify.kernel.reals.axioms import AXIOMS
from verify.kernel.reals.formulas import normal
from verify.kernel.reals.terms import TRUE, Formula, Term, substitute


def rule_axiom(work: Work, scope: Scope, step: Step) -> Rest:
    letters, conditions, conclusion = AXIOMS[step.node["name"]]
    theta = {x: step.state.term(t) for x, t in zip(letters, step.node["terms"], strict=True)}
    arguments = [term(theta[x], scope.names) for x in letters]
    arguments += [integer(work, scope, step.state, theta[x]) for x in letters if x in "mn"]
    arguments += [must(work.script, scope, normal(substitute(c, theta))) for c in conditions]
    lemma = f"ax_{step.node['name'].replace(' ', '_')}"
    _instance(work, scope, conclusion, theta, " ".join([lemma, *arguments]))
    return scope, step.after[0]


def rule_cite(work: Work, scope: Scope, step: Step) -> Rest:
    kinds, parts = step.run.theorems[step.node["theorem"]]
    theta = {x: step.state.term(t) for x, t in zip(kinds, step.node["terms"], strict=True)}
    arguments = [term(theta[x], scope.names) for x in kinds]
    arguments += [integer(work, scope, step.state, theta[x]) for x, kind in kinds.items() if kind == "integer"]
    for h in parts[:-1]:
        if h != TRUE:
            proof = must(work.script, scope, substitute(h, theta))
            arguments.append(with_symbols(work.script, scope, h, theta, proof))
    name = work.named[step.node["theorem"]]
    _instance(work, scope, parts[-1], theta, " ".join([name, *arguments]))
    return scope, step.after[0]


def _instance(work: Work, scope: Scope, template: Formula, theta: Mapping[str, Term], proof: str) -> None:
    """The template at some terms becomes a fact; powers whose exponent becomes a literal are written as such."""
    f = normal(substitute(template, theta))
    name = work.script.stated(formula(f, scope.names), _exact(scope, powers(template, theta), proof))
    assume(work.script, scope, f, name)


def _exact(scope: Scope, found: list[Power], proof: str) -> str:
    if not found:
        return f"exact ({proof})"
    return f"let P := fresh in pose proof ({proof}) as P; {conversion(scope.names, found, 'P')}exact P"

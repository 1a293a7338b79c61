"""A theorem of a certificate in Coq, in the form in which the kernel proves it.

For all real numbers, if the integers are integers and the premises hold, so does the conclusion; both are in normal
form, with everything that has to be defined written out, so that Coq's total functions do no harm.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from verify.coq.reals import names
from verify.coq.reals.knowledge import assume
from verify.coq.reals.notation import formula
from verify.coq.reals.replay import Node, Step, Theorem, theorems
from verify.coq.reals.rules import RULES
from verify.coq.reals.rules.rest import Rest
from verify.coq.reals.script import Contradiction, Scope, Script, Work
from verify.coq.untranslated import Untranslated
from verify.kernel.reals.certificate import Checker
from verify.kernel.reals.terms import TRUE


def printed(theorem: Theorem, name: str, named: Mapping[str, str]) -> str:
    """The theorem with its proof; ``named``: earlier theorems of the certificate by their id.

    Raises ``Untranslated`` for what has no translation.
    """
    script, scope = Script(), Scope()
    for x in theorem.kinds:
        scope.names[x] = names.variable(x, scope.names.values())
    bound = [x for x in theorem.kinds if not (theorem.of_a_limit and x in _put_in(theorem))]
    hypotheses, introduced = [], [scope.names[x] for x in bound]
    for x in bound:
        if theorem.kinds[x] == "integer":
            scope.integers[x] = script.fresh("I")
            introduced.append(scope.integers[x])
            hypotheses.append(f"is_int {scope.names[x]}")
    premises = [(script.fresh(), f) for f in theorem.premises if f != TRUE]
    introduced += [h for h, _ in premises]
    hypotheses += [formula(f, scope.names) for _, f in premises]
    head = f"Theorem {name} :"
    if bound:
        head += f" forall {' '.join(scope.names[x] for x in bound)} : R,"
    statement = "".join(f"\n  {h} ->" for h in hypotheses) + f"\n  {formula(theorem.conclusion, scope.names)}."
    if introduced:
        script.line(f"intros {' '.join(introduced)}.")
    for h, f in premises:
        assume(script, scope, f, h)
    work = Work(theorem.first.run, script, named, lambda s, t: _proof(theorem.first.run, script, named, s, t))
    work.prove(scope, theorem.first)
    return "\n".join([head + statement, "Proof.", *script.lines, "Qed."]) + "\n"


def _put_in(theorem: Theorem) -> frozenset[str]:
    """Names that a theorem about a limit does not quantify: its variable, and what is defined and put in."""
    return theorem.defined | {theorem.conclusion[2]}


def _proof(run: Checker, script: Script, named: Mapping[str, str], scope: Scope, step: Step) -> None:
    """The proof of a step's goal: its rule, and so on with what that leaves."""
    work = Work(run, script, named, lambda s, t: _proof(run, script, named, s, t))
    rest: Rest = (scope, step)
    try:
        while rest is not None:
            scope, step = rest
            if step.rule not in RULES:
                raise Untranslated(step.rule)
            rest = RULES[step.rule](work, scope, step)
    except Contradiction as found:
        script.line(f"exact (False_ind _ {found.proof}).")


def of_certificate(certificate: Node) -> Iterator[tuple[str, str]]:
    """The id of every theorem of a certificate, with its text; what is cited comes before."""
    named: dict[str, str] = {}
    for theorem in theorems(certificate):
        name = names.theorem(theorem.id)
        yield theorem.id, printed(theorem, name, named)
        named[theorem.id] = name

"""A theorem about vectors in Coq, in the form in which the kernel proves it.

For every real inner product space, all random numbers and vectors with the properties of ``library/Chance.v``, and all
values of the names: if the hypotheses hold, so does the goal, with everything that has to be defined. Definitions are
put in, as the kernel does.
"""

from __future__ import annotations

from collections.abc import Mapping

from verify.coq.reals import names
from verify.coq.reals.replay import Node
from verify.coq.reals.script import Script
from verify.coq.spaces.notation import Notation
from verify.coq.spaces.place import Scope, Work, assume, stated
from verify.coq.spaces.reading import same_statement
from verify.coq.spaces.replay import Step, first_step
from verify.coq.spaces.rules import RULES
from verify.coq.spaces.rules.rest import Rest
from verify.coq.untranslated import Untranslated
from verify.kernel.reals.certificate import Checker
from verify.kernel.spaces.sorts import Sort

# What the statements speak of, or a proof makes up: no variable has such a name.
RESERVED = frozenset(
    """V P carrier vzero vadd vopp vscale inner norm space self_adjoint chance outcome almost known knownv Ev sums
    vsums gram""".split()  # noqa: SIM905
)
NEEDED = ("Spaces", "Ranges", "Gram", "Chance", "Means")  # behind the lemmas about numbers
LIBRARY = (*NEEDED, "Models")
HEAD = (
    "From Coq Require Import Reals Lra List.\n"
    f"From Verify Require Import Prelude {' '.join(NEEDED)}.\n"
    "Open Scope R_scope.\n"
)
TYPES = {"real": "R", "integer": "R", "vector": "V", "reals": "R -> R", "vectors": "R -> V", "operator": "V -> V"}


def printed(step: Step, name: str, named: Mapping[str, str]) -> str:
    """The theorem with its proof; ``named``: the theorems about numbers, by their id."""
    script, scope, state = Script(), Scope(), step.state
    bound = {x: sort for x, sort in state.sorts.items() if x not in step.run.definitions}
    for x in bound:
        scope.names[x] = names.variable(x, [*RESERVED, *scope.names.values()])
    random = any(sort.level for sort in state.sorts.values())
    note = Notation(state.sorts, scope.names)
    introduced, premises = ["V", *(["P"] if random else []), *scope.names.values()], []
    for x, sort in bound.items():
        for statement, table in conditions(scope.names[x], sort, scope):
            table[x] = script.fresh("I")
            introduced.append(table[x])
            premises.append(statement)
    facts = [(script.fresh(), f) for f in state.facts]
    introduced += [h for h, _ in facts]
    premises += [stated(note.formula(f)) for _, f in facts]
    binders = " (P : chance V)" if random else ""
    binders += "".join(f" ({scope.names[x]} : {type_of(sort)})" for x, sort in bound.items())
    head = f"Theorem {name} : forall (V : space){binders},"
    body = "".join(f"\n  {h} ->" for h in premises) + f"\n  {stated(note.formula(state.goal))}."
    script.line(f"intros {' '.join(introduced)}.")
    for h, f in facts:
        assume(script, scope, note, f, h)
    _proof(Work(step.run, script, named, _proof), scope, step)
    return "\n".join([head + body, "Proof.", *script.lines, "Qed."]) + "\n"


def theorem(certificate: Node, checker: Checker, name: str, named: Mapping[str, str]) -> str:
    """The theorem of a certificate with its proof; ``checker`` has accepted the theorems about numbers.

    Raises ``Untranslated`` for what has no translation, and where the statement does not read back as it is.
    """
    step = first_step(certificate["theorem"], checker)
    text = printed(step, name, named)
    bound = {x: sort for x, sort in step.state.sorts.items() if x not in step.run.definitions}
    if not same_statement(text, bound, list(step.state.facts), step.state.goal):
        raise Untranslated("a statement that does not read back as it is")
    return text


def type_of(sort: Sort) -> str:
    """The type of a variable; what is random depends on the outcome."""
    *arguments, value = TYPES[sort.kind].split(" -> ")
    return " -> ".join([*arguments, *(["P"] if sort.level else []), value])


def conditions(name: str, sort: Sort, scope: Scope) -> list[tuple[str, dict[str, str]]]:
    """What is said of a name beside its type, and where it is recorded."""
    if sort.kind == "integer":
        return [(f"is_int {name}", scope.integers)]
    if sort.kind == "operator":
        return [(f"self_adjoint {name}", scope.operators)]
    if not sort.level:
        return []
    known = f"{'knownv' if sort.kind in ('vector', 'vectors') else 'known'} P {sort.level}"
    if sort.kind in ("reals", "vectors"):
        return [(f"(forall t_ : R, is_int t_ -> {known} ({name} t_))", scope.stages)]
    return [(f"{known} {name}", scope.stages)]


def _proof(work: Work, scope: Scope, step: Step) -> None:
    """The proof of a step's goal: its rule, and so on with what that leaves."""
    rest: Rest = (scope, step)
    while rest is not None:
        scope, step = rest
        if step.rule not in RULES:
            raise Untranslated(step.rule)
        rest = RULES[step.rule](work, scope, step)

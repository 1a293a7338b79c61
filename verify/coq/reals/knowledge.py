"""What counts as known, with a proof of it: ``State.known`` of the kernel, one proof term for each of its cases."""

from __future__ import annotations

from verify.coq.reals.literals import conversion
from verify.coq.reals.notation import formula
from verify.coq.reals.script import Carried, Proof, Scope, Script
from verify.kernel.reading import Refused
from verify.kernel.reals.terms import FALSE, TRUE, Formula


def proved(script: Script, scope: Scope, proof: Proof) -> str:
    """A fact's proof; one that is carried along is proved here, once in this scope."""
    if not isinstance(proof, Carried):
        return proof
    waiting: list[Carried] = []
    at: Proof = proof
    while isinstance(at, Carried) and at not in scope.proved:
        waiting.append(at)
        at = at.source
    found = scope.proved[at] if isinstance(at, Carried) else at
    for carried in reversed(waiting):
        rewritings = conversion(carried.names, list(carried.literal), "P") if carried.literal else ""
        found = scope.proved[carried] = script.carried(carried, found, f"cbv beta in P; {rewritings}")
    return found


def known(script: Script, scope: Scope, f: Formula) -> str | None:
    """A proof of a formula in normal form, None if it is not known."""
    facts = scope.facts
    if f in facts:
        return proved(script, scope, facts[f])
    if FALSE in facts:
        return f"(False_ind _ {proved(script, scope, facts[FALSE])})"
    op = f[0]
    if op == "and":
        return _all(script, scope, f)
    if op == "or":
        return _one(script, scope, f)
    a, b = f[1], f[2]
    if not isinstance(a, (str, tuple)) and not isinstance(b, (str, tuple)):
        return _numbers(script, scope, f)
    if a == b:
        return {"==": "eq_refl", "<=": "(Rle_refl _)"}.get(op)
    for other, lemma in _weaker(op, a, b):
        if other in facts:
            return f"({lemma} {proved(script, scope, facts[other])})"
    return None


def must(script: Script, scope: Scope, f: Formula) -> str:
    """``known`` for what the kernel knows."""
    found = known(script, scope, f)
    if found is None:
        raise Refused(f"the translation does not know {formula(f, scope.names)}")
    return found


def assume(script: Script, scope: Scope, f: Formula, name: str) -> None:
    """Records a formula in normal form under a name, a conjunction by its parts."""
    if f == TRUE:
        return
    if f[0] != "and":
        scope.facts[f] = name
        return
    names, copy = [script.fresh() for _ in f[1:]], script.fresh()
    script.line(f"pose proof {name} as {copy}. destruct {copy} as {pattern('[', ' ', names, ']')}.")  # the name stays
    scope.facts.update(zip(f[1:], names, strict=True))


def pattern(opening: str, joint: str, names: list[str], closing: str) -> str:
    """Names as an intro pattern that takes a nested conjunction or disjunction apart.

    >>> pattern("[", "|", ["H1", "H2", "H3"], "]")
    '[H1|[H2|H3]]'
    """
    found = names[-1]
    for name in reversed(names[:-1]):
        found = f"{opening}{name}{joint}{found}{closing}"
    return found


def _all(script: Script, scope: Scope, f: Formula) -> str | None:
    proofs = []
    for part in f[1:]:
        proof = known(script, scope, part)
        if proof is None:
            return None
        proofs.append(proof)
    return conjunction(proofs)


def conjunction(proofs: list[str]) -> str:
    """A proof of a nested conjunction."""
    found = proofs[-1] if proofs else "I"
    for proof in reversed(proofs[:-1]):
        found = f"(conj {proof} {found})"
    return found


def _one(script: Script, scope: Scope, f: Formula) -> str | None:
    for i, part in enumerate(f[1:]):
        proof = known(script, scope, part)
        if proof is not None:
            return alternative(i, len(f) - 1, proof)
    return None


def alternative(i: int, among: int, proof: str) -> str:
    """A proof of a nested disjunction from one of its part i."""
    found = proof if i == among - 1 else f"(or_introl {proof})"
    for _ in range(i):
        found = f"(or_intror {found})"
    return found


def _numbers(script: Script, scope: Scope, f: Formula) -> str | None:
    op, a, b = f
    if not {"==": a == b, "!=": a != b, "<": a < b, "<=": a <= b}[op]:
        return None
    if op == "==":
        return "eq_refl"
    if op == "!=":
        return script.asserted(scope, f, f"clear; {'apply Rlt_not_eq' if a < b else 'apply Rgt_not_eq'}; lra")
    return script.asserted(scope, f, "clear; lra")


def _weaker(op: str, a: object, b: object) -> list[tuple[Formula, str]]:
    """Facts that give the relation, each with the lemma by which it does."""
    if op == "<=":
        return [
            (("<", a, b), "Rlt_le _ _"),
            (("==", a, b), "Req_le _ _"),
            (("==", b, a), "Req_le_sym _ _"),
        ]
    if op == "!=":
        return [
            (("!=", b, a), "not_eq_sym"),
            (("<", a, b), "Rlt_not_eq _ _"),
            (("<", b, a), "Rgt_not_eq _ _"),
        ]
    return [(("==", b, a), "eq_sym")] if op == "==" else []

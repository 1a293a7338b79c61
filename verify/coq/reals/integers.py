"""Proofs that terms are integers, by their form, as ``whole_when`` of the kernel finds them."""

from __future__ import annotations

from verify.coq.reals.knowledge import must
from verify.coq.reals.notation import term
from verify.coq.reals.script import Scope, Script
from verify.coq.untranslated import Untranslated
from verify.kernel.reals.formulas import normal
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Term
from verify.kernel.reals.whole import whole_when

LEMMAS = {"+": "int_add", "*": "int_mul", "min": "int_min", "max": "int_max"}


def integer(script: Script, scope: Scope, state: State, t: Term) -> str:
    """A proof that a term which the kernel takes for an integer is one."""
    if isinstance(t, str):
        return scope.integers[t]
    if not isinstance(t, tuple):
        return f"(int_lit ({int(t)}))"
    op, args = t[0], t[1:]
    if op not in (*LEMMAS, "-", "abs", "^") or any(whole_when(a, state.kinds) is None for a in args):
        raise Untranslated("a polynomial that is whole at whole numbers")
    if op == "^" and isinstance(args[1], int):
        return f"(int_pow _ {args[1]} {integer(script, scope, state, args[0])})"
    proofs = [integer(script, scope, state, a) for a in args]
    if op in ("-", "abs"):
        return f"({'int_opp' if op == '-' else 'int_abs'} _ {proofs[0]})"
    if op == "^":
        natural = must(script, scope, normal(("<=", 0, args[1])))
        return f"(int_pw {term(args[0], scope.names)} {term(args[1], scope.names)} {proofs[0]} {proofs[1]} {natural})"
    if op in ("+", "*"):
        found = proofs[0]
        for proof in proofs[1:]:
            found = f"({LEMMAS[op]} _ _ {found} {proof})"
        return found
    found = proofs[-1]
    for proof in reversed(proofs[:-1]):
        found = f"({LEMMAS[op]} _ _ {proof} {found})"
    return found

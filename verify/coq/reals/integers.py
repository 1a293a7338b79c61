"""Proofs that terms are integers, by their form, as ``whole_when`` of the kernel finds them."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from verify.coq.reals.arithmetic import Arithmetic
from verify.coq.reals.congruences import Congruence, whole_value
from verify.coq.reals.knowledge import must
from verify.coq.reals.notation import term
from verify.coq.reals.script import Scope, Work
from verify.coq.untranslated import Untranslated
from verify.kernel.reals.formulas import normal
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Term
from verify.kernel.reals.whole import whole_when

LEMMAS = {"+": "int_add", "*": "int_mul", "min": "int_min", "max": "int_max"}
MOST_DEGREE = 1000  # Coq computes with exponents in unary


def integer(work: Work, scope: Scope, state: State, t: Term) -> str:
    """A proof that a term which the kernel takes for an integer is one."""
    if isinstance(t, str):
        return scope.integers[t]
    if not isinstance(t, tuple):
        return f"(int_lit ({int(t)}))"
    op, args = t[0], t[1:]
    if op not in (*LEMMAS, "-", "abs", "^") or any(whole_when(a, state.kinds) is None for a in args):
        return polynomial(work, scope, state, t)
    if op == "^" and isinstance(args[1], int):
        return f"(int_pow _ {args[1]} {integer(work, scope, state, args[0])})"
    proofs = [integer(work, scope, state, a) for a in args]
    if op in ("-", "abs"):
        return f"({'int_opp' if op == '-' else 'int_abs'} _ {proofs[0]})"
    if op == "^":
        natural = must(work.script, scope, normal(("<=", 0, args[1])))
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


def polynomial(work: Work, scope: Scope, state: State, t: Term) -> str:
    """The name of a proof that a polynomial with rational coefficients, such as n (n + 1) / 2, is an integer.

    With a common denominator m, Coq looks at the residues of m t modulo m for all residues of the variables.
    """
    algebra = Arithmetic(work.run, work.script, scope, state)
    numerator = work.run.algebra.quotient(t)[0]
    powers = {tuple(work.run.algebra.exponents(k)): Fraction(c) for k, c in numerator.items()}
    if any(e > MOST_DEGREE for found in powers for _, e in found):
        raise Untranslated("a polynomial of a large degree that is whole at whole numbers")
    scale = lcm(*(c.denominator for c in powers.values()))
    atoms = list(dict.fromkeys(x for found in powers for x, _ in found))
    monomials = [(int(c * scale), tuple(dict(found).get(x, 0) for x in atoms)) for found, c in powers.items()]
    whole = Congruence(scale, atoms, monomials, 0)
    equation = algebra.equal(("*", scale, t), whole.value())
    proof = whole_value(whole, t, algebra.text, lambda x: integer(work, scope, state, x), equation)
    return work.script.stated(f"is_int {algebra.text(t)}", f"exact {proof}", "I")

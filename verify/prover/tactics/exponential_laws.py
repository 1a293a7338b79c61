"""Laws for one exponential: exp(0), exp of a logarithm, of a sum, of a multiple of a logarithm.

A multiple that is not whole becomes a root of a number, in a goal between numbers alone: elsewhere roots are written as
exponentials, to be differentiated. Stops at multiples above ``LARGEST_EXPONENT``. Source: exp(a + b) = exp(a) exp(b).
"""

from __future__ import annotations

from fractions import Fraction

from verify.kernel.reals.terms import names_in
from verify.language.raw_terms import canonical
from verify.prover.derived_equations import LARGEST_EXPONENT, rewritten
from verify.prover.proof_builder import ProofBuilder, dump
from verify.prover.tactic import ProofSearch, ValueLaw
from verify.prover.term import Term


def exponential(search: ProofSearch, builder: ProofBuilder, t: Term) -> Term | None:
    """What exp(a) is rewritten to; None where no law applies."""
    a = t[1]
    if a == 0:
        builder.axiom("exp zero")
        return 1
    if isinstance(a, tuple) and a[0] == "log" and search.ensure(builder, ("<", 0, a[1])):
        builder.axiom("exp log", a[1])
        return a[1]
    plain = canonical(a)
    if plain is not None and plain != a:
        return rewritten(builder, t, ("exp", plain))
    if isinstance(a, tuple) and a[0] == "+":
        rest = a[2] if len(a) == 3 else ("+", *a[2:])
        if len(a) > 3:
            return rewritten(builder, t, ("exp", ("+", a[1], rest)))
        builder.axiom("exp sum", a[1], rest)
        return ("*", ("exp", a[1]), ("exp", rest))
    if isinstance(a, tuple) and a[0] == "*" and len(a) == 3 and isinstance(a[1], int) and abs(a[1]) <= LARGEST_EXPONENT:
        inner = a[2]
        if isinstance(inner, tuple) and inner[0] == "log":
            return multiple(builder, t, inner, a[1])
    if isinstance(a, tuple) and a[0] == "*" and len(a) == 3 and isinstance(a[1], Fraction):
        return root_of_number(builder, t, a[1], a[2])
    return None


def root_of_number(builder: ProofBuilder, t: Term, q: Fraction, u: Term) -> Term | None:
    """exp(q log n) == n^q in a goal between numbers, where ``t`` is the exponential and ``u`` the logarithm."""
    if names_in(builder.state.goal) or not (isinstance(u, tuple) and u[0] == "log" and isinstance(u[1], int)):
        return None
    value = ("^", u[1], q)
    builder.axiom("power exp", u[1], q)
    builder.have(("==", t, value), {"rule": "ring", "cofactors": [[dump(("==", value, t)), "-1"]]})
    return value


def multiple(builder: ProofBuilder, t: Term, u: Term, k: int) -> Term:
    """exp(k u) == exp(u)^k for a whole number k, where ``t`` is exp(k u)."""
    base = ("exp", u)
    builder.axiom("exp positive", u)
    builder.axiom("power exp", base, k)
    builder.axiom("log exp", u)
    builder.rewrite(("log", base), u)
    middle = ("exp", ("*", k, u))
    if t != middle:
        builder.apply("congruent", left=dump(t), right=dump(middle))
    value = ("^", base, k)
    cofactors = [[dump(("==", value, middle)), "-1"]]
    if t != middle:
        cofactors.append([dump(("==", t, middle)), "1"])
    builder.have(("==", t, value), {"rule": "ring", "cofactors": cofactors})
    if t != middle:
        builder.rewrite(middle, value)  # or it would be simplified to t again
    return value


LAW = ValueLaw("exponential_laws", "exp", exponential)

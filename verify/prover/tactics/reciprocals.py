"""The reciprocal beside the value: exp(-a) beside exp(a), log(1/a) beside log(a).

Steps: exp(a) exp(-a) = 1, after which the tangent of exp(-a) bounds exp(a) from the other side; 1 - 1/a <= log(a), the
tangent of the logarithm at 1/a. Applies in all rounds but the first, where one such value occurs. Stops at two: each
brings a variable more. Source: convexity of exp.
"""

from __future__ import annotations

from verify.prover.proof_builder import ProofBuilder, dump
from verify.prover.tactic import ProofSearch
from verify.prover.term import Term


def reciprocal(builder: ProofBuilder, t: Term) -> Term:
    """exp(-a), with exp(a) exp(-a) == 1."""
    a, b = t[1], ("-", t[1])
    builder.axiom("exp sum", a, b)
    builder.axiom("exp zero")
    total = ("exp", ("+", a, b))
    builder.apply("congruent", left=dump(total), right=dump(("exp", 0)))
    builder.rewrite(total, ("exp", 0))
    builder.rewrite(("exp", 0), 1)
    return ("exp", b)


def inverse_tangent(search: ProofSearch, builder: ProofBuilder, t: Term) -> None:
    """1 - 1/a <= log(a), from the tangent of the logarithm of 1/a."""
    a = t[1]
    inverse = ("/", 1, a)
    if not search.ensure(builder, ("<", 0, a)) or not search.ensure(builder, ("<", 0, inverse)):
        return
    strict = search.ensure(builder, ("!=", inverse, 1))
    builder.axiom("log strict tangent" if strict else "log tangent", inverse)
    builder.axiom("log quotient", 1, a)
    builder.rewrite(("log", inverse), ("+", ("log", 1), ("-", t)))
    builder.axiom("log one")
    builder.rewrite(("log", 1), 0)


NAME = "reciprocals"

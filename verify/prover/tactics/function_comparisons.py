"""Two values of one function compared, where their arguments are.

Steps: the sample points say which argument is larger; a short search shows it; the axiom of monotonicity carries it
over. Applies to exp, log and powers with the same base or the same exponent. Stops where the order of the arguments
changes on the domain. Source: monotonicity of exp, log and powers.
"""

from __future__ import annotations

from verify.language.raw_terms import minus
from verify.prover.proof_builder import ProofBuilder
from verify.prover.tactic import ProofSearch
from verify.prover.term import Term


def compare(search: ProofSearch, builder: ProofBuilder, one: Term, two: Term) -> None:
    """Monotonicity between two values of the same function."""
    if one[0] == "^":
        compare_powers(search, builder, one, two)
        return
    if one[0] not in ("log", "exp"):
        return
    side = search.samples.likely(builder.state, minus(two[1], one[1]))
    if side is None:
        return
    low, high = (one, two) if side in (">", ">=") else (two, one)
    strict = side in ("<", ">")
    if one[0] == "log" and not search.ensure(builder, ("<", 0, low[1])):
        return
    if search.ensure(builder, ("<" if strict else "<=", low[1], high[1])):
        builder.axiom(f"{one[0]} {'less' if strict else 'at most'}", low[1], high[1])


def compare_powers(search: ProofSearch, builder: ProofBuilder, one: Term, two: Term) -> None:
    """Monotonicity of powers in the base or in the exponent, where the other is the same."""
    same = 2 if one[2] == two[2] else 1 if one[1] == two[1] else 0
    if not same:
        return
    other = 3 - same
    side = search.samples.likely(builder.state, minus(two[other], one[other]))
    if side is None:
        return
    low, high = (one, two) if side in (">", ">=") else (two, one)
    strict = side in ("<", ">")
    relation = "<" if strict else "<="
    if not search.ensure(builder, (relation, low[other], high[other])):
        return
    if same == 2:
        c = one[2]
        if search.ensure(builder, ("<", 0, low[1])) and search.ensure(builder, (relation, 0, c)):
            builder.axiom("power base less" if strict else "power base at most", low[1], high[1], c)
        return
    a = one[1]
    base = search.samples.likely(builder.state, minus(a, 1))
    if base in (">", ">=") and search.ensure(builder, ("<=", 1, a)):
        builder.axiom("power grows at most", a, low[2], high[2])
    elif base in ("<", "<=") and search.ensure(builder, ("<=", a, 1)) and search.ensure(builder, ("<", 0, a)):
        builder.axiom("power shrinks at most", a, low[2], high[2])


NAME = "function_comparisons"

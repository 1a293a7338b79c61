"""Powers of named roots in the goal replaced by what they are known to be.

Steps: where s is the name of a root and ``s^k == v`` a fact, every power of s from k on in the difference of the goal
is reduced modulo s^k - v; the smaller goal is proved as a relation. Applies to ``<`` and ``<=`` whose difference is a
polynomial in which such a power occurs. Stops at values v that contain the root.
Source: division with remainder by a monic polynomial.
"""

from __future__ import annotations

from verify.kernel.reals.formulas import negate, normal
from verify.kernel.reals.terms import Formula, names_in
from verify.language.rational_functions import Field, Polynomial, ZeroDenominator
from verify.language.raw_terms import minus
from verify.prover.closing import by_opposite
from verify.prover.proof_builder import Node, ProofBuilder, dump
from verify.prover.tactic import ProofSearch, Tactic, is_order


def reduce_powers(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Close ``a <= b`` or ``a < b`` with powers of roots replaced: s^k by what it is known to be."""
    op, left, right = builder.state.goal
    gap = minus(right, left)
    powers = [f for f in builder.state.facts if f[0] == "==" and rooted(f)]
    field = Field([gap, *(f[2] for f in powers)])
    try:
        n, d = field.quotient(gap)
        if d != 1:
            return None
        rest, cofactors = n, []
        for f in powers:
            _, name, k = f[1]
            i = field.index.get(name)
            value, below = field.quotient(f[2])
            if i is None or below != 1 or value.degrees()[i]:
                continue
            before, rest = rest, substituted(field, rest, i, int(k), value)
            if rest != before:
                multiplier = (before - rest) / (field.gens[i] ** int(k) - value)
                cofactors.append([dump(f), dump(field.term(multiplier))])
    except ZeroDenominator:
        return None
    if not cofactors:
        return None
    work = builder.fork()
    smaller: Formula = (op, 0, field.term(rest))
    proof = search.relation(work.wanted(smaller), split_depth)
    if proof is None:
        return None
    if not work.state.knows(smaller):
        work.have(smaller, proof)
    terms = [["1", [dump(normal(negate(builder.state.goal)))], "1"]]
    if rest != 0:
        terms.append(["1", [dump(smaller)], "1"])
    return by_opposite(search, work, {"rule": "psatz", "terms": terms, "cofactors": cofactors})


def substituted(field: Field, p: Polynomial, i: int, k: int, value: Polynomial) -> Polynomial:
    """A polynomial with the k-th power of one variable replaced by a polynomial without that variable."""
    total = field.one * 0
    for m, c in p.terms():
        exponents = [int(e) for e in m]
        whole, exponents[i] = divmod(exponents[i], k)
        total = total + field.context.from_dict({tuple(exponents): c}) * value**whole
    return total


def rooted(f: Formula) -> bool:
    """Whether the equation says what a power of a named root is."""
    t = f[1]
    known = isinstance(t, tuple) and t[0] == "^" and isinstance(t[1], str) and isinstance(t[2], int) and t[2] > 1
    return known and t[1].startswith(("sqrt_", "power_")) and t[1] not in names_in(f[2])


TACTIC = Tactic("reduced_powers", reduce_powers, is_order)

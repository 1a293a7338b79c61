"""The sign of one polynomial, made a fact: guessed from exact sample points, then proved.

Steps: where the polynomial divides the difference of two terms known to differ, it is not zero; otherwise the signs at
the sample points say what may be true, and the methods in ``table.signs`` are tried on that, in their order.
Applies to polynomials (factors of a numerator or denominator). Stops where it has both signs at sample points, and
where none of the methods proves the guess. Source: ours.
"""

from __future__ import annotations

from verify.kernel.reading import Refused
from verify.kernel.reals.terms import Formula
from verify.language.rational_functions import Field, ZeroDenominator, factors_of, fraction
from verify.language.raw_terms import minus
from verify.prover.closing import product_proof
from verify.prover.proof_builder import Node, ProofBuilder, by_contradiction, dump
from verify.prover.tactic import ProofSearch
from verify.prover.term import Term


def denominators(search: ProofSearch, builder: ProofBuilder, t: Term) -> bool:
    """Make every denominator inside ``t`` visibly non-zero."""
    for d in search.checker.algebra.quotient(t)[2]:
        if search.checker.nonzero(builder.state, d):
            continue
        ratio = fraction(d)
        if ratio is None:
            return False
        field, n, below = ratio
        if n == 0:
            return False
        for g, _ in [*factors_of(n)[1], *factors_of(below)[1]]:
            s = field.term(g)
            if not search.checker.nonzero(builder.state, s) and not establish_sign(
                search, builder, s, strict=True, nonzero=True
            ):
                return False
        if not search.checker.nonzero(builder.state, d):
            try:
                builder.have(("!=", 0, d), product_proof(search, field, n, below))
            except Refused:
                return False
    return True


def establish_sign(search: ProofSearch, builder: ProofBuilder, t: Term, *, strict: bool, nonzero: bool = False) -> bool:
    """Add a fact about the sign of the polynomial ``t``, guessed from sample points and then proved."""
    search.tick()
    if nonzero and excluded(search, builder, t):
        return True
    seen = search.samples.signs(builder.state, t)
    if (0 in seen and strict) or {1, -1} <= seen:
        return False
    sides = [1] if 1 in seen else [-1] if -1 in seen else [1, -1]
    for side in sides:
        for op in ("<",) if strict else ("<", "<=") if 0 not in seen and seen else ("<=",):
            f = (op, 0, t) if side > 0 else (op, t, 0)
            if add_fact(search, builder, f):
                return True
    return False


def excluded(search: ProofSearch, builder: ProofBuilder, t: Term) -> bool:
    """Add ``t != 0`` if it divides the difference of two terms known to be different."""
    for f in [f for f in builder.state.facts if f[0] == "!="]:
        gap = minus(f[2], f[1])
        field = Field([gap, t])
        try:
            (h, below), (p, one) = field.quotient(gap), field.quotient(t)
        except ZeroDenominator:
            continue
        if below != 1 or one != 1 or h == 0 or p == 0:
            continue
        q, r = divmod(h, p)
        if r != 0:
            continue
        wanted = ("!=", t, 0)
        cofactor = [dump(("==", t, 0)), dump(field.term(-q * h))]
        no: Node = {"rule": "psatz", "terms": [["1", [dump(f)], "1"]], "cofactors": [cofactor]}
        try:
            search.checker.step(builder.state.assume(("==", t, 0)), no)
            builder.have(wanted, by_contradiction(wanted, no))
        except Refused:
            continue
        return True
    return False


def add_fact(search: ProofSearch, builder: ProofBuilder, f: Formula) -> bool:
    """Add a relation, by the first of the methods for one polynomial that proves it."""
    state = builder.wanted(f)
    for tactic in search.table.signs:
        search.tick()
        proof = search.use(tactic, ProofBuilder(search.checker, state), 0)
        if proof is not None:
            builder.have(f, proof)
            return True
    return False


NAME = "sign_facts"

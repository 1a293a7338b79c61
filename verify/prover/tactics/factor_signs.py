"""Inequalities from the signs of factors: b - a as a quotient of products of irreducible polynomials.

Steps: make every denominator visibly non-zero; factor the numerator and the denominator of b - a; each factor with an
odd exponent needs one sign on the domain, seen by the checker or established by ``sign_facts``; the product of the
signs decides. Applies to goals ``a < b``, ``a <= b``, ``a != b``. Stops where one factor changes sign on the domain
although the product does not, or where a sign is not found.
Source: the rule of signs for products; the factorisation over the rationals is FLINT's.
"""

from __future__ import annotations

from verify.language.rational_functions import factor_terms, fraction
from verify.language.raw_terms import minus
from verify.prover.closing import closed_by, product_proof
from verify.prover.proof_builder import Node, ProofBuilder
from verify.prover.tactic import ProofSearch, Tactic
from verify.prover.tactics import sign_facts


def prove_by_factor_signs(search: ProofSearch, builder: ProofBuilder) -> Node | None:
    """Close ``a < b``, ``a <= b`` or ``a != b`` by the signs of the factors of b - a."""
    op, a, b = builder.state.goal
    gap = minus(b, a)
    ratio = fraction(gap)
    if ratio is None:
        return None
    field, n, d = ratio
    if n == 0 and op != "<=":
        return None
    work = builder.fork()
    if not sign_facts.denominators(search, work, gap):
        search.note(f"a denominator of {op} was not shown to be non-zero")
        return None
    if n == 0:
        return closed_by(search, work, {"rule": "sign", "factors": [["0", "1"]]})
    for t, e in factor_terms(field, n):
        signs = search.checker.sign(work.state, t)
        enough = (0 not in signs or op == "<=") and (e % 2 == 0 or len(signs - {0}) <= 1)
        if not enough and not sign_facts.establish_sign(
            search, work, t, strict=op != "<=", nonzero=e % 2 == 0 or op == "!="
        ):
            search.note("signs of factors: a factor of the difference has no visible sign on the domain")
            return None
    for t, e in factor_terms(field, d):
        signs = search.checker.sign(work.state, t)
        if len(signs) != 1 and (e % 2 or 0 in signs) and not sign_facts.establish_sign(search, work, t, strict=True):
            return None
    return closed_by(search, work, product_proof(search, field, n, d))


def run(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    return prove_by_factor_signs(search, builder)


TACTIC = Tactic("factor_signs", run, lambda search, state: state.goal[0] in ("<", "<=", "!="))

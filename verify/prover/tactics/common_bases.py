"""Powers of composite numbers as products, where powers of their factors occur beside them.

Steps: 6^n beside 2^n becomes 2^n 3^n. Applies to whole bases above 1 under one exponent.
Stops where neither base divides the other, as for 6^n beside 10^n. Source: the laws of exponents.
"""

from __future__ import annotations

from verify.kernel.reals.terms import names_in
from verify.kernel.reals.whole import integer_valued
from verify.prover.derived_equations import rewritten
from verify.prover.proof_builder import ProofBuilder
from verify.prover.tactic import JointLaw, ProofSearch
from verify.prover.term import Term


def common_bases(search: ProofSearch, builder: ProofBuilder, terms: list[Term]) -> bool:
    """Powers of composite numbers as products, where powers of their prime factors occur beside them."""
    groups: dict[Term, dict[int, Term]] = {}
    for t in terms:
        if t[0] == "^" and isinstance(t[1], int) and t[1] > 1 and names_in(t[2]):
            groups.setdefault(t[2], {})[t[1]] = t
    for b, found in groups.items():
        for a, t in found.items():
            p = next((q for q in sorted(found) if q < a and a % q == 0), None)
            if p is not None:
                product = ("^", ("*", p, a // p), b)
                rewritten(builder, t, product)
                whole_exponent = integer_valued(b, builder.state.kinds)
                for base in (p, a // p):
                    if whole_exponent and not builder.state.knows(("!=", base, 0)):
                        return False
                names = (p, a // p, b)
                builder.axiom("power integer product" if whole_exponent else "power product", *names)
                value = ("*", ("^", p, b), ("^", a // p, b))
                builder.rewrite(product, value)
                builder.rewrite(t, value)
                return True
    return False


LAW = JointLaw("common_bases", common_bases)

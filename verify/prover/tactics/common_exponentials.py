"""Exponentials of multiples of one argument as powers of one of them.

Steps: exp(c u) for rational c and one u: with b the common denominator of all c, every one is a whole power of
exp(u/b). Applies where two such occur. Stops at powers above ``LARGEST_EXPONENT``. Source: exp(k u) = exp(u)^k.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from verify.language.raw_terms import coefficient, is_number
from verify.prover.derived_equations import LARGEST_EXPONENT
from verify.prover.proof_builder import ProofBuilder
from verify.prover.tactic import JointLaw, ProofSearch
from verify.prover.tactics import exponential_laws
from verify.prover.term import Term


def common_exponentials(search: ProofSearch, builder: ProofBuilder, terms: list[Term]) -> bool:
    """Write exponentials of multiples of one argument as powers of one of them."""
    groups: dict[Term, dict[Fraction, Term]] = {}
    for t in terms:
        if t[0] == "exp":
            c, rest = (Fraction(t[1]), 1) if is_number(t[1]) else coefficient(t[1])
            groups.setdefault(rest, {})[c] = t
    for rest, found in groups.items():
        if len(found) < 2:
            continue
        bottom = lcm(*(c.denominator for c in found))
        u = Fraction(1, bottom) if rest == 1 else ("*", Fraction(1, bottom), rest)
        u = rest if bottom == 1 else u
        changed = False
        for c, t in found.items():
            k = int(c * bottom)
            if abs(k) > LARGEST_EXPONENT or t == ("exp", u):
                continue
            builder.rewrite(t, exponential_laws.multiple(builder, t, u, k))
            changed = True
        if changed:
            return True
    return False


LAW = JointLaw("common_exponentials", common_exponentials)

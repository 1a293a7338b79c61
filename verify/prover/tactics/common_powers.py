"""Rational powers of one base as whole powers of one root.

Steps: a^(p/q) for several p/q: with b the common denominator, each is a whole power of a^(1/b). Applies to bases that
are shown to be positive. Stops at denominators above ``LARGEST_EXPONENT``. Source: the laws of exponents.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from verify.prover.derived_equations import LARGEST_EXPONENT
from verify.prover.proof_builder import ProofBuilder, dump
from verify.prover.tactic import JointLaw, ProofSearch
from verify.prover.term import Term


def common_powers(search: ProofSearch, builder: ProofBuilder, terms: list[Term]) -> bool:
    """Write rational powers of one base as whole powers of one root."""
    groups: dict[Term, list[Term]] = {}
    for t in terms:
        if t[0] == "^" and isinstance(t[2], Fraction):
            groups.setdefault(t[1], []).append(t)
    for a, found in groups.items():
        bottom = lcm(*(t[2].denominator for t in found))
        unit = Fraction(1, bottom)
        base = ("^", a, unit)
        todo = [t for t in found if t != base]
        if not todo or bottom > LARGEST_EXPONENT or not search.ensure(builder, ("<", 0, a)):
            continue
        for t in todo:
            k = int(t[2] * bottom)
            builder.axiom("power power", a, unit, k)
            long = ("^", a, ("*", unit, k))
            builder.apply("congruent", left=dump(long), right=dump(t))
            cofactors = [[dump(("==", ("^", base, k), long)), "-1"], [dump(("==", long, t)), "-1"]]
            builder.axiom("power positive", a, unit)
            builder.have(("==", t, ("^", base, k)), {"rule": "ring", "cofactors": cofactors})
            builder.rewrite(t, ("^", base, k))
        return True
    return False


LAW = JointLaw("common_powers", common_powers)

"""Integers in exponents replaced by what an equation says they are.

Steps: where a fact says n == t, t without n and without function values, and n occurs in an exponent, n is replaced by
t everywhere, before a name is given to the power: so (-1)^n is (-1)^(2 k) for n == 2 k. Adds facts only.
Stops at equations that would have to be solved first. Source: substitution.
"""

from __future__ import annotations

from verify.kernel.reading import Refused
from verify.kernel.reals.terms import names_in
from verify.language.raw_terms import applications, applied, symbolic_power
from verify.prover.proof_builder import Node, ProofBuilder
from verify.prover.tactic import ProofSearch, Tactic


def known_exponents(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Replace integers that occur in exponents."""
    for f in [f for f in builder.state.facts if f[0] == "=="]:
        for n, t in (f[1:], f[:0:-1]):
            if not isinstance(n, str) or builder.state.kinds.get(n) != "integer":
                continue
            powers = [p for p in applications(builder.state.goal) if symbolic_power(p) and n in names_in(p[2])]
            if powers and isinstance(t, tuple) and n not in names_in(t) and not applied(t):
                try:
                    builder.rewrite(n, t)
                except Refused:
                    continue
                break
    return None


TACTIC = Tactic("known_exponents", known_exponents)

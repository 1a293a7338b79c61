"""Equations that hold identically: the difference of both sides is the zero polynomial over a denominator.

Steps: the difference is reduced to a quotient of coprime polynomials (by the search, before it comes here); every
denominator is shown not to vanish. Applies to ``a == b`` whose difference reduces to 0. Stops where a denominator may
be zero on the domain. Source: normal forms of rational functions; the arithmetic is FLINT's.
"""

from __future__ import annotations

from verify.language.raw_terms import minus
from verify.prover.closing import closed_by
from verify.prover.proof_builder import Node, ProofBuilder
from verify.prover.tactic import ProofSearch, Tactic
from verify.prover.tactics import sign_facts


def identity(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Close ``a == b`` where a - b is identically zero, once its denominators are seen not to vanish."""
    _, a, b = builder.state.goal
    work = builder.fork()
    if not sign_facts.denominators(search, work, minus(a, b)):
        return None
    return closed_by(search, work, {"rule": "ring", "cofactors": []})


TACTIC = Tactic("identities", identity, lambda search, state: state.goal[0] == "==")

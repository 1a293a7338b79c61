"""An equation from the two inequalities ``a <= b`` and ``b <= a``.

Applies to ``a == b`` that is no identity and not a consequence of equations alone. Stops where one of the two is not
proved. Source: antisymmetry of the order.
"""

from __future__ import annotations

from verify.prover.proof_builder import KNOWN, Node, ProofBuilder
from verify.prover.tactic import ProofSearch, Tactic


def both_inequalities(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Close ``a == b`` by ``a <= b`` and ``b <= a``."""
    _, a, b = builder.state.goal
    for f in (("<=", a, b), ("<=", b, a)):
        if builder.state.knows(f):
            continue
        proof = search.relation(builder.wanted(f), max(0, split_depth - 1))
        if proof is None:
            return None
        builder.have(f, proof)
    builder.axiom("equal", a, b)
    return builder.close(KNOWN)


TACTIC = Tactic("antisymmetry", both_inequalities, lambda search, state: state.goal[0] == "==")

"""Relations with roots, decided in the cases of the signs of the variables beside them.

Steps: for each variable of these relations without a sign, the cases ``0 <= x`` and ``x < 0``; in each, facts with
roots are squared (``squared_facts``). Applies to ``<`` and ``<=`` where some relation has a square root. Stops at more
than ``MOST_SIGNS`` variables without a sign. Source: ours.
"""

from __future__ import annotations

from verify.kernel.reals.formulas import negate
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Formula, names_in
from verify.language.raw_terms import applications
from verify.prover.proof_builder import Node, ProofBuilder, dump
from verify.prover.tactic import ProofSearch, Tactic, is_order

MOST_SIGNS = 3  # variables without a sign that are split on


def prove(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Close a relation with roots in the cases of the signs of the variables in it."""
    state = builder.state
    relations = [state.goal, *(f for f in state.facts if f[0] in ("<", "<="))]
    rooted = [f for f in relations if names_in(f) and any(t[0] == "sqrt" for t in applications(f))]
    free = [x for x in sorted({x for f in rooted for x in names_in(f)}) if len(search.checker.fact_sign(state, x)) == 3]
    if not rooted or len(free) > MOST_SIGNS:
        return None
    search.squaring = True
    try:
        proof = by_signs(search, state, free)
    finally:
        search.squaring = False
    return None if proof is None else builder.close(proof)


def by_signs(search: ProofSearch, state: State, free: list[str]) -> Node | None:
    """A proof in the cases of the signs of these variables."""
    if not free:
        return search.relation(state, 0)
    f: Formula = ("<=", 0, free[0])
    parts = []
    for g in (f, negate(f)):
        proof = by_signs(search, state.assume(g), free[1:])
        if proof is None:
            return None
        parts.append(proof)
    return {"rule": "cases", "formula": dump(f), "yes": parts[0], "no": parts[1]}


TACTIC = Tactic("root_signs", prove, lambda search, state: not search.squaring and is_order(search, state))

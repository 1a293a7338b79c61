"""The opposite of the goal assumed, and a contradiction looked for.

Steps: add the opposite to the facts, with the goal false: equations and bounds that it gives are then used like any
other. Applies to all goals but false. Stops at depth 0. Source: classical logic.
"""

from __future__ import annotations

from verify.kernel.reals.formulas import negate
from verify.kernel.reals.terms import FALSE
from verify.prover.proof_builder import KNOWN, Node, ProofBuilder, by_contradiction
from verify.prover.tactic import ProofSearch, Tactic, is_relation


def negation(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Assume the opposite and look for a contradiction."""
    goal = builder.state.goal
    proof = search.prove(builder.state.assume(negate(goal), goal=FALSE), split_depth - 1)
    if proof is None:
        return None
    # the goal of the refuted branch is the goal itself; from false it follows
    no = {"rule": "have", "formula": ["or"], "proof": proof, "then": KNOWN}
    return builder.close(by_contradiction(goal, no))


TACTIC = Tactic("negation", negation, is_relation)

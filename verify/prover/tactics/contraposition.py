"""A goal from a fact with denominators: the opposite of the fact from the opposite of the goal.

Steps: where the fact F is no help because nobody sees the sign of its denominators, ``not G`` becomes a fact and ``not
F`` the goal, in which denominators are cleared by short searches for the signs of their factors. Applies to relations
beside a ``<`` or ``<=`` with such a denominator. Stops after one such step, and at more than ``MOST_FACTS`` of these
facts. Source: contraposition.
"""

from __future__ import annotations

from verify.kernel.reals.formulas import negate, normal
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Formula
from verify.language.rational_functions import fraction
from verify.language.raw_terms import minus
from verify.prover.proof_builder import Node, ProofBuilder, by_contradiction, dump
from verify.prover.tactic import ProofSearch, Tactic, is_relation

MOST_FACTS = 2


def prove(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Close a goal by the opposite of one fact, from the opposite of the goal and all other facts."""
    state = builder.state
    against = normal(negate(state.goal))
    found = [f for f in state.facts if f[0] in ("<", "<=") and unseen(search, state, f)]
    if len(found) > MOST_FACTS:
        return None
    for fact in found:
        wanted = normal(negate(fact))
        if fact in search.pending or against in search.pending:
            continue
        others = {f: None for f in state.facts if f != fact}
        turned = {fact, against} - search.pending
        search.pending |= turned
        try:
            proof = search.prove(State(state.kinds, {**others, against: None}, wanted), split_depth - 1)
        finally:
            search.pending -= turned
        if proof is not None:
            contradiction: Node = {"rule": "psatz", "terms": [["1", [dump(fact)], "1"], ["1", [dump(wanted)], "1"]]}
            no = {"rule": "have", "formula": dump(wanted), "proof": proof, "then": {**contradiction, "cofactors": []}}
            return builder.close(by_contradiction(state.goal, no))
    return None


def unseen(search: ProofSearch, state: State, f: Formula) -> bool:
    """Whether a relation has a denominator without a visible sign."""
    ratio = fraction(minus(f[2], f[1]))
    if ratio is None:
        return False
    field, _, d = ratio
    return not d.is_constant() and len(search.checker.sign(state, field.term(d))) > 1


TACTIC = Tactic("contraposition", prove, is_relation)

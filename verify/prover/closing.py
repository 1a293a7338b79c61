"""Closing a goal with one node, where the checker accepts it."""

from __future__ import annotations

from verify.kernel.reading import Refused
from verify.kernel.reals.formulas import negate
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Formula
from verify.language.rational_functions import Field, Polynomial, factor_terms
from verify.language.raw_terms import applied
from verify.prover.proof_builder import Node, ProofBuilder, by_contradiction, dump
from verify.prover.tactic import ProofSearch


def closed_by(search: ProofSearch, builder: ProofBuilder, node: Node) -> Node | None:
    """Close the goal with one node, if the checker accepts it; otherwise note why not."""
    try:
        search.checker.step(builder.state, node)
    except Refused as reason:
        search.note(f"signs of factors: {reason}")
        return None
    return builder.close(node)


def compared_alone(search: ProofSearch, work: ProofBuilder, f: Formula, split_depth: int) -> bool:
    """Make a relation a fact, by a proof from the facts without function values; raises ``Refused`` like ``have``."""
    wanted = work.wanted(f)
    plain = {g: None for g in wanted.facts if not applied(g)}  # what the laws said on the way is in the way
    proof = search.prove(State(wanted.kinds, plain, wanted.goal), max(1, split_depth - 1))
    if proof is not None:
        work.have(f, proof)
    return proof is not None


def product_proof(search: ProofSearch, field: Field, p: Polynomial, q: Polynomial | None = None) -> Node:
    """The ``sign`` node that gives the sign of p/q from its factors."""
    factors = factor_terms(field, p) + (factor_terms(field, q, -1) if q is not None else [])
    return {"rule": "sign", "factors": [[dump(t), str(e)] for t, e in factors] or [["1", "1"]]}


def by_opposite(search: ProofSearch, work: ProofBuilder, contradiction: Node) -> Node | None:
    """Close a goal by a contradiction with its opposite, if the checker accepts that."""
    goal = work.state.goal
    try:
        search.checker.step(work.state.assume(negate(goal)), contradiction)
    except Refused:
        return None
    return work.close(by_contradiction(goal, contradiction))

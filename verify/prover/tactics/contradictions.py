"""A contradiction between the facts, whatever the goal.

Steps: a non-negative combination of facts and their products that is negative (``farkas``); where the goal is false,
also one with sums of squares as multipliers; last, for one fact after the other, whether its opposite follows from the
others by signs of factors. Applies always. Stops after ``MOST_NEGATED`` facts in the last step.
Source: ours; the first two steps are those of ``farkas`` and ``sums_of_squares``.
"""

from __future__ import annotations

from fractions import Fraction

from verify.kernel.reading import Refused
from verify.kernel.reals.formulas import negate, normal
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import FALSE
from verify.language.raw_terms import minus
from verify.prover.proof_builder import Node, ProofBuilder, dump
from verify.prover.tactic import ProofSearch, Tactic
from verify.prover.tactics import factor_signs, farkas, sums_of_squares

MOST_NEGATED = 8  # facts that are looked at one by one; bounds the work where there are many


def contradiction(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Close any goal by a contradiction between the facts."""
    proof = farkas.contradiction(search, builder.state) if search.uses(farkas.TACTIC.name) else None
    if proof is None and builder.state.goal == FALSE and search.uses(sums_of_squares.TACTIC.name):
        proof = sums_of_squares.prove(search, builder.state, 1)
    if proof is None and builder.state.goal == FALSE:
        return contradiction_with_negation(search, builder)
    return None if proof is None else builder.close(proof)


def contradiction_with_negation(search: ProofSearch, builder: ProofBuilder) -> Node | None:
    """A fact whose opposite follows from the others by signs of factors."""
    atoms = [f for f in builder.state.facts if f[0] in ("<", "<=", "!=", "==")]
    simple = [f for f in atoms if isinstance(f[1], (int, Fraction)) and isinstance(f[2], str)]
    for f in [f for f in atoms if f not in simple][:MOST_NEGATED]:
        search.tick()
        opposite = normal(negate(f))
        if f[0] == "==":
            opposite = ("!=", f[1], f[2])
        elif f[0] == "!=":
            continue
        rest = State(builder.state.kinds, {g: None for g in builder.state.facts if g != f}, opposite)
        proof = factor_signs.prove_by_factor_signs(search, ProofBuilder(search.checker, rest))
        if proof is None:
            continue
        work = builder.fork()
        try:
            work.have(opposite, proof)
            gaps = [["1", [dump(opposite)], "1"]]
            if f[0] == "==":
                gap = minus(f[1], f[2])
                node = {"rule": "psatz", "terms": gaps, "cofactors": [[dump(f), dump(("-", gap))]]}
            else:
                node = {"rule": "psatz", "terms": [*gaps, ["1", [dump(f)], "1"]], "cofactors": []}
            search.checker.step(work.state, node)
        except Refused:
            continue
        return work.close(node)
    return None


TACTIC = Tactic("contradictions", contradiction)

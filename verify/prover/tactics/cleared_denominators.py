"""Inequalities between quotients, multiplied by their denominators.

Steps: for facts (``FACTS``), beside one about n/d, where d is visibly positive, the one about n is stated; for a goal
(``TACTIC``), the factors of d get signs by short searches and the goal becomes one about n.
Applies to ``<`` and ``<=`` with a denominator that is not constant. Stops where a factor of d has no sign on the
domain. Source: ours; multiplication by positive numbers keeps the order.
"""

from __future__ import annotations

from verify.kernel.reading import Refused
from verify.kernel.reals.terms import Formula
from verify.language.rational_functions import factor_terms, fraction
from verify.language.raw_terms import minus
from verify.prover.closing import closed_by
from verify.prover.proof_builder import Node, ProofBuilder, by_contradiction, dump
from verify.prover.tactic import ProofSearch, Tactic, is_order


def clear_denominators(search: ProofSearch, builder: ProofBuilder) -> None:
    """Beside a fact about a quotient state the one about its numerator, where the denominator is visibly positive."""
    for f in [f for f in builder.state.facts if f[0] in ("<", "<=")]:
        ratio = fraction(minus(f[2], f[1]))
        if ratio is None:
            continue
        field, n, d = ratio
        top, bottom = field.term(n), field.term(d)
        wanted: Formula = (f[0], 0, top)
        if d.is_constant() or builder.state.knows(wanted) or search.checker.sign(builder.state, bottom) != {1}:
            continue
        positive: Formula = ("<", 0, bottom)
        denied: Formula = ("<=" if f[0] == "<" else "<", top, 0)
        terms = [["1", [dump(f), dump(positive)], "1"], ["1", [dump(denied)], "1"]]
        no: Node = {"rule": "psatz", "terms": terms, "cofactors": []}
        work = builder.fork()
        try:
            if not work.state.knows(positive):
                work.have(positive, {"rule": "sign", "factors": [[dump(bottom), "1"]]})
            work.have(wanted, by_contradiction(wanted, no))
        except Refused:
            continue
        builder.nodes, builder.state = work.nodes, work.state


def clear_goal(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Close an inequality by one for the numerator of the difference, the factors of its denominator having signs."""
    op, a, b = builder.state.goal
    gap = minus(b, a)
    ratio = fraction(gap)
    if ratio is None:
        return None
    field, n, d = ratio
    if d.is_constant() or n == 0:
        return None
    work, positive = builder.fork(), True
    for t, e in factor_terms(field, d):
        side = search.samples.likely(work.state, t)
        if side not in ("<", ">") or not search.ensure(work, ("<", 0, t) if side == ">" else ("<", t, 0)):
            return None
        positive ^= side == "<" and e % 2 == 1
    top = field.term(n)
    wanted: Formula = (op, 0, top) if positive else (op, top, 0)
    proof = search.prove(work.wanted(wanted), split_depth)
    if proof is None:
        return None
    work.have(wanted, proof)
    pieces = [[dump(top), "1"], *([dump(t), str(e)] for t, e in factor_terms(field, d, -1))]
    return closed_by(search, work, {"rule": "sign", "factors": pieces})


def run_on_facts(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> None:
    clear_denominators(search, builder)


FACTS = Tactic("cleared_facts", run_on_facts)
TACTIC = Tactic("cleared_denominators", clear_goal, is_order)

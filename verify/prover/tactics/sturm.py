"""Polynomials in one variable on an interval with rational ends.

Steps: read the tightest rational bounds of the variable off the facts; the checker counts the roots between them by
Sturm's theorem and takes the sign at one point. Applies to ``p < q``, ``p <= q``, ``p != q`` in one variable.
Stops at ends that are not rational, and at any second variable.
Source: Sturm 1829, Mémoire sur la résolution des équations numériques.
"""

from __future__ import annotations

from fractions import Fraction

from verify.kernel.reading import Refused
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import names_in
from verify.prover.proof_builder import Node, ProofBuilder
from verify.prover.tactic import ProofSearch, Tactic
from verify.prover.tactics.bounds import add_bound, isolate


def prove(search: ProofSearch, state: State) -> Node | None:
    """The goal is a relation between polynomials in one variable."""
    names = names_in(state.goal)
    if len(names) != 1 or state.goal[0] not in ("<", "<=", "!="):
        return None
    x = next(iter(names))
    bounds = [b for b in isolate(search.checker, state, x) if b.variable == x and not isinstance(b.term, (str, tuple))]
    builder = ProofBuilder(search.checker, state)
    ends: list[str | None] = []
    for lower in (True, False):
        side = [b for b in bounds if b.lower == lower]
        side.sort(key=lambda b: (-b.term if lower else b.term, not b.strict))
        if side:
            add_bound(builder, side[0])
        ends.append(str(Fraction(side[0].term)) if side else None)
    node = {"rule": "sturm", "variable": x, "lower": ends[0], "upper": ends[1]}
    try:
        search.checker.step(builder.state, node)
    except Refused as reason:
        search.note(f"one variable (Sturm): {reason}")
        return None
    return builder.close(node)


def run(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    proof = prove(search, builder.state)
    return None if proof is None else builder.close(proof)


TACTIC = Tactic("sturm", run)

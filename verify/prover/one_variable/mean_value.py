"""``0 < w`` on a piece, from the value at its base and the sign of the slope: the rule ``slope`` filled in."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from verify.kernel.reading import Refused
from verify.kernel.reals.formulas import negate, normal
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Formula
from verify.language.raw_terms import number
from verify.prover.one_variable.interval import Interval
from verify.prover.one_variable.pieces import Piece
from verify.prover.proof_builder import Node, ProofBuilder, by_contradiction, dump
from verify.prover.tactic import ProofSearch

OnInterval = Callable[[State, str, Interval], Node | None]  # a proof about a variable in an interval
OfNumbers = Callable[[State], Node | None]  # a proof of a relation between numbers


def by_mean_value(
    search: ProofSearch, state: State, y: str, piece: Piece, numbers: OfNumbers, proved: OnInterval
) -> Node | None:
    """A proof of the goal ``0 < w`` or ``0 <= w``: ``numbers`` shows the value at the base, ``proved`` the slope."""
    base = piece.base
    if base is None:
        return None
    z = search.fresh(state, y.rstrip("0123456789_") or y)
    node: Node = {"rule": "slope", "variable": y, "point": dump(number(base)), "new": z}
    try:
        parts = search.checker.step(state, {**node, "base": None, "right": None, "left": None})
    except Refused:
        return None
    node["base"] = numbers(parts[0][0])
    if node["base"] is None:
        return None
    for (part, _), side in zip(parts[1:], ("right", "left"), strict=True):
        node[side] = Side(y, z, piece.interval, base, side == "right").proof(ProofBuilder(search.checker, part), proved)
        if node[side] is None:
            return None
    return node


class Side:
    """What the mean value theorem asks for on one side of the base, of every ``z`` between the base and ``y``."""

    def __init__(self, y: str, z: str, interval: Interval, base: Fraction, right: bool) -> None:
        self.y, self.z, self.base, self.right = y, z, base, right
        self.end = interval.high if right else interval.low
        self.beyond = interval.upper(y) if right else interval.lower(y)
        self.part = (
            Interval(base, True, interval.high, interval.high_in)
            if right
            else Interval(interval.low, interval.low_in, base, True)
        )

    def proof(self, builder: ProofBuilder, proved: OnInterval) -> Node | None:
        """Conditions all over the part, and at last the sign of the slope strictly between the base and ``y``."""
        if self.end is not None and self.end == self.base:
            return self.nowhere()
        self.carry(builder, self.part, "<=")
        checker, goal = builder.checker, builder.state.goal
        several = goal[0] == "and"
        split: Node = {"rule": "split", "proofs": [None] * (len(goal) - 1)}
        states = [sub for sub, _ in checker.step(builder.state, split)] if several else [builder.state]
        proofs: list[Node] = []
        for sub in states[:-1]:
            proof = proved(sub, self.z, self.part)
            if proof is None:
                return None
            proofs.append(proof)
        between = checker.step(states[-1], {"rule": "split", "proofs": [None]})[0][0]
        inner = ProofBuilder(checker, between)
        self.carry(inner, self.part.inside(), "<")
        proof = proved(inner.state, self.z, self.part.inside())
        if proof is None:
            return None
        proofs.append({"rule": "split", "proofs": [inner.close(proof)]})
        return builder.close({"rule": "split", "proofs": proofs} if several else proofs[0])

    def nowhere(self) -> Node:
        """The base is an end of the interval, so that there is nothing on this side of it."""
        base = number(self.base)
        away: Formula = ("<", base, self.y) if self.right else ("<", self.y, base)
        return {"rule": "psatz", "terms": [["1", [dump(f)], "1"] for f in (away, self.beyond)], "cofactors": []}

    def carry(self, builder: ProofBuilder, part: Interval, relation: str) -> None:
        """What bounds ``y`` bounds ``z``, which is nearer to the base (with ``<`` if it is not y itself)."""
        f = part.upper(self.z) if self.right else part.lower(self.z)
        if f is None or self.beyond is None or builder.state.knows(f):
            return
        between: Formula = (relation, *((self.z, self.y) if self.right else (self.y, self.z)))
        terms = [["1", [dump(g)], "1"] for g in (normal(negate(f)), between, self.beyond)]
        builder.have(f, by_contradiction(f, {"rule": "psatz", "terms": terms, "cofactors": []}))

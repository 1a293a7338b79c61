"""A short deterministic prover for the leaves of a script: what a hint leaves open is decided by signs and equations.

It takes conjunctions and disjunctions apart, uses up the equations (``leaf_equations``), and decides the relation by
the signs of the factors of a difference (``leaf_signs``); then it tries the disjunctions among the facts. No floats and
no sampling. Source: ours.
"""

from __future__ import annotations

from verify.kernel.reading import Refused
from verify.kernel.reals.certificate import Checker
from verify.kernel.reals.formulas import negate, normal
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Formula
from verify.language.rational_functions import ZeroDenominator
from verify.language.raw_terms import minus
from verify.prover.proof_builder import KNOWN, Node, ProofBuilder, dump
from verify.prover.scripts.leaf_equations import LeafEquations
from verify.prover.scripts.leaf_signs import ORDERED, LeafSigns

DEPTH = 4  # disjunctions that are taken apart one inside the other


class LeafProver:
    """One prover for one certificate; every method returns a proof node or None, unless it says otherwise."""

    def __init__(self, checker: Checker) -> None:
        self.checker = checker
        self.signs = LeafSigns(checker)
        self.equations = LeafEquations(checker, self.signs)

    def prove(self, state: State, depth: int = DEPTH) -> Node | None:
        """A proof of any state, disjunctions being taken apart to this depth."""
        if state.knows(state.goal):
            return KNOWN
        if state.goal[0] == "and":
            proofs = []
            for i, part in enumerate(state.goal[1:]):
                proof = self.prove(state.assume(*state.goal[1 : i + 1], goal=part), depth)
                if proof is None:
                    return None
                proofs.append(proof)
            return {"rule": "split", "proofs": proofs}
        if state.goal[0] == "or" and len(state.goal) > 1:
            return self.one_of(state, depth)
        return self.relation(ProofBuilder(self.checker, state), depth)

    def one_of(self, state: State, depth: int) -> Node | None:
        """Prove one part of a disjunction, assuming that the others fail."""
        parts = state.goal[1:]
        for target in (parts[-1], *parts[:-1]):
            others = [p for p in parts if p != target]
            proof = self.prove(state.assume(*[negate(p) for p in others], goal=target), depth)
            if proof is not None:
                node: Node = {"rule": "have", "formula": dump(target), "proof": proof, "then": KNOWN}
                for p in reversed(others):
                    node = {"rule": "cases", "formula": dump(p), "yes": KNOWN, "no": node}
                return node
        return None

    def relation(self, builder: ProofBuilder, depth: int) -> Node | None:
        """A proof of a relation: equations first, then signs, then the disjunctions among the facts."""
        try:
            equations = sum(f[0] == "==" for f in builder.state.facts)
            if builder.state.goal[0] == "==" and equations == 1:
                proof = self.equations.equation(builder.fork())
                if proof is not None:
                    return proof
            self.equations.eliminate(builder)
            if builder.state.knows(builder.state.goal):
                return builder.close(KNOWN)
            plain = self.looking_at(builder, {f: None for f in builder.state.facts if f[0] != "or"})
            return self.ordered(plain) or self.branch(builder, depth)
        except (ZeroDenominator, Refused):
            return None

    def ordered(self, builder: ProofBuilder) -> Node | None:
        """Close a goal that is a relation, or false, from facts that are relations."""
        self.signs.positive_from_bounds(builder)
        if builder.state.goal[0] == "==":
            return self.equations.equation(builder)
        return self.signs.inequality(builder) if builder.state.goal[0] in ORDERED else self.contradiction(builder)

    def looking_at(self, builder: ProofBuilder, facts: dict[Formula, None]) -> ProofBuilder:
        """The same builder, looking at fewer facts: its proofs hold with more facts too."""
        out = ProofBuilder(self.checker, State(builder.state.kinds, facts, builder.state.goal))
        out.nodes = list(builder.nodes)
        return out

    def branch(self, builder: ProofBuilder, depth: int) -> Node | None:
        """Use the disjunctions among the facts: drop the parts that are refuted, assume the one that is left."""
        for f in [f for f in builder.state.facts if f[0] == "or"] if depth > 0 else []:
            rest = {g: None for g in builder.state.facts if g != f}
            base = State(builder.state.kinds, rest, builder.state.goal)
            proofs = [self.refuted(base, part) for part in f[1:]]
            left = [i for i, p in enumerate(proofs) if p is None]
            if len(left) == 1:
                proofs[left[0]] = self.prove(base.assume(f[1:][left[0]]), depth - 1)
            if all(p is not None for p in proofs):
                return builder.close({"rule": "either", "formula": dump(f), "proofs": proofs})
        return None

    def refuted(self, state: State, part: Formula) -> Node | None:
        """A proof of any goal once ``part`` is assumed although its negation can be shown."""
        if part[0] in ("and", "or"):
            return None
        opposite = normal(negate(part))
        plain = {f: None for f in state.facts if f[0] != "or"}
        proof = (
            KNOWN
            if state.knows(opposite)
            else self.relation(ProofBuilder(self.checker, State(state.kinds, plain, opposite)), 0)
        )
        if proof is None:
            return None
        try:
            builder = ProofBuilder(self.checker, state.assume(part))
            builder.have(opposite, proof)
            return builder.close(self.contradiction_with_negation(builder.state, part, opposite))
        except Refused:
            return None

    def contradiction_with_negation(self, state: State, part: Formula, opposite: Formula) -> Node:
        """Closes a state that knows a relation and its negation; raises ``Refused``."""
        if "==" in (part[0], opposite[0]):
            equation, other = (part, opposite) if part[0] == "==" else (opposite, part)
            cofactor = minus(other[2], other[1])  # the square of the gap, minus the gap times itself
            cofactors = [[dump(equation), dump(cofactor)]]
            node = {"rule": "psatz", "terms": [["1", [dump(other)], "1"]], "cofactors": cofactors}
        else:
            node = {"rule": "psatz", "terms": [["1", [dump(f)], "1"] for f in (part, opposite)], "cofactors": []}
        self.checker.step(state, node)
        return node

    def contradiction(self, builder: ProofBuilder) -> Node | None:
        """Close a goal that is false by a fact whose negation follows from the others."""
        for f in [f for f in builder.state.facts if f[0] in ORDERED]:
            rest = {g: None for g in builder.state.facts if g != f}
            proof = self.refuted(State(builder.state.kinds, rest, builder.state.goal), f)
            if proof is not None:
                return builder.close(proof)
        return None

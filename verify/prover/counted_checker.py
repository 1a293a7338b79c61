"""The checker as the search uses it: its work is counted, and short proofs are checked where they are given."""

from __future__ import annotations

from typing import Any

from verify.kernel.reals.certificate import Checker
from verify.kernel.reals.polynomials import Algebra
from verify.kernel.reals.state import State
from verify.prover.proof_builder import Node
from verify.prover.term import Term
from verify.runtime.budget import spend

SHORT = 4  # nodes of a proof that no search has been through yet


class CountedAlgebra(Algebra):
    """The checker's polynomials, whose multiplications are counted."""

    def product(self, a: Any, b: Any) -> Any:
        spend(2 + len(a) * len(b) // 3)
        return super().product(a, b)


class CountedChecker(Checker):
    """The checker, whose steps and questions about signs are counted by the size of what they look at.

    A short proof that is given with a new fact is checked at once: a tactic that gets one wrong fails then and there,
    instead of spoiling the whole proof at its end.
    """

    def __init__(self) -> None:
        super().__init__()
        self.algebra = CountedAlgebra()

    def step(self, state: State, node: Any) -> list[tuple[State, Any]]:
        spend(10 + 3 * len(state.facts))
        remaining = super().step(state, node)
        if node["rule"] == "have" and nodes_of(node["proof"]) <= SHORT:
            self.prove(*remaining[0])
        return remaining

    def sign(self, state: State, t: Term) -> frozenset[int]:
        spend(5)
        return super().sign(state, t)


def nodes_of(proof: Node) -> int:
    """The nodes of a proof, counted up to where it is no longer short."""
    count, todo = 0, [proof]
    while todo and count <= SHORT:
        node = todo.pop()
        count += 1
        todo += [p for v in node.values() for p in (v if isinstance(v, list) else [v]) if isinstance(p, dict)]
    return count

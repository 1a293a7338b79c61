"""A proof under construction: nodes applied one after the other to a state of the checker."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from verify.kernel.reals.certificate import Checker
from verify.kernel.reals.formulas import normal
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Formula
from verify.language.raw_terms import applications
from verify.prover.term import Term

Node = dict[str, Any]
KNOWN: Node = {"rule": "known"}


def dump(x: Any) -> Any:
    """A raw term or formula as the JSON of a certificate."""
    if isinstance(x, tuple):
        return [x[0], *(dump(a) for a in x[1:])]
    return str(x) if isinstance(x, (int, Fraction)) else x


def present(state: State) -> list[Term]:
    """Every application in the facts and the goal, each once."""
    return list(dict.fromkeys(t for f in (*state.facts, state.goal) for t in applications(f)))


def by_contradiction(goal: Formula, no: Node) -> Node:
    """A proof of ``goal`` from one that its opposite can't be."""
    return {"rule": "cases", "formula": dump(goal), "yes": KNOWN, "no": no}


class ProofBuilder:
    """A state and the nodes that led to it; ``close`` folds them into one proof node."""

    def __init__(self, checker: Checker, state: State) -> None:
        self.checker = checker
        self.state = state
        self.nodes: list[Node] = []

    def apply(self, rule: str, **fields: Any) -> None:
        """Apply a rule whose last remaining state continues the proof; raises ``Refused``."""
        node = {"rule": rule, **fields, "then": None}
        self.state = self.checker.step(self.state, node)[-1][0]
        self.nodes.append(node)

    def have(self, f: Formula, proof: Node) -> None:
        """Add a fact with its proof; raises ``Refused``."""
        self.apply("have", formula=dump(f), proof=proof)

    def axiom(self, name: str, *terms: Term) -> None:
        """Add what an axiom says of these terms; raises ``Refused``."""
        self.apply("axiom", name=name, terms=[dump(t) for t in terms])

    def rewrite(self, left: Term, right: Term) -> None:
        """Replace a term by one that a fact says is equal; raises ``Refused``."""
        self.apply("rewrite", left=dump(left), right=dump(right))

    def wanted(self, f: Formula) -> State:
        """The state in which ``f`` must be proved before it is added."""
        return self.state.assume(goal=normal(f))

    def close(self, last: Node) -> Node:
        """The whole proof, given the node that ends it."""
        for node in reversed(self.nodes):
            last = {**node, "then": last}
        self.nodes = []
        return last

    def fork(self) -> ProofBuilder:
        """The same proof so far, to go on in another way."""
        other = ProofBuilder(self.checker, self.state)
        other.nodes = list(self.nodes)
        return other

"""A proof under construction: nodes applied one after the other to a state of the checker."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from verify.kernel.checker import Checker, Formula, State, Term, normal

Node = dict[str, Any]
KNOWN: Node = {"rule": "known"}


def dump(x: Any) -> Any:
    """A raw term or formula as the JSON of a certificate."""
    if isinstance(x, tuple):
        return [x[0], *(dump(a) for a in x[1:])]
    return str(x) if isinstance(x, (int, Fraction)) else x


def number(x: Any) -> Any:
    """An exact number in raw form."""
    x = Fraction(x)
    return x.numerator if x.denominator == 1 else x


def applications(x: Any) -> Iterator[Term]:
    """Every application of a function or symbolic power inside a term or formula, arguments first."""
    if isinstance(x, tuple):
        for a in x[1:]:
            yield from applications(a)
        if x[0] in ("sqrt", "exp", "log", "abs", "min", "max") or (x[0] == "^" and not isinstance(x[2], int)):
            yield x


def applied(x: Any) -> bool:
    """Whether a term or formula has a function or a symbolic power in it."""
    return next(applications(x), None) is not None


def present(state: State) -> list[Term]:
    """Every application in the facts and the goal, each once."""
    return list(dict.fromkeys(t for f in (*state.facts, state.goal) for t in applications(f)))


def by_contradiction(goal: Formula, no: Node) -> Node:
    """A proof of ``goal`` from one that its opposite can't be."""
    return {"rule": "cases", "formula": dump(goal), "yes": KNOWN, "no": no}


def minus(a: Term, b: Term) -> Term:
    return ("+", a, ("-", b))


class Thread:
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
        self.apply("have", formula=dump(f), proof=proof)

    def axiom(self, name: str, *terms: Term) -> None:
        self.apply("axiom", name=name, terms=[dump(t) for t in terms])

    def rewrite(self, left: Term, right: Term) -> None:
        self.apply("rewrite", left=dump(left), right=dump(right))

    def wanted(self, f: Formula) -> State:
        """The state in which ``f`` must be proved before it is added."""
        return self.state.assume(goal=normal(f))

    def close(self, last: Node) -> Node:
        for node in reversed(self.nodes):
            last = {**node, "then": last}
        self.nodes = []
        return last

    def fork(self) -> Thread:
        other = Thread(self.checker, self.state)
        other.nodes = list(self.nodes)
        return other

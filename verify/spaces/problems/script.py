"""A proof while it is being written: every node is given to the checker's own rule, so the state is always what the
checker will see, and what the search believes gets into no proof unread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from verify.kernel.reals.certificate import Checker
from verify.kernel.reals.terms import Expression, Formula, Term
from verify.kernel.spaces.certificate import step
from verify.kernel.spaces.state import Run, State
from verify.kernel.spaces.statement import read_theorem
from verify.spaces.problems.dump import Writer
from verify.spaces.problems.problem import Problem

Node = dict[str, Any]
WORK = 50_000_000  # units of the checker that a search may use at most; the checker itself has less for one proof
KNOWN: Node = {"rule": "known"}


class Theorems:
    """Theorems about numbers, each once, under names of their own."""

    def __init__(self) -> None:
        self.found: dict[str, dict[str, Any]] = {}
        self.names: dict[str, str] = {}
        self.checker = Checker()

    def add(self, theorem: Mapping[str, Any]) -> str:
        """The name of a theorem, which is checked the first time."""
        key = repr({k: v for k, v in theorem.items() if k not in ("id", "proof")})
        if key not in self.names:
            name = f"n{len(self.found) + 1}"
            data = {**theorem, "id": name}
            state, proof, kinds, parts = self.checker.theorem(data)
            self.checker.prove(state, proof)
            self.checker.theorems[name] = (kinds, parts)
            self.found[name] = data
            self.names[key] = name
        return self.names[key]


def written(problem: Problem) -> dict[str, Any]:
    """What a theorem of a certificate says of a problem, before its proof."""
    writer = Writer(problem.names)
    goals = problem.goals
    goal = goals[0] if len(goals) == 1 else ("and", *goals)
    return {
        "names": [[name, sort.kind, str(sort.level)] for name, sort in problem.names.items()],
        "definitions": [[name, writer.write(t)] for name, t in problem.definitions],
        "hypotheses": [writer.write(h.formula) for h in problem.hypotheses],
        "goal": writer.write(goal),
    }


class Statement:
    """A problem as a theorem of a certificate, and the checker's run over it."""

    def __init__(self, problem: Problem, work: float = WORK) -> None:
        """``work``: units of the checker, about a microsecond each, that a search may use."""
        self.problem = problem
        self.theorems = Theorems()
        self.run = Run(int(min(WORK, work)), self.theorems.checker.theorems)
        self.json = written(problem)
        self.state, _ = read_theorem(self.run, {**self.json, "proof": None})

    def read(self, f: Formula) -> Formula:
        """A formula of the problem as the state has it, with definitions put in."""
        return self.run.formula(self.state, Writer(self.problem.names).write(f))

    def certificate(self, proof: Node) -> dict[str, Any]:
        """The whole certificate."""
        numbers = list(self.theorems.found.values())
        return {"schema": 1, "kind": "spaces", "numbers": numbers, "theorem": {**self.json, "proof": proof}}


@dataclass
class Script:
    """A line of a proof: nodes that each leave one state to go on from; closed by a node that leaves none."""

    statement: Statement
    state: State
    nodes: list[Node] = field(default_factory=list)

    @property
    def run(self) -> Run:
        return self.statement.run

    def fork(self, state: State | None = None) -> Script:
        """A line that starts where this one is, or at another state."""
        return Script(self.statement, self.state if state is None else state)

    def copy(self) -> Script:
        """The same line, to go on from without changing this one."""
        return Script(self.statement, self.state, list(self.nodes))

    def write(self, x: Expression) -> Any:
        """A term or a formula as this state's certificate writes it."""
        return Writer(self.state.sorts).write(x)

    def states(self, node: Node) -> list[State]:
        """What a node would leave, in order."""
        return [state for state, _ in step(self.run, self.state, node)]

    def add(self, node: Node) -> None:
        """A node whose last state is what goes on; its field ``then`` is open."""
        self.state = self.states(node)[-1]
        self.nodes.append(node)

    def close(self, node: Node) -> Node:
        """The proof: the line with a last node that leaves nothing, or whose proofs are all there."""
        for before in reversed(self.nodes):
            node = {**before, "then": node}
        return node

    # ------------------------------------------------------------ single nodes

    def know(self, f: Formula) -> bool:
        """Whether a formula is known."""
        return self.run.knows(self.state, f)

    def have(self, f: Formula, proof: Node) -> None:
        """A fact with its proof."""
        if f not in self.state.facts:
            self.add({"rule": "have", "formula": self.write(f), "proof": proof, "then": None})

    def lemma(self, theorem: str, terms: list[Term]) -> None:
        """A fact from a theorem about numbers."""
        self.add({"rule": "lemma", "theorem": theorem, "terms": [self.write(t) for t in terms], "then": None})

    def expect(self, level: int, f: Formula, proof: Node) -> Formula:
        """The expectation of a relation as a fact."""
        found: Formula = (f[0], *[("E", level, side) for side in f[1:]])
        if not self.know(found):
            self.add({"rule": "expect", "level": str(level), "relation": self.write(f), "proof": proof, "then": None})
        return found

    def instance(self, f: Formula, term: Term) -> None:
        """A fact about one of what a fact is about."""
        self.add({"rule": "instance", "formula": self.write(f), "term": self.write(term), "then": None})

    def combine(
        self,
        facts: Sequence[tuple[Term, Formula]] = (),
        squares: Sequence[tuple[Term, Term]] = (),
        numbers: Sequence[tuple[Term, Term]] = (),
        equations: Sequence[tuple[Term, Formula]] = (),
        vectors: Sequence[tuple[Term, Formula]] = (),
    ) -> Node:
        """The node that ends a line by a sum."""
        named: dict[str, list[tuple[Term, Expression]]] = {
            "facts": list(facts), "squares": list(squares), "numbers": list(numbers), "equations": list(equations),
            "vectors": list(vectors),
        }  # fmt: skip
        rows = {name: [[self.write(x), self.write(y)] for x, y in pairs] for name, pairs in named.items()}
        return {"rule": "combine"} | rows

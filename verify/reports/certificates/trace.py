"""The steps of a certificate, redone: what was to be shown at each, under what, and what remained.

The checker's own rules make the states, so a certificate that is refused can't be printed as a proof.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from verify.kernel.reals.certificate import Checker
from verify.kernel.reals.certificate import accepted as accepted_numbers
from verify.kernel.reals.work import LIMIT as LIMIT_OF_NUMBERS
from verify.kernel.spaces import certificate as spaces
from verify.kernel.spaces.state import Run, State
from verify.kernel.spaces.statement import read_theorem

Node = Mapping[str, Any]


@dataclass(frozen=True)
class Step:
    """One node of a proof tree: its rule with parameters, the goal and the facts there, and the steps that remain.

    ``because``: the hypothesis that makes the goal known, where one alone does.
    """

    rule: str
    node: Node
    goal: Any
    facts: tuple[Any, ...]
    rest: tuple[Step, ...]
    because: Any = None

    def count(self) -> int:
        """The number of steps, this one included."""
        return 1 + sum(step.count() for step in self.rest)

    def walk(self) -> Iterator[Step]:
        yield self
        for step in self.rest:
            yield from step.walk()

    @property
    def new(self) -> tuple[Any, ...]:
        """The facts that the next step has and this one has not."""
        before = set(self.facts)
        return tuple(f for f in self.rest[-1].facts if f not in before) if self.rest else ()


@dataclass(frozen=True)
class Theorem:
    """One theorem of a certificate as its JSON says it, its proof, and the hypotheses as facts, with their places."""

    data: Mapping[str, Any]
    proof: Step
    hypotheses: Mapping[Any, int]

    @property
    def stated(self) -> Mapping[Any, Any]:
        """By fact, the hypothesis as the certificate has it."""
        return {f: self.data["hypotheses"][i - 1] for f, i in self.hypotheses.items()}

    @property
    def cites(self) -> list[str]:
        """The ids of the theorems that the proof cites."""
        return [s.node["theorem"] for s in self.proof.walk() if s.rule in ("lemma", "cite")]


def numbers(certificate: Mapping[str, Any]) -> list[Theorem]:
    """The theorems of a certificate about numbers; ``Refused`` where the checker refuses it."""
    return _theorems(Checker(LIMIT_OF_NUMBERS), certificate["theorems"])


def _theorems(checker: Checker, rows: Sequence[Mapping[str, Any]]) -> list[Theorem]:
    out = []
    for data in rows:
        state, proof, _, _ = checker.theorem(data)
        accepted_numbers(checker, [data])
        out.append(Theorem(data, _tree(checker.step, state, proof), {}))
    return out


def about_vectors(certificate: Mapping[str, Any]) -> tuple[list[Theorem], Theorem]:
    """The theorems about numbers of a certificate about vectors, and its own; ``Refused`` as above."""
    checker = Checker(LIMIT_OF_NUMBERS)
    found = _theorems(checker, certificate["numbers"])
    run = Run(spaces.LIMIT, checker.theorems)
    start, proof = read_theorem(run, certificate["theorem"])
    tree = _tree(lambda s, n: spaces.step(run, s, n), start, proof)
    places = {run.formula(start, f): i for i, f in enumerate(certificate["theorem"]["hypotheses"], start=1)}
    tree = _with_reasons(tree, run, start, [f for f in places if _about_vectors(f)])
    return found, Theorem(certificate["theorem"], tree, places)


def _about_vectors(f: Any) -> bool:
    return isinstance(f, tuple) and (
        f[0] in ("inner", "norm", "E", "sum", "all", "same") or any(map(_about_vectors, f))
    )


def _with_reasons(step: Step, run: Run, start: State, candidates: list[Any]) -> Step:
    """The tree with the hypothesis that each known goal follows from, of those about vectors."""
    rest = tuple(_with_reasons(s, run, start, candidates) for s in step.rest)
    found = None
    if step.rule == "known":
        for f in candidates:
            facts = {g: n for g, n in start.facts.items() if g == f or g not in candidates}
            if run.knows(replace(start, facts=facts), step.goal):
                found = f
                break
    return replace(step, rest=rest, because=found)


def _tree(step: Any, state: Any, proof: Any) -> Step:
    """The tree of the steps, from the last to the first: a long proof must not nest too deeply here."""
    order: list[tuple[Any, Any, list[int]]] = []
    todo: list[tuple[Any, Any, int]] = [(state, proof, -1)]
    while todo:
        current, node, parent = todo.pop()
        place = len(order)
        order.append((current, node, []))
        if parent >= 0:
            order[parent][2].append(place)
        todo.extend((s, n, place) for s, n in reversed(step(current, node)))
    made: dict[int, Step] = {}
    for place in reversed(range(len(order))):
        current, node, children = order[place]
        rest = tuple(made[i] for i in children)
        made[place] = Step(node["rule"], node, current.goal, tuple(current.facts), rest)
    return made[0]

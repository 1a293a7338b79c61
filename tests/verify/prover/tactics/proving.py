"""What the tests of the methods share: a statement with the whole table or without one of them, and one by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import flint

from verify.kernel.reals.formulas import normal
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Formula
from verify.language.parser import parse_problem
from verify.language.rational_functions import raw
from verify.language.verdict import Verdict
from verify.prover.api import PRECISION, attempt, same_depth
from verify.prover.border import Statement
from verify.prover.proof_builder import Node, ProofBuilder
from verify.prover.search import Search
from verify.prover.table import TABLE
from verify.prover.tactic import Tactic
from verify.runtime.budget import Budget

WORK = 200_000  # units, for one attempt


@contextmanager
def working(work: int) -> Iterator[Budget]:
    """What ``prove`` sets up around an attempt."""
    budget = Budget(work)
    with flint.ctx.workprec(PRECISION), budget.running(), same_depth():
        yield budget


def verdict(statement: str, assume: list[str], *without: str, work: int = WORK) -> Verdict:
    """The outcome of the search alone, with some methods left out of the table; work is counted, so it never varies."""
    with working(work) as budget:
        outcome = attempt(parse_problem(statement, assume), budget, found=True, table=TABLE.without(*without))
    assert (outcome.certificate is not None) == (outcome.verdict is Verdict.PROVED)
    return outcome.verdict


def only(method: str, statement: str, assume: list[str], *others: str, work: int = WORK) -> None:
    """The table proves the statement, and without this one method it does not, with the same work; ``others`` are left
    out of it both times, because they have a way of their own."""
    assert verdict(statement, assume, *others, work=work) is Verdict.PROVED
    assert verdict(statement, assume, method, *others, work=work) is Verdict.INCONCLUSIVE


@dataclass
class Trial:
    """A search that looks at one statement, with nothing done yet."""

    search: Search
    builder: ProofBuilder
    start: State = field(init=False)

    def __post_init__(self) -> None:
        self.start = self.builder.state

    def run(self, tactic: Tactic, split_depth: int = 2) -> Node | None:
        """One method on its own; what it returns is checked as a whole proof."""
        with working(WORK):
            node = self.search.use(tactic, self.builder, split_depth)
            if node is not None:
                self.search.checker.prove(self.start, node)
        return node

    @property
    def new_facts(self) -> list[Formula]:
        return [f for f in self.builder.state.facts if f not in self.start.facts]

    def knows(self, statement: str) -> bool:
        """Whether a relation, as written in the language, is a fact by now."""
        names = [(x, k) for x, k in self.builder.state.kinds.items()]
        declared = [f"{x} integer" for x, k in names if k == "integer"]
        return self.builder.state.knows(normal(raw(parse_problem(statement, declared).goal)))


def trial(statement: str, assume: list[str], *, round: int = 2, without: tuple[str, ...] = ()) -> Trial:
    """The statement without what makes it defined, so that one method can be asked about it."""
    search = Search(Budget(WORK), table=TABLE.without(*without))
    search.round = round
    sequent = parse_problem(statement, assume)
    state = Statement(sequent).state(search.checker)
    return Trial(search, ProofBuilder(search.checker, state.assume(goal=normal(raw(sequent.goal)))))


def proves_nothing(method: Tactic, statement: str, assume: list[str], *, work: int = WORK) -> None:
    """The method by itself gives up, and with the whole table there is no proof either: for what is false."""
    assert trial(statement, assume).run(method) is None
    assert verdict(statement, assume, work=work) is Verdict.INCONCLUSIVE

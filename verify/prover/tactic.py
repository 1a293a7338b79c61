"""What a tactic is, what it may ask of the search, and the table that says in which order tactics are tried.

This file is the joint between the search and its tactics: ``verify.prover.search`` holds a ``Table`` and knows no
tactic by name, a tactic is given a ``ProofSearch`` and does not import the search. A new method is a file under
``verify/prover/tactics/`` with a ``Tactic`` (or a law) and a row in ``verify/prover/table.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, fields, replace
from typing import Generic, Protocol, TypeVar

from verify.kernel.reals.certificate import Checker
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import FALSE, Formula
from verify.prover.proof_builder import Node, ProofBuilder
from verify.prover.sample_points import SamplePoints
from verify.prover.term import Term


class ProofSearch(Protocol):
    """What a tactic may ask of the search that runs it.

    ``split_depth`` is how many more case splits, inductions and the like may be nested; ``round`` the depth with which
    the whole search started, which grows from round to round: what is dear waits for a later round.
    """

    samples: SamplePoints
    table: Table
    known_failures: set[tuple[object, ...]]  # what was tried in vain; a tactic keeps its own keys here
    pending: set[Formula]  # relations that are being proved or used up, so that none is asked for inside itself
    round: int
    reciprocals: bool  # whether exp(-a) is brought in beside exp(a), and log(1/a) beside log(a)
    squaring: bool  # whether facts that compare a root with something are squared
    squarings: int  # how many times both sides of the goal have been squared

    @property
    def checker(self) -> Checker:
        """The checker that every step of a proof goes through."""

    def tick(self) -> None:
        """Count one step; raises ``Stopped`` where the budget is used up."""

    def note(self, text: str) -> None:
        """Record why something was given up."""

    def fresh(self, state: State, stem: str = "t") -> str:
        """A name that the state does not use."""

    def work_share(self, fraction: float) -> AbstractContextManager[None]:
        """Part of the work that is left; running out of it only gives up what stands inside."""

    def uses(self, name: str) -> bool:
        """Whether the method of that name has not been left out."""

    def use(self, tactic: Tactic, builder: ProofBuilder, split_depth: int) -> Node | None:
        """One tactic, if it applies and has not been left out."""

    def prove(self, state: State, split_depth: int) -> Node | None:
        """A proof of any state."""

    def relation(self, state: State, split_depth: int) -> Node | None:
        """A proof of a state whose goal is a relation or false and whose facts are relations."""

    def core(self, builder: ProofBuilder, split_depth: int) -> Node | None:
        """A proof of a relation without case splits."""

    def by_cases(self, builder: ProofBuilder, f: Formula, split_depth: int) -> Node | None:
        """A proof from one that assumes ``f`` and one that assumes the opposite."""

    def ensure(self, builder: ProofBuilder, f: Formula) -> bool:
        """Make a relation a fact, if a short search proves it."""


T_co = TypeVar("T_co", covariant=True)
When = Callable[[ProofSearch, State], bool]


def always(search: ProofSearch, state: State) -> bool:
    """No condition."""
    return True


def is_order(search: ProofSearch, state: State) -> bool:
    """The goal is ``a < b`` or ``a <= b``."""
    return state.goal[0] in ("<", "<=")


def is_relation(search: ProofSearch, state: State) -> bool:
    """The goal is not false, so that its opposite says something."""
    return bool(state.goal != FALSE)


@dataclass(frozen=True)
class Tactic:
    """A method that closes a goal, or only adds facts to the proof under construction.

    ``run`` returns the whole proof or None; where it returns None, what it added to the builder stays (the search
    hands a fork to those that may only succeed or fail).
    """

    name: str
    run: Callable[[ProofSearch, ProofBuilder, int], Node | None]
    applies: When = always


@dataclass(frozen=True)
class ValueLaw:
    """A law that rewrites one value of a function: what the value becomes, or None."""

    name: str
    function: str  # the operator of the values it is about
    run: Callable[[ProofSearch, ProofBuilder, Term], Term | None]


@dataclass(frozen=True)
class JointLaw:
    """A law that writes several function values by fewer ones: whether it did."""

    name: str
    run: Callable[[ProofSearch, ProofBuilder, list[Term]], bool]


@dataclass(frozen=True)
class Turn:
    """The place of a tactic in an order: ``when`` it is its turn, and with which share of the work that is left.

    Without a share it works on the proof under construction itself. ``may_settle``: after it the goal may be a fact.
    """

    tactic: Tactic
    when: When = always
    work_share: float | None = None
    may_settle: bool = False

    @property
    def name(self) -> str:
        return self.tactic.name


class Rows(Generic[T_co]):
    """Rows of a table, in parts: each is a function that loads the methods it names when the search comes to it."""

    def __init__(self, *parts: Callable[[], tuple[T_co, ...]]) -> None:
        self._parts = parts

    def __iter__(self) -> Iterator[T_co]:
        for part in self._parts:
            yield from part()


@dataclass(frozen=True)
class Table:
    """Which methods are tried, in the order in which they stand here.

    ``early``: where cases may be split, before all others: it is soon seen whether they apply, and little is left after
    the others.
    ``preparation``: before any relation. ``equation``, ``inequality``: for goals ``a == b``, and for all others.
    ``alternatives``: where signs alone did not decide. ``signs``: for the sign of one polynomial. ``value_laws``,
    ``joint_laws``: for function values. ``left_out``: names of methods that are not used, these or others.
    """

    early: Rows[Turn]
    preparation: Rows[Turn]
    equation: Rows[Turn]
    inequality: Rows[Turn]
    alternatives: Rows[Turn]
    signs: Rows[Tactic]
    value_laws: Rows[ValueLaw]
    joint_laws: Rows[JointLaw]
    helpers: Rows[str] = field(default_factory=Rows)  # methods that others call, which have no turn of their own
    left_out: frozenset[str] = frozenset()

    @property
    def names(self) -> tuple[str, ...]:
        """Every method that the table knows, each once."""
        rows = [row for f in fields(self) if f.name not in ("helpers", "left_out") for row in getattr(self, f.name)]
        return tuple(dict.fromkeys([*(row.name for row in rows), *self.helpers]))

    def without(self, *names: str) -> Table:
        """The table with some methods left out; raises ``KeyError`` for one that it does not know."""
        unknown = set(names) - set(self.names)
        if unknown:
            raise KeyError(f"no such tactic: {', '.join(sorted(unknown))}")
        return replace(self, left_out=self.left_out | set(names))

"""A statement of a display: its tokens, and what stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from verify.papers.keys import source_of
from verify.papers.tokens import NotUnderstood, Token


@dataclass(frozen=True)
class Condition:
    r"""What stands behind "for all", "if" or \forall: its tokens, and where.

    ``bound`` tells that it is said for all of its names; ``leading`` that it stands before the statement.
    """

    tokens: tuple[Token, ...]
    position: int
    bound: bool
    leading: bool = False


@dataclass
class Statement:
    """The tokens of one statement, the reasons beside it, or why it is not read.

    ``after`` are the statements that follow it in the same row, behind a comma or in another column: they may be its
    conditions; ``first`` tells that none stands before it. ``starts`` are the places where its rows begin.
    ``restricted`` tells that the words of its sentence may restrict it. ``unread`` are the tokens of what has none
    since it is not read: names may be defined in it.
    """

    tokens: list[Token] = field(default_factory=list)
    problem: NotUnderstood | None = None
    reasons: list[Token] = field(default_factory=list)
    after: list[Statement] = field(default_factory=list)
    first: bool = True
    column: int = 0
    rows: set[int] = field(default_factory=set)
    conditions: list[Condition] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    restricted: bool = False
    unread: list[Token] = field(default_factory=list)

    @property
    def position(self) -> int:
        if self.problem and not self.tokens:
            return self.problem.position
        return self.tokens[0].position if self.tokens else self.conditions[0].position

    def free_at(self, position: int) -> bool:
        """Whether no condition stands beside the step at a place that is not assumed for it."""
        beside = self.restricted or any(other.conditions for other in self.after)
        return not beside and len(self.conditions_at(position)) == len(self.conditions)

    def under(self, position: int) -> str:
        """The conditions of the step at a place, as a report shows them behind it."""
        found = [source_of([*c.tokens]) for c in self.conditions_at(position)]
        return rf" \quad ({', '.join(found)})" if found else ""

    def conditions_at(self, position: int) -> list[Condition]:
        """The conditions of the step at a place: those of its row and of the rows before it."""
        return [c for c in self.conditions if c.leading or self._row(c.position) <= position]

    def _row(self, position: int) -> int:
        """Where the row begins in which a place lies."""
        return max((start for start in self.starts if start <= position), default=position)


def joined(found: Sequence[Statement]) -> Statement:
    """Some statements as one, joined by "and"."""
    tokens = list(found[0].tokens)
    for s in found[1:]:
        tokens += [Token(r"\and", s.position), *s.tokens]
    return Statement(tokens, next((s.problem for s in found if s.problem is not None), None))

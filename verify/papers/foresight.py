"""What a paper will ask, decided by several processes before it is asked.

Steps are decided one after the other, as what is assumed of one depends on those before it. What will be asked is found
by a rehearsal, in which every step that is not known yet counts as proved: where that is so, as in most papers, the
answers are there when the paper is checked; where it is not, a question is decided when it is asked. What is checked is
the same, and in the same order, so that the report is too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from verify.language.logic import Sequent
from verify.language.verdict import Verdict
from verify.papers.decide import Decider, Decision, decide
from verify.papers.memory import Memory
from verify.papers.spatial_decide import Decide, Found, Outcome, prover
from verify.papers.spatial_memory import recalled, remembering
from verify.runtime.engine import Engine, Lost
from verify.runtime.errors import present
from verify.spaces.reading.surface import Claim

FEW = 2  # questions that are not worth a process of their own
Progress = Callable[[int, int], object]


class Rehearse(Protocol):
    """Checks the paper with other deciders; what it finds is forgotten."""

    def __call__(self, numbers: Decider, spaces: Decide | None) -> object: ...


class Foresight:
    """Deciders that ask a ``memory``; the first question without an answer there sets an engine to work on all of them.

    ``spatial`` decides what is about vectors, ``progress`` is told how many questions are answered, of how many.
    """

    def __init__(
        self, memory: Memory, spatial: Decide | None, engine: Engine, rehearse: Rehearse, progress: Progress | None
    ) -> None:
        self.memory, self.spatial, self.engine, self.rehearse = memory, spatial, engine, rehearse
        self.progress = progress
        self.looked = False

    def numbers(self, forms: Sequence[Sequent], seconds: float) -> Decision:
        """Decides what is about numbers."""
        if self.memory.decided(forms, seconds) is None:
            self._look()
        return self.memory.decide(forms, seconds)

    def spaces(self, claim: Claim, work: int, *, thorough: bool = True) -> Outcome:
        """Decides what is about vectors."""
        if recalled(self.memory, claim, work, thorough) is None:
            self._look()
        return remembering(self.memory, present(self.spatial))(claim, work, thorough=thorough)

    def _look(self) -> None:
        if self.looked:
            return
        self.looked = True
        asked = self._questions()
        if len(asked) <= FEW:
            return
        answered = 0

        def done(i: int, found: Any) -> None:
            nonlocal answered
            answered += 1
            if not isinstance(found, Lost):  # what ended a process is decided again where it is asked
                asked[i].keep(self.memory, found)
            if self.progress is not None:
                self.progress(answered, len(asked))

        self.engine.run(_decided, [(question,) for question in asked], done)

    def _questions(self) -> list[Question]:
        """What will be asked and is not known."""
        asked: dict[str, Question] = {}

        def numbers(forms: Sequence[Sequent], seconds: float) -> Decision:
            known = self.memory.decided(forms, seconds)
            if known is None:
                one = OfNumbers(tuple(forms), seconds)
                asked[repr(one)] = one
            return known or Decision("proved")

        def spaces(claim: Claim, work: int, *, thorough: bool = True) -> Outcome:
            known = recalled(self.memory, claim, work, thorough)
            if known is None:
                one = OfSpaces(claim, work, thorough)
                asked[repr(one)] = one
            return known or Found(Verdict.PROVED)

        self.rehearse(numbers, None if self.spatial is None else spaces)
        return list(asked.values())


@dataclass(frozen=True)
class OfNumbers:
    """A question about numbers."""

    forms: tuple[Sequent, ...]
    seconds: float

    def answer(self) -> Decision:
        return decide(self.forms, self.seconds)

    def keep(self, memory: Memory, found: Decision) -> None:
        memory.decide(self.forms, self.seconds, by=lambda *_: found)


@dataclass(frozen=True)
class OfSpaces:
    """A question about vectors."""

    claim: Claim
    work: int
    thorough: bool

    def answer(self) -> Outcome:
        return present(prover())(self.claim, self.work, thorough=self.thorough)

    def keep(self, memory: Memory, found: Outcome) -> None:
        def answered(claim: Claim, work: int, *, thorough: bool = True) -> Outcome:
            return found

        remembering(memory, answered)(self.claim, self.work, thorough=self.thorough)


Question = OfNumbers | OfSpaces


def _decided(_: object, question: Question) -> Decision | Outcome:
    return question.answer()

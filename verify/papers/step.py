"""What is found out about the steps of a paper, each with its place in the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from verify.counterexamples.witness import shown
from verify.language.logic import Formula, Rel, Sequent
from verify.papers.decide import Decision
from verify.papers.document import Document
from verify.papers.suggest import Edit, suggestion
from verify.papers.tokens import NotUnderstood
from verify.runtime.defects import defect

Decider = Callable[[Sequence[Sequent], float], Decision]


@dataclass(frozen=True)
class CheckedStep:
    """What was found out about one step, or why it was not looked at; ``line`` and ``column`` are in the file.

    ``lines`` say what a counterexample is that is no list of numbers; ``rests`` what a proved step rests on besides the
    assumptions. ``file`` is the file in which the step stands where that is not the paper but one that it reads.
    """

    line: int
    column: int
    status: str
    bound: str
    latex: str = ""
    why: str = ""
    hint: str = ""
    witness: tuple[tuple[str, str], ...] = ()
    lhs: str = ""
    rhs: str = ""
    suggestion: str = ""
    edit: str = ""
    lines: tuple[str, ...] = ()
    rests: tuple[str, ...] = ()
    file: str = ""


class Record:
    """The steps of one paper in order; ``seconds`` is the work that each of them may take, ``decider`` decides them."""

    def __init__(self, document: Document, seconds: float, decider: Decider) -> None:
        self.document, self.seconds, self._decider = document, seconds, decider
        self.steps: list[CheckedStep] = []

    def decide(self, forms: Sequence[Sequent]) -> Decision:
        return self._decider(forms, self.seconds)

    def add(
        self,
        position: int,
        status: str,
        bound: str,
        *,
        latex: str = "",
        why: str = "",
        hint: str = "",
        decision: Decision | None = None,
        names: Mapping[str, str] | None = None,
        edit: tuple[str, str] = ("", ""),
        lines: tuple[str, ...] = (),
        rests: tuple[str, ...] = (),
    ) -> None:
        """Record a step; a ``decision`` gives the counterexample, ``edit`` a suggestion and the change in words.

        ``lines`` and ``rests`` are those of ``CheckedStep``.
        """
        line, column, file = self.document.line(position), self.document.column(position), self.document.file(position)
        found = decision or Decision("inconclusive")
        witness = tuple(((names or {}).get(k, k), shown(v)) for k, v in (found.witness or {}).items())
        self.steps.append(
            CheckedStep(
                line, column, status, bound, latex, why, hint, witness, found.lhs, found.rhs, *edit, lines, rests, file
            )
        )

    def fault(self, fault: NotUnderstood, bound: str) -> None:
        self.add(fault.position, "not understood", bound, why=fault.what, hint=fault.hint)

    def internal(self, error: Exception, position: int, bound: str) -> None:
        why = defect("internal error", error)[:200]
        self.add(position, "inconclusive", bound, why=why, hint="this is a defect of verify; please report it")

    def edit(
        self,
        decision: Decision,
        goal: Formula,
        again: Callable[[Rel], list[Sequent]],
        sides: tuple[str, ...],
        letters: frozenset[str],
    ) -> Edit | None:
        """A small edit that would mend a refuted step, confirmed by a proof; ``letters`` are those it may use."""
        if decision.status != "refuted" or not isinstance(goal, Rel):
            return None
        return suggestion(
            goal,
            lambda r: again(r)[-1],
            lambda r: self._decider(again(r), self.seconds / 2).status == "proved",
            self.seconds,
            sides,
            letters,
        )

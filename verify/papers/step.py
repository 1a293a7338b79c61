"""What is found out about the steps of a paper, each with its place in the file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from verify.counterexamples.witness import shown
from verify.language.logic import Sequent
from verify.papers.decide import Decider, Decision
from verify.papers.document import Document
from verify.papers.edits import Replacement
from verify.papers.suggest import Known, Suggestion, Try, Wrong, again, suggestion
from verify.papers.tokens import NotUnderstood
from verify.runtime.defects import defect


@dataclass(frozen=True)
class CheckedStep:
    """What was found out about one step, or why it was not looked at; ``line`` and ``column`` are in the file.

    ``status``: proved, refuted, inconclusive, not understood; or, of what nobody has to prove, definition, assumed (a
    hypothesis) and unchecked. ``witness`` are the values of the names that the step speaks of, ``elsewhere`` those of
    the other names that are assumed something of. ``lines`` say what a counterexample is that is no list of numbers;
    ``rests`` what a proved step rests on besides the assumptions. ``display`` is the number of the display it stands
    in, 0 for a comment; ``numbers`` are the names in it that are read as numbers though nothing declares them.
    ``suggestion`` is the step after a small edit, which ``fix`` makes in the file. ``file`` is the file in which it
    stands where that is not the paper but one that it reads.
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
    elsewhere: tuple[tuple[str, str], ...] = ()
    display: int = 0
    numbers: tuple[str, ...] = ()
    fix: Replacement | None = None
    file: str = ""


class Remember(Protocol):
    """Answers a question from what is kept, or asks and keeps: ``Memory.remembered``."""

    def __call__(
        self,
        told: Sequence[Any],
        find: Callable[[], Any],
        write: Callable[[Any], Any],
        believe: Callable[[Any], Any | None],
    ) -> Any: ...


class Record:
    """The steps of one paper in order; ``seconds`` is the work that each of them may take, ``decider`` decides them.

    ``display`` is the number of the display that is being checked, 0 between displays.
    """

    def __init__(self, document: Document, seconds: float, decider: Decider, remember: Remember | None = None) -> None:
        self.document, self.seconds, self._decider, self._remember = document, seconds, decider, remember
        self.steps: list[CheckedStep] = []
        self.display = 0

    def decide(self, forms: Sequence[Sequent]) -> Decision:
        return self._decider(forms, self.seconds)

    def attempt(self, forms: Sequence[Sequent]) -> Decision:
        """What is found of an edited step, with half of the work that a step may take."""
        return self._decider(forms, self.seconds / 2)

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
        variables: Collection[str] | None = None,
        suggested: Suggestion | None = None,
        lines: tuple[str, ...] = (),
        rests: tuple[str, ...] = (),
        numbers: Iterable[str] = (),
    ) -> None:
        """Record a step; a ``decision`` gives the counterexample, of which only ``variables`` belong to the step.

        ``lines``, ``rests`` and ``numbers`` are those of ``CheckedStep``.
        """
        found = decision or Decision("inconclusive")
        values = {k: ((names or {}).get(k, k), shown(v)) for k, v in (found.witness or {}).items()}
        own = set(values) if variables is None else set(variables)
        self.steps.append(
            CheckedStep(
                self.document.line(position),
                self.document.column(position),
                status,
                bound,
                latex=latex,
                why=why,
                hint=hint,
                witness=tuple(v for k, v in values.items() if k in own),
                lhs=found.lhs,
                rhs=found.rhs,
                suggestion="" if suggested is None else suggested.latex,
                edit="" if suggested is None else suggested.what,
                lines=lines,
                rests=rests,
                elsewhere=tuple(v for k, v in values.items() if k not in own),
                display=self.display,
                numbers=tuple(numbers),
                fix=None if suggested is None else suggested.fix,
                file=self.document.file(position),
            )
        )

    def fault(self, fault: NotUnderstood, bound: str) -> None:
        self.add(fault.position, "not understood", bound, why=fault.what, hint=fault.hint)

    def internal(self, error: Exception, position: int, bound: str) -> None:
        why = defect("internal error", error)[:200]
        self.add(position, "inconclusive", bound, why=why, hint="this is a defect of verify; please report it")

    def suggested(self, wrong: Wrong, attempt: Try, told: Sequence[Any]) -> Suggestion | None:
        """A small edit that would mend a refuted step, confirmed by a proof.

        ``told`` is what the answer depends on besides the tokens of the step and the names.
        """
        text = self.document.text

        def find() -> Known:
            return suggestion(wrong, attempt, text, self.seconds)

        if self._remember is None:
            return find().suggestion
        question = ["edit", self.seconds, wrong.told(), *told]
        found: Known = self._remember(
            question, find, lambda known: {"number": known.number}, lambda data: _believed(data, wrong, attempt, text)
        )
        if found.number is None or found.suggestion is None:
            return None
        known = again(wrong, found.number, attempt, text)  # the same step may stand at several places of a file
        return None if known is None else known.suggestion


def _believed(data: Any, wrong: Wrong, attempt: Try, text: str) -> Known | None:
    """The suggestion that data speaks of, proved anew; None where it is none."""
    try:
        return again(wrong, data["number"], attempt, text)
    except Exception:  # a file may say anything
        return None

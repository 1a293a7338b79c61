"""What is said about one statement that is given as a text: its verdict, and what stands behind it, as printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from verify.language.circular import Circular
from verify.language.verdict import Verdict

if TYPE_CHECKING:
    from verify.prover.outcome import Outcome
    from verify.spaces import decide
    from verify.spaces.models.witness import Witness


@dataclass(frozen=True)
class Answer:
    """The verdict, its route, the witness as a table, the certificate, and reasons.

    ``timed``: a clock ended the search. ``outcome`` is what the prover handed over, with exact values. ``read``: the
    statement as it was read, where it is written in other terms.
    """

    verdict: Verdict
    route: str
    witness: dict[str, Any] | None = None
    certificate: dict[str, Any] | None = None
    why: tuple[str, ...] = ()
    timed: bool = False
    outcome: Outcome | decide.Outcome | None = field(default=None, repr=False, compare=False)
    read: str | None = field(default=None, compare=False)

    @property
    def picture(self) -> Witness | None:
        """The counterexample with vectors, which can be drawn."""
        found = None if self.outcome is None else self.outcome.witness
        from verify.spaces.models.witness import Witness

        return found if isinstance(found, Witness) else None


def about_numbers(statement: str, assumptions: Sequence[str], timeout: float, work: int) -> Answer:
    """A statement about numbers; raises ``BadInput``, and ``EmptyDomain`` where its assumptions contradict."""
    from verify.language.defined import rewritten
    from verify.language.parser import parse_circular
    from verify.prover.process import in_process, prove_with_timeout, undecided

    problem = parse_circular(statement, assumptions)
    if isinstance(problem, Circular):
        from verify.prover import circular

        return of_numbers(in_process(partial(circular.decide, problem, work), undecided, timeout, work))
    found = of_numbers(prove_with_timeout(problem, timeout, work))
    return replace(found, read=str(problem).strip()) if any(map(rewritten, (statement, *assumptions))) else found


def of_numbers(found: Outcome) -> Answer:
    """The answer that an outcome is."""
    from verify.counterexamples.witness import shown

    witness = None if found.witness is None else {name: shown(value) for name, value in found.witness.items()}
    return Answer(found.verdict, found.route, witness, found.certificate, found.why, found.timed, found)


def about_vectors(
    statement: str, assumptions: Sequence[str], using: Sequence[str], timeout: float, work: int
) -> Answer:
    """A statement about vectors, expectations, sums or functions; raises as above."""
    from verify.spaces.decide import decide_with_timeout
    from verify.spaces.reading.plain import claim

    return of_vectors(decide_with_timeout(claim(statement, assumptions, using), timeout, work))


def of_vectors(found: decide.Outcome) -> Answer:
    """The answer that an outcome is."""
    from verify.spaces.models.witness import table

    witness = None if found.witness is None else table(found.witness)
    route = "search" if found.witness is None else "exact counterexample"
    why = found.witness_lines or found.why
    return Answer(found.verdict, route, witness, found.certificate, why, found.timed, found)

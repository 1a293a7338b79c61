"""The way in from Python: a statement as a text, whatever it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from verify.language.circular import Circular
from verify.language.logic import Sequent
from verify.language.parser import parse_circular
from verify.prover import api, circular
from verify.prover.api import WORK, Report
from verify.prover.outcome import Outcome
from verify.runtime.errors import BadInput
from verify.spaces import decide
from verify.spaces.reading.plain import claim
from verify.spaces.reading.recognition import is_spatial, refuse_reasons


@overload
def prove(
    statement: Sequent,
    assumptions: tuple[()] = (),
    *,
    work: int = WORK,
    brake: float | None = None,
    report: Report | None = None,
) -> Outcome: ...


@overload
def prove(
    statement: str,
    assumptions: Sequence[str] = (),
    *,
    using: Sequence[str] = (),
    work: int = WORK,
    brake: float | None = None,
    report: Report | None = None,
) -> Outcome | decide.Outcome: ...


def prove(
    statement: Sequent | str,
    assumptions: Sequence[str] = (),
    *,
    using: Sequence[str] = (),
    work: int = WORK,
    brake: float | None = None,
    report: Report | None = None,
) -> Outcome | decide.Outcome:
    """Prove or refute a text under assumptions, as ``verify prove`` does; or a sequent that was parsed before.

    ``using``: facts about functions that help the search, as in ``smoothness at (x, y) times 2*c``. Both outcomes have
    ``verdict``, ``certificate``, ``witness`` and ``why``. ``work``, ``brake`` and ``report`` as in
    ``verify.prover.api``; the search about vectors reports nothing on its way. Raises BadInput for what cannot be read,
    EmptyDomain where the assumptions contradict each other.

    >>> prove("<u, v> <= ||u||*||v||").verdict.key
    'proved'
    >>> print(prove("||u + v||^2 == ||u||^2 + ||v||^2").witness)
    in R^1:
      u = 1
      v = 1
    left side 4, right side 2
    """
    if isinstance(statement, Sequent):
        if assumptions or using:
            raise BadInput("assumptions stand beside a problem that has been parsed", "give them to parse")
        return api.prove(statement, work=work, brake=brake, report=report)
    if is_spatial(statement, assumptions):
        return decide.decide(claim(statement, assumptions, using), work, brake)
    refuse_reasons(using)
    problem = parse_circular(statement, assumptions)
    if isinstance(problem, Circular):
        return circular.decide(problem, work, brake, report)
    return api.prove(problem, work=work, brake=brake, report=report)

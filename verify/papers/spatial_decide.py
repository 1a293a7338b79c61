"""The one place where a paper's steps about vectors meet the prover for them."""

from __future__ import annotations

import importlib
import importlib.util
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, cast

from verify.language.verdict import Verdict
from verify.runtime.errors import BadInput
from verify.spaces.reading.surface import Claim

PROVER = "verify.spaces.decide"


class Outcome(Protocol):
    """What was found about a claim; the lines of the witness are exact, and speak of the names of the claim."""

    @property
    def verdict(self) -> Verdict: ...

    @property
    def witness_lines(self) -> tuple[str, ...]: ...

    @property
    def why(self) -> tuple[str, ...]: ...

    @property
    def certificate(self) -> Mapping[str, Any] | None: ...

    @property
    def witness(self) -> Any: ...

    @property
    def model(self) -> Any: ...

    @property
    def timed(self) -> bool: ...


class Decide(Protocol):
    """Decides a claim with so much work; not ``thorough``: with no long search for a counterexample."""

    def __call__(self, claim: Claim, work: int, *, thorough: bool = True) -> Outcome: ...


@dataclass(frozen=True)
class Found:
    """An outcome, perhaps without its evidence. ``model``: where the assumptions of a proof hold."""

    verdict: Verdict
    witness_lines: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    certificate: Mapping[str, Any] | None = field(default=None, compare=False, repr=False)
    witness: Any = field(default=None, compare=False, repr=False)
    timed: bool = field(default=False, compare=False, repr=False)
    model: Any = field(default=None, compare=False, repr=False)


def prover() -> Decide | None:
    """The prover for vectors; None where there is none, and then nothing is read that only it could decide."""
    try:
        found = importlib.util.find_spec(PROVER)
    except ModuleNotFoundError:
        return None
    if found is None:
        return None
    return _decided


def _decided(claim: Claim, work: int, *, thorough: bool = True) -> Outcome:
    """The prover's outcome; assumptions that contradict each other leave a step open, as in steps about numbers."""
    from verify.prover.outcome import EmptyDomain

    decide = cast(Decide, importlib.import_module(PROVER).decide)
    try:
        found = decide(claim, work, thorough=thorough)
    except EmptyDomain:
        return Found(Verdict.INCONCLUSIVE, why=("the assumptions contradict each other",))
    return Found(
        found.verdict,
        witness_told(found.witness),
        found.why,
        found.certificate,
        found.witness,
        found.timed,
        found.model,
    )


def witness_told(witness: Any) -> tuple[str, ...]:
    """The lines of a witness with the names that the step speaks of and no others; none where there is none."""
    from verify.spaces.models.witness import lines

    return tuple(lines(witness, of_goal=True)) if witness is not None else ()


def slack(claim: Claim, witness: Any) -> float | None:
    """By how much the sides of a claim about the same names differ in a model that was found before.

    None where the claim fails there; infinite where that is not told.
    """
    from verify.spaces.meaning.elaborate import elaborate
    from verify.spaces.models.bound_names import with_bound_names
    from verify.spaces.models.values import difference, judge

    try:
        problem = with_bound_names(elaborate(claim).problem)
        if judge(problem, witness.model).kind is not None:
            return None
        return difference(problem, witness.model)
    except BadInput:
        raise
    except Exception:  # other names, or other sorts: the prover will see
        return math.inf

"""The one place where a paper's steps about vectors meet the prover for them."""

from __future__ import annotations

import importlib
import importlib.util
from typing import Protocol, cast

from verify.language.verdict import Verdict
from verify.spaces.surface import Claim

PROVER = "verify.spaces.decide"


class Outcome(Protocol):
    """What was found about a claim; the lines of the witness are exact, and speak of the names of the claim."""

    @property
    def verdict(self) -> Verdict: ...

    @property
    def witness_lines(self) -> tuple[str, ...]: ...

    @property
    def why(self) -> tuple[str, ...]: ...


class Decide(Protocol):
    """Decides a claim with so much work; not ``thorough``: with no long search for a counterexample."""

    def __call__(self, claim: Claim, work: int, *, thorough: bool = True) -> Outcome: ...


def prover() -> Decide | None:
    """The prover for vectors; None where there is none, and then nothing is read that only it could decide."""
    try:
        found = importlib.util.find_spec(PROVER)
    except ModuleNotFoundError:
        return None
    if found is None:
        return None
    return cast(Decide, importlib.import_module(PROVER).decide)

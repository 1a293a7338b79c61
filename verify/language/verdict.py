"""Verdicts: what the evidence for a claim amounts to, and never more."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Verdict(Enum):
    """A verdict; its value is the sentence shown to the user, its ``key`` the word used in JSON.

    >>> Verdict.PROVED.key
    'proved'
    >>> weakest([Verdict.PROVED, Verdict.SUPPORTED]).key
    'supported'
    """

    PROVED = "an exact argument covers every parameter value of the declared domain"
    ENCLOSED = "rigorous ball arithmetic encloses the claim on the whole declared domain"
    SUPPORTED = "numerical evidence agrees within its stated error; this is not a proof"
    INCONCLUSIVE = "the available evidence neither proves nor refutes it"
    UNAVAILABLE = "what would decide it could not be run here"
    REFUTED = "an exact counterexample violates it"

    @property
    def key(self) -> str:
        return self.name.lower()

    @property
    def strength(self) -> int:
        """Higher is stronger; a refuted claim supports nothing."""
        return _STRENGTH[self]

    def __bool__(self) -> bool:
        raise TypeError(
            f"the verdict '{self.key}' has no truth value: compare it, for instance verdict is Verdict.PROVED. "
            "An undecided verdict must not pass for true or false."
        )


_STRENGTH = {
    Verdict.PROVED: 5,
    Verdict.ENCLOSED: 4,
    Verdict.SUPPORTED: 3,
    Verdict.INCONCLUSIVE: 2,
    Verdict.UNAVAILABLE: 1,
    Verdict.REFUTED: 0,
}


def weakest(verdicts: Iterable[Verdict]) -> Verdict:
    """The weakest of some verdicts; ``PROVED`` of none at all."""
    return min(verdicts, key=lambda v: v.strength, default=Verdict.PROVED)

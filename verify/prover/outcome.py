"""What a proof attempt found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.language.logic import Term
from verify.language.verdict import Verdict

WANT_OF_ANY = "the statement follows, but no point of its domain was found, so it may hold for want of any"


class EmptyDomain(ValueError):
    """The hypotheses contradict each other: anything would follow from them."""


@dataclass(frozen=True, repr=False)
class Outcome:
    """A verdict with its evidence: a certificate the checker accepted, or an exact witness, or reasons.

    Where a witness has coordinates that are not rational (terms), the certificate proves that it is one.
    ``timed``: a clock ended the attempt, so that it may go further on another machine.
    """

    verdict: Verdict
    route: str
    certificate: dict[str, Any] | None = None
    witness: Mapping[str, Fraction | Term] | None = None
    why: tuple[str, ...] = ()
    timed: bool = False

    def __repr__(self) -> str:
        parts = [self.verdict.key, f"by {self.route}"]
        if self.witness is not None:
            parts.append("at " + ", ".join(f"{k} = {v}" for k, v in self.witness.items()))
        if self.why:
            parts.append("; ".join(self.why))
        return f"<Outcome {': '.join(parts)}>"

"""What a proof attempt found."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.verdict import Verdict


class EmptyDomain(ValueError):
    """The hypotheses contradict each other: anything would follow from them."""


@dataclass(frozen=True, repr=False)
class Outcome:
    """A verdict with its evidence: a certificate the checker accepted, or an exact witness, or reasons."""

    verdict: Verdict
    route: str
    certificate: dict[str, Any] | None = None
    witness: dict[str, Fraction] | None = None
    why: tuple[str, ...] = ()

    def __repr__(self) -> str:
        parts = [self.verdict.key, f"by {self.route}"]
        if self.witness is not None:
            parts.append("at " + ", ".join(f"{k} = {v}" for k, v in self.witness.items()))
        if self.why:
            parts.append("; ".join(self.why))
        return f"<Outcome {': '.join(parts)}>"

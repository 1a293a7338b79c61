"""Evidence: what one route found out about one claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from verify.language.verdict import Verdict, weakest


@dataclass(frozen=True)
class Evidence:
    """The outcome of one route. ``summary`` is a sentence for people, ``details`` JSON-ready facts behind it.

    ``seconds`` is the time it took in this run; ``timed`` marks an outcome that a clock decided, so that it may differ
    the next time and is not kept.
    """

    route: str
    verdict: Verdict
    summary: str
    seconds: float = 0.0
    details: Mapping[str, Any] = field(default_factory=dict)
    timed: bool = False

    def to_json(self) -> dict[str, Any]:
        """What was found, without the time it took, so that the same finding gives the same bytes."""
        return {"route": self.route, "verdict": self.verdict.key, "summary": self.summary, **self.details}


@dataclass(frozen=True)
class ClaimResult:
    """A claim's own evidence and its verdict; ``rests_on`` maps every claim it rests on, transitively, to a verdict.

    ``kernel`` names another prover, such as Coq 8.16.1, which has proved the claim again, with all that it rests on. It
    is beside the evidence and not among it: no verdict needs it, and none is raised by it.
    """

    id: str
    title: str
    expected: bool
    evidence: tuple[Evidence, ...]
    rests_on: Mapping[str, Verdict]
    kernel: str = ""

    @property
    def own(self) -> Verdict:
        """What the claim's own evidence amounts to.

        A counterexample outweighs everything; next to it a measurement of the definition that the statement does not
        fit, because then a proof is about something else.
        """
        verdicts = [e.verdict for e in self.evidence]
        if Verdict.REFUTED in verdicts:
            return Verdict.REFUTED
        if self.disagreements:
            return Verdict.INCONCLUSIVE
        return max(verdicts, key=lambda v: v.strength, default=Verdict.INCONCLUSIVE)

    @property
    def disagreements(self) -> tuple[Evidence, ...]:
        """Measurements of the definition that the statement does not fit, beyond their error."""
        return tuple(e for e in self.evidence if "disagreement" in e.details)

    @property
    def contradiction(self) -> bool:
        """A proof and a counterexample at once: a defect of the verifier, never to be passed over."""
        verdicts = {e.verdict for e in self.evidence}
        return Verdict.REFUTED in verdicts and bool(verdicts & {Verdict.PROVED, Verdict.ENCLOSED})

    @property
    def verdict(self) -> Verdict:
        """The own verdict, capped by everything the claim rests on."""
        if self.own is Verdict.REFUTED:
            return self.own
        below = [v for v in self.rests_on.values()]
        if Verdict.REFUTED in below:
            return Verdict.INCONCLUSIVE
        return weakest([self.own, *below])

    @property
    def as_expected(self) -> bool | None:
        """Whether the verdict is what it should be; None while it is open."""
        # That the definition does not fit a statement which is expected to be false is as it should be.
        if self.contradiction or (self.expected and self.disagreements):
            return False
        if self.verdict is Verdict.REFUTED:
            return not self.expected
        if not self.expected:
            return False
        return True if self.verdict in (Verdict.PROVED, Verdict.ENCLOSED, Verdict.SUPPORTED) else None

    @property
    def seconds(self) -> float:
        return sum(e.seconds for e in self.evidence)

    @property
    def witness(self) -> Mapping[str, Any] | None:
        """The counterexample, where there is one."""
        return next((e.details for e in self.evidence if e.verdict is Verdict.REFUTED), None)

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "title": self.title,
            "expected": "true" if self.expected else "false",
            "verdict": self.verdict.key,
            "evidence": [e.to_json() for e in self.evidence],
            "rests_on": [{"id": k, "verdict": v.key} for k, v in self.rests_on.items()],
            **({"kernel": self.kernel} if self.kernel else {}),
        }


@dataclass(frozen=True)
class Entry:
    """What a result needs to know of a claim; ``ancestors`` are all claims that it rests on."""

    id: str
    title: str
    expected: bool
    ancestors: tuple[str, ...]


def assemble(
    entries: Iterable[Entry], evidence: Mapping[str, tuple[Evidence, ...]], wanted: Iterable[str]
) -> list[ClaimResult]:
    """Results for the wanted claims: own evidence, and the own verdicts of everything that each rests on."""
    order, chosen = list(entries), set(wanted)
    own = {e.id: ClaimResult(e.id, e.title, e.expected, evidence[e.id], {}).own for e in order}
    return [
        ClaimResult(e.id, e.title, e.expected, evidence[e.id], {name: own[name] for name in e.ancestors})
        for e in order
        if e.id in chosen
    ]


def exit_code(results: Iterable[ClaimResult], *, allow_inconclusive: bool = False) -> int:
    """0 all as expected; 1 a claim refuted, or a false statement not refuted; 3 something open."""
    outcomes = [r.as_expected for r in results]
    if False in outcomes:
        return 1
    return 3 if None in outcomes and not allow_inconclusive else 0

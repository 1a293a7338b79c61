"""Edited steps about vectors, read anew: what is found of them, in the counterexample of the refuted step first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from verify.language.verdict import Verdict
from verify.papers.decide import Status
from verify.papers.spatial_chains import Raw, read_chain
from verify.papers.spatial_context import Spatial
from verify.papers.spatial_decide import Decide, slack
from verify.papers.suggest import Attempt, Tried
from verify.papers.tokens import Token
from verify.papers.trivial import trivial
from verify.spaces.reading.surface import Claim

SHARE = 0.2  # of the work for a step, for one attempt: those of the articles that are proved take 0.1 to 1.5 s of 10
_STATUS: dict[Verdict, Status] = {Verdict.PROVED: "proved", Verdict.REFUTED: "refuted"}


@dataclass
class SpatialTrials:
    """Reads edited forms of a refuted step that may use some lines.

    ``witnesses`` are counterexamples, of the step at first, then of edits too. ``fixed`` tells that they are of the
    case in which nothing is random.
    """

    spatial: Spatial
    used: Sequence[Raw]
    decide: Decide
    witnesses: list[Any]
    fixed: bool
    work: int
    show: Callable[[Sequence[Token]], str]

    def relation(self, tokens: Sequence[Token]) -> Tried | None:
        """A link of a chain; None where it is not read as one relation between known names."""
        before = len(self.spatial.names.written)
        goal = read_chain(tokens, self.spatial.names)
        if len(goal.relations) > 1 or len(self.spatial.names.written) > before:
            return None
        ready = self.spatial.claim(goal, self.used)
        found = ready.fixed if self.fixed else ready.claim
        return Tried(
            lambda: self.show(tokens),
            trivial=lambda: trivial(goal.relations[0], *goal.terms),
            slack=lambda: self._slack(found),
            attempt=lambda: self._attempt(ready.claim, ready.light, found),
        )

    def _slack(self, claim: Claim | None) -> float | None:
        if claim is None or not self.witnesses:
            return 0.0
        found = [slack(claim, witness) for witness in self.witnesses]
        return None if None in found else found[0]

    def _attempt(self, claim: Claim, light: Claim | None, tried: Claim | None) -> Attempt:
        """What is found with a share of the work; a proof that assumes less counts too, one of a case does not."""
        timed = False
        forms = [x for x in (tried if self.fixed else None, light, claim) if x is not None]
        for form in forms:
            outcome = self.decide(form, int(self.work * SHARE), thorough=False)
            status, timed = _STATUS.get(outcome.verdict, "inconclusive"), timed or outcome.timed
            if status == "refuted" and form is tried:
                if outcome.witness is not None:
                    self.witnesses.append(outcome.witness)
                return Attempt("refuted", timed)
            if status == "proved" and form in (light, claim):
                return Attempt("proved", timed)
        return Attempt("inconclusive", timed)

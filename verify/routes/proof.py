"""Proof: a certificate for the claim, accepted by the independent checker."""

from __future__ import annotations

from theory.claim import Claim
from theory.statement import Limit, MatrixIdentity
from verify.convert import goal_of
from verify.evidence import Evidence
from verify.prover.api import prove
from verify.verdict import Verdict

SECONDS = 8.0


def proof(claim: Claim, seconds: float = SECONDS) -> Evidence | None:
    """A checked certificate, or the reasons why there is none; None for identities of matrices."""
    if isinstance(claim.statement, MatrixIdentity) or not claim.expected:
        return None
    if isinstance(claim.statement, Limit):
        return Evidence("proof", Verdict.INCONCLUSIVE, "no route for limits")
    outcome = prove(goal_of(claim).expanded(), seconds=seconds)
    if outcome.verdict is Verdict.PROVED:
        return Evidence("proof", Verdict.PROVED, f"certificate by {outcome.route}, accepted by the checker")
    return Evidence("proof", Verdict.INCONCLUSIVE, "; ".join(outcome.why))

"""Replay: apply every rule of a claim's derivations again; for identities of matrices, compare the result too."""

from __future__ import annotations

from verify.claims.claim import Claim
from verify.claims.matrix_certificates import is_derived
from verify.claims.statement import MatrixIdentity
from verify.derivations.derivation import ReplayError
from verify.evidence.results import Evidence
from verify.language.verdict import Verdict


def replay(claim: Claim) -> Evidence | None:
    """Evidence that the recorded derivations follow from their rules; None if the claim has no derivation.

    For a matrix identity the result, for symbolic dimension and sample size, must be the left-hand side and the stated
    right-hand side; for other claims a replay only shows that the formulas were derived as recorded. It proves nothing
    by itself: it runs the rules that made the derivation, and when a rule may be applied is for the checker to say.
    """
    if not claim.derivations:
        return None
    steps = 0
    for derivation in claim.derivations:
        try:
            steps += derivation.replay()
        except ReplayError as error:
            return Evidence("replay", Verdict.INCONCLUSIVE, f"the derivation does not replay: {error}")
    count = len(claim.derivations)
    said = f"{count} derivation{'s' * (count > 1)} replayed, {steps} steps"
    if not isinstance(claim.statement, MatrixIdentity):
        return Evidence("replay", Verdict.INCONCLUSIVE, said + ": the formulas are derived, not typed in")
    if not any(is_derived(claim, d) for d in claim.derivations):
        return Evidence("replay", Verdict.INCONCLUSIVE, said + "; the left side is not what a derivation gives")
    difference = claim.statement.lhs - claim.statement.rhs
    if claim.statement.lhs == claim.statement.rhs:
        stated = said + "; the result is the stated expression, for every d and n; a certificate has to say so too"
        return Evidence("replay", Verdict.INCONCLUSIVE, stated)
    return Evidence(
        "replay",
        Verdict.INCONCLUSIVE,
        said + f"; derived minus stated is {difference}, which is not zero as a polynomial in matrices",
    )

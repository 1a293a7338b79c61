"""Refutation: an exact rational point of the domain where the statement fails, checked in the original statement."""

from __future__ import annotations

from theory.claim import Claim
from theory.statement import Limit, MatrixIdentity
from verify.convert import goal_of
from verify.evidence import Evidence
from verify.refute import refute
from verify.verdict import Verdict

SECONDS = 2.0


def refutation(claim: Claim, seconds: float = SECONDS) -> Evidence | None:
    """A counterexample, or the statement that none was found; None for limits and identities of matrices."""
    if isinstance(claim.statement, (MatrixIdentity, Limit)):
        return None
    sequent = goal_of(claim).expanded()
    witness = refute(sequent, seconds=seconds)
    if witness is None:
        return Evidence("refutation", Verdict.INCONCLUSIVE, "no counterexample found by exact rational sampling")
    values = {name: str(value) for name, value in witness.values.items()}
    return Evidence(
        "refutation",
        Verdict.REFUTED,
        str(witness),
        details={"witness": values, "kind": witness.kind, "lhs": witness.lhs, "rhs": witness.rhs},
    )

"""Refutation: an exact rational point of the domain where the statement fails, checked in the original statement."""

from __future__ import annotations

from theory.claim import Claim
from theory.statement import Limit, MatrixIdentity
from verify.budget import Braked, Budget
from verify.convert import goal_of
from verify.evidence import Evidence
from verify.refute import refute
from verify.solver import unasked
from verify.verdict import Verdict

SECONDS = 300.0  # of processor time: an emergency brake: the number of points is fixed


def refutation(claim: Claim, effort: int = 2) -> Evidence | None:
    """A counterexample, or the statement that none was found; None for limits and identities of matrices.

    ``effort`` 1 is quick, 2 is thorough; both try a fixed number of points, so that the outcome is the same everywhere.
    """
    if isinstance(claim.statement, (MatrixIdentity, Limit)):
        return None
    sequent = goal_of(claim).expanded()
    try:
        with Budget(brake=SECONDS).running():
            witness = refute(sequent, effort=effort)
    except Braked as reason:
        return Evidence("refutation", Verdict.INCONCLUSIVE, f"no counterexample found: {reason}", timed=True)
    if witness is None:
        said = ("no counterexample found by exact rational sampling", *(unasked(sequent) if effort > 1 else ()))
        return Evidence("refutation", Verdict.INCONCLUSIVE, "; ".join(said))
    values = {name: str(value) for name, value in witness.values.items()}
    return Evidence(
        "refutation",
        Verdict.REFUTED,
        str(witness),
        details={"witness": values, "kind": witness.kind, "lhs": witness.lhs, "rhs": witness.rhs},
    )

"""Refutation: an exact point of the domain where the statement fails, checked in the original statement.

For identities of matrices the point has dimensions and rational matrices, and the moments are exact; for statements
about vectors it is a model with rational vectors, explicit functions and finitely many outcomes.
"""

from __future__ import annotations

from typing import Any

from verify.claims.claim import Claim
from verify.claims.matrix_certificates import written
from verify.claims.sequents import goal_of
from verify.claims.statement import Limit, MatrixIdentity, Spatial
from verify.counterexamples.matrix_points import refute_matrices
from verify.counterexamples.refute import refute
from verify.counterexamples.witness import Witness
from verify.counterexamples.z3_models import unasked
from verify.evidence.results import Evidence
from verify.evidence.routes.apart import spatial
from verify.language.json_form import to_json
from verify.language.verdict import Verdict
from verify.runtime.budget import Braked, Budget
from verify.runtime.errors import ensured

SECONDS = 300.0  # of processor time: an emergency brake: the number of points is fixed


def refutation(claim: Claim, effort: int = 2) -> Evidence | None:
    """A counterexample, or the statement that none was found; None for limits.

    ``effort`` 0 is a glance beside an accepted proof, 2 is thorough; each tries a fixed number of points, so that the
    outcome is the same everywhere.
    """
    if isinstance(claim.statement, Limit):
        return None
    if isinstance(claim.statement, MatrixIdentity):
        return matrix_refutation(claim, effort)
    if isinstance(claim.statement, Spatial):
        return ensured(spatial().refutation(claim.statement, effort), Evidence)
    sequent = goal_of(claim).expanded()
    doubts: list[str] = []
    try:
        with Budget(brake=SECONDS).running():
            witness = refute(sequent, effort=effort, doubts=doubts)
    except Braked as reason:
        return Evidence("refutation", Verdict.INCONCLUSIVE, f"no counterexample found: {reason}", timed=True)
    if witness is None:
        missing = unasked(sequent) if effort > 1 else ()
        said = ("no counterexample found by exact rational sampling", *doubts[:1], *missing)
        return Evidence("refutation", Verdict.INCONCLUSIVE, "; ".join(said))
    return violated(witness)


def violated(witness: Witness) -> Evidence:
    """The evidence that a counterexample is."""
    details = {"witness": witness.shown, "kind": witness.kind, "lhs": witness.lhs, "rhs": witness.rhs}
    return Evidence("refutation", Verdict.REFUTED, str(witness), details=details)


def matrix_refutation(claim: Claim, effort: int) -> Evidence:
    """A counterexample to an identity of matrices, or at how many small cases both sides were compared."""
    tried = refute_matrices(claim, effort)
    if tried.witness is None:
        said = f"no counterexample found by exact moments at {tried.points} small cases"
        return Evidence("refutation", Verdict.INCONCLUSIVE, said + (f": {tried.doubt}" if tried.doubt else ""))
    w = tried.witness
    details: dict[str, Any] = {"witness": dict(w.values), "kind": "violates", "lhs": str(w.lhs), "rhs": str(w.rhs)}
    details |= {} if w.number else {"entry": list(w.entry)}
    details |= {} if w.point == w.values else {"point": dict(w.point)}
    return Evidence("refutation", Verdict.REFUTED, str(w), details=details)


def stated_in(claim: Claim) -> Any:
    """The statement that a counterexample violates, as data."""
    if isinstance(claim.statement, Spatial):
        return {"statement": claim.statement.statement, "assumptions": list(claim.statement.assumptions)}
    if isinstance(claim.statement, MatrixIdentity):
        return written(claim).statement
    return to_json(goal_of(claim).expanded())

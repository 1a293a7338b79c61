"""What a row of the cache may say about a claim: nothing that the claim itself does not bear out.

A row is what some file says. That a claim is proved is taken from it only with a certificate whose statement is the
claim's and a point of the claim's domain; that it is refuted, only with a counterexample to this claim. Other evidence
that decides is found again. What is left is evidence that supports or leaves open, and that a route has nothing to say.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

import flint

from verify.cache.rows import Row, join
from verify.cache.texts import rational
from verify.claims.claim import Claim
from verify.claims.sequents import goal_of
from verify.claims.statement import LoewnerOrder, MatrixIdentity, Spatial
from verify.counterexamples.witness import Witness, counterexample_at
from verify.evidence.collect import run_route
from verify.evidence.results import Evidence
from verify.evidence.routes.acceptance import missing_citations, states
from verify.evidence.routes.spectrum import reduction
from verify.language import logic
from verify.language.verdict import Verdict

DECIDES = frozenset({Verdict.PROVED, Verdict.ENCLOSED, Verdict.REFUTED})
PRECISION = 160


def believed(claim: Claim, row: Row, texts: Mapping[str, str], table: Mapping[str, Claim]) -> Row | None:
    """The row with evidence that the claim bears out; None where it does not, and the route has to run.

    ``texts`` has the theorems by their hash. That a checker accepts them is for ``recheck`` to say.
    """
    found = row.evidence
    if found is None or found.verdict not in DECIDES:
        return row if row.claim == claim.id else None
    try:
        evidence = _evidence(claim, row, found, texts, table)
    except Exception:  # a file may say anything
        return None
    return None if evidence is None or row.claim != claim.id else replace(row, evidence=evidence)


def _evidence(
    claim: Claim, row: Row, found: Evidence, texts: Mapping[str, str], table: Mapping[str, Claim]
) -> Evidence | None:
    if row.slot == "proof":
        return _proof(claim, row, found, texts) if found.verdict is Verdict.PROVED else None
    if row.slot.startswith("refutation") and found.verdict is Verdict.REFUTED:
        return _refutation(claim, row, found)
    again = run_route(claim, row.slot, table).evidence
    return again if again is not None and again.verdict is found.verdict else None


def _proof(claim: Claim, row: Row, found: Evidence, texts: Mapping[str, str]) -> Evidence | None:
    """A proof: the certificate's statement is the claim's, and the claim is not true for want of points."""
    certificate = join(texts[name] for name in row.theorems)
    if not claim.expected or not states(claim, certificate) or missing_citations(claim):
        return None
    if not isinstance(claim.statement, MatrixIdentity) and not inhabited(claim, row.point):
        return None
    details = {k: v for k, v in found.details.items() if k != "reduction"}
    if isinstance(claim.statement, LoewnerOrder):
        details = {"reduction": reduction(claim), **details}
    return replace(found, details=details)


def inhabited(claim: Claim, point: Mapping[str, str] | None) -> bool:
    """Whether a point lies in the domain of a claim about numbers; whether a model is one of what is assumed."""
    if point is None:
        return False
    if isinstance(claim.statement, Spatial):
        from verify.evidence.routes.spatial import is_model

        return set(point) == {"model"} and is_model(claim.statement, json.loads(point["model"]))
    domain = goal_of(claim).expanded()
    if set(point) != {name for name, _ in domain.variables}:
        return False
    values = {name: rational(text) for name, text in point.items()}
    with flint.ctx.workprec(PRECISION):
        nothing = logic.Sequent(domain.variables, domain.hypotheses, logic.FALSE)
        return counterexample_at(nothing, values, by_proof=_proved_at) is not None


def _proved_at(sequent: logic.Sequent, at: Mapping[str, logic.Term], doubts: list[str] | None) -> Witness | None:
    """Loads the prover only where balls cannot tell whether two sides are equal, which is rare."""
    from verify.prover.api import at_point

    return at_point(sequent, at, doubts)


def _refutation(claim: Claim, row: Row, found: Evidence) -> Evidence | None:
    """A counterexample: to what this claim states; evaluated here for numbers, by ``recheck`` for matrices."""
    from verify.evidence.routes.refutation import stated_in, violated  # with the searches, which proofs do not need

    if row.stated != json.loads(json.dumps(stated_in(claim))):
        return None
    if isinstance(claim.statement, MatrixIdentity):
        return found
    if isinstance(claim.statement, Spatial):
        from verify.evidence.routes import spatial

        model = spatial.evaluated(claim.statement, found.details["model"])
        return None if model is None else replace(spatial.violated(model), seconds=found.seconds)
    values = {name: rational(text) for name, text in found.details["witness"].items()}
    with flint.ctx.workprec(PRECISION):
        witness = counterexample_at(goal_of(claim).expanded(), values, by_proof=_proved_at)
    return None if witness is None else replace(violated(witness), seconds=found.seconds)

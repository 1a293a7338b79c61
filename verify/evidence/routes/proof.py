"""Proof: a certificate for the claim, accepted by an independent checker, whose statement is the claim's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from verify.claims.claim import Claim
from verify.claims.hints import Auto, citations
from verify.claims.matrix_certificates import NotWords, word_certificate
from verify.claims.sequents import goal_of
from verify.claims.statement import LoewnerOrder, MatrixIdentity, Spatial
from verify.claims.theory import Theory
from verify.counterexamples.refute import find_point
from verify.evidence.results import Evidence
from verify.evidence.routes.acceptance import accepted, missing_citations, summary
from verify.evidence.routes.apart import spatial
from verify.evidence.routes.spectrum import NotSpectral, reduction
from verify.kernel import Refused
from verify.language.verdict import Verdict
from verify.prover.api import BRAKE, prove
from verify.prover.outcome import EmptyDomain
from verify.prover.scripts.hint_interpreter import NoProof
from verify.prover.scripts.library import Library
from verify.runtime.budget import SECOND, Braked, Budget, Stopped

WORK = 8 * SECOND
POINT_WORK = 10 * SECOND


class OutOfReach(NoProof):
    """The brake of the general prover ended its search; on another machine it might find a proof."""


@dataclass(frozen=True)
class Proof:
    """What the route found: evidence, and where a certificate was accepted, that and a point of the domain."""

    evidence: Evidence
    certificate: Mapping[str, Any] | None = None
    point: Mapping[str, str] | None = None


@cache
def library(theory: Theory) -> Library:
    """A theory's claims; each is proved once per process."""
    return Library(theory.stated)


def _library_for(claim: Claim, table: Mapping[str, Claim] | None) -> Library:
    """What the claim's proof may cite: its theory's claims, and those of ``table``."""
    if isinstance(claim.setting, Theory):
        known = library(claim.setting)
        if known.claims.get(claim.id) == claim and set(citations(claim.proof)) <= set(known.claims):
            return known
        return Library({**(table or {}), **known.claims, claim.id: claim})
    return Library({**(table or {}), claim.id: claim})


def proof(claim: Claim) -> Evidence | None:
    """A checked certificate, or the reason why there is none; None for a statement that is expected to be false."""
    found = prove_claim(claim)
    return None if found is None else found.evidence


def prove_claim(claim: Claim, table: Mapping[str, Claim] | None = None) -> Proof | None:
    """Like ``proof``, with the certificate. ``table``: what may be cited besides the theory."""
    if not claim.expected:
        return None
    details: dict[str, Any] = {}
    try:
        certificate = certificate_of(claim, table)
        said = accepted(claim, certificate)
        if isinstance(claim.statement, LoewnerOrder):
            details["reduction"] = reduction(claim)
    except OutOfReach as reason:
        return Proof(Evidence("proof", Verdict.INCONCLUSIVE, str(reason), timed=True))
    except (NoProof, NotWords, NotSpectral, Refused) as reason:
        return Proof(Evidence("proof", Verdict.INCONCLUSIVE, str(reason)))
    details["certificate"] = summary(certificate, said)
    point, braked = None, False
    if not isinstance(claim.statement, MatrixIdentity):
        point, braked = _point(claim)
        if point is None:
            why = "the statement follows, but no point of its domain was found, so it may hold for want of any"
            return Proof(Evidence("proof", Verdict.INCONCLUSIVE, why, details=details, timed=braked))
    missing = missing_citations(claim)
    if missing:
        details["missing_from_rests_on"] = list(missing)
        return Proof(
            Evidence(
                "proof", Verdict.INCONCLUSIVE, f"the proof cites {', '.join(missing)}, not in rests_on", 0, details
            )
        )
    proved = Evidence("proof", Verdict.PROVED, f"certificate accepted by the checker: {said}", details=details)
    return Proof(proved, certificate, point)


def _point(claim: Claim) -> tuple[Mapping[str, str] | None, bool]:
    """A point of the domain, for a claim about vectors a model of what it assumes; whether a brake ended the search."""
    if isinstance(claim.statement, Spatial):
        try:
            model = spatial().model_of(claim.statement)
        except Braked:
            return None, True
        return (None if model is None else {"model": json.dumps(model, sort_keys=True)}), False
    domain = goal_of(claim).expanded()
    try:
        with Budget(POINT_WORK, brake=BRAKE * POINT_WORK / SECOND).running() as budget:
            point = find_point(domain.variables, domain.hypotheses)
    except Stopped:
        point = None
    return (None if point is None else {name: str(value) for name, value in point.items()}), budget.braked


def certificate_of(claim: Claim, table: Mapping[str, Claim] | None = None) -> dict[str, Any]:
    """The certificate of a claim; raises ``NoProof`` or ``NotWords``.

    A claim with hints, and every claim of the theory, is proved from them; another one is left to the general prover.
    """
    if isinstance(claim.statement, MatrixIdentity):
        return word_certificate(claim)
    if isinstance(claim.statement, Spatial):
        try:
            certificate, why = spatial().certificate_of(claim.statement)
        except Braked as reason:
            raise OutOfReach(str(reason)) from None
        if certificate is None:
            raise NoProof("; ".join(why))
        return dict(certificate)
    try:
        return _library_for(claim, table).certificate(claim.id)
    except NoProof:
        if not isinstance(claim.proof, Auto) or goal_of(claim).limit is not None:
            raise
    try:
        outcome = prove(goal_of(claim).expanded(), work=WORK)
    except EmptyDomain as reason:
        raise NoProof(str(reason)) from None
    if outcome.verdict is not Verdict.PROVED or outcome.certificate is None:
        raise (OutOfReach if outcome.timed else NoProof)("; ".join(outcome.why) or "no proof found")
    return outcome.certificate

"""The routes in their order: what is found out about one claim, taken from earlier findings where there are any."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

from verify.claims.citing import at_home
from verify.claims.claim import Claim
from verify.evidence.results import Evidence
from verify.evidence.route_table import OWN, order_of, routes_of
from verify.language.verdict import Verdict
from verify.runtime.defects import defect
from verify.runtime.errors import BadInput, present


@dataclass(frozen=True)
class Finding:
    """What one route found: evidence, or None where it does not apply.

    ``certificate`` is the accepted proof, ``point`` one of its domain, ``stated`` what a counterexample violates.
    """

    slot: str
    evidence: Evidence | None
    certificate: Mapping[str, Any] | None = None
    stated: Any = None
    point: Mapping[str, str] | None = None


Known = Mapping[str, Finding]


def gather(claim: Claim, known: Known | None = None, table: Mapping[str, Claim] | None = None) -> list[Finding]:
    """Run every route on one claim, but for those whose findings are ``known``; ``table`` has what a proof may cite."""
    found: list[Finding] = []
    order = order_of(claim.setting)
    for finding in _walk(claim.expected, order, known or {}, lambda slot: run_route(claim, slot, table)):
        finding = present(finding)
        found.append(finding)
    return found


def complete(expected: bool, order: Sequence[str], known: Known) -> list[Finding] | None:
    """The findings about a claim that is ``expected`` to hold or not, if all that are needed are known."""
    found = _walk(expected, order, known, lambda slot: None)
    return None if None in found else [f for f in found if f is not None]


def evidence_of(found: list[Finding]) -> tuple[Evidence, ...]:
    """What counts for the verdict; routes that do not apply leave nothing."""
    return tuple(f.evidence for f in found if f.evidence is not None)


def _walk(
    expected: bool, order: Sequence[str], known: Known, run: Callable[[str], Finding | None]
) -> list[Finding | None]:
    """The findings in order; ends after the first None."""
    found: list[Finding | None] = []
    proved = False
    for slot in order:
        if slot == "refutation":
            # Beside an accepted certificate the search for a counterexample only guards against a defect of the
            # verifier itself, so a glance (effort 0) is enough.
            slot = "refutation.0" if proved else "refutation.2"
        finding = known[slot] if slot in known else run(slot)
        found.append(finding)
        if finding is None:
            return found
        evidence = finding.evidence
        if evidence is None:
            continue
        if slot == "units":
            return found  # a statement that adds metres to seconds is not worth a proof
        proved = proved or (slot == "proof" and evidence.verdict is Verdict.PROVED)
        if evidence.verdict is Verdict.REFUTED and not expected:
            return found
    return found


def run_route(claim: Claim, slot: str, table: Mapping[str, Claim] | None) -> Finding:
    """What one route finds about a claim, with the time it takes."""
    start = time.perf_counter()
    try:
        finding = _route(claim, slot, table)
    except BadInput:
        raise
    except (Exception, SystemExit) as error:
        # A defect of ours, or of a theory's route, costs one route of one claim, never the run, and is not kept.
        finding = Finding(slot, _stopped(slot, error))
    if finding.evidence is None:
        return finding
    # Details as JSON has them, so that what was kept and what was just found are the same.
    try:
        details = json.loads(json.dumps(dict(finding.evidence.details)))
    except (TypeError, ValueError) as error:
        return Finding(slot, _stopped(slot, error))
    evidence = replace(finding.evidence, seconds=time.perf_counter() - start, details=details)
    return replace(finding, evidence=evidence)


def unfinished(why: str) -> Finding:
    """What is found of a claim whose process ended before anything was: nothing, and another run may find more."""
    return Finding("proof", Evidence("proof", Verdict.INCONCLUSIVE, why, details={"defect": True}, timed=True))


def _stopped(slot: str, error: BaseException) -> Evidence:
    said = defect("stopped by an internal error, which is a defect of the verifier", error)
    return Evidence(
        slot.partition(".")[0], Verdict.INCONCLUSIVE, " ".join(said.split())[:300], details={"defect": True}, timed=True
    )


def _route(claim: Claim, slot: str, table: Mapping[str, Claim] | None) -> Finding:
    claim, elsewhere = at_home(claim)  # evidence for a claim that is cited is what its own theory has for it
    table = table if elsewhere is None else elsewhere
    route = routes_of(claim.setting)[slot]
    function = getattr(import_module(route.module), route.function)
    if slot == "proof":
        proof = function(claim, table)
        if proof is None:
            return Finding(slot, None)
        return Finding(slot, proof.evidence, proof.certificate, point=proof.point)
    if slot.startswith("refutation"):
        from verify.evidence.routes.refutation import stated_in

        evidence = function(claim, effort=int(slot[-1]))
        refuted = evidence is not None and evidence.verdict is Verdict.REFUTED
        return Finding(slot, evidence, stated=stated_in(claim) if refuted else None)
    evidence = function(claim)
    if evidence is not None and not isinstance(evidence, Evidence):
        raise TypeError(f"the route {slot} gives a {type(evidence).__name__}, not Evidence")
    return Finding(slot, evidence if evidence is None or slot in OWN else _of_a_theory(slot, evidence))


def _of_a_theory(slot: str, evidence: Evidence) -> Evidence:
    """What a theory's own route may say: that it supports, or that the definition does not fit the statement.

    A proof counts by its certificate only, and a counterexample by the two evaluations of the machine.
    """
    found = replace(evidence, route=slot)
    if evidence.verdict in (Verdict.PROVED, Verdict.ENCLOSED):
        return replace(found, verdict=Verdict.SUPPORTED)
    if evidence.verdict is Verdict.REFUTED:
        details = {"disagreement": evidence.summary, **evidence.details}
        return replace(found, verdict=Verdict.INCONCLUSIVE, details=details)
    return found

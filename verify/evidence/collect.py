"""The routes in their order: what is found out about one claim, taken from earlier findings where there are any."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from verify.evidence.results import Evidence
from verify.evidence.verdict import Verdict
from verify.language.errors import BadInput, present
from verify.runtime.defects import defect

if TYPE_CHECKING:  # what is known already is put together without loading the theory
    from verify.claims.claim import Claim


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
    for finding in _walk(claim.expected, known or {}, lambda slot: run_route(claim, slot, table)):
        finding = present(finding)
        found.append(finding)
    return found


def complete(expected: bool, known: Known) -> list[Finding] | None:
    """The findings about a claim that is ``expected`` to hold or not, if all that are needed are known."""
    found = _walk(expected, known, lambda slot: None)
    return None if None in found else [f for f in found if f is not None]


def evidence_of(found: list[Finding]) -> tuple[Evidence, ...]:
    """What counts for the verdict; routes that do not apply leave nothing."""
    return tuple(f.evidence for f in found if f.evidence is not None)


def _walk(expected: bool, known: Known, run: Callable[[str], Finding | None]) -> list[Finding | None]:
    """The findings in order; ends after the first None."""
    found: list[Finding | None] = []
    proved = False
    for slot in ("units", "replay", "definition", "simulation", "cubature", "proof", "refutation"):
        if slot == "refutation":
            # Beside an accepted certificate the search for a counterexample only guards against a defect of the
            # verifier itself, so a quick one is enough.
            slot = "refutation.1" if proved else "refutation.2"
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
    except Exception as error:  # a defect of ours costs one route of one claim, never the run, and is not kept
        finding = Finding(slot, _stopped(slot, error))
    if finding.evidence is None:
        return finding
    # Details as JSON has them, so that what was kept and what was just found are the same.
    details = json.loads(json.dumps(dict(finding.evidence.details)))
    evidence = replace(finding.evidence, seconds=time.perf_counter() - start, details=details)
    return replace(finding, evidence=evidence)


def _stopped(slot: str, error: Exception) -> Evidence:
    said = defect("stopped by an internal error, which is a defect of the verifier", error)
    return Evidence(slot.partition(".")[0], Verdict.INCONCLUSIVE, " ".join(said.split())[:300], timed=True)


def _route(claim: Claim, slot: str, table: Mapping[str, Claim] | None) -> Finding:
    if slot == "proof":
        from verify.evidence.routes.proof import prove_claim

        found = prove_claim(claim, table)
        return (
            Finding(slot, None)
            if found is None
            else Finding(slot, found.evidence, found.certificate, point=found.point)
        )
    if slot.startswith("refutation"):
        from verify.evidence.routes.refutation import refutation, stated_in

        evidence = refutation(claim, effort=int(slot[-1]))
        refuted = evidence is not None and evidence.verdict is Verdict.REFUTED
        return Finding(slot, evidence, stated=stated_in(claim) if refuted else None)
    from theory.maml_erm.measurements.route_cubature import cubature
    from theory.maml_erm.measurements.route_definition import exact_definition, sampled_definition
    from verify.evidence.routes.replay import replay
    from verify.evidence.routes.units import units

    routes: dict[str, Callable[[Claim], Evidence | None]] = {
        "units": units,
        "replay": replay,
        "definition": exact_definition,
        "simulation": sampled_definition,
        "cubature": cubature,
    }
    return Finding(slot, routes[slot](claim))

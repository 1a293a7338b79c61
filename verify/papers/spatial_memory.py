"""Decisions about steps with vectors that the cache keeps, and what of them is believed: what is checked again.

As in ``memory.py``: a proof counts only with a certificate that the checker accepts for what the step means, and with a
model of its assumptions; a counterexample only where the model violates it by both evaluations.
"""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

from verify.kernel import check
from verify.language.verdict import Verdict
from verify.papers.memory import Memory
from verify.papers.spatial_decide import Decide, Found, Outcome, witness_told
from verify.spaces.reading.surface import Chain, Claim, Node

OPEN = "inconclusive"


def remembering(memory: Memory, decide: Decide) -> Decide:
    """The same prover, asked only where nothing is kept."""

    def decided(claim: Claim, work: int, *, thorough: bool = True) -> Outcome:
        kept: dict[str, Any] = {}

        def find() -> Found:
            outcome = decide(claim, work, thorough=thorough)
            kept.update(certificate=outcome.certificate, witness=outcome.witness, model=outcome.model)
            witness = outcome.witness
            lines = outcome.witness_lines if witness is None else witness_told(witness)
            return Found(outcome.verdict, lines, outcome.why, witness=witness, timed=outcome.timed)

        def write(found: Found) -> dict[str, Any]:
            from verify.spaces.models import kept_models

            witness, model = kept["witness"], kept["model"]
            return {
                "status": found.verdict.name.lower(),
                "why": list(found.why),
                "certificate": kept["certificate"] if found.verdict is Verdict.PROVED else None,
                "witness": None if witness is None else kept_models.written(witness.model, witness.functions),
                "model": None if model is None else kept_models.written(model.model, model.functions),
            }

        told = _question(claim, work, thorough)
        found: Outcome = memory.remembered(told, find, write, lambda data: believed(data, claim))
        return found

    return decided


def recalled(memory: Memory, claim: Claim, work: int, thorough: bool) -> Outcome | None:
    """What is kept of a decision, if it is believed."""
    found: Outcome | None = memory.known(_question(claim, work, thorough), lambda data: believed(data, claim))
    return found


def _question(claim: Claim, work: int, thorough: bool) -> list[Any]:
    return ["spaces", work, thorough, claim_told(claim)]


def claim_told(claim: Claim) -> list[Any]:
    """All that a claim says, without places."""
    declared = [
        [type(d).__name__, *(_told(getattr(d, f)) for f in _FIELDS if hasattr(d, f))] for d in claim.declarations
    ]
    reasons = [[r.what, _told(r.points), _told(r.factor)] for r in claim.reasons]
    return [_told(claim.goal), declared, [_told(c) for c in claim.assumptions], reasons]


_FIELDS = ("names", "kind", "random", "name", "what", "parameter")


def _told(x: Any) -> Any:
    match x:
        case Node():
            return [x.op, *map(_told, x.args)]
        case Chain():
            ranges = [[r.name, _told(r.lower), _told(r.upper)] for r in x.ranges]
            return [[_told(t) for t in x.terms], list(x.relations), ranges]
        case tuple():
            return [_told(a) for a in x]
        case Fraction():
            return f"{x.numerator}/{x.denominator}"
    return x


def believed(data: Any, claim: Claim) -> Found | None:
    """The outcome that data holds, as far as the claim bears it out; None where it does not."""
    # A paper about numbers does without these, which take longer to load than it takes to check it.
    from verify.spaces.decide import judged, without_goals
    from verify.spaces.meaning.elaborate import elaborate
    from verify.spaces.models import kept_models
    from verify.spaces.problems import script

    try:
        why = data["why"]
        if not isinstance(why, list) or not all(isinstance(text, str) and text.isprintable() for text in why):
            return None
        if data["status"] == OPEN:
            return Found(Verdict.INCONCLUSIVE, (), tuple(why))
        if why:
            return None
        meaning = elaborate(claim)
        if data["status"] == "refuted":
            witness = judged(meaning, *kept_models.read(data["witness"]))
            return None if witness is None else Found(Verdict.REFUTED, witness_told(witness), witness=witness)
        if data["status"] == "proved":
            certificate = data["certificate"]
            stated = {key: value for key, value in certificate["theorem"].items() if key != "proof"}
            if certificate["kind"] != "spaces" or stated != json.loads(json.dumps(script.written(meaning.problem))):
                return None
            check(certificate)
            model = judged(without_goals(meaning), *kept_models.read(data["model"]))
            return None if model is None else Found(Verdict.PROVED)
    except Exception:  # a file may say anything
        return None
    return None

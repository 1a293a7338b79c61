"""When a certificate counts for a claim: it is accepted by the checker, and says what the claim says.

Apart from the search for proofs: what is kept is judged by this alone.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from verify.claims.claim import Claim
from verify.claims.hints import citations
from verify.claims.matrix_certificates import states as words_state
from verify.claims.sequents import goal_of, statement_of
from verify.claims.statement import MatrixIdentity, Spatial
from verify.evidence.routes.apart import spatial
from verify.kernel import Refused, check
from verify.kernel.certificate import of_matrices, of_spaces
from verify.language.json_form import to_json


def accepted(claim: Claim, certificate: Mapping[str, Any]) -> str:
    """What the checker says about a certificate for exactly this claim; raises ``Refused``."""
    said = check(certificate)
    kinds = ((of_matrices, MatrixIdentity), (of_spaces, Spatial))
    right = all(of(certificate) == isinstance(claim.statement, kind) for of, kind in kinds)
    if not right or not states(claim, certificate):
        raise Refused("the certificate proves another statement")
    return said


def states(claim: Claim, certificate: Mapping[str, Any]) -> bool:
    """Whether the statement that a certificate proves is the claim's, in all its parts."""
    if isinstance(claim.statement, MatrixIdentity):
        return words_state(claim, certificate)
    if isinstance(claim.statement, Spatial):
        return bool(spatial().states(claim.statement, certificate))
    last = certificate["theorems"][-1]
    stated = {k: last[k] for k in ("variables", "hypotheses", "definitions", "goal")}
    if stated == statement_of(claim):
        return True
    expanded = {**to_json(goal_of(claim).expanded()), "definitions": []}
    return goal_of(claim).limit is None and stated == expanded


def missing_citations(claim: Claim) -> tuple[str, ...]:
    """The claims that the proof cites although ``rests_on`` does not name them."""
    return tuple(name for name in citations(claim.proof) if name not in claim.rests_on)


def summary(certificate: Mapping[str, Any], said: str) -> dict[str, Any]:
    """What evidence records of a certificate: its size and digest, not the certificate."""
    data = serialised(certificate)
    steps = re.search(r"(\d+) steps", said)
    return {
        "theorems": len(certificate.get("theorems", certificate.get("numbers", ()))) or 1,
        "steps": int(steps[1]) if steps else 0,
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }


def serialised(certificate: Mapping[str, Any]) -> bytes:
    """The bytes of a certificate as it is written to a file: the same for the same claim, every time."""
    return json.dumps(certificate, indent=None, separators=(",", ":"), sort_keys=True).encode() + b"\n"

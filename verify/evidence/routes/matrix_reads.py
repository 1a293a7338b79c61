"""What routes take from a theory besides the claim, where that is what identities of matrices build on.

Apart from the routes: the cache asks for it before it is known whether one of them has to run.
"""

from __future__ import annotations

from verify.claims.claim import Claim
from verify.claims.statement import MatrixIdentity


def reads(claim: Claim, slot: str) -> dict[str, object]:
    """What a word certificate builds on, and what a matrix statement is written in; nothing for other claims."""
    return {"results": claim.setting.results()} if isinstance(claim.statement, MatrixIdentity) else {}

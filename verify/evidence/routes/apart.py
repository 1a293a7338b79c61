"""Where claims about vectors are decided: apart, so that what is kept of other claims does not depend on that code."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from verify.claims.claim import Claim
from verify.claims.statement import Spatial

SPATIAL = "verify.evidence.routes.spatial"
SLOTS = ("proof", "refutation.0", "refutation.2")  # what depends on it, for a claim about vectors


def spatial() -> Any:
    """The module that decides claims about vectors; loaded by its name, which the keys of the cache know."""
    return import_module(SPATIAL)


def more_code(claim: Claim, slot: str) -> tuple[str, ...]:
    """The modules that a route runs on a claim besides its own."""
    return (SPATIAL,) if isinstance(claim.statement, Spatial) and slot in SLOTS else ()

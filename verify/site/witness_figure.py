"""Placeholder until the drawing of witnesses lands."""

from __future__ import annotations

from collections.abc import Mapping

from verify.claims.claim import Claim


def witness_svg(claim: Claim, witness: Mapping[str, str]) -> str | None:
    return None

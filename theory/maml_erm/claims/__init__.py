"""The claims, one file per family, in reading order."""

from __future__ import annotations

from functools import cache

from verify.claims.claim import Claim


@cache
def claims() -> dict[str, Claim]:
    """Every claim that the theory makes, by id, in reading order."""
    from theory.maml_erm.claims import gains, gap, limits, methods, mismatch, moments, necessity, spectra, thresholds

    families = (moments, methods, gap, gains, necessity, limits, thresholds, spectra, mismatch)
    return _by_id([c for family in families for c in family.claims()])


@cache
def false_statements() -> dict[str, Claim]:
    """Plausible statements that are false; each must be refuted."""
    from theory.maml_erm.claims import false

    return _by_id(list(false.claims()))


def _by_id(found: list[Claim]) -> dict[str, Claim]:
    out: dict[str, Claim] = {}
    for claim in found:
        if claim.id in out:
            raise ValueError(f"two claims have the id {claim.id}")
        out[claim.id] = claim
    return out

"""The claims, one file per family, in reading order; ``false`` holds statements that must be refuted."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from verify.claims.claim import Claim


def claims() -> Iterator[Claim]:
    """Every claim that the theory makes, in reading order."""
    from theory.maml_erm.claims import (
        choice,
        cross_checks,
        directions,
        gains,
        gap,
        geometry,
        hardness,
        limits,
        methods,
        mismatch,
        moments,
        necessity,
        orders,
        spectra,
        steps,
        thresholds,
    )

    families = (
        moments,
        methods,
        gap,
        gains,
        necessity,
        limits,
        thresholds,
        steps,
        spectra,
        mismatch,
        geometry,
        directions,
        choice,
        orders,
        hardness,
        cross_checks,
    )
    for family in families:
        yield from family.claims()


@cache
def by_id() -> dict[str, Claim]:
    """The claims by id, for what measures a quantity that a claim speaks of."""
    return {claim.id: claim for claim in claims()}


def false_statements() -> Iterator[Claim]:
    """Plausible statements that are false; each must be refuted."""
    from theory.maml_erm.claims import false

    yield from false.claims()

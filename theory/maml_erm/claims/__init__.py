"""The claims, one file per family, in reading order; ``false`` holds statements that must be refuted."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from verify.claims.claim import Claim


def claims() -> Iterator[Claim]:
    """Every claim that the theory makes, in reading order."""
    from theory.maml_erm.claims import (
        finite_data,
        gains,
        gap,
        limits,
        methods,
        mismatch,
        moments,
        necessity,
        noise,
        optimisation,
        sgd,
        spectra,
        steps,
        thresholds,
    )

    for family in (
        moments, methods, gap, gains, necessity, limits, optimisation, sgd, noise, finite_data, thresholds, steps,
        spectra, mismatch,
    ):  # fmt: skip
        yield from family.claims()


@cache
def by_id() -> dict[str, Claim]:
    """The claims by id, for what measures a quantity that a claim speaks of."""
    return {claim.id: claim for claim in claims()}


def false_statements() -> Iterator[Claim]:
    """Plausible statements that are false; each must be refuted."""
    from theory.maml_erm.claims import false

    yield from false.claims()

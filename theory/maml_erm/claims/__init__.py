"""The claims, one file per family, in reading order; ``false`` holds statements that must be refuted."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from verify.claims.claim import Claim


@cache
def claims() -> tuple[Claim, ...]:
    """Every claim that the theory makes, in reading order; derived once, whoever asks for it."""
    from theory.maml_erm.claims import (
        choice,
        contraction,
        cross_checks,
        directions,
        finite_data,
        gains,
        gap,
        geometry,
        hardness,
        inputs,
        limits,
        methods,
        mismatch,
        moments,
        necessity,
        noise,
        omega,
        optimisation,
        orders,
        representation,
        same_batch,
        sgd,
        spectra,
        steps,
        thresholds,
        two_layers,
    )

    families = (
        moments, methods, hardness, gap, gains, necessity, geometry, limits, thresholds, steps, inputs, same_batch,
        representation, two_layers, spectra, directions, omega, choice, orders, mismatch, optimisation, contraction,
        sgd, noise, finite_data, cross_checks,
    )  # fmt: skip
    return tuple(claim for family in families for claim in family.claims())


@cache
def by_id() -> dict[str, Claim]:
    """The claims by id, for what measures a quantity that a claim speaks of."""
    return {claim.id: claim for claim in claims()}


def false_statements() -> Iterator[Claim]:
    """Plausible statements that are false; each must be refuted."""
    from theory.maml_erm.claims import false

    yield from false.claims()

"""The claims, one file per family, in reading order; ``false`` holds statements that must be refuted.

A claim is text that ``verify.spaces.reading.plain`` reads: its assumptions say which function is of which class.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.claims.claim import Claim


def claims() -> Iterator[Claim]:
    """Every claim that the theory makes, in reading order."""
    from theory.descent.claims import gradient, many_steps, momentum, proximal, stochastic, tasks, variance

    for family in (gradient, variance, stochastic, many_steps, momentum, proximal, tasks):
        yield from family.claims()


def false_statements() -> Iterator[Claim]:
    """Every statement that has to be refuted."""
    from theory.descent.claims import false

    yield from false.claims()

"""Random vectors: bias and variance, and what a mean over a batch does to the variance."""

from __future__ import annotations

from collections.abc import Iterator

from theory.descent.claims.sources import KNOWN
from verify.claims.claim import Claim
from verify.claims.statement import Spatial

BATCH = ("X, Y independent random vectors", "m vector", "E[X] == m", "E[Y] == m")


def claims() -> Iterator[Claim]:
    yield Claim(
        "V.split",
        "Squared distance is variance plus squared bias",
        Spatial("E||g - c||^2 == E||g - E g||^2 + ||E[g] - c||^2", ("g random vector", "c vector")),
        source=KNOWN,
    )
    yield Claim(
        "V.best",
        "No constant is nearer to a random vector than its mean",
        Spatial("E||g - E g||^2 <= E||g - c||^2", ("g random vector", "c vector")),
        source=KNOWN,
    )
    yield Claim(
        "V.batch",
        "The mean of two independent samples has half of their mean variance",
        Spatial("E||(1/2)*(X + Y) - m||^2 == (E||X - m||^2 + E||Y - m||^2)/4", BATCH),
        source=KNOWN,
    )

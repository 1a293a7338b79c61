"""Models of a claim, as many as some number of tries gives."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tests.corpus.spaces.drawing import UNFIT
from tests.corpus.spaces.model import Model, admissible
from tests.corpus.spaces.planning import Plan
from tests.corpus.spaces.repairing import Repair
from verify.spaces.reading.surface import Claim


def draw(plan: Plan, rng: Random) -> Model | None:
    """A model in which all assumptions hold, or nothing."""
    attempt = Repair(plan, rng)
    try:
        if not attempt.numbers():
            return None
        attempt.names()
        attempt.determine()
        attempt.families()
        if not attempt.repair():
            return None
        return attempt.model if admissible(plan.claim, attempt.model) else None
    except UNFIT:
        return None


def models(claim: Claim, seed: int, tries: int) -> Iterator[Model]:
    """The models that so many tries give, reproducibly."""
    plan, rng = Plan(claim), Random(seed)
    for _ in range(tries):
        model = draw(plan, rng)
        if model is not None:
            yield model

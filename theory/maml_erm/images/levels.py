"""Where each kind of learner (``plan.LEVELS``) begins, and the steps it takes.

Needs jax: call ``autodiff.prepare`` before the first import of this module.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from theory.maml_erm.images.networks import Weights, initial, zero
from theory.maml_erm.images.plan import HEADS, LINEARISED, Size
from theory.maml_erm.images.training import Learner

HEAD_STEP = 1.0  # the inner step of a head: features are scaled so that the largest curvature of a task is about 1
HEAD_RATE = 3e-2  # Adam's rate for a head, whose optima are ten times as far as those of a network's weights


@dataclass(frozen=True, eq=False)
class Begin:
    """A learner whose method is still open, the weights its scores refer to and those it starts at, its two steps."""

    learner: Learner
    anchor: Weights
    start: Weights
    alpha: float
    rate: float


def begin(level: str, size: Size, rng: np.random.Generator, inputs: int, ways: int = 2) -> Begin:
    """Heads and linearised networks begin at 0; ``rng`` draws the weights of a network of ``inputs`` pixels."""
    outputs = 1 if ways == 2 else ways
    if level in HEADS:
        head: Weights = [(np.zeros((inputs, outputs), np.float32), np.zeros(outputs, np.float32))]
        return Begin(Learner("", "head", "squared", ways), head, head, HEAD_STEP, HEAD_RATE)
    anchor = initial(rng, (inputs, size.hidden, outputs))
    if level == LINEARISED:
        return Begin(Learner("", "linearised", ways=ways), anchor, zero(anchor), size.alpha, size.rate)
    return Begin(Learner("", ways=ways), anchor, anchor, size.alpha, size.rate)

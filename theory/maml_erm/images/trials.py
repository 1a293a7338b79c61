"""One trial of one kind of learner: networks, their linearisation, and heads on features that both methods share.

Needs jax: call ``autodiff.prepare`` before the first import of this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from theory.maml_erm.images import bodies
from theory.maml_erm.images.comparison import compared
from theory.maml_erm.images.levels import begin
from theory.maml_erm.images.material import (
    IMAGES,
    KEPT,
    SIDE,
    frozen,
    hardness_gap,
    letters_of,
    material,
    stream,
    tasks_of,
)  # fmt: skip
from theory.maml_erm.images.networks import initial
from theory.maml_erm.images.plan import FROZEN, HEADS, LEARNED, Setting, Size
from theory.maml_erm.images.training import Rows

# The body of multi-head ERM: training tasks, half of them hard, each with a head; how long, how many at a time; images
# of each letter. It takes as many diverse tasks as features to recover them.
BODY_TASKS, BODY_ITERATIONS, BODY_BATCH, BODY_SHOTS, BODY_RATE = 400, 2000, 10, 8, 2e-3


def trial(level: str, methods: Sequence[str], setting: Setting, size: Size, origin: int, seed: int) -> list[float]:
    """The hardness gap, and the numbers of ``plan.RESULTS`` for each method.

    The gap is that on the features of the level, or on frozen ones where it has none of its own.
    """
    given = material(setting, size, origin, seed)
    if level in HEADS:
        seen, fresh = _features(level, size, origin, seed)
        given = replace(given, seen=seen, fresh=fresh)
    at = begin(level, size, stream(origin, "initial weights", seed), given.seen.shape[1])
    gap = _hardness(LEARNED if level == LEARNED else FROZEN, setting.gap, size, origin, seed)
    return [gap, *compared(at, methods, given)]


def _features(level: str, size: Size, origin: int, seed: int) -> tuple[Rows, Rows]:
    return learned(size, origin, seed) if level == LEARNED else frozen(origin, seed, size.frozen)


@lru_cache(64)
def _hardness(level: str, gap: tuple[float, float] | None, size: Size, origin: int, seed: int) -> float:
    """The hardness gap on the features of a level: the labels and shares that other knobs turn do not change it."""
    return hardness_gap(_features(level, size, origin, seed)[0], Setting(gap=gap), origin, seed)


@lru_cache(KEPT)
def learned(size: Size, origin: int, seed: int) -> tuple[Rows, Rows]:
    """Features (images, k) of the images to train with and of the fresh ones; one body for all settings of a seed."""
    data = letters_of(origin, seed)
    tasks = tasks_of(data, Setting(), origin, seed, held=False)
    k = size.learned
    rng = stream(origin, "training of the body", seed)
    letters = tasks.letters(tasks.draw(rng, BODY_TASKS, 0.5))
    which = rng.integers(BODY_TASKS, size=(BODY_ITERATIONS, BODY_BATCH))
    slots = np.repeat(letters[which], BODY_SHOTS, axis=2)
    rows = slots * IMAGES + rng.integers(IMAGES, size=slots.shape)
    start = initial(stream(origin, "body", seed), (SIDE * SIDE, size.hidden, k))
    heads = (0.1 * stream(origin, "heads of the body", seed).standard_normal((BODY_TASKS, k))).astype(np.float32)
    body = bodies.learned(start, heads, data.seen, which.astype(np.int32), rows.astype(np.int32), rate=BODY_RATE)
    shape = (len(data.glyphs.letters), IMAGES, SIDE * SIDE)
    seen, fresh = (bodies.outputs(body, x.reshape(shape)) for x in (data.seen, data.fresh))
    return bodies.evened(seen, fresh, data.own, letters, k)

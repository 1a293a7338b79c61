"""One trial on tasks with five letters each: one script, many scripts, letters in random slots, letters not alike.

Fresh images of the letters that were trained on. Needs jax: call ``autodiff.prepare`` before the first import of this
module.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from theory.maml_erm.images import alphabets, bodies, dataset, sampling, scripts
from theory.maml_erm.images.comparison import Material, compared
from theory.maml_erm.images.features import filters, responses
from theory.maml_erm.images.levels import begin
from theory.maml_erm.images.material import JUDGED, KEPT, SCALED, SIDE, rows_of, stream
from theory.maml_erm.images.plan import DESIGNS, FROZEN, Size
from theory.maml_erm.images.training import Batch, Rows
from verify.statistics.experiment import Array

SCRIPTS = ("Canadian", "Latin", "Arabic", "Georgian", "Armenian")
LETTERS = 45  # of each script: with eight clusters of five there are some that belong to none
IMAGES = 20  # of each letter to train with, and as many fresh ones to test with
SHOTS, QUERY = 5, 5  # images of each letter
FEATURES = 40  # frozen ones; twice as many as for two letters
SHARE = 0.3  # of hard tasks, to train and to test


@lru_cache(KEPT)
def glyphs_of(origin: int, seed: int) -> tuple[dataset.Glyphs, dataset.Glyphs, Rows, Rows]:
    """Images of one seed, to train with and fresh, and both as rows of pixels to train with and to test with."""
    rng = stream(origin, "letters of five scripts", seed)
    known = []
    for script in SCRIPTS:
        among = alphabets.letters(script)
        known += [among[i] for i in sorted(rng.permutation(len(among))[:LETTERS])]
    seen, fresh = (dataset.glyphs(known, IMAGES, (origin, seed, kind), keep=False) for kind in (2, 3))
    return seen, fresh, *rows_of(seen, fresh, np.arange(len(known)))


@lru_cache(1)
def _responses(origin: int, seed: int) -> tuple[Array, Array]:
    """What random filters find in the images of one seed, (letters, images, n): all designs share it."""
    chosen = filters(stream(origin, "filters", seed))
    seen, fresh = (responses(each.images, chosen) for each in glyphs_of(origin, seed)[:2])
    return seen, fresh


def five_way_trial(level: str, methods: Sequence[str], design: str, size: Size, origin: int, seed: int) -> list[float]:
    """As ``trials.trial``, with a missing hardness gap."""
    hard = DESIGNS[design]
    glyphs, _, seen, fresh = glyphs_of(origin, seed)
    tasks = scripts.five_way(
        glyphs, SCRIPTS, stream(origin, "clusters", seed), clusters=hard.clusters, of=SCRIPTS[: hard.scripts],
        alike=hard.alike, permuted=hard.permuted, distances=glyphs.distances(SIDE),
    )  # fmt: skip

    def drawn(purpose: str, count: int, share: float, query: int) -> Batch:
        rng = stream(origin, f"five scripts, {purpose}", seed)
        letters, _ = tasks.draw(rng, count, share)
        support, judged, *_ = sampling.episodes(rng, letters, IMAGES, shots=SHOTS, query=query)
        return support.astype(np.int32), judged.astype(np.int32)

    support, query = (
        x.reshape(size.iterations, size.tasks, -1)
        for x in drawn("training tasks", size.iterations * size.tasks, SHARE, QUERY)
    )
    tests, choice = (
        (drawn(f"{name} hard", size.tested, 1.0, JUDGED), drawn(f"{name} easy", size.tested, 0.0, JUDGED))
        for name in ("tests", "choice of the step")
    )
    if level == FROZEN:
        some, _ = tasks.draw(stream(origin, "five scripts, scale of features", seed), SCALED, 0.5)
        seen, fresh = bodies.evened(*_responses(origin, seed), np.arange(len(glyphs.letters)), some, FEATURES)
    at = begin(level, size, stream(origin, "initial weights", seed), seen.shape[1], scripts.WAYS)
    return [float("nan"), *compared(at, methods, Material(seen, fresh, (support, query), tests, choice, SHARE))]

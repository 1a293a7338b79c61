"""What networks are trained and tested with: binary tasks of letters with four knobs, a third of the letters held out.

Everything random in a trial depends on (origin, seed) and on what it is for, never on the setting: trials of one seed
see the same letters, images and initial weights, so settings are compared within seeds; trials of different seeds share
no random numbers. Needs jax: call ``autodiff.prepare`` before the first import of this module.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from theory.maml_erm.images import binary, bodies, dataset, marks, sampling
from theory.maml_erm.images.binary import Places, TwoWay
from theory.maml_erm.images.comparison import Material
from theory.maml_erm.images.features import filters, responses
from theory.maml_erm.images.plan import Setting, Size
from theory.maml_erm.images.population import population
from theory.maml_erm.images.training import Batch, Rows
from verify.statistics.experiment import Array
from verify.statistics.seeding import generator

SIDE = 14  # pixels of a side: a mark is still seen, and a layer has a quarter of the weights
IMAGES = 40  # of each letter to train with, and as many fresh ones to test with
MARK = "diaeresis"  # of all marks the one with most letters that is seen at 14 x 14 pixels
QUERY = 8  # images of each letter for the outer loss
KEPT = 8  # seeds whose images stay in memory, some 10 MB each: what is left for the next kind of learner
SCALED = 200  # tasks whose mean curvature is the unit of features
JUDGED = 15  # images of each letter that a test task is judged by


@dataclass(frozen=True, eq=False)
class Letters:
    """Images of one seed, as rows of pixels that are 0 on average: to train with, and fresh ones to test with.

    own: the places of the letters that are trained on; nothing is learned from images of the others.
    """

    glyphs: dataset.Glyphs
    new: dataset.Glyphs
    distances: Array
    own: Places
    train: tuple[marks.Pair, ...]
    test: tuple[marks.Pair, ...]
    seen: Rows
    fresh: Rows


def stream(origin: int, purpose: str, seed: int) -> np.random.Generator:
    """The random numbers of a trial for one purpose."""
    return generator(origin, f"networks, {purpose}", seed)


@lru_cache(KEPT)
def letters_of(origin: int, seed: int) -> Letters:
    """A third of the letters is held out; the others, and no test image, say what is subtracted and divided by."""
    pairs = marks.pairs(MARK)
    train, test = marks.split(pairs, stream(origin, "letters", seed))
    known = sorted({x for pair in pairs for x in (pair.plain, pair.marked)})
    seen, fresh = (dataset.glyphs(known, IMAGES, (origin, seed, kind), keep=False) for kind in (0, 1))
    own = seen.places(sorted({x for pair in train for x in (pair.plain, pair.marked)}))
    return Letters(seen, fresh, seen.distances(SIDE), own, train, test, *rows_of(seen, fresh, own))


def rows_of(seen: dataset.Glyphs, fresh: dataset.Glyphs, own: Places) -> tuple[Rows, Rows]:
    """Pixels of both as rows (images, SIDE^2) of float32, the letters ``own`` of ``seen`` with mean 0 and size 1."""
    known, new = (g.pixels(SIDE) for g in (seen, fresh))
    mean, spread = known[own].mean((0, 1)), known[own].std()
    first, second = (((x - mean) / spread).astype(np.float32).reshape(-1, SIDE * SIDE) for x in (known, new))
    return first, second


def tasks_of(data: Letters, setting: Setting, origin: int, seed: int, *, held: bool) -> TwoWay:
    """The tasks of the letters to train with, or of those held out."""
    purpose = "easy pairs held out" if held else "easy pairs"
    return binary.two_way(
        data.glyphs, data.test if held else data.train, stream(origin, purpose, seed), gap=setting.gap,
        packing=setting.packing, centre=setting.centre, distances=data.distances,
    )  # fmt: skip


def drawn(rng: np.random.Generator, tasks: TwoWay, count: int, share: float, shots: int, query: int) -> Batch:
    """Support and query images of ``count`` tasks, (count, 2 * shots) and (count, 2 * query)."""
    letters = tasks.letters(tasks.draw(rng, count, share))
    support, judged, *_ = sampling.episodes(rng, letters, IMAGES, shots=shots, query=query)
    return support.astype(np.int32), judged.astype(np.int32)


@lru_cache(KEPT)
def frozen(origin: int, seed: int, k: int) -> tuple[Rows, Rows]:
    """k features (images, k) of random filters, of the images to train with and of the fresh ones."""
    data = letters_of(origin, seed)
    tasks = tasks_of(data, Setting(), origin, seed, held=False)
    drawn = tasks.draw(stream(origin, "scale of features", seed), SCALED, 0.5)
    chosen = filters(stream(origin, "filters", seed))
    seen, fresh = (responses(each.images, chosen) for each in (data.glyphs, data.new))
    return bodies.evened(seen, fresh, data.own, tasks.letters(drawn), k)


def hardness_gap(rows: Rows, setting: Setting, origin: int, seed: int) -> float:
    """Gradient steps that a hard task needs on features (images, k), over those that an easy one needs; mean of each.

    On the tasks to train with and their images, for the squared loss.
    """
    data = letters_of(origin, seed)
    tasks = tasks_of(data, setting, origin, seed, held=False)
    steps = population(rows.astype(float).reshape(len(data.glyphs.letters), IMAGES, -1), tasks).steps(alpha=1.0)
    hard, easy = (float(np.average(steps[x], weights=tasks.weight[x])) for x in (tasks.hard, ~tasks.hard))
    return hard / easy


def material(setting: Setting, size: Size, origin: int, seed: int) -> Material:
    """What networks are trained and tested with."""
    data = letters_of(origin, seed)
    tasks, held = (tasks_of(data, setting, origin, seed, held=h) for h in (False, True))
    rng = stream(origin, "training tasks", seed)
    support, query = drawn(rng, tasks, size.iterations * size.tasks, setting.share, size.shots, QUERY)
    batches = tuple(x.reshape(size.iterations, size.tasks, -1) for x in (support, query))

    def shown(purpose: str, among: TwoWay) -> tuple[Batch, Batch]:
        hard, easy = (
            drawn(stream(origin, f"{purpose} {share:g}", seed), among, size.tested, share, size.shots, JUDGED)
            for share in (1.0, 0.0)
        )
        return hard, easy

    return Material(
        data.seen, data.fresh, (batches[0], batches[1]), shown("tests", held), shown("choice of the step", tasks),
        setting.share,
    )  # fmt: skip

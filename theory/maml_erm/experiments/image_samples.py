"""One sample of images: its tasks, what the theory says of them, and what ERM and MAML reach on them."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from theory.maml_erm.definitions.methods import ERM, MAML
from theory.maml_erm.experiments import image_theory
from theory.maml_erm.images import Pair, distances, glyphs, pairs, two_way
from theory.maml_erm.images import features as frozen
from theory.maml_erm.images.learning import adapted, train
from theory.maml_erm.images.population import Population, population, size
from verify.statistics.experiment import Array

# Quantiles of all distances that those of the letters of an easy task lie between; None: the hard pairs themselves.
GAPS = (None, (0.0, 0.05), (0.05, 0.2), (0.2, 0.5), (0.5, 0.8), (0.8, 1.0), (0.5, 1.0))
MARK = "diaeresis"
METHODS, KINDS = ("erm", "maml"), ("hard", "easy")
SOURCES = ("general", "gaussian", "exact", "measured")


@dataclass(frozen=True)
class Configuration:
    """One setting of all knobs; the default of each is what it has while another one is turned."""

    gap: int = 6
    packing: float = 0.0
    centre: float = 1.0
    p: float = 0.2
    m: int = 20
    alpha: float = 1.0


KNOBS = tuple(f.name for f in fields(Configuration))


@dataclass(frozen=True)
class Streams:
    """Seeds by purpose, so that no two of them share random numbers."""

    filters: np.random.SeedSequence
    seen: np.random.SeedSequence
    fresh: np.random.SeedSequence
    tasks: np.random.SeedSequence
    training: np.random.SeedSequence
    test: np.random.SeedSequence

    @classmethod
    def of(cls, rng: np.random.Generator) -> Streams:
        return cls(*rng.bit_generator.seed_seq.spawn(len(fields(cls))))  # type: ignore[attr-defined]


class Replicate:
    """One sample of images, and the tasks on its features: those to train on, and the same on new images."""

    def __init__(self, streams: Streams, *, images: int, k: int, easy: int) -> None:
        self.streams, self.easy = streams, easy
        self.pairs: tuple[Pair, ...] = pairs(MARK)
        chosen = sorted({x for p in self.pairs for x in (p.plain, p.marked)})
        drawn = [
            glyphs(chosen, images, tuple(map(int, seeds.generate_state(4))), keep=False)
            for seeds in (streams.seen, streams.fresh)
        ]
        filters = frozen.filters(np.random.default_rng(streams.filters))
        found = [frozen.responses(each.images, filters) for each in drawn]
        matrix, mean = frozen.leading(found[0], k)
        self.glyphs = drawn[0]
        self.features = [frozen.projected(each, matrix, mean) for each in found]
        self.distances = distances(self.features[0].mean(axis=1))
        self._populations: dict[int, list[Population]] = {}
        self._erm: dict[Configuration, Array] = {}

    def populations(self, c: Configuration) -> list[Population]:
        """The tasks on the images to train on, and on the new ones."""
        if c.gap not in self._populations:
            rng = np.random.default_rng(self.streams.tasks)
            tasks = two_way(self.glyphs, self.pairs, rng, gap=GAPS[c.gap], easy=self.easy, distances=self.distances)
            scale = np.sqrt(size(self.features[0], tasks))
            self._populations[c.gap] = [population(each / scale, tasks) for each in self.features]
        return [each.relabelled(packing=c.packing, centre=c.centre) for each in self._populations[c.gap]]

    def trained(self, c: Configuration, seen: Population, iterations: int) -> Array:
        """The weights (2, k) that ERM and MAML end at; ERM knows neither m nor alpha."""
        query = max(c.m, 20)  # images of a task that the outer loss is over
        usual = replace(c, m=Configuration.m, alpha=Configuration.alpha)

        def run(method: ERM | MAML) -> Array:
            return train(np.random.default_rng(self.streams.training), seen, method, share=c.p, iterations=iterations)

        if usual not in self._erm:
            self._erm[usual] = run(ERM(Configuration.m + 20))  # as many images a task as MAML sees
        return np.stack([self._erm[usual], run(MAML(c.alpha, c.m, query))])


def work(rng: np.random.Generator, items: Any, *, images: int, k: int, easy: int, iterations: int, test: int) -> Array:
    """One row of numbers, the columns after the knobs, for each configuration; all of them on one sample of images."""
    replicate = Replicate(Streams.of(rng), images=images, k=k, easy=easy)
    return np.array([_row(replicate, Configuration(*item), iterations, test) for item in items])


def _row(replicate: Replicate, c: Configuration, iterations: int, test: int) -> list[float]:
    seen, fresh = replicate.populations(c)
    probability, hard = seen.tasks.probability(c.p), seen.tasks.hard.astype(float)
    within = [seen.tasks.probability(1.0), seen.tasks.probability(0.0)]
    trained = replicate.trained(c, seen, iterations)
    row = []
    for law in image_theory.LAWS:
        said = image_theory.stated(seen.moments, law, alpha=c.alpha, m=c.m)
        erm = image_theory.solution(seen.moments.covariance, seen.moments.optimum, probability)
        maml = image_theory.solution(said.weight, seen.moments.optimum, probability)
        row += [float(share @ said.risks(w)) for w in (erm, maml) for share in within]
    best = fresh.moments.noise / 2
    row += [
        float(share @ (fresh.losses_after_step(w, alpha=c.alpha, m=c.m) - best)) for w in trained for share in within
    ]
    rng = np.random.default_rng(replicate.streams.test)
    chosen = [fresh.tasks.draw(rng, test, share) for share in (1.0, 0.0)]
    found = [adapted(rng, fresh, trained, each, alpha=c.alpha, m=c.m) for each in chosen]
    excess = np.array([kind[:, :, 0] - best[each] for kind, each in zip(found, chosen, strict=True)])
    right = np.array([kind[:, :, 1].mean(axis=1) for kind in found])
    row += [*excess.mean(axis=2).T.ravel(), *(excess.std(axis=2, ddof=1) / np.sqrt(test)).T.ravel(), *right.T.ravel()]
    steps = seen.steps(alpha=c.alpha)
    row += [float(np.median(steps[hard == kind])) for kind in (1, 0)]
    here = image_theory.stated(fresh.moments, "general", alpha=c.alpha, m=c.m)
    return [*row, image_theory.most_gain(here, trained, probability, hard)]

"""One sample of images: its tasks, what the theory says of them, and what ERM and MAML reach on them."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from theory.maml_erm.definitions.methods import ERM, MAML
from theory.maml_erm.experiments import image_theory
from theory.maml_erm.images import Glyphs, Pair, distances, glyphs, pairs, split, two_way
from theory.maml_erm.images import features as frozen
from theory.maml_erm.images.learning import adapted, train
from theory.maml_erm.images.population import Population, population, size
from verify.statistics.experiment import Array

# Quantiles of all distances that those of the letters of an easy task lie between; None: the hard pairs themselves.
GAPS = (None, (0.0, 0.05), (0.05, 0.2), (0.2, 0.5), (0.5, 0.8), (0.8, 1.0), (0.5, 1.0))
MARKS = ("diaeresis", "acute", "dot above", "dot below", "caron", "circumflex", "cedilla", "grave", "macron")
QUERY = 20  # images of a task that the loss after the step is over, in training; more where more are adapted on
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
    mark: int = 0
    held: int = 0


KNOBS = tuple(f.name for f in fields(Configuration))


@dataclass(frozen=True)
class Streams:
    """Seeds by purpose, so that no two of them share random numbers."""

    filters: np.random.SeedSequence
    seen: np.random.SeedSequence
    fresh: np.random.SeedSequence
    tasks: np.random.SeedSequence
    letters: np.random.SeedSequence
    training: np.random.SeedSequence
    test: np.random.SeedSequence

    @classmethod
    def of(cls, rng: np.random.Generator) -> Streams:
        return cls(*rng.bit_generator.seed_seq.spawn(len(fields(cls))))  # type: ignore[attr-defined]


@dataclass(frozen=True, eq=False)
class World:
    """Tasks to train on, and tasks to be judged on: on the sample that they were trained on, and on new images."""

    train: Population
    known: Population
    fresh: Population

    def relabelled(self, *, packing: float, centre: float) -> World:
        return World(*(each.relabelled(packing=packing, centre=centre) for each in vars(self).values()))


class Replicate:
    """One sample of images of every letter that is asked for, with filters and easy tasks of its own."""

    def __init__(self, streams: Streams, *, images: int, k: int, easy: int) -> None:
        self.streams, self.images, self.k, self.easy = streams, images, k, easy
        self._seen: dict[int, tuple[tuple[Pair, ...], list[Glyphs], list[Array]]] = {}
        self._worlds: dict[tuple[int, int, int], World] = {}
        self._erm: dict[Configuration, Array] = {}

    def world(self, c: Configuration) -> World:
        """The tasks of a configuration; what is measured of them is kept for others that differ in labels alone."""
        key = (c.gap, c.mark, c.held)
        if key not in self._worlds:
            self._worlds[key] = self._made(c)
        return self._worlds[key].relabelled(packing=c.packing, centre=c.centre)

    def trained(self, c: Configuration, train_on: Population, iterations: int) -> Array:
        """The weights (2, k) that ERM and MAML end at; ERM knows neither m nor alpha."""
        usual = replace(c, m=Configuration.m, alpha=Configuration.alpha)

        def run(method: ERM | MAML) -> Array:
            rng = np.random.default_rng(self.streams.training)
            return train(rng, train_on, method, share=c.p, iterations=iterations)

        if usual not in self._erm:
            self._erm[usual] = run(ERM(2 * QUERY))  # as many images of a task as MAML sees
        return np.stack([self._erm[usual], run(MAML(c.alpha, c.m, max(c.m, QUERY)))])

    def _made(self, c: Configuration) -> World:
        all_pairs, drawn, responses = self._material(c.mark)
        groups = [all_pairs, all_pairs]
        if c.held:
            groups = list(split(all_pairs, np.random.default_rng(self.streams.letters)))
        letters = drawn[0].places(sorted({x for p in groups[0] for x in (p.plain, p.marked)}))
        # Letters to be judged on take no part in the features either.
        features = [frozen.projected(each, *frozen.leading(responses[0][letters], self.k)) for each in responses]
        between = distances(features[0].mean(axis=1))
        tasks = [
            two_way(
                drawn[0], group, np.random.default_rng(self.streams.tasks), gap=GAPS[c.gap], easy=self.easy,
                distances=between,
            )
            for group in groups
        ]  # fmt: skip
        scale = np.sqrt(size(features[0], tasks[0]))
        learnt, known, fresh = (
            population(features[new] / scale, tasks[held]) for new, held in ((0, 0), (0, 1), (1, 1))
        )
        return World(learnt, known if c.held else learnt, fresh)

    def _material(self, mark: int) -> tuple[tuple[Pair, ...], list[Glyphs], list[Array]]:
        """The pairs with a mark, two samples of images of their letters, and what the filters find in these."""
        if mark not in self._seen:
            chosen = pairs(MARKS[mark])
            letters = sorted({x for p in chosen for x in (p.plain, p.marked)})
            seeds = (self.streams.seen, self.streams.fresh)
            drawn = [glyphs(letters, self.images, _numbers(seed), keep=False) for seed in seeds]
            filters = frozen.filters(np.random.default_rng(self.streams.filters))
            self._seen[mark] = chosen, drawn, [frozen.responses(each.images, filters) for each in drawn]
        return self._seen[mark]


def _numbers(seed: np.random.SeedSequence) -> tuple[int, ...]:
    return tuple(map(int, seed.generate_state(4)))


def work(rng: np.random.Generator, items: Any, *, images: int, k: int, easy: int, iterations: int, test: int) -> Array:
    """One row of numbers, the columns after the knobs, for each configuration; all of them on one sample of images."""
    replicate = Replicate(Streams.of(rng), images=images, k=k, easy=easy)
    return np.array([_row(replicate, Configuration(*item), iterations, test) for item in items])


def _row(replicate: Replicate, c: Configuration, iterations: int, test: int) -> list[float]:
    world = replicate.world(c)
    learnt, known, fresh = world.train, world.known, world.fresh
    within = [known.tasks.probability(1.0), known.tasks.probability(0.0)]
    trained = replicate.trained(c, learnt, iterations)
    row = []
    for law in image_theory.LAWS:
        learning, judging = (image_theory.stated(each.moments, law, alpha=c.alpha, m=c.m) for each in (learnt, known))
        solutions = [
            image_theory.solution(weight, learning.optimum, learnt.tasks.probability(c.p))
            for weight in (learnt.moments.covariance, learning.weight)
        ]
        row += [float(share @ judging.risks(w)) for w in solutions for share in within]
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
    hard, steps = known.tasks.hard, known.steps(alpha=c.alpha)
    row += [float(np.median(steps[hard == kind])) for kind in (True, False)]
    judging = image_theory.stated(known.moments, "general", alpha=c.alpha, m=c.m)
    row.append(image_theory.distance(judging, *within))
    here = image_theory.stated(fresh.moments, "general", alpha=c.alpha, m=c.m)
    return [*row, image_theory.most_gain(here, trained, known.tasks.probability(c.p), hard.astype(float))]

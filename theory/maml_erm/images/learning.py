"""ERM and MAML on populations of images, by their stochastic gradients, and their losses after adapting on images."""

from __future__ import annotations

import numpy as np

from theory.maml_erm.definitions.methods import ERM, MAML
from theory.maml_erm.definitions.tasks import inner_step
from theory.maml_erm.images.binary import Places
from theory.maml_erm.images.population import Array, Population
from verify.runtime.errors import BadInput
from verify.statistics import checks

_BLOCK = 250  # tasks whose images are in memory at a time


def train(
    rng: np.random.Generator,
    population: Population,
    method: ERM | MAML,
    *,
    share: float,
    iterations: int,
    tasks: int = 32,
    rate: float = 0.5,
) -> Array:
    """The weights (k,) that a method ends at, from 0: ``tasks`` tasks an iteration, the mean over the last half.

    share: of hard tasks; rate: the step, about 1 over the largest curvature. ``BadInput`` where it diverges.
    """
    iterations, tasks = checks.count("iterations", iterations, 2), checks.count("tasks", tasks)
    w, total, first = np.zeros(population.dimension), np.zeros(population.dimension), iterations // 2
    drawn = population.tasks.draw(rng, iterations * tasks, share).reshape(iterations, tasks)
    with np.errstate(over="ignore", invalid="ignore"):  # it is said once, below
        for k, chosen in enumerate(drawn):
            direction = method.sample(rng, population, chosen)
            w = w - rate * direction(np.broadcast_to(w, (tasks, len(w)))).mean(axis=0)
            if k >= first:
                total += w
    if not np.isfinite(total).all():
        raise BadInput("the iteration diverged", "take a smaller inner step alpha, or more images a task")
    found: Array = total / (iterations - first)
    return found


def adapted(
    rng: np.random.Generator, population: Population, weights: Array, chosen: Places, *, alpha: float, m: int
) -> Array:
    """Adapt weights (methods, k) to tasks on m images each: loss and accuracy on all its images, (methods, tasks, 2).

    All methods adapt on the same images.
    """
    found = np.empty((len(weights), len(chosen), 2))
    for i in range(0, len(chosen), _BLOCK):
        block = slice(i, i + _BLOCK)
        X, y = population.data(rng, chosen[block], m)
        images = population.images(chosen[block])
        for j, w in enumerate(weights):
            moved = inner_step(np.broadcast_to(w, (len(X), len(w))), X, y, alpha)
            scores = (images @ moved[..., None])[..., 0]
            found[j, block, 0] = np.square(scores - population.labels).mean(axis=1) / 2
            found[j, block, 1] = ((scores > 0) == (population.labels > 0)).mean(axis=1)
    return found

"""The gain of ANIL over multi-head ERM on the representations that they learned: only a head is adapted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from theory.maml_erm.definitions.heads import SeenTask, seen_through
from theory.maml_erm.definitions.methods import ERM, MAML
from theory.maml_erm.definitions.optimisers import empirical_minimiser
from theory.maml_erm.definitions.representation import View
from theory.maml_erm.definitions.tasks import Environment
from theory.maml_erm.experiments.recovery import heads_of
from verify.runtime.errors import ensured
from verify.statistics.experiment import Array
from verify.statistics.tests import clt_test

# MAML's head is trained on fewer tasks: the gain moves with the square of its error, and a task costs m samples.
FEWER = 20
PIECE = 20_000  # test tasks worked on at a time
ASSUMPTION = "central limit theorem, for the mean of a difference over tasks"


def work(
    rng: np.random.Generator,
    items: Any,
    *,
    counts: tuple[int, ...],
    views: Array,
    k: int,
    tasks: int,
    training: int,
    **s: Any,
) -> Array:
    """Risks E_m of sampled tasks without label noise, (repetitions, counts, tasks, 2), for each repetition of items.

    views: (repetitions, 2, 2, k, k), what the representations of multi-head ERM and of ANIL see and miss. ERM's head is
    trained on the one, on ``training`` tasks, MAML's with m inner samples on the other; both are adapted to the same
    tasks on m samples.
    """
    found = np.empty((len(items), len(counts), tasks, 2))
    for row, repetition in enumerate(items):
        first, test = rng.spawn(2)
        erm_tasks, maml_tasks = (seen_through(View(*v), heads_of(s, k)) for v in views[repetition])
        erm = empirical_minimiser(first, erm_tasks, ERM(), training)
        for place, m in enumerate(counts):
            maml = empirical_minimiser(first, maml_tasks, MAML(s["alpha"], m), max(1, training // FEWER))
            state = test.bit_generator.state
            for side, (environment, head) in enumerate(((erm_tasks, erm), (maml_tasks, maml))):
                test.bit_generator.state = state  # the same tasks and samples for both
                found[row, place, :, side] = risks(test, environment, head, s["alpha"], m, tasks)
    return found


def risks(rng: np.random.Generator, environment: Environment, head: Array, alpha: float, m: int, tasks: int) -> Array:
    """E_m of the head on sampled tasks, (tasks,) [Y^2]: adapted on m samples without label noise, by the exact law."""
    values = []
    for first in range(0, tasks, PIECE):
        for task, v in environment.draw(rng, min(PIECE, tasks - first)):
            if len(v):
                samples = ensured(task, SeenTask).batch(v, noisy=False).revealed(rng, m)
                adapted = head - alpha * samples.gradient(np.broadcast_to(head, v.shape))
                values.append(task.loss(adapted, v) - task.noise**2 / 2)
    return np.concatenate(values)


@dataclass(frozen=True)
class Gain:
    """A ratio of means over tasks, its standard error, and whether it is surely near what was predicted."""

    value: float
    standard_error: float
    near: bool


def gain(risks: Array, theory: float, tolerance: float, delta: float) -> Gain:
    """The gain from risks (tasks, 2). ``near`` is true with probability at most delta if the mean ratio is further
    than ``tolerance`` from the theory, relative to that: the two bounds are tested as means of differences.
    """
    above, below = risks[:, 0], risks[:, 1]
    value = float(above.mean() / below.mean())
    error = float(np.std(above - value * below, ddof=1) / below.mean() / np.sqrt(len(above)))
    low, high = (
        clt_test(above - theory * (1 + sign * tolerance) * below, delta, assumption=ASSUMPTION) for sign in (-1, 1)
    )
    return Gain(value, error, low.estimate > low.radius and -high.estimate > high.radius)

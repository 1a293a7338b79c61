"""An easy/hard environment met on the line between its two centres: MAML is trained there and both are tested.

Points are w = c mu_0 + (1 - c) mu_1, the centres of the first and of the second class. Everything is the n x d
simulation, for any law of the inputs, and for steps on fresh batches or on one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from theory.maml_erm.definitions.methods import Method
from theory.maml_erm.definitions.tasks import Environment, Task, inner_step
from verify.runtime.errors import BadInput
from verify.statistics import checks
from verify.statistics.products import stacked

Array = npt.NDArray[np.float64]

_PIECE = 2_000_000  # inputs held in memory at a time, 16 MB


@dataclass(frozen=True)
class Estimate:
    """A number with its standard error, by the central limit theorem."""

    value: float
    error: float


def minimiser(rng: np.random.Generator, environment: Environment, method: Method, tasks: int, *, size: int) -> Estimate:
    """The c at which the mean direction of a method on ``tasks`` sampled tasks has no part along the line.

    For a method whose direction is a gradient that is the minimiser of its empirical objective on the line. size:
    inputs that one task needs, so that the tasks are sampled in pieces. The directions are affine in w.
    """
    centre, along = _line(environment)
    found = []
    for count in _pieces(checks.count("tasks", tasks, 2), size * environment.dimension):
        for task, optima in environment.draw(rng, count):
            if len(optima):
                direction = method.sample(rng, task, optima)
                ends = [direction(np.broadcast_to(w, optima.shape)) @ along for w in (centre, centre + along)]
                found.append(np.stack(ends, axis=1))
    ends_of_all = np.concatenate(found)
    start, slope = ends_of_all[:, 0], ends_of_all[:, 1] - ends_of_all[:, 0]
    c = -float(start.mean() / slope.mean())
    return Estimate(c, float(np.std(start + c * slope, ddof=1) / abs(slope.mean()) / np.sqrt(len(start))))


def tested(
    rng: np.random.Generator, environment: Environment, points: tuple[float, ...], tasks: int, *, alpha: float, m: int,
    steps: int = 1, fresh: bool = True,
) -> tuple[Array, Array]:  # fmt: skip
    """E_m at each point after ``steps`` inner steps, and the covariance of these estimates: (k,) and (k, k) [Y^2].

    All points meet the same ``tasks`` tasks of each class and the same data, without label noise.
    """
    centre, along = _line(environment)
    mean, covariance = np.zeros(len(points)), np.zeros((len(points), len(points)))
    for task in environment.tasks:
        values = []
        for count in _pieces(checks.count("tasks", tasks, 2), m * environment.dimension):
            optima = task.optima(rng, count)
            batches = [task.data(rng, optima, m, noisy=False) for _ in range(steps if fresh else 1)]
            batches *= 1 if fresh else steps
            rows = []
            for c in points:
                w = np.broadcast_to(centre + c * along, optima.shape)
                for X, y in batches:
                    w = inner_step(w, X, y, alpha)
                rows.append(task.loss(w, optima) - task.loss(optima, optima))
            values.append(np.stack(rows))
        risks = np.concatenate(values, axis=1)
        mean += task.probability * risks.mean(axis=1)
        covariance += task.probability**2 * np.cov(risks) / tasks
    return mean, covariance


def ratio(mean: Array, covariance: Array) -> Estimate:
    """The first of two estimated numbers over the second."""
    value = float(mean[0] / mean[1])
    slope = np.array([1.0, -value]) / mean[1]
    return Estimate(value, float(np.sqrt(slope @ covariance @ slope)))


def left_over(
    rng: np.random.Generator, task: Task, tasks: int, *, alpha: float, m: int, steps: int = 1, fresh: bool = True
) -> Array:
    """What inner steps leave of the loss of a task, for ``tasks`` batches: the mean over d orthogonal starts, (tasks,).

    Without label noise, at starts that have one loss before the steps; needs a covariance of full rank.
    """
    d = task.dimension
    inverse = np.linalg.inv(task.root)
    values = []
    for count in _pieces(checks.count("tasks", tasks), m * d):
        map_ = np.broadcast_to(inverse, (count, d, d))
        X = np.empty(0)
        for k in range(checks.count("steps", steps)):
            if fresh or not k:
                X = task.inputs(rng, count, m)
                kept = np.eye(d) - alpha / m * stacked(np.swapaxes(X, 1, 2), X)
            map_ = stacked(kept, map_)
        after = np.einsum("ij,tjk->tik", task.root, map_)
        values.append(np.einsum("tik,tik->t", after, after) / d)
    return np.concatenate(values)


def _line(environment: Environment) -> tuple[Array, Array]:
    if len(environment.tasks) != 2:
        raise BadInput(f"an environment of two classes is needed, not of {len(environment.tasks)}.")
    first, second = (task.optimum for task in environment.tasks)
    if not np.any(first - second):
        raise BadInput("the centres of the two classes coincide, so there is no line between them.")
    return second, first - second


def _pieces(tasks: int, numbers: int) -> list[int]:
    most = max(1, _PIECE // numbers)
    return [min(most, tasks - start) for start in range(0, tasks, most)]

"""Few-shot tasks as populations of images: whatever the theory needs to know of them is measured, nothing is assumed.

A task is a uniform distribution over the images of its two letters, with labels +1 and -1, and the model is linear in
the features of an image. So all expectations are finite sums: the loss, its optimum, what label noise there is, and the
expected loss after an inner step.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from theory.maml_erm.images.binary import Places, TwoWay
from verify.runtime.errors import BadInput
from verify.statistics import checks

Array = npt.NDArray[np.float64]

NO_MORE = 1000  # gradient steps after which hardness is given up


@dataclass(frozen=True, eq=False)
class Moments:
    """What is measured of each task, in rows: covariance E[x x^T], pull E[y x], optimum w*, noise E(<w*, x> - y)^2.

    fourth: E[x x^T Sigma x x^T], Sigma the covariance; sizes: <x, Sigma x> of every image, (tasks, images).
    """

    covariance: Array
    pull: Array
    optimum: Array
    noise: Array
    fourth: Array
    sizes: Array


@dataclass(frozen=True, eq=False)
class Population:
    """Features (letters, images, k) and the tasks of these letters; ``moments`` is found when it is asked for."""

    features: Array
    tasks: TwoWay
    found: Moments | None = None

    @property
    def dimension(self) -> int:
        return int(self.features.shape[-1])

    @cached_property
    def labels(self) -> Array:
        """Labels (images,) of the images of a task, those of label +1 first."""
        return np.repeat([1.0, -1.0], self.features.shape[1])

    @cached_property
    def moments(self) -> Moments:
        return self.found or _measured(self)

    def images(self, chosen: Places) -> Array:
        """The features (tasks, images, k) of all images of these tasks."""
        both = self.features[self.tasks.letters(chosen)]
        return both.reshape(len(chosen), -1, self.dimension)

    def data(self, rng: np.random.Generator, optima: Places, count: int) -> tuple[Array, Array]:
        """Draw ``count`` images of every task, with replacement: features (tasks, count, k) and labels.

        optima: the numbers of the tasks, in the place that the methods of ``definitions`` have for optima.
        """
        images = self.features.shape[1]
        drawn = rng.integers(2 * images, size=(len(optima), count))
        first = drawn < images
        rows = drawn + images * np.where(
            first, self.tasks.positive[optima][:, None], self.tasks.negative[optima][:, None] - 1
        )
        return np.take(self._rows, rows, axis=0), np.where(first, 1.0, -1.0)

    @cached_property
    def _rows(self) -> Array:
        return self.features.reshape(-1, self.dimension)

    def relabelled(self, *, packing: float = 0.0, centre: float = 1.0) -> Population:
        """The same tasks with other shares of exchanged labels; what is measured of them stays."""
        return replace(self, tasks=self.tasks.relabelled(packing=packing, centre=centre), found=self.moments)

    def losses(self, w: Array) -> Array:
        """The loss f (tasks,) of all tasks at w (k,) or (tasks, k)."""
        m = self.moments
        w = np.broadcast_to(w, m.pull.shape)
        square = np.einsum("ti,tij,tj->t", w, m.covariance, w)
        loss: Array = (square - 2 * np.einsum("ti,ti->t", m.pull, w) + 1) / 2
        return loss

    def losses_after_step(self, w: Array, *, alpha: float, m: int) -> Array:
        """E f(w') (tasks,) after one step of size alpha on m images, exactly, for any distribution of the images.

        The loss is quadratic: it is that at the mean of w' and half the trace of Sigma times the covariance of w',
        which is alpha^2/m times that of the gradient at one image.
        """
        alpha, m = checks.number("alpha", alpha, above=0.0), checks.count("m", m)
        here = self.moments
        mean = here.covariance @ w - here.pull
        residual = self.images(np.arange(len(mean))) @ w - self.labels
        one = (residual**2 * here.sizes).mean(axis=1) - np.einsum("ti,tij,tj->t", mean, here.covariance, mean)
        found: Array = self.losses(w - alpha * mean) + alpha**2 / (2 * m) * one
        return found

    def steps(self, *, alpha: float, left: float = 0.1) -> Places:
        """Hardness (tasks,): the gradient steps until a share ``left`` of the excess risk at w = 0 is left, at most
        ``NO_MORE``.

        A direction in which the step is too long to make progress counts as one without any.
        """
        values, vectors = np.linalg.eigh(self.moments.covariance)
        start = np.einsum("tij,ti->tj", vectors, self.moments.optimum)
        parts, factor = values * start**2, np.minimum((1 - alpha * values) ** 2, 1)
        goal, count = left * parts.sum(axis=1), np.zeros(len(parts), dtype=np.int64)
        for _ in range(NO_MORE):
            open_ = parts.sum(axis=1) > goal
            if not open_.any():
                break
            count += open_
            parts = parts * factor
        return count


def population(features: Array, tasks: TwoWay) -> Population:
    """The tasks as a population; ``BadInput`` where there are fewer images of a letter than features."""
    if features.shape[1] < features.shape[2]:
        raise BadInput(
            f"{features.shape[1]} images of a letter are too few for {features.shape[2]} features",
            "with more images the covariances have full rank",
        )
    return Population(features, tasks)


def size(features: Array, tasks: TwoWay) -> float:
    """The largest eigenvalue of a task's covariance, on average over hard and easy tasks in equal shares."""
    covariance = np.einsum("lni,lnj->lij", features, features) / features.shape[1]
    both = (covariance[tasks.positive] + covariance[tasks.negative]) / 2
    return float(tasks.probability(0.5) @ np.linalg.eigvalsh(both)[:, -1])


def _measured(tasks: Population) -> Moments:
    """The moments of every task; tasks with the same letters and exchanged labels share those that labels leave."""
    ends = np.sort(tasks.tasks.letters(np.arange(len(tasks.tasks.hard))), axis=1)
    _, first, place = np.unique(ends, axis=0, return_index=True, return_inverse=True)
    place = place.reshape(-1)
    X = tasks.images(first)
    count = X.shape[1]
    turned = np.swapaxes(X, 1, 2)
    covariance = turned @ X / count
    sizes = ((X @ covariance) * X).sum(axis=2)
    fourth = (turned * sizes[:, None, :]) @ X / count
    pull = turned @ tasks.labels / count
    optimum = np.linalg.solve(covariance, pull[..., None])[..., 0]
    noise = 1 - np.einsum("ti,ti->t", pull, optimum)
    # The first one of a pair has its letters in one order; those in the other order have their images in it too.
    same = tasks.tasks.positive == tasks.tasks.positive[first][place]
    sign = np.where(same, 1.0, -1.0)[:, None]
    swapped = np.roll(sizes, count // 2, axis=1)
    return Moments(
        covariance[place], sign * pull[place], sign * optimum[place], noise[place], fourth[place],
        np.where(same[:, None], sizes[place], swapped[place]),
    )  # fmt: skip

"""Tasks whose optima lie in one space of k dimensions, w_i* = U v_i, with isotropic inputs x ~ N(0, rho_i I).

What a gradient method asks of n samples of a task is a gradient of the loss on them, and their second moment times a
vector. ``Drawn`` answers from n x d data; ``Revealed`` draws its answers by their exact law, in O(d) whatever n is
(``lazy.py``). The tests compare the two in distribution.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from theory.maml_erm.definitions.laws import GAUSSIAN
from theory.maml_erm.definitions.lazy import LazyDesign
from theory.maml_erm.definitions.methods import gradient
from theory.maml_erm.definitions.tasks import Environment, Task
from verify.runtime.errors import BadInput
from verify.statistics.products import apply

Array = npt.NDArray[np.float64]


class Samples(Protocol):
    """n samples of each of T tasks; its length is T."""

    def __len__(self) -> int: ...

    def gradient(self, w: Array) -> Array:
        """X^T (X w - y)/n for w (T, d), shape (T, d) [XY]."""
        ...

    def hessian_times(self, z: Array) -> Array:
        """X^T X z/n for z (T, d), shape (T, d)."""
        ...


@dataclass(frozen=True, eq=False)
class Drawn:
    """Samples as they are: X (T, n, d) [X], y (T, n) [Y]."""

    X: Array
    y: Array

    def __len__(self) -> int:
        return len(self.y)

    def gradient(self, w: Array) -> Array:
        return gradient(w, self.X, self.y)

    def hessian_times(self, z: Array) -> Array:
        return gradient(z, self.X, np.zeros_like(self.y))


@dataclass(frozen=True, eq=False)
class Batch:
    """T sampled tasks: curvatures (T,) [X^2], optima (T, d) [Y/X], standard deviations of the label noise (T,) [Y]."""

    curvature: Array
    optima: Array
    noise: Array

    def part(self, rows: npt.NDArray[np.int64]) -> Batch:
        """The tasks with these indices."""
        return Batch(self.curvature[rows], self.optima[rows], self.noise[rows])

    def drawn(self, rng: np.random.Generator, count: int) -> Drawn:
        """``count`` samples of each task."""
        X = rng.standard_normal((len(self.optima), count, self.optima.shape[1]))
        X *= np.sqrt(self.curvature)[:, None, None]
        y = np.einsum("tnd,td->tn", X, self.optima)
        return Drawn(X, y + self.noise[:, None] * rng.standard_normal(y.shape))

    def revealed(self, rng: np.random.Generator, count: int) -> Revealed:
        """As many samples of each task, drawn only as far as they are asked for."""
        return Revealed(rng, self, count)


class Revealed:
    """Samples X = sqrt(rho) G, G standard normal and drawn as far as it is asked for."""

    def __init__(self, rng: np.random.Generator, tasks: Batch, count: int) -> None:
        self.tasks, self.count = tasks, count
        self.design = LazyDesign(rng, len(tasks.optima), tasks.optima.shape[1], count)
        self.noise = tasks.noise[:, None] * self.design.noise()
        self.root = np.sqrt(tasks.curvature)[:, None]

    def __len__(self) -> int:
        return len(self.root)

    def gradient(self, w: Array) -> Array:
        return self._moved(self.root * (w - self.tasks.optima), self.noise)

    def hessian_times(self, z: Array) -> Array:
        return self._moved(self.root * z, np.zeros_like(self.noise))

    def _moved(self, u: Array, noise: Array) -> Array:
        """sqrt(rho) G^T (G u - noise)/n."""
        product = self.design.times(u)
        # Later axes of sample space are orthogonal to the noise, which has no coordinates there.
        product[:, : noise.shape[1]] -= noise
        answer: Array = self.root * self.design.transposed(product) / self.count
        return answer


@dataclass(frozen=True, eq=False)
class LowRank:
    """Tasks w_i* = U v_i: v_i from an environment in k dimensions; space: U (d, k) with orthonormal columns.

    Raises BadInput on inputs that are not Gaussian with a covariance that is a multiple of I, and on columns that are
    not orthonormal.
    """

    heads: Environment
    space: Array

    def __post_init__(self) -> None:
        k = self.heads.dimension
        U = np.array(self.space, dtype=float)
        if U.ndim != 2 or U.shape[1] != k or not np.allclose(U.T @ U, np.eye(k), rtol=0, atol=1e-10):
            raise BadInput(
                f"the space of shape {U.shape} needs {k} orthonormal columns, as many as a head has numbers."
            )
        for task in self.heads.tasks:
            curvature(task)
        U.setflags(write=False)
        object.__setattr__(self, "space", U)

    def draw(self, rng: np.random.Generator, count: int) -> Batch:
        """Sample ``count`` tasks, in the order of their classes."""
        drawn = self.heads.draw(rng, count)
        sizes = [len(optima) for _, optima in drawn]
        curvatures = np.repeat([curvature(task) for task, _ in drawn], sizes)
        noise = np.repeat([task.noise for task, _ in drawn], sizes)
        return Batch(curvatures, apply(np.concatenate([v for _, v in drawn]), self.space.T), noise)


def curvature(task: Task) -> float:
    """The rho of a task with Gaussian inputs of covariance rho I [X^2]; raises BadInput for any other."""
    if task.law != GAUSSIAN:
        raise BadInput(f"the inputs are {task.law}; here they have to be Gaussian.")
    rho = float(task.covariance[0, 0])
    if not np.array_equal(task.covariance, rho * np.eye(task.dimension)):
        raise BadInput("the covariance of a class is no multiple of I; the inputs have to be isotropic.")
    return rho

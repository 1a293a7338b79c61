"""Tasks and environments as section 1 of the theory defines them, and nothing that is derived from the definitions."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from theory.maml_erm.definitions.laws import GAUSSIAN, Law
from verify.runtime.errors import BadInput
from verify.statistics import checks
from verify.statistics.products import apply

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Task:
    """A class of tasks: x ~ N(0, covariance), y = <x, w*> + z, z ~ N(0, noise^2), w* ~ N(optimum, (spread/d) I).

    covariance: (d, d), symmetric PSD [X^2]; optimum: (d,) [Y/X]; probability: in (0, 1] [-];
    spread: E||w* - optimum||^2 >= 0 [Y^2/X^2]; noise: standard deviation >= 0 [Y]. Raises BadInput otherwise.
    law: of the inputs, Gaussian unless another one is given, which has the same covariance.
    """

    covariance: Array
    optimum: Array
    probability: float = 1.0
    spread: float = 0.0
    noise: float = 0.0
    name: str = ""
    law: Law = GAUSSIAN
    root: Array = field(init=False, repr=False)

    def __post_init__(self) -> None:
        set_ = object.__setattr__
        set_(self, "covariance", checks.covariance("covariance", self.covariance))
        set_(self, "optimum", checks.vector("optimum", self.optimum, len(self.covariance)))
        set_(self, "probability", checks.probability("probability", self.probability, closed=True))
        set_(self, "spread", checks.number("spread", self.spread, least=0.0))
        set_(self, "noise", checks.number("noise", self.noise, least=0.0))
        values, vectors = np.linalg.eigh(self.covariance)
        root = vectors * np.sqrt(np.clip(values, 0, None)) @ vectors.T
        root.setflags(write=False)
        set_(self, "root", root)

    @property
    def dimension(self) -> int:
        return len(self.optimum)

    def optima(self, rng: np.random.Generator, count: int) -> Array:
        """Draw ``count`` ground truths w*, shape (count, d) [Y/X]."""
        scale = np.sqrt(self.spread / self.dimension)
        drawn: Array = self.optimum + scale * rng.standard_normal((count, self.dimension))
        return drawn

    def inputs(self, rng: np.random.Generator, *shape: int) -> Array:
        """Draw inputs x, shape (\\*shape, d) [X]."""
        draws = self.law.draw(rng, (*shape, self.dimension))
        scales = np.diag(self.root)
        if np.count_nonzero(self.root) == np.count_nonzero(scales):  # diagonal: no reason to pay for a product
            draws *= scales
            return draws
        return apply(draws, self.root)

    def data(self, rng: np.random.Generator, optima: Array, count: int, *, noisy: bool = True) -> tuple[Array, Array]:
        """Draw ``count`` samples of each task: X (T, count, d) [X] and y (T, count) [Y] for optima (T, d)."""
        X = self.inputs(rng, len(optima), count)
        y = np.einsum("tnd,td->tn", X, optima)
        if noisy and self.noise:
            y += self.noise * rng.standard_normal(y.shape)
        return X, y

    def loss(self, w: Array, optima: Array) -> Array:
        """Population loss 1/2 E(<w, x> - y)^2 of each task, shape (T,), evaluated through the covariance [Y^2]."""
        gap = w - optima
        found: Array = 0.5 * np.einsum("ti,ti->t", apply(gap, self.covariance), gap) + 0.5 * self.noise**2
        return found


def inner_step(w: Array, X: Array, y: Array, alpha: float) -> Array:
    """One gradient step of size alpha on 1/(2n) ||X w - y||^2, for each task: w (T, d), X (T, n, d), y (T, n)."""
    residual = np.einsum("tnd,td->tn", X, w) - y
    moved: Array = w - (alpha / X.shape[1]) * np.einsum("tnd,tn->td", X, residual)
    return moved


@dataclass(frozen=True, eq=False)
class Environment:
    """A finite mixture of classes of tasks, probabilities adding up to 1, one dimension d.

    >>> easy_hard(0.1, 1.0, 0.5, Delta=1.0, V_H=0.1, V_E=2.0, d=3).mean_optimum()
    array([0.5, 0. , 0. ])
    """

    tasks: tuple[Task, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "tasks", tuple(self.tasks))
        if not self.tasks:
            raise BadInput("an environment needs at least one task.")
        if len({t.dimension for t in self.tasks}) > 1:
            raise BadInput(f"the tasks have different dimensions {[t.dimension for t in self.tasks]}.")
        total = sum(t.probability for t in self.tasks)
        if abs(total - 1) > 1e-12:
            raise BadInput(f"the probabilities add up to {total:g}, not to 1.")

    @property
    def dimension(self) -> int:
        return self.tasks[0].dimension

    def mean_optimum(self) -> Array:
        """E[w*], shape (d,) [Y/X]."""
        mean: Array = np.sum([t.probability * t.optimum for t in self.tasks], axis=0)
        return mean

    def draw(self, rng: np.random.Generator, count: int) -> list[tuple[Task, Array]]:
        """Draw ``count`` tasks: for each class in turn, its optima of shape (how many fell into the class, d)."""
        sizes = rng.multinomial(count, [t.probability for t in self.tasks])
        return [(task, task.optima(rng, int(size))) for task, size in zip(self.tasks, sizes, strict=True)]


def easy_hard(
    rho_H: float,
    rho_E: float,
    p: float,
    *,
    Delta: float,
    V_H: float,
    V_E: float,
    d: int,
    nu: float = 0.0,
) -> Environment:
    """The easy/hard mixture: covariances rho_H I and rho_E I, hard with probability p, ||mu_H - mu_E|| = Delta.

    The centres are mu_H = Delta e_1 and mu_E = 0. Raises BadInput unless rho_H, rho_E > 0, 0 < p < 1, Delta >= 0.
    """
    d = checks.count("d", d)
    rho_H, rho_E = checks.number("rho_H", rho_H, above=0.0), checks.number("rho_E", rho_E, above=0.0)
    p, Delta = checks.probability("p", p), checks.number("Delta", Delta, least=0.0)
    mu_H, mu_E = np.zeros(d), np.zeros(d)
    mu_H[0] = Delta
    hard = Task(rho_H * np.eye(d), mu_H, probability=p, spread=V_H, noise=nu, name="hard")
    easy = Task(rho_E * np.eye(d), mu_E, probability=1 - p, spread=V_E, noise=nu, name="easy")
    return Environment((hard, easy))

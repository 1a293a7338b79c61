"""The meta-learning algorithms, each as the stochastic direction it follows on sampled tasks, from its definition.

A method samples its batches for T tasks once (``sample``) and returns the map w -> (T, d) of per-task directions,
so that the same data can be asked about several w. All of them are affine in w. Descent along the mean direction
leads to the method's solution.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from theory.maml_erm.definitions.tasks import Task, inner_step
from verify.statistics import checks
from verify.statistics.products import apply, stacked

Array = npt.NDArray[np.float64]
Direction = Callable[[Array], Array]


class Sampled(Protocol):
    """What a method that sees samples alone needs of tasks; ``optima`` says which tasks, in whatever way they do."""

    def data(self, rng: np.random.Generator, optima: Any, count: int) -> tuple[Array, Array]: ...


class Method(Protocol):
    """What ``optimisers.solve`` needs to know of an algorithm."""

    def sample(self, rng: np.random.Generator, task: Task, optima: Array) -> Direction: ...


def gradient(w: Array, X: Array, y: Array) -> Array:
    """Gradient of 1/(2n) ||X w - y||^2 for each task: w (T, d), X (T, n, d), y (T, n)."""
    found: Array = np.einsum("tnd,tn->td", X, np.einsum("tnd,td->tn", X, w) - y) / X.shape[1]
    return found


@dataclass(frozen=True)
class ERM:
    """Empirical risk minimisation: the gradient of the loss on ``query`` samples, no adaptation."""

    query: int = 10

    def __post_init__(self) -> None:
        checks.count("query", self.query)

    def sample(self, rng: np.random.Generator, task: Sampled, optima: Any) -> Direction:
        X, y = task.data(rng, optima, self.query)
        return lambda w: gradient(w, X, y)


@dataclass(frozen=True)
class MAML:
    """The exact meta-gradient through ``steps`` inner steps of size alpha on n samples each, ``query`` outer samples.

    fresh: a new support batch for each inner step, or one batch for all; first_order: leave out the Jacobian.
    """

    alpha: float
    n: int
    query: int = 10
    steps: int = 1
    fresh: bool = True
    first_order: bool = False

    def __post_init__(self) -> None:
        checks.number("alpha", self.alpha, above=0.0)
        for name in ("n", "query", "steps"):
            checks.count(name, getattr(self, name))

    def sample(self, rng: np.random.Generator, task: Sampled, optima: Any) -> Direction:
        batches = [task.data(rng, optima, self.n) for _ in range(self.steps if self.fresh else 1)]
        batches *= 1 if self.fresh else self.steps
        outer = task.data(rng, optima, self.query)

        def direction(w: Array) -> Array:
            for X, y in batches:
                w = inner_step(w, X, y, self.alpha)
            g = gradient(w, *outer)
            if not self.first_order:
                # Chain rule, backwards: the Jacobian of a step is I - alpha X^T X/n, which is symmetric.
                for X, _ in reversed(batches):
                    g = g - (self.alpha / self.n) * np.einsum("tnd,tn->td", X, np.einsum("tnd,td->tn", X, g))
            return g

        return direction


@dataclass(frozen=True)
class Reptile:
    """Reptile: move towards the parameters that ``steps`` inner steps on fresh batches of n lead to."""

    alpha: float
    n: int
    steps: int = 1

    def __post_init__(self) -> None:
        checks.number("alpha", self.alpha, above=0.0)
        checks.count("n", self.n)
        checks.count("steps", self.steps)

    def sample(self, rng: np.random.Generator, task: Task, optima: Array) -> Direction:
        batches = [task.data(rng, optima, self.n) for _ in range(self.steps)]

        def direction(w: Array) -> Array:
            adapted = w
            for X, y in batches:
                adapted = inner_step(adapted, X, y, self.alpha)
            return w - adapted

        return direction


@dataclass(frozen=True)
class IMAML:
    """Implicit MAML: the inner problem min_u f(u) + strength/2 |u - w|^2 solved exactly, implicit meta-gradient.

    f is the population loss of the task (n = None) or the empirical loss on n samples; strength > 0 [X^2].
    """

    strength: float
    n: int | None = None
    query: int = 10

    def __post_init__(self) -> None:
        checks.number("strength", self.strength, above=0.0)
        checks.count("query", self.query)
        if self.n is not None:
            checks.count("n", self.n)

    def sample(self, rng: np.random.Generator, task: Task, optima: Array) -> Direction:
        eye = np.eye(task.dimension)
        if self.n is None:
            hessian = np.broadcast_to(task.covariance, (len(optima), *task.covariance.shape))
            pull = apply(optima, task.covariance)
        else:
            X, y = task.data(rng, optima, self.n)
            hessian = stacked(np.swapaxes(X, 1, 2), X) / self.n
            pull = np.einsum("tnd,tn->td", X, y) / self.n
        outer = task.data(rng, optima, self.query)

        def solve(right: Array) -> Array:
            return np.asarray(np.linalg.solve(hessian + self.strength * eye, right[..., None])[..., 0], dtype=float)

        def direction(w: Array) -> Array:
            # Optimality of the inner problem: H u - pull + strength (u - w) = 0; du/dw = strength (H + strength)^-1.
            adapted = solve(pull + self.strength * w)
            return self.strength * solve(gradient(adapted, *outer))

        return direction

"""Losses that are means over samples: random quadratics, logistic regression with a ridge penalty, Huber's function.

A loss gives values and gradients of all samples at a point; their means are its own. Gradients are written by hand; the
tests compare them with finite differences.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
NEWTON_STEPS = 60  # of Newton's method with halved steps; it takes fewer than 12 on the losses of the tests


class Loss(Protocol):
    """``values`` (n,) and ``gradients`` (n, d) of the n samples at a point (d,); ``hessian`` (d, d) of their mean.

    ``smoothness`` and ``convexity`` are constants L and mu for which the mean is L-smooth and mu-strongly convex.
    """

    @property
    def dimension(self) -> int: ...
    @property
    def smoothness(self) -> float: ...
    @property
    def convexity(self) -> float: ...
    def values(self, x: Array) -> Array: ...
    def gradients(self, x: Array) -> Array: ...
    def hessian(self, x: Array) -> Array: ...


@dataclass(frozen=True)
class Quadratics:
    """``f_i(x) = <A_i (x - c_i), x - c_i>/2``: ``matrices`` (n, d, d) are symmetric, ``centres`` (n, d)."""

    matrices: Array
    centres: Array

    @property
    def dimension(self) -> int:
        return int(self.centres.shape[1])

    @cached_property
    def _spectrum(self) -> Array:
        found: Array = np.linalg.eigvalsh(self.matrices.mean(axis=0))
        return found

    @property
    def smoothness(self) -> float:
        return float(self._spectrum[-1])

    @property
    def convexity(self) -> float:
        return float(self._spectrum[0])

    def values(self, x: Array) -> Array:
        off = x - self.centres
        found: Array = np.einsum("ni,nij,nj->n", off, self.matrices, off) / 2
        return found

    def gradients(self, x: Array) -> Array:
        found: Array = np.einsum("nij,nj->ni", self.matrices, x - self.centres)
        return found

    def hessian(self, x: Array) -> Array:
        found: Array = self.matrices.mean(axis=0)
        return found


@dataclass(frozen=True)
class Logistic:
    """``f_i(x) = log(1 + exp(-y_i <z_i, x>)) + ridge ||x||^2/2``: ``inputs`` (n, d) are the ``y_i z_i``."""

    inputs: Array
    ridge: float

    @property
    def dimension(self) -> int:
        return int(self.inputs.shape[1])

    @property
    def smoothness(self) -> float:
        """The second derivative of log(1 + exp(-s)) is at most 1/4."""
        return self.ridge + float(np.linalg.norm(self.inputs, 2)) ** 2 / (4 * len(self.inputs))

    @property
    def convexity(self) -> float:
        return self.ridge

    def values(self, x: Array) -> Array:
        found: Array = np.logaddexp(0.0, -self.inputs @ x) + self.ridge * float(x @ x) / 2
        return found

    def gradients(self, x: Array) -> Array:
        found: Array = -self._chance(x)[:, None] * self.inputs + self.ridge * x
        return found

    def hessian(self, x: Array) -> Array:
        p = self._chance(x)
        found: Array = (self.inputs.T * (p * (1 - p))) @ self.inputs / len(p) + self.ridge * np.eye(self.dimension)
        return found

    def _chance(self, x: Array) -> Array:
        """1/(1 + exp(s)) at s = y <z, x>, without overflow."""
        found: Array = np.exp(-np.logaddexp(0.0, self.inputs @ x))
        return found


@dataclass(frozen=True)
class Huber:
    """One sample of ``L u^2/2`` for |u| below ``bend``, and linear beyond; of one dimension, least at 0."""

    smoothness: float
    bend: float
    dimension: int = 1
    convexity: float = 0.0

    def values(self, x: Array) -> Array:
        u = np.abs(x)
        inside, outside = self.smoothness * u**2 / 2, self.smoothness * self.bend * (u - self.bend / 2)
        found: Array = np.where(u <= self.bend, inside, outside)
        return found

    def gradients(self, x: Array) -> Array:
        found: Array = self.smoothness * np.clip(x, -self.bend, self.bend)[None, :]
        return found

    def hessian(self, x: Array) -> Array:
        return np.diag(np.where(np.abs(x) <= self.bend, self.smoothness, 0.0))


def value(f: Loss, x: Array) -> float:
    """The loss at a point."""
    return float(f.values(x).mean())


def gradient(f: Loss, x: Array) -> Array:
    """The gradient of the loss at a point."""
    found: Array = f.gradients(x).mean(axis=0)
    return found


def minimiser(f: Loss) -> Array:
    """Where the loss is least, to rounding."""
    return proximal(f, np.zeros(f.dimension), float("inf"))


def proximal(f: Loss, x: Array, step: float) -> Array:
    """Where ``f(p) + ||p - x||^2/(2 step)`` is least; by Newton's method, with steps halved while they do not help."""
    weight = 0.0 if np.isinf(step) else 1 / step

    def slope(p: Array) -> Array:
        return gradient(f, p) + weight * (p - x)

    p = x
    for _ in range(NEWTON_STEPS):
        g = slope(p)
        move = np.linalg.solve(f.hessian(p) + weight * np.eye(len(x)), g)
        t = 1.0
        while t > 1e-6 and np.linalg.norm(slope(p - t * move)) > np.linalg.norm(g):
            t /= 2
        if t <= 1e-6:  # nothing is nearer: what is left is rounding
            break
        p = p - t * move
    return p


def random_quadratics(rng: np.random.Generator, n: int, d: int) -> Quadratics:
    """Positive definite matrices with eigenvalues between 1/10 and 2, turned at random, and centres of size 1."""
    turned = [np.linalg.qr(rng.normal(size=(d, d)))[0] for _ in range(n)]
    matrices = np.array([(q * rng.uniform(0.1, 2.0, size=d)) @ q.T for q in turned])
    return Quadratics((matrices + matrices.transpose(0, 2, 1)) / 2, rng.normal(size=(n, d)))


def random_logistic(rng: np.random.Generator, n: int, d: int) -> Logistic:
    """Normal inputs with labels that a plane gives to four in five of them, and a ridge between 1/20 and 1/4."""
    z = rng.normal(size=(n, d))
    labels = np.where((z @ rng.normal(size=d) > 0) ^ (rng.uniform(size=n) < 0.2), 1.0, -1.0)
    return Logistic(labels[:, None] * z, float(rng.uniform(0.05, 0.25)))

"""What is run: gradient descent, all paths of stochastic gradient descent, heavy ball, proximal point, projection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from theory.descent.definitions.losses import Array, Loss, Quadratics, gradient, proximal


def gradient_descent(f: Loss, x0: Array, step: float, count: int) -> Array:
    """The iterates (count + 1, d) of ``x[t+1] = x[t] - step grad f(x[t])``."""
    out = [x0]
    for _ in range(count):
        out.append(out[-1] - step * gradient(f, out[-1]))
    return np.array(out)


def heavy_ball(f: Loss, x0: Array, v0: Array, step: float, keep: float, count: int) -> tuple[Array, Array]:
    """Iterates and velocities: ``v[t+1] = keep v[t] - step grad f(x[t])``, ``x[t+1] = x[t] + v[t+1]``."""
    xs, vs = [x0], [v0]
    for _ in range(count):
        vs.append(keep * vs[-1] - step * gradient(f, xs[-1]))
        xs.append(xs[-1] + vs[-1])
    return np.array(xs), np.array(vs)


def proximal_point(f: Loss, x0: Array, step: float, count: int) -> Array:
    """The iterates of ``x[t+1] = argmin f(p) + ||p - x[t]||^2/(2 step)``."""
    out = [x0]
    for _ in range(count):
        out.append(proximal(f, out[-1], step))
    return np.array(out)


def onto_ball(x: Array, radius: float) -> Array:
    """The nearest point of the ball around 0."""
    size = float(np.linalg.norm(x))
    return x if size <= radius else x * (radius / size)


@dataclass(frozen=True)
class Paths:
    """All that stochastic gradient descent can do in so many steps: one outcome for each choice of samples.

    ``iterates[t]`` and ``drawn[t]`` (n^T, d) are the points at time t and the sample gradients drawn there; all
    outcomes are equally likely, so that a mean over them is the expectation, exactly but for rounding.
    """

    iterates: tuple[Array, ...]
    drawn: tuple[Array, ...]


def stochastic_paths(f: Loss, x0: Array, steps: Sequence[float]) -> Paths:
    """Every path with these step sizes, for a loss of n samples: n^T outcomes, so that both have to be small."""
    points, drawn = [x0[None, :]], list[Array]()
    for step in steps:
        g = np.concatenate([f.gradients(x) for x in points[-1]])
        before = np.repeat(points[-1], len(g) // len(points[-1]), axis=0)
        drawn.append(g)
        points.append(before - step * g)
    total = len(points[-1])
    iterates = tuple(np.repeat(x, total // len(x), axis=0) for x in points)
    return Paths(iterates, tuple(np.repeat(g, total // len(g), axis=0) for g in drawn))


def random_paths(rng: np.random.Generator, f: Quadratics, x0: Array, step: float, count: int, runs: int) -> Array:
    """Where independent runs of stochastic gradient descent on quadratics end (runs, d), with a constant step."""
    x = np.repeat(x0[None, :], runs, axis=0)
    for _ in range(count):
        i = rng.integers(len(f.centres), size=runs)
        x = x - step * np.einsum("rij,rj->ri", f.matrices[i], x - f.centres[i])
    return x

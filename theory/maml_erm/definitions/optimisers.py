"""Stochastic approximation of each method's solution: constant step, burn-in, Polyak-Ruppert tail average.

The directions are affine in w, d_i(w) = H_i w - b_i, so the tail average has the sandwich covariance
H^-1 S H^-T / tasks, H = E H_i and S the covariance of the direction at the solution. Both are measured on fresh tasks
by asking the method, never computed from a formula. The error bar is asymptotic and says so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

from theory.maml_erm.definitions.methods import Direction, Method
from theory.maml_erm.definitions.tasks import Environment
from verify.runtime.errors import BadInput
from verify.statistics import checks
from verify.statistics.seeding import generator

Array = np.ndarray

ASSUMPTION = "central limit theorem for the tail average; sandwich covariance estimated on fresh tasks"

PIECE = 2000  # tasks whose samples are held in memory at a time


@dataclass(frozen=True, eq=False)
class Solution:
    """Where a method ended: w (d,) [Y/X], the covariance (d, d) of its error, and what that rests on.

    tasks: how many tasks are in the average; forgetting: the factor by which burn-in shrank the initial error.
    """

    w: Array
    covariance: Array
    tasks: int
    forgetting: float
    assumption: str = ASSUMPTION

    @property
    def standard_error(self) -> Array:
        return np.sqrt(np.diag(self.covariance))

    def p_value(self, claimed: object) -> float:
        """Asymptotic probability of an average at least this far from ``claimed`` if that is the solution."""
        gap = self.w - checks.vector("claimed", claimed, len(self.w))
        return float(chdtrc(len(gap), gap @ np.linalg.solve(self.covariance, gap)))  # scipy.stats takes long to import


def solve(
    environment: Environment,
    method: Method,
    *,
    tasks: int,
    claim: str,
    batch: int = 50,
    burn_in: float = 0.25,
    start: object | None = None,
    pilot: int = 4000,
    root: int = 0,
) -> Solution:
    """Run the method on ``tasks`` sampled tasks, ``batch`` of them per step, and average after the burn-in.

    The step is 0.5/h, h the spectral norm of the mean Hessian on ``pilot`` other tasks. Raises BadInput where the
    burn-in is too short to forget the start (raise tasks or lower batch), or where the mean direction has an
    eigenvalue that is not positive, so that descent doesn't converge to a solution.
    """
    tasks, batch = checks.count("tasks", tasks), checks.count("batch", batch)
    pilot, burn_in = checks.count("pilot", pilot, 2), checks.probability("burn_in", burn_in)
    d = environment.dimension
    w = np.zeros(d) if start is None else checks.vector("start", start, d).copy()
    H, _ = _linearise(environment, method, w, generator(root, claim, 1), pilot)
    slowest = float(np.linalg.eigvals(H).real.min())
    if not slowest > 0:
        raise BadInput(
            f"the mean direction has an eigenvalue with real part {slowest:.3g}, so descent has no solution to reach.",
            "likely causes: (a) alpha times the largest curvature above 1, (b) an inner step that leaves no weight.",
        )
    step = 0.5 / float(np.linalg.norm(H, 2))
    rounds = tasks // batch
    dropped = int(burn_in * rounds)
    forgetting = (1 - step * slowest) ** dropped
    if forgetting > 1e-3 or rounds - dropped < 10:
        raise BadInput(
            f"{dropped} steps of burn-in shrink the initial error only by {forgetting:.2g}.",
            f"use at least {int(7 / (step * slowest)) + 1} steps: more tasks, or a smaller batch than {batch}.",
        )
    rng = generator(root, claim, 0)
    total = np.zeros(d)
    for k in range(rounds):
        w = w - step * _directions(environment, method, rng, batch)(w).mean(axis=0)
        if k >= dropped:
            total += w
    if not np.isfinite(total).all():
        raise BadInput("the iteration diverged.", "use a larger batch: single Hessians are far larger than their mean.")
    used = (rounds - dropped) * batch
    average = total / (rounds - dropped)
    H, S = _linearise(environment, method, average, generator(root, claim, 2), pilot)
    inverse = np.linalg.inv(H)
    return Solution(average, inverse @ S @ inverse.T / used, used, forgetting)


def empirical_minimiser(rng: np.random.Generator, environment: Environment, method: Method, tasks: int) -> Array:
    """Where the mean direction over ``tasks`` sampled tasks vanishes, (d,): exact, as directions are affine."""
    tasks, d = checks.count("tasks", tasks), environment.dimension
    at = np.zeros((d + 1, d))  # the mean direction at 0, and at each unit vector
    for first in range(0, tasks, PIECE):
        direction = _directions(environment, method, rng, min(PIECE, tasks - first))
        at += [direction(w).sum(axis=0) / tasks for w in np.vstack([np.zeros(d), np.eye(d)])]
    return np.asarray(np.linalg.solve((at[1:] - at[0]).T, -at[0]))


def _directions(environment: Environment, method: Method, rng: np.random.Generator, count: int) -> Direction:
    """Sample ``count`` tasks with their data and return w -> (count, d)."""
    parts = [
        (method.sample(rng, task, optima), optima.shape) for task, optima in environment.draw(rng, count) if len(optima)
    ]
    return lambda w: np.concatenate([direction(np.broadcast_to(w, shape)) for direction, shape in parts])


def _linearise(
    environment: Environment, method: Method, w: Array, rng: np.random.Generator, count: int
) -> tuple[Array, Array]:
    """Mean Hessian (d, d) and covariance (d, d) of the direction at w; exact differences, since it is affine."""
    direction = _directions(environment, method, rng, count)
    at = direction(w)
    columns = [(direction(w + e) - at).mean(axis=0) for e in np.eye(len(w))]
    return np.stack(columns, axis=1), np.atleast_2d(np.cov(at, rowvar=False))

"""Gradient descent, on a quadratic objective, and along the stochastic gradient of one sampled task a step.

What is run is the algorithm: no rate and no covariance enters, only Hessians that were measured, and methods.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from theory.maml_erm.definitions.methods import Method
from theory.maml_erm.definitions.tasks import Environment
from verify.runtime.errors import BadInput
from verify.statistics import checks

Array = npt.NDArray[np.float64]

LONGEST = 10**7  # steps after which the search for an accuracy is given up


def errors(values: Array, start: Array, *, eta: float, steps: int) -> Array:
    """Norms |w_k - wbar| for k = 0..steps of gradient descent with step eta, shape (steps + 1,).

    values: eigenvalues (d,) of the Hessian; start: the error at k = 0 in its eigenbasis (d,).
    """
    error, out = np.array(start, dtype=float), np.empty(steps + 1)
    for k in range(steps + 1):
        out[k] = float(np.linalg.norm(error))
        error = error - eta * values * error
    return out


def steps_to(values: Array, start: Array, *, eta: float, eps: float) -> int:
    """The first k at which gradient descent has shrunk the error to eps of its start.

    Raises BadInput where that takes more than ``LONGEST`` steps.
    """
    eps = checks.probability("eps", eps)
    error = np.array(start, dtype=float)
    goal, k = eps * float(np.linalg.norm(error)), 0
    factor = 1 - eta * np.asarray(values)
    while float(np.linalg.norm(error)) > goal:
        error = factor * error
        k += 1
        if k > LONGEST:
            raise BadInput(f"gradient descent needs more than {LONGEST:,} steps.", "the Hessian is nearly singular")
    return k


def one_task_a_step(
    rng: np.random.Generator, environment: Environment, method: Method, start: Array, *, eta: float, steps: int,
    chains: int,
) -> Array:  # fmt: skip
    """Parameters (chains, d) after ``steps`` steps of size eta, each along the direction of one task sampled anew.

    start: (d,); the chains are independent.
    """
    w = np.broadcast_to(checks.vector("start", start, environment.dimension), (chains, environment.dimension)).copy()
    for _ in range(steps):
        order, first = rng.permutation(chains), 0
        for task, optima in environment.draw(rng, chains):
            rows = order[first : first + len(optima)]
            first += len(optima)
            if len(rows):
                w[rows] -= eta * method.sample(rng, task, optima)(w[rows])
    return w

"""What a representation costs that has not the space of the tasks (R2), and when it still beats all parameters (R5).

Tasks w* = U v of one curvature, v uniform on a sphere with E v v^T = V/k I, and a representation at chosen principal
angles; its head, or all d parameters, start at 0 and are adapted on the same m samples, which are drawn as n x d data.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import sympy as sp

from theory.maml_erm.definitions.low_rank import Batch
from theory.maml_erm.definitions.representation import random_space, tilted
from theory.maml_erm.formulas import representation
from theory.maml_erm.formulas import symbols as sy
from verify.statistics.experiment import Array
from verify.statistics.products import apply

BESIDE = 0.25  # how far beside the boundary the sign is tested, relative to it
RISK, FULL, BOUNDARY = range(3)
NAMES = ("d", "k", "m", "alpha", "rho", "nu", "V", "sin2")


def work(
    rng: np.random.Generator, items: Any, *, d: int, k: int, rho: float, alpha: float, nu: float, V: float, tasks: int
) -> Array:
    """Losses (items, tasks, 2) after adapting a head, and after adapting all parameters, for each (m, sin2)."""
    found = np.empty((len(items), tasks, 2))
    for row, (m, sin2) in enumerate(items):
        space, tilt, test = rng.spawn(3)
        U = random_space(space, d, k)
        B = tilted(tilt, U, unequal(sin2, k))
        piece = max(1, 1_000_000 // (m * d))
        for first in range(0, tasks, piece):
            count = min(piece, tasks - first)
            v = test.standard_normal((count, k))
            optima = apply(np.sqrt(V) * v / np.linalg.norm(v, axis=1, keepdims=True), U.T)
            batch = Batch(np.full(count, rho), optima, np.full(count, nu))
            step = -alpha * batch.drawn(test, m).gradient(np.zeros_like(optima))
            for side, w in enumerate((apply(apply(step, B), B.T), step)):
                gap = w - optima
                found[row, first : first + count, side] = 0.5 * rho * np.sum(gap**2, axis=1) + 0.5 * nu**2
    return found


def unequal(sin2: float, k: int) -> Array:
    """k squared sines with this mean, as far apart as fits: the loss asks for their mean alone."""
    return sin2 + min(sin2, 1 - sin2) * np.linspace(-1, 1, k)


@cache
def _stated() -> tuple[Any, ...]:
    """The losses that R2.risk and R5.noise speak of, and the sin2 where they are equal, as functions of ``NAMES``.

    From the derivations of these claims: to build all claims would take longer than the runs with small settings.
    """
    head, full = representation.rank_risk().scalar, representation.full_risk().scalar
    (meet,) = sp.solve(sp.Eq(head, full), sy.sin2)  # both are affine in sin2
    letters = [sy.VOCABULARY[name].symbol for name in NAMES]
    return tuple(sp.lambdify(letters, x, "numpy") for x in (head, full, meet))


def stated(which: int, sin2: Any, **values: Any) -> Array:
    """What the theory states, 0: the loss of a head (R2.risk), 1: of all parameters, 2: the sin2 where both are equal
    (R5.noise); at numbers or arrays.
    """
    sin2 = np.asarray(sin2, dtype=float)
    with np.errstate(divide="ignore"):  # no boundary where the loss does not depend on the angles
        found = _stated()[which](*(np.float64(values[name]) for name in NAMES[:-1]), sin2)
    return np.broadcast_to(found, sin2.shape)


def angles(boundary: float) -> list[float]:
    """Mean squared sines to measure at: none, on both sides of the boundary and on it, and a right angle."""
    beside = [boundary * (1 + x) for x in (-BESIDE, 0, BESIDE)]
    return sorted({0.0, *(x for x in beside if 0 < x < 1), 1.0})

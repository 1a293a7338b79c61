"""Hypothesis strategies for the objects of this theory: mixtures, environments, step sizes.

They draw boundaries on purpose: alpha rho_E = 1, d = 1, m = 1, no spread.
"""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from theory.maml_erm.definitions.cubature import Mixture
from theory.maml_erm.definitions.tasks import Environment, Task
from verify.testing.strategies import LARGEST_COUNT, counts, covariances, scales, shares, vectors


def spreads() -> st.SearchStrategy[float]:
    """A variance, 0 on purpose."""
    return st.one_of(st.just(0.0), scales(-3, 3))


@st.composite
def mixtures(
    draw: st.DrawFn, *, largest: int = LARGEST_COUNT, noise: bool = False, steps: int = 1, inverse: bool | None = None
) -> Mixture:
    """Easy/hard mixtures with 0 < rho_H < rho_E and 0 < alpha < 2/(rho_H + rho_E).

    inverse: alpha = 1/rho_E always (True), never on purpose (False), or often (None). At least one spread is positive.
    """
    rho_E, ratio = draw(scales(-2, 2)), draw(shares())
    rho_H = rho_E * ratio
    at_inverse = draw(st.booleans()) if inverse is None else inverse
    x = 1.0 if at_inverse else 2 / (1 + ratio) * draw(shares())
    V_H, V_E = draw(spreads()), draw(spreads())
    return Mixture(
        rho_H=rho_H, rho_E=rho_E, alpha=x / rho_E, d=draw(counts(largest)), m=draw(counts(largest)), p=draw(shares()),
        Delta=draw(scales(-2, 2)), V_H=V_H, V_E=V_E if V_H or V_E else 1.0,
        nu=draw(spreads()) if noise else 0.0, K=draw(st.integers(1, steps)),
    )  # fmt: skip


@st.composite
def environments(draw: st.DrawFn, *, largest: int = 3, classes: int = 3, noise: bool = False) -> Environment:
    """Environments with 1 to ``classes`` classes of tasks in dimension 1 to ``largest``, any covariances."""
    d, k = draw(st.integers(1, largest)), draw(st.integers(1, classes))
    weights = draw(st.lists(st.integers(1, 8), min_size=k, max_size=k))
    tasks = tuple(
        Task(
            draw(covariances(d)), draw(vectors(d)), probability=w / sum(weights), spread=draw(spreads()),
            noise=draw(spreads()) if noise else 0.0, name=f"class {i}",
        )
        for i, w in enumerate(weights)
    )  # fmt: skip
    return Environment(tasks)


def step_sizes(environment: Environment) -> st.SearchStrategy[float]:
    """alpha = x/(largest curvature), x in (0, 1], 1 on purpose."""
    top = max(float(np.linalg.eigvalsh(t.covariance)[-1]) for t in environment.tasks)
    return st.one_of(st.just(1.0), shares()).map(lambda x: x / top)

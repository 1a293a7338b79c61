"""Gauss rules by Golub-Welsch for the two laws the exact sampler draws from: normal and chi-squared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.linalg import eigh_tridiagonal

from verify.statistics import checks

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Rule:
    """Nodes and weights (adding up to 1) that integrate polynomials of degree < 2 len(nodes) exactly."""

    nodes: Array
    weights: Array


@lru_cache(maxsize=256)
def normal(order: int) -> Rule:
    """Rule for a standard normal; recurrence p_{j+1} = x p_j - j p_{j-1} of the Hermite polynomials."""
    order = checks.count("order", order)
    j = np.arange(1, order, dtype=float)
    nodes, vectors = eigh_tridiagonal(np.zeros(order), np.sqrt(j))
    return _normalised(nodes, vectors)


@lru_cache(maxsize=4096)
def chi_square_deviation(dof: int, order: int) -> Rule:
    """Rule for t = Q/dof - 1 where Q is chi-squared with ``dof`` >= 1 degrees of freedom, in units of 1.

    With Q = 2 y, y has the weight y^(dof/2 - 1) e^-y of the generalised Laguerre polynomials, whose Jacobi matrix
    has diagonal 2 j + dof/2 and off-diagonal sqrt(j (j + dof/2 - 1)). The mean is taken off the diagonal before
    the eigenvalues are computed: at dof = 1e12 the deviations still have 15 digits, while Q - dof would have ten.
    """
    dof, order = checks.count("dof", dof), checks.count("order", order)
    j = np.arange(order, dtype=float)
    nodes, vectors = eigh_tridiagonal(2 * j, np.sqrt(j[1:] * (j[1:] + dof / 2 - 1)))
    rule = _normalised(nodes, vectors)
    return Rule(rule.nodes / (dof / 2), rule.weights)


def _normalised(nodes: Array, vectors: Array) -> Rule:
    weights = vectors[0] ** 2
    weights /= weights.sum()
    nodes.setflags(write=False)
    weights.setflags(write=False)
    return Rule(nodes, weights)

"""Quadratic forms with symbolic coefficients as sums of squares, for all values of the parameters at once.

``sum M_ij <v_i, v_j> = sum d_k ||v_k + sum_j l_kj v_j||^2``, the factorisation L D L^T: the pivots d_k have to be
non-negative and the weights l_kj = M_kj / d_k defined, after cancelling, which is less than d_k > 0: at the edge of a
domain a pivot may vanish with its whole row. Source: completion of squares (Lagrange); the order of pivots is searched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from verify.runtime.budget import spend
from verify.spaces.multipliers.obligations import Signs
from verify.spaces.multipliers.points import Values
from verify.spaces.multipliers.ratios import Ratio

Matrix = list[list[Ratio]]  # symmetric
MOST_RETREATS = 12  # from a pivot that leads nowhere; the bench needed none beyond the fourth
SLACK = 1e-7  # of the largest entry, below which an eigenvalue is still taken for zero


@dataclass(frozen=True, slots=True)
class Pivot:
    """``size * ||sum of weight_j v_j||^2``; the weights by the place of the vector."""

    size: Ratio
    weights: dict[int, Ratio]


class Decomposition:
    """One search for an order of pivots."""

    def __init__(self, signs: Signs) -> None:
        self.signs, self.retreats = signs, 0

    def of(self, m: Matrix, places: Sequence[int]) -> list[Pivot] | None:
        """The pivots of the rows and columns at these places; None where no order was found."""
        left = [i for i in places if any(m[i][j] for j in places)]
        if not left:
            return []
        if any(not m[i][i] for i in left):
            return None  # a zero pivot whose row is not zero
        for i in sorted(left, key=lambda i: (m[i][i].size, i)):
            found = self._from(m, left, i)
            if found is not None:
                return found
            self.retreats += 1
            if self.retreats > MOST_RETREATS:
                return None
        return None

    def _from(self, m: Matrix, left: Sequence[int], i: int) -> list[Pivot] | None:
        """The pivots that begin with this one."""
        d = m[i][i]
        reduced = self.signs.under.reduced
        weights = {j: reduced(m[i][j] / d) for j in left if m[i][j]}
        spend(20 * len(left) ** 2)
        if not self.signs.holds(">=", d):
            return None
        if not all(self.signs.holds("!=", w.over()) for w in weights.values()):
            return None
        rest = [j for j in left if j != i]
        after = [list(row) for row in m]
        for a in rest:
            for b in rest:
                if a <= b and a in weights and b in weights:
                    after[a][b] = after[b][a] = reduced(m[a][b] - weights[a] * m[i][b])
        found = self.of(after, rest)
        return None if found is None else [Pivot(d, weights), *found]


def semidefinite_at(m: Matrix, points: Sequence[Values]) -> bool:
    """Whether a matrix is positive semidefinite at some points, in floats: what fails here need not be tried."""
    n = len(m)
    spend(len(points) * (n**3 // 4 + 3 * n * n))
    for point in points:
        try:
            a = np.array([[float(m[i][j].at(point)) if m[i][j] else 0.0 for j in range(n)] for i in range(n)])
        except ZeroDivisionError:  # at an edge: where it matters the exact proof fails
            continue
        if n and np.linalg.eigvalsh(a)[0] < -SLACK * max(1.0, float(np.abs(a).max())):
            return False
    return True

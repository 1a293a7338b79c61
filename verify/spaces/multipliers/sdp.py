"""Multipliers at one point of the parameters, in floats: a semidefinite program of a few rows.

``goal - sum m_k hypothesis_k`` is to be a positive semidefinite form without function values, and a constant that is
not negative; m_k >= 0 for inequalities. The least value of a linear cost is asked for. Nothing here proves anything.
Source: performance estimation (Drori and Teboulle 2014; Taylor, Hendrickx and Glineur 2017); the solver is Clarabel.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from verify.runtime.budget import spend
from verify.spaces.multipliers.points import Values
from verify.spaces.multipliers.system import System

Floats = NDArray[np.float64]
TOLERANCES = (1e-10, 1e-7)  # tight rates leave the solver no room inside: at the first it sometimes gets stuck
MOST_RESIDUAL = 1e-6  # of a solution at which the solver got stuck
MOST_ITERATIONS = 80
ZERO = 1e-12  # of the largest entry: what is left where numbers cancel
BOUND = 1e9  # what is larger is no multiplier but a direction in which the cost falls for ever


class Programs:
    """The programs of one system; the work of each is charged by its size."""

    def __init__(self, system: System) -> None:
        self.system = system
        n = self.n = len(system.vectors)
        self.triangle = n * (n + 1) // 2
        self.scale = np.array([1.0 if i == j else np.sqrt(2) for j in range(n) for i in range(j + 1)])

    def solve(
        self,
        point: Values,
        support: Sequence[int],
        cost: Sequence[float] | None = None,
        fixed: Mapping[int, float] | None = None,
        of: int | None = None,
    ) -> dict[int, float] | None:
        """The multipliers of ``support`` with the least cost; None where there are none, or none was found.

        ``cost``: 1 for each inequality unless given. ``fixed``: multipliers that are known. ``of``: the place of a
        hypothesis that is taken for the goal.
        """
        rows = self.system.numbers(point)
        goal = rows[0 if of is None else 1 + of] - sum(
            (m * rows[1 + k] for k, m in (fixed or {}).items()), np.zeros(rows.shape[1])
        )
        chosen = rows[[1 + k for k in support]]
        if not len(support):
            return {} if self._is_square(goal) else None
        weak = [i for i, k in enumerate(support) if self.system.weak[k]]
        if cost is None:
            cost = [1.0 if self.system.weak[k] else 0.0 for k in support]
        kept, gone = self._faces(goal, chosen, self.system.spare(point))
        linear = [*gone, *range(self.triangle, rows.shape[1] - 1)]
        parts: list[Floats] = [chosen[:, linear].T, chosen[:, -1:].T]
        sides: list[Floats] = [goal[linear], goal[-1:]]
        parts += [-np.eye(len(support))[weak], chosen[:, kept].T * self.scale[kept, None]]
        sides += [np.zeros(len(weak)), goal[kept] * self.scale[kept]]
        found = self._run(np.vstack(parts), np.concatenate(sides), np.array(cost), 1 + len(weak), len(kept))
        return None if found is None else dict(zip(support, map(float, found), strict=True))

    def _faces(self, goal: Floats, chosen: Floats, spare: frozenset[int]) -> tuple[list[int], list[int]]:
        """Places in the triangle: of the vectors u with ||u||^2 somewhere, and of the others, whose entries vanish.

        A zero on the diagonal makes the row zero; left in the cone such rows leave the solver no room inside. ``spare``
        vectors count as zero.
        """
        size = np.abs(goal[: self.triangle]).max(initial=0) * ZERO
        diagonal = [j * (j + 1) // 2 + j for j in range(self.n)]
        alive = [abs(goal[d]) > size or bool(np.any(chosen[:, d])) for d in diagonal]
        kept: list[int] = []
        gone: list[int] = []
        for j in range(self.n):
            for i in range(j + 1):
                if i not in spare and j not in spare:
                    (kept if alive[i] and alive[j] else gone).append(j * (j + 1) // 2 + i)
        return kept, [p for p in gone if abs(goal[p]) > size or np.any(chosen[:, p])]

    def _is_square(self, goal: Floats) -> bool:
        """Whether the goal itself is a square, to the accuracy of floats."""
        m, size = np.zeros((self.n, self.n)), max(1.0, float(np.abs(goal).max(initial=0)))
        m[np.triu_indices(self.n)] = 0
        place = 0
        for j in range(self.n):
            for i in range(j + 1):
                m[i, j] = m[j, i] = goal[place]
                place += 1
        if np.abs(goal[self.triangle : -1]).max(initial=0) > 1e-9 * size or goal[-1] < -1e-9 * size:
            return False
        return self.n == 0 or bool(np.linalg.eigvalsh(m)[0] > -1e-8 * size)

    def _run(self, a: Floats, b: Floats, cost: Floats, nonnegative: int, triangle: int) -> Floats | None:
        """A solution; the rows of ``a`` are equations, then what is not negative, then the triangle of a matrix."""
        import clarabel  # these two are loaded where a program is solved: most statements need none
        from scipy import sparse

        count = a.shape[1]
        equations = a.shape[0] - nonnegative - triangle
        cones: list[Any] = [clarabel.ZeroConeT(equations)] if equations else []
        cones.append(clarabel.NonnegativeConeT(nonnegative))
        if triangle:
            cones.append(clarabel.PSDTriangleConeT(math.isqrt(2 * triangle)))
        settings = clarabel.DefaultSettings()
        settings.verbose, settings.max_iter, settings.max_threads = False, MOST_ITERATIONS, 1
        per_iteration = 4 + a.size // 100 + triangle**2 // 500  # measured: 5 to 60 microseconds
        for tolerance in TOLERANCES:
            settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = tolerance
            spend(300)
            solver = clarabel.DefaultSolver(
                sparse.csc_matrix((count, count)), cost, sparse.csc_matrix(a), b, cones, settings
            )
            solution = solver.solve()
            spend(int(solution.iterations) * per_iteration)
            status = str(solution.status)
            if "Infeasible" in status:
                return None
            x: Floats = np.array(solution.x)
            near = max(solution.r_prim, solution.r_dual) < MOST_RESIDUAL  # stuck, but next to a solution
            if (status.endswith("Solved") or near) and bool(np.all(np.abs(x) < BOUND)):
                return x
        return None

"""Linear equations between multipliers, solved exactly: what the goal lacks has to cancel.

Every function value cancels. Where nothing that is left has ||u||^2, every <u, v> cancels too, since the matrix of the
rest is semidefinite: a zero on its diagonal makes the row zero. What is left is the goal less what is known, and the
hypotheses whose multipliers are not. Of vectors of which only the difference matters one is taken for zero
(``System.spare``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from verify.runtime.budget import spend
from verify.spaces.multipliers.ratios import Ratio
from verify.spaces.multipliers.system import Multipliers, System

Row = tuple[dict[int, Ratio], Ratio]  # coefficients by the place of the hypothesis, and the right side


class Inconsistent(ValueError):
    """The equations have no solution for general parameter values."""


def determined(system: System, fixed: Multipliers, unknown: Sequence[int]) -> Multipliers:
    """The multipliers that the equations give, once those in ``fixed`` are known; raises ``Inconsistent``."""
    rows, reduced = equations(system, fixed, unknown), system.signs.under.reduced
    solved: list[tuple[int, Row]] = []
    for row in rows:
        for k, other in solved:
            row = _without(row, k, other, reduced)
        coefficients, right = row
        if not coefficients:
            if right:
                raise Inconsistent
            continue
        pivot = min(coefficients, key=lambda k: (coefficients[k].size, k))
        scaled = (
            {k: reduced(c / coefficients[pivot]) for k, c in coefficients.items()},
            reduced(right / coefficients[pivot]),
        )
        solved = [(k, _without(other, pivot, scaled, reduced)) for k, other in solved]
        solved.append((pivot, scaled))
        spend(30 * len(solved))
    return {k: right for k, (coefficients, right) in solved if len(coefficients) == 1}


def equations(system: System, fixed: Multipliers, unknown: Sequence[int]) -> list[Row]:
    """The equations for the unknown multipliers; those of hypotheses that are neither known nor unknown are zero."""
    left = system.residual(fixed)
    points = system.defined(system.signs.points[:1])
    spare = {system.vectors[i] for i in system.spare(points[0])} if points else set()
    columns = (left, *(system.hypotheses[k] for k in unknown))
    present = dict.fromkeys(a for c in columns for a in c if not spare & set(a[1:]))
    gone = {v for v in system.vectors if ("inner", v, v) not in present}
    rows = []
    for a in present:
        if a[0] == "value" or (a[0] == "inner" and (a[1] in gone or a[2] in gone)):
            parts = {k: system.hypotheses[k][a] for k in unknown if a in system.hypotheses[k]}
            rows.append((parts, left.get(a, system.home.zero)))
    return rows


def _without(row: Row, k: int, solved: Row, reduced: Callable[[Ratio], Ratio]) -> Row:
    """A row less a multiple of another, so that one unknown drops out; the other's coefficient there is 1."""
    coefficients, right = row
    if k not in coefficients:
        return row
    share, out = coefficients[k], dict(coefficients)
    for j, c in solved[0].items():
        value = reduced(out[j] - share * c if j in out else -(share * c))
        if value:
            out[j] = value
        else:
            out.pop(j, None)
    return out, reduced(right - share * solved[1])

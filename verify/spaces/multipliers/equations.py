"""Linear equations between multipliers, solved exactly: what the goal lacks has to cancel.

Every function value cancels. Where no form that is left has ||u||^2, every <u, v> cancels too, since the matrix of the
rest is semidefinite: a zero on its diagonal makes the row zero.
"""

from __future__ import annotations

from collections.abc import Sequence

from verify.runtime.budget import spend
from verify.spaces.multipliers.gram import Atom
from verify.spaces.multipliers.ratios import Ratio
from verify.spaces.multipliers.system import Multipliers, System

Row = tuple[dict[int, Ratio], Ratio]  # coefficients by the place of the hypothesis, and the right side


class Inconsistent(ValueError):
    """The equations have no solution for general parameter values."""


def determined(system: System, fixed: Multipliers, unknown: Sequence[int]) -> Multipliers:
    """The multipliers that the equations give, once those in ``fixed`` are known; raises ``Inconsistent``."""
    rows = [_with_known(row, fixed) for row in equations(system, [*fixed, *unknown])]
    solved: list[tuple[int, Row]] = []
    for row in rows:
        for k, other in solved:
            row = _without(row, k, other)
        coefficients, right = row
        if not coefficients:
            if right:
                raise Inconsistent
            continue
        pivot = min(coefficients, key=lambda k: (coefficients[k].size, k))
        scaled = ({k: c / coefficients[pivot] for k, c in coefficients.items()}, right / coefficients[pivot])
        solved = [(k, _without(other, pivot, scaled)) for k, other in solved]
        solved.append((pivot, scaled))
        spend(30 * len(solved))
    return {k: right for k, (coefficients, right) in solved if len(coefficients) == 1}


def equations(system: System, support: Sequence[int]) -> list[Row]:
    """The equations for the multipliers of these hypotheses, all others zero."""
    columns = [system.goal, *(system.hypotheses[k] for k in support)]
    present = dict.fromkeys(a for c in columns for a in c)
    gone = {v for v in system.vectors if not any(a == ("inner", v, v) for a in present)}
    rows = []
    for a in present:
        if a[0] == "value" or (a[0] == "inner" and (a[1] in gone or a[2] in gone)):
            rows.append(_row(system, a, support))
    return rows


def _row(system: System, a: Atom, support: Sequence[int]) -> Row:
    parts = {k: system.hypotheses[k][a] for k in support if a in system.hypotheses[k]}
    return parts, system.goal.get(a, system.home.zero)


def _with_known(row: Row, fixed: Multipliers) -> Row:
    coefficients, right = dict(row[0]), row[1]
    for k, m in fixed.items():
        if k in coefficients:
            right = right - coefficients.pop(k) * m
    return coefficients, right


def _without(row: Row, k: int, solved: Row) -> Row:
    """A row less a multiple of another, so that one unknown drops out; the other's coefficient there is 1."""
    coefficients, right = row
    if k not in coefficients:
        return row
    share, out = coefficients[k], dict(coefficients)
    for j, c in solved[0].items():
        value = out[j] - share * c if j in out else -(share * c)
        if value:
            out[j] = value
        else:
            out.pop(j, None)
    return out, right - share * solved[1]

"""Sums of squares with symbolic coefficients."""

from __future__ import annotations

import pytest
import sympy as sp

from verify.language.parser import parse_problem
from verify.runtime.budget import Budget
from verify.spaces.multipliers.ldl import Decomposition, semidefinite_at
from verify.spaces.multipliers.obligations import Signs

a, b = sp.symbols("a b")


def decomposed(rows: list[list[sp.Expr]], conditions: list[str]) -> bool:
    signs = Signs(("a", "b"), parse_problem("0 == 0", conditions).hypotheses, Budget())
    m = [[signs.home.read(sp.sympify(x)) for x in row] for row in rows]
    pivots = Decomposition(signs).of(m, range(len(m)))
    if pivots is None:
        return False
    n, total = len(m), sp.zeros(len(m), len(m))
    for p in pivots:
        w = sp.Matrix([p.weights[i].expression() if i in p.weights else 0 for i in range(n)])
        total += p.size.expression() * w * w.T
    assert sp.simplify(total - sp.Matrix(rows)) == sp.zeros(n, n)
    assert semidefinite_at(m, signs.points)
    return True


@pytest.mark.parametrize(
    "rows",
    [
        [[a, 1], [1, 1 / a]],
        [[a, a * b], [a * b, a * b**2]],
        [[a, -a, 0], [-a, a + b, -b], [0, -b, b]],
        [[0, 0], [0, a]],
        [[b**2 + 1, b], [b, 1]],
    ],
)
def test_a_semidefinite_form_is_a_sum_of_squares(rows: list[list[sp.Expr]]) -> None:
    assert decomposed(rows, ["a > 0", "b > 0"])


@pytest.mark.parametrize(
    "rows", [[[a, 1], [1, 1 / (2 * a)]], [[0, 1], [1, 0]], [[-a]], [[a - b]], [[1, a], [a, 1]], [[0, a], [a, b]]]
)
def test_one_that_is_not_is_none(rows: list[list[sp.Expr]]) -> None:
    assert not decomposed(rows, ["a > 0", "b > 0"])


def test_a_pivot_may_vanish_at_the_edge_with_its_row() -> None:
    assert decomposed([[a, a * b], [a * b, a * b**2]], ["a >= 0"])
    assert not decomposed([[a, b], [b, b**2 / a]], ["a >= 0"])

"""Rational functions of the parameters: as SymPy has them."""

from __future__ import annotations

from fractions import Fraction

import flint
import pytest
import sympy as sp

from verify.language.parser import parse_problem
from verify.spaces.multipliers.ratios import NotRational, Ratios

x, y = sp.symbols("x y")
HOME = Ratios(("x", "y"))


@pytest.mark.parametrize(
    "e", [x / y - y / x, (x**2 - y**2) / (x + y), sp.Integer(0), 1 / (2 * x - 3) + sp.Rational(1, 7), (x - y) ** -2]
)
def test_reading_and_writing_changes_nothing(e: sp.Expr) -> None:
    assert sp.cancel(HOME.read(e).expression() - e) == 0


def test_equal_functions_are_equal() -> None:
    assert HOME.read((x**2 - y**2) / (x + y)) == HOME.read(x - y)
    assert HOME.read(x) != HOME.read(y)


def test_a_value_is_exact_and_a_pole_is_said() -> None:
    form = HOME.read(x / (x - y))
    assert form.at((flint.fmpq(1), flint.fmpq(1, 3))) == flint.fmpq(3, 2)
    with pytest.raises(ZeroDivisionError):
        form.at((flint.fmpq(1), flint.fmpq(1)))


def test_putting_a_function_for_a_name() -> None:
    put = HOME.read(x**2 / (x + 1)).put("x", HOME.read(1 / y))
    assert sp.cancel(put.expression() - 1 / (y + y**2)) == 0
    with pytest.raises(ZeroDivisionError):
        HOME.read(1 / (x - y)).put("x", HOME.name("y"))


def test_factors_multiply_out() -> None:
    number, parts = HOME.read((3 * x**2 - 3 * y**2) / (4 * y)).factors()
    assert number == Fraction(3, 4)
    assert sp.expand(sp.Mul(*(p.expression() ** k for p, k in parts)) - (x**2 - y**2) / y) == 0


@pytest.mark.parametrize("e", [sp.sqrt(x), sp.exp(x), sp.Symbol("z"), x**y])
def test_what_is_not_rational_is_refused(e: sp.Expr) -> None:
    with pytest.raises(NotRational):
        HOME.read(e)


def test_gaps_of_relations() -> None:
    rational, root = parse_problem("0 == 0", ["x <= 1/y", "sqrt(x) > y"]).hypotheses
    assert HOME.gap(rational) == HOME.read(x - 1 / y)
    with pytest.raises(NotRational):
        HOME.gap(root)

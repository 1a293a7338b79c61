"""Every normal form is the one that SymPy writes, so that no page depends on which library made it."""

from __future__ import annotations

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from verify.derivations import normal_forms

x, y, alpha, n_2, n_10 = SYMBOLS = sp.symbols("x y alpha n_2 n_10", real=True)
NUMBERS = st.builds(sp.Rational, st.integers(-6, 6), st.sampled_from((1, 2, 3, 7)))
LEAVES = st.one_of(st.sampled_from(SYMBOLS), NUMBERS)


def _grown(parts: st.SearchStrategy[sp.Expr]) -> st.SearchStrategy[sp.Expr]:
    few = st.lists(parts, min_size=2, max_size=3)
    return st.one_of(
        few.map(lambda a: sp.Add(*a)),
        few.map(lambda a: sp.Mul(*a)),
        st.builds(lambda a, k: a**k if a != 0 else a, parts, st.sampled_from((-2, -1, 2, 3))),
    )


EXPRESSIONS = st.recursive(LEAVES, _grown, max_leaves=7).filter(lambda e: not e.has(sp.zoo, sp.nan))


@given(EXPRESSIONS)
def test_factors_are_those_of_sympy(e: sp.Expr) -> None:
    try:
        expected = sp.factor(e)
    except ZeroDivisionError:
        return  # a sum below vanishes identically: there is nothing to agree on
    if not expected.has(sp.zoo, sp.nan):
        assert normal_forms.factor(e) == expected


@given(EXPRESSIONS)
def test_quotients_are_those_of_sympy(e: sp.Expr) -> None:
    try:
        expected = sp.cancel(e)
    except (ZeroDivisionError, sp.PolynomialError):
        return
    if not expected.has(sp.zoo, sp.nan):
        assert normal_forms.cancel(e) == expected


@given(EXPRESSIONS)
def test_sums_are_those_of_sympy(e: sp.Expr) -> None:
    assert normal_forms.expand(e) == sp.expand(e)


@pytest.mark.parametrize(
    "e",
    [sp.sqrt(x) * (x + 1) - x ** sp.Rational(3, 2), sp.exp(x + y) * (x - y), x**y * (x + 1), (x + y) ** 100 / (x + y)],
)
def test_what_is_no_rational_function_is_left_to_sympy(e: sp.Expr) -> None:
    assert normal_forms.factor(e) == sp.factor(e)
    assert normal_forms.expand(e) == sp.expand(e)


def test_a_difference_vanishes_only_where_it_does() -> None:
    assert normal_forms.vanishes((x**2 - y**2) / (x - y) - x - y)
    assert not normal_forms.vanishes((x**2 - y**2) / (x - y) - x + y)
    assert normal_forms.vanishes(sp.sqrt(x) ** 2 - x)
    assert not normal_forms.vanishes(sp.sqrt(x) - x)


def test_products_that_do_not_commute_are_left_to_sympy() -> None:
    A, B = sp.symbols("A B", commutative=False)
    assert not normal_forms.vanishes(A * B - B * A)
    assert normal_forms.expand((A + B) ** 2) == sp.expand((A + B) ** 2)
    assert normal_forms.vanishes(A * B - A * B + x - x)


def test_symbols_of_one_name_are_kept_apart() -> None:
    real, positive = sp.Symbol("x", real=True), sp.Symbol("x", positive=True)
    assert not normal_forms.vanishes(real - positive)
    assert normal_forms.factor(real**2 - positive**2) == sp.factor(real**2 - positive**2)

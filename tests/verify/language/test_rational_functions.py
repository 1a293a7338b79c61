"""Rational functions: identities decided exactly, cancellation visible, no floats."""

from fractions import Fraction
from math import comb

import flint
import pytest

from verify.language.parser import parse_statement
from verify.language.rational_functions import Field, ZeroDenominator, atoms_of, identical, raw, value_of_ball
from verify.runtime.budget import Budget, Spent


def sides(text):
    r = parse_statement(text)
    return raw(r.lhs), raw(r.rhs)


@pytest.mark.parametrize(
    "text",
    [
        "(x + y)^3 == x^3 + 3*x^2*y + 3*x*y^2 + y^3",
        "1/x + 1/y == (x + y)/(x*y)",
        "x/x == 1",
        "(x^-2)^-1 == x^2",
        "exp(x)*(exp(x) + 1) == exp(x)^2 + exp(x)",
    ],
)
def test_identities(text):
    assert identical(*sides(text))


@pytest.mark.parametrize("text", ["x + 10^-30 == x", "exp(x + y) == exp(x)*exp(y)", "1/(x + y) == 1/x + 1/y"])
def test_what_is_not_an_identity_of_rational_functions(text):
    assert not identical(*sides(text))


def test_division_by_an_identical_zero():
    t = raw(parse_statement("1/(x - x) == 0").lhs)
    with pytest.raises(ZeroDenominator):
        Field([t]).quotient(t)


def test_terms_survive_the_way_there_and_back():
    t = raw(parse_statement("2*x^2*y/3 - 5*y + exp(x)*x == 0").lhs)
    field = Field([t])
    n, d = field.quotient(t)
    assert d == 1
    back = field.term(n)
    assert Field([t, back]).quotient(("+", t, ("-", back)))[0] == 0
    assert list(atoms_of(("+", "x", ("exp", "y")))) == ["x", ("exp", "y")]


def test_floats_do_not_enter():
    with pytest.raises(AssertionError):
        Field(["x"]).quotient(("+", "x", 0.5))
    assert raw(parse_statement("x == 0.5").rhs) == Fraction(1, 2)


def test_a_power_costs_what_its_monomials_take():
    def expanded(exponent: int) -> int:
        with Budget(20_000).running():
            n, _ = Field(sides("a + b + c + d == 0")).quotient(("^", sides("a + b + c + d == 0")[0], exponent))
        return len(n)

    assert expanded(8) == comb(11, 3)
    with pytest.raises(Spent):
        expanded(60)


def test_a_number_that_is_too_long_is_not_written_out():
    assert value_of_ball(flint.arb("0.75")) == Fraction(3, 4)
    assert value_of_ball(flint.arb(2) ** 1000) == 2**1000
    for sign in (1, -1):
        with pytest.raises(OverflowError):
            value_of_ball(flint.arb(2) ** (sign * 10**9))

"""Exact evaluation: rational where possible, rigorous balls elsewhere, undefined where a term has no value."""

from fractions import Fraction

import pytest

from verify.language.evaluation import Point, Undecided, Undefined, evaluate, exact_root, holds, sign
from verify.language.parser import parse_statement


def value(text, **values):
    return evaluate(parse_statement(f"{text} == 0").lhs, {k: Fraction(v) for k, v in values.items()})


@pytest.mark.parametrize(
    "text, values, expected",
    [
        ("x/3 - 1", {"x": 1}, Fraction(-2, 3)),
        ("sqrt(x)", {"x": "9/4"}, Fraction(3, 2)),
        ("x^(2/3)", {"x": 8}, Fraction(4)),
        ("x^0", {"x": 0}, Fraction(1)),
        ("max(x, 1/2, -x)", {"x": "1/3"}, Fraction(1, 2)),
        ("exp(0) + log(1)", {}, Fraction(1)),
        ("abs(x)^-2", {"x": -2}, Fraction(1, 4)),
    ],
)
def test_exact_values(text, values, expected):
    assert value(text, **values) == expected


@pytest.mark.parametrize("text", ["1/x", "log(x)", "log(x - 1)", "sqrt(x - 1)", "x^-1", "(x - 1)^(1/2)", "x/x"])
def test_undefined(text):
    with pytest.raises(Undefined):
        value(text, x=0)


@pytest.mark.parametrize(
    "text", ["sqrt(2)/(x - 1)", "sqrt(2)/log(x)", "exp(x)/log((x + 1)/(x + 1))", "sqrt(2)/(x - x)"]
)
def test_a_division_by_zero_is_one_beside_an_irrational_number(text):
    """Zero is known to be zero also as a ball, which all of the operation turns into."""
    with pytest.raises(Undefined):
        value(text, x=1)
    with pytest.raises(Undecided):  # a divisor that may be zero is none
        value(text.split("/")[0] + "/(sqrt(x + 1)^2 - sqrt(2)*sqrt(x + 1))", x=1)
    assert sign(value("sqrt(2)*(x - 1)", x=1)) == 0 and sign(value("sqrt(2)*x", x=1)) == 1


def test_balls_decide_only_what_they_separate():
    root = value("sqrt(x)", x=2)
    assert sign(root * root - 2) is None
    assert holds(parse_statement("sqrt(2) < 3/2"), {}) is True
    assert holds(parse_statement("sqrt(2)*sqrt(2) == 2"), {}) is None


def test_connectives_are_read_from_left_to_right():
    assert holds(parse_statement("x != 0 implies 1/x > 0"), {"x": Fraction(0)}) is True
    with pytest.raises(Undefined):
        holds(parse_statement("1/x > 0 or x == 0"), {"x": Fraction(0)})


def test_integer_exponents_allow_a_negative_base():
    f = parse_statement("x^n == -8")
    values = {"x": Fraction(-2), "n": Fraction(3)}
    assert holds(f, Point(values, frozenset({"n"}))) is True
    with pytest.raises(Undefined):
        holds(f, values)


def test_too_large_is_not_a_value():
    with pytest.raises(Undecided):
        value("x^(400)^1", x="123456789/987654321") and value("exp(x)", x=10**9)
    assert exact_root(Fraction(4, 9), 2) == Fraction(2, 3) and exact_root(Fraction(2), 2) is None

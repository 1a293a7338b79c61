"""Assumptions, whole problems, and values of variables, as text."""

from fractions import Fraction

import pytest

from verify.language.logic import Var
from verify.language.parser import parse_assignment, parse_assumption, parse_problem, parse_rational
from verify.runtime.errors import BadInput

x, y, z = Var("x"), Var("y"), Var("z")


@pytest.mark.parametrize(
    ("text", "formulas", "integers"),
    [
        ("n integer", [], ("n",)),
        ("n, m integer", [], ("n", "m")),
        ("integer n, m", [], ("n", "m")),
        ("x real", [], ()),
        ("0 < x, y > 1", ["0 < x", "y > 1"], ()),
        ("0 < x < y <= 1", ["0 < x", "x < y", "y <= 1"], ()),
        ("x > 0 and (y > 0 and z > 0)", ["x > 0", "y > 0", "z > 0"], ()),
        ("x > 0, n, m integer", ["x > 0"], ("n", "m")),
        ("integer n, m, n > 0", ["n > 0"], ("n", "m")),
        ("integer n, m, 0 < x", ["0 < x"], ("n", "m")),
        ("n, m integer, n, m > 0", ["n > 0", "m > 0"], ("n", "m")),
        ("x > 0 or y > 0", ["x > 0 or y > 0"], ()),
        ("max(x, y) < 1, x real, n integer", ["max(x, y) < 1"], ("n",)),
    ],
)
def test_assumptions(text, formulas, integers):
    got = parse_assumption(text)
    assert ([str(f) for f in got.formulas], got.integers) == (formulas, integers)


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "x + 1",
        "x, y^2 > 0",
        "x, 0 < y",
        "x, y > 0 and z > 0",
        "integer n, m real",
        "integer n, m > 0",  # is m an integer, is n > 0?
        "real x, y > 0",
        "integer n, m, k in [0, 1]",
        "x + 1 integer",
        "n integer, n real",
        "n integer m",
        ", x > 0",
        "x > 0,",
    ],
)
def test_assumptions_that_say_nothing(text):
    with pytest.raises(BadInput):
        parse_assumption(text)


def test_problem_orders_variables_by_appearance_and_declares_all():
    got = parse_problem("a + n > c", ["0 < z < y", "n integer", "w real"])
    assert got.variables == (
        *(("z", "real"), ("y", "real"), ("n", "integer")),
        *(("w", "real"), ("a", "real"), ("c", "real")),
    )
    assert [str(h) for h in got.hypotheses] == ["0 < z", "z < y"]


def test_problem_refuses_conflicts_and_excess():
    with pytest.raises(BadInput, match="both integer and real"):
        parse_problem("n > 0", ["n integer", "n real"])
    with pytest.raises(BadInput, match="longer than"):
        parse_problem("x > 0", ["x > 0"] * 30_000)


# ---------------------------------------------------------------- bindings


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2", 2),
        ("1/3", Fraction(1, 3)),
        ("0.25", Fraction(1, 4)),
        ("-3/7", Fraction(-3, 7)),
        ("1e-3", Fraction(1, 1000)),
    ],
)
def test_rationals(text, value):
    assert parse_rational(text) == value
    assert parse_assignment(f"rho_E={text}") == ("rho_E", value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nan",
        "inf",
        "-inf",
        "1/0",
        "x",
        "1/2/3",
        "--1",
        "0x1",
        "1_0",
        "١",
        "1e9999999",
        "1 2",
        "1\n",
        "sqrt(2)",
        "9" * 5000,
    ],
)
def test_not_rationals(text):
    with pytest.raises(BadInput):
        parse_rational(text)


@pytest.mark.parametrize(
    "text", ["", "x", "=1", "x==1", "pi=3", "sqrt=2", "and=1", "x y=1", "1=1", "x=nan", "x.y=1", "x=1=2"]
)
def test_not_assignments(text):
    with pytest.raises(BadInput):
        parse_assignment(text)


@pytest.mark.parametrize(
    ("statement", "assume"),
    [
        ("x^2*exp(-x) <= 4/e^2", []),
        ("e^2 > 7", []),
        ("x > 0 implies x <= e^3 * x", []),
        ("(1 + 1/n)^n < e", ["n integer", "n >= 1"]),
        ("(1 + 1/d)^d < e", ["d integer", "d >= 1"]),  # not the letter after d
        ("log(x) <= 1", ["0 < x", "x <= e"]),  # an assumption that has e declares nothing
        ("e^2 - 2*e + 1 >= 0", []),
        ("x^e > 0", ["x > 0"]),
        ("x > 0", ["x > e^2", "e^2 > 7"]),
    ],
)
def test_what_is_meant_by_e_is_asked(statement, assume):
    with pytest.raises(BadInput, match=r"exp\(1\) for e; .*e real"):
        parse_problem(statement, assume)


@pytest.mark.parametrize(
    ("statement", "assume"),
    [
        ("e^2 > 7", ["e > 3"]),
        ("a^2 + b^2 + c^2 + d^2 + e^2 >= 0", []),
        ("e^2 - 2*e + 1 >= 0", ["e real"]),
        ("e^2 > 7", ["e integer"]),
        ("e_1^x > 0", ["e_1 > 0"]),
        ("x^e > 0", ["x > 0", "e in [1, 2]"]),
        ("e <= 2*e", ["0 <= e"]),
    ],
)
def test_a_variable_may_be_called_e(statement, assume):
    assert "e" in str(parse_problem(statement, assume))


@pytest.mark.parametrize("text", ["0 <= a, b, c <= 1", "x > a, b, c > 0", "x in [0, a], b, c > 0"])
def test_a_name_between_two_relations_belongs_to_none(text):
    with pytest.raises(BadInput, match="whether 'b' belongs"):
        parse_assumption(text)


@pytest.mark.parametrize(
    "text", ["b, c <= 1, 0 <= a", "a >= 0, b, c > 0", "0 <= a, b > 0, c > 0", "0 <= a, n, m integer"]
)
def test_a_name_before_a_relation_belongs_to_it_where_that_is_certain(text):
    assert parse_assumption(text).names

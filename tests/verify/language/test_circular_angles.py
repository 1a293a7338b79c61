"""Values of sin and cos at whole multiples of angles: the polynomials they are, and that each is true."""

import random
from fractions import Fraction

import flint
import pytest

from verify.language import logic
from verify.language.circular import Circular
from verify.language.circular_angles import MOST_TOGETHER, expanded, sums, units
from verify.language.circular_laws import monomials
from verify.language.parser import parse_circular, parse_statement
from verify.language.rational_functions import raw
from verify.prover.ball_values import stood_for, value


def angles(text):
    found = parse_circular(text, [f"{x} real" for x in "xyz" if x in text])
    assert isinstance(found, Circular)
    return expanded(found)


EXPANDED = [
    ("sin(-2*x) + sin(x) + cos(x) > 0", {"sin_1": "-2*sin_2*cos_1"}),
    ("cos(-x) + sin(-x) > 0", {"cos_1": "cos_2", "sin_1": "-sin_2"}),
    ("sin(x + y) > 0", {"sin_1": "sin_2*cos_2 + cos_1*sin_3"}),
    ("cos(x - y + 7*pi/2) > 0", {"cos_1": None}),
    ("sin(3*x - 5*pi) + cos(2*x + y) > 0", {"sin_1": None, "cos_1": None}),
    ("sin(x) + sin(y) - sin((x + y)/2)*cos((x - y)/2) > 0", {"sin_1": None, "sin_2": None, "sin_3": None}),
    ("cos(x)^2 + cos(x + 2*pi/3)^2 > 0", {"cos_2": None}),
    ("sin(x*y - 1/2) + cos(2*x*y) > 0", {"sin_1": None, "cos_1": None}),
    ("sin(pi/6) + cos(pi/4) + cos(5*pi/3) + sin(7*pi/4) > 0", {}),
    ("sin(x/pi + y) + cos(3*x/pi) > 0", {"sin_1": None, "cos_1": None}),
    ("sin(cos(x) + exp(y)) > 0", {"sin_1": None}),
]


@pytest.mark.parametrize(("text", "wanted"), EXPANDED)
def test_each_value_is_its_polynomial_at_every_argument_and_not_with_a_sign_turned(text, wanted):
    found = angles(text)
    equations = [f for f in found.facts if f.op == "=="]
    defined = {str(f.lhs): f for f in equations}
    for name, polynomial in wanted.items():
        assert name in defined and polynomial in (None, str(defined[name].rhs))
    draw, refuted = random.Random(0), set()
    for _ in range(100):
        point = {n: Fraction(draw.randint(-90, 90), draw.choice((1, 3, 10, 100))) / 10 for n in "xyz"}
        with flint.ctx.workprec(120):
            balls = {n: flint.arb(flint.fmpq(v.numerator, v.denominator)) for n, v in point.items()}
            balls = stood_for(found.stand, balls)
            for law in found.facts:
                left, right = value(raw(law.lhs), balls), value(raw(law.rhs), balls)
                gap = right - left if law.op in ("==", "<", "<=") else left - right
                assert gap.contains(0) if law.op == "==" else not gap < 0, (law, point)
                assert law.op not in ("<", ">") or gap > 0
                if law.op == "==" and not (right + left).contains(0):
                    refuted.add(law)
    assert refuted == set(equations) and refuted


def test_angles_are_the_largest_of_which_all_arguments_are_whole_multiples():
    terms = [parse_statement(f"{t} == 0").lhs for t in ("x", "y", "(x + y)/2", "-3*x/2")]
    found = units(sums(terms))
    assert {str(key): c for key, c in found.items()} == {"x": Fraction(1, 2), "y": Fraction(1, 2)}


def test_what_says_nothing_new_or_is_too_long_is_left():
    for text in ("sin(x) > 0", "sin(x) + cos(x) > 0", "sin(2*x) > 0", "sin(pi/7) > 0", "sin(x)*cos(x) > pi"):
        assert angles(text) is None, text
    assert angles(f"sin({MOST_TOGETHER}*x) + sin(x) > 0") is not None
    assert angles(f"sin({MOST_TOGETHER + 1}*x) + sin(x) > 0") is None
    long = "sin((x + y + z + x*y + 1)^60) + sin(x) > 0"
    assert angles(long) is None


def test_a_name_that_is_taken_stands_for_no_value():
    found = expanded(parse_circular("sin(x + y) <= cos_1", []))
    assert "cos_1" not in {s.name for s in found.stand}
    assert {n for n, _ in found.general.variables} >= logic.variables_of(found.sequent.goal)


FACTORS = "+".join(["1", "abs(x)", *(f"abs(x - {k})" for k in range(1, 7))])


def test_what_is_too_long_is_not_multiplied_out():
    """Its form tells, with every function value counted as one of the variables."""
    assert sums([parse_circular(f"(abs(x) + abs(x - 1))^{n} > 0").goal.lhs for n in (3, 20)]) is not None
    assert sums([parse_circular(f"({FACTORS})^20 > 0").goal.lhs]) is None
    assert sums([parse_circular("(x + y + z + 1)^7 > 0").goal.lhs]) is None  # read, and found to have 120 monomials
    assert monomials(parse_circular("(abs(x) + exp(x)*x)^2 > 0").goal.lhs) == 35

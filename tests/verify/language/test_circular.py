"""What stands for pi, sin and cos, and that all that is said of them is true."""

import random
from fractions import Fraction

import flint
import pytest

from verify.kernel.reals.formulas import normal
from verify.language.circular import Circular, meant
from verify.language.circular_laws import PI_BETWEEN, degree, same
from verify.language.parser import parse_assumption, parse_circular, parse_problem, parse_statement
from verify.language.rational_functions import raw
from verify.prover.ball_values import stood_for, value
from verify.prover.tactics.ball_enclosure import certain
from verify.runtime.errors import BadInput


def test_pi_lies_between_its_decimals():
    with flint.ctx.workprec(200):
        low, high = (flint.arb(text) for text in PI_BETWEEN)
        assert low < flint.arb.pi() < high


def test_each_use_stands_for_a_value_and_inner_ones_come_first():
    found = parse_circular("sin(cos(x)) + sin(cos(x)) <= pi", ["x > cos(pi*x/2)"])
    assert [str(s) for s in found.stand] == ["pi", "cos(pi*x/2)", "cos(x)", "sin(cos_2)"]
    assert str(found.sequent) == "x > cos_1 |- sin_1 + sin_1 <= pi"
    assert found.sequent.variables == (("x", "real"),)
    assert found.general.variables == tuple((n, "real") for n in ("x", "pi", "cos_1", "cos_2", "sin_1"))


def test_a_name_that_is_taken_is_left_alone():
    found = parse_circular("sin_1 + sin(x) < 3", ["sin_1 < 1"])
    assert str(found.sequent) == "sin_1 < 1 |- sin_1 + sin_2 < 3"


def test_without_them_a_statement_is_what_it_was():
    for text, assumed in (("x^2 >= 0", []), ("exp(x) > 0", ["x > 0, n integer"])):
        assert parse_circular(text, assumed) == parse_problem(text, assumed)
        assert meant(parse_problem(text, assumed)) is None


RELATED = [
    ("sin(x) + sin(2*x) + cos(2*x) + cos(x) + sin(3*x) + cos(3*x) > 0", 7),
    ("sin(x) + sin(-x) + cos(x) + cos(-x) > 0", 2),
    ("sin(x) + cos(x) + sin(x + pi) + cos(x + pi) + sin(pi/2 - x) + cos(x - 3*pi/2) > 0", 6),
    ("sin(2*pi) + cos(2*pi) + cos(pi/2) + sin(-pi/2) + cos(0) + sin(0) > 0", 6),
    ("sin(x) + cos(x) + sin(y) + cos(y) + sin(x + y) + cos(y - x) > 0", 2),
    ("sin(x) + cos(x) + sin(x/2) + cos(x/2) > 0", 3),
]


@pytest.mark.parametrize(("text", "least"), RELATED)
def test_what_relates_values_is_true_of_every_argument(text, least):
    """At random arguments each equation and bound holds, and none with a sign turned round does."""
    found = parse_circular(text, [f"{x} real" for x in "xy" if x in text])
    assert isinstance(found, Circular)
    laws = [f for f in (*found.facts, *found.bounds) if f.op == "==" or f in found.bounds]
    assert sum(f.op == "==" for f in laws) >= least
    draw = random.Random(0)
    refuted = set()
    for _ in range(200):
        point = {n: Fraction(draw.randint(-90, 90), draw.choice((1, 3, 10, 100))) / 10 for n in "xy"}
        with flint.ctx.workprec(120):
            balls = stood_for(
                found.stand, {n: flint.arb(flint.fmpq(v.numerator, v.denominator)) for n, v in point.items()}
            )
            for law in laws:
                left, right = value(raw(law.lhs), balls), value(raw(law.rhs), balls)
                assert (right - left).contains(0) if law.op == "==" else not right < left, (law, point)
                if law.op == "==" and not (right + left).contains(0):
                    refuted.add(law)
    zero = {f for f in laws if f.op == "==" and str(f.rhs) == "0"}
    assert refuted == {f for f in laws if f.op == "=="} - zero


@pytest.mark.parametrize("seed", range(3))
def test_the_facts_are_true_of_every_argument(seed):
    found = parse_circular("sin(x*y - 1) + cos(x*y - 1) + cos(pi*x) + sin(exp(y)) > 0", ["x, y real"])
    assert isinstance(found, Circular) and len(found.facts) == 2 + 3 + 1 + 3 + 3 + 3
    draw = random.Random(seed)
    for _ in range(300):
        point = {n: Fraction(draw.randint(-60, 60), draw.choice((1, 3, 10, 1000))) / 10 for n in "xy"}
        with flint.ctx.workprec(120):
            balls = stood_for(
                found.stand, {n: flint.arb(flint.fmpq(v.numerator, v.denominator)) for n, v in point.items()}
            )
            for fact in found.facts:
                gap = value(raw(fact.rhs), balls) - value(raw(fact.lhs), balls)
                gap = -gap if fact.op == ">=" else gap
                assert gap.contains(0) if fact.op == "==" else not gap < 0, (fact, point)


def test_a_wrong_fact_would_be_seen():
    found = parse_circular("cos(x) > 0")
    balls = stood_for(found.stand, {"x": flint.arb(1)})
    assert not certain(normal(raw(parse_statement("cos_1 >= 1 - x^2/4"))), balls)
    assert certain(normal(raw(found.facts[-1])), balls)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sin(1/x) <= 1", "may have no value"),
        ("sin(sqrt(x)) <= 1", "may have no value"),
        ("cos(log(x)) <= 1", "may have no value"),
        ("cos(x^y) <= 1", "may have no value"),
        ("cos(x^0.5) <= 1", "may have no value"),
        ("cos(x/0) <= 1", "may have no value"),
        ("cos(x/(y + 1)) <= 1", "may have no value"),
        ("sin(x, y) <= 1", "one argument"),
        ("sin x <= 1", "sin("),
        ("tan(x) <= 1", "sin and cos are read"),
        ("Sin(x) <= 1", "sin"),
        ("PI > 3", "write pi"),
    ],
)
def test_what_may_have_no_value_is_refused(text, said):
    with pytest.raises(BadInput) as caught:
        parse_circular(text)
    assert said in str(caught.value)
    parse_circular("sin(x^2/3 - abs(exp(y)*max(x, 1))/pi) <= 1")  # and this is read


def test_pi_is_no_variable():
    with pytest.raises(BadInput, match="declared an integer"):
        parse_circular("pi > 3", ["pi integer"])
    for read in (parse_statement, parse_assumption, parse_problem):
        for text in ("pi > 3", "sin(x) <= 1"):
            with pytest.raises(BadInput):
                read(text)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("(x + y)*(x - y)", "x^2 - y^2", True),
        ("(x + y)^2", "x^2 + y^2", False),
        ("(a + b + c + x + y)^60", "(a + b + c + x + y)^61", False),
        ("(a + b + c + x + y)^60", "(c + a + b + x + y)^60", False),  # too long to be multiplied out
    ],
)
def test_arguments_are_compared_as_polynomials_while_they_are_short(one, other, found):
    compared = parse_statement(f"{one} == {other}")
    assert same(compared.lhs, compared.rhs) is found


@pytest.mark.parametrize(
    ("text", "degrees"), [("x*y^3 + 1", 4), ("(x + y)^60", 60), ("x/y^2", 3), ("exp(x)^2*y", 3), ("3", 0), ("-x^2", 2)]
)
def test_degrees(text, degrees):
    assert degree(parse_statement(f"{text} == 0").lhs) == degrees

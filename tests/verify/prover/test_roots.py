"""Square roots, bounds that are quotients, and domains of points that can't be written down."""

import pytest

from verify.kernel import AXIOMS, Refused, check
from verify.kernel.reals.certificate import Checker
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import FALSE
from verify.language.parser import parse_problem
from verify.language.verdict import Verdict
from verify.prover import EmptyDomain, prove
from verify.prover.tactics.existence import solvable

PROVED = [
    # radicands that differ by a square, also inside a minimum or maximum
    ("sqrt(a/b)*b == sqrt(a*b)", ["a > 0, b > 0"]),
    ("sqrt(4*x^2*y) == 2*x*sqrt(y)", ["x >= 0, y >= 0"]),
    ("min(c, sqrt(a/b))*b <= sqrt(a*b)", ["a > 0, b > 0"]),
    ("max(c, sqrt(a/(b*d)))*b*d >= sqrt(a*b*d)", ["a > 0, b > 0, d > 0"]),
    # a root beside something without a sign
    ("x/sqrt(4 - x^2) >= y iff x >= 2*y/sqrt(1 + y^2)", ["-2 < x < 2"]),
    ("x < y implies x/sqrt(4 + x^2) < y/sqrt(4 + y^2)", []),
    ("sqrt(1 + x^2) > x*y iff (x*y <= 0 or 1 + x^2 > x^2*y^2)", []),
    ("x*sqrt(2) <= y*sqrt(3) implies 2*x^2 <= 3*y^2", ["x >= 0"]),
    # a bound that is a quotient
    ("(p^2*c + r*q)/(r + p)^2 >= (t^2*c + r*q)/(r + t)^2", ["r > 0, c > 0, q > 0", "p >= t", "t >= q/c"]),
    ("x*b >= a", ["a > 0, b > 0", "x >= a/b"]),
    ("y^2*b^2 > a^2", ["a > 0, b > 0", "x > a/b", "y >= x"]),
    ("x + y < 0", ["x <= -a/b", "y <= x", "a > 0, b > 0"]),
    # different terms of which one is elsewhere
    ("((1 - p)*h)^2/((1 - q)*h^2) <= 1 iff (1 - p)^2 <= 1 - q", ["h != 0", "0 < p < 1", "0 < q < 1"]),
    ("x^2 + 1 > 0", ["y != z"]),
    # points that no formula writes down
    ("y < 1", ["y^3 + 2*y == 2"]),
    ("0 < x < 1", ["x^5 + x == 1"]),
    ("a < 1", ["a > 0, a*(a + 2*b) == -b, a^2 + b^2 == 1"]),
    ("x < 1", ["exp(x) == 2 - x"]),
]

FALSE_ONES = [
    ("sqrt(a/b)*b == sqrt(a*b)", ["a > 0, b != 0, a*b > 0 or a*b < 0"]),
    ("sqrt(4*x^2*y) == 2*x*sqrt(y)", ["y >= 0"]),
    ("min(c, sqrt(a/b))*b < sqrt(a*b)", ["a > 0, b > 0"]),
    ("x/sqrt(4 - x^2) >= y iff x >= y/sqrt(1 + y^2)", ["-2 < x < 2"]),
    ("x/sqrt(1 + x^2) < y/sqrt(1 + y^2) iff x <= y", []),
    ("sqrt(1 + x^2) > x*y iff 1 + x^2 > x^2*y^2", []),
    ("x*sqrt(2) <= y*sqrt(3) implies 2*x^2 <= 3*y^2", []),
    ("(p^2*c + r*q)/(r + p)^2 >= (t^2*c + r*q)/(r + t)^2", ["r > 0, c > 0, q > 0", "p >= t", "t >= q/(2*c)"]),
    ("x*b >= a", ["a > 0, b != 0", "x >= a/b"]),
    ("y < 2/3", ["y^3 + 2*y == 2"]),
    ("0 < x < 3/4", ["x^5 + x == 1"]),
]


@pytest.mark.parametrize("goal, hypotheses", PROVED, ids=[g for g, _ in PROVED])
def test_proves(goal, hypotheses):
    outcome = prove(parse_problem(goal, hypotheses))
    assert outcome.verdict is Verdict.PROVED, outcome.why
    check(outcome.certificate)


@pytest.mark.parametrize("goal, hypotheses", FALSE_ONES, ids=[g for g, _ in FALSE_ONES])
def test_does_not_prove(goal, hypotheses):
    assert prove(parse_problem(goal, hypotheses)).verdict is not Verdict.PROVED


@pytest.mark.parametrize(
    "hypotheses, found",
    [
        (["x^3 + x == 1"], True),
        (["x^3 + x == 1", "x > 1"], False),
        (["x^3 + x == n", "n integer, n > 3"], True),
        (["x*exp(x) == y", "y > 1"], True),
        (["x^2 + y^2 == 1", "x^3 == y"], True),
        (["x^2 + y^2 == -1"], False),
        (["(x^3 - 2)^2 == 0"], False),  # there is a point, but no test of a box shows it
        (["x - x == log(x)", "x < 0"], False),
        (["a + b == 1", "a + b == 2"], False),
    ],
)
def test_points_that_certainly_exist(hypotheses, found):
    assert solvable(parse_problem("0 == 0", hypotheses)) is found


@pytest.mark.parametrize("hypotheses", [["x^3 + x == 1", "x > 1"], ["x^4 + x^2 + 1 == 0"]])
def test_an_empty_domain_is_still_empty(hypotheses):
    with pytest.raises(EmptyDomain):
        prove(parse_problem("x > 5", hypotheses))


def test_the_axiom_of_square_factors():
    letters, conditions, _ = AXIOMS["sqrt square factor"]
    node = {"rule": "axiom", "name": "sqrt square factor", "terms": list(letters), "then": {"rule": "known"}}
    kinds = dict.fromkeys(letters, "real")
    ((after, _),) = Checker().step(State(kinds, dict.fromkeys(conditions), FALSE), node)
    stated = ("==", ("sqrt", ("*", ("^", "a", 2), "b")), ("*", "a", ("sqrt", "b")))
    assert after.knows(stated)
    for f in conditions:  # sqrt(1) is not -1, and sqrt(-1) has no value
        with pytest.raises(Refused, match="not known"):
            Checker().step(State(kinds, {g: None for g in conditions if g != f}, FALSE), node)

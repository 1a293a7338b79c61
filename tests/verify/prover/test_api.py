"""The automatic prover: what it must prove, what it must not, and how it ends."""

from fractions import Fraction

import pytest

from verify.counterexamples import irrational
from verify.kernel import check
from verify.language.json_form import to_json
from verify.language.logic import num
from verify.language.parser import parse_problem
from verify.language.verdict import Verdict
from verify.prover import EmptyDomain, prove
from verify.prover.process import prove_with_timeout
from verify.runtime.budget import SECOND

PROVED = [
    # sums of squares, with zeros where the form vanishes, and with multipliers
    ("x^4 + y^4 + 2 >= 4*x*y", []),
    ("x^4*y^2 + x^2*y^4 - 3*x^2*y^2 + 1 >= 0", []),
    ("x^4*y^2 + x^2*y^4 + z^6 - 3*x^2*y^2*z^2 >= 0", []),
    ("(a^2 + b^2 + c^2)*(x^2 + y^2 + z^2) >= (a*x + b*y + c*z)^2", []),
    ("(x + y)*(y + z)*(z + x) >= 8*x*y*z", ["x >= 0, y >= 0, z >= 0"]),
    ("a*b + b*c + c*a <= 1/3", ["a + b + c == 1"]),
    ("a^2/b + b^2/a >= a + b", ["a > 0, b > 0"]),
    # signs after substitution, logic
    ("x/(1 + x) < y/(1 + y)", ["0 < x < y"]),
    ("x != y implies (x - y)^2 > 0", []),
    ("(x^2 - 1)/(x - 1) == x + 1", ["x != 1"]),
    ("x*y > 0 iff ((x > 0 and y > 0) or (x < 0 and y < 0))", []),
    ("min(x, y, z) <= (x + y + z)/3", []),
    # functions
    ("x*log(x) >= x - 1", ["x > 0"]),
    ("exp(x) >= 1 + x + x^2/2", ["x >= 0"]),
    ("exp((a + b)/2) <= (exp(a) + exp(b))/2", []),
    ("log(1 + 1/x) > 1/(x + 1)", ["x > 0"]),
    ("sqrt(x + 1) - sqrt(x) <= 1/(2*sqrt(x))", ["x > 0"]),
    ("exp(1) > 2.718281828 and log(2) < 0.6931472", []),
    # whole numbers
    ("4*x + 6*y != 3", ["x integer", "y integer"]),
    ("2^n*3^n == 6^n", ["n integer"]),
    # one of the two premises is known to be false
    ("a/(1 + b^2) > c implies d > 0", ["a/(1 + b^2) < c or d > 0"]),
    ("exp(x) <= 1/(1 - x)", ["x < 1"]),
    ("x^2*exp(-x) < 1", ["x > 0"]),
    ("log(2) < 7/10", []),
    ("exp(1) < 3", []),
    ("sqrt(2)*sqrt(3) == sqrt(6)", []),
    ("x + y <= sqrt(2)", ["x^2 + y^2 == 1"]),
    ("x^(1/2) == sqrt(x)", ["x >= 0"]),
    ("x^(1/3) <= 1 + x", ["x >= 0"]),
    # integers
    ("n^2 >= n", ["n integer"]),
    ("2^n >= n + 1", ["n integer, n >= 0"]),
    ("(1 + x)^n >= 1 + n*x", ["n integer, n >= 1", "x > -1"]),
    ("(1 + x)^n >= 1 + n*x", ["n integer, n >= 0", "x >= -1"]),
    ("(1 + x)^r >= 1 + r*x", ["r >= 1", "x > -1"]),
    ("0^n == 0", ["n integer, n >= 1"]),
    ("2*n != 2*m + 1", ["n, m integer"]),
    ("n^2 != 2", ["n integer"]),
    ("x^2 + y^2 != 4*k + 3", ["x, y, k integer"]),
    ("n*(n - 1)*(n - 2)*(n - 3) != 48", ["n integer", "0 <= n <= 40"]),
    # different terms are a positive square
    ("a^2 + b^2 + c^2 > a*b + b*c + c*a", ["a != b"]),
    ("x^4 + y^4 > x^3*y + x*y^3", ["x != y"]),
    # logarithms of both sides
    ("(1 + 1/n)^n <= exp(1)", ["n integer, n >= 1"]),
    ("(1 - u)^(2*K) <= exp(-2*u*K)", ["K integer, K >= 0", "0 < u <= 1"]),
    ("(1 - u)^K <= eps", ["0 < u < 1", "0 < eps <= 1", "K >= log(1/eps)/u"]),
    ("x^exp(1) <= exp(x)", ["x > 0"]),
    # a sum inside a logarithm that is a product
    ("(a + b)*log((a + b)/(c + d)) <= a*log(a/c) + b*log(b/d)", ["a > 0, b > 0, c > 0, d > 0"]),
    # each link of a chain by itself
    ("2*x*y/(x + y) < sqrt(x*y) < (x + y)/2", ["0 < x < y"]),
]

EMPTY = [
    ["n integer, 5 <= n^2 <= 8"],
    ["4*n == 6*m + 1", "n, m integer"],
    ["x == 1, x == 2"],
    ["x^2 < 0"],
    ["n integer, 2*n == 1"],
    ["n integer, n^2 == 2"],
    ["x > 0, x < 0"],
]

SLIGHTLY_FALSE = [
    ("x^4*y^2 + x^2*y^4 - 3*x^2*y^2 + 999/1000 >= 0", []),
    ("(7*x - 3)^2 + (5*y - 2)^2 > 0", []),
    ("x^2 >= 0 implies 1/x != 0", []),
    ("2^n >= n^2", ["n integer, n >= 1"]),
    ("exp(x) >= 1 + x + x^2/2", []),
    ("x*y <= 12/25", ["x^2 + y^2 == 1"]),
    ("0^n == 0", ["n integer, n >= 0"]),
    ("x^(1/3) > 0", ["x >= 0"]),
    ("x^(1/3) >= 0", []),
    ("x^2 + y^2 != 4*k + 2", ["x, y, k integer"]),
    ("a^2 + b^2 + c^2 > a*b + b*c + c*a", ["a + b + c != 0"]),
    ("(1 + 1/n)^(n + 1) <= exp(1)", ["n integer, n >= 1"]),
    ("(1 - u)^(2*K) < exp(-2*u*K)", ["K integer, K >= 0", "0 < u <= 1"]),
    ("(1 - u)^K <= eps", ["0 < u < 1", "0 < eps", "K >= log(1/eps)/u"]),
    ("x^exp(1) < exp(x)", ["x > 0"]),
]


@pytest.mark.parametrize("goal, hypotheses", PROVED, ids=[g for g, _ in PROVED])
def test_proves(goal, hypotheses):
    outcome = prove(parse_problem(goal, hypotheses), work=20 * SECOND)
    assert outcome.verdict is Verdict.PROVED
    check(outcome.certificate)


@pytest.mark.parametrize("goal, hypotheses", SLIGHTLY_FALSE, ids=[g for g, _ in SLIGHTLY_FALSE])
def test_refutes(goal, hypotheses):
    assert prove(parse_problem(goal, hypotheses), work=10 * SECOND).verdict is Verdict.REFUTED


@pytest.mark.parametrize("hypotheses", EMPTY, ids=[h[0] for h in EMPTY])
def test_empty_domain(hypotheses):
    names = "n" if "n " in hypotheses[0] else "x"
    with pytest.raises(EmptyDomain):
        prove(parse_problem(f"{names} > 5", hypotheses), work=10 * SECOND)


@pytest.mark.parametrize(
    "goal, hypotheses, at",
    [
        ("x^2 != 2", [], "sqrt(2)"),
        ("x^2 != 2", ["x < 0"], "-sqrt(2)"),
        ("(x^2 - 2)^2 > 0", [], "sqrt(2)"),
        ("x + 0*y > x - 1 and x^3 != 2", [], "2^(1/3)"),
        ("exp(x) != 2", ["x >= 0"], "log(2)"),
        ("x^2 - x - 1 != 0", ["x > 0"], "1/2 + sqrt(5/4)"),
        ("x^10 + 1/1000000 > x^5/500", [], "(1/1000)^(1/5)"),
        ("x > 1", ["x != 0", "x + 1/x == 3"], "3/2 - sqrt(5/4)"),
        ("x^2 == 2 implies x == sqrt(2)", [], "-sqrt(2)"),
    ],
)
def test_irrational_counterexamples(goal, hypotheses, at):
    """The witness is exact, and a certificate says that the hypotheses hold there and the goal does not."""
    sequent = parse_problem(goal, hypotheses)
    outcome = prove(sequent, work=20 * SECOND)
    assert outcome.verdict is Verdict.REFUTED
    assert str(outcome.witness["x"]) == at
    check(outcome.certificate)
    stated = outcome.certificate["theorems"][-1]
    assert stated["variables"] == stated["hypotheses"] == []
    point = {name: num(v) if isinstance(v, Fraction) else v for name, v in outcome.witness.items()}
    failure = irrational.failures(sequent)[0].formula
    assert stated["goal"] == to_json(irrational.at(sequent, point, failure))["goal"]


@pytest.mark.parametrize(
    "goal, hypotheses, at",
    [
        ("(x^4 - 4)/(x^2 - 2) == x^2 + 2", ["x > 0"], {"x": "sqrt(2)"}),
        ("log((x^2 - 3)^2 + y^2) <= (x^2 - 3)^2 + y^2", ["x > 0"], {"x": "sqrt(3)", "y": "0"}),
    ],
)
def test_undefined_at_an_irrational_point(goal, hypotheses, at):
    outcome = prove(parse_problem(goal, hypotheses), work=20 * SECOND)
    assert outcome.verdict is Verdict.REFUTED
    assert outcome.route == "undefined at an exact point"
    assert {name: str(v) for name, v in outcome.witness.items()} == at
    check(outcome.certificate)


def test_integers_are_whole_at_irrational_points_too():
    """2^(1/2) and 2 n == 1 satisfy the relations, but a half is no integer."""
    sequent = parse_problem("x^2 != 2 * n", ["n integer", "n >= 0", "n <= 1/2"])
    assert prove(sequent, work=10 * SECOND).witness == {"x": 0, "n": 0}
    assert prove(parse_problem("(1 + x)^n >= 1 + n*x", ["n integer", "n >= 0", "x >= -1"])).verdict is Verdict.PROVED
    half = {"x": num(1), "n": num(Fraction(1, 2))}
    with pytest.raises(ValueError, match="whole number"):
        irrational.at(sequent, half, irrational.failures(sequent)[0].formula)


def test_a_domain_of_irrational_points_is_not_empty():
    domain = ["a + b + c == 0", "a^2 + b^2 + c^2 == 1"]
    assert prove(parse_problem("a^4 + b^4 + c^4 == 1/2", domain), work=20 * SECOND).verdict is Verdict.PROVED
    assert prove(parse_problem("a*b*c <= 1361/10000", domain), work=20 * SECOND).verdict is Verdict.PROVED
    assert prove(parse_problem("a*b*c <= 136/1000", domain), work=20 * SECOND).verdict is Verdict.REFUTED


@pytest.mark.parametrize(
    "goal, hypotheses",
    [("x^2 != 2", ["0 <= x <= 1"]), ("(x^2 - 2)^2 >= 0", []), ("x^2 != -2", []), ("(x^3 - 2)^2 > 0", ["x < 1"])],
)
def test_where_the_irrational_point_is_no_counterexample(goal, hypotheses):
    assert prove(parse_problem(goal, hypotheses), work=20 * SECOND).verdict is Verdict.PROVED


def test_ball_arithmetic_is_not_called_a_proof():
    outcome = prove(parse_problem("x^x > 3/5", ["1/10 <= x <= 2"]), work=2 * SECOND)
    assert outcome.verdict in (Verdict.ENCLOSED, Verdict.PROVED)
    assert outcome.verdict is Verdict.PROVED or outcome.certificate is None


HARD = parse_problem("x*log(x) + y*log(y) + z*log(z) >= (x + y + z)*log((x + y + z)/3)", ["x > 0, y > 0, z > 0"])


def test_the_budget_ends_a_search_and_says_so():
    outcome = prove_with_timeout(HARD, work=SECOND // 5)
    assert outcome.verdict is Verdict.INCONCLUSIVE and not outcome.timed
    assert any("budget" in line for line in outcome.why)


def test_the_brake_says_that_it_was_the_brake():
    for outcome in (prove_with_timeout(HARD, 0.01), prove(HARD, brake=0.01)):
        assert outcome.verdict is Verdict.INCONCLUSIVE and outcome.timed
        assert outcome.why[0] == "stopped by the brake of 0.01 s; the verdict may differ on another machine"


def test_same_question_same_certificate():
    problem = parse_problem("x^4 + y^4 + 2 >= 4*x*y", [])
    assert prove(problem, work=20 * SECOND).certificate == prove(problem, work=20 * SECOND).certificate

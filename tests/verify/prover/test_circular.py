"""Statements with pi, sin and cos: what is proved, refuted, enclosed, and what has to stay open."""

from fractions import Fraction
from functools import partial

import pytest

import verify
from verify.kernel import check
from verify.language import logic
from verify.language.parser import parse_circular
from verify.language.verdict import Verdict
from verify.prover import circular, circular_points
from verify.prover.api import following, within
from verify.prover.outcome import WANT_OF_ANY, EmptyDomain, Outcome
from verify.prover.tactics.ball_enclosure import certain
from verify.runtime.budget import SECOND, Budget, Spent
from verify.runtime.errors import BadInput


def prove(text, *assumed):
    return verify.prove(text, assumed, work=14 * SECOND)


@pytest.mark.parametrize(
    ("text", "assumed"),
    [
        ("22/7 > pi", ()),
        ("pi != 3.14159265358979323846", ()),
        ("sin(x)^2 + cos(x)^2 == 1", ()),
        ("sin(x) <= x", ("x >= 0",)),
        ("cos(x) >= 1 - x^2/2", ()),
        ("abs(sin(x)*cos(y)) <= 1", ()),
        ("x*(pi - x) <= pi^2/4", ()),
        ("sin(x)/x <= 1", ("x > 0",)),
        ("cos(0) == 1 and sin(0) == 0", ()),
        ("exp(sin(n)) <= 3", ("n integer",)),
        ("cos(2*x) == 1 - 2*sin(x)^2", ()),
        ("sin(x + y) == sin(x)*cos(y) + cos(x)*sin(y)", ()),
        ("sin(3*x) == 3*sin(x) - 4*sin(x)^3", ()),
        ("sin(pi - x) == sin(x)", ()),
        ("cos(x + pi/2) <= abs(sin(x))", ()),
        ("cos(pi) == -1", ()),
        ("sin(x) < x", ("x > 0",)),
        ("cos(x) > 1 - x^2/2", ("x != 0",)),
        ("cos(x) <= 1 - x^2/2 + x^4/24", ()),
        ("abs(cos(x) - cos(y)) <= abs(x - y)", ()),
    ],
)
def test_a_proof_is_of_all_numbers_with_these_facts(text, assumed):
    found = prove(text, *assumed)
    assert found.verdict is Verdict.PROVED and found.why[-1].startswith("it uses that ")
    check(found.certificate)
    stated = str(found.certificate["theorems"][-1]["hypotheses"])
    assert "sin_" in stated or "cos_" in stated or "pi" in stated


@pytest.mark.parametrize(
    ("text", "assumed", "point"),
    [
        ("pi > 22/7", (), {}),
        ("pi == 3.141592653589793238463", (), {}),
        ("pi <= 3.1415926535897932384626433832795", (), {}),
        ("sin(x) <= 1/2", (), {"x": Fraction(1)}),
        ("sin(x) + cos(x) <= 7/5", ("x in [0, 2]",), {"x": Fraction(3, 4)}),
        ("sin(n) > 0", ("n integer, n >= 1",), None),
        ("1/x + sin(x) > 0", (), None),
        ("sin(x) == x", ("x > 0",), None),
        ("cos(x) < 1", (), {"x": Fraction(0)}),
        ("cos(2*x) == 1 - sin(x)^2", (), None),
        ("sin(x + y) == sin(x)*cos(y) - cos(x)*sin(y)", (), None),
        ("sin(pi - x) == -sin(x)", (), None),
        ("sin(x) < x", ("x >= 0",), {"x": Fraction(0)}),
        ("sin(x) < x - x^3/7", ("x > 0",), None),
        ("cos(x) <= 1 - x^2/2 + x^4/30", (), None),
        ("abs(cos(x) - cos(y)) <= 9/10*abs(x - y)", (), None),
    ],
)
def test_a_counterexample_is_a_point_that_both_intervals_see(text, assumed, point):
    found = prove(text, *assumed)
    assert found.verdict is Verdict.REFUTED, found
    assert point is None or found.witness == point
    assert circular.violates(parse_circular(text, assumed), found.witness)


# Each true statement with a false one next to it.
BESIDE = [
    ("sin(-2*x) == -2*sin(x)*cos(x)", "sin(-2*x) == 2*sin(x)*cos(x)", ()),
    ("cos(-5*x) == 16*cos(x)^5 - 20*cos(x)^3 + 5*cos(x)", "cos(-5*x) == 16*cos(x)^5 - 20*cos(x)^3 + 4*cos(x)", ()),
    ("sin(x + 7*pi/2) == -cos(x)", "sin(x + 7*pi/2) == cos(x)", ()),
    ("sin(x + y)*sin(x - y) == sin(x)^2 - sin(y)^2", "sin(x + y)*sin(x - y) == sin(x)^2 + sin(y)^2", ()),
    ("sin(x) + sin(y) == 2*sin((x + y)/2)*cos((x - y)/2)", "sin(x) + sin(y) == 2*sin((x + y)/2)*cos((x + y)/2)", ()),
    ("cos(x)*cos(-y) == (cos(x - y) + cos(-x - y))/2", "cos(x)*cos(-y) == (cos(x - y) - cos(-x - y))/2", ()),
    ("cos(pi/4) == sqrt(2)/2", "cos(3*pi/4) == sqrt(2)/2", ()),
    ("sin(x + pi/3) == sin(x)/2 + sqrt(3)/2*cos(x)", "sin(x + pi/3) == sin(x)/2 - sqrt(3)/2*cos(x)", ()),
    ("sin(x) + cos(x) == sqrt(2)*sin(x + pi/4)", "sin(x) + cos(x) == sqrt(3)*sin(x + pi/4)", ()),
    ("sin(7*pi/6) == -1/2", "sin(5*pi/6) == -1/2", ()),
    ("sin(x) > x - x^3/6", "sin(x) > x - x^3/7", ("x > 0",)),
    ("sin(x) < x - x^3/6", "sin(x) > x - x^3/6", ("x < 0",)),
    ("sin(x) <= x - x^3/6 + x^5/120", "sin(x) <= x - x^3/6 + x^5/130", ("x >= 0",)),
    ("sin(x) > x - x^3/6 + x^5/120 - x^7/5040", "sin(x) > x - x^3/6 + x^5/120 - x^7/5050", ("x > 0",)),
    ("cos(x) >= 1 - x^2/2 + x^4/24 - x^6/720", "cos(x) > 1 - x^2/2 + x^4/24 - x^6/720", ()),
    ("cos(x) > 1 - x^2/2 + x^4/24 - x^6/720", "cos(x) > 1 - x^2/2 + x^4/24 - x^6/730", ("x != 0",)),
    ("cos(x) >= 1 - x^2/2", "cos(x) >= 1 - x^2/3", ()),
    ("sin(x)/x > 1 - x^2/6", "sin(x)/x > 1 - x^2/7", ("x > 0",)),
    ("sin(x + pi) < -x + x^3/6", "sin(x + pi) < -x + x^3/7", ("x > 0",)),
    ("sin(x) > 2*x/pi", "sin(x) > 61*x/(30*pi)", ("0 < x < pi/2",)),
    ("x*cos(x) < sin(x)", "x*cos(x) < sin(x)^2", ("0 < x < pi/2",)),
    ("sin(x) > 0", "cos(x) > 0", ("0 < x < pi",)),
    ("cos(x) >= 0", "sin(x) >= 0", ("-pi/2 <= x <= pi/2",)),
    ("sin(x) > x - x^3/6", "sin(x) > x - x^3/6 + x^5/120", ("x in (0, 3]",)),
    ("sin(x)*sin(y) > 0", "sin(x)*cos(y) > 0", ("0 < x < pi", "0 < y < pi")),
]


@pytest.mark.parametrize(("true", "false", "assumed"), BESIDE)
def test_what_is_known_of_angles_and_ranges_proves_what_is_true_and_not_what_is_next_to_it(true, false, assumed):
    found = prove(true, *assumed)
    assert found.verdict is Verdict.PROVED, found
    check(found.certificate)
    assert prove(false, *assumed).verdict is Verdict.REFUTED


@pytest.mark.parametrize(
    ("text", "assumed"),
    [
        ("sin(x) > x - x^3/6", ()),
        ("sin(x) > x - x^3/6", ("x >= 0",)),
        ("sin(x) > 2*x/pi", ("0 < x <= pi/2",)),
        ("sin(x) > 2*x/pi", ("0 < x < pi",)),
        ("sin(x) > 0", ("0 < x <= pi",)),
        ("cos(x) > 0", ("-pi/2 <= x <= 0",)),
        ("sin(x) >= 0", ("0 <= x <= 16/5",)),
        ("sin(x) >= 0", ("0 <= x <= pi + y^2",)),
    ],
)
def test_a_range_that_is_a_little_too_wide_proves_nothing(text, assumed):
    assert prove(text, *assumed).verdict in (Verdict.REFUTED, Verdict.INCONCLUSIVE)


@pytest.mark.parametrize(
    ("text", "assumed"),
    [
        ("sin(pi) == 0", ()),
        ("sin(x) < x", ("x > 0",)),
        ("sin(x) >= 0", ("0 <= x <= pi",)),
        ("sin(2*x) == 2*sin(x)*cos(x)", ()),
        ("pi != 3.141592653589793238463", ()),  # between the decimals, so that no proof sees it
        ("cos(x) > 1 - x^2/2", ("x != 0",)),
        ("1/x + sin(x) > -100", ("x > 0",)),
        ("x == 0 or sin(x) == sin(x)/x*x", ("x >= 0",)),
    ],
)
def test_what_is_true_or_has_no_value_somewhere_is_never_refuted_by_chance(text, assumed):
    assert prove(text, *assumed).verdict in (Verdict.INCONCLUSIVE, Verdict.ENCLOSED, Verdict.PROVED)


def test_what_the_intervals_see_is_enclosed_on_boxes():
    found = prove("sin(x)*exp(x) < 8", "x in [0, 3]")
    assert found.verdict is Verdict.ENCLOSED and found.certificate is None
    assert prove("sin(x) > x - x^3/6", "x in [0, 3]").verdict is Verdict.REFUTED  # equal at 0
    assert prove("pi*x > 3", "x in [1, 2]", "sin(x) > 1/2").verdict is Verdict.PROVED


# Without a value at a point where this is certain, each with what has one on the whole domain.
WITHOUT_VALUE = [
    ("sin(x)/x > 0", ("-1 <= x <= 1",), ("0 < x <= 1",), {"x": Fraction(0)}),
    ("1/sin(x)^2 >= 1", (), ("1 <= x <= 3",), {"x": Fraction(0)}),
    ("1/sin(x)^2 >= 1", ("1 <= x <= 4",), ("0 < x < pi",), {"x": "pi"}),
    ("1/cos(x)^2 >= 1", (), ("-pi/2 < x < pi/2",), {"x": "pi/2"}),
    ("log(cos(x)) <= 0", (), ("-1 <= x <= 1",), {"x": Fraction(2)}),
    ("log(cos(x)) <= 0", ("0 <= x <= pi/2",), ("0 <= x < pi/2",), {"x": "pi/2"}),
    ("sqrt(sin(x)) >= 0", ("0 <= x <= 4",), ("0 <= x <= pi",), {"x": Fraction(13, 4)}),
    ("1/(2*sin(x) - 1)^2 >= 0", ("0 < x < 1",), ("0 < x < 1/2",), {"x": "pi/6"}),
    ("1/(x - pi)^2 > 0", (), ("x > 4",), {"x": "pi"}),
    ("1/x + sin(x) > -100", ("x >= 0",), ("x > 0",), {"x": Fraction(0)}),
    ("x > 1 or sin(x) == sin(x)/x*x", ("x >= 0",), ("x != 0",), {"x": Fraction(0)}),
    ("x^sin(x) > 0", ("0 <= x <= 1",), ("0 < x <= 1",), {"x": Fraction(0)}),
]


@pytest.mark.parametrize(("text", "assumed", "narrower", "point"), WITHOUT_VALUE)
def test_where_a_term_has_no_value_at_an_exact_point_the_statement_is_refuted(text, assumed, narrower, point):
    found = prove(text, *assumed)
    assert found.verdict is Verdict.REFUTED and found.route == "undefined at an exact point"
    assert {n: v if isinstance(v, Fraction) else str(v) for n, v in found.witness.items()} == point
    assert "is undefined: " in found.why[0]
    if found.certificate is not None:
        check(found.certificate)
    assert prove(text, *narrower).verdict in (Verdict.PROVED, Verdict.ENCLOSED)


@pytest.mark.parametrize(
    ("text", "assumed", "point", "narrower"),
    [
        ("sin(x) > 2*x/pi", ("0 < x <= pi/2",), {"x": "pi/2"}, ("0 < x < pi/2",)),
        ("sin(x) > 0", ("0 < x <= pi",), {"x": "pi"}, ("0 < x < pi",)),
        ("cos(2*x) > -1", ("0 <= x <= 2",), {"x": "pi/2"}, ("-pi/4 < x < pi/4",)),
        ("sin(x)*sin(y) < 1", (), {"x": "pi/2", "y": "pi/2"}, ("0 < x < 1/2", "0 < y < 1/2")),
        ("sin(x) != 1/2", ("0 < x < 1",), {"x": "pi/6"}, ("0 < x < 1/2",)),
    ],
)
def test_what_fails_at_a_multiple_of_pi_only_is_refuted_with_a_certificate(text, assumed, point, narrower):
    found = prove(text, *assumed)
    assert found.verdict is Verdict.REFUTED and found.route == "exact counterexample"
    assert {n: str(v) for n, v in found.witness.items()} == point
    check(found.certificate)
    assert prove(text, *narrower).verdict in (Verdict.PROVED, Verdict.ENCLOSED)


@pytest.mark.parametrize(
    ("text", "assumed"),
    [
        ("1/(cos(x) - x)^2 >= 0", ()),  # without a value at a number that nothing writes down
        ("1/sin(x) > 0", ("0 < x < pi",)),
        ("sin(x) <= 1", ("0 < x <= pi/2",)),
        ("cos(x) != 0 implies 1/cos(x)^2 >= 1", ()),
        ("1/sin(n)^2 >= 1", ("n integer", "n >= 1")),
        ("1/cos(x) >= 1", ("cos(x) > 0",)),
        ("1/(x - pi) > 0", ("x > pi",)),
    ],
)
def test_a_multiple_of_pi_outside_of_the_domain_or_with_a_value_refutes_nothing(text, assumed):
    assert prove(text, *assumed).verdict is not Verdict.REFUTED


def test_a_point_outside_of_the_hypotheses_does_not_count():
    problem = parse_circular("sin(x) < 1/2", ["cos(x) >= 0", "x >= 0"])
    assert circular.violates(problem, {"x": Fraction(1)})
    assert not circular.violates(problem, {"x": Fraction(2)})  # cos(2) < 0
    whole = parse_circular("sin(n) < 1/2", ["n integer"])
    assert circular.violates(whole, {"n": Fraction(1)}) and not circular.violates(whole, {"n": Fraction(3, 2)})
    without = parse_circular("sin(x) < 1/2", ["1/y > 0 or x > 0"])
    assert not circular.violates(without, {"x": Fraction(1), "y": Fraction(0)})  # the hypothesis has no value there
    assert circular.violates(without, {"x": Fraction(1), "y": Fraction(1)})


def test_a_refutation_of_more_than_is_asked_is_none():
    """A prover that refutes what holds for all numbers with the facts says nothing of pi itself."""
    problem = parse_circular("pi != 3.141592653589793238463")

    def refuting(sequent):
        return Outcome(Verdict.REFUTED, "exact counterexample", witness={"pi": Fraction("3.141592653589793238463")})

    def decided(problem):
        return circular.Decision(problem, Budget(), refuting, refuting).outcome().verdict

    assert decided(problem) is Verdict.ENCLOSED
    assert decided(parse_circular("pi != 3.141592653589793238463 or x > x")) is not Verdict.REFUTED


def test_without_a_point_nothing_is_proved():
    """Numbers with the facts satisfy these assumptions, and values of sin do not: sin is negative there."""
    found = prove("x > 0", "sin(x) == 1/2", "x in [3.2, 6.2]")
    assert found.verdict is Verdict.INCONCLUSIVE and found.why == (WANT_OF_ANY,) and found.certificate is None
    for goal in ("x >= 2", "sin(x) > 5", "1 == 0"):
        assert prove(goal, "0 <= x <= 1", "sin(x) > 17/20").verdict is Verdict.INCONCLUSIVE
        with pytest.raises(EmptyDomain):
            prove(goal, "0 <= x <= 1", "sin(x) > 9/10")
        with pytest.raises(EmptyDomain):
            prove(goal, "0 <= x <= 1", "cos(x) < 1/2")
        assert prove(goal, "0 <= x <= 1", "sin(x) > 8/10").verdict is Verdict.REFUTED
    assert prove("sin(x) > 7/10", "0 <= x <= 1", "cos(x) < 3/5").verdict in (Verdict.PROVED, Verdict.ENCLOSED)
    assert prove("x > 0", "sin(x) > 1/2", "x in [0, 6.2]").verdict is Verdict.PROVED
    assert prove("y <= x^2 + 1", "y == sin(x)").verdict is Verdict.PROVED


def test_assumptions_that_contradict_what_pi_is_are_said_to():
    with pytest.raises(EmptyDomain):
        prove("x > 5", "0 < pi < 1")


def test_the_intervals_of_both_kinds_agree_on_terms_of_every_kind():
    for text in (
        "x + y*x - x/y", "abs(-x) + min(x, y) + max(x, y, 1)", "sqrt(x) + log(y) + exp(-x)", "x^y + x^(-2) + x^(1/3)",
        "sin(x - y) + cos(pi*x)",
    ):  # fmt: skip
        term = f"{text}"
        point = {"x": Fraction(7, 3), "y": Fraction(5, 4)}
        problem = parse_circular(f"{term} < 0 or {term} > 0", [])
        sequent = problem.sequent if hasattr(problem, "sequent") else problem
        whole = circular.Circular(sequent, getattr(problem, "stand", ()), ())
        wanted = sequent.goal
        assert circular_points.seen_in_balls(whole, wanted, point) and circular_points.seen_in_intervals(
            whole, wanted, point
        ), text
        no = logic.negate(wanted)
        assert not circular_points.seen_in_balls(whole, no, point) and not circular_points.seen_in_intervals(
            whole, no, point
        )


def test_vectors_do_not_know_them():
    with pytest.raises(BadInput):
        prove("||x|| <= pi", "||x|| <= 3", "x vector")


@pytest.mark.parametrize(
    "text",
    [
        "4*sin(-2*x - y + 5/4*pi)*sin(-2*x - y + 19/12*pi)*sin(-2*x - y + 23/12*pi) == sin(3*(-2*x - y + 5/4*pi))",
        "sin(x*y) + sin(x*y + 2/3*pi) + sin(x*y + 4/3*pi) == 0 or cos(x*y) + cos(x*y + 2/3*pi) == 1",
        "sin((x + abs(x - 1) + abs(x - 2) + abs(x - 3) + exp(x) + exp(2*x) + 1)^14)*sin(x) <= 1",
    ],
)
def test_all_that_is_tried_is_counted_together(text, monkeypatch):
    """Points, comparisons of arguments and searches share one budget."""
    counted = []
    monkeypatch.setattr(circular_points, "certain", lambda *args: counted.append(1) or certain(*args))
    for work in (20_000, 200_000):
        counted.clear()
        budget = Budget(work)
        problem = parse_circular(text)
        decision = circular.Decision(problem, budget, partial(within, budget), partial(following, budget))
        with budget.running():
            try:
                found = decision.outcome()
            except Spent:
                found = decision.inconclusive()
        assert found.verdict is Verdict.INCONCLUSIVE and 0 < budget.used <= work
        assert 0 < len(counted) <= work / circular_points.IN_BALLS

"""Statements with pi, sin and cos: what is proved, refuted, enclosed, and what has to stay open."""

from fractions import Fraction

import pytest

import verify
from verify.kernel import check
from verify.language import logic
from verify.language.parser import parse_circular
from verify.language.verdict import Verdict
from verify.prover import circular
from verify.prover.outcome import WANT_OF_ANY, EmptyDomain, Outcome
from verify.runtime.budget import SECOND
from verify.runtime.errors import BadInput


def prove(text, *assumed):
    return verify.prove(text, assumed, work=3 * SECOND)


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


@pytest.mark.parametrize(
    ("text", "assumed"),
    [
        ("sin(pi) == 0", ()),
        ("sin(x) < x", ("x > 0",)),
        ("sin(x) >= 0", ("0 <= x <= pi",)),
        ("sin(2*x) == 2*sin(x)*cos(x)", ()),
        ("pi != 3.141592653589793238463", ()),  # between the decimals, so that no proof sees it
        ("cos(x) > 1 - x^2/2", ("x != 0",)),
        ("1/x + sin(x) > -100", ("x >= 0",)),  # without a value at 0
        ("x > 1 or sin(x) == sin(x)/x*x", ("x >= 0",)),
    ],
)
def test_what_is_true_or_has_no_value_somewhere_is_never_refuted_by_chance(text, assumed):
    assert prove(text, *assumed).verdict in (Verdict.INCONCLUSIVE, Verdict.ENCLOSED, Verdict.PROVED)


def test_what_the_intervals_see_is_enclosed_on_boxes():
    found = prove("sin(x) > x - x^3/6", "x in [1, 3]")
    assert found.verdict is Verdict.ENCLOSED and found.certificate is None
    assert prove("sin(x) > x - x^3/6", "x in [0, 3]").verdict is Verdict.REFUTED  # equal at 0
    assert prove("sin(x) > x - x^3/6", "x in (0, 3]").verdict is Verdict.INCONCLUSIVE
    assert prove("pi*x > 3", "x in [1, 2]", "sin(x) > 1/2").verdict is Verdict.PROVED


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

    assert circular.decide(problem, refuting).verdict is Verdict.ENCLOSED
    unbounded = parse_circular("pi != 3.141592653589793238463 or x > x")
    assert circular.decide(unbounded, refuting).verdict is not Verdict.REFUTED


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
        assert circular._seen_in_balls(whole, wanted, point) and circular._seen_in_intervals(whole, wanted, point), text
        no = logic.negate(wanted)
        assert not circular._seen_in_balls(whole, no, point) and not circular._seen_in_intervals(whole, no, point)


def test_vectors_do_not_know_them():
    with pytest.raises(BadInput):
        prove("||x|| <= pi", "||x|| <= 3", "x vector")

"""An optional engine: what an open verdict says where it is missing, and only where it could have been asked."""

from __future__ import annotations

import pytest

from verify.counterexamples import z3_models
from verify.language import logic
from verify.language.parser import parse_problem
from verify.language.verdict import Verdict
from verify.prover.api import prove
from verify.runtime.budget import Budget

OPEN = ("x^4*y^2 + x^2*y^4 - 3*x^2*y^2 + 1 + z^6 >= z^7 - 1000000", ["z > 0", "z < 2"])


@pytest.fixture
def missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(z3_models, "find_spec", lambda name: None)
    # An import of a module that is None in the table of modules fails as that of a missing one.
    monkeypatch.setitem(__import__("sys").modules, "z3", None)


@pytest.mark.parametrize(
    "statement, said",
    [
        ("x^2 + y/x >= Max(x, 0)", True),
        ("x^40 >= abs(x)", True),
        ("x^41 >= abs(x)", False),
        ("exp(x) >= y", False),
        ("x^y >= 1", False),
        ("sqrt(x) >= 1", False),
    ],
)
def test_a_missing_engine_is_named_where_it_speaks_the_language(statement, said, missing):
    assert bool(z3_models.unasked(parse_problem(statement, []))) is said


def test_an_engine_that_is_there_is_not_called_missing():
    assert z3_models.find_spec("z3") is not None, "the tests run with every extra"
    assert z3_models.unasked(parse_problem("x >= 1", [])) == ()


def test_an_open_verdict_says_that_an_engine_was_not_asked(missing):
    statement, assumptions = OPEN
    found = prove(parse_problem(statement, assumptions), work=300_000)
    assert found.verdict is Verdict.INCONCLUSIVE
    assert z3_models.MISSING in found.why


def test_a_decided_one_says_nothing_of_it(missing):
    for statement, verdict in (("x^2 >= 0", Verdict.PROVED), ("x^2 >= x", Verdict.REFUTED)):
        found = prove(parse_problem(statement, []))
        assert found.verdict is verdict
        assert z3_models.MISSING not in found.why


def test_without_the_engine_no_point_comes_from_it(missing):
    sequent = parse_problem("x^2 >= x", [])
    assert list(z3_models.models(sequent, parse_problem("x^2 < x", []).goal)) == []


@pytest.mark.parametrize(
    "statement, assumptions",
    [
        ("a^3*b + b^3*c + c^3*a <= 27/256", ["a >= 0, b >= 0, c >= 0", "a + b + c == 1"]),
        ("1/(a^3*(b + c)) + 1/(b^3*(c + a)) + 1/(c^3*(a + b)) >= 3/2", ["a, b, c > 0", "a*b*c == 1"]),
    ],
)
def test_a_question_of_high_degree_ends_by_its_count(statement, assumptions):
    """What z3 does not count ended by the brake, after a minute and without an answer."""
    sequent = parse_problem(statement, assumptions)
    budget = Budget(10**6, brake=60)
    with budget.running():
        assert list(z3_models.models(sequent, logic.negate(sequent.goal))) == []
    assert not budget.braked and budget.used < 2 * z3_models.WORK_OF_HIGHER


@pytest.mark.parametrize(
    "statement, assumptions",
    [("a*b*c <= 17/125", ["a + b + c == 0", "a^2 + b^2 + c^2 == 1"]), ("x^4 + y^4 >= x + y - 1/2", [])],
)
def test_one_that_is_soon_answered_is_answered(statement, assumptions):
    sequent = parse_problem(statement, assumptions)
    assert next(z3_models.models(sequent, logic.negate(sequent.goal)), None) is not None


@pytest.mark.parametrize(
    "statement, degree",
    [
        ("x*y <= x + 1", 2),
        ("1/x + 1/y <= 3", 2),
        ("1/x + 1/y + 1/z <= 3", 3),
        ("abs(x)^3 >= 0", 3),
        ("(x/y)^-2 == 1", 2),
    ],
)
def test_fractions_count_as_what_they_are_cleared_to(statement, degree):
    assert z3_models.degree([parse_problem(statement, []).goal]) == degree

"""Two sides with one root each, compared by their powers."""

import pytest

from tests.verify.prover.tactics.proving import only, trial, verdict
from verify.language.verdict import Verdict
from verify.prover.tactics.raised_sides import TACTIC

AB = "a, b > 0"


def test_a_statement_that_only_it_proves():
    only("raised_sides", "(a^4 + b^4)^(1/4) <= sqrt(a^2 + b^2)", [AB])


@pytest.mark.parametrize(
    ("statement", "assume"),
    [
        ("(a^3 + b^3)^(1/3) < sqrt(a^2 + b^2)", [AB]),
        ("(a^4 + b^4)^(1/4) <= (a^3 + b^3)^(1/3)", [AB]),
        ("(a^4 + b^4 + c^4)^(1/4) <= sqrt(a^2 + b^2 + c^2)", ["a, b, c > 0"]),
        ("(a + b)/2 <= ((a^3 + b^3)/2)^(1/3)", [AB]),
        ("2*(a^3 + b^3)^(1/3) < 2*sqrt(a^2 + b^2)", [AB]),
        ("(a^3 + b^3)^(2/3) < a^2 + b^2", [AB]),
        ("(a^2*b)^(1/3) <= (2*a + b)/3", [AB]),
    ],
)
def test_norms_and_roots(statement, assume):
    assert trial(statement, assume).run(TACTIC) is not None


@pytest.mark.parametrize(
    ("statement", "assume"),
    [
        ("(a^3 + b^3)^(1/3) > sqrt(a^2 + b^2)", [AB]),
        ("(a^4 + b^4)^(1/4) <= sqrt(a^2 + b^2) - b^3", [AB]),
        ("(a^3 + b^3)^(1/3) <= 3/4*(a + b)", [AB]),
        ("(a + b)/2 < ((a^3 + b^3)/2)^(1/3)", [AB]),
        ("(a^2)^(1/3) <= a^(2/3) - 1/1000", ["a > 0"]),
    ],
)
def test_what_is_false_by_a_little_is_not_proved(statement, assume):
    assert trial(statement, assume).run(TACTIC) is None
    assert verdict(statement, assume) is not Verdict.PROVED


def test_several_roots_and_sides_without_sign_are_given_up():
    assert trial("sqrt(a) + sqrt(b) <= sqrt(2*a + 2*b)", [AB]).run(TACTIC) is None
    assert trial("a^(1/3) <= b + c", ["a, c > 0, a <= b^3 + c^3"]).run(TACTIC) is None
    assert trial("a^(1/3) <= b", ["a, b > 0, a <= b^3"]).run(TACTIC) is not None

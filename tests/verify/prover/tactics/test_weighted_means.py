"""Inequalities between means, by bounds of every value by multiples of one."""

import pytest

from tests.verify.prover.tactics.proving import only, trial, verdict
from verify.language.verdict import Verdict
from verify.prover.tactics.weighted_means import TACTIC

XY, XYZ = "x, y > 0", "x, y, z > 0"


def test_a_statement_that_only_it_proves():
    only("weighted_means", "x^p + y^p <= (x + y)^p", [XY, "p >= 1"])


@pytest.mark.parametrize(
    ("statement", "assume"),
    [
        ("(x^p + y^p)/2 >= ((x + y)/2)^p", [XY, "p >= 1"]),
        ("(x^p + y^p)/2 <= ((x + y)/2)^p", [XY, "0 < p <= 1"]),
        ("w*x^p + (1 - w)*y^p >= (w*x + (1 - w)*y)^p", [XY, "p >= 1", "w in [0, 1]"]),
        ("(x^p + y^p + z^p)/3 >= ((x + y + z)/3)^p", [XYZ, "p > 1"]),
        ("x^p + y^p >= (x + y)^p", [XY, "0 < p <= 1"]),
        ("x*y <= x^p/p + y^q/q", [XY, "p, q > 1", "1/p + 1/q == 1"]),
        ("x^a*y^b <= a*x + b*y", [XY, "a, b > 0", "a + b == 1"]),
        ("x^a*y^b*z^(1 - a - b) <= a*x + b*y + (1 - a - b)*z", [XYZ, "a, b > 0", "a + b < 1"]),
        ("exp(w*x + (1 - w)*y) <= w*exp(x) + (1 - w)*exp(y)", ["0 <= w <= 1"]),
        ("exp((x + y + z)/3) <= (exp(x) + exp(y) + exp(z))/3", []),
    ],
)
def test_means_and_the_laws_of_jensen_and_young(statement, assume):
    assert trial(statement, assume).run(TACTIC) is not None


@pytest.mark.parametrize(
    ("statement", "assume"),
    [
        ("(x^p + y^p)/2 >= ((x + y)/2)^p", [XY, "p > 0"]),
        ("(x^p + y^p)/2 <= ((x + y)/2)^p", [XY, "p >= 1"]),
        ("w*x^p + (1 - w)*y^p >= (w*x + (1 - w)*y)^p", [XY, "p >= 1", "w >= 0"]),
        ("x^p + y^p >= (x + y)^p", [XY, "p >= 1"]),
        ("x*y <= x^p/p + y^q/q", [XY, "p, q > 1", "1/p + 1/q == 2/3"]),
        ("x*y <= x^p/q + y^q/p", [XY, "p, q > 1", "1/p + 1/q == 1"]),
        ("x^a*y^b <= b*x + a*y", [XY, "a, b > 0", "a + b == 1"]),
        ("exp(w*x + (1 - w)*y) <= w*exp(x) + (1 - w)*exp(y)", ["w >= 0"]),
        ("exp((x + y)/2) <= (exp(x) + exp(y))/2 - 1/1000", []),
    ],
)
def test_what_is_false_by_a_little_is_not_proved(statement, assume):
    assert verdict(statement, assume) is not Verdict.PROVED


def test_strict_inequalities_and_other_parts_are_given_up():
    assert trial("x^p + y^p < (x + y)^p", [XY, "p > 1"]).run(TACTIC) is None
    assert trial("x^p + y^p <= (x + y)^p + 1", [XY, "p >= 1"]).run(TACTIC) is None

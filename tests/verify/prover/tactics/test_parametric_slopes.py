"""A function with parameters, by its slopes in one variable from one point."""

import pytest

from tests.verify.prover.tactics.proving import proves_nothing, trial, verdict
from verify.language.verdict import Verdict
from verify.prover.tactics import parametric_slopes

WORK = 30_000_000  # units, as for a statement of a user: shares are of all of it; two million are used
BERNOULLI = "log(1 - p + p*exp(t)) <= p*t + t^2/8"


def test_only_it_proves():
    assert verdict(BERNOULLI, ["0 <= p <= 1"], work=WORK) is Verdict.PROVED
    assert verdict(BERNOULLI, ["0 <= p <= 1"], "parametric_slopes", work=WORK // 20) is Verdict.INCONCLUSIVE


@pytest.mark.parametrize(
    ("statement", "assume"),
    [
        ("log((b*exp(t*a) - a*exp(t*b))/(b - a)) <= t^2*(b - a)^2/8", "a < 0 < b"),
        ("log(p*exp(t*(1 - p)) + (1 - p)*exp(-t*p)) <= t^2/8", "0 < p < 1"),
    ],
)
def test_it_proves(statement: str, assume: str):
    assert verdict(statement, [assume], work=WORK) is Verdict.PROVED


@pytest.mark.parametrize(
    ("statement", "assume"),
    [
        ("log((b*exp(t*a) - a*exp(t*b))/(b - a)) <= t^2*(b - a)^2/9", "a < 0 < b"),
        ("log(1 - p + p*exp(t)) <= p*t + t^2/9", "0 <= p <= 1"),
        ("log(1 - p + p*exp(t)) <= p*t + t^2/8", "0 <= p <= 3/2, 1 - p + p*exp(t) > 0"),
        ("log(1 - p + p*exp(t)) < p*t + t^2/8", "0 <= p <= 1"),
    ],
)
def test_it_does_not_prove_what_is_false(statement: str, assume: str):
    proves_nothing(parametric_slopes.TACTIC, statement, [assume])


def test_it_gives_up_where_the_variable_stands_in_no_function():
    assert trial("x^2 + y^2 >= 2*x*y", []).run(parametric_slopes.TACTIC) is None
    assert trial("exp(x) >= 1 + x", []).run(parametric_slopes.TACTIC) is None
    assert trial("exp(x)*y >= (1 + x)*y", ["y >= 0"]).run(parametric_slopes.TACTIC) is not None

"""The tangent of a logarithm where the coefficients of the goal say."""

import pytest

from tests.verify.prover.tactics.proving import only, trial, verdict
from verify.language.verdict import Verdict
from verify.prover.tactics import scaled_tangents

WORK = 6_000_000  # units; what is proved takes about a million


def test_only_it_proves():
    only("scaled_tangents", "a*log(x) <= x", ["a > 0, x > 0, x >= 2*a*log(a)"], work=WORK // 6)


@pytest.mark.parametrize(
    ("statement", "assume"),
    [
        ("x >= a*log(x) + b", "a >= 1, b > 0, x >= 4*a*log(2*a) + 2*b"),
        ("log(n) <= e*n", "e > 0, n > 0, n >= 2/e*log(1/e)"),
        ("n*e >= 2*log(n) + log(1/d)", "0 < e <= 1, 0 < d < 1, n > 0, n >= 4/e*log(2/e) + 2/e*log(1/d)"),
    ],
)
def test_it_proves_bounds_of_sample_sizes(statement: str, assume: str):
    assert verdict(statement, [assume], work=WORK) is Verdict.PROVED


@pytest.mark.parametrize(
    ("statement", "assume"),
    [
        ("a*log(x) <= x", "a > 0, x > 0, x >= a*log(a)"),
        ("x >= a*log(x) + b", "a >= 1, b > 0, x >= 1, x >= a*log(2*a) + 2*b"),
        ("log(n) <= e*n", "e > 0, n > 0, n >= 3/(2*e)*log(1/(2*e))"),
    ],
)
def test_it_does_not_prove_what_is_false(statement: str, assume: str):
    assert verdict(statement, [assume]) is Verdict.INCONCLUSIVE


def test_it_gives_up_where_no_coefficient_says_where():
    assert trial("log(x) <= log(y)", ["0 < x, x <= y"]).run(scaled_tangents.TACTIC) is None
    assert trial("log(x) <= 3*x - 1", ["x > 0"]).run(scaled_tangents.TACTIC) is not None

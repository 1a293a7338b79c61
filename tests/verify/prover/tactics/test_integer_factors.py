"""Integers whose product is a number."""

import pytest

from tests.verify.prover.tactics.proving import only, trial, verdict
from verify.language.verdict import Verdict
from verify.prover.tactics import integer_factors

WORK = 1_000_000
WHOLE = "n, m, k integer"
TRUE = [
    ("n == m", ["n*m == 1"]),
    ("n <= 7 and m <= 7", ["n*m == 7"]),
    ("n <= 7", ["n^2 - m^2 == 7"]),
    ("n <= 6", ["n*m == -6"]),
    ("n <= 7", ["(n - 1)*(m + 2) == 6"]),
    ("n >= -5", ["(n - 1)*(m + 2) == 6"]),
    ("n <= 4", ["2*n*m^2 == 4"]),
    ("n*(n + 1) != 7", []),
    ("n <= 5", ["5 == n*m*k"]),
]
FALSE = [
    ("n == 1", ["n*m == 1"]),
    ("n == 7", ["n*m == 7", "n >= 1"]),
    ("n <= 3", ["n^2 - m^2 == 7"]),
    ("n <= 5", ["n*m == -6"]),
    ("n <= 6", ["(n - 1)*(m + 2) == 6"]),
    ("n >= -4", ["(n - 1)*(m + 2) == 6"]),
    ("n <= 1", ["2*n*m^2 == 4"]),
    ("n*(n + 1) != 6", []),
    ("n <= 4", ["5 == n*m*k"]),
    ("n <= 6", ["n*m == 0"]),
]


def test_only_it_proves():
    only("integer_factors", "n <= 7", [WHOLE, "(n - 1)*(m + 2) == 6"])


@pytest.mark.parametrize(("statement", "assume"), TRUE)
def test_it_proves(statement: str, assume: list[str]):
    assert verdict(statement, [WHOLE, *assume], work=WORK) is Verdict.PROVED


@pytest.mark.parametrize(("statement", "assume"), FALSE)
def test_it_does_not_prove_what_is_false(statement: str, assume: list[str]):
    assert verdict(statement, [WHOLE, *assume]) is Verdict.INCONCLUSIVE


@pytest.mark.parametrize("c", [1, -1, 2, -2, 12, -12, 60])
def test_every_factor_is_bounded_from_both_sides(c: int):
    found = trial("k == k + 1", [WHOLE, f"(n - m)*(n + 2*m) == {c}"])
    found.run(integer_factors.TACTIC)
    assert [f[::2] for f in found.new_facts] == [("<=", abs(c))] * 4


@pytest.mark.parametrize(
    "assume",
    [
        ["n, m integer", "n*m == 61"],  # a large number
        ["n integer", "n*m == 6"],  # a factor that is not whole
        ["n, m integer", "n*(m/2) == 3"],
        ["n, m integer", "n*m == 0"],
        ["n, m integer", "n*m == 1/2"],
        ["n, m integer", "n + m == 6"],  # no product
    ],
)
def test_it_gives_up(assume: list[str]):
    found = trial("n <= 100", assume)
    found.run(integer_factors.TACTIC)
    assert found.new_facts == []

"""Sums of terms that are not negative, and that never vanish together."""

import pytest

from tests.verify.prover.tactics.proving import only, proves_nothing, trial, verdict
from verify.language.verdict import Verdict
from verify.prover.tactics import exclusive_zeros

TRUE = [
    ("(1 - a*r)^2 + a^2*r^2*(d + 1)/m > 0", ["r > 0", "d integer, d >= 1", "m integer, m >= 1"]),
    ("(1 - a*r)^2*s + a^2*r^2*t/(m + 1) > 0", ["r != 0", "s > 0, t > 0, m >= 0"]),
    ("(1 - x)^2 + x^2*c > 0", ["c > 0"]),
    ("(1 - x)^2 + x^2*c != 0", ["c > 0"]),
    ("(1 - x*y)^2 + x^2 > 0", []),
    ("(1 - x*y)^2 + x^2*y^2 + z^4 > 0", []),
    ("(x - 1)^2 + (y - x)^2 + y^2 > 0", []),
    ("(b - a)^2 + c*(1 - b)^2 + a^2*d > 0", ["c > 0, d > 0"]),
    ("p*(1 - a*u)^2 + q*(1 - a*v)^2 > 0", ["p > 0, q > 0, u > v, v > 0"]),
    ("sqrt(x) + (1 - x)^2 > 0", ["x >= 0"]),
]
FALSE = [
    ("(1 - a*r)^2 + a^2*r^2*(d + 1)/m > 0", ["r > 0, d >= -1, m >= 1"]),
    ("(1 - a*r)^2*s + a^2*r^2*t/(m + 1) > 0", ["r != 0", "s > 0, t >= 0, m >= 0"]),
    ("(1 - x)^2 + (x - 1)^2*c > 0", ["c > 0"]),
    ("(1 - x*y)^2 + (x - y)^2 > 0", []),
    ("(1 - x*y)^2 + x^2*y^2*(z - 1)^2 > 0", []),
    ("(x - 1)^2 + (y - x)^2 + (y - 1)^2 > 0", []),
    ("p*(1 - a*u)^2 + q*(1 - a*v)^2 > 0", ["p > 0, q > 0, u >= v, v > 0"]),
    ("sqrt(x) + x^2 > 0", ["x >= 0"]),
]

WORK = 1_000_000


def test_only_it_proves():
    only("exclusive_zeros", "(b - a)^2 + c*(1 - b)^2 + a^2*d > 0", ["c > 0, d > 0"], work=WORK)


@pytest.mark.parametrize(("statement", "assume"), TRUE)
def test_it_proves(statement: str, assume: list[str]):
    assert trial(statement, assume).run(exclusive_zeros.TACTIC) is not None
    assert verdict(statement, assume, work=WORK) is Verdict.PROVED


@pytest.mark.parametrize(("statement", "assume"), FALSE)
def test_it_does_not_prove_what_is_false(statement: str, assume: list[str]):
    proves_nothing(exclusive_zeros.TACTIC, statement, assume)


def test_it_gives_up_where_a_term_has_no_visible_sign():
    assert trial("(1 - x*y)^2 + x^2 > 0", []).run(exclusive_zeros.TACTIC) is not None
    assert trial("(1 - x*y)^2 + x^2 + x > 0", []).run(exclusive_zeros.TACTIC) is None
    assert trial("(1 - x*y)^2 + x^2 >= 0", []).run(exclusive_zeros.TACTIC) is None

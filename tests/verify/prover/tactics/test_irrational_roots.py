"""Equations between integers that would make a quotient of them an irrational root."""

import pytest

from tests.verify.prover.tactics.proving import only, trial, verdict
from verify.language.verdict import Verdict
from verify.prover.tactics.irrational_roots import TACTIC

NM = "n, m integer"


def test_a_statement_that_only_it_proves():
    only("irrational_roots", "2*n^2 != m^2", [NM, "n >= 1"])


@pytest.mark.parametrize(
    ("statement", "assume"),
    [
        ("3*n^2 != m^2", [NM, "m != 0"]),
        ("n^3 != 2*m^3", ["n, m positive integers"]),
        ("n^3 != -2*m^3", ["n, m positive integers"]),
        ("n^2 != 2", ["n integer"]),
        ("2*n^4 != 9*m^4", [NM, "n < 0"]),
        ("n == 0", [NM, "6*n^2 == m^2"]),
        ("2*k^2*n^2 != m^2", ["k, n, m positive integers"]),
        ("n^2/2 != m^2", ["n, m positive integers"]),
    ],
)
def test_equations_of_two_powers(statement, assume):
    assert verdict(statement, assume) is Verdict.PROVED


@pytest.mark.parametrize(
    ("statement", "assume"),
    [
        ("2*n^2 != m^2", [NM]),
        ("8*n^2 != 2*m^2", ["n, m positive integers"]),
        ("4*n^2 != 9*m^2", ["n, m positive integers"]),
        ("n^3 != -8*m^3", [NM, "m != 0"]),
        ("2*x^2 != y^2", ["x, y > 0"]),
        ("2*n^2 != x^2", ["n positive integer"]),
        ("m == 1", [NM, "2*n^2 == m^2"]),
    ],
)
def test_what_has_a_solution_is_not_proved(statement, assume):
    assert trial(statement, assume).run(TACTIC) is None
    assert verdict(statement, assume) is not Verdict.PROVED


def test_more_than_two_powers_are_given_up():
    assert trial("n^2 + m^2 != 3*k^2", ["n, m, k positive integers"]).run(TACTIC) is None


@pytest.mark.parametrize(
    ("statement", "assume"),
    [
        ("n != m*sqrt(2)", [NM, "m != 0"]),
        ("n/m != sqrt(2)", [NM, "m >= 1"]),
        ("(n/m)^2 != 2", [NM, "m >= 1"]),
        ("n^3/m^3 != 5/7", [NM, "m >= 1"]),
        ("sqrt(3)*n + m != 0", [NM, "n != 0"]),
        ("n != m*2^(1/3)", [NM, "m != 0"]),
        ("n*sqrt(2) != m*sqrt(3)", [NM, "m != 0"]),
        ("n*sqrt(2) != m*2^(1/3)", [NM, "m != 0"]),
        ("n/m != sqrt(2)*sqrt(3)", [NM, "m >= 1"]),
    ],
)
def test_equations_with_roots_of_numbers(statement, assume):
    assert verdict(statement, assume) is Verdict.PROVED


@pytest.mark.parametrize(
    ("statement", "assume"),
    [
        ("n != m*sqrt(2)", [NM]),  # both are zero
        ("n != m*sqrt(4)", [NM, "m != 0"]),
        ("n != m*sqrt(9/4)", [NM, "m != 0"]),
        ("n*sqrt(2) != m*sqrt(8)", [NM, "m != 0"]),
        ("n != m*8^(1/3)", [NM, "m != 0"]),
        ("x != m*sqrt(2)", ["x real", "m integer", "m != 0"]),
        ("n != m*sqrt(2)*s", [NM, "m != 0", "s^2 == 2", "s > 0"]),
    ],
)
def test_equations_with_roots_that_have_a_solution(statement, assume):
    assert trial(statement, assume).run(TACTIC) is None
    assert verdict(statement, assume) is not Verdict.PROVED

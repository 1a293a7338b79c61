"""Whole powers in the prover: what it must prove about bases of any sign, and what it must not."""

import pytest

from verify.kernel import check
from verify.language.parser import parse_problem
from verify.language.verdict import Verdict
from verify.prover import prove

PROVED = [
    # a power with a sum as its exponent, of a base that is a difference
    ("(1 - q)^(n - 1) > 0", ["0 < q < 1", "n integer, n >= 2"]),
    ("(2 - x)^(n + 1) == (2 - x)*(2 - x)^n", ["x < 2", "n integer"]),
    ("(1 - a/2)^T >= 1 - a*T/2", ["0 < a < 1", "T integer, T >= 1"]),
    # signs and parity
    ("(-1)^(n + 2) == (-1)^n", ["n integer"]),
    ("(-1)^(n^3 - m) == (-1)^(n + m)", ["n, m integer"]),
    ("(-1)^(n*(n + 1)) == 1", ["n integer"]),
    ("(-1)^(4^n) == 1", ["n integer, n >= 1"]),
    ("(-1)^k <= 1 and (-1)^k != 0", ["k integer"]),
    ("(-3)^(2*k) == 9^k", ["k integer"]),
    ("(-x)^(2*n + 1) == -x^(2*n + 1)", ["n integer, n >= 0"]),
    ("(-2)^n*(-3)^n == 6^n", ["n integer"]),
    # irrational bases
    ("log(x)^(4*n + 2) >= 0", ["x > 0", "n integer, n >= 0"]),
    ("(-sqrt(3))^(2*n) == 3^n", ["n integer"]),
    ("(2 - sqrt(x))^n >= 0", ["0 <= x <= 4", "n integer, n >= 0"]),
    # squares
    ("(x - y)^(2*n) >= 0", ["n integer, n >= 0"]),
    ("x^(3*2^n) >= 0", ["n integer, n >= 1"]),
    ("x^(n^2 + n) >= 0", ["n integer, n >= 0"]),
    ("x^(2*n) + y^(2*n) >= 2*x^n*y^n", ["n integer, n >= 0"]),
    # bounds
    ("(x + y + z)^n >= x^n + y^n + z^n", ["x >= 0, y >= 0, z >= 0", "n integer, n >= 1"]),
    ("(1 + 2/n)^n >= 3", ["n integer, n >= 1"]),
    ("(1 + 1/n)^(2*n) >= 4", ["n integer, n >= 1"]),
    ("(1 - x)^n*(1 + n*x) <= 1", ["0 <= x <= 1", "n integer, n >= 0"]),
    ("(1 - 2*x)^n <= 1", ["0 <= x <= 1", "n integer, n >= 0"]),
    ("abs(x^n) <= 1", ["-1 <= x <= 1", "n integer, n >= 0"]),
    ("(1 - sqrt(3))^n < 1", ["n integer, n >= 1"]),
    ("x^n < 1", ["0 <= x < 1", "n integer, n >= 1"]),
    ("abs(x^n) == abs(x)^n", ["n integer, n >= 0"]),
    # a base is positive where a real power of it is defined
    ("x > 0", ["x^(2*y) >= 1"]),
    # 0^0 is 1, as x^0 is for every x
    ("0^0 == 1", []),
    ("2*0^0*x == 2*x", []),
    ("(x - x)^0 + 0^1 == 1", []),
    ("0^n == 1", ["n integer, n == 0"]),
    # powers of quotients
    ("x^m/y^m == (x/y)^m", ["x > 0, y > 0", "m integer"]),
    ("(x/y)^n == x^n/y^n", ["y != 0", "n integer, n >= 0"]),
    ("(2/3)^x == (3/2)^(-x)", []),
    ("(1/9)^x == 3^(-2*x)", []),
    ("(a/(a + b))^(n + 1) == a^(n + 1)/(a + b)^(n + 1)", ["a > 0, b > 0", "n integer, n >= 0"]),
]

FALSE = [
    ("(1 - q)^(n - 1) > 1/2", ["0 < q < 1", "n integer, n >= 2"]),
    ("(2 - x)^(n + 1) == (2 - x)^n", ["x < 2", "n integer"]),
    ("x^m/y^m == (x/y)^(m + 1)", ["x > 0, y > 0", "m integer"]),
    ("(-1)^(n^2) == 1", ["n integer"]),
    ("(-1)^(n*m) == (-1)^(n + m)", ["n, m integer"]),
    ("(-1)^(n*(n + 1)/2) == 1", ["n integer"]),
    ("(-1)^(2^n) == 1", ["n integer, n >= 0"]),
    ("(-3)^k == 3^k", ["k integer"]),
    ("(-x)^(2*n) == -x^(2*n)", ["n integer, n >= 1"]),
    ("log(x)^(2*n + 1) >= 0", ["x > 0", "n integer, n >= 0"]),
    ("log(x)^(2*n) > 0", ["x > 0", "n integer, n >= 1"]),
    ("x^(2^n) >= 0", ["n integer, n >= 0"]),
    ("x^(2*n) > 0", ["n integer, n >= 1"]),
    ("x^(-2*n) >= 0", ["n integer, n >= 1"]),
    ("(x + y)^n >= x^n + y^n", ["x >= 0, y >= 0", "n integer, n >= 0"]),
    ("(x + y)^n >= x^n + y^n", ["x >= -1, y >= 0", "n integer, n >= 1"]),
    ("(1 + 2/n)^n > 3", ["n integer, n >= 1"]),
    ("(1 - 2*x)^n >= 0", ["0 <= x <= 1", "n integer, n >= 0"]),
    ("abs(x^n) <= 1", ["-1 <= x <= 1", "n integer", "x != 0"]),
    ("(1 - sqrt(3))^n < 1", ["n integer, n >= 0"]),
    ("x^n < 1", ["0 <= x <= 1", "n integer, n >= 1"]),
    ("x^n < 1", ["-1 <= x < 1", "n integer, n >= 1"]),
    ("x > 0", ["x^(2*n) >= 1", "n integer"]),
    ("(x/y)^n == x^n/y^n", ["n integer, n >= 0"]),
    ("(1/9)^x == 3^(2*x)", []),
    ("0^0 == 0", []),
    ("0^(-1)*0 == 0", []),
    ("0^n == 1", ["n integer, n >= 0"]),
    ("0^x == 1", ["x == 0"]),  # a real power, which needs a positive base
]


@pytest.mark.parametrize("goal, hypotheses", PROVED, ids=[g for g, _ in PROVED])
def test_proves(goal, hypotheses):
    outcome = prove(parse_problem(goal, hypotheses))
    assert outcome.verdict is Verdict.PROVED, outcome.why
    check(outcome.certificate)


@pytest.mark.parametrize("goal, hypotheses", FALSE, ids=[g for g, _ in FALSE])
def test_does_not_prove(goal, hypotheses):
    assert prove(parse_problem(goal, hypotheses)).verdict is not Verdict.PROVED

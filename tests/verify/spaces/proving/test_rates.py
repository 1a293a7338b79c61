"""Rates of optimisation methods for all values of the parameters, each for a reason of its own; and a wrong one."""

from __future__ import annotations

import pytest

from verify.runtime.budget import SECOND
from verify.spaces.decide import decide
from verify.spaces.reading.plain import claim

POLYAK = [
    "x0, x1, xs vectors", "f mu-strongly convex, f L-smooth, mu > 0, L > mu", "grad f(xs) == 0",
    "x1 == x0 - gamma*grad f(x0)", "||grad f(x0)||^2 == 2*L*(2 - L*gamma)*(f(x0) - f(xs))",
    "gamma >= 1/L, gamma <= (2*L - mu)/L^2",
]  # fmt: skip
FIXED_POINT = [
    "x0, x1, xs vectors", "A 1-Lipschitz operator", "grad A(xs) == xs", "x1 == (1 - g)*x0 + g*grad A(x0)",
    "1/2 <= g, g < 1", "8*g^2 - 8*g + 1 <= 0",
]  # fmt: skip
HEAVY_BALL = [
    "x0, x1, xs vectors", "f mu-strongly convex, f L-smooth, mu > 0, L > mu", "grad f(xs) == 0",
    "b >= 0, b^2 == (1 - a*mu)*(1 - a*L)", "a > 0, a*L <= 1", "x1 == x0 - a*grad f(x0)",
]  # fmt: skip
QUADRATIC = [
    "x0, x1, xs, z vectors", "A symmetric operator, mu <= A <= L", "mu > 0, L > mu, h convex",
    "A*(xs - z) + grad h(xs) == 0", "x1 == x0 - gamma*A*(x0 - z) - gamma*grad h(x1)",
    "0 < gamma, gamma <= 2/(L + mu)",
]  # fmt: skip
LINE_SEARCH = [
    "x0, x1, xs, d0 vectors", "f mu-strongly convex, f L-smooth, mu > 0, L > mu", "grad f(xs) == 0",
    "<grad f(x1), d0> == 0", "<grad f(x1), x1 - x0> == 0", "||d0 - grad f(x0)||^2 <= e^2*||grad f(x0)||^2",
    "0 < e, e < 1",
]  # fmt: skip


@pytest.mark.parametrize(
    ("statement", "assumed"),
    [
        # divisors of different squares stand together in the identity
        ("f(x1) - f(xs) <= (gamma*L - 1)*(L*gamma*(3 - gamma*(L + mu)) - 1)*(f(x0) - f(xs))", POLYAK),
        # (g - 1)*(g + 1) is no factor beside g - 1 and g + 1
        ("(1/4)*||x1 - grad A(x1)||^2 <= (1/(16*g*(1 - g)))*||x0 - xs||^2", FIXED_POINT),
        # an equation for b that is not used for L
        ("f(x1) - f(xs) <= (1 - a*mu)*(f(x0) - f(xs))", HEAVY_BALL),
        # an equation between vectors, and operators on both sides
        ("||x1 - xs||^2 <= (1 - gamma*mu)^2*||x0 - xs||^2", QUADRATIC),
        # the divisor of the rate is not zero, whatever is known of vectors
        (
            "f(x1) - f(xs) <= (((1 + e)*L - (1 - e)*mu)/((1 + e)*L + (1 - e)*mu))^2*(f(x0) - f(xs))",
            LINE_SEARCH,
        ),
    ],
    ids=["polyak", "krasnoselskii-mann", "heavy ball", "quadratic", "line search"],
)
def test_a_rate_is_proved(statement: str, assumed: list[str]) -> None:
    outcome = decide(claim(statement, assumed), 10 * SECOND)
    assert outcome.verdict.key == "proved"
    assert outcome.certificate is not None


def test_a_better_one_is_not() -> None:
    statement = "(1/4)*||x1 - grad A(x1)||^2 <= (99/100)*(1/(16*g*(1 - g)))*||x0 - xs||^2"
    assert decide(claim(statement, FIXED_POINT), 2 * SECOND).verdict.key != "proved"

"""Operators before a vector: sums, multiples, products and powers mean what they mean for matrices."""

from __future__ import annotations

import pytest

from verify.runtime.errors import BadInput
from verify.spaces.decide import decide
from verify.spaces.meaning.elaborate import elaborate
from verify.spaces.reading.plain import claim

DECLARED = ["A, B symmetric operators, u vector"]


@pytest.mark.parametrize(
    "statement, verdict",
    [
        ("<A^2*u, u> == ||A*u||^2", "proved"),
        ("<A^3*u, u> == ||A*u||^2", "refuted"),
        ("||(1 - eta*A)*u||^2 == ||u||^2 - 2*eta*<A*u, u> + eta^2*||A*u||^2", "proved"),
        ("||(1 - eta*A)*u||^2 == ||u||^2 - eta*<A*u, u> + eta^2*||A*u||^2", "refuted"),
        ("((A + B)/2)*u == (1/2)*A*u + (1/2)*B*u", "proved"),
        ("(A - B)*u == A*u + B*u", "refuted"),
        ("(2*A)*(3*B)*u == 6*A*B*u", "proved"),
        ("A*B*u == B*A*u", "refuted"),
        ("A^0*u == u", "proved"),
        ("-A*u == A*(-u)", "proved"),
    ],
)
def test_operators_are_applied_as_they_are_written(statement: str, verdict: str) -> None:
    assert decide(claim(statement, DECLARED)).verdict.key == verdict


@pytest.mark.parametrize("operator", ["A^100", "(A + B)^12", "*".join(["(A + B)"] * 40), "((A + B)^3)^3"])
def test_what_would_explode_is_refused(operator: str) -> None:
    with pytest.raises(BadInput, match="more than 64 operators"):
        elaborate(claim(f"({operator})*u == 0", DECLARED))
    with pytest.raises(BadInput, match="more than 64 operators"):
        elaborate(claim(f"{operator}*u == 0", DECLARED))
    elaborate(claim("((A + B)^3)*u == 0", DECLARED))

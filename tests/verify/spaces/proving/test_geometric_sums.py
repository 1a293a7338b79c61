"""Geometric sums in recursions: bounds that are unrolled into a sum, and bounds that are one term short."""

from __future__ import annotations

import pytest

from verify.kernel.spaces.terms import bound
from verify.language.verdict import Verdict
from verify.spaces.decide import decide
from verify.spaces.proving.geometric_sums import closed_forms
from verify.spaces.reading.plain import claim

WORK = 4_000_000
KNOWN = ["T integer", "D family", "T >= 1", "0 < q", "q < 1", "b >= 0", "D[t+1] <= q*D[t] + b for t in 0..T-1"]


@pytest.mark.parametrize(
    ("bounded", "verdict"),
    [
        ("q^T*D[0] + b*sum(q^k for k in 0..T-1)", Verdict.PROVED),
        ("q^T*D[0] + b*sum(q^k for k in 1..T-1)", Verdict.REFUTED),
        ("q^T*D[0] + b*sum(q^k for k in 1..T)", Verdict.REFUTED),
    ],
)
def test_a_recursion_unrolls_into_a_sum(bounded: str, verdict: Verdict) -> None:
    assert decide(claim(f"D[T] <= {bounded}", KNOWN), WORK).verdict is verdict


def test_the_closed_form_is_of_sums_of_powers_that_end_at_the_integer() -> None:
    power, other = ("^", "q", bound(0)), ("^", bound(0), 2)
    goal = ("<=", "x", ("+", ("sum", 0, "n", ("*", "c", power)), ("sum", 0, "n", other), ("sum", 0, "m", power)))
    (found,) = closed_forms(goal, "n")
    assert found[1] == ("*", ("+", 1, ("-", "q")), ("sum", 0, "n", power))
    assert found[2] == ("+", ("^", "q", 0), ("-", ("^", "q", ("+", "n", 1))))

"""Rules of roots of polynomials: used rightly each is accepted; without any one condition, refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.verify.kernel.reals_proofs import (
    EMPTY,
    POSITIVE,
    Cases,
    minus,
    node,
    rows,
    sturm,
    theorem,
    tried,
)

CASES: Cases = {
    "sturm": [
        (theorem(["<", "0", ["+", ["^", "x", "2"], "1"]], sturm(None, None)), None),
        (theorem(["<=", "0", minus(["^", "x", "2"], "x")], sturm("1", None), ["<=", "1", "x"]), None),
        (theorem(["<", "0", minus("x", ["^", "x", "2"])], sturm("0", "1"), POSITIVE, ["<", "x", "1"]), None),
        (
            theorem(["<", "0", minus("x", ["^", "x", "2"])], sturm("0", "1"), ["<=", "0", "x"], ["<", "x", "1"]),
            "the signs do not give",
        ),
        (theorem(["<", "0", "x"], sturm("0", None)), "the lower bound is not known"),
        (theorem(["<", "x", "0"], sturm(None, "0")), "the upper bound is not known"),
        (theorem(["<", "0", "x"], sturm("1", "1"), ["<=", "1", "x"], ["<=", "x", "1"]), "two different ends"),
        (theorem(["<=", "0", ["^", "x", "3"]], sturm(None, None)), "a root inside"),
        (theorem(["==", ["^", "x", "2"], "-1"], sturm(None, None)), "not an inequality"),
        (theorem(["<=", "0", ["*", "0", "x"]], sturm(None, None)), "not a polynomial"),
        (theorem(["<", "0", ["+", "y", ["^", "x", "2"]]], sturm(None, None)), "in that variable alone"),
        # 1/(1/x) is x only where x is not zero
        (
            theorem(
                ["and"],
                node("have", formula=["<=", "0", ["/", "1", ["/", "1", "x"]]], proof=sturm("0", "1"), then=EMPTY),
                ["<=", "0", "x"],
                ["<", "x", "1"],
            ),
            "a divisor in the polynomial",
        ),
        (
            theorem(
                ["and"],
                node("have", formula=["<=", "0", ["/", "1", ["/", "1", "x"]]], proof=sturm("0", "1"), then=EMPTY),
                POSITIVE,
                ["<", "x", "1"],
            ),
            None,
        ),
    ],
}


@pytest.mark.parametrize(("rule", "certificate", "reason"), rows(CASES))
def test_rule(rule: str, certificate: dict[str, Any], reason: str | None) -> None:
    tried(rule, certificate, reason)

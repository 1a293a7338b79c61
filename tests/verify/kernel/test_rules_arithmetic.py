"""Rules of arithmetic: used rightly each is accepted; without any one condition, refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.verify.kernel.reals_proofs import (
    EMPTY,
    FALSE,
    POSITIVE,
    RING,
    SIGN,
    Cases,
    minus,
    node,
    psatz,
    rows,
    theorem,
    tried,
)

INVERSE_TO_0 = ["^", ["/", "1", "x"], "0"]
CASES: Cases = {
    "ring": [
        (theorem(["==", ["*", minus("x", "y"), ["+", "x", "y"]], minus(["^", "x", "2"], ["^", "y", "2"])], RING), None),
        (
            theorem(
                ["==", "x", "0"],
                node("ring", cofactors=[[["==", ["*", "2", "x"], "0"], "1/2"]]),
                ["==", ["*", "2", "x"], "0"],
            ),
            None,
        ),
        (theorem(["and"], node("have", formula=["==", ["/", "x", "x"], "1"], proof=RING, then=EMPTY), POSITIVE), None),
        (theorem(["and"], node("have", formula=["==", ["/", "x", "x"], "1"], proof=RING, then=EMPTY)), "does not hold"),
        (
            theorem(["==", "x", "0"], node("ring", cofactors=[[["==", ["*", "2", "x"], "0"], "1/2"]])),
            "no known equation",
        ),
        (theorem(["==", "x", "0"], node("ring", cofactors=[[["==", ["*", "2", "x"], "0"]]])), "and its cofactor"),
        (theorem(["==", "x", "y"], RING), "does not hold"),
        (theorem(["<=", "x", "x"], RING), "not an equation"),
        (
            theorem(["and"], node("have", formula=["==", ["/", "x", minus("x", "x")], "1"], proof=RING, then=EMPTY)),
            "identically zero",
        ),
        (theorem(["==", ["^", "0", "0"], "1"], RING), None),
        (theorem(["==", ["^", minus("x", "x"), "0"], "1"], RING), None),
        (theorem(["==", ["^", "0", "0"], "0"], RING), "does not hold"),
        (theorem(["and"], node("have", formula=["==", INVERSE_TO_0, "1"], proof=RING, then=EMPTY), POSITIVE), None),
        (theorem(["and"], node("have", formula=["==", INVERSE_TO_0, "1"], proof=RING, then=EMPTY)), "does not hold"),
        (
            theorem(["and"], node("have", formula=["==", ["^", "0", "-1"], "1"], proof=RING, then=EMPTY)),
            "identically zero",
        ),
    ],
    "psatz": [
        (
            theorem(
                FALSE,
                psatz(["1", [["<", "x", "y"]], "1"], ["1", [["<=", "y", "x"]], "1"]),
                ["<", "x", "y"],
                ["<=", "y", "x"],
            ),
            None,
        ),
        (
            theorem(
                FALSE,
                psatz(["1", [["!=", "x", "0"]], "1"], cofactors=[[["==", "x", "0"], ["-", "x"]]]),
                ["!=", "x", "0"],
                ["==", "x", "0"],
            ),
            None,
        ),
        (
            theorem(
                FALSE,
                psatz(["1", [["<=", "x", "y"]], "1"], ["1", [["<=", "y", "x"]], "1"]),
                ["<=", "x", "y"],
                ["<=", "y", "x"],
            ),
            "no term of the sum is positive",
        ),
        (
            theorem(FALSE, psatz(["1", [["<", "x", "y"]], "x"], ["1", [["<", "y", "x"]], "x"]), ["<", "x", "y"]),
            "a relation",
        ),
        (theorem(FALSE, psatz(["-1", [], "1"], ["1", [], "1"])), "not positive"),
        (theorem(FALSE, psatz(["0", [], "1"])), "not positive"),
        (theorem(FALSE, psatz(["1", [["<", "x", "y"]], "1"]), ["<", "x", "y"]), "not identically zero"),
        (
            theorem(
                FALSE, psatz(["1", [], "1"], cofactors=[[["==", "x", "0"], ["-", ["/", "1", "x"]]]]), ["==", "x", "0"]
            ),
            "not identically zero",
        ),  # 1 - x/x, at x = 0
        (theorem(FALSE, psatz(["1", [["<", "x", "y"]]])), "expected a coefficient"),
        (theorem(FALSE, psatz(["1", [["==", "x", "y"]], "1"]), ["==", "x", "y"]), "a relation of the sum"),
        (
            theorem(
                FALSE,
                psatz(["1", [], "x"], cofactors=[[["==", ["^", "x", "2"], "0"], "-1"]]),
                ["==", ["^", "x", "2"], "0"],
            ),
            "no term of the sum is positive",
        ),  # x^2, which may be zero
    ],
    "sign": [
        (
            theorem(
                ["<", "0", ["*", "x", "y"]], node("sign", factors=[["x", "1"], ["y", "1"]]), POSITIVE, ["<", "0", "y"]
            ),
            None,
        ),
        (theorem(["<=", "0", ["*", "x", "x"]], node("sign", factors=[["x", "2"]])), None),
        (
            theorem(
                ["!=", ["*", "x", "y"], "0"],
                node("sign", factors=[["-1", "1"], ["x", "1"], ["y", "1"]]),
                ["!=", "x", "0"],
                ["!=", "y", "0"],
            ),
            None,
        ),
        (theorem(["<", "0", ["*", "x", "x"]], node("sign", factors=[["x", "2"]])), "the signs do not give"),
        (theorem(["<", "0", ["*", "2", "x"]], SIGN, POSITIVE), "not that product"),
        (theorem(["<", "0", "x"], node("sign", factors=[["x", "1"], ["1", "0"]]), POSITIVE), "a non-zero integer"),
        (theorem(["<", "0", "x"], node("sign", factors=[["x", "1/2"]]), POSITIVE), "a non-zero integer"),
        (theorem(["<", "0", "x"], node("sign", factors=[["x"]]), POSITIVE), "and its exponent"),
        (theorem(["and", POSITIVE], node("sign", factors=[["x", "1"]])), "the signs do not give"),
        (
            theorem(
                ["and"],
                node(
                    "have",
                    formula=["<=", "0", ["/", ["^", "x", "2"], "x"]],
                    then=EMPTY,
                    proof=node("sign", factors=[["x", "2"], ["x", "-1"]]),
                ),
                ["<=", "0", "x"],
            ),
            "not that product",
        ),
    ],
}


@pytest.mark.parametrize(("rule", "certificate", "reason"), rows(CASES))
def test_rule(rule: str, certificate: dict[str, Any], reason: str | None) -> None:
    tried(rule, certificate, reason)

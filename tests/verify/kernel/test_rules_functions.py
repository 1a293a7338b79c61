"""Rules of values and slopes of functions: used rightly each is accepted; without any one condition, refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.verify.kernel.reals_proofs import FALLS, RISES, Cases, node, numeric, rows, side, slope, theorem, tried

CASES: Cases = {
    "numeric": [
        (theorem(["<=", ["exp", "1"], "3"], numeric(["exp", "1"], "2", "3")), None),
        (theorem(["<=", "1/2", ["log", "2"]], numeric(["log", "2"], "1/2", "1")), None),
        (theorem(["<=", ["^", "2", "1/2"], "3/2"], numeric(["^", "2", "1/2"], "1", "3/2")), None),
        (theorem(["<=", ["exp", "1"], "5/2"], numeric(["exp", "1"], "2", "5/2")), "not seen to lie"),
        (theorem(["<=", ["log", "2"], "1/2"], numeric(["log", "2"], "0", "1/2")), "not seen to lie"),
        (theorem(["<=", ["sqrt", "4"], "-3"], numeric(["sqrt", "4"], "0", "-3")), "not a function with numeric bounds"),
        (theorem(["and"], numeric(["sqrt", "-4"], "0", "3")), "not a function with numeric bounds"),
        (theorem(["and"], numeric(["log", "-1"], "-9", "9")), "not seen to lie"),
        (theorem(["and"], numeric(["min", "1", "2"], "0", "3")), "not a function with numeric bounds"),
        (theorem(["and"], numeric(["exp", "x"], "0", "3")), "not a value at a number"),
        (theorem(["and"], numeric("1", "0", "3")), "not a value at a number"),
        (theorem(["and"], numeric(["exp", "10001"], "0", "3")), "the argument of exp is too large"),
        (theorem(["and"], numeric(["^", "2", "201"], "0", "3")), "the exponent is too large"),
    ],
    "slope": [
        (
            slope(
                ["<=", "0", ["^", "x", "2"]],
                node("sign", factors=[["0", "2"]]),
                side(RISES, [["2", "1"], ["z", "1"]]),
                side(FALLS, [["-2", "1"], ["z", "1"]]),
            ),
            None,
        ),
        (slope(["<=", "0", ["^", "x", "3"]]), "not among the facts"),
        (slope(["==", "0", "x"]), "not an inequality"),
        (slope(["<=", "0", ["abs", "x"]]), "abs is not differentiated"),
        (slope(["<=", "0", ["max", "x", "1"]]), "max is not differentiated"),
        (slope(["<=", "0", "x"], new="y"), "already used"),
    ],
}


@pytest.mark.parametrize(("rule", "certificate", "reason"), rows(CASES))
def test_rule(rule: str, certificate: dict[str, Any], reason: str | None) -> None:
    tried(rule, certificate, reason)

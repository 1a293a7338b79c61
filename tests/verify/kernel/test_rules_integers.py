"""Rules of integers: used rightly each is accepted; without any one condition, refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.verify.kernel.reals_proofs import (
    FALSE,
    HALF_ODD,
    KNOWN,
    SQUARES,
    Cases,
    induction,
    irrational,
    node,
    psatz,
    residues,
    rows,
    theorem,
    tried,
)

TWICE = ["==", ["*", "2", ["^", "n", "2"]], ["^", "k", "2"]]
FOUR = ["==", ["*", "4", ["^", "n", "2"]], ["^", "k", "2"]]
CUBES = ["==", ["*", "4", ["^", "n", "3"]], ["*", "-1/3", ["^", "k", "3"]]]
MINUS = ["==", ["*", "-4", ["^", "n", "2"]], ["^", "k", "2"]]
REAL = ["==", ["*", "2", ["^", "n", "2"]], ["^", "x", "2"]]
SUM = ["==", ["*", "2", ["^", ["+", "n", "1"], "2"]], ["^", "k", "2"]]
LINES = ["==", ["*", "2", "n"], "k"]
NOT_ZERO = ["!=", "n", "0"]
ROOT_CASES: list[tuple[Any, str | None]] = [
    (theorem(FALSE, irrational(TWICE, "k", "n", "2"), TWICE, NOT_ZERO), None),
    (theorem(FALSE, irrational(TWICE, "n", "k", "1/2", multiple="1/2"), TWICE, ["!=", "k", "0"]), None),
    (theorem(FALSE, irrational(CUBES, "k", "n", "-12", "3", "-3"), CUBES, NOT_ZERO), "the equation does not say that"),
    (theorem(FALSE, irrational(CUBES, "k", "n", "-12", "3", "3"), CUBES, NOT_ZERO), None),
    (theorem(FALSE, irrational(MINUS, "k", "n", "-4"), MINUS, NOT_ZERO), None),
    (theorem(FALSE, irrational(SUM, "k", ["+", "n", "1"], "2"), SUM, ["<=", "0", "n"]), None),
    (theorem(FALSE, irrational(TWICE, "k", "n", "2"), TWICE), "the divisor may be zero"),
    (theorem(FALSE, irrational(TWICE, "k", "n", "2"), NOT_ZERO), "the equation is not known"),
    (theorem(FALSE, irrational(FOUR, "k", "n", "4"), FOUR, NOT_ZERO), "the root is rational"),
    (theorem(FALSE, irrational(FOUR, "k", "n", "2"), FOUR, NOT_ZERO), "the equation does not say that"),
    (theorem(FALSE, irrational(TWICE, "k", "n", "2", multiple="1"), TWICE, NOT_ZERO), "the equation does not say that"),
    (theorem(FALSE, irrational(REAL, "x", "n", "2"), REAL, NOT_ZERO), "not about integers"),
    (theorem(FALSE, irrational(LINES, "k", "n", "2", "1"), LINES, NOT_ZERO), "a degree is a whole number"),
    (theorem(FALSE, irrational(TWICE, "k", "n", "2", "-2"), TWICE, NOT_ZERO), "a degree is a whole number"),
    (theorem(FALSE, irrational(TWICE, "k", "n", "2", "2/3"), TWICE, NOT_ZERO), "a degree is a whole number"),
    (theorem(FALSE, irrational(TWICE, "k", "n", "2", "101"), TWICE, NOT_ZERO), "a degree is a whole number"),
]
CASES: Cases = {
    "irrational": ROOT_CASES,
    "residues": [
        (theorem(FALSE, residues(SQUARES, "4"), SQUARES), None),
        (theorem(FALSE, residues(HALF_ODD, "2"), HALF_ODD), None),  # 2 n == 4 k + 1
        (
            theorem(
                FALSE,
                residues(["==", ["^", "2", "k"], ["+", ["*", "2", "n"], "1/2"]], "2"),
                ["==", ["^", "2", "k"], ["+", ["*", "2", "n"], "1/2"]],
                ["<=", "0", "k"],
            ),
            None,
        ),
        (
            theorem(
                FALSE,
                residues(["==", ["^", "2", "k"], ["+", ["*", "2", "n"], "1/2"]], "2"),
                ["==", ["^", "2", "k"], ["+", ["*", "2", "n"], "1/2"]],
            ),
            "not about integers",
        ),  # k = -1, n = 0
        (theorem(FALSE, residues(SQUARES, "4")), "the equation is not known"),
        (theorem(FALSE, residues(["<", "n", "k"], "4"), ["<", "n", "k"]), "the equation is not known"),
        (theorem(FALSE, residues(SQUARES, "3"), SQUARES), "has a solution modulo"),
        (theorem(FALSE, residues(SQUARES, "1"), SQUARES), "a whole number above 1"),
        (theorem(FALSE, residues(SQUARES, "-4"), SQUARES), "a whole number above 1"),
        (theorem(FALSE, residues(SQUARES, "4000"), SQUARES), "too many residues"),
        (theorem(FALSE, residues(["==", "n", ["/", "3", "k"]], "4"), ["==", "n", ["/", "3", "k"]]), "not a polynomial"),
        (theorem(FALSE, residues(["==", "x", "1/2"], "2"), ["==", "x", "1/2"]), "not about integers"),
    ],
    "induction": [
        (
            theorem(
                ["<=", "0", ["*", "n", "n"]],
                induction("0", node("sign", factors=[["0", "2"]]), node("sign", factors=[[["+", "n", "1"], "2"]])),
                ["<=", "0", "n"],
            ),
            None,
        ),
        (theorem(["<=", "0", "n"], induction("0", KNOWN, psatz())), "the start of the induction"),
        (theorem(["<=", "n", "n"], induction("n"), ["<=", "n", "n"]), "the start of the induction"),
        (theorem(["<=", "0", "x"], induction("0", variable="x"), ["<=", "0", "x"]), "over integers"),
        (theorem(["<=", "0", "n"], induction("1/2"), ["<=", "1/2", "n"]), "over integers"),
        (theorem(["<=", "0", "n"], induction("y"), ["<=", "y", "n"]), "over integers"),
        # what is known about n at the start is not known at n + 1
        (theorem(["<=", "n", "3"], induction("0"), ["<=", "0", "n"], ["<=", "n", "3"]), "not among the facts"),
    ],
}


@pytest.mark.parametrize(("rule", "certificate", "reason"), rows(CASES))
def test_rule(rule: str, certificate: dict[str, Any], reason: str | None) -> None:
    tried(rule, certificate, reason)

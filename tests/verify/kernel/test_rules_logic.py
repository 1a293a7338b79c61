"""Rules of logic: used rightly each is accepted; without any one condition, refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.verify.kernel.reals_proofs import (
    EMPTY,
    FALSE,
    KNOWN,
    POSITIVE,
    SIGN,
    Cases,
    inside,
    node,
    rows,
    theorem,
    tried,
)

CASES: Cases = {
    "known": [
        (theorem(["<=", "0", "x"], KNOWN, POSITIVE), None),
        (theorem(["!=", "x", "0"], KNOWN, POSITIVE), None),
        (theorem(["<", "0", "x"], KNOWN, ["<=", "0", "x"]), "not among the facts"),
        (theorem(["<", "0", "x"], KNOWN, ["!=", "0", "x"]), "not among the facts"),
        (theorem(["==", "x", "y"], KNOWN, ["<=", "y", "x"]), "not among the facts"),
        (theorem(FALSE, KNOWN), "not among the facts"),
        (theorem(["<", "1", "1"], KNOWN), "not among the facts"),
    ],
    "split": [
        (inside(["and", POSITIVE, ["<=", "0", "x"]], node("split", proofs=[KNOWN, KNOWN]), POSITIVE), None),
        (inside(["or", POSITIVE, ["<=", "x", "0"]], node("split", proofs=[KNOWN])), None),
        (theorem(["and"], EMPTY), None),
        (inside(["and", POSITIVE, ["<", "y", "0"]], node("split", proofs=[KNOWN]), POSITIVE), "one proof for each"),
        (theorem(FALSE, node("split", proofs=[KNOWN])), "a disjunction leaves one proof"),
        (theorem(FALSE, EMPTY), "a disjunction leaves one proof"),
        (inside(["or", POSITIVE, ["<", "x", "0"]], node("split", proofs=[KNOWN])), "not among the facts"),
        (theorem(POSITIVE, EMPTY), "only a conjunction"),
    ],
    "have": [
        (theorem(POSITIVE, node("have", formula=["<", "0", "x"], proof=KNOWN, then=KNOWN), POSITIVE), None),
        (theorem(POSITIVE, node("have", formula=["<", "0", "x"], proof=KNOWN, then=KNOWN)), "not among the facts"),
        (theorem(["and"], node("have", formula=["==", "w", "w"], proof=KNOWN, then=KNOWN)), "not declared here"),
    ],
    "cases": [
        (
            theorem(
                ["<=", "0", ["*", "x", "x"]],
                node(
                    "cases", formula=POSITIVE, yes=SIGN | {"factors": [["x", "2"]]}, no=SIGN | {"factors": [["x", "2"]]}
                ),
            ),
            None,
        ),
        (theorem(["<=", "0", "x"], node("cases", formula=POSITIVE, yes=KNOWN, no=KNOWN)), "not among the facts"),
    ],
    "either": [
        (
            theorem(
                ["!=", "x", "0"],
                node("either", formula=["or", POSITIVE, ["<", "x", "0"]], proofs=[KNOWN, KNOWN]),
                ["or", POSITIVE, ["<", "x", "0"]],
            ),
            None,
        ),
        (
            theorem(["!=", "x", "0"], node("either", formula=["or", POSITIVE, ["<", "x", "0"]], proofs=[KNOWN, KNOWN])),
            "not a known disjunction",
        ),
        (
            theorem(
                ["!=", "x", "0"],
                node("either", formula=["or", POSITIVE, ["<", "x", "0"]], proofs=[KNOWN]),
                ["or", POSITIVE, ["<", "x", "0"]],
            ),
            "not a known disjunction",
        ),
        (theorem(FALSE, node("either", formula=FALSE, proofs=[])), "not a known disjunction"),
    ],
}


@pytest.mark.parametrize(("rule", "certificate", "reason"), rows(CASES))
def test_rule(rule: str, certificate: dict[str, Any], reason: str | None) -> None:
    tried(rule, certificate, reason)

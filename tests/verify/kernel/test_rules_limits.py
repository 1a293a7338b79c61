"""Rules of limits: used rightly each is accepted; without any one condition, refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.verify.kernel.reals_proofs import (
    KNOWN,
    POSITIVE,
    Cases,
    compose,
    limit,
    minus,
    node,
    rows,
    theorem,
    tried,
)

CASES: Cases = {
    "limit": [
        (theorem(["limit", ["/", "1", "x"], "x", "oo", "0"], limit(KNOWN)), "not among the facts"),
        (theorem(["limit", ["/", "1", "x"], "x", "oo", "0"], limit(node("sign", factors=[["-1", "1"]]))), None),
        (
            theorem(["limit", ["/", "y", "x"], "x", "oo", "1"], limit(node("sign", factors=[["-1", "1"]]))),
            "does not tend",
        ),
        (theorem(["limit", "x", "x", "oo", "0"], limit()), "does not tend to 0"),
        (theorem(["limit", "x", "x", "0+", "0"], limit()), None),
        (theorem(["limit", "n", "n", "0+", "0"], limit()), "over real numbers"),
        (theorem(["limit", ["/", "1", "n"], "n", "oo", "0"], limit(node("sign", factors=[["-1", "1"]]))), None),
        (theorem(["limit", ["/", "1", "x"], "x", "oo", "0"], limit(), POSITIVE), "variable is not free"),
        (theorem(["limit", "x", "x", "oo", "x"], limit()), "variable is not free"),
        (theorem(["limit", ["exp", "x"], "x", "oo", "0"], limit()), "not a rational function"),
        # undefined for large x, though nothing of it is left in the polynomial
        (theorem(["limit", ["^", ["log", ["-", "x"]], "0"], "x", "oo", "1"], limit()), "not a rational function"),
        (theorem(["limit", ["*", "0", ["sqrt", ["-", "x"]]], "x", "oo", "0"], limit()), "not a rational function"),
        (theorem(["limit", ["*", "0", ["log", "y"]], "x", "oo", "0"], limit(KNOWN)), "not among the facts"),
        (theorem(["limit", ["^", ["/", "1", "y"], "0"], "x", "oo", "1"], limit(KNOWN)), "not among the facts"),
        (theorem(["limit", ["^", ["/", "x", "y"], "0"], "x", "oo", "1"], limit(KNOWN)), "not among the facts"),
        (theorem(["limit", ["^", ["/", "1", minus("x", "x")], "0"], "x", "oo", "1"], limit()), "identically zero"),
        (theorem(["limit", "x", "x", "0+", ["*", "0", ["log", "y"]]], limit(KNOWN)), "not among the facts"),
        (theorem(["==", "x", "x"], limit()), "not a limit"),
        (theorem(["limit", "x", "x", "-oo", "0"], limit()), "at oo or at 0+"),
        (theorem(["limit", "x", "x", "0+"], limit()), "at oo or at 0+"),
        (theorem(["limit", "x", "x", "0+", "0"], KNOWN), "not for limits"),
        (theorem(["limit", "y", "x", "0+", "0"], limit(), definitions=[["x", "1"]]), "limit variable is defined"),
    ],
    "compose": [
        (
            theorem(
                ["limit", ["*", "2", ["/", "1", "x"]], "x", "oo", ["*", "2", "0"]],
                compose(["*", "2", "s"], ["/", "1", "x"], "0", inside=node("sign", factors=[["-1", "1"]])),
            ),
            None,
        ),
        (
            theorem(
                ["limit", ["/", "1", "x"], "x", "0+", ["/", "1", "0"]], compose(["/", "1", "s"], "x", "0", then=KNOWN)
            ),
            "not among the facts",
        ),  # 1/0
        (
            theorem(["limit", ["*", "2", "x"], "x", "0+", ["*", "2", "0"]], compose(["*", "3", "s"], "x", "0")),
            "not that function",
        ),
        (theorem(["limit", ["exp", "x"], "x", "0+", ["exp", "0"]], compose(["exp", "s"], "x", "0")), "not a rational"),
        (
            theorem(["limit", ["+", "x", "x"], "x", "0+", ["+", "0", "x"]], compose(["+", "s", "x"], "x", "0")),
            "is not free",
        ),
        (
            theorem(
                ["limit", ["*", "2", "x"], "x", "0+", ["*", "2", "0"]], compose(["*", "2", "y"], "x", "0", new="y")
            ),
            "already used",
        ),
        (theorem(["==", "x", "x"], compose("s", "x", "0")), "not a limit"),
    ],
}


@pytest.mark.parametrize(("rule", "certificate", "reason"), rows(CASES))
def test_rule(rule: str, certificate: dict[str, Any], reason: str | None) -> None:
    tried(rule, certificate, reason)

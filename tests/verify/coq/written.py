"""Certificates written by hand, for what the search seldom needs: numbers that are whole by more than their form."""

from __future__ import annotations

from typing import Any

from tests.verify.kernel.reals_proofs import KNOWN, axiom, node, psatz, theorem

TRIANGLE = ["/", ["*", "n", ["+", "n", "1"]], "2"]
CUBIC = ["+", ["*", "1/6", ["^", "n", "3"]], ["*", "5/6", "n"], ["*", "1/2", "k", ["+", "k", "-1"]]]
NATURAL = ["<=", "0", "n"]
WHOLE = ["^", "2", "n"]  # is whole where 0 <= n
BELOW = ["+", WHOLE, "-1"]


def gap(m: Any) -> dict[str, Any]:
    """From m < k that m + 1 <= k, where the form of m shows that it is an integer."""
    return theorem(["<=", ["+", m, "1"], "k"], axiom("gap", m, "k"), ["<", m, "k"])


def whole_power() -> dict[str, Any]:
    """0 <= x^(2^n) where 0 <= x, by its slope: 2^n x^(2^n - 1) is defined since 0 <= 2^n - 1, at x = 0 too."""
    goal = ["<=", "0", ["^", "x", WHOLE]]
    contradiction = psatz(["1", [["<", BELOW, "0"]], "1"], ["1", [["<=", ["+", "0", "1"], WHOLE]], "1"])
    natural = node("cases", formula=["<=", "0", BELOW], yes=KNOWN, no=contradiction)
    slope_is = ["*", WHOLE, ["^", "z", BELOW], "1"]
    rising = axiom(
        "power natural sign",
        "z",
        BELOW,
        then=node(
            "have",
            formula=["<=", "0", slope_is],
            proof=node("sign", factors=[[WHOLE, "1"], [["^", "z", BELOW], "1"]]),
            then=KNOWN,
        ),
    )
    base = node("sign", factors=[[["^", "0", WHOLE], "1"]])
    absurd = psatz(["1", [["<", "x", "0"]], "1"], ["1", [["<=", "0", "x"]], "1"])
    by_slope = node("slope", variable="x", point="0", new="z", base=base, right=rising, left=absurd)
    proof = axiom("power natural sign", "0", WHOLE, then=node("split", proofs=[KNOWN, by_slope]))
    proof = axiom(
        "power positive",
        "2",
        "n",
        then=axiom("gap", "0", WHOLE, then=node("have", formula=["<=", "0", BELOW], proof=natural, then=proof)),
    )
    return theorem(goal, proof, NATURAL, ["<=", "0", "x"])

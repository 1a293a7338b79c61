"""Rules of equal terms and new names: used rightly each is accepted; without any one condition, refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.verify.kernel.reals_proofs import (
    EMPTY,
    KNOWN,
    POSITIVE,
    Cases,
    axiom,
    bound,
    node,
    psatz,
    rows,
    theorem,
    tried,
)

CASES: Cases = {
    "extreme": [
        (
            theorem(
                ["==", ["min", "x", "y", "1"], "x"],
                node("extreme", term=["min", "x", "y", "1"], index="1", then=KNOWN),
                ["<=", "x", "y"],
                ["<", "x", "1"],
            ),
            None,
        ),
        (
            theorem(
                ["==", ["min", "x", "y", "1"], "x"],
                node("extreme", term=["min", "x", "y", "1"], index="1", then=KNOWN),
                ["<=", "x", "y"],
            ),
            "the order is not known",
        ),
        (
            theorem(
                ["==", ["max", "x", "y"], "x"],
                node("extreme", term=["max", "x", "y"], index="1", then=KNOWN),
                ["<=", "x", "y"],
            ),
            "the order is not known",
        ),
        (theorem(["and"], node("extreme", term=["max", "x", "y"], index="0", then=KNOWN)), "no such argument"),
        (theorem(["and"], node("extreme", term=["max", "x", "y"], index="3", then=KNOWN)), "no such argument"),
        (theorem(["and"], node("extreme", term=["+", "x", "y"], index="1", then=KNOWN)), "not a minimum"),
        (theorem(["and"], node("extreme", term=["max", "x", "y"], index="1/2", then=KNOWN)), "not a minimum"),
    ],
    "congruent": [
        (
            theorem(
                ["==", ["exp", "x"], ["exp", "y"]],
                node("congruent", left=["exp", "x"], right=["exp", "y"], then=KNOWN),
                ["==", "y", "x"],
            ),
            None,
        ),
        (
            theorem(
                ["==", ["exp", "x"], ["exp", "y"]], node("congruent", left=["exp", "x"], right=["exp", "y"], then=KNOWN)
            ),
            "the arguments are not known",
        ),
        (
            theorem(["and"], node("congruent", left=["exp", ["/", "x", "x"]], right=["exp", "1"], then=EMPTY)),
            "the arguments are not known",
        ),
        (
            theorem(
                ["and"], node("congruent", left=["exp", ["/", "x", "x"]], right=["exp", "1"], then=EMPTY), POSITIVE
            ),
            None,
        ),
        (
            theorem(["and"], node("congruent", left=["exp", "x"], right=["log", "x"], then=EMPTY)),
            "not the same function",
        ),
        (theorem(["and"], node("congruent", left=["min", "x"], right=["min", "x", "x"], then=EMPTY)), "not the same"),
        (theorem(["and"], node("congruent", left="x", right="x", then=EMPTY)), "not a function"),
    ],
    "rewrite": [
        (theorem(["<", "0", "y"], node("rewrite", left="x", right="y", then=KNOWN), POSITIVE, ["==", "x", "y"]), None),
        (
            theorem(["<", "0", "y"], node("rewrite", left="x", right="y", then=KNOWN), POSITIVE, ["<=", "x", "y"]),
            "not known to be equal",
        ),
        (theorem(["and"], node("rewrite", left="1", right="1", then=EMPTY)), "not known to be equal"),
    ],
    "define": [
        (theorem(["<", "0", "x"], node("define", new="w", term="x", then=KNOWN), POSITIVE), None),
        (
            theorem(
                ["==", "1", "0"], node("define", new="x", term="0", then=node("define", new="x", term="1", then=KNOWN))
            ),
            "already used",
        ),
        (theorem(["==", "x", "0"], node("define", new="x", term="0", then=KNOWN)), "already used"),
        (theorem(["and"], node("define", new="w", term="w", then=EMPTY)), "not declared here"),
        # the name of something that is no integer can't stand for an integer
        (
            theorem(
                ["<=", ["+", "n", "1"], "x"],
                node(
                    "define", new="w", term="x", then=node("rewrite", left="x", right="w", then=axiom("gap", "n", "w"))
                ),
                ["<", "n", "x"],
            ),
            "about integers",
        ),
        (
            theorem(
                ["<=", "n", "x"],
                node("define", new="w", term="n", then=axiom("gap", "w", "k", then=KNOWN)),
                ["<", "n", "k"],
                ["<=", "n", "x"],
            ),
            "is not known",
        ),
    ],
    "bound": [
        (
            theorem(
                ["<=", "1", ["*", "x", "x"]],
                bound(
                    "1",
                    None,
                    then=psatz(
                        ["1", [["<", ["*", ["+", "1", "s"], ["+", "1", "s"]], "1"]], "1"],
                        ["1", [], "s"],
                        ["2", [["<=", "0", "s"]], "1"],
                    ),
                ),
                ["<=", "1", "x"],
            ),
            "a relation of the sum",
        ),
        (
            theorem(
                ["<=", "1", ["*", "x", "x"]],
                bound(
                    "1",
                    None,
                    then=node(
                        "cases",
                        formula=["<=", "1", ["*", ["+", "1", "s"], ["+", "1", "s"]]],
                        yes=KNOWN,
                        no=psatz(
                            ["1", [["<", ["*", ["+", "1", "s"], ["+", "1", "s"]], "1"]], "1"],
                            ["1", [], "s"],
                            ["2", [["<=", "0", "s"]], "1"],
                        ),
                    ),
                ),
                ["<=", "1", "x"],
            ),
            None,
        ),
        (
            theorem(
                ["<", "x", "3"],
                bound("1", "3", then=node("sign", factors=[["2", "1"], [["+", "1", "s"], "-1"]])),
                ["<", "1", "x"],
                ["<", "x", "3"],
            ),
            None,
        ),
        (
            theorem(
                ["<", "x", "3"],
                bound("1", "3", then=node("sign", factors=[["2", "1"], [["+", "1", "s"], "-1"]])),
                ["<=", "1", "x"],
                ["<=", "x", "3"],
            ),
            "closed at both ends",
        ),
        (
            theorem(["<", "1", "x"], bound("1", None, then=node("sign", factors=[["s", "1"]])), ["<=", "1", "x"]),
            "the signs do not give",
        ),
        (theorem(["<", "1", "x"], bound("1", None, then=node("sign", factors=[["s", "1"]]))), "the lower bound is not"),
        (theorem(["<", "x", "1"], bound(None, "1", then=node("sign", factors=[["s", "1"]]))), "the upper bound is not"),
        (theorem(["and"], bound(None, None)), "a bound is missing"),
        (theorem(["and"], bound(["+", "x", "-1"], None), ["<", ["+", "x", "-1"], "x"]), "contains the variable"),
        (theorem(["and"], bound("1", None, new="y"), ["<", "1", "x"]), "already used"),
        # the distance from a bound that is no integer is no integer
        (
            theorem(["<=", ["+", "k", "1"], "x"], bound("k", None, then=axiom("gap", "0", "s")), ["<", "k", "x"]),
            "about integers",
        ),
    ],
}


@pytest.mark.parametrize(("rule", "certificate", "reason"), rows(CASES))
def test_rule(rule: str, certificate: dict[str, Any], reason: str | None) -> None:
    tried(rule, certificate, reason)

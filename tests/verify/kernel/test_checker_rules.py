"""Every rule of the checker: used rightly it is accepted, and without any one of its conditions it is refused."""

import ast
from pathlib import Path
from typing import Any

import pytest

from verify.kernel import checker
from verify.kernel.checker import RULES, Refused, check

KNOWN = {"rule": "known"}
EMPTY = {"rule": "split", "proofs": []}
RING = {"rule": "ring", "cofactors": []}
REALS = (("x", "real"), ("y", "real"), ("n", "integer"), ("k", "integer"))
FALSE = ["or"]


def theorem(goal: Any, proof: Any, *hypotheses: Any, variables: Any = REALS, definitions: Any = ()) -> dict[str, Any]:
    row = {"id": "t", "variables": [list(v) for v in variables], "hypotheses": list(hypotheses),
           "definitions": list(definitions), "goal": goal, "proof": proof}  # fmt: skip
    return {"schema": 1, "theorems": [row]}


def node(rule: str, **fields: Any) -> dict[str, Any]:
    return {"rule": rule, **fields}


def after(lemma: dict[str, Any], main: dict[str, Any]) -> dict[str, Any]:
    return {"schema": 1, "theorems": [{**lemma["theorems"][0], "id": "lemma"}, main["theorems"][0]]}


def axiom(name: Any, *terms: Any, then: Any = KNOWN) -> dict[str, Any]:
    return node("axiom", name=name, terms=list(terms), then=then)


def bound(lower: Any, upper: Any, new: str = "s", then: Any = KNOWN) -> dict[str, Any]:
    return node("bound", variable="x", lower=lower, upper=upper, new=new, then=then)


def sturm(lower: Any, upper: Any) -> dict[str, Any]:
    return node("sturm", variable="x", lower=lower, upper=upper)


def numeric(term: Any, lower: str, upper: str) -> dict[str, Any]:
    return node("numeric", term=term, lower=lower, upper=upper, then=KNOWN)


def psatz(*terms: Any, cofactors: Any = ()) -> dict[str, Any]:
    return node("psatz", terms=list(terms), cofactors=list(cofactors))


def residues(equation: Any, modulus: str) -> dict[str, Any]:
    return node("residues", equation=equation, modulus=modulus)


def induction(start: Any, base: Any = KNOWN, step: Any = KNOWN, variable: str = "n") -> dict[str, Any]:
    return node("induction", variable=variable, start=start, base=base, step=step)


def limit(*proofs: Any) -> dict[str, Any]:
    return node("limit", proof=proofs[0] if len(proofs) == 1 else node("split", proofs=list(proofs)))


def inside(formula: Any, proof: Any, *hypotheses: Any) -> dict[str, Any]:
    """A formula shown on the way; the theorem itself says nothing."""
    return theorem(["and"], node("have", formula=formula, proof=proof, then=EMPTY), *hypotheses)


def compose(outer: Any, inner: Any, at: Any, *, new: str = "s", inside: Any = EMPTY, then: Any = EMPTY) -> Any:
    proof = node("limit", proof=inside)
    return node("compose", new=new, outer=outer, inner=inner, at=at, limit=proof, then=then)


def minus(a: Any, b: Any) -> list[Any]:
    return ["+", a, ["-", b]]


SQUARES = ["==", ["^", "n", "2"], ["+", ["*", "4", "k"], "3"]]
POSITIVE = ["<", "0", "x"]
HALF_ODD = ["==", ["*", "1/2", "n"], ["+", "k", "1/4"]]
SIGN = node("sign", factors=[["x", "1"]])
LEMMA = theorem(["<", "0", ["*", "2", "a"]], node("sign", factors=[["2", "1"], ["a", "1"]]), ["<", "0", "a"],
                variables=[("a", "real"), ("i", "integer")])  # fmt: skip


def cite(*terms: Any, name: str = "lemma") -> dict[str, Any]:
    return node("cite", theorem=name, terms=list(terms), then=KNOWN)


def slope(goal: Any, *parts: Any, new: str = "z", point: Any = "0") -> dict[str, Any]:
    base, right, left = parts or (KNOWN, KNOWN, KNOWN)
    return theorem(goal, node("slope", variable="x", point=point, new=new, base=base, right=right, left=left))


# 0 <= (x^2 - 0)': the slope at z is 2 z.
RISES = ["<=", "0", ["*", "2", ["^", "z", "1"], "1"]]
FALLS = ["<=", ["*", "2", ["^", "z", "1"], "1"], "0"]


def side(relation: Any, factor: Any) -> dict[str, Any]:
    return node("have", formula=relation, proof=node("sign", factors=factor), then=node("split", proofs=[KNOWN]))


# One row: what is tried, and None or a part of the reason for which it is refused.
CASES: dict[str, list[tuple[dict[str, Any], str | None]]] = {
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
    "axiom": [
        (theorem(["<=", ["+", "1", "x"], ["exp", "x"]], axiom("exp tangent", "x")), None),
        (theorem(["<=", ["+", "n", "1"], "k"], axiom("gap", "n", "k"), ["<", "n", "k"]), None),
        (
            theorem(
                ["<=", ["+", ["^", "2", "n"], "1"], "k"],
                axiom("gap", ["^", "2", "n"], "k"),
                ["<", ["^", "2", "n"], "k"],
                ["<=", "0", "n"],
            ),
            None,
        ),
        (
            theorem(
                ["<=", ["+", ["^", "2", "n"], "1"], "k"],
                axiom("gap", ["^", "2", "n"], "k"),
                ["<", ["^", "2", "n"], "k"],
            ),
            "about integers",
        ),
        (theorem(["<=", ["+", "x", "1"], "k"], axiom("gap", "x", "k"), ["<", "x", "k"]), "about integers"),
        (theorem(["<=", ["+", "n", "1"], "k"], axiom("gap", "n", "k"), ["<=", "n", "k"]), "is not known"),
        (theorem(["==", ["exp", ["log", "x"]], "x"], axiom("exp log", "x"), ["<=", "0", "x"]), "is not known"),
        (theorem(["and"], axiom("nonsense")), "no such axiom"),
        (theorem(["and"], axiom(["gap"])), "no such axiom"),
        (theorem(["and"], axiom("exp tangent")), "wrong number of terms"),
    ],
    "cite": [
        (after(LEMMA, theorem(["<", "0", ["*", "2", "x"]], cite("x", "n"), POSITIVE)), None),
        (
            after(
                LEMMA,
                theorem(["<", "0", ["*", "2", "x"]], cite("x", ["/", ["*", "n", ["+", "n", "1"]], "2"]), POSITIVE),
            ),
            None,
        ),
        (after(LEMMA, theorem(["<", "0", ["*", "2", "x"]], cite("x", "n"), ["<=", "0", "x"])), "a hypothesis of"),
        (after(LEMMA, theorem(["<", "0", ["*", "2", "x"]], cite("x", "y"), POSITIVE)), "needs an integer term"),
        (after(LEMMA, theorem(["<", "0", ["*", "2", "x"]], cite("x"), POSITIVE)), "one term for each variable"),
        (theorem(["<", "0", ["*", "2", "x"]], cite("x", "n"), POSITIVE), "does not exist"),
        (theorem(["==", "0", "1"], cite(name="t"), variables=[]), "does not exist"),  # not itself
    ],
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


ALL = ["or", *(["<", "x", str(i)] for i in range(150))]
TWICE = node("either", formula=ALL, proofs=[node("either", formula=ALL, proofs=[KNOWN] * 150)] * 150)
ONCE = node("either", formula=ALL, proofs=[KNOWN] * 150)

# What is read before a rule is applied, and what rules share.
STATED = [
    (theorem(["<=", "x", "x"], KNOWN, variables=[("x", "whole")]), "a variable is a name and a kind"),
    (theorem(["<=", "x", "x"], KNOWN, variables=[("x",)]), "a variable is a name and a kind"),
    (theorem(["<=", "x", "x"], KNOWN, variables=[("x", "real"), ("x", "integer")]), "declared twice"),
    (theorem(["<=", "w", "w"], KNOWN), "a variable is not declared"),
    (theorem(["and"], EMPTY, ["<=", "w", "w"]), "a variable is not declared"),
    (theorem(["limit", "w", "x", "oo", "0"], EMPTY), "a variable is not declared"),
    (theorem(["and"], EMPTY, definitions=[["x"]]), "a definition is a name and a term"),
    (theorem(["and"], EMPTY, definitions=[["n", "1"]]), "a definition names a real variable"),
    (theorem(["and"], EMPTY, definitions=[["w", "1"]]), "a definition names a real variable"),
    (theorem(["and"], EMPTY, definitions=[["x", "w"]]), "a definition names a real variable"),
    (theorem(["and"], EMPTY, definitions=[["x", "1"], ["x", "2"]]), "a name is defined twice"),
    (theorem(["and"], EMPTY, definitions=[["x", ["+", "x", "1"]]]), "itself or a later one"),
    (theorem(["and"], EMPTY, definitions=[["x", ["+", "y", "1"]], ["y", "x"]]), "itself or a later one"),
    (theorem(["and"], EMPTY, definitions=[["x", ["/", "1", "y"]]]), "only a conjunction"),  # y != 0 is left
    (theorem(["==", ["/", "x", "x"], "1"], RING), "the goal is not an equation"),  # and x != 0
    (theorem(["<=", "x", "x"], {"rule": ["known"]}), "names its rule"),
    (theorem(["<=", "x", "x"], node("nothing")), "no rule is called nothing"),
    (theorem(["<", "0", ["+", ["^", "x", "200"], "1"]], sturm(None, None)), "the degree is too large"),
    (theorem(["==", ["^", "x", "401"], "0"], RING), "an exponent is too large"),
    (theorem(["==", ["^", ["^", ["^", "x", "400"], "400"], "400"], "0"], RING), "an exponent is too large"),
    (
        after(theorem(["limit", "x", "x", "0+", "0"], limit()), theorem(["and"], cite("x", "y", "n", "k"))),
        "does not exist",
    ),
]


@pytest.mark.parametrize(("certificate", "reason"), STATED)
def test_statement(certificate: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused) as refusal:
        check(certificate)
    assert reason in str(refusal.value)


def test_the_number_of_steps_is_bounded() -> None:
    """Also where nobody counts the work of each."""
    run = checker.Checker()
    state, proof, *_ = run.theorem(theorem(["<", "x", "500"], TWICE, ALL, ["<", "x", "500"])["theorems"][0])
    with pytest.raises(Refused, match="the proof is too long"):
        run.prove(state, proof)


def test_statements_without_a_fault_are_accepted() -> None:
    assert "checked" in check(theorem(["<", "x", "500"], ONCE, ALL, ["<", "x", "500"]))
    named = [["x", ["+", "y", "1"]], ["z", ["*", "x", "x"]]]
    variables = [*REALS, ("z", "real")]
    assert "checked" in check(theorem(["==", "z", "z"], KNOWN, variables=variables, definitions=named))
    assert "checked" in check(theorem(["and"], KNOWN, ["!=", "y", "0"], definitions=[["x", ["/", "1", "y"]]]))
    assert "checked" in check(theorem(["<", "0", ["+", ["^", "x", "198"], "1"]], sturm(None, None)))


ROWS = [(rule, *row) for rule, rows in CASES.items() for row in rows]


@pytest.mark.parametrize(("rule", "certificate", "reason"), ROWS)
def test_rule(rule: str, certificate: dict[str, Any], reason: str | None) -> None:
    assert rule in str(certificate)
    if reason is None:
        assert "checked" in check(certificate)
        return
    with pytest.raises(Refused) as refusal:
        check(certificate)
    assert reason in str(refusal.value)


def test_every_rule_and_every_reason_is_met() -> None:
    assert set(CASES) == set(RULES)
    for rule, rows in CASES.items():
        assert any(reason is None for _, reason in rows), rule
    met = [reason for _, _, reason in ROWS if reason is not None] + [reason for _, reason in STATED]
    met.append("the proof is too long")
    for rule, text in reasons():
        assert any(reason in text or text.strip(". ") in reason for reason in met), (rule, text)


SHARED = ("instance", "cofactors", "meets", "theorem", "prove", "step", "within", "exp_bounds", "univariate_signs",
          "derivative", "inverse", "_inverse", "_quotient")  # fmt: skip


def reasons() -> list[tuple[str, str]]:
    """What the rules say where they refuse; a part that is filled in later is left out."""
    tree = ast.parse(Path(checker.__file__).read_text())
    out = []
    for f in ast.walk(tree):
        if isinstance(f, ast.FunctionDef) and (f.name.startswith("rule_") or f.name in SHARED):
            for call in ast.walk(f):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "need":
                    text = call.args[1]
                    parts = text.values if isinstance(text, ast.JoinedStr) else [text]
                    said = "".join(p.value if isinstance(p, ast.Constant) else "..." for p in parts)
                    out.append((f.name, said))
    assert len(out) > 50
    return out


def test_every_rule_says_why_it_is_sound() -> None:
    for name, (rule, _) in RULES.items():
        assert rule.__doc__ and ("Sound" in rule.__doc__ or "Checked" in rule.__doc__ or "holds" in rule.__doc__), name

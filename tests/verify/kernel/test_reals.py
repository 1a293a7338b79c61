"""Theorems and their statements: what is malformed, false or without its hypotheses is refused."""

from __future__ import annotations

from typing import Any

import pytest

from verify.kernel import Refused, check


@pytest.mark.parametrize(
    "junk",
    [None, 1, "x", [], {}, {"schema": 1}, {"schema": 1, "theorems": []}, {"schema": True, "theorems": [{}]},
     {"schema": 1, "theorems": [None]}, {"schema": 1, "theorems": [{"id": []}]}, {"schema": 1, "theorems": {"a": 1}}],
)  # fmt: skip
def test_malformed_is_refused(junk: Any) -> None:
    with pytest.raises(Refused):
        check(junk)


def theorem(
    goal: Any, proof: Any, hypotheses: Any = (), variables: Any = (("x", "real"), ("y", "real"))
) -> dict[str, Any]:
    data = {"id": "t", "variables": [list(v) for v in variables], "hypotheses": list(hypotheses), "definitions": [],
            "goal": goal, "proof": proof}  # fmt: skip
    return {"schema": 1, "theorems": [data]}


KNOWN = {"rule": "known"}
RING = {"rule": "ring", "cofactors": []}


@pytest.mark.parametrize(
    ("goal", "proof"),
    [
        (["==", ["/", "x", "x"], "1"], {"rule": "split", "proofs": [KNOWN, RING]}),
        (["==", ["/", "x", "x"], "1"], RING),
        (["<", "0", ["^", "x", "2"]], {"rule": "sign", "factors": [["x", "2"]]}),
        (["<=", "0", "x"], {"rule": "sign", "factors": [["x", "1"]]}),
        (["<=", "0", ["/", "1", ["/", "1", "x"]]], {"rule": "sign", "factors": [["x", "1"]]}),
        (["<", "x", "y"], {"rule": "psatz", "terms": [["1", [["<", "x", "y"]], "1"]], "cofactors": []}),
        (["<", "x", "y"], {"rule": "have", "formula": ["<", "x", "y"], "proof": KNOWN, "then": KNOWN}),
        (["<", "x", "y"], {"rule": "sturm", "variable": "x", "lower": None, "upper": None}),
        (["<=", "0", ["^", "x", "3"]], {"rule": "sturm", "variable": "x", "lower": None, "upper": None}),
        (["==", "x", "y"], {"rule": "rewrite", "left": "x", "right": "y", "then": KNOWN}),
        (["<", "0", ["log", "x"]], {"rule": "axiom", "name": "log less", "terms": ["1", "x"], "then": KNOWN}),
        (
            ["==", ["^", ["sqrt", "x"], "2"], "x"],
            {"rule": "axiom", "name": "sqrt square", "terms": ["x"], "then": KNOWN},
        ),
        (["<=", "x", "0"], {"rule": "bound", "variable": "x", "lower": None, "upper": "0", "new": "t", "then": KNOWN}),
        (["<=", "0", "x"], {"rule": "induction", "variable": "x", "start": "0", "base": KNOWN, "step": KNOWN}),
        (
            ["limit", ["/", "x", ["+", "x", "1"]], "x", "oo", "2"],
            {"rule": "limit", "proof": {"rule": "split", "proofs": []}},
        ),
        (["<=", "0", "x"], {"rule": "define", "new": "y", "term": "x", "then": KNOWN}),
    ],
)
def test_false_statements_are_refused(goal: Any, proof: Any) -> None:
    with pytest.raises(Refused):
        check(theorem(goal, proof))


def test_numbers_and_depth_are_bounded() -> None:
    deep: Any = "x"
    for _ in range(5000):
        deep = ["-", deep]
    tower: Any = "2"
    for _ in range(20):
        tower = ["^", tower, "400"]
    for t in (deep, tower, "9" * 10_000, "2/4", "1.5", "+1", "１"):
        with pytest.raises(Refused):
            check(theorem(["==", t, "0"], RING))


def test_limit() -> None:
    goal = ["limit", ["/", "x", ["+", "x", "y"]], "x", "oo", "1"]
    proof = {"rule": "limit", "proof": {"rule": "sign", "factors": [["-1", "1"]]}}
    assert "checked" in check(theorem(goal, proof))


def test_citing_needs_the_hypotheses() -> None:
    lemma = {
        "id": "lemma",
        "variables": [["a", "real"]],
        "hypotheses": [["<", "0", "a"]],
        "definitions": [],
        "goal": ["<", "0", ["*", "2", "a"]],
        "proof": {"rule": "sign", "factors": [["2", "1"], ["a", "1"]]},
    }
    cite = {"rule": "cite", "theorem": "lemma", "terms": ["x"], "then": KNOWN}
    main = theorem(["<", "0", ["*", "2", "x"]], cite, [["<", "0", "x"]])["theorems"][0]
    assert "2 theorems" in check({"schema": 1, "theorems": [lemma, main]})
    with pytest.raises(Refused):
        check({"schema": 1, "theorems": [lemma, {**main, "hypotheses": [["<=", "0", "x"]]}]})
    with pytest.raises(Refused):
        check({"schema": 1, "theorems": [main, lemma]})


def test_definitions_must_be_defined() -> None:
    data = theorem(["==", "y", "y"], {"rule": "split", "proofs": [KNOWN, KNOWN]})
    data["theorems"][0]["definitions"] = [["y", ["/", "1", "x"]]]
    with pytest.raises(Refused):
        check(data)
    data["theorems"][0]["hypotheses"] = [["<", "0", "x"]]
    assert "checked" in check(data)


@pytest.mark.parametrize("lower, upper, accepted", [("1", "3", True), ("0", "-3", False), ("3", "1", False)])
def test_numeric_bounds_have_their_sign(lower, upper, accepted):
    """sqrt(4) <= -3 must not follow from 4 <= (-3)^2."""
    bounds = {"rule": "numeric", "term": ["sqrt", "4"], "lower": lower, "upper": upper, "then": {"rule": "known"}}
    certificate = {
        "schema": 1,
        "theorems": [
            {
                "id": "main",
                "variables": [],
                "hypotheses": [],
                "definitions": [],
                "goal": ["<=", ["sqrt", "4"], upper],
                "proof": bounds,
            }
        ],
    }
    if accepted:
        check(certificate)
    else:
        with pytest.raises(Refused):
            check(certificate)


SUM_OF_SQUARES = ["+", ["^", "x", "2"], ["^", "y", "2"]]


@pytest.mark.parametrize(
    ("right", "modulus", "kinds", "accepted"),
    [
        (["+", ["*", "4", "k"], "3"], "4", ("integer", "integer", "integer"), True),
        (["+", ["*", "2", "k"], "3/2"], "4", ("integer", "integer", "integer"), True),  # 2 x^2 + 2 y^2 == 4 k + 3
        (["+", ["*", "4", "k"], "3"], "4", ("integer", "integer", "real"), False),  # k = 1/2: a multiple of 4 k
        (["+", ["*", "4", "k"], "3"], "4", ("integer", "real", "integer"), False),
        (["+", ["*", "4", "k"], "3"], "2", ("integer", "integer", "integer"), False),  # 1 + 0 == 1
        (["+", ["*", "4", "k"], "3"], "12", ("integer", "integer", "integer"), True),
        (["+", ["*", "4", "k"], "2"], "4", ("integer", "integer", "integer"), False),  # 1 + 1 == 2
        (["+", ["*", "4", "k"], "3"], "1", ("integer", "integer", "integer"), False),
        (["+", ["*", "4", "k"], "3"], "0", ("integer", "integer", "integer"), False),
        (["+", ["*", "4", "k"], "3"], "-4", ("integer", "integer", "integer"), False),
        (["+", ["*", "4", "k"], "3"], "7/2", ("integer", "integer", "integer"), False),
        (["+", ["*", "4", "k"], "3"], "401", ("integer", "integer", "integer"), False),  # too many residues
        (["/", "3", "k"], "4", ("integer", "integer", "integer"), False),  # not a polynomial
        (["+", ["sqrt", "k"], "3"], "4", ("integer", "integer", "integer"), False),
    ],
)
def test_residues(right: Any, modulus: str, kinds: tuple[str, ...], accepted: bool) -> None:
    equation = ["==", SUM_OF_SQUARES, right]
    proof = {"rule": "residues", "equation": equation, "modulus": modulus}
    variables = list(zip(("x", "y", "k"), kinds, strict=True))
    known = theorem(["<", "x", "x"], proof, [equation], variables)
    if accepted:
        assert "checked" in check(known)
    else:
        with pytest.raises(Refused):
            check(known)
    with pytest.raises(Refused):
        check(theorem(["<", "x", "x"], proof, [], variables))

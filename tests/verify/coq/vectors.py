"""Certificates about vectors, one for each rule that is translated: small enough to be read, and quick for Coq."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

KNOWN = {"rule": "known"}


def certificate(
    names: list[list[str]],
    hypotheses: list[Any],
    goal: Any,
    proof: Any,
    numbers: list[Any] | None = None,
    duties: int = 0,
) -> Mapping[str, Any]:
    """A certificate whose goal has some duties, which are known."""
    theorem = {
        "names": names,
        "definitions": [],
        "hypotheses": hypotheses,
        "goal": goal,
        "proof": {"rule": "split", "proofs": [*[KNOWN] * duties, proof]},
    }
    return {"schema": 1, "kind": "spaces", "numbers": numbers or [], "theorem": theorem}


def vectors(*names: str) -> list[list[str]]:
    return [[x, "vector", "0"] for x in names]


def square(v: Any) -> list[Any]:
    return ["^", ["norm", v], "2"]


def minus(a: Any, b: Any) -> list[Any]:
    return ["+", a, ["-", b]]


def combine(**parts: Any) -> dict[str, Any]:
    return {"rule": "combine", "facts": [], "squares": [], "numbers": [], "equations": [], "vectors": [], **parts}


TRIANGLE = {
    "rule": "schwarz",
    "left": "u",
    "right": "v",
    "then": combine(facts=[["2", ["<=", ["inner", "u", "v"], ["*", ["norm", "u"], ["norm", "v"]]]]]),
}
POSITIVE = {
    "id": "n1",
    "variables": [["c", "real"], ["a", "real"]],
    "hypotheses": [["<", "0", "c"], ["<=", "0", "a"]],
    "goal": ["<=", "0", ["*", "c", "a"]],
    "definitions": [],
    "proof": {"rule": "sign", "factors": [["c", "1"], ["a", "1"]]},
}
STEP = ["<=", ["at", "a", ["+", "t", "1"]], ["+", ["at", "a", "t"], "1"]]
BOUND = ["all", "i", "0", "T", ["<=", ["at", "a", "i"], ["+", ["at", "a", "0"], "i"]]]
STEPS = ["all", "t", "0", ["+", "T", "-1"], STEP]
CLOSE = [["1", ["<=", "a", "b"]], ["1", ["<", "0", "1"]]]
SUM = ["all", "i", "1", "T", ["<=", ["at", "a", "i"], "c"]]

# What is proved, and the rules that it is proved by beside ``split`` and ``known``.
CERTIFICATES: dict[str, tuple[Mapping[str, Any], tuple[str, ...]]] = {
    "square of a sum": (
        certificate(
            vectors("u", "v"),
            [],
            ["==", square(["+", "u", "v"]), ["+", square("u"), ["*", "2", ["inner", "u", "v"]], square("v")]],
            KNOWN,
        ),
        (),
    ),
    "young": (
        certificate(
            vectors("u", "v"),
            [],
            ["<=", ["*", "2", ["inner", "u", "v"]], ["+", square("u"), square("v")]],
            combine(squares=[["1", minus("u", "v")]]),
        ),
        ("combine",),
    ),
    "triangle": (
        certificate(
            vectors("u", "v"),
            [],
            ["<=", square(["+", "u", "v"]), ["^", ["+", ["norm", "u"], ["norm", "v"]], "2"]],
            TRIANGLE,
        ),
        ("schwarz", "combine"),
    ),
    "lemma": (
        certificate(
            [["c", "real", "0"], *vectors("v")],
            [["<", "0", "c"]],
            ["<=", "0", ["*", "c", square("v")]],
            {
                "rule": "have",
                "formula": ["<=", "0", ["inner", "v", "v"]],
                "proof": combine(squares=[["1", "v"]]),
                "then": {"rule": "lemma", "theorem": "n1", "terms": ["c", ["inner", "v", "v"]], "then": KNOWN},
            },
            [POSITIVE],
        ),
        ("have", "lemma", "combine"),
    ),
    "zero": (
        certificate(
            vectors("u", "v"),
            [["<=", square("v"), "0"]],
            ["same", ["+", "u", "v"], "u"],
            {
                "rule": "null",
                "vector": "v",
                "then": {"rule": "vectors", "equations": [["1", ["same", "v", ["zero"]]]]},
            },
        ),
        ("null", "vectors"),
    ),
    "cases": (
        certificate(
            [["a", "real", "0"], ["b", "real", "0"]],
            [["<=", "a", "b"]],
            ["<", "a", ["+", "b", "1"]],
            {"rule": "cases", "formula": ["==", "a", "b"], "yes": combine(facts=CLOSE), "no": combine(facts=CLOSE)},
        ),
        ("cases", "combine"),
    ),
    "mean": (
        certificate(
            [["g", "vector", "1"], *vectors("c")],
            [],
            [
                "==",
                ["E", "0", square(minus("g", "c"))],
                ["+", ["E", "0", square(minus("g", ["E", "0", "g"]))], square(minus(["E", "0", "g"], "c"))],
            ],
            KNOWN,
        ),
        (),
    ),
    "expect": (
        certificate(
            [["X", "real", "1"], ["Y", "real", "1"]],
            [["<=", "X", "Y"]],
            ["<=", ["E", "0", "X"], ["E", "0", "Y"]],
            {"rule": "expect", "level": "0", "relation": ["<=", "X", "Y"], "proof": KNOWN, "then": KNOWN},
        ),
        ("expect",),
    ),
    "termwise": (
        certificate(
            [["T", "integer", "0"], ["a", "reals", "0"], ["c", "real", "0"]],
            [SUM, ["<=", "0", "T"]],
            ["<=", ["sum", "i", "1", "T", ["at", "a", "i"]], ["*", "T", "c"]],
            {
                "rule": "termwise",
                "name": "t",
                "lower": "1",
                "upper": "T",
                "relation": ["<=", ["at", "a", "t"], "c"],
                "proof": {"rule": "instance", "formula": SUM, "term": "t", "then": KNOWN},
                "then": KNOWN,
            },
            duties=1,
        ),
        ("termwise", "instance"),
    ),
    "induction": (
        certificate(
            [["T", "integer", "0"], ["a", "reals", "0"]],
            [STEPS],
            BOUND,
            {
                "rule": "induction",
                "name": "m",
                "base": KNOWN,
                "step": {
                    "rule": "instance",
                    "formula": STEPS,
                    "term": "m",
                    "then": combine(
                        facts=[
                            ["1", ["<=", ["at", "a", ["+", "m", "1"]], ["+", ["at", "a", "m"], "1"]]],
                            ["1", ["<=", ["at", "a", "m"], ["+", ["at", "a", "0"], "m"]]],
                        ]
                    ),
                },
            },
        ),
        ("induction", "instance", "combine"),
    ),
    "general": (
        certificate(
            [["T", "integer", "0"], ["x", "vectors", "0"]],
            [],
            ["all", "i", "0", "T", ["<=", "0", square(["at", "x", "i"])]],
            {"rule": "general", "name": "m", "proof": combine(squares=[["1", ["at", "x", "m"]]])},
        ),
        ("general", "combine"),
    ),
    "telescope": (
        certificate(
            [["T", "integer", "0"], ["D", "reals", "0"]],
            [["<=", "0", "T"]],
            [
                "==",
                ["sum", "t", "1", "T", minus(["at", "D", "t"], ["at", "D", ["+", "t", "1"]])],
                minus(["at", "D", "1"], ["at", "D", ["+", "T", "1"]]),
            ],
            KNOWN,
            duties=1,
        ),
        (),
    ),
}

# In a statement as it is printed: what is replaced, and by what. None of them is true any more.
NEAR_MISSES = {
    "square of a sum": (r"\(2 \* \(inner", "(3 * (inner"),
    "young": (r"\(2 \* \(inner", "((-3) * (inner"),
    "triangle": (r"<=", "<"),
    "lemma": (r"\(0 < c\) ->", "((-1) < c) ->"),
    "zero": (r"<= 0\)", "<= 1)"),
    "cases": (r"\(a <= b\) ->", "(a <= (b + 2)) ->"),
    "mean": (r"knownv P 1 g", "knownv P 2 g"),
    "expect": (r"\(X w_\) <= \(Y w_\)", "(X w_) <= ((Y w_) + 1)"),
    "termwise": (r"\(T \* c\)", "((T - 1) * c)"),
    "induction": (r"\(a 0\) \+ t0_", "(a 1) + t0_"),
    "general": (r"\(0 <= \(\(norm", "(1 <= ((norm"),
    "telescope": (r"\(D \(T \+ 1\)\)\)\)", "(D T)))"),
}

"""Small certificates about vectors, put together by hand."""

from __future__ import annotations

from typing import Any

from verify.kernel import Refused, check

Json = Any
KNOWN = {"rule": "known"}


def minus(a: Json, b: Json) -> Json:
    return ["+", a, ["-", b]]


def times(*args: Json) -> Json:
    return ["*", *args]


def square(v: Json) -> Json:
    return ["inner", v, v]


def combine(**parts: Json) -> Json:
    empty: dict[str, Json] = {"facts": [], "squares": [], "numbers": [], "equations": [], "vectors": []}
    return {"rule": "combine"} | empty | parts


def after_conditions(proof: Json, conditions: int = 0) -> Json:
    """The proof of a goal behind conditions that are known."""
    return {"rule": "split", "proofs": [KNOWN] * conditions + [proof]}


def certificate(
    names: dict[str, str], goal: Json, proof: Json, *, hypotheses: Json = (), definitions: Json = (), numbers: Json = ()
) -> Json:
    """``names``: a kind, with a level where it is not 0, as in ``vector 1``."""
    rows = [[name, *(kind.split() if " " in kind else (kind, "0"))] for name, kind in names.items()]
    theorem = {"names": rows, "definitions": list(definitions), "hypotheses": list(hypotheses), "goal": goal}
    return {"schema": 1, "kind": "spaces", "numbers": list(numbers), "theorem": theorem | {"proof": proof}}


def accepted(data: Json) -> bool:
    try:
        check(data)
    except Refused:
        return False
    return True

"""What asks for much work is refused by what is counted, whatever kind of work it is; the same with less is done.

The limit is lower here, so that the tests are fast: what reaches it would reach any limit, with a somewhat larger text.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.verify.kernel.spaces.certificates import KNOWN, Json, after_conditions, certificate, combine, times
from verify.kernel import Refused, check
from verify.kernel.spaces import certificate as spaces

LIMIT = 300_000  # a thirtieth of what the kernel allows
TRUE = ["<=", "0", "1"]
NAMES = {
    **{c: "real 2" for c in "UVWXYZ"},
    **{"a": "real", "x": "reals", "q": "reals 1", "h": "vectors 1", "n": "integer", "v": "vector"},
}


def aside(formula: Json, proof: Json = None, **more: Json) -> Json:
    """A certificate that has a formula in its proof and states nothing of it."""
    have = {"rule": "have", "formula": formula, "proof": combine() if proof is None else proof, "then": KNOWN}
    return certificate(more.pop("names", NAMES), TRUE, after_conditions(have), **more)


def equal(t: Json) -> Json:
    return aside(["==", t, t])


def nested_sums(depth: int) -> Json:
    body: Json = ["at", "x", ["+", *[f"t{i}" for i in range(depth)], "0"]]
    for i in range(depth):
        body = ["sum", f"t{i}", "1", ["+", "n", "20"], body]
    return equal(body)


def index_that_is_nearly_whole(depth: int) -> Json:
    """A polynomial whose values are integers at 1986 of 1987 points, which are looked at again at each level."""
    t: Json = times(["/", "1", "1987"], ["+", "1", ["-", ["^", ["+", "n", "1"], "1986"]]])
    for _ in range(depth):
        t = ["+", t, "1"]
    return aside(TRUE, KNOWN, hypotheses=[["<=", "0", ["at", "x", t]]]) if depth > 1 else aside(TRUE, KNOWN)


def inductions(depth: int) -> Json:
    """A long formula, copied at each step of a proof that has a thousand."""
    body: Json = ["or", TRUE, ["<=", "0", ["+", *[["at", "x", f"t{i % depth}"] for i in range(400)]]]]
    for i in reversed(range(depth)):
        body = ["all", f"t{i}", "1", "n", body]

    def proof(d: int) -> Json:
        return {"rule": "induction", "name": f"k{d}", "base": proof(d - 1), "step": proof(d - 1)} if d else KNOWN

    return aside(body, proof(depth))


def doubled(depth: int) -> Json:
    names = {f"d{i}": "real" for i in range(depth)} | {"a": "real"}
    first, *others = [[f"d{i}", ["+", f"d{i - 1}", f"d{i - 1}"]] for i in range(depth)]
    definitions = [["d0", "a"], *others] if first else []
    return aside(["==", f"d{depth - 1}", f"d{depth - 1}"], names=names, definitions=definitions)


def many_parts(count: int) -> Json:
    return aside(["and", *[["<=", str(i), str(i)] for i in range(count)]], {"rule": "split", "proofs": [KNOWN] * count})


def many_names(count: int) -> Json:
    names = {f"n{i}": "integer" for i in range(count)}
    proof: Json = KNOWN
    for _ in range(50):
        proof = {"rule": "have", "formula": TRUE, "proof": KNOWN, "then": proof}
    return aside(TRUE, proof, names=names)


def long_facts(count: int) -> Json:
    facts = [["<=", ["+", *(["+", *["a"] * 20] for _ in range(20)), str(i)], "0"] for i in range(count)]
    parts = [["or", ["<=", str(i), ["*", "a", "a"]], ["<=", "0", "0"]] for i in range(100)]
    return aside(["and", *parts], hypotheses=facts, proof=KNOWN)


def long_vectors(count: int) -> Json:
    member = [["scale", ["at", "q", ["+", "n", str(j)]], ["at", "h", ["+", "n", str(j)]]] for j in range(count)]
    return equal(["inner", ["E", "0", ["+", *member, "v"]], ["E", "0", ["+", *member, "v"]]])


def alternatives(count: int) -> Json:
    parts = [["<=", "0", ["/", "1", ["+", "a", str(i)]]] for i in range(count)]
    return certificate(NAMES, TRUE, after_conditions(KNOWN), hypotheses=[["or", *parts]])


BOMBS: dict[str, tuple[Callable[[int], Json], int, int]] = {
    "nested sums": (nested_sums, 1, 4),
    "an index that is nearly whole": (index_that_is_nearly_whole, 1, 30),
    "a power inside an expectation": (lambda e: equal(["E", "0", ["^", ["+", *"UVWXYZ"], str(e)]]), 2, 60),
    "a power of a sum inside an expectation": (
        lambda e: equal(["E", "0", ["^", ["sum", "t", "1", "n", ["at", "q", "t"]], str(e)]]), 2, 150,
    ),
    "formulas that are copied": (inductions, 2, 10),
    "definitions": (doubled, 3, 30),
    "parts of a goal": (many_parts, 3, 1000),
    "names": (many_names, 3, 3000),
    "facts": (long_facts, 1, 200),
    "vectors": (long_vectors, 2, 100),
    "alternatives": (alternatives, 3, 900),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_what_asks_for_much_is_refused_and_a_little_is_done(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spaces, "LIMIT", LIMIT)
    make, few, many = BOMBS[name]
    assert "checked" in check(make(few))
    with pytest.raises(Refused) as reason:
        check(make(many))
    assert re.search("too much work|too large", str(reason.value)), reason.value


@pytest.mark.parametrize("op", ["exp", "-", "norm", "sum", "E", "/"])
def test_what_is_nested_deeply_is_refused(op: str) -> None:
    def nested(depth: int) -> Json:
        t: Json = "a"
        for i in range(depth):
            around = {"exp": ["exp", t], "-": ["-", t], "norm": ["norm", ["scale", t, "v"]], "E": ["E", "0", t]}
            t = (around | {"sum": ["sum", f"t{i}", "1", "n", t], "/": ["/", t, "2"]})[op]
        return equal(t)

    assert "checked" in check(nested(5))
    with pytest.raises(Refused, match=r"nested too deeply|too many binders|too large"):
        check(nested(400))


def test_a_proof_has_a_bounded_number_of_steps() -> None:
    proof: Json = KNOWN
    for i in range(300):
        proof = {"rule": "have", "formula": TRUE, "proof": KNOWN, "then": proof}
        assert i or "checked" in check(aside(TRUE, proof))
    whole = {"rule": "split", "proofs": [proof] * 9}
    with pytest.raises(Refused, match="too long"):
        check(aside(["and", *[TRUE] * 9], whole))

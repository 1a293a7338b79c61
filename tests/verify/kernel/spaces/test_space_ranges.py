"""Sums and ranges: what sums are equal to, the rules ``termwise``, ``general``, ``induction`` and ``instance``."""

from __future__ import annotations

import pytest

from tests.verify.kernel.spaces.certificates import (
    KNOWN,
    Json,
    accepted,
    after_conditions,
    certificate,
    combine,
    minus,
    square,
    times,
)

NAMES = {"x": "reals", "y": "reals", "X": "reals 1", "h": "vectors", "n": "integer", "a": "real", "v": "vector 1"}
NATURAL = [["<=", "0", "n"]]


def at(family: str, *index: Json) -> Json:
    return ["at", family, index[0] if len(index) == 1 else ["+", *index]]


def total(body: Json, name: str = "t", lower: Json = "1", upper: Json = "n") -> Json:
    return ["sum", name, lower, upper, body]


def proved(goal: Json, proof: Json, hypotheses: Json = NATURAL, **names: str) -> bool:
    """Whether a goal is accepted in a step of a proof, where nobody asks whether its ranges are ranges."""
    have = {"rule": "have", "formula": goal, "proof": proof, "then": KNOWN}
    whole = ["<=", "0", "1"]
    return accepted(certificate(NAMES | names, whole, after_conditions(have), hypotheses=hypotheses))


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        (total(minus(at("x", "t"), at("x", "t", "1"))), minus(at("x", "1"), at("x", "n", "1")), True),
        (total(minus(at("x", "t"), at("x", "t", "1"))), minus(at("x", "1"), at("x", "n")), False),
        (total("a"), times("n", "a"), True),
        (total("a", lower="0"), times("n", "a"), False),
        (total(at("x", "t", "1")), total(at("x", "t"), lower="2", upper=["+", "n", "1"]), True),
        (total(at("x", "t", "1")), total(at("x", "t"), lower="2"), False),
        (["+", total(at("x", "t")), at("x", "n", "1")], total(at("x", "s"), "s", upper=["+", "n", "1"]), True),
        (total(at("x", "t"), lower="2", upper="0"), ["-", at("x", "1")], True),
        (total(at("x", "t"), lower="1", upper="0"), "0", True),
        (total(total(times(at("x", "s"), at("y", "t")), "s")), times(total(at("x", "t")), total(at("y", "t"))), True),
        (total(total(times(at("x", "t"), at("y", "t")), "s")), times(total(at("x", "t")), total(at("y", "t"))), False),
        (total(total(at("x", "s"), "s", upper="t")), times("n", total(at("x", "s"), "s")), False),
        (total(total(at("x", "s"), "s", upper="t"), upper="2"), ["+", times("2", at("x", "1")), at("x", "2")], True),
        (total(["E", "0", at("X", "t")]), ["E", "0", total(at("X", "t"))], True),
        (["E", "0", ["^", total(at("X", "t")), "2"]], ["^", ["E", "0", total(at("X", "t"))], "2"], False),
        (square(total(at("h", "t"))), total(total(["inner", at("h", "s"), at("h", "t")], "s")), True),
        (square(total(at("h", "t"))), total(square(at("h", "t"))), False),
        (total(["inner", at("h", "t"), "v"]), ["inner", "v", total(at("h", "t"))], True),
        (total(["^", "a", "t"], upper="2"), ["+", "a", ["^", "a", "2"]], True),
        (total(["/", at("x", "t"), at("x", "t")]), "n", False),
    ],
)
def test_what_a_sum_is_equal_to(left: Json, right: Json, equal: bool) -> None:
    assert proved(["==", left, right], combine()) is equal
    assert not proved(["==", left, ["+", right, "1"]], combine())


def test_a_sum_in_a_statement_has_a_range() -> None:
    goal = ["==", total(minus(at("x", "t"), at("x", "t", "1"))), minus(at("x", "1"), at("x", "n", "1"))]
    assert accepted(certificate(NAMES, goal, after_conditions(combine(), 1), hypotheses=NATURAL))
    assert not accepted(certificate(NAMES, goal, after_conditions(combine(), 1)))
    assert not accepted(certificate(NAMES, goal, after_conditions(combine()), hypotheses=NATURAL))


def test_termwise() -> None:
    every = ["all", "t", "1", "n", ["<=", at("x", "t"), at("y", "t")]]
    instance = {"rule": "instance", "formula": every, "term": "k", "then": KNOWN}
    rule = {"rule": "termwise", "name": "k", "lower": "1", "upper": "n", "then": KNOWN}
    rule |= {"relation": ["<=", at("x", "k"), at("y", "k")], "proof": instance}
    goal, given = ["<=", total(at("x", "t")), total(at("y", "t"))], [*NATURAL, every]
    assert proved(goal, rule, given)
    assert not proved(goal, rule, [every])  # the range might end before it starts
    assert not proved(goal, rule, NATURAL)
    assert not proved(goal, rule | {"upper": ["+", "n", "1"]}, given)
    assert not proved(goal, rule | {"lower": "0"}, given)
    assert not proved(goal, rule | {"name": "n"}, given)
    strict = ["all", "t", "1", "n", ["<", at("x", "t"), at("y", "t")]]
    relation = {"relation": ["<", at("x", "k"), at("y", "k")], "proof": instance | {"formula": strict}}
    assert not proved(["<", *goal[1:]], rule | relation, [*NATURAL, strict])


def test_general() -> None:
    goal = ["all", "t", "1", "n", ["<=", "0", ["+", ["^", at("x", "t"), "2"], minus("t", "1")]]]
    proof = combine(numbers=[["1", at("x", "k")]], facts=[["1", ["<=", "1", "k"]]])
    assert proved(goal, {"rule": "general", "name": "k", "proof": proof})
    assert not proved(goal, {"rule": "general", "name": "n", "proof": proof})
    low = ["all", "t", "0", "n", goal[4]]
    assert not proved(low, {"rule": "general", "name": "k", "proof": proof})
    assert not proved(["<=", "0", "1"], {"rule": "general", "name": "k", "proof": KNOWN})
    wrong = combine(numbers=[["1", at("x", "n")]], facts=[["1", ["<=", "1", "k"]]])
    assert not proved(goal, {"rule": "general", "name": "k", "proof": wrong})


def test_induction() -> None:
    def step(t: Json) -> Json:
        return ["==", at("x", t, "1"), ["+", at("x", t), "a"]]

    recursion = ["all", "t", "0", ["+", "n", "-1"], step("t")]
    goal = ["all", "t", "0", "n", ["==", at("x", "t"), ["+", at("x", "0"), times("t", "a")]]]
    known = ["==", at("x", "k"), ["+", at("x", "0"), times("k", "a")]]
    instance = {"rule": "instance", "formula": recursion, "term": "k"}
    proof = {"rule": "induction", "name": "k", "base": combine()}
    proof["step"] = instance | {"then": combine(equations=[["-1", step("k")], ["-1", known]])}
    assert proved(goal, proof, [recursion])
    assert not proved(goal, proof | {"base": {"rule": "split", "proofs": []}}, [recursion])
    assert not proved(goal, proof, [["all", "t", "1", ["+", "n", "-1"], step("t")]])
    assert not proved(goal, proof, [["all", "t", "0", ["+", "n", "-2"], step("t")]])
    assert not proved(goal, proof | {"name": "n"}, [recursion])
    other = ["all", "t", "0", "n", ["==", at("x", "t"), ["+", "a", times("t", "a")]]]
    assert not proved(other, proof, [recursion])
    assert not proved(["<=", "0", "1"], proof, [recursion])


def test_instance_of_a_range() -> None:
    every = ["all", "t", "1", "n", ["<=", at("x", "t"), at("y", "t")]]
    use = {"rule": "instance", "formula": every, "then": KNOWN}
    goal = ["<=", at("x", "n"), at("y", "n")]
    assert proved(goal, use | {"term": "n"}, [["<=", "1", "n"], every])
    assert not proved(goal, use | {"term": "n"}, [["<=", "0", "n"], every])
    assert not proved(goal, use | {"term": "n"}, [["<=", "1", "n"]])
    after = ["<=", at("x", "n", "1"), at("y", "n", "1")]
    assert not proved(after, use | {"term": ["+", "n", "1"]}, [["<=", "1", "n"], every])
    assert not proved(goal, use | {"term": "a"}, [["<=", "1", "n"], ["<=", "1", "a"], ["<=", "a", "n"], every])


def test_instance_of_every_vector() -> None:
    convex = ["every", "u", ["<=", ["inner", "u", "u"], times("a", ["norm", "u"])]]
    use = {"rule": "instance", "formula": convex, "term": "v", "then": KNOWN}
    goal = ["<=", square("v"), times("a", ["norm", "v"])]
    assert proved(goal, use, [convex]) and not proved(goal, use)
    assert not proved(goal, use | {"term": "a"}, [convex])
    for random in (["<=", ["inner", "u", "v"], "0"], ["<=", ["E", "0", ["inner", "u", "v"]], "0"]):
        assert not proved(["<=", square("v"), "0"], use | {"formula": ["every", "u", random]}, [["every", "u", random]])
    # E_0 of what depends on u would be another thing for a random u than for each of its values
    mean = ["every", "u", ["<=", ["E", "0", ["inner", "u", "u"]], "a"]]
    assert not proved(["<=", ["E", "0", square("v")], "a"], use | {"formula": mean}, [mean])


def test_what_binds_captures_nothing() -> None:
    nested = total(total(times(at("x", "s"), at("y", "t")), "s", upper="t"), "t")
    swapped = total(total(times(at("x", "t"), at("y", "s")), "t", upper="s"), "s")
    assert proved(["==", nested, swapped], combine())
    assert not proved(["==", nested, total(total(times(at("y", "s"), at("x", "t")), "s", upper="t"), "t")], combine())
    twice = total(total(at("x", "t"), "t"), "t")
    assert not proved(["==", twice, twice], combine())  # one name is bound once
    every = ["all", "t", "1", "n", ["==", total(at("x", "s"), "s", upper="t"), "t"]]
    use = {"rule": "instance", "formula": every, "term": "k", "then": KNOWN}
    general = {"rule": "general", "name": "k", "proof": use}
    assert proved(["all", "r", "1", "n", ["==", total(at("x", "s"), "s", upper="r"), "r"]], general, [*NATURAL, every])
    wrong = ["all", "r", "1", "n", ["==", total(at("x", "s"), "s", upper="n"), "r"]]
    assert not proved(wrong, general, [*NATURAL, every])

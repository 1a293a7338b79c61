"""Expectations: what they are equal to, the rule ``expect``, which facts it may use, and which expectations exist."""

from __future__ import annotations

import pytest

from tests.verify.kernel.spaces.certificates import (
    KNOWN,
    Json,
    accepted,
    after_conditions,
    certificate,
    combine,
    square,
    times,
)

NAMES = {
    **{"a": "real", "X": "real 1", "Y": "real 2", "u": "vector", "v": "vector 1", "w": "vector 2", "n": "integer"},
    **{"A": "operator", "q": "reals 1", "h": "vectors 2"},
}


def mean(x: Json, level: int = 0) -> Json:
    return ["E", str(level), x]


def proved(goal: Json, proof: Json, hypotheses: Json = (), conditions: int = 0) -> bool:
    return accepted(certificate(NAMES, goal, after_conditions(proof, conditions), hypotheses=hypotheses))


SQUARE = ["^", "X", "2"]


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        (mean(times("X", "Y"), 1), times("X", mean("Y", 1)), True),
        (mean(times("X", "Y")), times("X", mean("Y")), False),
        (mean(times("X", "Y")), times(mean("X"), mean("Y")), False),
        (mean(mean("Y", 1)), mean("Y"), True),
        (mean(mean("Y"), 1), mean("Y"), True),
        (mean("Y", 1), mean("Y"), False),
        (mean("Y", 2), "Y", True),
        (mean("X", 1), "X", True),
        (mean("X"), "X", False),
        (mean(times("X", mean("Y", 1))), mean(times("X", "Y")), True),
        (mean(times("Y", mean("Y", 1))), mean(times("Y", "Y")), False),
        (mean(times("Y", mean("Y", 1))), mean(["^", mean("Y", 1), "2"]), True),
        (mean(SQUARE), ["^", mean("X"), "2"], False),
        (mean(["+", times("2", "a", "X"), "3"]), ["+", times("2", "a", mean("X")), "3"], True),
        (mean(["inner", "u", "w"], 1), ["inner", "u", mean("w", 1)], True),
        (mean(["inner", "v", "w"], 1), ["inner", "v", mean("w", 1)], True),
        (mean(["inner", "v", "w"]), ["inner", mean("v"), mean("w")], False),
        (mean(["inner", "v", mean("w", 1)]), mean(["inner", "v", "w"]), True),
        (mean(["inner", "w", mean("w", 1)]), mean(square(mean("w", 1))), True),
        (mean(["inner", ["scale", "X", "u"], "w"], 1), times("X", ["inner", "u", mean("w", 1)]), True),
        (["inner", mean(["scale", "X", "v"]), "u"], mean(times("X", ["inner", "v", "u"])), True),
        (["inner", mean(["scale", "X", "v"]), "u"], times(mean("X"), ["inner", mean("v"), "u"]), False),
        (mean(["inner", ["apply", "A", "w"], "v"], 1), ["inner", mean("w", 1), ["apply", "A", "v"]], True),
        (mean(["^", ["norm", "w"], "2"]), mean(square("w")), True),
        (mean(["norm", "w"]), ["norm", mean("w")], False),
    ],
)
def test_what_an_expectation_is_equal_to(left: Json, right: Json, equal: bool) -> None:
    assert proved(["==", left, right], combine()) is equal
    assert not proved(["==", left, ["+", right, "1"]], combine())


def test_expect() -> None:
    expect = {"rule": "expect", "level": "1", "relation": ["<=", "X", "Y"], "proof": KNOWN, "then": KNOWN}
    goal = ["<=", "X", mean("Y", 1)]
    assert proved(goal, expect, [["<=", "X", "Y"]])
    assert proved(goal, expect, [["==", "X", "Y"]])
    assert not proved(goal, expect)
    assert not proved(goal, expect | {"level": "0"}, [["<=", "X", "Y"]])
    assert not proved(["<", "X", mean("Y", 1)], expect | {"relation": ["<", "X", "Y"]}, [["<", "X", "Y"]])
    assert not proved(["!=", "X", mean("Y", 1)], expect | {"relation": ["!=", "X", "Y"]}, [["!=", "X", "Y"]])
    assert not proved(["<=", mean("Y", 1), "X"], expect, [["<=", "X", "Y"]])
    assert not proved(goal, expect | {"level": "10"}, [["<=", "X", "Y"]])


def in_case(case: Json, level: int, relation: Json, goal: Json, **more: Json) -> bool:
    expect = {"rule": "expect", "level": str(level), "relation": relation, "proof": KNOWN, "then": KNOWN}
    other = {"<=": ["<", case[2], case[1]], "==": ["!=", *case[1:]]}[case[0]]
    cases = {"rule": "cases", "formula": case, "yes": expect, "no": KNOWN}
    return proved(["or", other, goal], cases, **more)


def test_a_case_that_is_known_later_is_no_fact_in_an_expectation() -> None:
    """On the event X <= 0 alone nothing is known of E X, but E_1 X <= 0 holds there."""
    assert not in_case(["<=", "X", "0"], 0, ["<=", "X", "0"], ["<=", mean("X"), "0"])
    assert in_case(["<=", "X", "0"], 1, ["<=", "X", "0"], ["<=", mean("X", 1), "0"])
    assert not in_case(["<=", "Y", "0"], 1, ["<=", "Y", "0"], ["<=", mean("Y", 1), "0"])
    assert in_case(["<=", "a", "0"], 0, ["<=", "a", "0"], ["<=", "a", "0"])
    given = ["<=", mean("X"), "0"]
    assert in_case(given, 0, given, ["<=", mean(mean("X")), "0"])
    assert not in_case(["==", "Y", "a"], 0, ["==", "Y", "a"], ["==", mean("Y"), "a"])


def test_what_follows_from_a_case_is_no_fact_either() -> None:
    def have(then: Json) -> Json:
        return {"rule": "have", "formula": ["<=", times("2", "X"), "0"], "proof": half, "then": then}

    half = combine(facts=[["2", ["<=", "X", "0"]]])
    expect = {"rule": "expect", "level": "0", "relation": ["<=", times("2", "X"), "0"], "proof": KNOWN, "then": KNOWN}
    goal = ["<=", times("2", mean("X")), "0"]
    cases = {"rule": "cases", "formula": ["<=", "X", "0"], "yes": have(expect), "no": KNOWN}
    assert not proved(["or", ["<", "0", "X"], goal], cases)
    sure = expect | {"proof": half}
    assert proved(goal, sure, [["<=", "X", "0"]])


WILD = [
    ["exp", "X"],
    ["/", "1", "X"],
    ["sqrt", "X"],
    ["log", "X"],
    ["^", "X", "1/2"],
    ["^", "2", "X"],
    ["^", "X", "-1"],
]


@pytest.mark.parametrize("wild", WILD, ids=str)
def test_an_expectation_that_may_not_exist_is_no_goal(wild: Json) -> None:
    hypotheses = [["<", "0", "X"], ["!=", "X", "0"], ["<=", "0", "X"]]
    for inside in (wild, ["norm", ["scale", wild, "u"]], times("Y", wild), ["abs", wild]):
        same = ["==", mean(inside), mean(inside)]
        assert not any(proved(same, KNOWN, [*hypotheses, same], conditions) for conditions in range(4))
    vector = mean(["scale", wild, "u"])
    assert not any(proved(["same", vector, vector], KNOWN, hypotheses, conditions) for conditions in range(4))
    assert any(proved(["==", wild, wild], KNOWN, hypotheses, conditions) for conditions in range(4))
    out = ["==", mean(times("Y", wild), 1), times(wild, mean("Y", 1))]
    assert any(proved(out, KNOWN, hypotheses, conditions) for conditions in range(4))
    tame = ["abs", "X"]
    assert proved(["==", mean(tame), mean(tame)], KNOWN)


def test_an_expectation_in_a_definition_exists_too() -> None:
    names = {"X": "real 1", "Y": "real 1", "a": "real"}
    goal, proof = ["==", "a", "a"], after_conditions(KNOWN)
    for term, exists in ((mean(times("X", "X")), True), (mean(["exp", "X"]), False)):
        assert accepted(certificate(names, goal, proof, definitions=[["a", term]])) is exists
    through = [["Y", ["exp", "X"]], ["a", mean("Y")]]
    assert not accepted(certificate(names, goal, proof, definitions=through))


def test_a_relation_whose_sides_have_no_expectation_is_not_expected() -> None:
    expect = {"rule": "expect", "level": "0", "relation": ["<=", "0", ["exp", "X"]], "proof": KNOWN, "then": KNOWN}
    assert not proved(["<=", "0", "1"], expect, [["<=", "0", ["exp", "X"]]])
    assert proved(["<=", "0", "1"], expect | {"level": "1"}, [["<=", "0", ["exp", "X"]]])
    norm = ["norm", ["scale", ["exp", "X"], "u"]]
    assert not proved(["<=", "0", "1"], expect | {"relation": ["<=", "0", norm]}, [["<=", "0", norm]])


def test_a_divisor_inside_an_expectation_is_a_constant_that_is_not_zero() -> None:
    goal = ["==", mean(["/", times("a", "X"), "a"]), mean("X")]
    assert proved(goal, combine(), [["!=", "a", "0"]], 1)
    have = {"rule": "have", "formula": goal, "proof": combine(), "then": KNOWN}
    assert proved(["<=", "0", "1"], have, [["!=", "a", "0"]])
    assert not proved(["<=", "0", "1"], have)
    cancelled = ["==", mean(["/", times("X", "Y"), "X"]), mean("Y")]
    assert not proved(["<=", "0", "1"], have | {"formula": cancelled}, [["!=", "X", "0"]])

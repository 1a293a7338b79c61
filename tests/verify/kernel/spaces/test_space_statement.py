"""What a theorem about vectors says: sorts, levels, definitions, and what has to hold for it to be defined."""

from __future__ import annotations

import pytest

from tests.verify.kernel.spaces.certificates import (
    KNOWN,
    Json,
    accepted,
    after_conditions,
    certificate,
    combine,
    from_numbers,
    square,
    times,
)

NAMES = {
    **{"a": "real", "b": "real", "X": "real 1", "Y": "real 2", "n": "integer", "x": "reals", "q": "reals 1"},
    **{"u": "vector", "v": "vector 1", "h": "vectors", "A": "operator"},
}
TRUE = ["<=", "0", "1"]


def stated(goal: Json, conditions: int = 0, hypotheses: Json = (), **more: Json) -> bool:
    proof = after_conditions(KNOWN, conditions)
    return accepted(certificate(NAMES, goal, proof, hypotheses=hypotheses, **more))


def equal(t: Json) -> Json:
    return ["==", t, t]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (["inner", "u", "v"], ["inner", "u", "a"]),
        (["norm", "u"], ["norm", "a"]),
        (["norm", ["+", "u", "v"]], ["norm", ["+", "u", "a"]]),
        (["norm", ["+", "u", "v"]], ["norm", ["*", "u", "v"]]),
        (["norm", ["scale", "a", "u"]], ["norm", ["scale", "u", "a"]]),
        (["norm", ["apply", "A", "u"]], ["norm", ["apply", "a", "u"]]),
        (["norm", ["apply", "A", "u"]], ["norm", "A"]),
        (["norm", ["zero"]], ["norm", "0"]),
        (["norm", ["zero"]], ["norm", ["zero", "u"]]),
        (["at", "x", "n"], ["at", "x", "a"]),
        (["at", "x", ["/", ["*", "n", ["+", "n", "1"]], "2"]], ["at", "x", ["/", "n", "2"]]),
        (["at", "x", "n"], ["at", "a", "n"]),
        (["at", "x", "n"], ["at", "h", "n"]),
        (["at", "x", "n"], "x"),
        (["at", "x", "n"], ["at", "x", ["at", "x", "n"]]),
        (["E", "1", "X"], ["E", "01", "X"]),
        (["E", "9", "X"], ["E", "10", "X"]),
        (["E", "1", "X"], ["E", "-1", "X"]),
        (["E", "1", "X"], ["E", "a", "X"]),
        (["E", "1", "X"], ["E", "X"]),
        (["^", "a", "2"], ["^", "a"]),
        (["+", "a", "b"], ["+", "a"]),
        ("a", "c"),
        ("a", "#0"),
        ("1/2", "2/4"),
        ("a", ["a"]),
        ("a", ["upto", "n", "a"]),
        ("a", ["inv", "a"]),
    ],
)
def test_a_term_is_of_the_sort_that_is_wanted(right: Json, wrong: Json) -> None:
    assert stated(equal(right)) and not stated(equal(wrong))


def test_names_are_declared_once_and_integers_and_operators_are_constants() -> None:
    proof = after_conditions(KNOWN)
    for names, fine in (
        ([["a", "real", "0"], ["b", "real", "9"]], True),
        ([["a", "real", "0"], ["a", "real", "0"]], False),
        ([["a", "real"]], False),
        ([["a", "number", "0"]], False),
        ([["a", "real", "10"]], False),
        ([["a", "real", 0]], False),
        ([["#0", "real", "0"]], False),
        ([["a", "integer", "1"]], False),
        ([["a", "operator", "1"]], False),
        ([["a", "vectors", "1"]], True),
    ):
        data = certificate({}, TRUE, proof)
        data["theorem"]["names"] = names
        assert accepted(data) is fine, names


def test_what_is_bound_is_not_declared_and_random_indices_are_none() -> None:
    total = ["sum", "t", "1", "2", "t"]
    assert stated(equal(total), 1) and not stated(equal(["sum", "a", "1", "2", "a"]), 1)
    assert not stated(equal(["sum", "t", "1", "2", ["sum", "t", "1", "2", "t"]]), 2)
    assert not stated(equal(["sum", "t", "1", "t", "1"]), 1)
    assert not stated(equal(["sum", "t", "1", "X", "1"]), 1)
    every = ["every", "t", ["<=", "0", ["inner", "t", "t"]]]
    assert stated(every, 0, [every]) and not stated(every)
    assert not stated(["every", "t", ["<=", "0", "t"]], 0, [["every", "t", ["<=", "0", "t"]]])


@pytest.mark.parametrize(
    ("definitions", "fine"),
    [
        ([["a", ["+", "b", "1"]]], True),
        ([["a", ["+", "a", "1"]]], False),
        ([["a", ["+", "b", "1"]], ["b", "2"]], False),
        ([["b", "2"], ["a", ["+", "b", "1"]]], True),
        ([["a", "b"], ["a", "b"]], False),
        ([["a", "X"]], False),
        ([["a", ["E", "0", "X"]]], True),
        ([["X", "Y"]], False),
        ([["X", ["E", "1", "Y"]]], True),
        ([["Y", "X"]], True),
        ([["n", "2"]], False),
        ([["u", "a"]], False),
        ([["u", ["scale", "a", ["E", "0", "v"]]]], True),
        ([["u", "v"]], False),
        ([["x", "a"]], False),
        ([["c", "a"]], False),
        ([["a", ["/", "1", "b"]]], False),
    ],
)
def test_definitions(definitions: Json, fine: bool) -> None:
    assert stated(TRUE, definitions=definitions) is fine


def test_a_definition_is_put_in_everywhere() -> None:
    definitions = [["b", "3"], ["a", ["+", "b", "1"]]]
    assert stated(["==", "a", "4"], definitions=definitions) and not stated(["==", "a", "3"], definitions=definitions)
    assert stated(["==", ["E", "0", "Y"], ["E", "0", "X"]], definitions=[["Y", "X"]])
    assert stated(TRUE, 1, [["!=", "b", "0"]], definitions=[["a", ["/", "1", "b"]]])


@pytest.mark.parametrize(
    ("term", "condition"),
    [
        (["/", "1", "a"], ["!=", "a", "0"]),
        (["sqrt", "a"], ["<=", "0", "a"]),
        (["log", "a"], ["<", "0", "a"]),
        (["^", "a", "-2"], ["!=", "a", "0"]),
        (["^", "a", "1/2"], ["<=", "0", "a"]),
        (["^", "a", "b"], ["<", "0", "a"]),
        (["^", ["norm", "u"], "b"], ["<", "0", ["norm", "u"]]),
        (["^", "a", "n"], ["or", ["!=", "a", "0"], ["<=", "0", "n"]]),
        (["^", "a", ["inner", "u", ["zero"]]], ["<", "0", "a"]),
        (["^", "2", ["/", "1", "a"]], ["!=", "a", "0"]),
        (["exp", ["/", "1", ["inner", "u", "u"]]], ["!=", ["inner", "u", "u"], "0"]),
        (["norm", ["scale", ["/", "1", "a"], "u"]], ["!=", "a", "0"]),
        (["sum", "t", "1", "n", "a"], ["<=", ["+", "1", "-1"], "n"]),
        (["/", "1", "X"], ["!=", "X", "0"]),
    ],
)
def test_what_a_goal_needs_to_be_defined(term: Json, condition: Json) -> None:
    assert stated(equal(term), 1, [condition])
    assert not stated(equal(term), 1) and not stated(equal(term), 0, [condition])
    assert stated(condition, 0, [equal(term)])  # a hypothesis is taken as defined


def test_what_is_needed_under_a_binder_is_needed_of_each() -> None:
    natural = ["<=", "0", "n"]
    term = ["sum", "t", "1", "n", ["/", "1", ["at", "x", "t"]]]
    condition = ["all", "s", "1", "n", ["!=", ["at", "x", "s"], "0"]]
    less = ["all", "s", "1", ["+", "n", "-1"], condition[4]]
    for t in (term, ["^", "2", term], ["norm", ["scale", term, "u"]]):
        assert stated(equal(t), 2, [natural, condition]) and not stated(equal(t), 2, [natural])
        assert not stated(equal(t), 2, [natural, less]) and not stated(equal(t), 1, [natural, condition])


def test_a_disjunction_is_read_from_left_to_right() -> None:
    either = ["or", ["==", "a", "0"], ["<", "0", ["/", "1", "a"]]]
    assert not stated(["!=", "a", "0"], 0, [either])
    assert stated(["!=", "a", "0"], 0, [["and", ["<", "0", ["/", "1", "a"]], ["<=", "a", "1"]]])
    assert stated(["!=", "a", "0"], 0, [["or", either[2], either[1]]])
    both = ["and", ["!=", "a", "0"], ["<", "0", ["/", "1", "a"]]]
    assert not stated(["!=", "a", "0"], 0, [["or", both, ["==", "a", "0"]]])
    assert not stated(["!=", "a", "0"], 0, [["or", ["==", "a", "0"], both]])
    assert stated(["!=", "a", "0"], 0, [["or", ["and", *both[:0:-1]], ["<", "a", "0"]]])
    unclear = ["and", ["same", "u", ["zero"]], both[2]]
    assert stated(["!=", "a", "0"], 0, [unclear]) and not stated(TRUE, 0, [["or", unclear, ["==", "a", "0"]]])


# ---------------------------------------------------------------- divisors that are out of sight


@pytest.mark.parametrize(
    "around",
    [
        lambda t: ["exp", t],
        lambda t: ["norm", ["scale", t, "u"]],
        lambda t: ["abs", ["exp", t]],
        lambda t: ["sum", "t", "1", "n", times(["exp", t], ["at", "x", "t"])],
        lambda t: ["E", "0", times(["exp", t], "X")],
        lambda t: ["^", "b", t],
        lambda t: ["inner", "u", ["sum", "t", "1", "n", ["scale", ["exp", t], ["at", "h", "t"]]]],
    ],
)
def test_arguments_are_equal_only_where_no_divisor_in_them_is_zero(around: Json) -> None:
    """1/a + 1 and (1 + a)/a are two numbers where a is 0, whatever 1/0 is."""
    inverse = ["/", "1", "a"]
    goal = ["==", around(["+", inverse, "1"]), around(times(inverse, ["+", "1", "a"]))]
    for proof in (KNOWN, combine()):
        have = {"rule": "have", "formula": goal, "proof": proof, "then": KNOWN}
        assert accepted(certificate(NAMES, TRUE, after_conditions(have), hypotheses=[["!=", "a", "0"]]))
        assert not accepted(certificate(NAMES, TRUE, after_conditions(have)))


def test_nothing_follows_from_a_divisor_that_is_zero() -> None:
    """The first hole that was found: 0 < 0 under the hypothesis a == 0."""
    goal = ["<", ["exp", times("b", ["+", "1", "a"])], ["exp", ["+", "b", "1"]]]
    theorem = from_numbers("less", {"a": "real", "b": "real"}, [["==", "a", "0"]], goal)
    inverse = ["/", "1", "a"]
    fact = ["<", ["exp", times(inverse, ["+", "1", "a"])], ["exp", ["+", inverse, "1"]]]
    proof = {"rule": "lemma", "theorem": "less", "terms": ["a", inverse], "then": combine(facts=[["1", fact]])}
    data = certificate(
        NAMES, ["<", "0", "0"], after_conditions(proof), hypotheses=[["==", "a", "0"]], numbers=[theorem]
    )
    assert not accepted(data)
    proof["then"] = KNOWN
    data["theorem"]["goal"] = ["<=", "0", "0"]
    assert accepted(data)


def test_squares_of_vectors_keep_their_divisors() -> None:
    goal = ["==", square(["scale", ["/", "a", "a"], "u"]), square("u")]
    have = {"rule": "have", "formula": goal, "proof": combine(), "then": KNOWN}
    assert accepted(certificate(NAMES, TRUE, after_conditions(have), hypotheses=[["<", "a", "0"]]))
    assert not accepted(certificate(NAMES, TRUE, after_conditions(have), hypotheses=[["<=", "a", "0"]]))

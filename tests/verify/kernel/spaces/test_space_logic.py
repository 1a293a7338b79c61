"""Rules of logic about vectors: what each accepts, and what it refuses where one of its conditions fails."""

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
    minus,
    square,
    times,
)

AB = {"a": "real", "b": "real", "c": "real", "X": "real 1", "n": "integer"}
ROOT = from_numbers("root", {"x": "real"}, [["<=", "0", "x"]], ["<=", "0", ["+", "x", "1"]])
WHOLE = from_numbers("whole", {"m": "integer"}, [["<", "0", "m"]], ["<=", "1", "m"])


def proved(goal: Json, proof: Json, hypotheses: Json = (), **more: Json) -> bool:
    return accepted(certificate(AB, goal, after_conditions(proof), hypotheses=hypotheses, **more))


@pytest.mark.parametrize(
    ("fact", "goal", "follows"),
    [
        (["<", "a", "b"], ["<=", "a", "b"], True),
        (["<=", "a", "b"], ["<", "a", "b"], False),
        (["<", "a", "b"], ["!=", "b", "a"], True),
        (["<=", "a", "b"], ["!=", "a", "b"], False),
        (["==", "a", "b"], ["<=", "b", "a"], True),
        (["==", "a", "b"], ["==", "b", "a"], True),
        (["<=", "a", "b"], ["<=", "b", "a"], False),
        (["<=", "a", "b"], ["<=", ["+", "a", "c"], ["+", "c", "b"]], True),
        (["<=", "a", "b"], ["<=", ["+", "a", "c"], "b"], False),
        (["<=", "a", "b"], ["<=", times("2", "a"), times("2", "b")], True),
        (["<=", "a", "b"], ["<=", times("2", "b"), times("2", "a")], False),
        (["<=", "a", "b"], ["<=", times("c", "a"), times("c", "b")], False),
        (["!=", "a", "b"], ["!=", times("3", "b"), times("3", "a")], True),
        (["!=", "a", "b"], ["<", "a", "b"], False),
        (["<", "0", "1"], ["<", "0", "1/2"], True),
        (["<", "1", "0"], ["<", "0", times("-1", "1")], True),
        (["<", "1", "0"], ["<", "a", "b"], False),
        (["<", "0", "1"], ["<", "0", "-1/2"], False),
        (["<", "0", "1"], ["==", "1/2", "2/4"], False),
        (["<", "0", "1"], ["or", ["<", "1", "0"], ["<=", "0", "0"]], True),
        (["<", "0", "1"], ["or", ["<", "1", "0"], ["<", "0", "0"]], False),
        (["<", "0", "1"], ["and", ["<", "0", "1"], ["<", "0", "0"]], False),
    ],
)
def test_known(fact: Json, goal: Json, follows: bool) -> None:
    assert proved(goal, KNOWN, [fact]) is follows


def test_what_divides_a_difference_must_be_known_not_to_be_zero() -> None:
    goal = ["==", ["/", times("a", "b"), "b"], "a"]
    proof = after_conditions(KNOWN, 1)
    assert accepted(certificate(AB, goal, proof, hypotheses=[["!=", "b", "0"]]))
    assert accepted(certificate(AB, goal, proof, hypotheses=[["<", "b", "0"]]))
    assert not accepted(certificate(AB, goal, proof, hypotheses=[["<=", "b", "0"]]))
    assert not accepted(certificate(AB, goal, after_conditions(KNOWN)))


def test_split_gives_the_parts_before() -> None:
    first, second = ["<=", "a", "b"], ["<=", ["+", "a", "1"], ["+", "b", "1"]]
    assert proved(["and", first, second], {"rule": "split", "proofs": [KNOWN, KNOWN]}, [first])
    backward = {"rule": "split", "proofs": [KNOWN, KNOWN]}
    assert not proved(["and", second, ["<=", "b", "a"]], backward, [["<=", "b", "c"]])
    assert not proved(["and", first, second], {"rule": "split", "proofs": [KNOWN]}, [first])
    assert not proved(["or", first, second], {"rule": "split", "proofs": [KNOWN, KNOWN]}, [first])


def test_have_wants_a_proof_and_declared_names() -> None:
    have = {"rule": "have", "formula": ["<=", "0", square("b")], "proof": combine(), "then": KNOWN}
    have["formula"] = ["<=", "0", ["^", "b", "2"]]
    have["proof"] = combine(numbers=[["1", "b"]])
    goal = ["<=", "a", ["+", "a", ["^", "b", "2"]]]
    assert proved(goal, have)
    assert not proved(goal, have | {"proof": KNOWN})
    assert not proved(goal, have | {"formula": ["<=", "0", ["^", "d", "2"]]})


def test_cases_are_those_of_one_relation() -> None:
    small, large = ["<=", "a", "b"], ["<", "b", "a"]
    cases = {"rule": "cases", "formula": small, "yes": KNOWN, "no": KNOWN}
    assert proved(["or", small, large], cases)
    assert proved(["or", large, small], cases | {"formula": large})
    assert not proved(["or", small, ["<", ["+", "b", "1"], "a"]], cases)
    assert not proved(["or", small, large], cases | {"formula": ["and", small]})
    assert not proved(["or", small, large], cases | {"formula": ["<=", "a", "c"]})
    equal = ["==", "a", "b"]
    assert proved(["or", equal, ["!=", "a", "b"]], cases | {"formula": equal})


def test_lemma_is_an_accepted_theorem_where_its_hypotheses_hold() -> None:
    use = {"rule": "lemma", "theorem": "root", "terms": [["^", "a", "2"]], "then": KNOWN}
    positive = {"rule": "have", "formula": ["<=", "0", ["^", "a", "2"]], "proof": combine(numbers=[["1", "a"]])}
    goal = ["<=", "0", ["+", ["^", "a", "2"], "1"]]
    assert proved(goal, positive | {"then": use}, numbers=[ROOT])
    assert not proved(goal, use, numbers=[ROOT])
    assert not proved(goal, positive | {"then": use})
    assert not proved(goal, positive | {"then": use | {"terms": []}}, numbers=[ROOT])
    assert not proved(goal, positive | {"then": use | {"theorem": "other"}}, numbers=[ROOT])
    wrong = ROOT | {"goal": ["<=", "1", "x"]}
    assert not proved(["<=", "1", ["^", "a", "2"]], positive | {"then": use}, numbers=[wrong])


def test_an_integer_variable_of_a_lemma_wants_an_integer_term() -> None:
    for t, whole in (("n", True), (["+", "n", "3"], True), ("a", False), (["/", "n", "2"], False), ("X", False)):
        use = {"rule": "lemma", "theorem": "whole", "terms": [t], "then": KNOWN}
        assert proved(["<=", "1", t], use, [["<", "0", t]], numbers=[WHOLE]) is whole


def test_a_disjunction_that_is_no_fact_is_no_hypothesis_of_a_lemma() -> None:
    either = ["or", ["<", "0", "x"], ["==", "x", "0"]]
    theorem = from_numbers("either", {"x": "real"}, [either], either)
    theorem["goal"], theorem["hypotheses"] = ["<=", "0", ["+", ["^", "x", "2"], "1"]], [either]
    theorem["proof"] = from_numbers("none", {"x": "real"}, [], theorem["goal"])["proof"]
    use = {"rule": "lemma", "theorem": "either", "terms": ["a"], "then": KNOWN}
    goal = ["<=", "0", ["+", ["^", "a", "2"], "1"]]
    assert proved(goal, use, [["<", "0", "a"]], numbers=[theorem])
    assert proved(goal, use, [["or", ["<", "0", "a"], ["==", "a", "0"]]], numbers=[theorem])
    assert not proved(goal, use, [["<=", "0", "a"]], numbers=[theorem])
    assert not proved(goal, use, numbers=[theorem])


def test_equal_sides_are_no_strict_relation() -> None:
    assert proved(["<=", "a", "a"], KNOWN) and not proved(["<", "a", "a"], KNOWN)
    assert not proved(["==", minus("a", "a"), "b"], KNOWN)

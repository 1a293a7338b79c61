"""The rules ``combine``, ``null``, ``schwarz`` and ``vectors``: what each accepts, and each condition that refuses."""

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

NAMES = {"u": "vector", "v": "vector 1", "w": "vector 2", "a": "real", "b": "real", "c": "real", "A": "operator"}
PARALLELOGRAM = [
    "==",
    ["+", square(["+", "u", "v"]), square(minus("u", "v"))],
    times("2", ["+", square("u"), square("v")]),
]
YOUNG = ["<=", times("2", ["inner", "u", "v"]), ["+", square("u"), square("v")]]


def proved(goal: Json, proof: Json, hypotheses: Json = ()) -> bool:
    return accepted(certificate(NAMES, goal, after_conditions(proof), hypotheses=hypotheses))


def test_an_identity_of_inner_products() -> None:
    assert proved(PARALLELOGRAM, combine())
    for wrong in (times("2", square("u")), times("3", ["+", square("u"), square("v")]), ["inner", "u", "v"]):
        assert not proved([*PARALLELOGRAM[:2], wrong], combine())
    assert not proved(["<=", *PARALLELOGRAM[1:]], combine(numbers=[["1", "a"]]))


def test_operators_are_linear_and_self_adjoint_and_do_not_commute() -> None:
    def moved(x: Json, *operators: str) -> Json:
        for operator in reversed(operators):
            x = ["apply", operator, x]
        return x

    names = {"u": "vector", "v": "vector", "A": "operator", "B": "operator"}
    both = ["inner", moved("u", "A", "B"), "v"]
    for other, true in (
        (["inner", moved("u", "B"), moved("v", "A")], True),
        (["inner", "u", moved("v", "B", "A")], True),
        (["inner", moved("v", "B", "A"), "u"], True),
        (["inner", "u", moved("v", "A", "B")], False),
        (["inner", moved("u", "B", "A"), "v"], False),
    ):
        assert accepted(certificate(names, ["==", both, other], after_conditions(combine()))) is true


def test_squares_have_factors_that_are_not_negative() -> None:
    assert proved(YOUNG, combine(squares=[["1", minus("u", "v")]]))
    assert not proved([YOUNG[0], YOUNG[2], YOUNG[1]], combine(squares=[["-1", minus("u", "v")]]))
    assert not proved(["<=", times("a", square("u")), "0"], combine(squares=[[["-", "a"], "u"]]))
    assert proved(["<=", times("a", square("u")), "0"], combine(squares=[[["-", "a"], "u"]]), [["<=", "a", "0"]])
    assert not proved(["==", YOUNG[1], YOUNG[2]], combine(squares=[["1", minus("u", "v")]]))


def test_numbers_have_factors_that_are_not_negative() -> None:
    goal = ["<=", times("2", "a", "b"), ["+", ["^", "a", "2"], ["^", "b", "2"]]]
    assert proved(goal, combine(numbers=[["1", minus("a", "b")]]))
    assert not proved([goal[0], goal[2], goal[1]], combine(numbers=[["-1", minus("a", "b")]]))
    assert not proved(["<=", "0", times("c", ["^", "a", "2"])], combine(numbers=[["c", "a"]]))
    assert proved(["<=", "0", times("c", ["^", "a", "2"])], combine(numbers=[["c", "a"]]), [["<", "0", "c"]])


@pytest.mark.parametrize(
    ("goal", "fact", "factor", "follows"),
    [
        (["<=", "a", "b"], ["<=", times("2", "a"), times("2", "b")], "1/2", True),
        (["<=", "a", "b"], ["<=", times("2", "b"), times("2", "a")], "-1/2", False),
        (["<", "a", "b"], ["<", times("2", "a"), times("2", "b")], "1/2", True),
        (["<", "a", "b"], ["<=", times("2", "a"), times("2", "b")], "1/2", False),
        (["<", "a", "a"], ["<", "a", "b"], "0", False),
        (["<", times("a", "c"), times("b", "c")], ["<", "a", "b"], "c", False),
        (["<=", times("a", "c"), times("b", "c")], ["<", "a", "b"], "c", True),
        (["==", "a", "b"], ["==", "a", "b"], "1", False),
        (["<=", "a", "b"], ["!=", "a", "b"], "1", False),
    ],
)
def test_facts_of_a_sum(goal: Json, fact: Json, factor: Json, follows: bool) -> None:
    hypotheses = [fact, ["<=", "0", "c"]]
    assert proved(goal, combine(facts=[[factor, fact]]), hypotheses) is follows
    assert not proved(goal, combine(facts=[[factor, fact]]), hypotheses[1:])


def test_a_strict_fact_with_a_positive_factor() -> None:
    goal, fact = ["<", times("a", "c"), times("b", "c")], ["<", "a", "b"]
    assert proved(goal, combine(facts=[["c", fact]]), [fact, ["<", "0", "c"]])
    assert not proved(goal, combine(facts=[["c", fact]]), [fact, ["<=", "0", "c"], ["<", "c", "0"]])


def test_equations_of_numbers_with_any_factor() -> None:
    equation = ["==", "a", ["^", "b", "2"]]
    goal = ["==", times("c", "a"), times("c", ["^", "b", "2"])]
    assert proved(goal, combine(equations=[[["-", "c"], equation]]), [equation])
    assert not proved(goal, combine(equations=[[["-", "c"], equation]]))
    assert not proved(goal, combine(equations=[["c", equation]]), [equation])
    wrong = ["<=", "a", ["^", "b", "2"]]
    assert not proved(goal, combine(equations=[[["-", "c"], wrong]]), [wrong])


def test_equations_of_vectors_in_an_inner_product() -> None:
    equation = ["same", "w", ["scale", "a", "v"]]
    goal = ["==", ["inner", "w", "u"], times("a", ["inner", "v", "u"])]
    assert proved(goal, combine(vectors=[[["-", "u"], equation]]), [equation])
    assert not proved(goal, combine(vectors=[[["-", "u"], equation]]))
    assert not proved(goal, combine(vectors=[["u", equation]]), [equation])
    assert not proved(goal, combine(equations=[["1", equation]]), [equation])


def test_a_factor_that_cancels_is_not_zero() -> None:
    goal = ["<=", "0", ["/", times("a", square("u")), "a"]]
    proof = after_conditions(combine(squares=[["1", "u"]]), 1)
    assert accepted(certificate(NAMES, goal, proof, hypotheses=[["!=", "a", "0"]]))
    assert not accepted(certificate(NAMES, goal, proof))
    inside = {"rule": "have", "formula": ["==", ["/", "a", "a"], "1"], "proof": combine(), "then": KNOWN}
    assert proved(["<=", "1", "1"], inside, [["!=", "a", "0"]])
    assert not proved(["<=", "1", "1"], inside)


def test_null_wants_a_vector_without_length() -> None:
    goal, null = ["same", "v", "w"], {"rule": "null", "vector": minus("v", "w"), "then": KNOWN}
    null["then"] = {"rule": "vectors", "equations": [["1", ["same", minus("v", "w"), ["zero"]]]]}
    assert proved(goal, null, [["<=", square(minus("v", "w")), "0"]])
    assert proved(goal, null, [["==", ["^", ["norm", minus("v", "w")], "2"], "0"]])
    assert not proved(goal, null, [["<=", square(minus("v", "w")), "a"]])
    assert not proved(goal, null, [["<=", square(["+", "v", "w"]), "0"]])
    assert not proved(goal, null, [["<=", ["E", "0", square(minus("v", "w"))], "0"]])


def test_schwarz() -> None:
    schwarz = {"rule": "schwarz", "left": "u", "right": "w", "then": KNOWN}
    product = times(["norm", "u"], ["norm", "w"])
    assert proved(["<=", ["inner", "w", "u"], product], schwarz)
    assert proved(["<=", "0", ["norm", "w"]], schwarz) and proved(["<=", "0", ["norm", "u"]], schwarz)
    assert not proved(["<=", product, ["inner", "u", "w"]], schwarz)
    assert not proved(["<", "0", ["norm", "u"]], schwarz)
    assert not proved(["<=", ["inner", "u", "v"], times(["norm", "u"], ["norm", "v"])], schwarz)
    assert not proved(["<=", "0", ["norm", "u"]], schwarz | {"left": "a"})


def test_equations_between_vectors() -> None:
    equation = ["same", "w", ["scale", "a", "v"]]
    goal = ["same", ["+", "u", "w"], ["+", ["scale", "a", "v"], "u"]]
    assert proved(goal, {"rule": "vectors", "equations": [["1", equation]]}, [equation])
    assert not proved(goal, {"rule": "vectors", "equations": [["-1", equation]]}, [equation])
    assert not proved(goal, {"rule": "vectors", "equations": [["1", equation]]})
    assert not proved(goal, {"rule": "vectors", "equations": []}, [equation])
    assert not proved(["==", "a", "a"], {"rule": "vectors", "equations": []})
    assert proved(["same", minus("v", "v"), ["zero"]], {"rule": "vectors", "equations": []})


def test_norms() -> None:
    twice = ["norm", ["scale", "-2", minus("u", "w")]]
    assert proved(["==", twice, times("2", ["norm", minus("w", "u")])], combine())
    assert not proved(["==", twice, times("-2", ["norm", minus("w", "u")])], combine())
    scaled = ["norm", ["scale", "a", "u"]]
    assert proved(["==", scaled, ["norm", ["scale", ["-", "a"], "u"]]], combine())
    assert not proved(["==", scaled, times("a", ["norm", "u"])], combine())
    assert proved(["==", ["^", scaled, "2"], times(["^", "a", "2"], square("u"))], combine())

"""Each rule of the checker of matrix identities: used rightly, and refused without each of its conditions."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from tests.word_proofs import (
    LETTERS,
    ONE,
    certificate,
    checked,
    column,
    filled,
    holds,
    law,
    number,
    square,
    step,
    words,
)
from verify.kernel import Refused, check

Json = Any
TASK = {"matrix": "W", "vector": "v", "mean": "A", "solution": "s"}
RESOLVENT = {"R": square("S", ([["1", {"lam": 1}]], ""))}
SYMBOL_IN_AN_INVERSE = {"R": square("", ([["1", {"alpha": 1}]], "S"))}


def at_zero(p: Json, symbol: str) -> Json:
    return {"zero": [{"poly": p}, symbol]}


def replaced(**values: Json) -> Json:
    return step("substitute_letters", letters={name: {"poly": p} for name, p in values.items()})


GOOD: dict[str, Json] = {
    "a letter inside words and traces": certificate(
        words("d", "d", (ONE, ["B B"], "B' A")), replaced(B=square("A", "B"), A=square("S"))
    ),
    "a symmetric letter becomes a symmetric sum": certificate(square("S A S"), replaced(S=square("A W", "W A"))),
    "a letter becomes 0": certificate(square("B", "A"), replaced(B=square())),
    "Wick": certificate(square("X' X A X' X"), step("expect", laws={"X": law("", "S")})),
    "two letters": certificate(
        words("1", "1", (ONE, ["X' X Z Z'", "Z"], "")), step("expect", laws={"X": law("", "S"), "Z": law("S", "A W A")})
    ),
    "a scale": certificate(square("X' X"), step("expect", laws={"X": law("", "S", [["2", {"nu": 2}]])})),
    "an odd moment": certificate(square("X' X Z", "A"), step("expect", laws={"X": law(), "Z": law()})),
    "two of a law that is not Gaussian": certificate(
        square("Z A Z'", "Z"), step("expect", laws={"Z": law("S", "", ONE, False)})
    ),
    "a covariance of vectors": certificate(square("Z Z'"), step("expect", laws={"Z": law("u u'")})),
    "the gradient of a form": certificate(number("v' B v", "u' v", "A"), step("gradient", letter="v")),
    "the gradient of a square": certificate(
        words("1", "1", (ONE, ["v' A v", "v' u"], "")), step("gradient", letter="v")
    ),
    "the matrix of a field": certificate(
        column("A B v", (ONE, ["B B'"], "v")), step("coefficient_of_vector", letter="v")
    ),
    "an equation": certificate(
        column("S v", ([["1", {"lam": 1}]], "v"), ([["-2", {}]], "B u")),
        step("solve_with_inverse", unknown="v", inverse="R"),
        inverses=RESOLVENT,
    ),
    "an average": certificate(
        column("B W v", "B W u", "u", (ONE, ["v' W u"], "s")), step("average_over_tasks", **{**TASK, "solution": "q"}),
        letters={**LETTERS, "q": ["d", "1", False]},
    ),
    "an average around the end of a trace": certificate(
        words("1", "1", (ONE, ["v u' B W"], ""), (ONE, ["W B u v'"], "")), step("average_over_tasks", **TASK)
    ),
    "a square of a task": certificate(
        number("v' W v", "u' W v", "u' W u"), step("average_over_tasks", **TASK, square="k")
    ),
    "zero": certificate(square("A"), lhs=at_zero(square("A", ([["3", {"alpha": 2}]], "B")), "alpha")),
    "a dimension": certificate(square("A"), replaced(A=square(([["1", {"d": -1}], ["1", {"n": 1}]], "")))),
    "results": certificate(
        square("A"), lhs={"sum": [{"result": 0}, {"times": [[["1", {"q": -1}]], {"result": 0}]}]}
    ),
    "a letter of a result": certificate(
        square("B A"), lhs={"substitute": [{"result": 0}, {"B": {"result": 0}, "A": {"poly": square("S")}}]}
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", GOOD)
def test_right_use_is_accepted_and_true(case: str) -> None:
    data = filled(GOOD[case])
    assert check(data)
    assert [holds(data, size, seed) for size in (1, 2) for seed in (0, 1)] == [True] * 4


BAD: dict[str, tuple[Json, str]] = {
    # substitution
    "another shape": (certificate(square("B"), replaced(B=column("v"))), "another shape"),
    "a product of symmetric letters is not symmetric": (
        certificate(square("S"), replaced(S=square("A W"))),
        "one that is not",
    ),
    "a letter that an inverse is made of": (
        certificate(square("R"), replaced(S=square("A")), inverses=RESOLVENT),
        "letter of an inverse",
    ),
    "an inverse": (certificate(square("R"), replaced(R=square("A")), inverses=RESOLVENT), "letter of an inverse"),
    "a letter that is not declared": (certificate(square("A"), replaced(Q=square("A"))), "not declared"),
    # expectation
    "a symmetric letter drawn": (certificate(square("A A"), step("expect", laws={"A": law()})), "not symmetric"),
    "a covariance that is not symmetric": (
        certificate(square("X' X"), step("expect", laws={"X": law("", "S A")})),
        "symmetric",
    ),
    "a covariance of another shape": (certificate(square("X' X"), step("expect", laws={"X": law("S", "")})), "fit"),
    "a covariance that is drawn": (
        certificate(square("X' X Z"), step("expect", laws={"X": law("", "Z Z'"), "Z": law()})),
        "fixed letters",
    ),
    "a covariance that is an inverse": (
        certificate(square("X' X"), step("expect", laws={"X": law("", "R")}), inverses=RESOLVENT),
        "fixed letters",
    ),
    "a negative variance": (
        certificate(square("X' X"), step("expect", laws={"X": law("", "S", [["-1", {}]])})),
        "positive",
    ),
    "no variance": (certificate(square("X' X"), step("expect", laws={"X": law("", "S", [])})), "positive"),
    "four of a law that is not Gaussian": (
        certificate(square("Z Z' Z Z'"), step("expect", laws={"Z": law("", "", ONE, False)})),
        "not known",
    ),
    "a random letter of an inverse": (
        certificate(square("R Z"), step("expect", laws={"Z": law()}), inverses={"R": square("Z Z'", "")}),
        "letter of an inverse",
    ),
    "Gaussian is neither true nor false": (
        certificate(square("X' X"), step("expect", laws={"X": law("", "", ONE, 1)})),  # type: ignore[arg-type]
        "true or false",
    ),
    "a law with more in it": (certificate(square("X' X"), step("expect", laws={"X": {**law(), "mean": []}})), "table"),
    # gradient
    "the gradient of a matrix": (certificate(square("v u'"), step("gradient", letter="v")), "no number"),
    "the gradient in a matrix": (certificate(number("B"), step("gradient", letter="B")), "no vector"),
    "a vector of an inverse": (
        certificate(number("u' R v"), step("gradient", letter="v"), inverses={"R": square("", "v v'")}),
        "letter of an inverse",
    ),
    # the matrix of a field
    "two of the vector": (certificate(column("v v' v"), step("coefficient_of_vector", letter="v")), "not linear"),
    "the vector in a trace": (
        certificate(words("d", "1", (ONE, ["v' u"], "v")), step("coefficient_of_vector", letter="v")),
        "not linear",
    ),
    "a part without the vector": (certificate(column("A v", "u"), step("coefficient_of_vector", letter="v")), "linear"),
    "the vector in an inverse": (
        certificate(column("R v"), step("coefficient_of_vector", letter="v"), inverses={"R": square("", "v v'")}),
        "letter of an inverse",
    ),
    # equations
    "another matrix": (
        certificate(column("A v", "u"), step("solve_with_inverse", unknown="v", inverse="R"), inverses=RESOLVENT),
        "not that matrix",
    ),
    "a letter that is no inverse": (
        certificate(column("A v", "u"), step("solve_with_inverse", unknown="v", inverse="B"), inverses=RESOLVENT),
        "not declared",
    ),
    "the unknown on the other side": (
        certificate(
            words("d", "1", "S v", ([["1", {"lam": 1}]], "v"), (ONE, ["v' u"], "u")),
            step("solve_with_inverse", unknown="v", inverse="R"),
            inverses=RESOLVENT,
        ),
        "not linear",
    ),
    "the unknown in the inverse": (
        certificate(
            column("v", "v v' v", "u"),
            step("solve_with_inverse", unknown="v", inverse="R"),
            inverses={"R": square("", "v v'")},
        ),
        "linear|letter of an inverse",
    ),
    # averages
    "around the end of an open word": (certificate(square("v u' W"), step("average_over_tasks", **TASK)), "next to"),
    "around its beginning": (certificate(square("W u v'"), step("average_over_tasks", **TASK)), "next to"),
    "a vector alone": (certificate(column("v"), step("average_over_tasks", **TASK)), "not linear"),
    "two weights": (certificate(square("W W"), step("average_over_tasks", **TASK)), "not linear"),
    "two weights in two traces": (
        certificate(words("1", "1", (ONE, ["W", "W"], "")), step("average_over_tasks", **TASK)),
        "not linear",
    ),
    "a square without a letter for it": (certificate(number("v' W v"), step("average_over_tasks", **TASK)), "linear"),
    "a square that is another": (
        certificate(square("W v v'"), step("average_over_tasks", **TASK, square="k")),
        "not linear",
    ),
    "a square of two factors": (
        certificate(
            words("1", "1", (ONE, ["v' W v", "W"], "")), step("average_over_tasks", **TASK, square="k")
        ),
        "not linear",
    ),
    "a weight and a vector apart": (certificate(column("W B v"), step("average_over_tasks", **TASK)), "next to"),
    "the wrong side of the weight": (certificate(square("v v' W"), step("average_over_tasks", **TASK)), "not linear"),
    "the weight of an inverse": (
        certificate(square("R W"), step("average_over_tasks", **TASK), inverses={"R": square("W")}),
        "letter of an inverse",
    ),
    "the mean in an inverse": (
        certificate(square("R W"), step("average_over_tasks", **TASK), inverses={"R": square("A")}),
        "letter of an inverse",
    ),
    "a mean that is there already": (certificate(square("W", "A"), step("average_over_tasks", **TASK)), "new"),
    "one letter twice": (
        certificate(square("W"), step("average_over_tasks", **{**TASK, "mean": "W"})),
        "one and the same",
    ),
    "a weight that is not symmetric": (
        certificate(square("B"), step("average_over_tasks", **{**TASK, "matrix": "B", "mean": "Z"})),
        "symmetric",
    ),
    "a mean of another kind": (
        certificate(square("W"), step("average_over_tasks", **{**TASK, "mean": "B"})),
        "different kinds",
    ),
    "a solution of another kind": (
        certificate(square("W"), step("average_over_tasks", **{**TASK, "solution": "k"})),
        "different kinds",
    ),
    # inverses
    "an inverse of another shape": (certificate(square("A"), inverses={"R": words("n", "n", "")}), "another shape"),
    "an inverse of no square": (certificate(square("A"), inverses={"v": column("u")}), "another shape"),
    "a symmetric inverse of something else": (
        certificate(square("A"), inverses={"R": square("", "A S")}),
        "a matrix that is not",
    ),
    "an inverse of 0": (certificate(square("A"), inverses={"R": square()}), "never have one"),
    "an inverse of a difference that is 0": (
        certificate(square("A"), inverses={"R": square("A", ([["-1", {}]], "A"))}),
        "never have one",
    ),
    "an inverse of an inverse": (
        certificate(square("A"), inverses={**RESOLVENT, "A": square("R", "S")}),
        "inverse of an inverse",
    ),
    # zero
    "a dimension set to 0": (certificate(square("A"), lhs=at_zero(square(([["1", {"d": 1}]], "")), "d")), "dimension"),
    "another dimension set to 0": (certificate(square("A"), lhs=at_zero(square("A"), "n")), "dimension"),
    "a symbol in an inverse set to 0": (
        certificate(square("A"), lhs=at_zero(square("R"), "alpha"), inverses=SYMBOL_IN_AN_INVERSE),
        "symbol of an inverse",
    ),
    "a symbol in a denominator set to 0": (
        certificate(square("A"), lhs=at_zero(square(([["1", {"alpha": -1}]], "A")), "alpha")),
        "denominator",
    ),
    "a symbol that is a denominator before": (
        certificate(square(([["1", {"alpha": -1}]], "A")), lhs=at_zero(square("A"), "alpha")),
        "denominator",
    ),
    "a symbol that is a denominator afterwards": (
        certificate(
            square("A"),
            lhs={"times": [[["1", {"alpha": -1}]], at_zero(square(([["1", {"alpha": 1}]], "A")), "alpha")]},
        ),
        "denominator",
    ),
    # names, results, shapes
    "a letter called like a dimension": (
        certificate(square("A"), letters={**LETTERS, "n": ["d", "d", False]}),
        "name of a dimension",
    ),
    "a symbol called like a letter": (certificate(square(([["1", {"S": 1}]], "A"))), "name of a letter"),
    "a letter set to 0": (certificate(square("A"), lhs=at_zero(square("A"), "S")), "name of a letter"),
    "a result from the end": (certificate(square("A"), lhs={"result": -1}), "no such result"),
    "a result called false": (certificate(square("A"), lhs={"result": False}), "no such result"),
    "a result to come": (certificate(square("A"), lhs={"result": 1}), "no such result"),
    "a sum of shapes": (certificate(square("A"), lhs={"sum": [{"result": 0}, {"poly": column("v")}]}), "shapes"),
    "an empty sum": (certificate(square("A"), lhs={"sum": []}), "empty sum"),
    "a word of another shape": (certificate(square("v")), "shape"),
    "shapes that do not meet": (certificate(square("X X")), "do not fit"),
    "a trace that is not closed": (certificate(words("1", "1", (ONE, ["X"], ""))), "another shape"),
    "an empty trace": (certificate(words("1", "1", (ONE, [""], ""))), "empty trace"),
    "an identity that is not square": (certificate(words("n", "d", "")), "shape"),
    "a dimension of its own": (certificate(words("q", "q", "")), "no letter has"),
    "a symmetric letter that is not square": (
        certificate(square("A"), letters={**LETTERS, "X": ["n", "d", True]}),
        "square",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_without_its_condition_a_rule_is_refused(case: str) -> None:
    data, reason = BAD[case]
    with pytest.raises(Refused, match=reason):
        checked(data)


def test_a_rule_of_another_name_is_refused() -> None:
    for name in ("put", "__init__", "rule_expect", "expect ", ""):
        with pytest.raises(Refused, match="no rule"):
            check(certificate(square("A"), step(name)))


def test_parameters_are_those_of_the_rule() -> None:
    good = filled(GOOD["Wick"])
    for extra in ({"p": 1}, {"self": 1}, {"laws2": {}}):
        data = copy.deepcopy(good)
        data["derivations"][0]["steps"][0]["params"] |= extra
        with pytest.raises(Refused, match="other parameters"):
            check(data)
    data = copy.deepcopy(good)
    data["derivations"][0]["steps"][0]["params"] = {}
    with pytest.raises(Refused, match="other parameters"):
        check(data)


SHAPES: dict[str, Callable[[Json], object]] = {
    "schema true": lambda c: c.update(schema=True),
    "schema 1.0": lambda c: c.update(schema=1.0),
    "another kind": lambda c: c.update(kind="word"),
    "one field more": lambda c: c.update(note=""),
    "one field less": lambda c: c.pop("claim"),
    "a claim that is no text": lambda c: c.update(claim=None),
    "a title that is no text": lambda c: c["derivations"][0].update(title=1),
    "a flag that is a number": lambda c: c["letters"].update(A=["d", "d", 1]),
    "a dimension that is a number": lambda c: c["letters"].update(A=["d", 1, False]),
    "a letter that is no name": lambda c: c["letters"].update({"A'": ["d", "d", False]}),
    "a letter on two lines": lambda c: c["letters"].update({"A\n": ["d", "d", False]}),
    "a surrogate": lambda c: c["letters"].update({"\ud800": ["d", "d", False]}),
    "a rule that is a surrogate": lambda c: c["derivations"][0]["steps"][0].update(rule="\udfff"),
    "a number that is none": lambda c: c["rhs"]["terms"][0][0].append([1, {}]),
    "a fraction that is not in lowest terms": lambda c: c["rhs"]["terms"][0][0].append(["2/4", {"q": 1}]),
    "a fraction over 1": lambda c: c["rhs"]["terms"][0][0].append(["2/1", {"q": 1}]),
    "a fraction over 0": lambda c: c["rhs"]["terms"][0][0].append(["2/0", {"q": 1}]),
    "a number with a zero in front": lambda c: c["rhs"]["terms"][0][0].append(["02", {"q": 1}]),
    "minus 0": lambda c: c["rhs"]["terms"][0][0].append(["-0", {"q": 1}]),
    "an exponent 0": lambda c: c["rhs"]["terms"][0][0][0][1].update(q=0),
    "an exponent true": lambda c: c["rhs"]["terms"][0][0][0][1].update(q=True),
    "a large exponent": lambda c: c["rhs"]["terms"][0][0][0][1].update(q=401),
    "a symbol that is no name": lambda c: c["rhs"]["terms"][0][0][0][1].update({"1": 1}),
    "a term that is too short": lambda c: c["rhs"]["terms"][0].pop(),
    "terms in a table": lambda c: c["rhs"].update(terms={}),
    "a word that is text": lambda c: c["rhs"]["terms"][0].__setitem__(2, "SS"),
    "a letter in a list": lambda c: c["rhs"]["terms"][0].__setitem__(2, [["S"], ["S"]]),
    "a term at a place that is no list": lambda c: c["derivations"].append({"0": 1}),
    "two operations": lambda c: c.update(lhs={"result": 0, "sum": []}),
    "no operation": lambda c: c.update(lhs={}),
}


@pytest.mark.parametrize("case", SHAPES)
def test_data_of_another_form_are_refused(case: str) -> None:
    data = filled(certificate(square("S B"), replaced(B=square("A"))))
    check(data)
    SHAPES[case](data)
    with pytest.raises(Refused) as reason:
        check(data)
    assert str(reason.value).isascii() and "\n" not in str(reason.value)

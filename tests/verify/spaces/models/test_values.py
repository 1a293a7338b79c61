"""Two evaluations of statements in models: each by hand, both against each other, and with a fault planted."""

from fractions import Fraction as F

import pytest

from tests.verify.spaces.random_problems import TREE, Draw
from tests.verify.spaces.statements import INTEGER, REAL, VECTOR, minus, problem, square
from verify.spaces.models import values
from verify.spaces.models.model import Chances, Model
from verify.spaces.models.second_values import second_opinion
from verify.spaces.models.values import judge
from verify.spaces.problems.problem import Problem, Sort

HALF = F(1, 2)
NAMES = {
    "a": REAL, "n": INTEGER, "u": VECTOR, "v": VECTOR, "D": Sort("reals", 0), "x": Sort("vectors", 0),
    "A": Sort("operator", 0), "X": Sort("real", 1), "g": Sort("vector", 2),
}  # fmt: skip
CHANCES = Chances((HALF, F(1, 4), F(1, 4)), ((0, 0, 0), (0, 1, 1), (0, 1, 2)))
MODEL = Model(
    2,
    {
        "a": (F(3),) * 3,
        "n": (F(2),) * 3,
        "u": ((F(3), F(4)),) * 3,
        "v": ((F(1), F(1)),) * 3,
        "D": ({0: F(5), 1: F(7)},) * 3,
        "x": ({0: (F(1), F(0))},) * 3,
        "A": (((F(2), F(1)), (F(1), F(2))),) * 3,
        "X": (F(0), F(2), F(2)),
        "g": ((F(0), F(0)), (F(1), F(0)), (F(3), F(0))),
    },
    CHANCES,
)
FIFTH_ROOT = ("^", 2, ("/", 1, 5))

TRUE = [
    ("==", ("inner", "u", "v"), 7),
    ("==", ("norm", "u"), 5),
    ("==", square("v"), 2),
    ("<", ("norm", "v"), F(15, 10)),
    ("!=", ("norm", "v"), F(14142135, 10000000)),
    ("same", ("+", minus("u", "v"), ("at", "x", 0)), ("apply", "A", ("scale", F(1, 2), ("+", ("zero",), "v", "v")))),
    ("==", ("E", 0, "X"), 1),
    ("==", ("E", 0, ("^", "X", 2)), 2),
    ("same", ("E", 1, "g"), ("scale", "X", ("scale", HALF, ("scale", 2, ("at", "x", 0))))),
    ("==", ("E", 1, ("E", 2, "X")), "X"),
    ("==", ("sum", "t", ("+", "n", -2), 1, ("*", "t", ("at", "D", "t"))), 7),
    ("==", ("sum", "t", 1, 0, "a"), 0),
    ("same", ("sum", "t", 0, 0, ("at", "x", "t")), ("at", "x", ("+", "n", -2))),
    ("same", ("sum", "t", 5, 4, ("at", "x", "t")), ("zero",)),
    ("==", ("sum", "s", 1, 0, ("sum", "t", 1, "s", ("+", "t", "a"))), 0),
    ("==", ("^", -2, ("+", "n", 1)), -8),
    ("==", ("^", 0, ("+", "n", -2)), 1),
    ("all", "t", 0, 1, ("<=", ("at", "D", "t"), ("+", 5, ("*", 2, "t")))),
    ("all", "t", 5, 1, ("<", 1, 0)),
    ("every", "z", 0, ("<=", ("inner", ("apply", "A", "z"), "z"), ("*", "a", square("z")))),
    ("every", "z", 0, (">=", square(("apply", "A", "z")), ("inner", ("apply", "A", "z"), "z"))),
    ("==", ("max", ("min", 1, 2), ("abs", -3)), 3),
    ("==", ("exp", ("log", 1)), 1),
    ("<", 1, FIFTH_ROOT),
]
FALSE = [
    ("==", ("norm", "v"), F(14142135, 10000000)),
    ("same", "u", "v"),
    ("==", ("E", 0, ("^", "X", 2)), 1),
    ("==", "X", ("E", 0, "X")),
    ("all", "t", 0, 1, (">", ("at", "D", "t"), 5)),
    ("every", "z", 0, ("<=", ("inner", ("apply", "A", "z"), "z"), ("*", F(29, 10), square("z")))),
    ("every", "z", 0, ("==", ("inner", ("apply", "A", "z"), "z"), ("*", 2, square("z")))),
    ("and", ("==", 1, 1), ("<", 2, 1)),
]
NO_VALUE = [
    ("==", ("/", "a", minus("X", "X")), 0),
    ("==", ("/", 1, "X"), ("/", 1, "X")),  # at one outcome
    ("<", ("sqrt", ("-", "a")), 0),
    ("<", ("log", ("E", 0, ("-", "X"))), 0),
    ("<", ("^", ("inner", "u", ("zero",)), -1), 0),
]
OPEN = [
    ("==", ("sum", "t", 5, 2, "a"), 0),  # readings differ
    ("==", ("^", ("-", "a"), "a"), 1),
    ("==", ("at", "D", HALF), 0),
    ("==", ("at", "D", 2), 0),  # the model does not say
    ("every", "z", 0, ("<=", ("norm", "z"), square("z"))),
    ("every", "z", 0, ("<=", ("inner", "z", "u"), square("z"))),
    ("<=", "u", 1),
]


def asked(goal):
    return problem(goal, names=NAMES)


@pytest.mark.parametrize("goal", TRUE, ids=str)
def test_true_goals_are_no_counterexamples(goal):
    assert judge(asked(goal), MODEL).why == "all goals hold"
    assert second_opinion(asked(goal), MODEL).why == "all goals are true"


@pytest.mark.parametrize("goal", FALSE, ids=str)
def test_false_goals_are_counterexamples(goal):
    assert judge(asked(goal), MODEL).kind == "violates"
    assert second_opinion(asked(goal), MODEL).goal == "false"


@pytest.mark.parametrize("goal", NO_VALUE, ids=str)
def test_goals_without_a_value_are_counterexamples(goal):
    assert judge(asked(goal), MODEL).kind == "undefined"
    assert second_opinion(asked(goal), MODEL).goal == "undefined"


@pytest.mark.parametrize("goal", OPEN, ids=str)
def test_what_cannot_be_told_is_no_counterexample(goal):
    assert judge(asked(goal), MODEL).kind is None
    assert second_opinion(asked(goal), MODEL).goal is None


@pytest.mark.parametrize("formula", [*FALSE, *NO_VALUE, *OPEN], ids=str)
def test_a_hypothesis_has_to_be_true_and_defined(formula):
    wrong = ("<", 1, 0)
    assert judge(problem(wrong, names=NAMES), MODEL).kind == "violates"  # the control
    assert judge(problem(wrong, formula, names=NAMES), MODEL).kind is None
    assert second_opinion(problem(wrong, formula, names=NAMES), MODEL).goal is None


def test_definitions_have_to_hold():
    for term, holds in ((minus("v", ("scale", -2, ("at", "x", 0))), True), ("v", False)):
        stated = Problem(NAMES | {"w": VECTOR}, (("w", term),), (), (("<", 1, 0),))
        model = Model(2, dict(MODEL.values) | {"w": ((F(3), F(1)),) * 3}, CHANCES)
        assert (judge(stated, model).kind is not None) is holds
        assert (second_opinion(stated, model).goal is not None) is holds


@pytest.mark.parametrize(
    "change", [{"X": (F(0), F(1), F(2))}, {"n": (HALF,) * 3}, {"A": (((F(2), F(1)), (F(0), F(2))),) * 3}]
)
def test_both_refuse_what_is_no_model(change):
    model = Model(2, dict(MODEL.values) | change, CHANCES)
    assert judge(asked(("<", 1, 0)), model).kind is None
    assert second_opinion(asked(("<", 1, 0)), model).goal is None


def compared(seeds):
    """By seed, what the two evaluations say of a random statement in a random model."""
    out = []
    for seed in seeds:
        draw = Draw(seed)
        stated, model = draw.problem(), draw.model(1 + seed % 3)
        out.append((judge(stated, model), second_opinion(stated, model)))
    return out


def contradictions(found):
    """Where one evaluation knows the outcome and the other knows another; both may know a part of it.

    A goal that is undefined at one outcome and false at another is either, as each sees it first.
    """
    known = {"all goals hold": "true", "all goals are true": "true"}
    said = [(a.kind or known.get(a.why), b.goal or known.get(b.why)) for a, b in found]
    alike = {("violates", "false"), ("undefined", "undefined"), ("undefined", "false"), ("true", "true")}
    return [pair for pair in said if None not in pair and pair not in alike]


def test_the_two_evaluations_agree_on_random_statements():
    found = compared(range(150))
    assert not contradictions(found)
    assert sum(a.kind == "violates" and b.goal == "false" for a, b in found) > 50  # most are decided, and alike
    assert TREE.flaw == ""


def test_a_planted_fault_makes_them_differ(monkeypatch):
    monkeypatch.setattr(values, "inner", lambda u, v: values.number("*", u[-1], v[-1]))
    assert contradictions(compared(range(150)))

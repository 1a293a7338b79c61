"""The search for counterexamples: slips that people make fall, what is true does not, and what is found is exact."""

from fractions import Fraction as F

import pytest

from tests.verify.spaces.statements import (
    INTEGER,
    REAL,
    VECTOR,
    ZERO,
    gradient_descent,
    minus,
    problem,
    square,
    with_function,
)
from verify.spaces.meaning.elaborate import elaborate
from verify.spaces.models.acceptance import accepted
from verify.spaces.models.functions import FunctionClass, FunctionUse, Piece, Separable, Use
from verify.spaces.models.model import Model
from verify.spaces.models.second_values import second_opinion
from verify.spaces.models.values import judge
from verify.spaces.problems.problem import Problem, Sort
from verify.spaces.reading.plain import claim
from verify.spaces.refutation.refute import refute

ONE, TWO = Sort("vector", 1), Sort("vector", 2)
SMALL = 300_000  # units of work that are enough for a look at what is true


def both(a, b):
    """A false statement and the true one beside it."""
    return pytest.param(a, b)


def young(factor):
    goal = ("<=", ("*", 2, ("inner", "a", "b")), ("+", ("*", "c", square("a")), ("/", ("*", factor, square("b")), "c")))
    return problem(goal, (">", "c", 0), vectors="a b", reals="c")


def step(*unbiased):
    """One step of SGD at w with a stochastic gradient g of mean h."""
    left = ("E", 0, square(("+", "w", ("-", ("scale", "eta", "g")), ("-", "y"))))
    right = ("+", ("E", 0, square(minus("w", "y"))), ("-", ("*", 2, "eta", ("E", 0, ("inner", "h", minus("w", "y"))))),
             ("*", ("^", "eta", 2), ("E", 0, square("g"))))  # fmt: skip
    names = {"w": ONE, "h": ONE, "g": TWO, "y": VECTOR, "eta": REAL}
    return problem(("==", left, right), *unbiased, names=names)


def recursion(rate):
    """x[T] <= q^T x[0] + rate from x[t+1] <= q x[t] + b."""
    each = ("<=", ("at", "x", ("+", "t", 1)), ("+", ("*", "q", ("at", "x", "t")), "b"))
    goal = ("<=", ("at", "x", "T"), ("+", ("*", ("^", "q", "T"), ("at", "x", 0)), rate))
    return problem(
        goal, ("all", "t", 0, ("+", "T", -1), each), ("<", 0, "q"), ("<", "q", 1), (">=", "b", 0),
        (">=", ("at", "x", 0), 0), (">=", "T", 1), names={"x": Sort("reals", 0), "T": INTEGER, "q": REAL, "b": REAL},
    )  # fmt: skip


def telescope(last):
    body = minus(("at", "D", "t"), ("at", "D", ("+", "t", 1)))
    goal = ("==", ("sum", "t", 1, "T", body), minus(("at", "D", 1), ("at", "D", last)))
    return problem(goal, (">=", "T", 1), names={"D": Sort("reals", 0), "T": INTEGER})


def operator(bound):
    """``||A u||^2 <= bound ||u||^2`` for 0 <= A <= L."""
    form = ("inner", ("apply", "A", "z"), "z")
    bounds = (("every", "z", 0, (">=", form, 0)), ("every", "z", 0, ("<=", form, ("*", "L", square("z")))))
    goal = ("<=", square(("apply", "A", "u")), ("*", bound, square("u")))
    return problem(goal, *bounds, names={"A": Sort("operator", 0), "u": VECTOR, "L": REAL})


def variance(right):
    return problem(("==", ("E", 0, square("g")), ("+", square(("E", 0, "g")), right)), names={"g": ONE})


PAIRS = [
    both(
        problem(("<=", square(("+", "a", "b")), ("+", square("a"), square("b"))), vectors="a b"),
        problem(("<=", square(("+", "a", "b")), ("*", 2, ("+", square("a"), square("b")))), vectors="a b"),
    ),
    both(
        problem(("==", ("norm", ("+", "a", "b")), ("+", ("norm", "a"), ("norm", "b"))), vectors="a b"),
        problem(("<=", ("norm", ("+", "a", "b")), ("+", ("norm", "a"), ("norm", "b"))), vectors="a b"),
    ),
    both(
        problem(("==", ("*", square("a"), square("b")), ("^", ("inner", "a", "b"), 2)), vectors="a b"),
        problem((">=", ("*", square("a"), square("b")), ("^", ("inner", "a", "b"), 2)), vectors="a b"),
    ),
    both(young(F(1, 2)), young(1)),
    both(variance(square(("E", 0, "g"))), variance(("E", 0, square(minus("g", ("E", 0, "g")))))),
    both(step(), step(("same", ("E", 1, "g"), "h"))),
    both(recursion("b"), recursion(("/", "b", ("+", 1, ("-", "q"))))),
    both(telescope("T"), telescope(("+", "T", 1))),
    both(operator("L"), operator(("^", "L", 2))),
]


@pytest.mark.parametrize(("false", "true"), PAIRS)
def test_slips_fall_and_what_is_true_stands(false, true):
    found = refute(false)
    assert found is not None
    assert judge(false, found.model).kind == found.kind
    assert second_opinion(false, found.model).goal is not None
    assert judge(true, found.model).kind is None
    assert refute(true, work=SMALL) is None


def test_a_plane_is_used_where_a_line_is_not_enough():
    false = problem(("same", ("apply", "A", ("apply", "B", "u")), ("apply", "B", ("apply", "A", "u"))),
                    names={"A": Sort("operator", 0), "B": Sort("operator", 0), "u": VECTOR})  # fmt: skip
    found = refute(false)
    assert found is not None and found.model.dimension == 2


def test_space_is_used_where_a_plane_is_not_enough():
    pairs = [("==", ("inner", u, v), 0) for u, v in ("ab", "bc", "ac")]
    false = problem(("==", ("*", square("a"), square("b"), square("c")), 0), *pairs, vectors="a b c")
    found = refute(false, efforts=[2])
    assert found is not None and found.model.dimension == 3


def test_a_goal_without_a_value_is_refuted():
    stated = young(1)
    found = refute(Problem(stated.names, (), (), stated.goals))
    assert found is not None and found.kind == "undefined" and "division by zero" in str(found)


# ---------------------------------------------------------------- functions


def rate(extra):
    return ("/", "L", ("+", ("*", 4, "gamma", "L"), extra))


def test_the_rate_of_gradient_descent_is_exact():
    short = ("<=", ("*", "gamma", "L"), 1)
    false, f = gradient_descent(rate(F(21, 10)), short, (">=", ("*", "gamma", "L"), F(1, 2)))
    found = refute(false, [f])
    assert found is not None and isinstance(found.functions["f"], Separable)
    assert "f(x) = " in str(found)
    true, f = gradient_descent(rate(2), short)
    assert judge(true, found.model).kind is None
    assert refute(true, [f], work=SMALL) is None


def test_an_implicit_step_is_solved():
    def prox(factor):
        goal = ("<=", minus("f_x1", "f_xs"), ("/", square(minus("x0", "xs")), ("*", factor, "gamma")))
        return with_function(
            goal, ("same", "gf_xs", ZERO), (">", "gamma", 0), points={"x1": "x1", "xs": "xs"}, vectors="x0 x1 xs",
            classes=(FunctionClass("convex"),), reals="gamma",
            definitions=[("x1", minus("x0", ("scale", "gamma", "gf_x1")))],
        )  # fmt: skip

    false, f = prox(10)
    found = refute(false, [f])
    assert found is not None
    x0, x1, g = (found.model.values[n][0][0] for n in ("x0", "x1", "gf_x1"))
    assert x1 == x0 - found.model.values["gamma"][0] * g
    true, f = prox(4)
    assert refute(true, [f], work=SMALL) is None


def test_exact_line_search_is_solved_in_the_plane():
    def search(below):
        ratio = ("^", ("/", minus("L", "mu"), ("+", "L", ("*", below, "mu"))), 2)
        goal = ("<=", minus("f_x1", "f_xs"), ("*", ratio, minus("f_x0", "f_xs")))
        points = {n: n for n in ("x0", "x1", "xs")}
        return with_function(
            goal, ("same", "gf_xs", ZERO), (">", "mu", 0), (">", "L", "mu"), ("==", ("inner", "gf_x1", "gf_x0"), 0),
            ("==", ("inner", "gf_x1", minus("x1", "x0")), 0), points=points, low="mu", top="L", reals="L mu",
            vectors="x0 x1 xs", classes=(FunctionClass("strongly convex", "mu"), FunctionClass("smooth", "L")),
        )  # fmt: skip

    false, f = search(2)
    found = refute(false, [f])
    assert found is not None and found.model.dimension == 2


def test_a_function_is_used_at_a_family_of_points():
    """T steps of gradient descent: ``f(x[T]) - f(xs) <= ||x[0] - xs||^2/(c eta T)`` for c = 2 and not for c = 8."""

    def descent(c):
        after, drop = ("at", "x", ("+", "t", 1)), ("scale", "eta", ("at", "G", "t"))
        below = ("+", ("at", "F", "t"), ("inner", ("at", "G", "t"), minus("xs", ("at", "x", "t"))))
        goal = ("<=", minus(("at", "F", "T"), "f_xs"), ("/", square(minus(("at", "x", 0), "xs")), ("*", c, "eta", "T")))
        names = {"x": Sort("vectors", 0), "G": Sort("vectors", 0), "F": Sort("reals", 0), "xs": VECTOR, "gf_xs": VECTOR}
        stated = problem(
            goal, ("all", "t", 0, "T", (">=", "f_xs", below)), ("same", "gf_xs", ZERO), (">", "eta", 0), (">", "L", 0),
            ("all", "t", 0, ("+", "T", -1), ("same", after, minus(("at", "x", "t"), drop))),
            ("<=", ("*", "eta", "L"), 1), (">=", "T", 1), reals="f_xs eta L", names=names | {"T": INTEGER},
        )  # fmt: skip
        uses = {"x": Use("F", "G", "x"), "xs": Use("f_xs", "gf_xs", "xs")}
        return stated, FunctionUse("f", uses, (FunctionClass("convex"), FunctionClass("smooth", "L")), frozenset([0]))

    false, f = descent(8)
    found = refute(false, [f])
    assert found is not None and isinstance(found.functions["f"], Separable)
    table = found.model.values["F"][0]
    other = {**table, max(table): table[max(table)] + F(1, 100)}  # larger than the function is
    raised = Model(1, {**found.model.values, "F": (other,)})
    assert judge(false, raised).kind == "violates"
    assert accepted(false, raised, [f], found.functions) is None
    true, f = descent(2)
    assert refute(true, [f], work=SMALL) is None


def test_a_function_has_to_exist():
    """Values that satisfy what is assumed at each outcome are not enough: one function takes them all."""
    values = {"x": ((F(0),), (F(1),)), "f_x": (F(0), F(5)), "gf_x": ((F(0),), (F(0),))}
    stated, f = with_function(
        ("<=", "f_x", 1), points={"x": "x"}, vectors="x", classes=(FunctionClass("convex"),), level={"x": 1}
    )
    chances = refute(problem(("==", "X", 0), names={"X": Sort("real", 1)})).model.chances
    doubts = []
    assert judge(stated, Model(1, values, chances)).kind == "violates"
    assert accepted(stated, Model(1, values, chances), [f], doubts=doubts) is None
    assert "exist" in doubts[0]
    high = values | {"f_x": (F(5), F(5))}
    assert accepted(stated, Model(1, high, chances), [f]) is not None


def test_an_explicit_function_has_to_be_of_its_class():
    stated, f = with_function(
        ("<=", "f_x", 0), points={"x": "x"}, vectors="x", classes=(FunctionClass("smooth", 1),), top=1, low=-1
    )
    for slope, fits in ((1, True), (2, False)):
        bowl = Separable((Piece(F(0), F(slope)),))
        model = Model(1, {"x": ((F(1),),), "f_x": (F(slope, 2),), "gf_x": ((F(slope),),)})
        assert (accepted(stated, model, [f], {"f": bowl}) is not None) is fits
        wrong = Model(1, {"x": ((F(1),),), "f_x": (F(slope, 2),), "gf_x": ((F(3),),)})
        assert accepted(stated, wrong, [f], {"f": bowl}) is None


def test_an_operator_need_not_be_a_gradient():
    """Forward steps on a monotone operator may leave a ball, those of a gradient do not."""
    step = minus("x0", ("scale", "a", "gA_x0"))
    pair = minus("x0", "xs")
    names = {n: VECTOR for n in ("x0", "x1", "xs", "gA_x0", "gA_xs")} | {"a": REAL, "L": REAL}
    stated = problem(
        ("<=", square(minus("x1", "xs")), square(pair)), (">=", ("inner", "gA_x0", pair), 0), ("same", "gA_xs", ZERO),
        ("<=", square("gA_x0"), ("*", ("^", "L", 2), square(pair))), (">", "a", 0), ("<=", ("*", "a", "L"), 1),
        (">", "L", 0), definitions=[("x1", step)], names=names,
    )  # fmt: skip
    uses = {n: Use(None, f"gA_{n}", n) for n in ("x0", "xs")}
    classes = (FunctionClass("monotone"), FunctionClass("Lipschitz operator", "L"))
    found = refute(stated, [FunctionUse("A", uses, classes)])
    assert found is not None and "[[" in str(found)


# ---------------------------------------------------------------- expectations


def test_independence_is_more_than_uncorrelated():
    goal = (
        "==",
        ("E", 0, ("*", ("^", "X", 2), ("^", "Y", 2))),
        ("*", ("E", 0, ("^", "X", 2)), ("E", 0, ("^", "Y", 2))),
    )
    product = ("==", ("E", 0, ("*", "X", "Y")), ("*", ("E", 0, "X"), ("E", 0, "Y")))
    stated = problem(goal, product, names={"X": Sort("real", 1), "Y": Sort("real", 1)})
    found = refute(stated)
    assert found is not None
    assert accepted(stated, found.model, independent=[("X", "Y")]) is None
    assert refute(stated, independent=[("X", "Y")], work=SMALL) is None


def test_independent_names_are_drawn_apart():
    goal = ("==", ("E", 0, square(("+", "X", "Y"))), ("+", ("E", 0, square("X")), ("E", 0, square("Y"))))
    for level in (1, 2):
        found = refute(problem(goal, names={"X": ONE, "Y": Sort("vector", level)}), independent=[("X", "Y")])
        assert found is not None and len(found.model.chances.weights) == 4


def test_the_text_can_be_checked_by_hand():
    found = refute(step())
    lines = str(found).splitlines()
    assert lines[0] == "eta = 1" and lines[1] == "in R^1:"
    assert sum("with probability 1/2" in line for line in lines) == 2
    assert lines[-1].startswith("left side ")


def test_the_search_is_the_same_each_time():
    assert str(refute(step())) == str(refute(step()))


def test_no_work_no_counterexample():
    assert refute(step(), work=10) is None


@pytest.mark.parametrize(("relation", "false"), [("<=", True), (">=", False)])
def test_a_direction_whose_mean_is_a_gradient_is_met_at_a_glance(relation: str, false: bool) -> None:
    """The direction makes up for the gradient: the other way round a function would have to fit it by luck."""
    known = ["f convex", "f L-smooth", "f mu-strongly convex", "0 < mu", "mu <= L", "grad f(x) == 0", "s >= 0"]
    noise = ["E[g | w] == grad f(w)", "E[||g - grad f(w)||^2 | w] <= s^2", "g, w random vectors", "x vector"]
    statement = claim(f"||w - x||^2 + E[||g||^2 | w] {relation} ||w - x||^2 + ||grad f(w)||^2", [*known, *noise])
    meaning = elaborate(statement)
    found = refute(meaning.problem, meaning.functions, work=SMALL, efforts=(0,))
    assert (found is not None) is false

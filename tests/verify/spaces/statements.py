"""Problems built by hand, as elaboration makes them of text."""

from fractions import Fraction
from itertools import permutations

from verify.spaces.models.functions import FunctionClass, FunctionUse, Use
from verify.spaces.problems.problem import Hypothesis, Problem, Sort

ZERO = ("zero",)
VECTOR, REAL, INTEGER = Sort("vector", 0), Sort("real", 0), Sort("integer", 0)


def minus(u, v):
    return ("+", u, ("-", v))


def square(v):
    return ("^", ("norm", v), 2)


def problem(goal, *hypotheses, vectors="", reals="", definitions=(), names=None, shown=None):
    table = {n: VECTOR for n in vectors.split()} | {n: REAL for n in reals.split()} | (names or {})
    stated = tuple(Hypothesis(h, "assumed") for h in hypotheses)
    return Problem(table, tuple(definitions), stated, (goal,), shown or {})


def interpolation(f, a, b, xa, xb, low, top):
    """What functions with curvature between ``low`` and ``top`` (None: no bound) satisfy at an ordered pair."""
    step, turn = minus(xa, xb), minus(f"g{f}_{a}", f"g{f}_{b}")
    first = ("+", f"{f}_{a}", ("-", f"{f}_{b}"), ("-", ("inner", f"g{f}_{b}", step)))
    if top is None:
        return (">=", first, ("*", low, Fraction(1, 2), square(step)))
    inside = ("+", square(turn), ("*", low, top, square(step)), ("-", ("*", 2, low, ("inner", turn, step))))
    return (">=", ("*", 2, ("+", top, ("-", low)), first), inside)


def with_function(
    goal, *hypotheses, f="f", points, classes, low=0, top=None, vectors, reals="", definitions=(), level=None
):
    """A problem about a function at labelled points, with its conditions at all ordered pairs of them."""
    level = level or {}
    names = {n: VECTOR for n in vectors.split()} | {n: REAL for n in reals.split()}
    names |= {n: Sort(names.get(n, VECTOR).kind, k) for n, k in level.items()}
    for a, x in points.items():
        k = level.get(x, 0) if isinstance(x, str) else 0
        names |= {f"{f}_{a}": Sort("real", k), f"g{f}_{a}": Sort("vector", k)}
    pairs = [interpolation(f, a, b, points[a], points[b], low, top) for a, b in permutations(points, 2)]
    stated = [Hypothesis(h, f"{f} at two points") for h in pairs] + [Hypothesis(h, "assumed") for h in hypotheses]
    shown = {f"{f}_{a}": f"{f}({a})" for a in points} | {f"g{f}_{a}": f"grad {f}({a})" for a in points}
    made = Problem(names, tuple(definitions), tuple(stated), (goal,), shown)
    uses = {a: Use(f"{f}_{a}", f"g{f}_{a}", x) for a, x in points.items()}
    return made, FunctionUse(f, uses, classes, frozenset(range(len(pairs))))


def gradient_descent(rate, *conditions, steps=1, top="L", low=0):
    """``f(xN) - f(xs) <= rate ||x0 - xs||^2`` for gradient descent with steps gamma."""
    points = {f"x{i}": f"x{i}" for i in range(steps + 1)} | {"xs": "xs"}
    definitions = [(f"x{i + 1}", minus(f"x{i}", ("scale", "gamma", f"gf_x{i}"))) for i in range(steps)]
    goal = ("<=", minus(f"f_x{steps}", "f_xs"), ("*", rate, square(minus("x0", "xs"))))
    classes = (FunctionClass("convex"), FunctionClass("smooth", "L"))
    return with_function(
        goal, ("same", "gf_xs", ZERO), (">", "L", 0), (">", "gamma", 0), *conditions, points=points, classes=classes,
        low=low, top=top, vectors=" ".join(points), reals="L gamma", definitions=definitions,
    )  # fmt: skip

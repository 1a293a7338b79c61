"""What a class of functions or operators says at named points, as inequalities between numbers.

Nothing here is believed by the checker: each is written into the certificate as a hypothesis. For smooth strongly
convex functions they are the interpolation inequalities (Taylor, Hendrickx and Glineur 2017), written without division.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

from verify.kernel.reals.terms import Formula, Term, minus
from verify.spaces.problems.problem import Hypothesis

# By the name of an inequality: the classes that it comes from, where that is not the name itself.
KINDS = {
    "smooth and convex": ("smooth", "convex"),
    "smooth and strongly convex": ("smooth", "strongly convex"),
    "smooth, an upper bound": ("smooth",),
    "smooth, by definition": ("smooth",),
}


@dataclass(frozen=True, slots=True)
class Point:
    """A point where a function is used: as it is written, as a vector; value and gradient there, or their families."""

    shown: str
    vector: Term
    value: Term
    gradient: Term


Inequality = tuple[Formula, str, Term]  # with its name, and what it is a multiple of the textbooks' by


@dataclass(frozen=True, slots=True)
class Function:
    """A function, its classes with their parameters (None where one has none), and the points at which it is used."""

    name: str
    classes: Mapping[str, Term | None]
    points: tuple[Point, ...]


def square(v: Term) -> Term:
    return ("inner", v, v)


def parameters(use: Function) -> Iterator[Hypothesis]:
    """What a class says of its parameters."""
    classes = use.classes
    for what, constant in classes.items():
        if constant is not None:
            yield Hypothesis(("<=", 0, constant), f"a constant of {use.name}, which is {what}")
    smooth, convex = classes.get("smooth"), classes.get("strongly convex")
    if smooth is not None and convex is not None:
        yield Hypothesis(("<=", convex, smooth), f"{use.name} is no more convex than smooth")


def said(use: Function, inequality: Inequality, points: Sequence[Point], where: str) -> Hypothesis:
    """An inequality of a function at points, as a hypothesis."""
    f, what, scale = inequality
    return Hypothesis(
        f, f"{use.name} at {where}: {what}", KINDS.get(what, (what,)), tuple(p.shown for p in points), scale
    )


def inequalities(use: Function) -> Iterator[Hypothesis]:
    """Everything that the classes of a function say at its points."""
    yield from parameters(use)
    classes = use.classes
    for p, q in permutations(use.points, 2):
        for inequality in of_ordered_pair(classes, p, q):
            yield said(use, inequality, (p, q), f"({p.shown}, {q.shown})")
    for p, q in combinations(use.points, 2):
        for inequality in of_pair(classes, p, q):
            yield said(use, inequality, (p, q), f"{p.shown} and {q.shown}")
    if "Lipschitz" in classes:
        for p in use.points:
            bound = ("^", needed(classes["Lipschitz"]), 2)
            yield said(use, (("<=", square(p.gradient), bound), "Lipschitz", 1), (p,), p.shown)
    if "quadratic" in classes:
        yield from symmetric(use)


def needed(constant: Term | None) -> Term:
    return 0 if constant is None else constant


def of_ordered_pair(classes: Mapping[str, Term | None], p: Point, q: Point) -> Iterator[Inequality]:
    """Lower bounds of a function at p by its tangent at q."""
    step = minus(p.vector, q.vector)
    gap = minus(minus(p.value, q.value), ("inner", q.gradient, step))
    change = minus(p.gradient, q.gradient)
    smooth, strongly = classes.get("smooth"), classes.get("strongly convex")
    convex = "convex" in classes or strongly is not None
    if smooth is not None:
        mu: Term = strongly if strongly is not None else 0 if convex else ("-", smooth)
        if mu == 0:
            yield ("<=", square(change), ("*", 2, smooth, gap)), "smooth and convex", ("*", 2, smooth)
            return
        below = ("+", square(change), ("*", mu, smooth, square(step)), ("*", -2, mu, ("inner", change, step)))
        what = "smooth and strongly convex" if convex else "smooth"
        scale: Term = ("*", 2, minus(smooth, mu))
        yield ("<=", below, ("*", 2, minus(smooth, mu), gap)), what, scale
        if not convex:
            yield ("<=", gap, ("*", ("/", smooth, 2), square(step))), "smooth, an upper bound", 1
            return
        # Where both constants are equal the inequality above says nothing about values.
    if strongly is not None:
        yield ("<=", ("*", ("/", strongly, 2), square(step)), gap), "strongly convex", 1
    elif convex:
        yield ("<=", 0, gap), "convex", 1


def of_pair(classes: Mapping[str, Term | None], p: Point, q: Point) -> Iterator[Inequality]:
    """What does not depend on the order of two points."""
    step, change = minus(p.vector, q.vector), minus(p.gradient, q.gradient)
    rise = ("inner", change, step)
    if classes.get("smooth") is not None:
        bound = ("*", ("^", needed(classes["smooth"]), 2), square(step))
        yield ("<=", square(change), bound), "smooth, by definition", 1
    if "monotone" in classes:
        yield ("<=", 0, rise), "monotone", 1
    for what, length in (("strongly monotone", step), ("cocoercive", change)):
        if classes.get(what) is not None:
            yield ("<=", ("*", needed(classes[what]), square(length)), rise), what, 1
    if classes.get("Lipschitz operator") is not None:
        bound = ("*", ("^", needed(classes["Lipschitz operator"]), 2), square(step))
        yield ("<=", square(change), bound), "Lipschitz operator", 1
    if "quadratic" in classes:
        middle = ("*", ("/", 1, 2), ("inner", ("+", p.gradient, q.gradient), step))
        yield ("==", minus(p.value, q.value), middle), "quadratic", 1


def symmetric(use: Function) -> Iterator[Hypothesis]:
    """The second derivative of a quadratic function is one symmetric map."""
    pairs = list(combinations(use.points, 2))
    for (p, q), (r, s) in combinations(pairs, 2):
        left = ("inner", minus(p.gradient, q.gradient), minus(r.vector, s.vector))
        right = ("inner", minus(r.gradient, s.gradient), minus(p.vector, q.vector))
        points = (p, q, r, s)
        yield said(use, (("==", left, right), "quadratic", 1), points, ", ".join(x.shown for x in points))


def polyak_lojasiewicz(use: Function, stationary: Sequence[Point]) -> Iterator[Hypothesis]:
    """PL with constant mu: ||grad f(p)||^2 >= 2 mu (f(p) - f*), where a point without gradient has the least value."""
    constant = use.classes.get("PL")
    if constant is None:
        return
    for s in stationary:
        for p in use.points:
            if p != s:
                gap = minus(p.value, s.value)
                bound = ("<=", ("*", 2, constant, gap), square(p.gradient))
                yield said(use, (bound, "PL", 1), (p,), p.shown)
                yield Hypothesis(("<=", 0, ("*", constant, gap)), f"{use.name} is least at {s.shown}, by PL")

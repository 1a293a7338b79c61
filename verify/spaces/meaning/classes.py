"""What a class of functions or operators says at named points, as inequalities between numbers.

Nothing here is believed by the checker: each is written into the certificate as a hypothesis. For smooth strongly
convex functions they are the interpolation inequalities (Taylor, Hendrickx and Glineur 2017), written without division.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

from verify.kernel.reals.terms import Formula, Term, minus

Said = tuple[Formula, str]  # a hypothesis, and where it comes from


@dataclass(frozen=True, slots=True)
class Point:
    """A point where a function is used: as it is written, as a vector; value and gradient there, or their families."""

    shown: str
    vector: Term
    value: Term
    gradient: Term


@dataclass(frozen=True, slots=True)
class Function:
    """A function, its classes with their parameters (None where one has none), and the points at which it is used."""

    name: str
    classes: Mapping[str, Term | None]
    points: tuple[Point, ...]


def square(v: Term) -> Term:
    return ("inner", v, v)


def parameters(use: Function) -> Iterator[Said]:
    """What a class says of its parameters."""
    classes = use.classes
    for what, constant in classes.items():
        if constant is not None:
            yield ("<=", 0, constant), f"a constant of {use.name}, which is {what}"
    smooth, convex = classes.get("smooth"), classes.get("strongly convex")
    if smooth is not None and convex is not None:
        yield ("<=", convex, smooth), f"{use.name} is no more convex than smooth"


def inequalities(use: Function) -> Iterator[Said]:
    """Everything that the classes of a function say at its points."""
    yield from parameters(use)
    classes = use.classes
    for p, q in permutations(use.points, 2):
        where = f"{use.name} at ({p.shown}, {q.shown})"
        for f, what in of_ordered_pair(classes, p, q):
            yield f, f"{where}: {what}"
    for p, q in combinations(use.points, 2):
        where = f"{use.name} at {p.shown} and {q.shown}"
        for f, what in of_pair(classes, p, q):
            yield f, f"{where}: {what}"
    if "Lipschitz" in classes:
        for p in use.points:
            bound = ("^", needed(classes["Lipschitz"]), 2)
            yield ("<=", square(p.gradient), bound), f"{use.name} at {p.shown}: Lipschitz"
    if "quadratic" in classes:
        yield from symmetric(use)


def needed(constant: Term | None) -> Term:
    return 0 if constant is None else constant


def of_ordered_pair(classes: Mapping[str, Term | None], p: Point, q: Point) -> Iterator[Said]:
    """Lower bounds of a function at p by its tangent at q."""
    step = minus(p.vector, q.vector)
    gap = minus(minus(p.value, q.value), ("inner", q.gradient, step))
    change = minus(p.gradient, q.gradient)
    smooth, strongly = classes.get("smooth"), classes.get("strongly convex")
    convex = "convex" in classes or strongly is not None
    if smooth is not None:
        mu: Term = strongly if strongly is not None else 0 if convex else ("-", smooth)
        if mu == 0:
            yield ("<=", square(change), ("*", 2, smooth, gap)), "smooth and convex"
            return
        below = ("+", square(change), ("*", mu, smooth, square(step)), ("*", -2, mu, ("inner", change, step)))
        what = "smooth and strongly convex" if convex else "smooth"
        yield ("<=", below, ("*", 2, minus(smooth, mu), gap)), what
        if not convex:
            yield ("<=", gap, ("*", ("/", smooth, 2), square(step))), "smooth, an upper bound"
            return
        # Where both constants are equal the inequality above says nothing about values.
    if strongly is not None:
        yield ("<=", ("*", ("/", strongly, 2), square(step)), gap), "strongly convex"
    elif convex:
        yield ("<=", 0, gap), "convex"


def of_pair(classes: Mapping[str, Term | None], p: Point, q: Point) -> Iterator[Said]:
    """What does not depend on the order of two points."""
    step, change = minus(p.vector, q.vector), minus(p.gradient, q.gradient)
    rise = ("inner", change, step)
    if classes.get("smooth") is not None:
        bound = ("*", ("^", needed(classes["smooth"]), 2), square(step))
        yield ("<=", square(change), bound), "smooth, by definition"
    if "monotone" in classes:
        yield ("<=", 0, rise), "monotone"
    for what, length in (("strongly monotone", step), ("cocoercive", change)):
        if classes.get(what) is not None:
            yield ("<=", ("*", needed(classes[what]), square(length)), rise), what
    if classes.get("Lipschitz operator") is not None:
        bound = ("*", ("^", needed(classes["Lipschitz operator"]), 2), square(step))
        yield ("<=", square(change), bound), "Lipschitz"
    if "quadratic" in classes:
        middle = ("*", ("/", 1, 2), ("inner", ("+", p.gradient, q.gradient), step))
        yield ("==", minus(p.value, q.value), middle), "quadratic"


def symmetric(use: Function) -> Iterator[Said]:
    """The second derivative of a quadratic function is one symmetric map."""
    pairs = list(combinations(use.points, 2))
    for (p, q), (r, s) in combinations(pairs, 2):
        left = ("inner", minus(p.gradient, q.gradient), minus(r.vector, s.vector))
        right = ("inner", minus(r.gradient, s.gradient), minus(p.vector, q.vector))
        yield ("==", left, right), f"{use.name} at {', '.join(x.shown for x in (p, q, r, s))}: quadratic"


def polyak_lojasiewicz(use: Function, stationary: Sequence[Point]) -> Iterator[Said]:
    """PL with constant mu: ||grad f(p)||^2 >= 2 mu (f(p) - f*), where a point without gradient has the least value."""
    constant = use.classes.get("PL")
    if constant is None:
        return
    for s in stationary:
        for p in use.points:
            if p != s:
                gap = minus(p.value, s.value)
                yield ("<=", ("*", 2, constant, gap), square(p.gradient)), f"{use.name} at {p.shown}: PL"
                yield (
                    ("<=", 0, ("*", constant, gap)),
                    f"{use.name} is least at {s.shown}, by PL",
                )

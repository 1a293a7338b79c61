"""When values and gradients at finitely many points are those of a function of a class, or of an operator.

For the classes below the conditions at all ordered pairs of points suffice. No combination of classes is listed for
which this is not a theorem: smooth and Lipschitz functions together, Lipschitz monotone operators, PL functions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations

from verify.spaces.models.functions import Known
from verify.spaces.models.model import Vector

SMOOTH = "Taylor, Hendrickx, Glineur 2017 (smooth strongly convex interpolation)"
NONCONVEX = "Taylor, Hendrickx, Glineur 2017 (interpolation with curvature between -L and L)"
BOUNDED = "Taylor, Hendrickx, Glineur 2017 (convex interpolation with bounded subgradients)"
HERMITE = "Hermite interpolation (a polynomial has any values and gradients at finitely many points)"
OPERATOR = "Ryu, Taylor, Bergeling, Giselsson 2020 (interpolation of operators)"


@dataclass(frozen=True, slots=True)
class Sample:
    """What is known at one point: the point, the gradient or image there, the value (None for an operator)."""

    point: Vector
    gradient: Vector
    value: Fraction | None = None


def theorem(known: Known, samples: Sequence[Sample]) -> str | None:
    """The theorem by which a function or operator of the classes takes these values, or None.

    A point that occurs twice must have one gradient, although a subdifferential has more: a reader of ``grad f(x)``
    expects one. Of a function without classes nothing else is asked: a polynomial takes any values and gradients at
    finitely many different points.
    """
    for a, b in combinations(samples, 2):
        if a.point == b.point and (a.gradient != b.gradient or a.value != b.value):
            return None
    kinds = set(known)
    if not kinds:
        return HERMITE
    pairs = list(permutations(samples, 2))
    if len(kinds) == 1 and not kinds.isdisjoint(("monotone", "strongly monotone", "cocoercive", "Lipschitz operator")):
        return OPERATOR if all(_operator(known, a, b) for a, b in pairs) else None
    if any(s.value is None for s in samples) or not kinds <= {
        "convex", "smooth", "strongly convex", "Lipschitz"
    }:  # fmt: skip
        return None
    if "Lipschitz" in kinds:
        bound = known["Lipschitz"]
        fits = kinds == {"convex", "Lipschitz"} and bound >= 0
        fits = fits and all(dot(s.gradient, s.gradient) <= bound**2 for s in samples)
        return BOUNDED if fits and all(gap(a, b, Fraction(0), None) >= 0 for a, b in pairs) else None
    top = known.get("smooth")
    low = known.get("strongly convex", Fraction(0))
    if kinds == {"smooth"} and top is not None:
        low = -top
    if low < 0 and kinds != {"smooth"}:
        return None
    if top is not None and top <= low:
        return None
    if not all(gap(a, b, low, top) >= 0 for a, b in pairs):
        return None
    return NONCONVEX if kinds == {"smooth"} else SMOOTH


def covered(kinds: set[str]) -> bool:
    """Whether there is a theorem for functions that are of all these classes."""
    return kinds in (
        set(), {"convex"}, {"smooth"}, {"convex", "smooth"}, {"strongly convex"}, {"strongly convex", "smooth"},
        {"convex", "strongly convex"}, {"convex", "strongly convex", "smooth"}, {"convex", "Lipschitz"},
        {"monotone"}, {"strongly monotone"}, {"cocoercive"}, {"Lipschitz operator"},
    )  # fmt: skip


def gap(a: Sample, b: Sample, low: Fraction, top: Fraction | None) -> Fraction:
    """What has to be >= 0 for curvatures between ``low`` and ``top`` (None: no bound), at one ordered pair.

    ``f_a - f_b - <g_b, a - b>`` minus ``(||g_a - g_b||^2/L + mu ||a - b||^2 - 2 (mu/L) <g_a - g_b, a - b>)/(2 (1 -
    mu/L))``.
    """
    step, turn = minus(a.point, b.point), minus(a.gradient, b.gradient)
    first = (a.value or 0) - (b.value or 0) - dot(b.gradient, step)
    if top is None:
        return first - low * dot(step, step) / 2
    ratio = low / top
    inside = dot(turn, turn) / top + low * dot(step, step) - 2 * ratio * dot(turn, step)
    return first - inside / (2 * (1 - ratio))


def _operator(known: Known, a: Sample, b: Sample) -> bool:
    """The condition of an operator class at a pair."""
    step, turn = minus(a.point, b.point), minus(a.gradient, b.gradient)
    ((what, p),) = known.items()
    match what:
        case "monotone":
            return dot(step, turn) >= 0
        case "strongly monotone":
            return p >= 0 and dot(step, turn) >= p * dot(step, step)
        case "cocoercive":
            return p >= 0 and dot(step, turn) >= p * dot(turn, turn)
        case "Lipschitz operator":
            return p >= 0 and dot(turn, turn) <= p**2 * dot(step, step)
    return False


def minus(u: Vector, v: Vector) -> Vector:
    return tuple(a - b for a, b in zip(u, v, strict=True))


def dot(u: Vector, v: Vector) -> Fraction:
    return sum((a * b for a, b in zip(u, v, strict=True)), Fraction(0))

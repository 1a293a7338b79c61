"""Functions and operators of a statement: where they are used, of which classes they are, and explicit ones of these.

A statement about a function names its values and gradients at some points, and assumes of them what functions of the
class satisfy there. A counterexample needs more: a function that exists. Explicit ones are sums over the coordinates of
``slope*u^2/2`` and Huber functions of ``u = x - centre``, and scaled rotations of the plane.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from verify.kernel.reals.terms import Term
from verify.spaces.models.model import Vector

What = Literal[
    "convex", "smooth", "strongly convex", "Lipschitz", "PL", "quadratic",
    "monotone", "strongly monotone", "cocoercive", "Lipschitz operator",
]  # fmt: skip
OPERATORS = ("monotone", "strongly monotone", "cocoercive", "Lipschitz operator")
Known = Mapping[What, Fraction]  # the classes, with the value of the parameter, 0 where there is none


@dataclass(frozen=True, slots=True)
class FunctionClass:
    """A class, with its parameter as a term in constants where it has one."""

    what: What
    parameter: Term | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """One point where a function is used: the names of value and gradient there (None: not named), and the point.

    Or all points of a family of vectors: then value and gradient are families too, and members of one index belong
    together.
    """

    value: str | None
    gradient: str | None
    point: Term


@dataclass(frozen=True, slots=True)
class FunctionUse:
    """A function or operator, the labelled points where it is used, and its classes.

    ``stated``: the places of the problem's hypotheses that every function of the classes satisfies.
    """

    name: str
    points: Mapping[str, Use]
    classes: tuple[FunctionClass, ...] = ()
    stated: frozenset[int] = frozenset()

    @property
    def is_operator(self) -> bool:
        """Whether it maps vectors to vectors and need not be a gradient."""
        return any(c.what in OPERATORS for c in self.classes)


@dataclass(frozen=True, slots=True)
class Piece:
    """A function of one coordinate: ``slope*u^2/2 + h(u)``, ``u = x - centre``.

    h is zero, or where ``bend > 0`` the function with ``h(0) = 0`` if 0 is between the ends, and the derivative
    ``bend*u`` cut off at ``low`` and ``high``: Huber's function where ``low = -high``.
    """

    centre: Fraction
    slope: Fraction
    bend: Fraction = Fraction(0)
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(0)

    def cut(self, u: Fraction) -> Fraction:
        return max(self.low, min(self.high, self.bend * u))

    def derivative(self, x: Fraction) -> Fraction:
        u = x - self.centre
        return self.slope * u + self.cut(u)

    def value(self, x: Fraction) -> Fraction:
        u = x - self.centre
        g = self.cut(u)
        return self.slope * u**2 / 2 + (g * u - g**2 / (2 * self.bend) if self.bend else 0)

    def shown(self, x: str) -> str:
        """As a formula in ``x``, by cases where the derivative is cut off."""
        square = polynomial(self.slope / 2, Fraction(0), Fraction(0), self.centre, x)
        if not self.bend:
            return square
        cases = []
        for end, sign in ((self.low, "<="), (self.high, ">=")):
            case = polynomial(self.slope / 2, end, -(end**2) / (2 * self.bend), self.centre, x)
            cases.append(f"{case} for {x} {sign} {self.centre + end / self.bend}")
        middle = polynomial((self.slope + self.bend) / 2, Fraction(0), Fraction(0), self.centre, x)
        return f"{{{'; '.join(cases)}; {middle} between}}"

    def slope_shown(self, x: str) -> str:
        """The derivative where nothing is cut off, as a formula in ``x``."""
        return polynomial(Fraction(0), self.slope + self.bend, Fraction(0), self.centre, x)


@dataclass(frozen=True, slots=True)
class Separable:
    """The sum of a function of each coordinate, and a constant.

    The coordinates are those in ``basis``, an orthonormal one, or the usual ones where it is empty.
    """

    pieces: tuple[Piece, ...]
    constant: Fraction = Fraction(0)
    basis: tuple[Vector, ...] = ()

    def value(self, x: Vector) -> Fraction | None:
        """The value at a point."""
        return self.constant + sum(p.value(c) for p, c in zip(self.pieces, self.turned(x), strict=True))

    def gradient(self, x: Vector) -> Vector:
        """The gradient at a point."""
        g = [p.derivative(c) for p, c in zip(self.pieces, self.turned(x), strict=True)]
        if not self.basis:
            return tuple(g)
        return tuple(
            sum((a * row[i] for a, row in zip(g, self.basis, strict=True)), Fraction(0)) for i in range(len(x))
        )

    def turned(self, x: Vector) -> Vector:
        """The coordinates in the basis."""
        if not self.basis:
            return x
        return tuple(sum((a * b for a, b in zip(row, x, strict=True)), Fraction(0)) for row in self.basis)

    @property
    def orthonormal(self) -> bool:
        """Whether the basis is one."""
        pairs = [(u, v) for u in self.basis for v in self.basis]
        return all(sum(a * b for a, b in zip(u, v, strict=True)) == (u is v) for u, v in pairs)

    def has(self, what: What, p: Fraction) -> bool:
        """Whether the function is of a class with this parameter; exact, and False where it is not clear."""
        low = min(q.slope for q in self.pieces)
        high = max(q.slope + q.bend for q in self.pieces)
        plain = not any(q.bend for q in self.pieces)
        if any(q.bend < 0 or not q.low <= 0 <= q.high for q in self.pieces) or not self.orthonormal:
            return False
        match what:
            case "convex" | "monotone":
                return low >= 0
            case "strongly convex" | "strongly monotone":
                return low >= p
            case "smooth" | "Lipschitz operator":
                return -p <= low and high <= p
            case "cocoercive":
                return low >= 0 and p * high <= 1
            case "Lipschitz":
                steepest = sum(max(q.low**2, q.high**2) for q in self.pieces)
                return p >= 0 and all(q.slope == 0 for q in self.pieces) and steepest <= p**2
            case "quadratic":
                return plain
            case "PL":
                return p > 0 and (low >= p or (plain and all(q.slope == 0 or q.slope >= p for q in self.pieces)))
        return False

    def shown(self, name: str, *, operator: bool = False) -> str:
        """The definition, as a line for a reader; ``operator``: of the gradient."""
        n = len(self.pieces)
        letters = ["x"] if n == 1 else [f"{'y' if self.basis else 'x'}_{i + 1}" for i in range(n)]
        tail = (
            "" if not self.basis else f", y the coordinates of x in the basis {', '.join(map(coordinates, self.basis))}"
        )
        if operator:
            parts = [p.slope_shown(x) for p, x in zip(self.pieces, letters, strict=True)]
            return f"{name}(x) = {parts[0] if n == 1 else '(' + ', '.join(parts) + ')'}{tail}"
        parts = [p.shown(x) for p, x in zip(self.pieces, letters, strict=True)]
        parts = [p for p in parts if p != "0"]
        if self.constant or not parts:
            parts.append(str(self.constant))
        return f"{name}(x) = {' + '.join(parts).replace('+ -', '- ')}{tail}"


@dataclass(frozen=True, slots=True)
class Rotation:
    """The operator of the plane ``x -> [[p, -r], [r, p]] (x - centre)``."""

    p: Fraction
    r: Fraction
    centre: Vector

    def value(self, x: Vector) -> Fraction | None:
        """None: an operator has no values that are numbers."""
        return None

    def gradient(self, x: Vector) -> Vector:
        a, b = (u - c for u, c in zip(x, self.centre, strict=True))
        return (self.p * a - self.r * b, self.r * a + self.p * b)

    def has(self, what: What, p: Fraction) -> bool:
        """Whether the operator is of a class with this parameter; exact."""
        size = self.p**2 + self.r**2
        match what:
            case "monotone":
                return self.p >= 0
            case "strongly monotone":
                return self.p >= p
            case "cocoercive":
                return self.p >= p * size
            case "Lipschitz operator":
                return p >= 0 and size <= p**2
        return False

    def shown(self, name: str, *, operator: bool = True) -> str:
        """The definition, as a line for a reader."""
        x = "x" if not any(self.centre) else f"(x - {coordinates(self.centre)})"
        return f"{name}(x) = [[{self.p}, {-self.r}], [{self.r}, {self.p}]] {x}"


Explicit = Separable | Rotation


def times(c: Fraction) -> str:
    """A coefficient in front of a factor: ``2*``, ``1/2*``, nothing for 1."""
    return "" if c == 1 else "-" if c == -1 else f"{c}*"


def coordinates(v: Vector) -> str:
    return f"({', '.join(map(str, v))})"


def polynomial(square: Fraction, linear: Fraction, constant: Fraction, centre: Fraction, x: str) -> str:
    """``square*u^2 + linear*u + constant`` with ``u = x - centre``.

    >>> polynomial(Fraction(1, 2), Fraction(0), Fraction(-3), Fraction(2), "x")
    '1/2*(x - 2)^2 - 3'
    """
    u = x if centre == 0 else f"({x} {'-' if centre > 0 else '+'} {abs(centre)})"
    parts = [f"{times(c)}{u}{tail}" for c, tail in ((square, "^2"), (linear, "")) if c]
    if constant or not parts:
        parts.append(str(constant))
    return " + ".join(parts).replace("+ -", "- ")

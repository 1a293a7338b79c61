"""Functions and operators on R^d that can be written down in rational numbers, and the classes that they belong to.

Whether a function is of a class is decided here exactly from its data: eigenvalues, slopes, pieces.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

Vector = tuple[Fraction, ...]
Matrix = tuple[Vector, ...]
ZERO = Fraction(0)


def dot(u: Vector, v: Vector) -> Fraction:
    return sum((a * b for a, b in zip(u, v, strict=True)), ZERO)


def plus(u: Vector, v: Vector) -> Vector:
    return tuple(a + b for a, b in zip(u, v, strict=True))


def scale(c: Fraction, v: Vector) -> Vector:
    return tuple(c * a for a in v)


def apply(m: Matrix, v: Vector) -> Vector:
    return tuple(dot(row, v) for row in m)


def transposed(m: Matrix) -> Matrix:
    return tuple(zip(*m, strict=True))


def combined(*terms: tuple[Fraction, Matrix]) -> Matrix:
    """The sum of c * M over the terms (c, M)."""
    d = len(terms[0][1])
    return tuple(tuple(sum((c * m[i][j] for c, m in terms), ZERO) for j in range(d)) for i in range(d))


def product(a: Matrix, b: Matrix) -> Matrix:
    columns = transposed(b)
    return tuple(tuple(dot(row, column) for column in columns) for row in a)


def identity(d: int) -> Matrix:
    return tuple(tuple(Fraction(i == j) for j in range(d)) for i in range(d))


def determinant(m: Matrix) -> Fraction:
    if not m:
        return Fraction(1)
    total = ZERO
    for j, entry in enumerate(m[0]):
        if entry:
            total += (-1) ** j * entry * determinant(tuple(row[:j] + row[j + 1 :] for row in m[1:]))
    return total


def positive(m: Matrix, *, strictly: bool = False) -> bool:
    """Whether a symmetric matrix is positive semidefinite (definite): by all (leading) principal minors."""
    d = len(m)
    if strictly:
        return all(determinant(tuple(row[:k] for row in m[:k])) > 0 for k in range(1, d + 1))
    chosen = (c for k in range(1, d + 1) for c in combinations(range(d), k))
    return all(determinant(tuple(tuple(m[i][j] for j in c) for i in c)) >= 0 for c in chosen)


def symmetric_part(m: Matrix) -> Matrix:
    return combined((Fraction(1, 2), m), (Fraction(1, 2), transposed(m)))


@dataclass(frozen=True)
class Quadratic:
    """f(x) = <A(x - c), x - c>/2 + <b, x - c> + k, with A symmetric."""

    matrix: Matrix
    centre: Vector
    slope: Vector
    level: Fraction

    def value(self, x: Vector) -> Fraction:
        u = plus(x, scale(Fraction(-1), self.centre))
        return dot(apply(self.matrix, u), u) / 2 + dot(self.slope, u) + self.level

    def gradient(self, x: Vector) -> Vector:
        return plus(apply(self.matrix, plus(x, scale(Fraction(-1), self.centre))), self.slope)

    def belongs(self, what: str, p: Fraction | None) -> bool:
        one = identity(len(self.centre))
        flat = not any(any(row) for row in self.matrix)
        match what:
            case "quadratic":
                return True
            case "convex":
                return positive(self.matrix)
            case "smooth":
                both = (combined((p, one), (s, self.matrix)) for s in (Fraction(1), Fraction(-1)))
                return all(positive(m) for m in both)
            case "strongly convex":
                return positive(combined((Fraction(1), self.matrix), (-p, one)))
            case "Lipschitz":
                return flat and p >= 0 and dot(self.slope, self.slope) <= p * p
            case "PL":
                # A convex quadratic with a minimum: PL says that A^2 >= mu A.
                square = product(self.matrix, self.matrix)
                gap = combined((Fraction(1), square), (-p, self.matrix))
                return positive(self.matrix) and not any(self.slope) and positive(gap)
        raise ValueError(what)


@dataclass(frozen=True)
class Separable:
    """f(x) = sum_i h_i(x_i - c_i) + k, each h_i' continuous, piecewise linear, h_i(0) = h_i'(0) = 0.

    ``pieces[i]``: (inner slope, break, outer slope left of -break, outer slope right of break), break > 0.
    """

    pieces: tuple[tuple[Fraction, Fraction, Fraction, Fraction], ...]
    centre: Vector
    level: Fraction

    def value(self, x: Vector) -> Fraction:
        total = self.level
        for (inner, edge, left, right), u in zip(self.pieces, plus(x, scale(Fraction(-1), self.centre)), strict=True):
            outer, over = (right if u > 0 else left), max(abs(u) - edge, ZERO)
            near = min(abs(u), edge)
            total += inner * near * near / 2 + inner * edge * over + outer * over * over / 2
        return total

    def gradient(self, x: Vector) -> Vector:
        out = []
        for (inner, edge, left, right), u in zip(self.pieces, plus(x, scale(Fraction(-1), self.centre)), strict=True):
            side = 1 if u > 0 else -1
            size = inner * min(abs(u), edge) + (right if u > 0 else left) * max(abs(u) - edge, ZERO)
            out.append(side * size)
        return tuple(out)

    def belongs(self, what: str, p: Fraction | None) -> bool:
        slopes = [s for inner, _, left, right in self.pieces for s in (inner, left, right)]
        match what:
            case "quadratic":
                return all(inner == left == right for inner, _, left, right in self.pieces)
            case "convex":
                return min(slopes) >= 0
            case "smooth":
                return all(abs(s) <= p for s in slopes)
            case "strongly convex":
                return min(slopes) >= p
            case "PL":
                return min(slopes) >= p > 0  # enough: strong convexity implies it
            case "Lipschitz":
                flat = all(left == right == 0 for _, _, left, right in self.pieces)
                return flat and p >= 0 and sum((inner * edge) ** 2 for inner, edge, _, _ in self.pieces) <= p * p
        raise ValueError(what)


@dataclass(frozen=True)
class Highest:
    """f(x) = max_i <a_i, x - c> + b_i: convex; for its gradient, the subgradient of the first active piece."""

    pieces: tuple[tuple[Vector, Fraction], ...]
    centre: Vector

    def _active(self, x: Vector) -> tuple[Fraction, Vector]:
        u = plus(x, scale(Fraction(-1), self.centre))
        heights = [dot(a, u) + b for a, b in self.pieces]
        top = max(heights)
        return top, self.pieces[heights.index(top)][0]

    def value(self, x: Vector) -> Fraction:
        return self._active(x)[0]

    def gradient(self, x: Vector) -> Vector:
        return self._active(x)[1]

    def belongs(self, what: str, p: Fraction | None) -> bool:
        if what == "convex":
            return True
        if what == "Lipschitz":
            return p >= 0 and all(dot(a, a) <= p * p for a, _ in self.pieces)
        return False


@dataclass(frozen=True)
class Linear:
    """The operator x -> M(x - c), M not necessarily symmetric; and the symmetric operators, with c = 0."""

    matrix: Matrix
    centre: Vector

    def gradient(self, x: Vector) -> Vector:
        return apply(self.matrix, plus(x, scale(Fraction(-1), self.centre)))

    def belongs(self, what: str, p: Fraction | None) -> bool:
        symmetric, one = symmetric_part(self.matrix), identity(len(self.centre))
        square = product(transposed(self.matrix), self.matrix)
        match what:
            case "monotone":
                return positive(symmetric)
            case "strongly monotone":
                return positive(combined((Fraction(1), symmetric), (-p, one)))
            case "cocoercive":
                return positive(combined((Fraction(1), symmetric), (-p, square)))
            case "Lipschitz operator" | "Lipschitz":
                return p >= 0 and positive(combined((p * p, one), (Fraction(-1), square)))
        raise ValueError(what)


Function = Quadratic | Separable | Highest | Linear
KINDS: dict[str, Any] = {c.__name__: c for c in (Quadratic, Separable, Highest, Linear)}

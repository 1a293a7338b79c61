"""What is drawn at random for a model: numbers, vectors, frames, functions and operators of a class, outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random

from tests.corpus.spaces.functions import (
    ZERO,
    Function,
    Highest,
    Linear,
    Matrix,
    Quadratic,
    Separable,
    Vector,
    combined,
    dot,
    identity,
    product,
    scale,
    transposed,
)

POSITIVE = [Fraction(n) for n in ("1/4", "1/3", "1/2", "2/3", "3/4", "1", "5/4", "3/2", "2", "5/2", "3", "4", "5")]
ANY = POSITIVE + [-p for p in POSITIVE] + [ZERO]
COORDINATES = [Fraction(n, q) for q, top in ((1, 3), (1, 3), (1, 6), (2, 7)) for n in range(-top, top + 1)]
UNITS = [(Fraction(3, 5), Fraction(4, 5)), (Fraction(-5, 13), Fraction(12, 13)), (Fraction(0), Fraction(1))]


def number(rng: Random, integer: bool) -> Fraction:
    if integer:
        return Fraction(rng.choice((1, 1, 2, 2, 3, 4, 5, 7, 0, -1)))
    return rng.choice(POSITIVE) if rng.random() < 0.8 else rng.choice(ANY)


def vector(rng: Random, d: int, style: str) -> Vector:
    """Styles: related, a few vectors and their negatives; unit; axes; free."""
    if style == "related":
        first = tuple(Fraction(k + 1) for k in range(d))
        return scale(rng.choice((ZERO, Fraction(1), Fraction(1), Fraction(-1), Fraction(2))), first)
    if style == "axes":
        return scale(Fraction(rng.choice((1, 1, 2, -1, 0))), identity(d)[rng.randrange(d)])
    if style == "unit":
        return frame(rng, d)[0]
    return tuple(rng.choice(COORDINATES) for _ in range(d))


def frame(rng: Random, d: int) -> Matrix:
    """An orthogonal matrix with rational entries."""
    m = identity(d)
    if d == 1:
        return scale_rows(m, rng)
    for _ in range(rng.randrange(d + 1)):
        (c, s), (i, j) = rng.choice(UNITS), rng.sample(range(d), 2)
        turn = [list(row) for row in identity(d)]
        turn[i][i], turn[i][j], turn[j][i], turn[j][j] = c, -s, s, c
        m = product(tuple(map(tuple, turn)), m)
    return scale_rows(m, rng)


def scale_rows(m: Matrix, rng: Random) -> Matrix:
    return tuple(scale(Fraction(rng.choice((1, -1))), row) for row in m)


def between(rng: Random, low: Fraction, high: Fraction) -> Fraction:
    """Mostly an end: the extreme functions are the ones that tell."""
    return rng.choice((low, low, high, high, (low + high) / 2, low + (high - low) * rng.choice(POSITIVE[:5])))


def symmetric(rng: Random, d: int, low: Fraction, high: Fraction) -> Matrix:
    q = frame(rng, d)
    diagonal = tuple(scale(between(rng, low, high), row) for row in q)
    return product(transposed(q), diagonal)


def function(rng: Random, d: int, classes: Mapping[str, Fraction | None], centre: Vector, critical: bool) -> Function:
    """A function of the classes, with gradient zero at the centre if that is asked for."""
    level = Fraction(rng.choice((0, 0, 1, -2)))
    low, high = Fraction(-2), Fraction(3)
    if "convex" in classes:
        low = ZERO
    if "smooth" in classes:
        high = classes["smooth"] or ZERO
        low = max(low, -high) if "convex" in classes else -high
    strong = classes.get("strongly convex")
    if strong is not None:
        low = strong
        high = high if "smooth" in classes else max(high, low + 2)
    if "Lipschitz" in classes and "quadratic" not in classes:
        return lipschitz(rng, d, classes, centre, critical, level)
    if classes.keys() <= {"convex"} and classes and rng.random() < 0.35:
        return highest(rng, d, None, centre, critical)
    if "PL" in classes:
        mu = classes["PL"] or ZERO
        high = high if "smooth" in classes else mu + 3
        q = frame(rng, d)
        rows = tuple(scale(rng.choice((ZERO, mu, high, mu)), row) for row in q)
        return Quadratic(product(transposed(q), rows), centre, (ZERO,) * d, level)
    if "quadratic" not in classes and rng.random() < 0.5:
        ends = [[between(rng, low, high) for _ in range(3)] for _ in range(d)]
        edges = [rng.choice(POSITIVE) for _ in range(d)]
        return Separable(tuple((a, e, b, c) for (a, b, c), e in zip(ends, edges, strict=True)), centre, level)
    slope = (ZERO,) * d if critical or rng.random() < 0.6 else vector(rng, d, "free")
    return Quadratic(symmetric(rng, d, low, high), centre, slope, level)


def lipschitz(
    rng: Random, d: int, classes: Mapping[str, Fraction | None], centre: Vector, critical: bool, level: Fraction
) -> Function:
    bound = classes["Lipschitz"] or ZERO
    if "smooth" in classes or ("convex" not in classes) or rng.random() < 0.3:
        most = classes.get("smooth", Fraction(2)) or Fraction(1)
        i = rng.randrange(d)
        inner = rng.choice((most, most / 2)) * (1 if "convex" in classes else rng.choice((1, -1)))
        edge = bound / abs(inner) * rng.choice((Fraction(1), Fraction(1, 2)))
        flat = (ZERO, Fraction(1), ZERO, ZERO)
        return Separable(tuple((inner, edge, ZERO, ZERO) if k == i else flat for k in range(d)), centre, level)
    return highest(rng, d, bound, centre, critical)


def highest(rng: Random, d: int, bound: Fraction | None, centre: Vector, critical: bool) -> Highest:
    size = rng.choice(POSITIVE) if bound is None else bound
    q = frame(rng, d)
    pieces = [(scale(size * s, q[i]), -rng.choice((ZERO, ZERO, Fraction(1)))) for i in range(d) for s in (1, -1)]
    pieces = rng.sample(pieces, rng.randint(1, len(pieces)))
    if critical:
        pieces = [((ZERO,) * d, ZERO), *pieces]
    return Highest(tuple(pieces), centre)


def operator(rng: Random, d: int, classes: Mapping[str, Fraction | None], centre: Vector) -> Linear:
    """A monotone linear map: turns in planes times numbers, within the bounds; what misses them is refused later."""
    mu = classes.get("strongly monotone") or ZERO
    if "cocoercive" in classes:
        b = classes["cocoercive"] or Fraction(1)
        half = Fraction(1, 2) / b
        m = combined((half, identity(d)), (half, frame(rng, d)))
        return Linear(m if rng.random() < 0.7 else combined((1 / b, identity(d))), centre)
    high = classes.get("Lipschitz operator", classes.get("Lipschitz"))
    top = mu + 2 if high is None else high
    m = [[ZERO] * d for _ in range(d)]
    for i in range(0, d, 2):
        if i + 1 < d:
            c, s = rng.choice(
                [(mu, ZERO), (ZERO, top), (top * 3 / 5, top * 4 / 5), (top * 4 / 5, -top * 3 / 5), (top, ZERO)]
            )
            m[i][i] = m[i + 1][i + 1] = max(c, mu)
            m[i][i + 1], m[i + 1][i] = -s, s
        else:
            m[i][i] = between(rng, mu, top)
    return Linear(tuple(map(tuple, m)), centre)


def weights(rng: Random, k: int) -> list[Fraction]:
    raw = [Fraction(rng.choice((1, 1, 1, 2, 3))) for _ in range(k)]
    return [w / sum(raw) for w in raw]


def along(v: Vector, w: Vector) -> Fraction:
    """The coefficient of v in the projection of w on v (0 for v = 0)."""
    return dot(v, w) / dot(v, v) if any(v) else ZERO

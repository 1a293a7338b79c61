"""The points at which claims are compared with the definition: fixed, exact in binary, up to d = 10^7 and beyond.

All parameters are dyadic rationals, so the cubature works with the very numbers that a claim's formula gets. Numbers
of samples are chosen around the measured sign change, never around a formula.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from fractions import Fraction as F
from functools import cache

import numpy as np

from theory.maml_erm.measurements import quantities as by
from theory.maml_erm.measurements.balls import Unmeasurable
from theory.maml_erm.measurements.quantities import Point

_NAMES = ("rho_H", "rho_E", "alpha", "d", "p", "Delta", "V_H", "V_E", "nu")
_BASES = (
    (F(1, 2), 2, F(1, 2), 10**6, F(1, 2), 3, F(1, 2), F(5, 2), F(1, 2)),
    (F(1, 4), 1, 1, 10, F(3, 8), 2, F(1, 4), 1, 1),
    (F(3, 2), 2, F(1, 2), 100, F(5, 8), 2, F(1, 8), F(1, 2), 2),
    (F(1, 8), 1, 1, 1, F(1, 4), 1, F(1, 16), F(1, 2), F(1, 4)),
    (F(1, 2), 1, 1, 999_999, F(1, 4), 4, 1, 0, 1),  # m* is the integer 3 (d + 1)
    (F(1, 4), F(3, 2), 1, 10**6, F(3, 8), F(3, 2), F(1, 4), F(3, 4), 0),
    (F(1, 2), 2, F(5, 8), 2**37, F(1, 2), 1, F(1, 4), F(1, 4), 1),
    (1, 3, F(1, 16), 7, F(3, 4), 2, 0, F(1, 2), 1),
    (1, 2, F(11, 16), 1000, F(1, 2), 2, F(1, 2), F(1, 2), F(1, 2)),  # beyond 2/(rho_H + rho_E)
    (F(1, 2), F(5, 2), F(3, 2), 10**7, F(1, 4), 1, F(1, 2), 1, F(1, 2)),  # far beyond it
)
_EXTRA = {"eps": F(1, 4), "lambda": F(3, 4), "N_H": F(3), "N_E": F(5), "k_o": F(4), "theta": F(1, 2)}
_TASKS = (2, 16, F(1, 2), 4, 1)  # p T needs not be whole for a comparison of formulas
_POSITIONS = (F(-1, 2), F(1, 4), F(2), F(1, 2))


@cache
def mixtures() -> tuple[Point, ...]:
    """Environments with several m on both sides of the sign change, and at it where it is an integer."""
    out = list[Point]()
    for base in _BASES:
        start = Point.of({**dict(zip(_NAMES, base, strict=True)), **_EXTRA, "m": 1})
        d = int(start.table["d"])
        change = by.crossing(start)
        if change is None:
            ladder = [d + 1, 3 * (d + 1), 50 * (d + 1)]
        else:
            tie = [change.below + 1] if change.above - change.below == 2 else []
            ladder = [max(1, change.below // 4), change.below, *tie, change.above, 4 * change.above, 64 * change.above]
            ladder = sorted({m for m in ladder if m > 0})
        for i, m in enumerate(ladder):
            n = ladder[(2 * i + 1) % len(ladder)] if len(out) % 2 else ladder[-1 - i]
            out.append(start.at(m=m, n=n, K=1 + len(out) % 3, c=_POSITIONS[len(out) % 4], T=_TASKS[len(out) % 5]))
    return tuple(out)


def at_inverse(points: Iterable[Point]) -> Iterator[Point]:
    """Those with alpha = 1/rho_E."""
    return (p for p in points if p.table["alpha"] * p.table["rho_E"] == 1)


def with_gain_asked(points: Iterable[Point]) -> Iterator[Point]:
    """g just above and just below the measured gain minus 1, and half of it: the equality is met from both sides."""
    for p in points:
        try:
            found = float(by.gain(p).mid()) - 1
        except Unmeasurable:
            continue
        for factor in (F(1, 2), 1 - F(1, 2**24), 1 + F(1, 2**24)):
            if found > 1e-3:
                yield p.at(g=F(found) * factor)


def with_gain_reached(points: Iterable[Point]) -> Iterator[Point]:
    """g is the measured gain minus 1 at the point's own m, above the sign change."""
    for p in points:
        change = by.crossing(p)
        if change is not None and p.table["m"] > change.above:
            yield Point(p.values, gain_at=int(p.table["m"]))


def with_odds(points: Iterable[Point], *, second: bool = False) -> Iterator[Point]:
    """Odds x that are realised by other numbers of samples, and by another step size than the point's own."""
    for p in points:
        change = by.crossing(p)
        if change is None:
            continue
        alpha, inverse = p.table["alpha"], 1 / p.table["rho_E"]
        places = [(alpha, 3 * change.above), (alpha, 10 * change.above), (alpha, 1000 * change.above)]
        if alpha != inverse and inverse.denominator & (inverse.denominator - 1) == 0:
            places.append((inverse, 10**6 * change.above))
        for i, place in enumerate(places):
            later = places[(i + 1) % len(places)]
            yield Point(p.values, odds=(later, place) if second else (place,))
        if not second and p.table["m"] == change.above:
            # Next to the number of samples that realises x.
            for m in (places[0][1] - 1, places[0][1], places[0][1] + 1):
                yield Point(p.at(m=m).values, odds=(places[0],))


@cache
def one_task() -> tuple[Point, ...]:
    """One isotropic class of tasks."""
    rows = (
        (F(1, 2), F(1, 2), 1, 1, 1, F(1, 2)), (1, F(3, 4), 10**6, 10**6, 2, F(3, 4)), (2, F(1, 4), 10, 7, 3, 2),
        (F(1, 4), 3, 1000, 20, 2, F(1, 8)),
        (3, F(5, 4), 10**6, 3 * 10**6, 1, 5), (F(3, 2), F(1, 2), 10**7, 10**7, 4, 1),
        (F(1, 8), 6, 2, 5, 5, F(1, 4)), (1, 1, 10**6, 10**5, 1, 1),
    )  # fmt: skip
    return tuple(
        Point.of({"rho": r, "alpha": al, "d": d, "n": n, "m": n, "K": k, "lambda": lam, "eps": F(1, 2**20)})
        for r, al, d, n, k, lam in rows
    )


Spectrum = tuple[tuple[F, int], ...]  # eigenvalues and how often each occurs


def _floats(spectrum: Spectrum, scale: F = F(1)) -> np.ndarray:
    return np.repeat([float(x * scale) for x, _ in spectrum], [k for _, k in spectrum])


def _squares(spectrum: Spectrum) -> F:
    return sum((x * x * k for x, k in spectrum), F(0))


@cache
def spectra() -> tuple[Point, ...]:
    """One covariance by its eigenvalues, d up to 10^5, seen along each of its eigenspaces."""
    rows: tuple[Spectrum, ...] = (
        ((F(2), 1),), ((F(1, 2), 1), (F(3, 2), 1)), ((F(1, 4), 1), (F(1), 2)), ((F(1, 8), 1), (F(1), 2), (F(5, 2), 1)),
        ((F(1), 10**5), (F(3, 2), 1)), ((F(1, 2), 10**5), (F(1, 4), 1), (F(1), 1)),
    )  # fmt: skip
    out = []
    for i, row in enumerate(rows):
        values, largest = _floats(row), max(x for x, _ in row)
        size, start = len(values), 0
        for value, times in row:
            seen = by.Spectra(values, values, (start,))
            start += times
            for alpha, m in ((F(1, 4), 3), (F(1, 2), 2 * size), (F(3, 2), 10 * size + i)):
                v: dict[str, F | int] = {
                    "l": value,
                    "L": largest,
                    "t": _squares(row),
                    "d": size,
                    "alpha": alpha,
                    "m": m,
                }
                out.append(Point(Point.of(v).values, spectra=seen))
    return tuple(out)


@cache
def pairs_of_spectra() -> tuple[Point, ...]:
    """Two covariances with a common eigenbasis, m on both sides of the measured sign change of a direction."""
    d = 50_000
    rows: tuple[tuple[Spectrum, Spectrum, F], ...] = (
        (((F(1, 4), 1), (F(1, 2), 1)), ((F(1), 1), (F(3, 2), 1)), F(1, 2)),
        (((F(1, 2), 1), (F(1), 1), (F(1, 4), 1)), ((F(1), 1), (F(2), 1), (F(3, 2), 1)), F(1, 4)),
        (((F(1, 4), d), (F(1, 2), 1)), ((F(1), d), (F(3, 2), 1)), F(3, 4)),
    )
    out = []
    for hard, easy, alpha in rows:
        size = len(_floats(hard))
        for j, k in ((0, 0), (size - 1, -1)):
            seen = by.Spectra(_floats(hard), _floats(easy), (j,))
            v = {"l_H": hard[k][0], "l_E": easy[k][0], "t_H": _squares(hard), "t_E": _squares(easy), "alpha": alpha}
            change = by.direction_crossing(seen, j, alpha)
            for m in sorted({max(1, change.below // 3), max(1, change.below), change.above, 5 * change.above}):
                out.append(Point(Point.of({**v, "m": m, "d": size}).values, spectra=seen))
    return tuple(out)


@cache
def shapes() -> tuple[Point, ...]:
    """Covariances of one shape, Sigma_c = rho_c S, with a direction s of S, its top direction s_1 and tr(S^2)."""
    d = 50_000
    rows: tuple[tuple[Spectrum, int, int, F, F, F], ...] = (
        (((F(1, 2), 1), (F(1), 1)), 1, 0, F(1, 4), F(1), F(3, 4)),
        (((F(1, 2), d), (F(1), 1)), 1, 0, F(1, 2), F(1), F(1)),
        (((F(1), d), (F(3, 2), 1)), 1, 0, F(1, 4), F(1), F(3, 4)),
        (((F(1, 4), 1), (F(2), 1), (F(1), 1)), 1, 2, F(1, 4), F(3, 4), F(1, 2)),
        (((F(3), 1), (F(4), 1)), 1, 0, F(1), F(2), F(1, 8)),  # s^2 + tr(S^2) and s + tr(S^2) order the directions
        (((F(1, 4), 1), (F(1, 2), 1)), 1, 0, F(1), F(2), F(1)),  # differently, above 1 and below it
    )
    out = []
    for shape, top, other, low, high, alpha in rows:
        size, places = sum(k for _, k in shape), [sum(k for _, k in shape[:i]) for i in range(len(shape))]
        v: dict[str, F | int] = {
            "rho_H": low,
            "rho_E": high,
            "alpha": alpha,
            "t_S": _squares(shape),
            "s_1": shape[top][0],
            "d": size,
        }
        for i in (top, other):
            seen = by.Spectra(_floats(shape, low), _floats(shape, high), (places[i], places[top]))
            out.append(Point(Point.of({**v, "s": shape[i][0]}).values, spectra=seen))
    return tuple(out)


def with_other_batches(points: Iterable[Point]) -> Iterator[Point]:
    """n on both sides of the sign change, whatever m is."""
    for p in points:
        change = by.crossing(p)
        if change is not None:
            for n in sorted({max(1, change.below // 4), max(1, change.below - 1), 4 * change.above}):
                yield p.at(n=n)


def curvatures() -> Iterator[Point]:
    """Two curvatures of which the second is the larger one, for gradient descent to accuracy eps."""
    values = [F(1, 2**12), F(1, 2**9), F(1, 16), F(1, 4), F(3, 4)]
    for alpha in (F(1), F(1, 2)):
        for eps in (F(1, 4), F(1, 2**30)):
            for low, high in itertools.pairwise(values):
                if eps < F(1, 100) or high < F(1, 8):
                    yield Point.of({"rho": low, "rho_2": high, "alpha": alpha, "eps": eps, "d": 1})


def with_more_samples(points: Iterable[Point]) -> Iterator[Point]:
    """m_2: the next larger number of samples of the same environment."""
    listed = list(points)
    for p, q in itertools.pairwise(listed):
        if q.table["m"] > p.table["m"] and all(q.table[k] == p.table[k] for k in _NAMES):
            yield p.at(m_2=q.table["m"])

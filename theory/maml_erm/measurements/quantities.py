"""The named quantities of the easy/hard mixture, each measured at a point by running the definitions.

A point gives the raw parameters exactly; every function here returns a ball. The cubature is asked for values of risks
only: weights, odds, gains and thresholds come from minimisers, ratios and sign changes of those values.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache
from typing import Any

import flint
import numpy as np

from theory.maml_erm.definitions.cubature import (
    Mixture,
    SignChange,
    Value,
    excess_risk,
    loss_before_adaptation,
    sign_change,
)
from theory.maml_erm.definitions.directions import direction_weight, mean_error, proximal_risk, scatter_along
from theory.maml_erm.measurements.balls import Ball, Unmeasurable, exact, measured
from verify.runtime.errors import BadInput

FAR = 2**90  # samples per dimension that stand for infinitely many; what is left of 1/m is far below rounding


@dataclass(frozen=True)
class Point:
    """Exact values of raw parameters by name.

    ``odds``: where the free odds x and x_2 are realised, as (alpha, m) each; ``gain_at``: the m whose measured gain is
    1 + g, where g is not given. ``spectra``: eigenvalues, for claims about any covariance.
    """

    values: tuple[tuple[str, Fraction], ...]
    odds: tuple[tuple[Fraction, int], ...] = ()
    gain_at: int | None = None
    spectra: Spectra | None = None
    table: dict[str, Fraction] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "table", dict(self.values))

    @classmethod
    def of(cls, values: dict[str, Fraction | int], **more: Any) -> Point:
        return cls(tuple((k, Fraction(v)) for k, v in values.items()), **more)

    def at(self, **changes: Fraction | int) -> Point:
        """The point with some parameters changed."""
        return replace(self, values=tuple({**self.table, **{k: Fraction(v) for k, v in changes.items()}}.items()))

    def __str__(self) -> str:
        return ", ".join(f"{k} = {v}" for k, v in self.values)


def raw(name: str, point: Point) -> Ball:
    """The exact value of a raw parameter."""
    try:
        return exact(point.table[name])
    except KeyError:
        raise Unmeasurable(f"{name} has no value") from None


@cache
def _mixture(point: Point, samples: int, steps: int) -> Mixture:
    v = point.table
    try:
        return Mixture(
            rho_H=float(v["rho_H"]), rho_E=float(v["rho_E"]), alpha=float(v["alpha"]),
            d=int(v["d"]), m=samples, K=steps,
            p=float(v["p"]), Delta=float(v["Delta"]), V_H=float(v["V_H"]), V_E=float(v["V_E"]), nu=float(v["nu"]),
        )  # fmt: skip
    except (BadInput, KeyError) as error:
        raise Unmeasurable(str(error)) from error


def _run(work: Any) -> Ball:
    try:
        return measured(work())
    except BadInput as error:
        raise Unmeasurable(str(error)) from error


def samples(point: Point) -> int:
    return int(point.table["m"])


def _on_a_line(point: Point) -> Point:
    """The point with different centres: weights of classes don't depend on where these are, but need a line."""
    return point if point.table.get("Delta") else point.at(Delta=1)


@cache
def weight_erm(point: Point) -> Ball:
    """a: where the ERM loss is minimal on the line between the centres."""
    return _run(_mixture(_on_a_line(point), 1, 1).erm)


@cache
def weight_maml(point: Point, m: int | None = None, steps: int = 1) -> Ball:
    """b (or b_n for m = n): where the risk after adaptation on m samples is minimal."""
    return _run(_mixture(_on_a_line(point), samples(point) if m is None else m, steps).maml)


def odds(weight: Ball) -> Ball:
    return (1 - weight) / weight


@cache
def limit_odds(point: Point) -> Ball:
    return odds(weight_maml(point, FAR))


@cache
def gain(point: Point, m: int | None = None, steps: int = 1, floor: bool = False) -> Ball:
    """Risk of the ERM solution over the risk of the MAML solution."""
    mixture = _mixture(point, samples(point) if m is None else m, steps)
    return _run(lambda: mixture.gain(floor=floor))


@cache
def risk(point: Point, at: str) -> Ball:
    """E_m at the ERM solution, at the solution of MAML trained with n or with m samples, or at c."""
    mixture = _mixture(point, samples(point), 1)
    if at == "c":
        return _run(lambda: mixture.risk(float(point.table["c"]), floor=False))
    weight = {
        "erm": lambda: weight_erm(point),
        "maml": lambda: weight_maml(point, int(point.table["n"])),
        "maml_m": lambda: weight_maml(point),
    }[at]()
    where, slip = float(weight.mid()), float(weight.rad())

    def value() -> Value:
        # The minimiser is known up to ``slip``: the risk is a quadratic in c, bounded by its values around.
        here, left, right = (mixture.risk(where + x, floor=False) for x in (0.0, -0.5, 0.5))
        slope, bend = abs(right.value - left.value), abs(right.value + left.value - 2 * here.value)
        return Value(here.value, here.error + slope * slip + 2 * bend * slip * slip)

    return _run(value)


@cache
def noise_floor(point: Point) -> Ball:
    """The excess risk of a learner that starts at each task's own optimum."""
    v = point.table
    parts = [
        excess_risk(float(v[r]), alpha=float(v["alpha"]), d=int(v["d"]), m=samples(point), gap=0.0, nu=float(v["nu"]))
        for r in ("rho_H", "rho_E")
    ]
    return exact(v["p"]) * measured(parts[0]) + exact(1 - v["p"]) * measured(parts[1])


@cache
def class_weight(curvature: Fraction, alpha: Fraction, d: int, m: int, steps: int = 1) -> Ball:
    """MAML's weight: twice E_m of one class at |w - w*| = 1."""
    return 2 * measured(excess_risk(float(curvature), alpha=float(alpha), d=d, m=m, gap=1.0, steps=steps))


def weight_of(point: Point, curvature: str) -> Ball:
    v = point.table
    if curvature not in v:
        raise Unmeasurable(f"{curvature} has no value")
    return class_weight(v[curvature], v["alpha"], int(v["d"]), samples(point))


@cache
def method_weight(point: Point, name: str) -> Ball:
    """The weight of a method for one class of curvature rho: twice its risk, or its direction, per unit gap."""
    v = point.table
    rho, alpha = float(v["rho"]), float(v.get("alpha", 1))
    if name == "erm":
        return 2 * measured(loss_before_adaptation(rho, d=int(v.get("d", 1)), gap=1.0))
    if name == "imaml":
        return 2 * measured(proximal_risk(rho, strength=float(v["lambda"])))
    if name == "maml":
        return class_weight(v["rho"], v["alpha"], int(v["d"]), int(v["n"]))
    if name == "maml_fresh":
        return class_weight(v["rho"], v["alpha"], int(v["d"]), int(v["n"]), int(v["K"]))
    if name == "fomaml":
        # E grad f(w') = rho (E w' - w*).
        return exact(v["rho"]) * measured(mean_error(rho, alpha=alpha, n=int(v.get("n", 3))))
    if name == "reptile":
        return 1 - measured(mean_error(rho, alpha=alpha, n=int(v.get("n", 3)), steps=int(v["K"])))
    raise KeyError(name)


@cache
def _best_step(rho_H: Fraction, rho_E: Fraction, d: int, m: int) -> Ball:
    """The step size that makes the easy weight smallest against the hard one, by golden-section search.

    The ratio of the weights falls and then rises below 2/(rho_H + rho_E); a part is given up only where the ratio is
    larger for certain, so the interval that is left at the end has the minimum in it. Source: Kiefer 1953.
    """

    def ratio(alpha: Fraction) -> Ball:
        return class_weight(rho_E, alpha, d, m) / class_weight(rho_H, alpha, d, m)

    def inside(low: Fraction, high: Fraction, share: float) -> Fraction:
        return Fraction(float(low + (high - low) * Fraction(share)))  # dyadic, as the cubature works with it

    golden = (5**0.5 - 1) / 2
    low, high = Fraction(0), 2 / (rho_H + rho_E)
    left, right = inside(low, high, 1 - golden), inside(low, high, golden)
    at_left, at_right = ratio(left), ratio(right)
    for _ in range(18):  # to about a ten-thousandth, enough to see a slip in the formula
        if at_left < at_right:
            high, right, at_right = right, left, at_left
            left = inside(low, high, 1 - golden)
            at_left = ratio(left)
        elif at_left > at_right:
            low, left, at_left = left, right, at_right
            right = inside(low, high, golden)
            at_right = ratio(right)
        else:
            break
    return exact((low + high) / 2) + flint.arb(0, float(high - low) / 2 * (1 + 1e-9))


def best_step(point: Point) -> Ball:
    """alpha*, up to what the error of the cubature leaves open."""
    v = point.table
    try:
        return _best_step(v["rho_H"], v["rho_E"], int(v["d"]), samples(point))
    except KeyError as error:
        raise Unmeasurable(f"{error} has no value") from None


@cache
def _crossing(rho_H: Fraction, rho_E: Fraction, alpha: Fraction, d: int, steps: int) -> SignChange | None:
    return sign_change(float(rho_H), float(rho_E), float(alpha), d, K=steps)


def crossing(point: Point, steps: int = 1) -> SignChange | None:
    """The integers around the m at which MAML starts to favour the hard tasks more than ERM, or None."""
    v = point.table
    return _crossing(v["rho_H"], v["rho_E"], v["alpha"], int(v["d"]), steps)


def between(change: SignChange | None) -> Ball:
    """The crossing as a ball. At both ends the sign is certain, so the crossing lies strictly inside."""
    if change is None:
        raise Unmeasurable("the sign does not change up to 2^60 samples")
    if change.above - change.below == 2:  # one tie: the crossing is at an integer, up to the cubature's error
        return flint.arb(change.below + 1, 1e-12 * change.above)
    ends = Fraction(change.above + change.below, 2), Fraction(change.above - change.below, 2)
    return exact(ends[0]) + flint.arb(0, float(ends[1]) * (1 - 1e-9))


def threshold(point: Point) -> Ball:
    return between(crossing(point))


# ---------------------------------------------------------------- any covariance


@dataclass(frozen=True, eq=False)
class Spectra:
    """Eigenvalues of a hard and an easy covariance in one eigenbasis, and the directions that a point looks along."""

    hard: np.ndarray
    easy: np.ndarray
    directions: tuple[int, ...]


def effective_dimension(point: Point) -> Ball:
    """The sum of the squared eigenvalues over the square of the largest one."""
    if point.spectra is None:
        raise Unmeasurable("no spectrum")
    counts = Counter(point.spectra.hard.tolist())
    squares = sum(Fraction(value) ** 2 * times for value, times in counts.items())
    return exact(squares / Fraction(max(counts)) ** 2)


@cache
def direction(spectra: Spectra, which: str, index: int, alpha: Fraction, m: int) -> Ball:
    """The weight of MAML in an eigendirection of one of the two covariances."""
    return measured(direction_weight(*_scatter(spectra, which, index), alpha=float(alpha), m=m))


@cache
def _scatter(spectra: Spectra, which: str, index: int) -> tuple[float, float]:
    return scatter_along(getattr(spectra, which), index)


@cache
def direction_crossing(spectra: Spectra, index: int, alpha: Fraction) -> SignChange:
    """The integers around the m from which on the easy residual factor of a direction is the smaller one."""

    def sign(m: int) -> int:
        low, high = (
            direction(spectra, which, index, alpha, m) / float(getattr(spectra, which)[index])
            for which in ("hard", "easy")
        )
        difference = low - high
        return 1 if difference > 0 else -1 if difference < 0 else 0

    high = 1
    while sign(high) <= 0:
        high *= 2
        if high > 2**60:
            raise Unmeasurable("the sign does not change up to 2^60 samples")

    def last(holds: Any, low: int, high: int) -> int:
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if holds(middle) else (low, middle)
        return low

    above = last(lambda m: sign(m) <= 0, 0, high) + 1
    return SignChange(last(lambda m: sign(m) < 0, 0, above), above)


@cache
def steps_needed(rho: Fraction, alpha: Fraction, eps: Fraction) -> Ball:
    """Gradient steps after which the mean error has shrunk to eps of its start, between two integers."""
    low, high = _steps_around(rho, alpha, eps)
    return exact(Fraction(low + high, 2)) + flint.arb(0, 0.5 * (1 - 1e-9))


@cache
def error_left(rho: Fraction, alpha: Fraction, eps: Fraction) -> Ball:
    """What is left of the mean error between the two numbers of steps around the one at which it is eps."""
    more, less = (measured(_error_after(rho, alpha, steps)) for steps in _steps_around(rho, alpha, eps))
    return more.union(less)


def _error_after(rho: Fraction, alpha: Fraction, steps: int) -> Value:
    return mean_error(float(rho), alpha=float(alpha), n=1, steps=steps)


def _steps_around(rho: Fraction, alpha: Fraction, eps: Fraction) -> tuple[int, int]:
    """The last number of steps that leaves more than eps of the error, and the next one."""

    def left(steps: int) -> float:
        return _error_after(rho, alpha, steps).value

    high = 1
    while left(high) > eps:
        high *= 2
    low = high // 2
    while high - low > 1:
        centre = (low + high) // 2
        low, high = (low, centre) if left(centre) <= eps else (centre, high)
    return low, high

"""Finite-sample statistics for means with a known variance bound, and the false-alarm budget they share.

The excess risk after an inner step is a Gaussian chaos without exponential moments, so neither Hoeffding or
Bernstein bounds nor CLT z-tests are sound for it. Catoni's M-estimator needs nothing but a bound on the
variance and is valid at every N (Catoni 2012, Annales IHP 48(4); the radius is derived in ``catoni_radius``).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.special import ndtri, stdtrit

from verify.runtime.errors import BadInput
from verify.statistics import checks

Array = npt.NDArray[np.float64]

MISS = 1e-3  # power is stated as the error that is noticed with probability 1 - MISS


@dataclass(frozen=True)
class MeanTest:
    """A mean with a radius: |estimate - mean| <= radius with probability at least 1 - delta.

    estimate, radius, variance: in the units of the data (variance squared); delta: in (0, 1); noticed: the
    smallest |mean - claimed| that ``agrees(claimed)`` reports as a disagreement with probability 0.999;
    standard_error: sqrt(variance / count); method: "catoni", "chebyshev" or "clt"; assumption: what the
    radius rests on, in words.
    """

    estimate: float
    radius: float
    delta: float
    noticed: float
    count: int
    variance: float
    method: str
    assumption: str

    @property
    def standard_error(self) -> float:
        return math.sqrt(self.variance / self.count)

    @property
    def finite_sample(self) -> bool:
        """Whether the radius holds at this very ``count``, not only in the limit."""
        return self.method != "clt"

    def agrees(self, claimed: float) -> bool:
        """Whether ``claimed`` lies within the radius; a true mean fails this with probability at most delta."""
        return abs(self.estimate - claimed) <= self.radius

    def power(self, claimed: float) -> float:
        """The relative error of ``claimed`` that would have been noticed with probability 0.999."""
        return self.noticed / abs(claimed) if claimed else math.inf


def _root(scale: float, variance: float, log_term: float) -> float:
    """Smaller root t of (a^2/2) t^2 - a t + a^2 v/2 + l = 0, or inf if there is none."""
    discriminant = 1 - scale * scale * variance - 2 * log_term
    # The rationalised form of (1 - sqrt(disc)) / a: no cancellation when the radius is small.
    return (
        (scale * scale * variance + 2 * log_term) / (scale * (1 + math.sqrt(discriminant)))
        if discriminant >= 0
        else math.inf
    )


def catoni_scale(variance: float, count: int, delta: float) -> float:
    """The influence scale a that makes ``catoni_radius`` smallest (Catoni's choice), or 0 if count is too small."""
    log_term = math.log(2 / delta) / count
    if log_term >= 0.5 or variance <= 0:
        return 0.0
    return math.sqrt(2 * log_term / (variance * (1 + 2 * log_term / (1 - 2 * log_term))))


def catoni_radius(variance: float, count: int, delta: float, scale: float) -> float:
    """Radius of Catoni's estimator with influence ``scale`` a: two-sided, total error probability delta.

    Derivation: E exp(psi(a (X - t))) <= 1 + a (m - t) + a^2/2 (v + (m - t)^2), because psi(x) <= log(1 + x + x^2/2).
    By Markov the sum of psi is below its bound + log(2/delta) with probability 1 - delta/2, and that bound is
    negative for t > m + radius; the other side is the mirror image.
    """
    return _root(scale, variance, math.log(2 / delta) / count)


def _influence(x: Array) -> Array:
    return np.sign(x) * np.log1p(np.abs(x) * (1 + np.abs(x) / 2))


def mean_test(values: Sequence[float] | Array, variance: float, delta: float, *, assumption: str) -> MeanTest:
    """Estimate a mean from independent values whose variance is at most ``variance``; valid at every count.

    Catoni's estimator where its radius exists and is the smaller one, else the plain mean with Chebyshev's
    radius; the choice depends on (variance, count, delta) only, never on the values. variance = 0 demands that
    the values agree up to rounding. Raises BadInput on no values, NaN, variance < 0 or delta outside (0, 1).
    """
    x = np.asarray(values, dtype=float)
    if x.ndim != 1 or not x.size or not np.isfinite(x).all():
        raise BadInput(f"{x.size} values of shape {x.shape}: a non-empty vector of finite numbers is needed.")
    variance, delta = checks.number("variance", variance, least=0.0), checks.probability("delta", delta)
    n = x.size
    plain = math.fsum(x) / n
    rounding = 4 * np.finfo(float).eps * float(np.abs(x).max())
    scale = catoni_scale(variance, n, delta)
    chebyshev = math.sqrt(variance / (n * delta))
    radius = catoni_radius(variance, n, delta, scale) if scale else math.inf
    # One side of the alternative suffices for power: the estimate overshoots towards the claim with prob. MISS.
    if radius < chebyshev:
        back = catoni_radius(variance, n, 2 * MISS, scale)
        centre = _solve(x, scale)
        return MeanTest(centre, radius + rounding, delta, radius + back, n, variance, "catoni", assumption)
    back = math.sqrt(variance / (n * MISS))  # Cantelli would be a little smaller
    return MeanTest(plain, chebyshev + rounding, delta, chebyshev + back, n, variance, "chebyshev", assumption)


def _solve(x: Array, scale: float) -> float:
    """The root of sum psi(scale (x - t)), which decreases in t from + to -."""
    low, high = float(x.min()), float(x.max())
    if low == high:
        return low
    return float(
        brentq(
            lambda t: float(np.sum(_influence(scale * (x - t)))), low, high, xtol=1e-15 * max(-low, high), rtol=1e-15
        )
    )


def clt_test(values: Sequence[float] | Array, delta: float, *, assumption: str) -> MeanTest:
    """The z-interval from the sample variance: asymptotic only, for laws whose variance nobody knows."""
    x = np.asarray(values, dtype=float)
    if x.ndim != 1 or x.size < 2 or not np.isfinite(x).all():
        raise BadInput(f"{x.size} values of shape {x.shape}: a vector of at least two finite numbers is needed.")
    delta = checks.probability("delta", delta)
    mean = math.fsum(x) / x.size
    variance = math.fsum((x - mean) ** 2) / (x.size - 1)
    error = math.sqrt(variance / x.size)
    radius = normal_quantile(delta / 2) * error
    return MeanTest(mean, radius, delta, radius + normal_quantile(MISS) * error, x.size, variance, "clt", assumption)


def normal_quantile(tail: float) -> float:
    """The number that a standard normal one exceeds with this probability."""
    return float(-ndtri(tail))


def student_bound(values: Sequence[float] | Array, delta: float) -> float:
    """A number that the mean of independent normal values exceeds with probability 1 - delta: Student's t, one side.

    For repetitions of an experiment, each of them a mean over many draws and so nearly normal. ``BadInput`` for fewer
    than two values.

    >>> round(student_bound([1.0, 1.1, 0.9], 0.01), 2)
    0.6
    """
    x = np.asarray(values, dtype=float)
    if x.ndim != 1 or x.size < 2 or not np.isfinite(x).all():
        raise BadInput(f"{x.size} values of shape {x.shape}: a vector of at least two finite numbers is needed.")
    quantile = -float(stdtrit(x.size - 1, checks.probability("delta", delta)))
    return float(x.mean()) - quantile * float(x.std(ddof=1)) / math.sqrt(x.size)


def looks(delta: float, first: int, last: int) -> Iterator[tuple[int, float]]:
    """Anytime schedule: look j = 1, 2, ... after first 2^(j-1) values with error probability delta/(j (j+1)).

    The probabilities add up to less than delta however many looks are taken, so a run may stop at any of them.

    >>> [(n, round(d, 4)) for n, d in looks(0.06, 100, 500)]
    [(100, 0.03), (200, 0.01), (400, 0.005)]
    """
    delta, first = checks.probability("delta", delta), checks.count("first", first)
    j, n = 1, first
    while n <= last:
        yield n, delta / (j * (j + 1))
        j, n = j + 1, 2 * n


def anytime(
    values: Sequence[float] | Array, variance: float, delta: float, *, first: int, assumption: str
) -> Iterator[MeanTest]:
    """Mean tests at the looks of ``looks``: all of them cover the mean at once with probability 1 - delta."""
    x = np.asarray(values, dtype=float)
    for n, share in looks(delta, first, x.size):
        yield mean_test(x[:n], variance, share, assumption=assumption)


def count_needed(variance: float, delta: float, error: float) -> int:
    """The smallest count at which Catoni's test notices ``error`` with probability 0.999 (plan before sampling).

    >>> count_needed(1.0, 1e-8, 0.05)
    43220
    """
    variance, error = checks.number("variance", variance, least=0.0), checks.number("error", error, above=0.0)
    delta = checks.probability("delta", delta)
    if variance == 0:
        return 1

    def noticed(n: int) -> float:
        scale = catoni_scale(variance, n, delta)
        if not scale:
            return math.inf
        return catoni_radius(variance, n, delta, scale) + catoni_radius(variance, n, 2 * MISS, scale)

    high = 1
    while noticed(high) > error:
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if noticed(middle) <= error else (middle, high)
    return high


@dataclass(frozen=True)
class Budget:
    """A total false-alarm probability split evenly over named checks; any of them fails by chance with less than it.

    >>> print(Budget(1e-6, ("X1", "X2")))
    false-alarm budget 1e-06 over 2 checks: 5e-07 each
    """

    total: float
    names: tuple[str, ...]

    def __post_init__(self) -> None:
        checks.probability("total", self.total)
        object.__setattr__(self, "names", tuple(self.names))
        if not self.names or len(set(self.names)) < len(self.names):
            raise BadInput(f"the checks {self.names} have to be at least one and of different names.")

    def share(self, name: str) -> float:
        """The delta of one check."""
        if name not in self.names:
            raise BadInput(f"{name!r} has no share in this budget; it covers {', '.join(self.names)}.")
        return self.total / len(self.names)

    def __str__(self) -> str:
        return f"false-alarm budget {self.total:g} over {len(self.names)} checks: {self.total / len(self.names):g} each"


# One run of ``verify check``: every statistical check of it by name, and the probability that any of them fails though
# all claims are true. 1e-6 is the promise; what is used stays below it.
CHECK_BUDGET = Budget(9e-7, ("definition M1", "definition M2", "definition M3", "definition X1"))


@dataclass(frozen=True)
class DistributionTest:
    """Two samples compared: if their laws agree, distance <= threshold with probability at least 1 - delta.

    noticed: the Kolmogorov distance of the laws that is noticed with probability 0.999.
    """

    distance: float
    threshold: float
    delta: float
    noticed: float

    @property
    def agrees(self) -> bool:
        return self.distance <= self.threshold


def same_distribution(first: Array, second: Array, delta: float) -> DistributionTest:
    """Two-sample Kolmogorov-Smirnov test that is valid at every size, for any law of the samples.

    The threshold is the sum of two Dvoretzky-Kiefer-Wolfowitz-Massart radii, or the sharper one of Wei and Dudley
    (2012, Statistics & Probability Letters 82), which holds for equal sizes of at least 458.
    """
    delta = checks.probability("delta", delta)
    a, b = np.sort(np.asarray(first, dtype=float)), np.sort(np.asarray(second, dtype=float))
    if not a.size or not b.size or not (np.isfinite(a).all() and np.isfinite(b).all()):
        raise BadInput("both samples have to be non-empty and finite.")
    both = np.concatenate([a, b])
    gaps = np.searchsorted(a, both, side="right") / a.size - np.searchsorted(b, both, side="right") / b.size

    def reach(error: float) -> float:
        return sum(math.sqrt(math.log(4 / error) / (2 * s.size)) for s in (a, b))

    equal = a.size == b.size >= 458
    threshold = math.sqrt(math.log(2 / delta) / a.size) if equal else reach(delta)
    return DistributionTest(float(np.abs(gaps).max()), threshold, delta, threshold + reach(MISS))

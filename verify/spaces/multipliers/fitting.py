"""A rational function of the parameters from its values at some points, in floats: a guess, to be verified exactly.

Tried in this order: a number times whole powers of candidate factors (logarithms are linear in the exponents: one
least-squares fit finds them all at once); a sum of two monomials of the parameters; for a value that may lie anywhere
in an interval, the simplest products that stay inside. Source: ours, after what multipliers of known rates look like.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from verify.language.rational_functions import as_fraction
from verify.runtime.budget import spend
from verify.spaces.multipliers.nearby import CLOSE, nearby
from verify.spaces.multipliers.points import Values, numeric
from verify.spaces.multipliers.ratios import NotRational, Ratio
from verify.spaces.multipliers.scales import Scales, Weights
from verify.spaces.multipliers.system import System

Floats = NDArray[np.float64]
ROUGH = 2e-2  # of the logarithms, at every point
ABSENT = 0.25  # exponents smaller than this are taken for zero, and the rest is fitted again
WHOLE = 0.1  # how far from a whole number an exponent may be
LARGEST_EXPONENT = 6
MOST_FACTORS = 6
MOST_MONOMIALS = 200  # for sums of two
LARGEST_FACTOR = 8  # monomials of a candidate factor
SIMPLE_NUMBERS = tuple(Fraction(q) for q in ("1", "2", "1/2", "4", "1/4", "1/3", "2/3"))  # before a product
MOST_SIMPLE = 6  # products that are offered for an interval
LEVEL = 1e-9  # columns that vary less are constant
EXTRA_POINTS = 4  # more points than unknowns, so that a fit says something


class Fit(NamedTuple):
    """A candidate, and how complicated it is."""

    cost: float
    form: Ratio


class Fitter:
    """Fits at fixed points, with the factors that occur in the statement and simple combinations of parameters."""

    def __init__(self, system: System, points: Sequence[Values]) -> None:
        self.home = system.home
        self.scales = Scales(system)
        groups = [
            list(dict.fromkeys(p for form in group for p, _ in form.factors()[1] if len(p.top) <= LARGEST_FACTOR))
            for group in (
                itertools.chain(self._parameters(system), self._of_statement(system)),
                self._combined(system),
                self._unlikely(system),
            )
        ]
        # where a factor vanishes its exponent can't be seen
        generic = [p for p in points if all(f.at(p) != 0 for group in groups[:2] for f in group)]
        self.points = generic if len(generic) > len(points) // 2 else list(points)
        self.columns = [np.array([float(as_fraction(p[i])) for p in self.points]) for i in range(len(self.home.names))]
        level = {x for x, c in zip(self.home.names, self.columns, strict=True) if len(c) and np.ptp(c) < LEVEL}
        self.names = [x for x in system.names if x not in level]
        # roots of numbers, as sqrt(2): with them numbers in front are p + q r
        self.surds = [
            (self.home.name(x), float(self.columns[self.home.names.index(x)][0]))
            for x in sorted(level & set(system.names))
        ]
        self.weights: list[Weights] = []  # of the factors
        self.factors: list[Ratio] = []  # the likely ones first
        self.counts: list[int] = []  # of parameters and factors in the statement, with what is likely, with all others
        self.logs: list[Floats] = []
        for group in groups:
            for p in group:
                self._add(p)
            self.counts.append(len(self.factors))

    def _add(self, p: Ratio) -> None:
        """A factor, with the sign that it has at the points; none that vanishes at one."""
        if len(p.top) > LARGEST_FACTOR or any(p == f or p == -f for f in self.factors):
            return
        weight = self.scales.weight(p)
        if weight is None:
            return
        values = numeric(p, self.columns) if self.points else np.zeros(0)
        if np.all(np.abs(values) > 1e-9) and (len(values) < 2 or np.ptp(values) > LEVEL):
            self.factors.append(-p if np.all(values < 0) else p)
            self.logs.append(np.log(np.abs(values)))
            self.weights.append(weight)

    @property
    def likely(self) -> int:
        """How many factors are likely."""
        return self.counts[1]

    def _parameters(self, system: System) -> Iterator[Ratio]:
        yield from (self.home.name(x) for x in system.names)

    def _of_statement(self, system: System) -> Iterator[Ratio]:
        for rate in system.problem.rates:
            try:
                yield system.signs.under.reduced(self.home.read(rate))
            except (NotRational, ZeroDivisionError):
                continue
        yield from (g.form for g in system.signs.under.gaps)
        yield from dict.fromkeys(c for column in (system.goal, *system.hypotheses) for c in column.values())

    def _combined(self, system: System) -> Iterator[Ratio]:
        """p + q, p - q and p*q - 1."""
        for p, q in itertools.combinations_with_replacement([self.home.name(x) for x in system.names], 2):
            if p != q:
                yield from (p + q, p - q)
            yield p * q - self.home.one

    def _unlikely(self, system: System) -> Iterator[Ratio]:
        one = self.home.one
        two = one + one
        for p, q in itertools.combinations_with_replacement([self.home.name(x) for x in system.names], 2):
            yield from (p * q - two, p * q + one, p * q + two)
        for p in (self.home.name(x) for x in system.names):
            yield from (p - one, p + one, p + two, two * p - one)

    # ------------------------------------------------------------ one value at every point

    def fits(self, k: int | None, form: Ratio) -> bool:
        """Whether a form has the units of the multiplier of a hypothesis, if that is said."""
        wanted = None if k is None else self.scales.wanted[k]
        return not form or wanted is None or self.scales.weight(form) == wanted

    def unique(self, values: Sequence[float], use: Sequence[int], k: int | None = None) -> list[Fit]:
        """Candidates for the values of multiplier ``k`` at the points with these numbers, the simplest first."""
        return [f for f in self._unique(values, use) if self.fits(k, f.form)]

    def _unique(self, values: Sequence[float], use: Sequence[int]) -> list[Fit]:
        v, rows = np.array(values), list(use)
        if not self.names:
            return self._numbers(float(v[0])) if len(v) else []
        if np.all(np.abs(v) < 1e-6):
            return [Fit(0, self.home.zero)]
        found: list[Fit] = []
        if np.all(v > 1e-8) or np.all(v < -1e-8):
            sign = 1 if v[0] > 0 else -1
            for count in dict.fromkeys(self.counts):
                fits = self._product(np.log(np.abs(v)), rows, count, sign)
                if fits:
                    return fits
        if len(rows) >= EXTRA_POINTS + 2:
            found += self._sums(v, rows)
        return sorted(found, key=lambda f: f.cost)[:4]

    def _product(self, y: Floats, rows: list[int], count: int, sign: int) -> list[Fit]:
        """A number times powers of the first ``count`` factors; more than one where the number may be several."""
        used = list(range(min(count, len(rows) - EXTRA_POINTS)))
        x: Floats
        while True:
            a = np.column_stack([np.ones(len(y)), *(self.logs[i][rows] for i in used)])
            spend(a.size * a.shape[1] // 10 + 30)
            x = np.asarray(np.linalg.lstsq(a, y, rcond=None)[0][1:], dtype=np.float64)
            kept = [i for i, e in zip(used, x, strict=True) if abs(e) > ABSENT]
            if len(kept) == len(used):
                break
            used = kept
        exponents = np.round(x)
        if len(used) > MOST_FACTORS or np.any(np.abs(x - exponents) > WHOLE) or np.any(np.abs(x) > LARGEST_EXPONENT):
            return []
        constant = y - sum((e * self.logs[i][rows] for i, e in zip(used, exponents, strict=True)), np.zeros(len(y)))
        middle = float(np.median(constant))
        if np.max(np.abs(constant - middle)) > ROUGH:
            return []
        out = []
        for cost, form in self._numbers(sign * float(np.exp(middle))):
            for i, e in zip(used, exponents, strict=True):
                form = form * self.factors[i] ** int(e)
            out.append(Fit(len(used) + cost / 100, form))
        return out

    def _numbers(self, value: float) -> list[Fit]:
        """The simplest numbers that are close."""
        return [Fit(*found) for found in nearby(self.home, value, self.surds)]

    def _sums(self, v: Floats, rows: list[int]) -> list[Fit]:
        """Sums of two monomials of the parameters with simple coefficients."""
        columns = [self.columns[self.home.names.index(x)][rows] for x in self.names]
        powers = [e for e in itertools.product(range(-2, 4), repeat=len(columns)) if sum(map(abs, e)) <= 4]
        powers = sorted(powers, key=lambda e: (sum(map(abs, e)), e))[:MOST_MONOMIALS]
        w = np.array([np.prod([c**k for c, k in zip(columns, e, strict=True)], axis=0) for e in powers])
        w = w / (np.abs(v) + 1e-9)
        spend(w.size * len(powers) // 20)
        gram, right = w @ w.T, w @ np.sign(v)
        i, j = np.triu_indices(len(powers), 1)
        det = gram[i, i] * gram[j, j] - gram[i, j] ** 2
        good = det > 1e-9 * gram[i, i] * gram[j, j]
        i, j, det = i[good], j[good], det[good]
        a = (gram[j, j] * right[i] - gram[i, j] * right[j]) / det
        b = (gram[i, i] * right[j] - gram[i, j] * right[i]) / det
        error = len(v) - a * right[i] - b * right[j]  # the squared distance, since the fit is orthogonal
        out = []
        for n in np.argsort(error, kind="stable")[:8]:
            p, q = (Fraction(float(c)).limit_denominator(12) for c in (a[n], b[n]))
            fitted = float(p) * w[i[n]] + float(q) * w[j[n]]
            if p == 0 or q == 0 or np.max(np.abs(fitted - np.sign(v))) > CLOSE * 10:
                continue
            terms = [self._monomial(p, powers[i[n]]), self._monomial(q, powers[j[n]])]
            cost = 3 + 0.1 * sum(abs(k) for e in (powers[i[n]], powers[j[n]]) for k in e)
            out.append(Fit(cost, terms[0] + terms[1]))
        return out

    def _monomial(self, c: Fraction, exponents: Sequence[int]) -> Ratio:
        form = self.home.number(c)
        for x, e in zip(self.names, exponents, strict=True):
            form = form * self.home.name(x) ** e
        return form

    # ------------------------------------------------------------ an interval at every point

    def between(
        self, low: Sequence[float], high: Sequence[float], use: Sequence[int], k: int | None = None
    ) -> list[Fit]:
        """The simplest products for multiplier ``k`` that stay between two values at each of the points."""
        lo, hi, rows = np.array(low), np.array(high), list(use)
        lo, hi = lo - 1e-6 * np.abs(lo) - 1e-9, hi + 1e-6 * np.abs(hi) + 1e-9
        if np.all(lo <= 0) and np.all(hi >= 0):
            return [Fit(0, self.home.zero)]
        if not self.names:
            inside = {Fraction(n, d) for d in range(1, 13) for n in _whole_between(lo[0] * d, hi[0] * d)}
            ordered = sorted(inside, key=lambda q: (q.denominator, abs(q)))
            return [Fit(q.denominator, self.home.number(q)) for q in ordered[:MOST_SIMPLE]]
        numbers = [(self.home.number(q), float(q), q.denominator) for q in SIMPLE_NUMBERS]
        numbers += [
            (r * self.home.number(q), size * q, 2 * q.denominator) for r, size in self.surds for q in SIMPLE_NUMBERS
        ]
        if np.all(hi < 0):
            return [Fit(f.cost, -f.form) for f in self.between([-x for x in high], [-x for x in low], use, k)]
        wanted = None if k is None else self.scales.wanted[k]
        for count in dict.fromkeys(self.counts):
            out = self._inside(lo, hi, rows, count, numbers, wanted)
            if out:
                return out
        return []

    def _inside(
        self,
        lo: Floats,
        hi: Floats,
        rows: list[int],
        count: int,
        numbers: list[tuple[Ratio, float, int]],
        wanted: Weights | None,
    ) -> list[Fit]:
        """The simplest products of the first ``count`` factors between bounds."""
        out: list[Fit] = []
        values, powers = self._simple(np.array([g[rows] for g in self.logs[:count]]), wanted)
        spend(values.size * len(numbers) // 10)
        for number, size, weight in numbers:
            inside = np.all((size * values >= lo) & (size * values <= hi), axis=1)
            for n in np.flatnonzero(inside)[:MOST_SIMPLE]:
                form = number
                for i, e in powers[n]:
                    form = form * self.factors[i] ** e
                cost = len(powers[n]) + sum(abs(e) for _, e in powers[n]) / 10 + weight / 100
                out.append(Fit(cost, form))
        return sorted(out, key=lambda f: f.cost)[:MOST_SIMPLE]

    def _simple(self, logs: Floats, wanted: Weights | None) -> tuple[Floats, list[tuple[tuple[int, int], ...]]]:
        """The values of products of at most two factors with small exponents and the right units, and what they are."""
        powers: list[tuple[tuple[int, int], ...]] = []
        for r in (0, 1, 2):
            for chosen in itertools.combinations(range(len(logs)), r):
                for e in itertools.product((1, -1, 2, -2), repeat=r):
                    product = tuple(zip(chosen, e, strict=True))
                    if wanted is None or self._weight(product) == wanted:
                        powers.append(product)
        exponents = np.zeros((len(powers), len(logs)))
        for n, product in enumerate(powers):
            for i, k in product:
                exponents[n, i] = k
        spend(2 * len(powers) + len(logs) ** 2)
        return np.exp(exponents @ logs), powers

    def _weight(self, product: tuple[tuple[int, int], ...]) -> Weights:
        return tuple(
            sum((self.weights[i][n] * e for i, e in product), Fraction(0)) for n in range(len(self.scales.directions))
        )


def _whole_between(low: float, high: float) -> range:
    low, high = max(low, -100.0), min(high, 100.0)
    return range(int(np.ceil(low)), int(np.floor(high)) + 1)

"""Exact rational points of a domain: bounds are followed variable by variable, everything is checked at the end."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

import flint

from verify.language import logic
from verify.language.evaluation import Point, Undecided, Undefined, holds
from verify.language.rational_functions import Field, Polynomial, Raw, ZeroDenominator, as_fraction
from verify.runtime.budget import spend
from verify.runtime.errors import present

MOST_BRANCHES = 64  # alternatives of all disjunctions together
MOST_ALTERNATIVES = 16  # of one formula
SCALES = [Fraction(m) * Fraction(10) ** e for e in (-3, -2, -1, 0, 1, 2, 3) for m in (1, 2, 5)]
SIMPLE = [Fraction(1), Fraction(2), Fraction(1, 2), Fraction(3), Fraction(1, 3), Fraction(4), Fraction(1, 4)]

ATTEMPT = 60  # what one variable of a point costs, in units of work


class Linear:
    """``slope * x + rest REL 0`` up to the positive factor hidden in the sign of the denominator: a bound on x."""

    def __init__(self, needs: int, op: str, slope: Polynomial, rest: Polynomial, denominator: Polynomial) -> None:
        self.needs = needs  # a bit for each variable whose value the bound depends on
        self.equal, self.strict, self.downwards = op == "==", op in ("<", ">"), op in ("<", "<=")
        self.parts = (slope, rest, denominator)
        self.fixed = None if needs else self._at([flint.fmpq(0)] * len(slope.context().gens()))

    def at(self, values: list[flint.fmpq]) -> tuple[flint.fmpq, bool] | None:
        """The bound, and whether it is one from above; None where there is none at these values."""
        return self._at(values) if self.needs else self.fixed

    def _at(self, values: list[flint.fmpq]) -> tuple[flint.fmpq, bool] | None:
        slope, rest, bottom = (p(*values) for p in self.parts)
        if slope == 0 or bottom == 0:
            return None
        return -rest / slope, ((slope > 0) == (bottom > 0)) == self.downwards


@dataclass(frozen=True)
class Range:
    """What the bounds leave for a variable; ``None`` is an infinite end."""

    low: Fraction | None = None
    low_open: bool = False
    high: Fraction | None = None
    high_open: bool = False

    @property
    def empty(self) -> bool:
        """Whether no real number is left."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    def integers(self) -> tuple[int | None, int | None]:
        """The smallest and the largest integer left, each ``None`` where there is no bound."""
        low = None if self.low is None else floor(self.low) + 1 if self.low_open else ceil(self.low)
        high = None if self.high is None else ceil(self.high) - 1 if self.high_open else floor(self.high)
        return low, high


@dataclass(frozen=True)
class Plan:
    """What bounds each variable in one alternative."""

    bounds: dict[str, list[Linear]]
    waiting: dict[str, int]  # how many of the bounds need the values of other variables
    equations: dict[str, list[int]]  # what each equation needs that gives the value of a variable


class Sampler:
    """Points of the set where all of ``facts`` (raw formulas) hold.

    Each disjunction is turned into alternatives, and in each of these a relation bounds the variables in which it is
    linear. Variables are given values one after another, in an order that is drawn, between the bounds that those
    before them leave. What does not bound a variable like this is only checked at the end.

    ``kinds`` maps each variable to real or integer. Not every domain is found: equations that are not linear in some
    variable, or narrow sets cut out by nonlinear relations, may yield no point.
    """

    def __init__(self, kinds: Mapping[str, str], facts: Sequence[Raw], *, simple: bool = False) -> None:
        spend(100 * (1 + len(facts)))
        self.simple = simple
        self.kinds = dict(kinds)
        self.facts = list(facts)
        self.integers = frozenset(k for k, v in kinds.items() if v == "integer")
        self.names = sorted(kinds)
        choices = [_relations(f) for f in self.facts]
        self.branches: list[list[Raw]] = [[]]
        for options in choices:
            if len(self.branches) * len(options) <= MOST_BRANCHES:
                self.branches = [b + o for b in self.branches for o in options]
        terms = [("+", r[1], ("-", r[2])) for b in self.branches for r in b]
        self.field = Field([*terms, *self.names])
        self.memo: dict[Raw, dict[str, Linear]] = {}
        self.plans = [self.plan(b) for b in self.branches]

    def plan(self, branch: list[Raw]) -> Plan:
        rows = [self.linear(r) for r in branch]
        bounds = {x: [row[x] for row in rows if x in row] for x in self.names}
        waiting = {x: sum(1 for b in found if b.needs) for x, found in bounds.items()}
        equations = {x: [b.needs for b in found if b.equal] for x, found in bounds.items()}
        return Plan(bounds, waiting, {x: needs for x, needs in equations.items() if needs})

    def linear(self, r: Raw) -> dict[str, Linear]:
        """For each variable in which the relation is linear, its bound on that variable."""
        if r in self.memo:
            return self.memo[r]
        out: dict[str, Linear] = {}
        try:
            n, d = self.field.quotient(("+", r[1], ("-", r[2])))
        except ZeroDenominator:
            return out
        degrees = dict(zip(self.field.atoms, n.degrees(), strict=False))
        below = dict(zip(self.field.atoms, d.degrees(), strict=False))
        used = [a for a in self.field.atoms if degrees.get(a) or below.get(a)]
        if r[0] != "!=" and all(isinstance(a, str) for a in used):
            for x in used:
                gen, bottom = self.field.gens[self.field.index[x]], d
                if below[x] and (("<", 0, x) in self.facts or (">", x, 0) in self.facts):
                    while bottom.degrees()[self.field.index[x]] and (parts := divmod(bottom, gen))[1] == 0:
                        bottom = parts[0]  # a positive factor does not change the sign
                if degrees[x] == 1 and not bottom.degrees()[self.field.index[x]]:
                    slope = n.derivative(self.field.index[x])
                    rest = n - slope * gen
                    needs = sum(1 << self.field.index[a] for a in used if a != x)
                    out[x] = Linear(needs, r[0], slope, rest, bottom)
        self.memo[r] = out
        return out

    def points(self, count: int, *, seed: int = 0, attempts: int = 0) -> Iterator[Point]:
        """Up to ``count`` different points, the simplest first; the same seed gives the same points."""
        rng = random.Random(seed)
        seen: set[tuple[Fraction, ...]] = set()
        found = 0
        for i in range(attempts or 12 * count + 60):
            spend(ATTEMPT * len(self.names))
            point = self.attempt(rng, self.plans[i % len(self.plans)], i)
            if point is None:
                continue
            key = tuple(point[x] for x in self.names)
            if key in seen or not self.contains(point):
                continue
            seen.add(key)
            yield point
            found += 1
            if found >= count:
                return

    def contains(self, point: Point) -> bool:
        try:
            return all(holds(f, point) is True for f in self.facts)
        except (Undefined, Undecided):
            return False

    def attempt(self, rng: random.Random, plan: Plan, i: int) -> Point | None:
        point: dict[str, Fraction] = {}
        self.values = [flint.fmpq(0)] * len(self.field.atoms)
        known = 0  # a bit for each variable with a value
        left = self.names[:]
        rng.shuffle(left)
        if i % 3 != 2:  # mostly choose next the variable whose bounds are known already
            left.sort(key=plan.waiting.__getitem__)
        while left:
            x = self.determined(plan, left, known) or left[0]
            left.remove(x)
            value = self.choose(rng, plan, x, known, i)
            if value is None:
                return None
            point[x] = value
            place = self.field.index[x]
            self.values[place] = flint.fmpq(value.numerator, value.denominator)
            known |= 1 << place
        return Point(point, self.integers)

    def determined(self, plan: Plan, left: list[str], known: int) -> str | None:
        """The first variable that an equation gives."""
        for x in left if plan.equations else ():
            for needs in plan.equations.get(x, ()):
                if not needs & ~known:
                    return x
        return None

    def choose(self, rng: random.Random, plan: Plan, x: str, known: int, i: int) -> Fraction | None:
        low: flint.fmpq | None = None
        high: flint.fmpq | None = None
        low_open = high_open = False
        for b in plan.bounds[x]:
            bound = None if b.needs & ~known else b.at(self.values)
            if bound is None:
                continue
            value, above = bound
            if b.equal:
                return as_fraction(value) if self.kinds[x] == "real" or value.q == 1 else None
            if above:
                if high is None or value < high or (value == high and b.strict):
                    high, high_open = value, b.strict
            elif low is None or value > low or (value == low and b.strict):
                low, low_open = value, b.strict
        below, above_it = (None if end is None else as_fraction(end) for end in (low, high))
        left = Range(below, low_open, above_it, high_open)
        return (self.pick_simple if self.simple else self.pick)(rng, x, left, i)

    def pick(self, rng: random.Random, x: str, left: Range, i: int) -> Fraction | None:
        """A value at one of many scales from a bound, or between the bounds."""
        step = rng.choice(SIMPLE if i % 2 == 0 else SCALES)
        if self.kinds[x] == "integer":
            a, b = left.integers()
            k = rng.choice((0, 0, 0, 1, 1, 2, 3, 4, 5, 7, 10, 20, 50, 100, 1000))
            if a is not None and b is not None:
                return Fraction(rng.randint(a, min(b, a + 1000))) if a <= b else None
            if a is None and b is None:
                return Fraction(rng.choice((k, -k)))
            return Fraction(a + k) if a is not None else Fraction(b - k) if b is not None else None
        low, high = left.low, left.high
        if low is not None and high is not None:
            if left.empty:
                return None
            if not left.low_open and rng.random() < 0.15:
                return low
            if not left.high_open and rng.random() < 0.15:
                return high
            return (low + high * step) / (1 + step) if low < high else low
        if low is None and high is None:
            return rng.choice((Fraction(0), step, -step, step, -step))
        if low is not None:
            return low if not left.low_open and rng.random() < 0.2 else low + step
        high = present(high)
        return high if not left.high_open and rng.random() < 0.2 else high - step

    def pick_simple(self, rng: random.Random, x: str, left: Range, i: int) -> Fraction | None:
        """The simplest value between the bounds, or the simplest in a random part of them."""
        low, high = left.low, left.high
        if low is not None and high is not None:
            if left.empty:
                return None
            if low == high:
                return low if self.kinds[x] == "real" or low.denominator == 1 else None
        if low is not None and not left.low_open and complexity(low) <= 4 and rng.random() < 0.3:
            return low
        if high is not None and not left.high_open and complexity(high) <= 4 and rng.random() < 0.3:
            return high
        start = rng.choice((0, 0, 0, 0, 1, 2, 4, 9, 29, 99)) if i else 0
        if low is None and high is None:
            value = Fraction(rng.choice((0, 1, 1, -1, 2, -2, 3)))
            return value if self.kinds[x] == "integer" or rng.random() < 0.7 else value / rng.choice((2, 3))
        if high is None:
            low = present(low)
            if rng.random() < 0.25 and self.kinds[x] == "real":
                return simplest_between(low, low + Fraction(1, rng.choice((1, 2, 5, 20))))
            return Fraction(floor(low) + 1 + start)
        if low is None:
            if rng.random() < 0.25 and self.kinds[x] == "real":
                return simplest_between(high - Fraction(1, rng.choice((1, 2, 5, 20))), high)
            return Fraction(ceil(high) - 1 - start)
        if self.kinds[x] == "integer":
            a, b = left.integers()
            a = present(a)
            b = present(b)
            return Fraction(min(a + start, b)) if a <= b else None
        share = rng.choice((None, None, (0, 2), (1, 2), (0, 5), (4, 5), (9, 10)))
        if share is not None:
            width = (high - low) / share[1]
            low = low + share[0] * width
            high = low + width
        return simplest_between(low, high)


def complexity(v: Fraction) -> int:
    """Digits needed to write a number down."""
    return len(str(abs(v.numerator))) + (len(str(v.denominator)) if v.denominator > 1 else 0)


def simplest_between(low: Fraction, high: Fraction) -> Fraction:
    """The rational of least denominator strictly between two others.

    >>> simplest_between(Fraction(2, 5), Fraction(9, 10))
    Fraction(1, 2)

    It is the first one of the Stern-Brocot tree (Stern 1858, Brocot 1861) between them, found by continued fractions.
    """
    whole = floor(low)
    if whole + 1 < high:
        return Fraction(whole + 1)
    low, high = low - whole, high - whole
    if low == 0:
        return whole + Fraction(1, floor(1 / high) + 1)
    return whole + 1 / simplest_between(1 / high, 1 / low)


def _relations(f: Raw) -> list[list[Raw]]:
    """Alternative sets of relations, each of which makes the formula likely to hold."""
    op, args = f[0], f[1:]
    if op in logic.RELATIONS:
        return [[f]]
    if op == "and":
        out: list[list[Raw]] = [[]]
        for a in args:
            out = [b + o for b in out for o in _relations(a)][:MOST_ALTERNATIVES]
        return out
    if op == "or":
        return [o for a in args for o in _relations(a)][:MOST_ALTERNATIVES] or [[]]
    if op == "implies":
        return [[], *_relations(args[1])]
    return [[]]

"""Multipliers: a goal as a sum of hypotheses times functions of the parameters, plus squares. Said, or searched.

The search, in this order: no multipliers at all; those that an author said; otherwise semidefinite programs at some
points choose few hypotheses, equations that function values give are solved exactly, what is still open is fitted one
multiplier after the other, and every guess is verified exactly, for all parameter values.
Source: performance estimation (Drori and Teboulle 2014), with closed forms found instead of numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sympy as sp

from verify.language.rational_functions import as_fraction
from verify.runtime.budget import Budget
from verify.spaces.multipliers.combine import combination
from verify.spaces.multipliers.equations import Inconsistent, determined
from verify.spaces.multipliers.fitting import Fit, Fitter
from verify.spaces.multipliers.gram import Combination, GramProblem
from verify.spaces.multipliers.obligations import Signs
from verify.spaces.multipliers.points import Values
from verify.spaces.multipliers.ratios import NotRational
from verify.spaces.multipliers.sdp import Programs
from verify.spaces.multipliers.support import TRIED, Support
from verify.spaces.multipliers.system import Multipliers, System

SAME = 5e-3  # relative: two optimal values closer than this are taken for one
MOST_VERIFIED = 24  # guesses that are verified exactly; the bench needed at most five
BRANCHES = 3  # candidates for one multiplier
FEWEST_POINTS = 5  # at which a fit still says something
MORE_POINTS = 8  # than likely factors
COMPARED = 5  # points at which other costs are tried, to see whether the multipliers are unique
Table = list[dict[int, float]]
Extremes = list[tuple[dict[int, float], dict[int, float]]]


def search(problem: GramProblem, budget: Budget, said: Mapping[int, sp.Expr] | None = None) -> Combination | None:
    """A proof of the goal for all parameter values; None where none was found.

    ``said``: multipliers that an author gave, by the place of the hypothesis; the others are searched where these are
    not all. Charges ``budget`` and lets ``Spent`` through. What is returned is an identity of rational functions, and
    each sign in it a theorem that the reals checker accepted.
    """
    with budget.running():
        system = system_of(problem, budget)
        return None if system is None else searched(system, said)


def searched(system: System, said: Mapping[int, sp.Expr] | None = None) -> Combination | None:
    """The same for a problem that was read."""
    try:
        given = {k: system.signs.under.reduced(system.home.read(sp.sympify(m))) for k, m in (said or {}).items()}
    except (NotRational, ZeroDivisionError):
        given = {}
    return Finder(system).found(given)


def system_of(problem: GramProblem, budget: Budget) -> System | None:
    """The problem in matrices; None where a coefficient is no rational function of the parameters."""
    forms = (problem.goal, *(h.form for h in problem.hypotheses))
    coefficients = [c for f in forms for c in f.values()]
    coefficients += [c for _, others in problem.zeros for c in others.values()]
    symbols = {s for c in coefficients for s in sp.sympify(c).free_symbols}
    signs = Signs(
        problem.parameters,
        problem.conditions,
        budget,
        integers=problem.integers,
        symbols=sorted(symbols, key=str),
    )
    try:
        return System(problem, signs)
    except (NotRational, ZeroDivisionError):
        return None


class Finder:
    """One search for the multipliers of one system."""

    def __init__(self, system: System) -> None:
        self.system, self.signs = system, system.signs
        self.programs = Programs(system)
        self.verified = 0

    def found(self, given: Multipliers) -> Combination | None:
        """The proof with the multipliers that are given, with none, or with those that the search finds."""
        for first in [given, {}] if given else [{}]:
            proof = combination(self.system, first)
            if proof is not None:
                return proof
        inside = self.system.defined(self.signs.points)
        if not inside:
            return None
        support = Support(self.programs, inside, self.system.defined(self.signs.edges))
        if not support.points:
            return None
        self.fitter = Fitter(self.system, inside)
        if given:
            proof = self.complete(given, [k for k in self.system.useful if k not in given])
            if proof is not None:
                return proof
        for places in support.choices:
            self.verified = 0
            proof = self.complete({}, places)
            if proof is not None:
                return proof
        return None

    def complete(self, fixed: Multipliers, unknown: Sequence[int], values: Values | None = None) -> Combination | None:
        """The proof from some multipliers that are known: equations, then fits, one at a time."""
        try:
            solved = determined(self.system, fixed, unknown)
        except Inconsistent:
            return None
        fixed = {**fixed, **solved}
        unknown = [k for k in unknown if k not in solved]
        if not unknown:
            self.verified += 1
            return combination(self.system, fixed) if self.verified <= MOST_VERIFIED else None
        for k, candidates in self.candidates(fixed, unknown):
            for fit in candidates[:BRANCHES]:
                if self.verified > MOST_VERIFIED:
                    return None
                proof = self.complete({**fixed, k: fit.form}, [j for j in unknown if j != k])
                if proof is not None:
                    return proof
            return None
        return None

    # ------------------------------------------------------------ guesses

    def candidates(self, fixed: Multipliers, unknown: Sequence[int]) -> list[tuple[int, list[Fit]]]:
        """Guesses for the multiplier that is the easiest to guess."""
        use, least, other = self.tables(fixed, unknown)
        if len(use) < min(FEWEST_POINTS, len(self.fitter.points)):
            return []
        settled = [k for k in unknown if all(_same(low[k], high[k]) for low, high in other)]
        settled = [k for k in settled if all(_same(a[k], low[k]) for a, (low, _) in zip(least, other, strict=False))]
        fits = [(k, self.fitter.unique([x[k] for x in least], use, k)) for k in settled]
        fits = [(k, found) for k, found in fits if found]
        if fits:
            return [min(fits, key=lambda f: (f[1][0].cost, f[0]))]
        return self.free(fixed, unknown, [k for k in unknown if k not in settled])

    def tables(self, fixed: Multipliers, unknown: Sequence[int]) -> tuple[list[int], Table, Extremes]:
        """Where there are solutions, by the numbers of the points; those with the least sum, and two at other ends.

        Those are where a sum with mixed weights is least, and where it is largest: on whatever line the solutions lie,
        its ends are there.
        """
        weights = [(1.0 + (k * 7 % 5) / 3) * (-1 if i % 2 else 1) for i, k in enumerate(unknown)]
        use: list[int] = []
        least: Table = []
        other: Extremes = []
        enough = self.fitter.likely + MORE_POINTS
        nowhere = {k: float("inf") for k in unknown}
        for n, point in enumerate(self.fitter.points):
            known = self.at(fixed, point)
            x = None if known is None or len(use) >= enough else self.programs.solve(point, unknown, None, known)
            if x is None:
                continue
            use.append(n)
            least.append(x)
            if len(other) < COMPARED:
                low, high = (
                    self.programs.solve(point, unknown, [sign * w for w in weights], known) for sign in (1, -1)
                )
                other.append((low or nowhere, high or nowhere))
        return use, least, other

    def free(self, fixed: Multipliers, unknown: Sequence[int], loose: Sequence[int]) -> list[tuple[int, list[Fit]]]:
        """Guesses for a multiplier that may lie anywhere in an interval."""
        best: list[tuple[float, int, list[Fit]]] = []
        for k in loose:
            use, low, high = [], [], []
            for n, point in enumerate(self.fitter.points[:TRIED]):
                known = self.at(fixed, point)
                cost = [1.0 if j == k else 0.0 for j in unknown]
                x = None if known is None else self.programs.solve(point, unknown, cost, known)
                if x is None:
                    continue
                y = self.programs.solve(point, unknown, [-c for c in cost], known)
                use.append(n)
                low.append(x[k])
                high.append(y[k] if y is not None else 1e6)
            if len(use) < min(FEWEST_POINTS, len(self.fitter.points)):
                continue
            found = self.fitter.unique(low, use, k) + self.fitter.unique(high, use, k) if self.fitter.names else []
            found = found or self.fitter.between(low, high, use, k)  # among numbers the ends are seldom simple
            width = max(abs(b - a) / (abs(a) + abs(b) + 1e-9) for a, b in zip(low, high, strict=True))
            if found:
                best.append((width, k, sorted(found, key=lambda f: f.cost)))
        return [(k, found) for _, k, found in sorted(best, key=lambda b: b[:2])[:1]]

    def at(self, fixed: Multipliers, point: Values) -> dict[int, float] | None:
        """The values of known multipliers; None where one is not defined."""
        try:
            return {k: float(as_fraction(m.at(point))) for k, m in fixed.items()}
        except ZeroDivisionError:
            return None


def _same(a: float, b: float) -> bool:
    return abs(a - b) <= SAME * (abs(a) + abs(b)) + 1e-6

"""Rational vectors for which the hypotheses hold and the goal fails: from a semidefinite program, checked exactly.

At some points of the parameters the program makes the least slack of all hypotheses and of the goal's failure as large
as it gets; its Gram matrix gives vectors, of few coordinates where that will do, which are rounded. Equations are
restored by moving function values and one vector. What is found refutes the statement about vectors and numbers; that
a function with such values and gradients exists is for the caller to know. Source: performance estimation, dual side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, Literal

import flint
import numpy as np
from numpy.typing import NDArray

from verify.language.rational_functions import as_fraction
from verify.runtime.budget import Budget, spend
from verify.spaces.multipliers.gram import ONE, Atom, GramProblem
from verify.spaces.multipliers.multipliers import system_of
from verify.spaces.multipliers.points import Values
from verify.spaces.multipliers.ratios import NotRational
from verify.spaces.multipliers.system import System, loose_atom

Floats = NDArray[np.float64]
Vectors = dict[str, list[Fraction]]
Numbers = dict[Atom, Fraction]  # by function value
Found = dict[Literal["parameters", "vectors", "values"], dict[str, Any]]
POINTS = 8  # of the parameters that are tried
GRIDS = (1, 2, 4, 12, 120, 10**4, 10**6)  # denominators of the rounded coordinates, the simplest first
LEAST = 1e-7  # slack that rounding can hope to keep
ROOM = 4.0  # the trace of the Gram matrix, for each vector
FEW = 3  # coordinates that a reader can picture


def witness(problem: GramProblem, budget: Budget) -> Found | None:
    """Parameters, vectors and function values at which the goal is negative and all else holds; None if not found.

    For problems without ``zeros``: state such equations as hypotheses.
    ``vectors`` has the same number of coordinates for each name, all of them fractions.
    """
    with budget.running():
        system = system_of(problem, budget)
        if system is None or problem.zeros:
            return None
        for point in [*system.defined(system.signs.points)[:POINTS], *system.defined(system.signs.edges)[:POINTS]]:
            full = _full(system, point)
            if full is None or not _conditions_hold(system, full):
                continue
            for gram, values in _programs(system, point):
                for found in _rounded(system, full, gram, values):
                    return found
    return None


def _full(system: System, point: Values) -> Values | None:
    """The point with the values of the parameters that were eliminated."""
    full = list(point)
    try:
        for e in reversed(system.signs.under.eliminated):
            full[system.home.names.index(e.name)] = e.value.at(full)
    except ZeroDivisionError:
        return None
    return tuple(full)


def _conditions_hold(system: System, point: Values) -> bool:
    """Whether all conditions hold, as they are written; not where one can't be told."""
    holds = {
        ">": lambda v: v > 0, ">=": lambda v: v >= 0, "<": lambda v: v < 0, "<=": lambda v: v <= 0,
        "==": lambda v: v == 0, "!=": lambda v: v != 0,
    }  # fmt: skip
    try:
        return all(holds[c.op](system.home.gap(c).at(point)) for c in system.problem.conditions)
    except (NotRational, ZeroDivisionError):
        return False


# ---------------------------------------------------------------- in floats


def _programs(system: System, point: Values) -> Iterator[tuple[Floats, Floats]]:
    """Gram matrices and function values: with the least trace for half of the best slack, and with the best slack."""
    best = _solve(system, point, None)
    if best is None or best[2] < LEAST:
        return
    small = _solve(system, point, best[2] / 2)
    if small is not None:
        yield small[:2]
    yield best[:2]


def _solve(system: System, point: Values, slack: float | None) -> tuple[Floats, Floats, float] | None:
    """The largest slack; or, for a given one, the least trace."""
    import clarabel  # these two are loaded where a program is solved: most statements need none
    from scipy import sparse

    n = len(system.vectors)
    size, count = n * (n + 1) // 2, len(system.values)
    scale = np.array([1.0 if i == j else np.sqrt(2) for j in range(n) for i in range(j + 1)])
    rows = system.numbers(point).copy()
    rows[:, :size] *= scale
    trace = np.zeros(size + count + 1)
    for j in range(n):
        trace[j * (j + 1) // 2 + j] = 1.0
    last = np.zeros(size + count + 1)
    last[-1] = 1.0
    a, b = [np.r_[rows[0, :-1], 1.0]], [-rows[0, -1]]
    for row, weak in zip(rows[1:], system.weak, strict=True):
        if weak:
            a.append(np.r_[-row[:-1], 1.0])
            b.append(row[-1])
    a, b = [*a, trace, last], [*b, ROOM * max(n, 1), 1.0]
    if slack is not None:
        a, b = [*a, -last], [*b, -slack]
    cones: list[Any] = [clarabel.NonnegativeConeT(len(a))]
    equations = [row for row, weak in zip(rows[1:], system.weak, strict=True) if not weak]
    if equations:
        a += [np.r_[row[:-1], 0.0] for row in equations]
        b += [-row[-1] for row in equations]
        cones.append(clarabel.ZeroConeT(len(equations)))
    if n:
        a += list(-np.eye(size, size + count + 1))
        b += [0.0] * size
        cones.append(clarabel.PSDTriangleConeT(n))
    settings = clarabel.DefaultSettings()
    settings.verbose, settings.max_threads = False, 1
    spend(2000 + 40 * size * (size + len(a)))
    cost = -last if slack is None else trace
    quadratic = sparse.csc_matrix((len(cost), len(cost)))
    solver = clarabel.DefaultSolver(quadratic, cost, sparse.csc_matrix(np.array(a)), np.array(b), cones, settings)
    x = np.array(solver.solve().x)
    if not np.all(np.isfinite(x)):
        return None
    gram, place = np.zeros((n, n)), 0
    for j in range(n):
        for i in range(j + 1):
            gram[i, j] = gram[j, i] = x[place] / scale[place]
            place += 1
    return gram, x[size : size + count], float(x[-1])


# ---------------------------------------------------------------- exactly


def _rounded(system: System, point: Values, gram: Floats, values: Floats) -> Iterator[Found]:
    """Exact witnesses near a Gram matrix: first of few coordinates, and with simple numbers."""
    n = len(system.vectors)
    sizes, directions = np.linalg.eigh(gram) if n else (np.zeros(0), np.zeros((0, 0)))
    order = np.argsort(-sizes, kind="stable")
    coordinates = directions[:, order] * np.sqrt(np.maximum(sizes[order], 0))
    checks = _Checks(system, point)
    for dimensions in sorted(range(min(n, 1), n + 1), key=lambda d: (d > FEW, d)):
        for grid in GRIDS:
            spend(100 * n * dimensions)
            vectors = {
                v: [Fraction(round(float(c) * grid), grid) for c in row[:dimensions]]
                for v, row in zip(system.vectors, coordinates, strict=True)
            }
            numbers = {a: Fraction(round(float(f) * grid), grid) for a, f in zip(system.values, values, strict=True)}
            for moved, at in checks.restored(vectors, numbers):
                if checks.fail(moved, at):
                    nothing = [Fraction(0)] * dimensions
                    parameters = {x: as_fraction(q) for x, q in zip(system.home.names, point, strict=False)}
                    yield {
                        "parameters": parameters | {x: at[loose_atom(x)] for x in system.loose if loose_atom(x) in at},
                        "vectors": {v: tuple(moved.get(v, nothing)) for v in system.problem.vectors},
                        "values": {a[1]: q for a, q in at.items() if len(a) == 2},
                    }


class _Checks:
    """The statement at one point of the parameters, for exact vectors."""

    def __init__(self, system: System, point: Values) -> None:
        self.system = system
        columns = [{a: as_fraction(c.at(point)) for a, c in column.items()} for column in system.written]
        self.goal, self.hypotheses = columns[0], columns[1:]
        self.equations = [h for h, weak in zip(self.hypotheses, system.weak, strict=True) if h and not weak]

    def fail(self, vectors: Vectors, values: Numbers) -> bool:
        """Whether every hypothesis holds and the goal does not."""
        if self.value(self.goal, vectors, values) >= 0:
            return False
        for column, weak in zip(self.hypotheses, self.system.weak, strict=True):
            got = self.value(column, vectors, values)
            if got < 0 or (got and not weak):
                return False
        return True

    def value(self, column: Any, vectors: Vectors, values: Numbers) -> Fraction:
        total = Fraction(0)
        for a, c in column.items():
            if a == ONE:
                total += c
            elif a[0] == "value":
                total += c * values.get(a, Fraction(0))
            else:
                total += c * sum(
                    (x * y for x, y in zip(vectors.get(a[1], ()), vectors.get(a[2], ()), strict=False)), Fraction(0)
                )
        return total

    def restored(self, vectors: Vectors, values: Numbers) -> Iterator[tuple[Vectors, Numbers]]:
        """The same with equations made true: by the values alone, or by them and one vector that enters linearly."""
        if not self.equations:
            yield vectors, values
            return
        squared = {a[1] for e in self.equations for a in e if a[0] == "inner" and a[1] == a[2]}
        for moved in [None, *(v for v in vectors if v not in squared)]:
            found = self._moved(vectors, values, moved)
            if found is not None:
                yield found

    def _moved(self, vectors: Vectors, values: Numbers, name: str | None) -> tuple[Vectors, Numbers] | None:
        """The least change of the values and of one vector that makes the equations true."""
        names = list(values)
        width = len(next(iter(vectors.values()), [])) if name is not None else 0
        rows, right = [], []
        for e in self.equations:
            row = [e.get(f, Fraction(0)) for f in names] + [Fraction(0)] * width
            for a, c in e.items():
                if a[0] == "inner" and name in a[1:]:
                    other = vectors[a[2] if a[1] == name else a[1]]
                    for i, x in enumerate(other):
                        row[len(names) + i] += c * x
            rows.append(row)
            right.append(-self.value(e, vectors, values))
        step = _least_change(rows, right)
        if step is None:
            return None
        at = {f: values[f] + d for f, d in zip(names, step, strict=False)}
        if name is None:
            return vectors, at
        return {**vectors, name: [x + d for x, d in zip(vectors[name], step[len(names) :], strict=True)]}, at


def _least_change(rows: Sequence[Sequence[Fraction]], right: Sequence[Fraction]) -> list[Fraction] | None:
    """The shortest x with A x = b, by A A^T; None where that matrix is singular and b is not zero."""
    if not any(right):
        return [Fraction(0)] * len(rows[0])
    a = flint.fmpq_mat([[flint.fmpq(x.numerator, x.denominator) for x in row] for row in rows])
    b = flint.fmpq_mat([[flint.fmpq(x.numerator, x.denominator)] for x in right])
    square = a * a.transpose()
    if square.det() == 0:
        return None
    x = a.transpose() * square.solve(b)
    return [as_fraction(x[i, 0]) for i in range(len(rows[0]))]

"""A problem in matrices: goal and hypotheses as linear forms in inner products, function values and the constant 1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import flint
import numpy as np
import sympy as sp
from numpy.typing import NDArray

from verify.language.logic import variables_of
from verify.runtime.budget import spend
from verify.spaces.multipliers.gram import ONE, Atom, Form, GramProblem
from verify.spaces.multipliers.ldl import Matrix
from verify.spaces.multipliers.obligations import Signs
from verify.spaces.multipliers.points import Values
from verify.spaces.multipliers.ratios import Ratio


def loose_atom(name: str) -> Atom:
    """What stands for a parameter that is treated as a function value."""
    return ("value", "", name)


KERNEL = 1e-11  # of the largest eigenvalue of a sum of squares: what is zero but for rounding
Column = dict[Atom, Ratio]  # without zeros
Multipliers = dict[int, Ratio]  # by the place of the hypothesis


@dataclass(frozen=True, slots=True)
class Zero:
    """A vector that vanishes: ``name + sum of weight * other``."""

    name: str
    others: dict[str, Ratio]

    def put(self, column: Column) -> tuple[Column, dict[str, Ratio]]:
        """The form without that name, and the vector whose inner product with the zero vector was left out."""
        home = next((c.home for c in column.values()), None)
        if home is None:
            return {}, {}
        out: Column = {}
        left_out: dict[str, Ratio] = {}

        def add(u: str, v: str, c: Ratio) -> None:
            a = ("inner", *sorted((u, v)))
            out[a] = out.get(a, home.zero) + c

        for a, c in column.items():
            if a[0] != "inner" or self.name not in a[1:]:
                out[a] = out.get(a, home.zero) + c
                continue
            other = a[2] if a[1] == self.name else a[1]
            left_out[other] = left_out.get(other, home.zero) + c
            if other != self.name:
                for v, w in self.others.items():
                    add(v, other, -(c * w))
                continue
            # <u, u> = <z, u> - <r, u> with u = z - r, and <r, u> = <r, z> - <r, r>
            for v, w in self.others.items():
                left_out[v] = left_out.get(v, home.zero) - c * w
                for x, y in self.others.items():
                    add(v, x, c * w * y)
        return {a: c for a, c in out.items() if c}, {v: c for v, c in left_out.items() if c}


class System:
    """One problem, with the parameters eliminated that equations among the conditions eliminate, and zero vectors.

    A parameter without conditions that only occurs in constants, and linearly, is treated as a function value is: it
    has to cancel, whatever its sign. ``NotRational`` is raised where a coefficient is no rational function of them.
    """

    def __init__(self, problem: GramProblem, signs: Signs, zeros: Sequence[Zero] = ()) -> None:
        self.problem, self.signs, self.home = problem, signs, signs.home
        stated = [Zero(x, {v: self.home.read(sp.sympify(w)) for v, w in others.items()}) for x, others in problem.zeros]
        self.zeros = (*stated, *zeros)
        self.written = [self.column(f) for f in (problem.goal, *(h.form for h in problem.hypotheses))]
        self.loose = [x for x in signs.names if self._is_loose(x)]
        self.names = [x for x in signs.names if x not in self.loose]
        self.written = [self._with_loose(c) for c in self.written]
        self.goal, *self.hypotheses = [self.simplified(c) for c in self.written]
        self.weak = [h.relation == ">=" for h in problem.hypotheses]
        atoms = dict.fromkeys(a for c in (self.goal, *self.hypotheses) for a in c)
        used = {v for a in atoms if a[0] == "inner" for v in a[1:]}
        self.vectors = [v for v in problem.vectors if v in used]
        self.place = {v: i for i, v in enumerate(self.vectors)}
        self.values = [a for a in atoms if a[0] == "value"]
        self.useful = [k for k, h in enumerate(self.hypotheses) if h]
        self._numbers: dict[Values, NDArray[np.float64]] = {}
        self._spare: dict[Values, frozenset[int]] = {}

    def column(self, form: Form) -> Column:
        read = {a: self.home.read(sp.sympify(c)) for a, c in form.items()}
        return {a: r for a, r in read.items() if r}

    def _is_loose(self, name: str) -> bool:
        place = self.home.names.index(name)
        if any(name in variables_of(c) for c in self.problem.conditions) or name in self.problem.integers:
            return False
        coefficients = [(a, c) for column in self.written for a, c in column.items()]
        highest = {(a == ONE, int(c.top.degrees()[place]), int(c.bottom.degrees()[place])) for a, c in coefficients}
        return highest <= {(False, 0, 0), (True, 0, 0), (True, 1, 0)}

    def _with_loose(self, column: Column) -> Column:
        out = dict(column)
        for name in self.loose:
            if ONE in out:
                c = out.pop(ONE)
                parts = [self.home.coefficient(c.top, name, k) / c.over() for k in (0, 1)]
                out |= {a: r for a, r in zip((ONE, loose_atom(name)), parts, strict=True) if r}
        return out

    def expressions(self, column: Column) -> Form:
        """A form for the reader of a proof."""
        form: dict[Atom, sp.Expr] = {}
        for a, c in column.items():
            loose = a[0] == "value" and len(a) > 2
            key, factor = (ONE, self.home.symbols[a[2]]) if loose else (a, sp.Integer(1))
            form[key] = form.get(key, sp.Integer(0)) + c.expression() * factor
        return form

    def simplified(self, column: Column) -> Column:
        reduced = {a: self.signs.under.reduced(r) for a, r in column.items()}
        for zero in self.zeros:
            reduced, _ = zero.put(reduced)
        return {a: r for a, r in reduced.items() if r}

    def residual(self, multipliers: Mapping[int, Ratio], *, written: bool = False) -> Column:
        """``goal - sum of multiplier * hypothesis``, exactly; as it was written, or with parameters eliminated."""
        goal, hypotheses = (self.written[0], self.written[1:]) if written else (self.goal, self.hypotheses)
        total = dict(goal)
        for k, m in multipliers.items():
            spend(10 * len(hypotheses[k]))
            for a, c in hypotheses[k].items():
                total[a] = total.get(a, self.home.zero) - m * c
        if not written:
            total = {a: self.signs.under.reduced(r) for a, r in total.items()}
        return {a: r for a, r in total.items() if r}

    def matrix(self, column: Column) -> Matrix:
        """The symmetric matrix of the inner products."""
        n, half = len(self.vectors), self.home.one / (self.home.one + self.home.one)
        m = [[self.home.zero] * n for _ in range(n)]
        for a, c in column.items():
            if a[0] == "inner":
                i, j = self.place[a[1]], self.place[a[2]]
                if i == j:
                    m[i][i] = c
                else:
                    m[i][j] = m[j][i] = c * half
        return m

    def numbers(self, point: Values) -> NDArray[np.float64]:
        """One row for the goal and each hypothesis: upper triangle by columns, function values, constant; in floats.

        The coefficient of <u, v> with u != v is halved, as in the matrix.
        """
        if point not in self._numbers:
            n = len(self.vectors)
            size = n * (n + 1) // 2
            where: dict[Atom, tuple[int, float]] = {ONE: (size + len(self.values), 1.0)}
            where |= {a: (size + i, 1.0) for i, a in enumerate(self.values)}
            rows = np.zeros((1 + len(self.hypotheses), size + len(self.values) + 1))
            for r, column in enumerate((self.goal, *self.hypotheses)):
                for a, c in column.items():
                    if a[0] == "inner":
                        i, j = sorted((self.place[a[1]], self.place[a[2]]))
                        at, scale = j * (j + 1) // 2 + i, 1.0 if i == j else 0.5
                    else:
                        at, scale = where[a]
                    rows[r, at] = float(c.at(point)) * scale
            self._numbers[point] = rows
        return self._numbers[point]

    def spare(self, point: Values) -> frozenset[int]:
        """Places of vectors that may be taken for zero at a point, as one of two of which only the difference matters.

        Where all forms M have M z = 0 they don't change when multiples of z are added to the vectors, so that one of
        the vectors in z can be made zero: the forms of the others are as definite as before. Found in floats.
        """
        if point not in self._spare:
            n = len(self.vectors)
            stacked = np.zeros((n, n))
            for row in self.numbers(point)[:, : n * (n + 1) // 2]:
                m = np.zeros((n, n))
                m[np.tril_indices(n)] = row  # by rows below the diagonal, as above it by columns
                m = m + np.tril(m, -1).T
                stacked += m @ m / max(float(np.abs(m).max(initial=0)) ** 2, 1e-300)
            spend(len(self.hypotheses) * n * n // 20 + n**3 // 10)
            sizes, directions = np.linalg.eigh(stacked)
            kernel = directions[:, sizes < KERNEL * max(1.0, float(sizes.max(initial=0)))].T
            found: list[int] = []
            for _ in range(len(kernel)):  # the largest entry of what is left, as in Gauss's elimination
                i, j = np.unravel_index(int(np.argmax(np.abs(kernel).round(9))), kernel.shape)
                found.append(int(j))
                kernel = np.delete(kernel - np.outer(kernel[:, j] / kernel[i, j], kernel[i]), i, axis=0)
            self._spare[point] = frozenset(found)
        return self._spare[point]

    def defined(self, points: Iterable[Values]) -> list[Values]:
        """The points at which every coefficient is defined."""
        good = []
        for point in points:
            try:
                self.numbers(point)
            except ZeroDivisionError:
                continue
            good.append(point)
        return good

    def exact(self, column: Column, point: Values) -> dict[Atom, flint.fmpq]:
        """The values of the coefficients at a point."""
        return {a: c.at(point) for a, c in column.items()}

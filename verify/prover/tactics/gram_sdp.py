"""Weighted sums of squares: a semidefinite program in floats, made exact by rounding and checked by elimination.

Wanted are positive semidefinite matrices Q_k and polynomials c_j with ``sum w_k b_k' Q_k b_k + sum h_j c_j == target``.
Floats only suggest them. Where the solution is forced to be singular (the target vanishes somewhere) the kernel is
reconstructed in rationals and the program is solved again on its complement. A helper of ``sums_of_squares``.

Stops beyond ``MOST_ROWS`` equations and ``MOST_UNKNOWNS``, where the kernel is not rational with small denominators,
and where the solver is not done in the iterations that the budget pays for.
Source: Choi, Lam, Reznick 1995 (Gram matrices); Peyrl, Parrilo 2008 (rounding to a rational solution); facial reduction
after Borwein, Wolkowicz 1981; the solver is Clarabel (Goulart, Chen 2024).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import flint
import numpy as np
from numpy.typing import NDArray

from verify.language.rational_functions import Polynomial, as_fraction
from verify.runtime.budget import left, spend

MOST_ROWS, MOST_UNKNOWNS = 450, 6000  # of a program; the exact solution costs the cube of its rows
BITS_OF_A_UNIT = 50  # of rational numbers: a product and a difference take a microsecond for so many, from 100 to 6,000
MOST_BITS = 6000  # of a coefficient in a certificate, which bounds its size
PRIME = (1 << 61) - 1  # modulo which independent rows are found: a large one, so that ranks almost never drop
MOST_ITERATIONS, LEAST_ITERATIONS = 80, 4  # of the solver; what the budget pays for lies between
REGULAR = 1e-7  # weight of the squared unknowns, so that the solution is one point where the program leaves a choice
TOLERANCES = (1e-5, 1e-3)  # eigenvalues below this times the largest count as 0; the second try forgives more noise
NO_SOLUTION = -1e-4  # a least eigenvalue below this cannot be rounding
INTERIOR = 1e-7  # above this the matrices are safely definite, so that rounding keeps them so
FINE = 1 << 34  # denominator to which a solution is rounded where its margin does not say how far that may go
MOST_REDUCTIONS = 4  # kernels that are split off one after the other
LARGEST_DENOMINATOR = 200  # of an entry of a kernel
NEAR_RATIONAL = 2e-3  # how far an entry of a kernel may be from the fraction it is taken for
NO_PIVOT = 1e-6  # entries below this are 0 in the elimination of a kernel
Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Block:
    """A non-negative polynomial ``weight`` times a form in the polynomials of ``basis``; ``tag`` is the caller's."""

    weight: Polynomial
    basis: tuple[Polynomial, ...]
    tag: Any


@dataclass(frozen=True)
class Square:
    """``factor * weight * root^2`` with a positive rational factor."""

    factor: Fraction
    root: Polynomial
    tag: Any


def fmpq(v: Fraction) -> flint.fmpq:
    return flint.fmpq(v.numerator, v.denominator)


class Program:
    """The linear equations between coefficients, one column for each unknown."""

    def __init__(
        self, target: Polynomial, blocks: Sequence[Block], ideal: Sequence[tuple[Polynomial, Polynomial]]
    ) -> None:
        self.target, self.blocks, self.ideal = target, [b for b in blocks if b.basis], list(ideal)
        self.rows: dict[tuple[int, ...], int] = {}
        entries: list[tuple[int, int, flint.fmpq]] = []
        column = 0
        for block in self.blocks:
            for j in range(len(block.basis)):
                right = block.weight * block.basis[j]
                for i in range(j + 1):
                    product = right * block.basis[i]
                    for m, c in product.terms():
                        entries.append((self.row(m), column, c if i == j else 2 * c))
                    column += 1
        self.matrices = column
        for h, m in self.ideal:
            for k, c in (h * m).terms():
                entries.append((self.row(k), column, c))
            column += 1
        self.columns = column
        self.entries = entries
        spend(100 + 4 * len(entries))
        known = set(self.rows)
        self.possible = all(m in known for m, _ in target.terms())
        self.right = {self.rows[m]: c for m, c in target.terms() if m in known}

    def row(self, monomial: tuple[int, ...]) -> int:
        """The number of the row for a monomial."""
        return self.rows.setdefault(monomial, len(self.rows))

    def floats(self) -> tuple[Any, Any]:
        """The matrix and the right side of the equations, in floats."""
        from scipy import sparse

        i, j, v = zip(*((i, j, float(as_fraction(c))) for i, j, c in self.entries), strict=True)
        b = np.zeros(len(self.rows))
        for k, c in self.right.items():
            b[k] = float(as_fraction(c))
        return sparse.csc_matrix((v, (i, j)), shape=(len(self.rows), self.columns)), b

    def solve(self) -> tuple[float, Vector] | None:
        """The largest t <= 1 with Q_k - t >= 0 for all k, and the unknowns."""
        import clarabel  # these two are loaded where a program is solved: most statements need none
        from scipy import sparse

        a, b = self.floats()
        scale = max(1e-9, float(np.abs(b).max(initial=0)))
        n = self.columns
        parts, sides, cones = [sparse.hstack([a, sparse.csc_matrix((len(b), 1))])], [b / scale], []
        cones.append(clarabel.ZeroConeT(len(b)))
        start = 0
        for block in self.blocks:
            k = len(block.basis)
            size = k * (k + 1) // 2
            values, rows, cols = [], [], []
            position = 0
            for j in range(k):
                for i in range(j + 1):
                    rows.append(position)
                    cols.append(start + position)
                    values.append(-1.0 if i == j else -np.sqrt(2))
                    if i == j:
                        rows.append(position)
                        cols.append(n)
                        values.append(1.0)
                    position += 1
            parts.append(sparse.csc_matrix((values, (rows, cols)), shape=(size, n + 1)))
            sides.append(np.zeros(size))
            cones.append(clarabel.PSDTriangleConeT(k))
            start += size
        parts.append(sparse.csc_matrix(([1.0], ([0], [n])), shape=(1, n + 1)))
        sides.append(np.array([1.0]))
        cones.append(clarabel.NonnegativeConeT(1))
        settings = clarabel.DefaultSettings()
        settings.verbose = False
        settings.max_threads = 1
        # Iterations are counted, and so many allowed as the budget pays for; a limit in seconds would depend on load.
        cost = 150 + 3 * n + sum(len(b.basis) ** 3 // 3 + (len(b.basis) ** 2 // 2) ** 3 // 6000 for b in self.blocks)
        settings.max_iter = int(min(MOST_ITERATIONS, left() // cost))
        spend(1000 + LEAST_ITERATIONS * cost)
        quadratic = sparse.diags([REGULAR] * n + [0.0], format="csc")
        linear = np.zeros(n + 1)
        linear[n] = -1
        solver = clarabel.DefaultSolver(
            quadratic, linear, sparse.vstack(parts, format="csc"), np.concatenate(sides), cones, settings
        )
        solution = solver.solve()
        spend(max(0, solution.iterations - LEAST_ITERATIONS) * cost)
        if str(solution.status) not in ("Solved", "AlmostSolved", "InsufficientProgress", "MaxIterations"):
            return None
        x = np.array(solution.x)
        if not np.all(np.isfinite(x)):
            return None
        return float(x[n]), x[:n] * scale

    def matrices_of(self, x: Vector) -> list[Vector]:
        """The unknowns as one symmetric matrix for each block."""
        out, start = [], 0
        for block in self.blocks:
            k = len(block.basis)
            q = np.zeros((k, k))
            for j in range(k):
                for i in range(j + 1):
                    q[i, j] = q[j, i] = x[start]
                    start += 1
            out.append(q)
        return out

    def exact(self, x: Vector, denominator: int) -> list[Fraction] | None:
        """The rational solution of the equations nearest to ``x`` rounded to that denominator."""
        rounded = [Fraction(round(float(v) * denominator), denominator) for v in x]
        residual = [Fraction(0)] * len(self.rows)
        for i, c in self.right.items():
            residual[i] = as_fraction(c)
        rows: list[dict[int, Fraction]] = [{} for _ in residual]
        for i, j, c in self.entries:
            v = as_fraction(c)
            rows[i][j] = rows[i].get(j, Fraction(0)) + v
            residual[i] -= v * rounded[j]
        if not any(residual):
            return rounded
        chosen = self.independent()
        columns: dict[int, list[tuple[int, Fraction]]] = {}
        for k, i in enumerate(chosen):
            for j, v in rows[i].items():
                columns.setdefault(j, []).append((k, v))
        gram: dict[tuple[int, int], Fraction] = {}
        for parts in columns.values():
            for k, v in parts:
                for m, w in parts:
                    gram[k, m] = gram.get((k, m), Fraction(0)) + v * w
        out = list(rounded)
        if all(k == m for k, m in gram):
            multipliers = [residual[i] / gram[k, k] for k, i in enumerate(chosen)]
        else:
            matrix = flint.fmpq_mat(len(chosen), len(chosen))
            for (k, m), v in gram.items():
                matrix[k, m] = fmpq(v)
            side = flint.fmpq_mat(len(chosen), 1, [fmpq(residual[i]) for i in chosen])
            try:
                solved = matrix.solve(side)
            except ZeroDivisionError:
                return None
            multipliers = [as_fraction(solved[k, 0]) for k in range(len(chosen))]
        for k, i in enumerate(chosen):
            if multipliers[k]:
                for j, v in rows[i].items():
                    out[j] += multipliers[k] * v
        return out

    def independent(self) -> list[int]:
        """Indices of rows that span all rows."""
        if len(self.rows) <= self.columns and self._disjoint():
            return list(range(len(self.rows)))
        # Modulo a large prime: exact but for bad luck, and the same on every machine, which floats need not be.
        matrix = flint.nmod_mat(self.columns, len(self.rows), PRIME)
        for i, j, c in self.entries:
            matrix[j, i] = int(matrix[j, i]) + int(c.p) * pow(int(c.q), -1, PRIME)
        reduced, rank = matrix.rref()
        return [next(i for i in range(len(self.rows)) if int(reduced[k, i])) for k in range(rank)]

    def _disjoint(self) -> bool:
        """Whether no two rows share a column, so that they are independent at once."""
        seen: dict[int, int] = {}
        return all(seen.setdefault(j, i) == i for i, j, _ in self.entries)


def decompose(matrix: list[list[Fraction]]) -> list[tuple[Fraction, list[Fraction]]] | None:
    """Q = sum d v v' with d > 0, by symmetric elimination from the last row up; None if Q has a negative direction.

    None too where a coefficient d would be longer than ``MOST_BITS``.
    """
    n = len(matrix)
    q = [[fmpq(x) for x in row] for row in matrix]
    zero, out = flint.fmpq(0), list[tuple[Fraction, list[Fraction]]]()
    for k in range(n):
        d = q[k][k]
        if d < 0 or (d == 0 and any(q[k][k:])) or d.height_bits() > MOST_BITS:
            return None
        if d == 0:
            continue
        v = [q[k][j] / d if j >= k else zero for j in range(n)]
        out.append((as_fraction(d), [as_fraction(x) for x in v]))

        spend((n - k) ** 2 // 2 * (1 + d.height_bits() // BITS_OF_A_UNIT))
        for i in range(k + 1, n):
            if v[i]:
                c = d * v[i]
                for j in range(k + 1, i + 1):
                    q[i][j] -= c * v[j]
                    q[j][i] = q[i][j]
    return out


def kernel(q: Vector, tolerance: float, most: int = LARGEST_DENOMINATOR) -> list[list[Fraction]] | None:
    """A rational basis of the numerical kernel: reduced echelon form with rounded entries; None if it is not one."""
    values, vectors = np.linalg.eigh(q)
    top = max(float(values[-1]), 1e-12)
    null = vectors[:, values < tolerance * max(top, 1e-3)].T.copy()
    rows, columns = null.shape
    pivots: list[int] = []
    for r in range(rows):
        rest = np.abs(null[r:])
        column = int(np.argmax(rest.max(axis=0) - (np.arange(columns) * 1e-6)))
        i = r + int(np.argmax(rest[:, column]))
        if abs(null[i, column]) < NO_PIVOT:
            return None
        null[[r, i]] = null[[i, r]]
        null[r] /= null[r, column]
        for k in range(rows):
            if k != r:
                null[k] -= null[k, column] * null[r]
        pivots.append(column)
    out = []
    for r in range(rows):
        row = [Fraction(float(v)).limit_denominator(most) for v in null[r]]
        if max(abs(float(a) - b) for a, b in zip(row, null[r], strict=True)) > NEAR_RATIONAL:
            return None
        out.append(row)
    return out


def complement(rows: list[list[Fraction]], n: int) -> list[list[Fraction]]:
    """A basis of the vectors orthogonal to all rows."""
    matrix = flint.fmpq_mat(len(rows), n, [fmpq(v) for row in rows for v in row])
    reduced, rank = matrix.rref()
    pivots = [next(j for j in range(n) if reduced[i, j] != 0) for i in range(rank)]
    out = []
    for free in range(n):
        if free in pivots:
            continue
        v = [Fraction(0)] * n
        v[free] = Fraction(1)
        for i, p in enumerate(pivots):
            v[p] = -as_fraction(reduced[i, free])
        out.append(v)
    return out


def reduce(blocks: Sequence[Block], matrices: Sequence[Vector], tolerance: float) -> list[Block] | None:
    """The blocks on the complement of their kernels; None if no kernel is found or one is not rational."""
    out, changed = [], False
    for block, q in zip(blocks, matrices, strict=True):
        null = kernel(q, tolerance)
        if null is None:
            return None
        if not null:
            out.append(block)
            continue
        changed = True
        basis = []
        for v in complement(null, len(block.basis)):
            p = block.basis[0] * 0
            for c, b in zip(v, block.basis, strict=True):
                if c:
                    p = p + b * fmpq(c)
            basis.append(p)
        out.append(Block(block.weight, tuple(basis), block.tag))
    return out if changed else None


def squares(
    target: Polynomial, blocks: Sequence[Block], ideal: Sequence[tuple[Polynomial, Polynomial]] = ()
) -> tuple[list[Square], list[Fraction]] | None:
    """Exact weighted squares and cofactor coefficients that sum to ``target``, or None."""
    for tolerance in TOLERANCES:
        current = list(blocks)
        for _ in range(MOST_REDUCTIONS):
            if not current:
                break
            program = Program(target, current, ideal)
            if not program.possible or len(program.rows) > MOST_ROWS or program.columns > MOST_UNKNOWNS:
                return None
            solved = program.solve()
            if solved is None or solved[0] < NO_SOLUTION:
                return None
            margin, x = solved
            if margin > INTERIOR:
                for denominator in (max(4, 1 << (int(4 / margin).bit_length())), FINE):
                    found = _finish(program, x, denominator)
                    if found is not None:
                        return found
            reduced = reduce(program.blocks, program.matrices_of(x), tolerance)
            if reduced is None:
                found = _finish(program, x, FINE)
                if found is not None:
                    return found
                break
            current = [b for b in reduced if b.basis]
    return None


def _finish(program: Program, x: Vector, denominator: int) -> tuple[list[Square], list[Fraction]] | None:
    """The squares of an exact solution near ``x``; None where its matrices are not semidefinite."""
    size = sum(len(b.basis) ** 3 for b in program.blocks)
    spend(3000 + 100 * program.columns + 3 * size + len(program.rows) ** 3 // 20)
    values = program.exact(x, denominator)
    if values is None:
        return None
    out: list[Square] = []
    start = 0
    for block in program.blocks:
        k = len(block.basis)
        q = [[Fraction(0)] * k for _ in range(k)]
        for j in range(k):
            for i in range(j + 1):
                q[i][j] = q[j][i] = values[start]
                start += 1
        parts = decompose(q)
        if parts is None:
            return None
        for d, v in parts:
            if max(d.numerator.bit_length(), d.denominator.bit_length()) > MOST_BITS:
                return None
            root = block.basis[0] * 0
            for c, b in zip(v, block.basis, strict=True):
                if c:
                    root = root + b * fmpq(c)
            out.append(Square(d, root, block.tag))
    return out, values[start:]

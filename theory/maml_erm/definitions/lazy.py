"""A Gaussian design matrix revealed lazily: exact laws where one batch is used more than once, in O(d q) not O(n d).

G is n x d with independent standard normal entries. Products G u and G^T r are asked for one after another, each
chosen knowing the answers so far. What is known of G are its columns along directions B_k already multiplied and
some rows along unit vectors A_j of sample space. On the rest G is still independent standard normal, so

- G u needs new randomness only along the part of u orthogonal to all B_k: a normal entry for each A_j whose row is
  not known yet, and a remainder of length chi_{n-a}, whose direction may be called A_a by rotational invariance;
- G^T A_j needs it only on the complement of all B_k: d normals.

Vectors of sample space are therefore handled by their coordinates along A_0, A_1, ... and n appears only in a
chi-squared. Everything has a leading axis of T independent tasks.
"""

from __future__ import annotations

import numpy as np

from theory.maml_erm.definitions.exact_law import Step, _gaps
from verify.statistics import checks
from verify.statistics.products import apply

Array = np.ndarray


class LazyDesign:
    """T independent n x d standard normal matrices of which only what is asked for is drawn."""

    def __init__(self, rng: np.random.Generator, count: int, d: int, n: int) -> None:
        self.rng = rng
        self.count, self.d, self.n = checks.count("count", count), checks.count("d", d), checks.count("n", n)
        self._columns: list[Array] = []  # B_k, (T, d), orthonormal
        self._rows: list[Array | None] = []  # A_j^T G, (T, d), once revealed
        self._entries: list[list[Array]] = []  # A_j^T G B_k, (T,)

    def _new_axis(self) -> Array | None:
        """Length of a normal vector outside A_0 ... A_{a-1}, along a new A_a; None where these span everything."""
        left = self.n - len(self._rows)
        if left == 0:
            return None
        self._rows.append(None)
        self._entries.append([np.zeros(self.count) for _ in self._columns])
        return np.sqrt(self.rng.chisquare(left, size=self.count))

    def noise(self) -> Array:
        """Coordinates (T, a) of a standard normal vector of sample space, independent of the design."""
        known = [self.rng.standard_normal(self.count) for _ in self._rows]
        length = self._new_axis()
        return np.stack(known if length is None else [*known, length], axis=1)

    def times(self, u: Array) -> Array:
        """Coordinates (T, a) of G u for u (T, d)."""
        weights, rest = self._split(u)
        if len(self._columns) < self.d:
            length = np.linalg.norm(rest, axis=1)
            # A zero remainder is given the zero direction: then what is drawn below is multiplied by zero.
            unit = np.divide(rest, length[:, None], out=np.zeros_like(rest), where=length[:, None] > 0)
            fresh = [
                self.rng.standard_normal(self.count) if row is None else np.einsum("td,td->t", row, unit)
                for row in self._rows
            ]
            remainder = self._new_axis()
            if remainder is not None:
                fresh.append(remainder)
            for entries, value in zip(self._entries, fresh, strict=True):
                entries.append(value)
            self._columns.append(unit)
            weights.append(length)
        products = [sum(w * x for w, x in zip(weights, entries, strict=True)) for entries in self._entries]
        return np.stack(products, axis=1)

    def transposed(self, r: Array) -> Array:
        """G^T r, (T, d), for a vector of sample space with coordinates r (T, <= a)."""
        result = np.zeros((self.count, self.d))
        for j in range(r.shape[1]):
            row = self._rows[j]
            if row is None:
                _, row = self._split(self.rng.standard_normal((self.count, self.d)))
                for column, entry in zip(self._columns, self._entries[j], strict=True):
                    row += entry[:, None] * column
                self._rows[j] = row
            result += r[:, j, None] * row
        return result

    def _split(self, u: Array) -> tuple[list[Array], Array]:
        """Coordinates along the known columns and the remainder, orthogonalised twice against rounding."""
        weights = [np.zeros(self.count) for _ in self._columns]
        rest = np.array(u, dtype=float)
        for _ in range(2):
            for k, column in enumerate(self._columns):
                part = np.einsum("td,td->t", rest, column)
                weights[k] = weights[k] + part
                rest -= part[:, None] * column
        return weights, rest


def _pad(r: Array, like: Array) -> Array:
    return np.pad(r, ((0, 0), (0, like.shape[1] - r.shape[1])))


class _Batch:
    """One support set, met through its products: residual gradients and Hessian products."""

    def __init__(self, rng: np.random.Generator, step: Step, count: int, d: int) -> None:
        self.step = step
        self.design = LazyDesign(rng, count, d, step.n)
        self.z = step.noise * self.design.noise()

    def _root(self, v: Array) -> Array:
        root = np.sqrt(self.step.values)
        vectors = self.step.vectors
        return v * root if vectors is None else apply(apply(v, vectors) * root, vectors.T)

    def gradient(self, v: Array) -> Array:
        """X^T (X v - z)/n."""
        r = self.design.times(self._root(v))
        return self._root(self.design.transposed(r - _pad(self.z, r))) / self.step.n

    def hessian_times(self, v: Array) -> Array:
        """X^T X v/n."""
        return self._root(self.design.transposed(self.design.times(self._root(v)))) / self.step.n


def reused_batch_errors(rng: np.random.Generator, step: Step, gaps: object, *, steps: int) -> Array:
    """Draw w' - w* after ``steps`` steps on one and the same batch from w - w* = gaps, (T, d) to (T, d)."""
    e = _gaps(gaps, step.dimension)
    steps = checks.count("steps", steps)
    batch = _Batch(rng, step, *e.shape)
    for _ in range(steps):
        e = e - step.alpha * batch.gradient(e)
    return e


def meta_gradients(rng: np.random.Generator, step: Step, gaps: object, *, query: int) -> Array:
    """Draw MAML's exact meta-gradient (I - alpha X^T X/n) X_q^T (X_q w' - y_q)/q after one inner step, (T, d).

    The support set (X, z) is the same in the step and in the outer factor; the query set of size ``query`` is fresh.
    """
    v = _gaps(gaps, step.dimension)
    batch = _Batch(rng, step, *v.shape)
    adapted = v - step.alpha * batch.gradient(v)
    outer = Step(step.covariance, step.alpha, checks.count("query", query), step.noise).gradients(rng, adapted)
    return outer - step.alpha * batch.hessian_times(outer)

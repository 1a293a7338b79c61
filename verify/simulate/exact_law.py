"""Samplers of the exact law of inner steps: the same distribution as the n x d simulation without its matrices.

Let u = sqrt(Sigma) v, c^2 = |u|^2 + nu^2 and Q ~ chi2_n. Conditionally on the residuals X v - z, whose squared norm
is c^2 Q, the gradient X^T (X v - z)/n is Gaussian, and altogether it has the law of

    (1/n) [ Q Sigma v + sqrt(Q Sigma) (c g + (nu - c) <g, u/|u|> u/|u|) ],   g ~ N(0, I_d) independent of Q:

across u the scatter is c, along u it is nu. One chi-squared and d normals for each step on a fresh batch; the tests
compare it with the n x d simulation in distribution and in moments. For a batch that is used more than once see
``lazy.py``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from verify.errors import BadInput
from verify.simulate import checks
from verify.simulate.products import apply, stacked

Array = np.ndarray

_BLOCK = 1 << 15  # doubles worked on at a time: 256 kB, which stays in a core's second-level cache


@dataclass(frozen=True, eq=False)
class Step:
    """One inner step: input covariance [X^2], step size alpha > 0, n >= 1 samples, label noise nu >= 0.

    covariance: a matrix (d, d), its diagonal (d,) if there is nothing else, or a number rho for rho I. Raises BadInput
    on a covariance that is not PSD, n < 1, alpha <= 0, noise < 0, NaN.
    """

    covariance: Array | float
    alpha: float
    n: int
    noise: float = 0.0
    values: Array = field(init=False, repr=False)
    vectors: Array | None = field(init=False, repr=False)

    def __post_init__(self) -> None:
        set_ = object.__setattr__
        set_(self, "alpha", checks.number("alpha", self.alpha, above=0.0))
        set_(self, "n", checks.count("n", self.n))
        set_(self, "noise", checks.number("noise", self.noise, least=0.0))
        set_(self, "vectors", None)
        if np.ndim(self.covariance) == 0:
            set_(self, "values", np.array(checks.number("covariance", self.covariance, above=0.0)))
        elif np.ndim(self.covariance) == 1:
            set_(self, "values", checks.vector("covariance", self.covariance))
            if self.values.min() < 0:
                raise BadInput(f"the diagonal covariance has the negative entry {self.values.min():g}.")
        else:
            set_(self, "covariance", checks.covariance("covariance", self.covariance))
            values, vectors = np.linalg.eigh(self.covariance)
            set_(self, "values", np.clip(values, 0, None))
            set_(self, "vectors", vectors)

    @property
    def dimension(self) -> int | None:
        """d, or None where the covariance is rho I and fits every d."""
        return len(self.values) if self.values.ndim else None

    def errors(self, rng: np.random.Generator, gaps: object, *, steps: int = 1, out: Array | None = None) -> Array:
        """Draw w' - w* after ``steps`` fresh-batch steps from w - w* = gaps, (T, d) to (T, d), in O(d) per step.

        A full covariance matrix costs two d x d rotations besides, whatever the number of steps. out: a C-contiguous
        array (T, d) of doubles to work in, other than ``gaps``; new memory costs about as much as the arithmetic.
        """
        steps = checks.count("steps", steps, 0)
        e = _gaps(gaps, self.dimension)
        if self.vectors is not None:
            e = apply(e, self.vectors)
        spare = _checked_out(out, e)
        for k in range(steps):
            target = np.empty_like(e) if spare is None else spare
            self._advance(rng, e, target)
            e, spare = target, e if k else None  # before the first step e may be the caller's array
        if self.vectors is not None:
            return apply(e, self.vectors.T)
        return e if steps else e.copy()

    def gradients(self, rng: np.random.Generator, gaps: object) -> Array:
        """Draw X^T (X v - z)/n for each gap v on a batch of its own, (T, d) to (T, d)."""
        v = _gaps(gaps, self.dimension)
        return (v - self.errors(rng, v)) / self.alpha

    def _advance(self, rng: np.random.Generator, v: Array, e: Array) -> None:
        """Write to the rows of e the errors one step after those of v, both in the eigenbasis and C-contiguous."""
        count, d = v.shape
        values, root = np.broadcast_to(self.values, (d,)), np.broadcast_to(np.sqrt(self.values), (d,))
        isotropic = self.dimension is None
        rows, columns = max(1, _BLOCK // d), min(d, _BLOCK)
        work = np.empty((min(rows, count), columns))
        for start in range(0, count, rows):
            block = slice(start, start + rows)
            height = len(v[block])
            parts = [np.s_[block, left : left + columns] for left in range(0, d, columns)]
            Q = rng.chisquare(self.n, size=height)
            h, along = np.zeros(height), np.zeros(height)
            for part in parts:
                # einsum rather than BLAS dot: its summation order doesn't depend on the number of threads.
                rng.standard_normal(out=e[part])
                weighted = v[part] if isotropic else np.multiply(v[part], root[part[1]], out=_cut(work, v[part]))
                h += np.einsum("ij,ij->i", weighted, weighted)
                along += np.einsum("ij,ij->i", weighted, e[part])
            if isotropic:
                h *= values[0]
                along *= root[0]
            c = np.sqrt(h + self.noise**2)
            b = (self.alpha / self.n) * np.sqrt(Q)
            # At v = 0 the direction does not matter, since then c = nu.
            shift = np.divide((self.noise - c) * along, h, out=np.zeros_like(h), where=h > 0)
            pull, scatter = ((self.alpha / self.n) * Q + b * shift)[:, None], (-b * c)[:, None]
            for part in parts:
                kept = _cut(work, v[part])
                if isotropic:
                    e[part] *= scatter * root[0]
                    np.multiply(v[part], 1 - pull * values[0], out=kept)
                else:
                    e[part] *= scatter
                    e[part] *= root[part[1]]
                    np.multiply(values[part[1]], -pull, out=kept)
                    kept += 1
                    kept *= v[part]
                e[part] += kept

    def squares(self, rng: np.random.Generator, squares: object, d: int, *, steps: int = 1) -> Array:
        """Draw |w' - w*|^2 from |w - w*|^2 = squares, (T,) to (T,), in O(1) per step whatever d and n are.

        Needs an isotropic covariance: then |e|^2 is a Markov chain, because the law only knows the angle to v.
        """
        if self.dimension is not None:
            raise BadInput("squares needs an isotropic covariance.", "pass rho instead of a matrix, or use errors")
        d, steps = checks.count("d", d), checks.count("steps", steps, 0)
        s = np.array(squares, dtype=float)
        if s.ndim != 1 or not np.isfinite(s).all() or (s < 0).any():
            raise BadInput("squares has to be a vector of finite numbers that are not negative.")
        rho, nu = float(self.values), self.noise
        ratio = self.alpha / self.n
        for start in range(0, len(s), _BLOCK // 4):
            block = s[start : start + _BLOCK // 4]
            for _ in range(steps):
                Q = rng.chisquare(self.n, size=len(block))
                across = rng.chisquare(d - 1, size=len(block)) if d > 1 else 0.0
                along = np.sqrt(block) * (1 - ratio * rho * Q)
                if nu:
                    along -= ratio * nu * np.sqrt(rho * Q) * rng.standard_normal(len(block))
                block[:] = along**2 + ratio**2 * rho * (rho * block + nu**2) * Q * across
        return s


def _checked_out(out: Array | None, like: Array) -> Array | None:
    if out is None:
        return None
    if out.shape != like.shape or out.dtype != float or not out.flags.c_contiguous or np.may_share_memory(out, like):
        raise BadInput(f"out has to be a C-contiguous array {like.shape} of doubles that shares no memory with gaps.")
    return out


def _cut(work: Array, like: Array) -> Array:
    return work[: like.shape[0], : like.shape[1]]


def _gaps(gaps: object, d: int | None) -> Array:
    """Check gaps (T, d); the caller's own array comes back where it can be used as it is, so never write to it."""
    v = np.ascontiguousarray(gaps, dtype=float)
    if v.ndim != 2 or not v.size or (d is not None and v.shape[1] != d) or not np.isfinite(v).all():
        raise BadInput(f"gaps of shape {v.shape}: finite numbers of shape (T, {d or 'd'}) are needed.")
    return v


def bartlett(rng: np.random.Generator, size: int, d: int, n: int) -> Array:
    """Draw lower-trapezoidal factors A, shape (size, d, min(d, n)), with A A^T distributed like G^T G, G n x d normal.

    Bartlett's decomposition: A_ii^2 ~ chi2_{n-i} for i = 0, 1, ..., normals below the diagonal; O(d^2) whatever n is.
    """
    size, d, n = checks.count("size", size), checks.count("d", d), checks.count("n", n)
    k = min(d, n)
    A = np.tril(rng.standard_normal((size, d, k)))
    A[:, range(k), range(k)] = np.sqrt(rng.chisquare(n - np.arange(k), size=(size, k)))
    return A


def grams(rng: np.random.Generator, size: int, covariance: object, n: int) -> Array:
    """Draw Shat = X^T X/n, shape (size, d, d) [X^2], from n rows N(0, covariance) without drawing the rows."""
    sigma = checks.covariance("covariance", covariance)
    values, vectors = np.linalg.eigh(sigma)
    # Rows of the transposed factors are what apply multiplies: (A^T L^T)^T = L A.
    L = vectors * np.sqrt(np.clip(values, 0, None))
    transposed = apply(np.swapaxes(bartlett(rng, size, len(sigma), n), 1, 2), L.T)
    return stacked(np.swapaxes(transposed, 1, 2), transposed) / n

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
import numpy.typing as npt

from verify.runtime.errors import BadInput
from verify.statistics import checks
from verify.statistics.products import apply, stacked

Array = npt.NDArray[np.float64]

_BLOCK = 1 << 15  # doubles worked on at a time: what the caches hold, and enough for NumPy's calls not to count
_BAND = 1 << 12  # tasks whose own numbers are drawn at once: their arrays are small enough for malloc to keep


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
    root: Array = field(init=False, repr=False)
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
        set_(self, "root", np.sqrt(self.values))

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
        e = _gaps(gaps, self.dimension, finite=not steps)  # a step finds out by itself, from its squares
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
        """Write to the rows of e the errors one step after those of v, both in the eigenbasis and C-contiguous.

        A row of e is v + (start + slope <v, root g>) Sigma v + scatter root g, three numbers for each row; where
        Sigma is rho I, they take rho with them and what v is multiplied by is one number.
        """
        rows = max(1, _BLOCK // v.shape[1])
        band = rows * max(1, _BAND // rows)
        work = np.empty((min(rows, len(v)), min(v.shape[1], _BLOCK)))
        for top in range(0, len(v), band):
            before, after = v[top : top + band], e[top : top + band]
            numbers = self._numbers(rng, before, work)
            for i in range(0, len(before), rows):
                block = slice(i, i + rows)
                self._combine(rng, before[block], after[block], work, *(x[block] for x in numbers))

    def _combine(
        self, rng: np.random.Generator, v: Array, e: Array, work: Array, start: Array, slope: Array, scatter: Array
    ) -> None:
        parts = [(v[:, cut], e[:, cut], cut) for cut in _cuts(v, work)]
        along = np.zeros(len(v))
        for before, after, cut in parts:
            rng.standard_normal(out=after)
            if self.dimension is not None:
                after *= self.root[cut]
            # einsum rather than BLAS dot: its summation order doesn't depend on the number of threads.
            along += np.einsum("ij,ij->i", before, after)
        along *= slope
        along += start
        for before, after, cut in parts:
            kept = work[: len(before), : before.shape[1]]
            if self.dimension is None:
                np.multiply(before, along[:, None], out=kept)
            else:
                np.multiply(self.values[cut], along[:, None], out=kept)
                kept += 1
                kept *= before
            after *= scatter[:, None]
            after += kept

    def _numbers(self, rng: np.random.Generator, v: Array, work: Array) -> tuple[Array, Array, Array]:
        """Draw the chi-squareds of a step: start, slope and scatter for each row of v, as ``_advance`` uses them."""
        if self.dimension is None:
            h = np.einsum("ij,ij->i", v, v) * self.values
        else:
            h = np.zeros(len(v))
            for i in range(0, len(v), len(work)):
                rows = slice(i, i + len(work))
                for cut in _cuts(v, work):
                    u = work[: len(v[rows]), : len(self.root[cut])]
                    np.multiply(v[rows, cut], self.root[cut], out=u)
                    h[rows] += np.einsum("ij,ij->i", u, u)
        if not np.isfinite(h).all():
            raise BadInput(
                "the gaps hold a number that is not finite, or too large for its square to be.",
                "likely causes: (a) NaN in the data, (b) many steps of a size at which they diverge.",
            )
        pull = rng.standard_gamma(self.n / 2, size=len(v))
        pull *= 2 * self.alpha / self.n
        c = np.sqrt(h + self.noise**2)
        b = np.sqrt(pull * (self.alpha / self.n))
        # Along u the normals count with nu in place of c: (nu - c)/|u|^2 is -1/(nu + c), without cancellation. At
        # v = 0 without noise any finite number does, because it is multiplied by <v, root g> = 0.
        slope = b / np.maximum(c + self.noise, 1e-150)
        if self.dimension is not None:
            return -pull, slope, -b * c
        rho = float(self.values)
        return 1 - rho * pull, rho**1.5 * slope, -np.sqrt(rho) * b * c

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


def _cuts(v: Array, work: Array) -> list[slice]:
    columns = work.shape[1]
    return [slice(left, left + columns) for left in range(0, v.shape[1], columns)]


def _gaps(gaps: object, d: int | None, *, finite: bool = True) -> Array:
    """Check gaps (T, d); the caller's own array comes back where it can be used as it is, so never write to it."""
    v = np.ascontiguousarray(gaps, dtype=float)
    if v.ndim != 2 or not v.size or (d is not None and v.shape[1] != d) or (finite and not np.isfinite(v).all()):
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

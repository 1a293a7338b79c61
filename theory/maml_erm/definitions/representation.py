"""Spaces of k dimensions in R^d: a representation B, and how a head on it sees optima that lie in col(U).

The learner is x -> <B^T x, v>; B counts by its column space, of which an orthonormal basis is taken. Principal angles
and what the head misses come from one matrix (``View``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from verify.runtime.errors import BadInput
from verify.statistics import checks

Array = npt.NDArray[np.float64]


def basis(B: Array) -> Array:
    """An orthonormal basis (d, k) of the column space of B (d, k)."""
    found: Array = np.linalg.qr(B)[0]
    return found


def random_space(rng: np.random.Generator, d: int, k: int) -> Array:
    """An orthonormal basis (d, k) of a space that is uniformly distributed; raises BadInput unless k <= d."""
    d, k = checks.count("d", d), checks.count("k", k)
    if k > d:
        raise BadInput(f"k = {k} is above d = {d}: no space of that dimension lies in R^d.")
    return basis(rng.standard_normal((d, k)))


@dataclass(frozen=True, eq=False)
class View:
    """What a representation sees of w = U v: the head ``seen`` v, and a rest of length ||``missed`` v||; both (k, k).

    The singular values of ``seen`` are the cosines of the principal angles between the spaces, those of ``missed`` the
    sines.
    """

    seen: Array
    missed: Array

    @property
    def sines(self) -> Array:
        """Sines of the principal angles (k,), the largest first; small ones are exact to rounding too."""
        return np.asarray(np.linalg.svd(self.missed, compute_uv=False), dtype=float)


def view(B: Array, U: Array) -> View:
    """How a head on an orthonormal basis of col(B) sees the optima U v; B (d, k), U (d, k) orthonormal."""
    Q = basis(B)
    seen = Q.T @ U
    # The triangle of the rest has its lengths, ||(U - Q seen) v|| = ||triangle v||; 1 - cos^2 would lose small angles.
    return View(seen, np.linalg.qr(U - Q @ seen)[1])


def principal_sines(B: Array, U: Array) -> Array:
    """Sines of the principal angles between col(B) and col(U), the largest first, shape (k,).

    >>> principal_sines(np.array([[2.0], [0.0]]), np.array([[0.8], [0.6]])).round(12)
    array([0.6])
    """
    return view(B, U).sines


def tilted(rng: np.random.Generator, U: Array, squares: Array) -> Array:
    """A representation (d, k) whose principal angles to col(U) have these squared sines (k,); raises for d < 2 k."""
    d, k = U.shape
    if d < 2 * k:
        raise BadInput(f"d = {d} is below 2 k = {2 * k}: not every angle of the representation can be chosen.")
    rest = rng.standard_normal((d, k))
    across = basis(rest - U @ (U.T @ rest))
    tilt: Array = U * np.sqrt(1 - squares) + across * np.sqrt(squares)
    return tilt

"""Checks of arguments: every public function of the simulator refuses bad input before it draws a number."""

from __future__ import annotations

import math
from fractions import Fraction
from numbers import Integral, Rational, Real

import numpy as np
import numpy.typing as npt

from verify.runtime.errors import BadInput

Array = npt.NDArray[np.float64]


def count(name: str, value: object, least: int = 1) -> int:
    """Return ``value`` as an int of at least ``least``; raise BadInput otherwise."""
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise BadInput(f"{name} = {value!r} is not an integer. It counts things: pass an int of at least {least}.")
    if value < least:
        raise BadInput(f"{name} = {value} is below {least}, the smallest value that means anything here.")
    return int(value)


def number(name: str, value: object, *, above: float | None = None, least: float | None = None) -> float:
    """Return ``value`` as a finite float, ``> above`` or ``>= least`` where given; raise BadInput otherwise."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise BadInput(f"{name} = {value!r} is not a real number.")
    result = float(value)
    if not math.isfinite(result):
        raise BadInput(f"{name} = {result} is not finite.")
    if above is not None and not result > above:
        raise BadInput(f"{name} = {result:g} has to be greater than {above:g}.")
    if least is not None and not result >= least:
        raise BadInput(f"{name} = {result:g} has to be at least {least:g}.")
    return result


def probability(name: str, value: object, *, closed: bool = False) -> float:
    """Return ``value`` as a float in (0, 1), or (0, 1] with ``closed``; raise BadInput otherwise."""
    result = number(name, value, above=0.0)
    if result > 1 or (result == 1 and not closed):
        raise BadInput(f"{name} = {result:g} lies outside (0, 1{']' if closed else ')'}: it has to be a probability.")
    return result


def vector(name: str, value: object, dimension: int | None = None) -> Array:
    """Return a read-only float copy of a finite vector, of length ``dimension`` where given."""
    result = np.array(value, dtype=float)
    if result.ndim != 1 or result.size == 0:
        raise BadInput(f"{name} has shape {result.shape}; a vector of shape (d,) with d >= 1 is needed.")
    if dimension is not None and result.size != dimension:
        raise BadInput(f"{name} has {result.size} entries where the tasks have d = {dimension}.")
    if not np.isfinite(result).all():
        raise BadInput(f"{name} has an entry that is NaN or infinite.")
    result.setflags(write=False)
    return result


def symmetric(name: str, value: object, dimension: int | None = None) -> Array:
    """Return a read-only float copy of a finite symmetric matrix; raise BadInput otherwise."""
    result = np.array(value, dtype=float)
    if result.ndim != 2 or result.shape[0] != result.shape[1] or result.size == 0:
        raise BadInput(f"{name} has shape {result.shape}; a square matrix is needed.")
    if dimension is not None and result.shape[0] != dimension:
        raise BadInput(f"{name} is {result.shape[0]} x {result.shape[0]} where d = {dimension}.")
    if not np.isfinite(result).all():
        raise BadInput(f"{name} has an entry that is NaN or infinite.")
    scale = float(np.abs(result).max())
    if np.abs(result - result.T).max() > 1e-12 * scale:
        raise BadInput(f"{name} is not symmetric.")
    mean: Array = (result + result.T) / 2
    mean.setflags(write=False)
    return mean


def covariance(name: str, value: object) -> Array:
    """Return a read-only symmetric positive semidefinite matrix, up to rounding; raise BadInput otherwise."""
    result = symmetric(name, value)
    spectrum = np.linalg.eigvalsh(result)
    # eigvalsh of an exactly singular matrix may return -1e-16: forgive that and no more.
    if spectrum[0] < -1e-12 * max(spectrum[-1], 0.0) or (spectrum[-1] <= 0 and spectrum[0] < 0):
        raise BadInput(
            f"{name} has the negative eigenvalue {spectrum[0]:g}, so it is no covariance.",
            "likely causes: (a) an entry with the wrong sign, (b) a matrix rounded after the fact, (c) too few digits.",
        )
    return result


def rational(name: str, value: object) -> Fraction:
    """Return ``value`` as a Fraction; floats are refused, because exactness would be lost without a trace."""
    if isinstance(value, bool) or not isinstance(value, Rational):
        raise BadInput(f"{name} = {value!r} is not rational: pass an int or a fractions.Fraction.")
    return Fraction(value)


def rationals(name: str, rows: object, size: int | None = None) -> list[list[Fraction]]:
    """Return a square matrix of Fractions, ``size`` x ``size`` where given; raise BadInput otherwise."""
    if not isinstance(rows, list | tuple) or not rows or not all(isinstance(r, list | tuple) for r in rows):
        raise BadInput(f"{name} is not a matrix: pass a list of rows of Fractions.")
    if any(len(r) != len(rows) for r in rows) or (size is not None and len(rows) != size):
        raise BadInput(f"{name} has rows of lengths {[len(r) for r in rows]}; it has to be {size or len(rows)} square.")
    return [[rational(name, x) for x in row] for row in rows]

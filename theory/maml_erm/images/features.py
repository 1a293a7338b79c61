"""Frozen features of images: random filters, what passes zero, means over squares, and the leading directions of these.

All sums are sums of whole numbers that double precision holds exactly, so the features are the same to the last bit
whatever order a library adds in. The directions are eigenvectors, whose last bits are not; they are rounded to whole
numbers of which some 10^6 make one, which another order of summation changes with a probability of about 10^-5.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from theory.maml_erm.images.writers import SIDE, Grey
from verify.runtime.errors import BadInput
from verify.statistics import checks

Array = npt.NDArray[np.float64]

FILTERS = 16
WIDTH = 5  # pixels of a side of a filter
SQUARE = 6  # places of a filter that one mean is over, in each direction: 4 x 4 means of 24 x 24 places
CENTRED = 0.8  # share of its mean that a filter is without: edges count most, and a little the ink itself
LEVELS = 64  # a filter of norm 1 is in steps of 1/LEVELS
STEP = 512  # features are in steps of this; a typical one is some hundreds of steps
POWER = 0.25  # features are divided by their eigenvalue to this power: half way from none to all of equal size
ROUNDED = 1 << 20
FLAT = 1e-12  # of the largest eigenvalue: below it there is rounding only
_BLOCK = 500  # images worked on at a time


def filters(rng: np.random.Generator, count: int = FILTERS) -> npt.NDArray[np.float32]:
    """Random filters (WIDTH^2, count) of whole numbers."""
    drawn = rng.standard_normal((WIDTH**2, count))
    drawn -= CENTRED * drawn.mean(axis=0)
    found: npt.NDArray[np.float32] = np.rint(LEVELS * drawn / np.linalg.norm(drawn, axis=0)).astype(np.float32)
    return found


def responses(images: Grey, chosen: npt.NDArray[np.float32]) -> Array:
    """What the filters find in images (..., 28, 28): (..., 16 * filters) whole numbers."""
    flat = images.reshape(-1, SIDE, SIDE)
    places = SIDE - WIDTH + 1
    squares = places // SQUARE
    found = np.empty((len(flat), squares * squares * chosen.shape[1]))
    for i in range(0, len(flat), _BLOCK):
        block = flat[i : i + _BLOCK].astype(np.float32)
        seen = np.lib.stride_tricks.sliding_window_view(block, (WIDTH, WIDTH), axis=(1, 2))
        # Below 2^24, where single precision still counts one by one: 25 pixels of 255 times at most LEVELS, 36 places.
        passed = np.maximum(seen.reshape(-1, WIDTH**2) @ chosen, 0)
        sums = passed.reshape(-1, squares, SQUARE, squares, SQUARE, chosen.shape[1]).sum(axis=(2, 4))
        found[i : i + _BLOCK] = np.rint(sums.reshape(len(block), -1) / STEP)
    return found.reshape(*images.shape[:-2], -1)


def leading(known: Array, k: int) -> tuple[Array, Array]:
    """A map to k features and their means: the k leading directions of responses (..., n), scaled by ``POWER``.

    ``BadInput`` where the responses lie in fewer than k directions.
    """
    rows = known.reshape(-1, known.shape[-1])
    k = checks.count("k", k)
    if k > min(rows.shape):
        raise BadInput(f"{rows.shape[0]} images with {rows.shape[1]} numbers each do not have {k} leading directions")
    mean = rows.sum(axis=0) / len(rows)
    scatter = rows.T @ rows / len(rows) - np.outer(mean, mean)
    values, vectors = np.linalg.eigh(scatter)
    values, vectors = values[::-1][:k], vectors[:, ::-1][:, :k]
    if not values[-1] > FLAT * values[0]:
        raise BadInput(f"the images differ in fewer than {k} directions", "take fewer features, or more images")
    # The sign of an eigenvector is the library's choice: the entry that is largest is made positive.
    vectors = vectors * np.sign(vectors[np.abs(vectors).argmax(axis=0), np.arange(k)])
    scaled = vectors * (values / values[0]) ** -POWER
    matrix = np.rint(scaled * ROUNDED)
    return matrix, (rows.sum(axis=0) @ matrix) / len(rows)


def projected(found: Array, matrix: Array, mean: Array) -> Array:
    """Responses (..., n) as k features (..., k), those of the images that the map was made from with mean zero."""
    return (found @ matrix - mean) / (ROUNDED * STEP)

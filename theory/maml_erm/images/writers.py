"""A letter as many hands write it: a face, a slant, a size, a place, bent strokes of some thickness, grey noise."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
from scipy.ndimage import gaussian_filter

from theory.maml_erm.images import faces
from verify.runtime.errors import BadInput
from verify.statistics import checks

Array = npt.NDArray[np.float64]
Grey = npt.NDArray[np.uint8]

SIDE = 28  # pixels of a side of an image
WINDOW = 52  # of the pixels of the canvas, what the image shows
# How much hands differ. Chosen so that a mark on a letter stays visible while no two images of a letter are alike.
TURN, SHEAR, STRETCH = 0.10, 0.12, 0.10  # standard deviations: radians, slope, logarithm of the scale in each direction
SHIFT, BEND = 1.6, 1.0  # standard deviations in pixels of the canvas: of the whole, of the nodes of a 4 x 4 net
NODES = 4
BLUR, EDGE = 1.2, 0.06  # pixels of the canvas; width of the step from paper to ink, in grey
STROKE = (0.25, 0.45)  # grey of the blurred drawing at which ink begins: thick to thin
NOISE = 0.05  # standard deviation of the grey of a pixel; images are clipped to [0, 1] and kept in 256 levels


def written(code: int, count: int, seed: int | Sequence[int]) -> Grey:
    """``count`` images (count, SIDE, SIDE) of one letter, 255 is ink.

    The stream depends on the seed (whole numbers) and the letter only, so no letter depends on which others are drawn.
    ``BadInput`` for a character that no face draws.
    """
    count = checks.count("count", count)
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(code,)))
    drawings = _softened(code)
    face = rng.integers(len(drawings), size=count)
    rows, columns = _places(rng, count)
    ink = _between(drawings, face[:, None, None], rows, columns)
    stroke = rng.uniform(*STROKE, count).astype(np.float32)[:, None, None]
    grey = 1 / (1 + np.exp((stroke - ink) / np.float32(EDGE)))
    grey += np.float32(NOISE) * rng.standard_normal(grey.shape, dtype=np.float32)
    found: Grey = np.rint(np.clip(grey, 0, 1) * 255).astype(np.uint8)
    return found


@cache
def _softened(code: int) -> npt.NDArray[np.float32]:
    """The blurred drawings (faces, CANVAS, CANVAS), ink 1: where ink begins in them says how thick strokes are."""
    found = [drawn for face in faces.faces_of(code) if (drawn := faces.drawing(code, face)) is not None]
    if not found:
        raise BadInput(f"no face draws the character U+{code:04X}", "images.letters() has those that are drawn")
    return np.array(gaussian_filter(np.array(found, dtype=np.float32) / 255, (0, BLUR, BLUR)), dtype=np.float32)


def _places(rng: np.random.Generator, count: int) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """For every pixel of every image the row and the column of the canvas that it shows, (count, SIDE, SIDE)."""
    turn, shear = rng.normal(0, TURN, count), rng.normal(0, SHEAR, count)
    wide, tall = np.exp(rng.normal(0, STRETCH, (2, count)))
    aside, down = rng.normal(0, SHIFT, (2, count))
    bends = rng.normal(0, BEND, (2, count, NODES, NODES))
    at = (np.arange(SIDE) - (SIDE - 1) / 2) * (WINDOW / SIDE)
    net = _interpolation()
    # Net to pixels, rows first; both products are short sums.
    bent = np.einsum("knyj,xj->knyx", np.einsum("yi,knij->knyj", net, bends), net)
    y, x = at[:, None], at[None, :]

    def each(a: Array) -> Array:
        return a[:, None, None]

    cos, sin = np.cos(turn), np.sin(turn)
    columns = each(cos / wide) * x + each((sin + shear) / wide) * y + each(aside) + bent[0]
    rows = each(-sin / tall) * x + each(cos / tall) * y + each(down) + bent[1]
    middle = (faces.CANVAS - 1) / 2
    last = faces.CANVAS - 1.001  # so that the pixel after it is still on the canvas
    # Marks above the letter are more frequent than tails below it: the window is a pixel further down the canvas.
    return (
        np.clip(rows + middle + 1, 0, last).astype(np.float32),
        np.clip(columns + middle, 0, last).astype(np.float32),
    )


@cache
def _interpolation() -> Array:
    """Linear interpolation from NODES places to SIDE pixels, (SIDE, NODES)."""
    at = np.linspace(0, NODES - 1, SIDE)
    left = np.minimum(at.astype(int), NODES - 2)
    found = np.zeros((SIDE, NODES))
    found[np.arange(SIDE), left] = 1 - (at - left)
    found[np.arange(SIDE), left + 1] += at - left
    return found


def _between(
    drawings: npt.NDArray[np.float32],
    which: npt.NDArray[np.int64],
    rows: npt.NDArray[np.float32],
    columns: npt.NDArray[np.float32],
) -> npt.NDArray[np.float32]:
    """The grey of drawing ``which`` at places between its pixels, by bilinear interpolation."""
    top, left = rows.astype(np.int64), columns.astype(np.int64)
    down, aside = rows - top, columns - left
    side = drawings.shape[-1]
    flat = drawings.ravel()
    first = (which * side + top) * side + left
    upper = flat[first] * (1 - aside) + flat[first + 1] * aside
    lower = flat[first + side] * (1 - aside) + flat[first + side + 1] * aside
    found: npt.NDArray[np.float32] = upper * (1 - down) + lower * down
    return found

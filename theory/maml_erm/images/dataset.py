"""Images of letters as a data set: so many images of every letter, the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from theory.maml_erm.images.alphabets import Letter
from theory.maml_erm.images.kept import kept
from theory.maml_erm.images.writers import SIDE, Grey, written
from verify.runtime.errors import BadInput
from verify.statistics import checks

Array = npt.NDArray[np.float64]
Pixels = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Glyphs:
    """Letters and their images, (letters, images, 28, 28) in 256 levels of grey, 255 is ink."""

    letters: tuple[Letter, ...]
    images: Grey

    @property
    def count(self) -> int:
        """Images of each letter."""
        return int(self.images.shape[1])

    @cached_property
    def _places(self) -> dict[int, int]:
        return {letter.code: i for i, letter in enumerate(self.letters)}

    def places(self, letters: Iterable[Letter]) -> npt.NDArray[np.int64]:
        """Where these letters stand in ``images``; ``BadInput`` for one that is not there."""
        try:
            return np.array([self._places[letter.code] for letter in letters], dtype=np.int64)
        except KeyError as error:
            raise BadInput(f"U+{error.args[0]:04X} is not among the {len(self.letters)} letters here") from None

    def pixels(self, side: int = SIDE) -> Pixels:
        """The images (letters, images, side^2) from 0 to 1, as means over squares of pixels; side divides 28."""
        side = checks.count("side", side)
        if SIDE % side:
            raise BadInput(f"side = {side} has to divide {SIDE}")
        k = SIDE // side
        squares = self.images.reshape(*self.images.shape[:2], side, k, side, k)
        # Whole numbers: their sum is exact, and what is kept is the nearest number in single precision.
        sums = squares.sum(axis=(3, 5), dtype=np.int64)
        found: Pixels = (sums / (255 * k * k)).astype(np.float32).reshape(*self.images.shape[:2], side * side)
        return found

    def distances(self, side: int = 14) -> Array:
        """Euclidean distances (letters, letters) between the mean images of the letters."""
        return distances(self.pixels(side).mean(axis=1, dtype=float))


def glyphs(letters: Sequence[Letter], count: int, seed: int | Sequence[int], *, keep: bool = True) -> Glyphs:
    """``count`` images of each letter; another seed gives other images of the same letters.

    Takes about 0.1 ms an image. keep: in ``.verify/glyphs``, from where they are read the next time.

    >>> from theory.maml_erm.images import letters
    >>> glyphs(letters("Hebrew")[:3], count=2, seed=0, keep=False).images.shape
    (3, 2, 28, 28)
    """
    chosen = tuple(letters)
    if not chosen or len(set(chosen)) < len(chosen):
        raise BadInput("at least one letter is needed, and each only once")

    def make() -> Grey:
        return np.array([written(letter.code, count, seed) for letter in chosen])

    codes = [letter.code for letter in chosen]
    return Glyphs(chosen, kept(make, "images", codes, count, seed) if keep else make())


def distances(means: npt.ArrayLike) -> Array:
    """Euclidean distances (n, n) between the rows of (n, features)."""
    rows = np.asarray(means, dtype=float)
    return np.array([np.sqrt(np.square(rows - row).sum(axis=1)) for row in rows])

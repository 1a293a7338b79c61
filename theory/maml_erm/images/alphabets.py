"""The letters of DejaVu Sans by script, without those that look like another one."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from scipy.ndimage import gaussian_filter

from theory.maml_erm.images import faces
from theory.maml_erm.images.kept import kept

# How the Unicode names of a script's letters begin, and what the script is called here. Letters of other scripts in the
# font are too few for tasks.
SCRIPTS = {
    "LATIN": "Latin",
    "CANADIAN SYLLABICS": "Canadian",
    "ARABIC": "Arabic",
    "CYRILLIC": "Cyrillic",
    "GREEK": "Greek",
    "GEORGIAN": "Georgian",
    "ARMENIAN": "Armenian",
    "HEBREW": "Hebrew",
    "TIFINAGH": "Tifinagh",
    "LAO": "Lao",
    "OLD ITALIC": "Old Italic",
    "NKO": "N'Ko",
    "OGHAM": "Ogham",
    "COPTIC": "Coptic",
    "LISU": "Lisu",
}
# Relative distance of two blurred drawings below which they are one letter to the eye: below it are A and Alpha, above
# it e and c.
TWINS = 0.12
_LEVELS = 63  # grey levels of a blurred drawing: sums of 1,024 products of them are exact in single precision


@dataclass(frozen=True, order=True)
class Letter:
    """A letter: the class of an image. ``code``: its code point; ``script``: one of the values of ``SCRIPTS``."""

    code: int
    script: str

    @property
    def name(self) -> str:
        return unicodedata.name(chr(self.code))


def script_of(code: int) -> str | None:
    """The script of a letter, upper or lower case or without case; None for what is no letter of ``SCRIPTS``."""
    character = chr(code)
    if unicodedata.category(character) not in ("Lu", "Ll", "Lo"):
        return None
    name = unicodedata.name(character, "")
    return next((shown for start, shown in SCRIPTS.items() if name.startswith(start)), None)


@cache
def drawn_letters() -> tuple[Letter, ...]:
    """All letters that the first face draws, twins included, in the order of their code points."""
    found = ((code, script_of(code)) for code in sorted(faces.codes()))
    return tuple(Letter(code, s) for code, s in found if s is not None and faces.drawing(code) is not None)


@cache
def twins() -> dict[int, int]:
    """Code point of every drawn letter -> that of the letter which stands for it.

    Greedy in the order of code points: a letter is a twin of the nearest earlier one that stands for itself, if their
    distance is below ``TWINS``.
    """
    codes = [letter.code for letter in drawn_letters()]
    first = kept(lambda: _first_alike(_blurred(codes)), "twins", TWINS)
    return {code: codes[i] for code, i in zip(codes, first, strict=True)}


@cache
def letters(*scripts: str) -> tuple[Letter, ...]:
    """The letters that can be told apart, of these scripts or of all, in the order of their code points."""
    alike = twins()
    return tuple(x for x in drawn_letters() if alike[x.code] == x.code and (not scripts or x.script in scripts))


def _blurred(codes: Sequence[int]) -> npt.NDArray[np.float32]:
    """Drawings at half the resolution in ``_LEVELS`` whole steps of grey, one a row."""
    stack = np.array([faces.drawing(code) for code in codes], dtype=np.float32)
    soft = gaussian_filter(stack, (0, 1.0, 1.0))[:, ::2, ::2].reshape(len(stack), -1)
    found: npt.NDArray[np.float32] = np.rint(soft * np.float32(_LEVELS / 255)).astype(np.float32)
    return found


def _first_alike(rows: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:
    """For each row its own number, or that of the nearest row before it that keeps its own and looks like it."""
    # Whole numbers below 2^24: the products are exact, whatever the order in which a library adds them up.
    products = rows @ rows.T
    squares = np.diag(products).astype(float)
    found = np.arange(len(rows))
    keep: list[int] = []
    for i in range(len(rows)):
        if keep:
            distance = squares[keep] + squares[i] - 2.0 * products[i, keep]
            ratio = distance / np.maximum(squares[keep], squares[i])
            if ratio.min() < TWINS**2:
                found[i] = keep[int(ratio.argmin())]
                continue
        keep.append(i)
    return found

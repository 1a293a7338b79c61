"""The faces of DejaVu that Matplotlib brings along, and a character drawn in one of them."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import matplotlib
import numpy as np
import numpy.typing as npt
import PIL
from matplotlib.ft2font import FT2Font
from PIL import Image, ImageDraw, ImageFont, features

from verify.runtime.errors import BadInput

Grey = npt.NDArray[np.uint8]

# The first one has most letters; it says which letters there are. The others are further hands.
FACES = (
    "DejaVuSans",
    "DejaVuSans-Bold",
    "DejaVuSansMono",
    "DejaVuSerif",
    "DejaVuSans-Oblique",
    "DejaVuSansMono-Bold",
    "DejaVuSerif-Bold",
)
CANVAS = 64  # pixels of a side
SIZE = 36  # pixels per em: with the marks above and below, the tallest letters still fit
BASELINE = 46  # the row that all letters stand on, so that a mark stays where it is when its letter changes
WIDEST = CANVAS - 6  # what is wider leaves no room for a shift
SMALLEST = 3  # pixels; what is less in one direction is a dot or a stroke, and no letter that could be told apart


def file_of(face: str) -> Path:
    """The font file; ``BadInput`` where this Matplotlib does not have it."""
    path = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / f"{face}.ttf"
    if not path.is_file():
        raise BadInput(f"the font {face} that comes with Matplotlib is missing", "install Matplotlib from a wheel")
    return path


@cache
def codes(face: str = FACES[0]) -> frozenset[int]:
    """The code points that a face has a drawing for."""
    return frozenset(FT2Font(str(file_of(face))).get_charmap())


def faces_of(code: int) -> tuple[str, ...]:
    """The faces that have a character."""
    return tuple(face for face in FACES if code in codes(face))


@cache
def _font(face: str) -> ImageFont.FreeTypeFont:
    # The basic layout is in every Pillow; the other one depends on a library that may be there or not.
    return ImageFont.truetype(str(file_of(face)), SIZE, layout_engine=ImageFont.Layout.BASIC)


@cache
def drawing(code: int, face: str = FACES[0]) -> Grey | None:
    """A character (CANVAS, CANVAS) in grey, 255 is ink, in the middle of the canvas on the baseline.

    None where it is too small or does not fit.
    """
    font, character = _font(face), chr(code)
    left, top, right, bottom = font.getbbox(character, anchor="ls")
    if min(right - left, bottom - top) < SMALLEST or right - left > WIDEST:
        return None
    if BASELINE + top < 1 or BASELINE + bottom > CANVAS - 1:
        return None
    image = Image.new("L", (CANVAS, CANVAS), 0)
    place = (CANVAS / 2 - (left + right) / 2, BASELINE)
    ImageDraw.Draw(image).text(place, character, fill=255, font=font, anchor="ls")
    found = np.array(image, dtype=np.uint8)
    found.setflags(write=False)
    return found


@cache
def fingerprint() -> str:
    """What the pixels of a drawing depend on besides this code: the bytes of the fonts, Pillow and its FreeType."""
    digest = hashlib.sha256()
    for face in FACES:
        digest.update(file_of(face).read_bytes())
    return f"{digest.hexdigest()} Pillow {PIL.__version__} FreeType {features.version('freetype2')}"

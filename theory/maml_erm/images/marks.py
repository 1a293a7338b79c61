"""Pairs of letters that differ in one mark: what is hard to tell apart, and means the same mark every time."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np

from theory.maml_erm.images import alphabets
from theory.maml_erm.images.alphabets import Letter
from verify.runtime.errors import BadInput
from verify.statistics import checks

# A mark -> the combining character that Unicode writes it with.
MARKS = {
    "acute": 0x301,
    "diaeresis": 0x308,
    "dot above": 0x307,
    "dot below": 0x323,
    "caron": 0x30C,
    "grave": 0x300,
    "circumflex": 0x302,
    "macron": 0x304,
    "breve": 0x306,
    "cedilla": 0x327,
}
_SCRIPTS = ("Latin", "Greek", "Cyrillic")
# On i and j the mark takes the place of the dot; Greek capitals carry the accent beside them, and so they move.
_DOTTED, _GREEK_CAPITALS, _POLYTONIC = "ij", "ΆΈΉΊΌΎΏ", range(0x1F00, 0x2000)


@dataclass(frozen=True, order=True)
class Pair:
    """A letter without and with a mark."""

    plain: Letter
    marked: Letter
    mark: str


@cache
def pairs(*marks: str) -> tuple[Pair, ...]:
    """All pairs with these marks, or with any; no two of their marked letters look alike, and no two plain ones.

    A plain letter that looks like an earlier one is replaced by it. ``BadInput`` for an unknown mark.
    """
    for mark in marks:
        if mark not in MARKS:
            raise BadInput(f"there is no mark {mark!r}", f"it can be {', '.join(MARKS)}")
    wanted = {MARKS[mark]: mark for mark in marks or MARKS}
    alike = alphabets.twins()
    drawn = {letter.code: letter for letter in alphabets.drawn_letters()}
    found: dict[int, Pair] = {}
    for letter in drawn.values():
        parts = [ord(c) for c in unicodedata.normalize("NFD", chr(letter.code))]
        if len(parts) != 2 or parts[1] not in wanted or parts[0] not in drawn or not _fits(letter, alike[parts[0]]):
            continue
        plain, shown = drawn[alike[parts[0]]], alike[letter.code]
        if shown != plain.code:  # a mark that nobody sees makes no task
            found.setdefault(shown, Pair(plain, letter, wanted[parts[1]]))
    return tuple(sorted(found.values()))


def _fits(letter: Letter, plain: int) -> bool:
    character = chr(letter.code)
    return (
        letter.script in _SCRIPTS
        and chr(plain) not in _DOTTED
        and character not in _GREEK_CAPITALS
        and letter.code not in _POLYTONIC
    )


def split(chosen: tuple[Pair, ...], rng: np.random.Generator, held: float = 1 / 3) -> tuple[tuple[Pair, ...], ...]:
    """The pairs to train with, and those to test with: a share ``held`` of the plain letters, with all their marks."""
    held = checks.probability("held", held)
    plain = sorted({pair.plain for pair in chosen})
    out = {plain[i] for i in rng.permutation(len(plain))[: round(held * len(plain))]}
    train, test = (tuple(p for p in chosen if (p.plain in out) == tested) for tested in (False, True))
    if not train or not test:
        raise BadInput(f"{len(plain)} letters cannot be split into some to train and some to test with")
    return train, test

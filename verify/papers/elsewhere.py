"""Names that a paper defines somewhere: where that definition is not in force, the name is not free either.

A counterexample that gives such a name any value says nothing: the author has said what it is, at another place or for
another index. Keys are those of ``keys``; the index of a family is generic where a small letter stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_INDEX = re.compile(r"(?<![A-Za-z\\])[a-z](?![A-Za-z])|\\(?:alpha|beta|tau|ell)(?![A-Za-z])")


@dataclass(frozen=True)
class Place:
    """Where a name is defined: its key, the place in words, how many displays stand before it, and its event.

    ``plain``: by an equation in a sentence, as in "let q = x^2", which counts for the display before it and for all
    that follows; a definition by its sign counts everywhere.
    """

    key: str
    where: str
    displays: int = 0
    event: int = 0
    plain: bool = False


@dataclass
class Elsewhere:
    """All places where names are defined; ``here`` is the number of the display that is looked at, ``at`` its event."""

    places: tuple[Place, ...] = ()
    here: int = 0
    at: int = 0

    def forget(self) -> None:
        """What was defined before counts no more."""
        self.places = tuple(p for p in self.places if p.event > self.at)

    def doubt(self, key: str, *, stated: bool) -> str:
        """Why a name is not free; empty where it is. ``stated``: something that is assumed speaks of it.

        >>> known = Elsewhere((Place("x_i", "line 3"),))
        >>> known.doubt("x_j", stated=False)
        'x_i was defined on line 3, and what that makes of x_j is not read'
        >>> known.doubt("y", stated=False)
        ''
        """
        for p in self.places:
            if p.plain and p.displays > self.here:
                continue
            if p.key == key and not stated:
                return f"{p.key} is defined on {p.where}, which is not in force here"
            if p.key != key and not p.plain and is_member(key, p.key):
                return f"{p.key} was defined on {p.where}, and what that makes of {key} is not read"
        return ""


def is_member(key: str, of: str) -> bool:
    """Whether a name differs from another one, with a generic index, in that index alone: x_j and x_1 from x_i.

    Values of one function at two arguments differ likewise. Stars are no indices.

    >>> [is_member(key, "x_i") for key in ("x_j", "x_{i+1}", "x_1", "x^*", "x", "y_j")]
    [True, True, True, False, False, False]
    """
    (head, mark, _), (other, other_mark, index) = _parts(key), _parts(of)
    return bool(key != of and head == other and mark == other_mark and mark and _INDEX.search(index))


def relative(key: str, others: Iterable[str]) -> str:
    """The first of some names from which a name differs in a generic index alone; empty where there is none."""
    return next((other for other in others if is_member(key, other)), "")


def _parts(key: str) -> tuple[str, str, str]:
    """The letter of a key with its stars, the mark before its index, and the index: x, _, i of x_i."""
    found = re.fullmatch(r"(?P<head>(?:\\?[A-Za-z]+(?:\{[^{}]*\})?))(?P<mark>_|\^\{[(\[]|\()(?P<index>.*)", key)
    if found is None:
        return key, "", ""
    plain = re.sub(r"[_^*{}'\s]|\\star|\\ast", "", found["index"])
    return found["head"], found["mark"][:2] if plain else "", found["index"]

"""What letters mean in a paper that is compared with a theory, as a table that needs no theory to be there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

CLOSED_FORM = "expression:"  # before the name of one, in place of the name of a variable


@dataclass(frozen=True)
class Lexicon:
    """``meaning``: variables and closed forms (``expression:gain``) by the loose keys of their names.

    ``whole``: the keys of whole numbers. ``latex``: how a variable or a closed form is written.
    """

    meaning: Mapping[str, str] = field(default_factory=dict)
    whole: frozenset[str] = frozenset()
    latex: Mapping[str, str] = field(default_factory=dict)

    def __or__(self, other: Lexicon) -> Lexicon:
        """Both, for a paper about two theories: what is a whole number in one of them is so in the paper."""
        return Lexicon({**self.meaning, **other.meaning}, self.whole | other.whole, {**self.latex, **other.latex})


EMPTY = Lexicon()

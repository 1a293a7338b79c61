"""How verdicts and dependencies look: a shape and a colour for each, so that neither is needed to tell them apart.

The colours are tints of those of Okabe and Ito (2008), which people with any kind of colour vision can tell apart;
text on them has a contrast of more than 7 : 1 (WCAG 2.2, AAA).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from verify.regression.graph.dependencies import BOTH, PROVE, STATE


@dataclass(frozen=True)
class Look:
    """``shape`` is a function of shapes.py by name; ``light`` and ``dark`` are the colours inside it."""

    shape: str
    light: str
    dark: str


VERDICTS: Mapping[str, Look] = {
    "proved": Look("rounded", "#b5e3d0", "#14523f"),
    "enclosed": Look("framed", "#d3ecf7", "#1d4a63"),
    "supported": Look("hexagon", "#bcdff5", "#17466b"),
    "inconclusive": Look("ellipse", "#f7e8a4", "#5a4c08"),
    "unavailable": Look("tag", "#e3d3ea", "#4d3458"),
    "refuted": Look("octagon", "#f8cbb0", "#6e3212"),
    "not checked yet": Look("box", "#eeeeee", "#3a3a3a"),
}
UNCHECKED = "not checked yet"


@dataclass(frozen=True)
class Line:
    """How an edge is drawn: its name in a style sheet, its colours, its dashes, and what the legend says."""

    name: str
    light: str
    dark: str
    dashes: str
    says: str


KINDS: Mapping[str, Line] = {
    PROVE: Line("prove", "#4a4a4a", "#b8b8b8", "", "needed to prove"),
    STATE: Line("state", "#0072b2", "#6cb8e6", "4 3", "needed to state"),
    BOTH: Line("both", "#a3467c", "#dd98bf", "9 3", "needed for both"),
}
TEXT = ("#1a1a1a", "#f2f2f2")
OUTLINE = ("#4a4a4a", "#a8a8a8")


def verdict_class(verdict: str) -> str:
    """The name of a verdict in a style sheet.

    >>> verdict_class("not checked yet")
    'not-checked-yet'
    """
    return verdict.replace(" ", "-")


def look(verdict: str) -> Look:
    """How a verdict looks; one that nobody knows looks as if there were none."""
    return VERDICTS.get(verdict, VERDICTS[UNCHECKED])

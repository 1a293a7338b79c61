r"""Formulas in sentences that define names: "where $q := x^2$" does so by its sign, "let $q = x^2$" in words.

Only a sign is taken up as a definition, and only where no words of its sentence may restrict it; of the others it is
known that the name is not free.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from verify.papers.macros import Macro, expand
from verify.papers.remarks import restricts
from verify.papers.rows import DEFINITIONS
from verify.papers.tokens import NotUnderstood, tokenize

MOST = 400  # characters of a formula and of a sentence before it that are looked at; definitions in sentences are short
DEFINING = DEFINITIONS | {":", r"\overset", r"\stackrel", r"\vcentcolon"}  # what a definition may be written with
_CUES = re.compile(
    r"\b(?:let|where|with|set|setting|define|defining|denote|denoting|put|write|writing|take|taking|choose|choosing|"
    r"call|calling|here|abbreviate|introduce|namely|i\.e)\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"\W*(?:denotes?|stands?|is defined|is called|is shorthand|by definition)\b")
_START = re.compile(r"[.!?;](?=[\s}~])|\n[ \t]*\n|\\(?:begin|end|\[|\]|item|section|par)|\$\$")
_STOP = re.compile(r"\\\[|\$\$|\\begin|%")
# Cues that are no conditions, though such words restrict a statement that they stand behind.
_NO_CONDITIONS = re.compile(r"\b(?:where|with)\b", re.IGNORECASE)
_CASES = re.compile(r"\b(?:case|suppose|assume|either|or|otherwise|else|contradiction)\b", re.IGNORECASE)


def kind_of_aside(text: str, opening: int, start: int, stop: int, after: int, macros: Mapping[str, Macro]) -> str:
    """What a formula of a text does that stands between ``start`` and ``stop``.

    ``sign``: it defines a name, without words that restrict it; ``words``: it may define one; empty: it defines none.
    """
    formula = text[start:stop]
    if len(formula) > MOST or not ("=" in formula or "\\" in formula):
        return ""
    try:
        shown = {t.text for t in expand(tokenize(formula), macros)}
    except NotUnderstood:
        return ""
    sign = bool(shown & DEFINITIONS) or (":" in shown and "=" in shown) or bool(shown & {r"\overset", r"\stackrel"})
    if not sign and "=" not in shown:
        return ""
    before = text[max(0, opening - MOST) : opening]
    before = before[max((m.end() for m in _START.finditer(before)), default=0) :]
    behind = text[after : after + MOST]
    if not sign:
        return "words" if _CUES.search(before) or _BEHIND.match(behind) else ""
    behind = behind[: m.start()] if (m := _STOP.search(behind)) is not None else behind
    behind = behind[: m.start()] if (m := _START.search(behind)) is not None else behind
    plain = not restricts(_NO_CONDITIONS.sub(" ", before)) and not restricts(behind)
    return "sign" if plain and not _CASES.search(before) and not _CASES.search(behind) else "words"

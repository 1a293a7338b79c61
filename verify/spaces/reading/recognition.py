"""Whether an input needs the language of vectors, expectations and sums; all others are read by ``verify.language``."""

from __future__ import annotations

from collections.abc import Sequence

from verify.language.names import FUNCTION_NAMES, KEYWORDS
from verify.runtime.errors import BadInput
from verify.spaces.reading.tokens import CLASSES, FILLERS, LEXEME, PLAIN_CLASSES, Token, ends_operand, is_inner, word

# Words of a declaration that follow a name; two names in a row mean nothing in the language of numbers.
_DECLARING = {"vector", "vectors", "random", "independent", "family", "families", "symmetric", *PLAIN_CLASSES}
_DECLARING |= {"function", "functions", "operator", "operators"}
_NO_SUBJECT = {*KEYWORDS, *FUNCTION_NAMES} - {"and"}


def is_spatial(statement: str, assumptions: Sequence[str] = ()) -> bool:
    """Whether something is written that only the language of ``verify.spaces`` has.

    Never for what ``verify.language.parser`` reads, or refuses with a hint that is about numbers.

    >>> is_spatial("<u, v> == <v, u>"), is_spatial("a < b", ["0 < a, b > 1"])
    (True, False)
    """
    return _shows(_words(statement)) or any(_shows(w) or _declares(w) for w in map(_words, assumptions))


def refuse_reasons(using: Sequence[str]) -> None:
    """BadInput where facts about functions are said to be used for a statement about numbers."""
    if using:
        raise BadInput(
            "facts about functions are said to be used, and the statement is about numbers", "leave them out"
        )


def _words(text: str) -> list[Token]:
    found = [word(match) for match in LEXEME.finditer(text)]
    return [*found, *[Token("end", "", len(text), len(text))] * 2]


def _expects(w: Token) -> bool:
    return w.kind == "name" and (w.text in ("E", "Var") or w.text.startswith("E_"))


def _shows(words: list[Token]) -> bool:
    """Norms, inner products, expectations in brackets, gradients, ranges, members with a name in the index."""
    norms = _norms(words)
    inner = 0
    for i, w in enumerate(words[:-2]):
        before, after = (words[i - 1] if i else None), words[i + 1]
        begins = not ends_operand(before) or (before is not None and before.kind == "name" and before.text in KEYWORDS)
        if i in norms and len(norms) > 1 and (begins or (before is not None and _expects(before))):
            return True
        if w.text == "<" and begins and inner < 8:  # more of them in vain are no inner products
            inner += 1
            if is_inner(words, i):
                return True
        if w.kind != "name":
            continue
        if w.text.startswith("E_") and after.kind == "name" and after.text not in KEYWORDS:
            return True
        if w.text == "grad" and after.kind == "name" and words[i + 2].text == "(":
            return True
        if w.text == "for" and _runs(words, i + 1):
            return True
        if (
            after.text == "["
            and after.start == w.stop
            and w.text != "in"
            and (_expects(w) or _names_inside(words, i + 2))
        ):
            return True
    return False


def _norms(words: list[Token]) -> set[int]:
    """The ``||`` that can belong to a norm, which two bars open and two bars close.

    In ``||x| - y|`` and ``|x - |y||`` they are bars of absolute values: the nearest one, after it where a term begins
    and before it where one ends, stands alone.
    """
    bars = [i for i, w in enumerate(words) if w.text in ("|", "||")]
    found = set()
    for before, i, after in zip([None, *bars], bars, [*bars[1:], None], strict=False):
        other = before if ends_operand(words[i - 1] if i else None) else after
        if words[i].text == "||" and (other is None or words[other].text == "||"):
            found.add(i)
    return found


def _runs(words: list[Token], i: int) -> bool:
    """``t in``, ``all t in``, ``i, j in``."""
    if words[i].text in ("all", "every") and words[i + 1].kind == "name":
        i += 1
    while words[i].kind == "name" and words[i + 1].text == ",":
        i += 2
    return words[i].kind == "name" and words[i + 1].text == "in"


def _names_inside(words: list[Token], i: int) -> bool:
    while words[i].kind != "end" and words[i].text != "]":
        if words[i].kind == "name":
            return True
        i += 1
    return False


def _declares(words: list[Token]) -> bool:
    """A name and what it is: ``x, y vectors``, ``f is convex``, ``f (1/eta)-smooth``."""
    subject = False  # whether names, and words such as 'is', are all that the item has so far
    for i, w in enumerate(words[:-2]):
        before = words[i - 1] if i else None
        begins = before is None or before.text in (",", "and")
        if subject and w.text in _DECLARING and words[i + 1].text in ("", ",", "and", "of", "for", *_DECLARING):
            return True
        if subject and w.text in ("a", "an", *_DECLARING) and words[i + 1].text in _DECLARING:
            return True
        if w.text == "(" and begins:
            subject = True
            continue
        if begins or (before is not None and before.text == "("):
            named = w.kind == "name" and w.text not in _NO_SUBJECT
            if named and begins and _parameter(words, i + 1):
                return True
            subject = named
        else:
            subject = subject and (w.text in (*FILLERS, ")", ",", "and", "random", "symmetric", "independent"))
    return False


def _parameter(words: list[Token], i: int) -> bool:
    """``L-smooth``, ``(1/eta)-smooth``, ``PL(mu)`` after a name, and then the end of the item."""
    while words[i].text in FILLERS:
        i += 1
    if words[i].text == "PL" and words[i + 1].text == "(":
        return True
    first, depth = i, 0
    while words[i].kind != "end":
        w = words[i]
        depth += (w.text in ("(", "[")) - (w.text in (")", "]"))
        if not depth and w.text in (",", "and"):
            return False
        if not depth and w.text == "-" and words[i + 1].text in CLASSES:
            ends = words[i + 2].text in ("", ",", "and", "-", "convex", "monotone", "operator")
            # A name and then a parenthesis would be a product that lacks its sign: the class says what is meant.
            return i > first and ends and (words[first].kind in ("name", "number") or words[first].text == "(")
        i += 1
    return False

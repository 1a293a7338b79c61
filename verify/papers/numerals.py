r"""Numbers as they are printed: which digits make one number, with their thousands set apart."""

from __future__ import annotations

from collections.abc import Sequence

from verify.papers.signs import ARROWS, CLOSING, OPENING, RELATIONS, SPACE, UNREAD
from verify.papers.tokens import NotUnderstood, Token

DIGITS = frozenset("0123456789")
_THIN = frozenset({r"\,", "~", "\\ ", r"\thinspace", r"\;", r"\:"})


def number(tokens: Sequence[Token], i: int, place: str) -> tuple[list[Token], int]:
    r"""The digits of a number with its thousands set apart, 1{,}000 and 1\,000 and 1,000, and the index after it.

    In subscripts a comma separates, and in the list of a maximum it may do either.
    """
    digits = [tokens[i]]
    i += 1
    while i < len(tokens) and tokens[i].text in DIGITS and adjacent(digits[-1], tokens[i]):
        digits.append(tokens[i])
        i += 1
    if place == "script":
        return digits, i
    whole = list(digits)
    while len(digits) <= 3 and digits[0].text != "0" and (group := _thousands(tokens, i)) is not None:
        if place == "list":
            raise NotUnderstood("digits apart in a list", digits[0].position, r"write 1\,000 or set a space: 1, 200")
        found, i = group
        # What follows keeps its distance to the last digit, so that the reader takes all of them as one number.
        whole += [Token(t.text, whole[-1].position + k + 1) for k, t in enumerate(found)]
    if len(whole) > len(digits) and i < len(tokens) and tokens[i].text == ".":
        raise NotUnderstood("a number with a comma and a point", digits[0].position)
    after = [t.text for t in tokens[i : i + 2]]
    close = len(after) == 2 and adjacent(whole[-1], tokens[i]) and adjacent(tokens[i], tokens[i + 1])
    if place != "list" and close and after[0] == "," and after[1] in DIGITS:
        raise NotUnderstood("a comma between digits", tokens[i].position, "write 2.5, or set a space: 2, 5")
    return whole, i


def place(out: Sequence[Token]) -> str:
    """Where a number stands: in a script, in a bracket that may hold a list, or elsewhere."""
    depth = 0
    for i in range(len(out) - 1, max(-1, len(out) - 400), -1):
        t = out[i]
        if t.text in CLOSING:
            depth += 1
        elif t.text in OPENING:
            if depth:
                depth -= 1
                continue
            before = out[i - 1] if i else None
            if t.text == "{":
                if before is not None and before.text in ("_", "^"):
                    return "script"
                continue
            return "list"
    return ""


def adjacent(a: Token, b: Token) -> bool:
    return b.position - a.position <= 1


def _thousands(tokens: Sequence[Token], i: int) -> tuple[list[Token], int] | None:
    """Three digits behind a separator of thousands at i, and the index after them."""
    start = i
    if [t.text for t in tokens[i : i + 3]] == ["{", ",", "}"]:
        i += 3
    elif i < len(tokens) and (tokens[i].text == "," or tokens[i].text in _THIN):
        i += 1
        if tokens[start].text == "," and i < len(tokens) and tokens[i].text == r"\!":
            i += 1
    else:
        return None
    found = list(tokens[i : i + 3])
    if len(found) < 3 or any(t.text not in DIGITS for t in found):
        return None
    after = tokens[i + 3] if i + 3 < len(tokens) else None
    if after is not None and after.text in DIGITS:
        return None
    if tokens[start].text == "," and not (adjacent(tokens[start], found[0]) or start + 2 == i):
        return None  # a list: 1, 200
    if tokens[start].text == "," and found[0].text != "0" and _compared(tokens, i + 3):
        raise NotUnderstood("a comma between digits: one number or two", tokens[start].position, r"write 1{,}000")
    return found, i + 3


def _compared(tokens: Sequence[Token], i: int) -> bool:
    """Whether a relation follows, so that the digits before it may be a member of their own."""
    while i < len(tokens) and (tokens[i].text in SPACE or tokens[i].text == "&"):
        i += 1
    return i < len(tokens) and (tokens[i].text in RELATIONS or tokens[i].text in UNREAD or tokens[i].text in ARROWS)

r"""Reads a name with its scripts, and an index such as t+1 in them, as in w_{t+1}, w^{(k)} and w_{i,*}."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from verify.papers.keys import FONTS, STYLED, canonical, index_of, read_name, source_of, starts_name
from verify.papers.spatial_names import SpatialNames, Written
from verify.papers.tokens import Token, argument, group_end
from verify.spaces.reading.surface import Node

MAX_INDEX = 10**6  # beyond it a number in an index is no index
_STARS = frozenset({"*", r"\ast", r"\star", r"\dagger"})


@dataclass
class _Scripts:
    """What stands below and above a letter: its subscript, stars and primes."""

    below: list[Token] = field(default_factory=list)
    star: str = ""
    primes: str = ""


def read_written(tokens: Sequence[Token], start: int, names: SpatialNames) -> tuple[Written, int]:
    """The name that starts at a token, with its scripts and an index in brackets above it; the index after it."""
    first = tokens[start]
    key, end = read_name(tokens, start)
    head = argument(tokens, start + 1, first.position)[1] if first.text in FONTS | STYLED else start + 1
    scripts = _scripts(tokens[head:end])
    above: list[Token] = []
    if end < len(tokens) and tokens[end].text == "^":
        inside, after = argument(tokens, end + 1, first.position)
        text = index_of(inside)
        if text is not None and text[0] in "([":
            above, end, key = _unwrapped(inside), after, f"{key}^{{{text}}}"
    pieces = _split(scripts.below)
    plain = [p for p in pieces if not all(t.text in _STARS for t in p)]
    starred = len(plain) < len(pieces)
    place = above if above and not plain else plain[0] if len(plain) == 1 and not above else []
    index = linear(place, names)
    base, base_source = key, source_of(tokens[start:end])
    if index is not None:
        letter = canonical(tokens[start:head])
        base = letter + ("_*" if starred else "") + (f"^{scripts.star}" if scripts.star else "") + scripts.primes
        base_source = source_of(tokens[start:head]) + ("^*" if starred or scripts.star else "") + scripts.primes
        if index.op == "+":  # in one order, so that x_{1+n} and x_{n+1} are one name
            key = key.replace(canonical(place), index_text(index, names.names.latex), 1)
    last = tokens[end - 1]
    letters = frozenset(t.text for t in (*scripts.below, *above) if starts_name(t))
    stop = last.position + len(last.text)
    return Written(key, source_of(tokens[start:end]), base, base_source, index, letters, first.position, stop), end


def _scripts(tokens: Sequence[Token]) -> _Scripts:
    found, i = _Scripts(), 0
    while i < len(tokens):
        t = tokens[i]
        i += 1
        if t.text == "'":
            found.primes += "'"
        elif t.text in ("_", "^"):
            inside, i = argument(tokens, i, t.position)
            shown = [x for x in inside if x.text != " "]
            if t.text == "_":
                found.below = shown
            elif all(x.text == r"\prime" for x in shown):
                found.primes += "'" * len(shown)
            else:
                found.star = canonical(shown)
    return found


def _unwrapped(tokens: Sequence[Token]) -> list[Token]:
    """What stands between the brackets of an index above a name."""
    shown = [t for t in tokens if t.text != " "]
    while shown and shown[0].text == "{" and group_end(shown, 0) == len(shown) - 1:
        shown = shown[1:-1]
    return shown[1:-1]


def _split(tokens: Sequence[Token]) -> list[list[Token]]:
    """The parts of a subscript between its commas."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for t in tokens:
        depth += (t.text in "({[") - (t.text in ")}]")
        if depth == 0 and t.text == ",":
            parts.append([])
        elif t.text != " ":
            parts[-1].append(t)
    return [p for p in parts if p]


def linear(tokens: Sequence[Token], names: SpatialNames) -> Node | None:
    """An index such as t, t+1, T-1 or 0 as a term, its letters first; None for what is no such sum."""
    coefficients: dict[str, int] = {}
    places: dict[str, Token] = {}
    constant, sign, i = 0, 1, 0
    items = [t for t in tokens if t.text != " "]
    if not items:
        return None
    while i < len(items):
        if items[i].text in "+-" and (i or items[i].text == "-"):
            sign = 1 if items[i].text == "+" else -1
            i += 1
        elif i:
            return None  # letters side by side: a word or a product
        if i >= len(items):
            return None
        t = items[i]
        if t.text.isdigit() and t.text.isascii():
            digits = ""
            while i < len(items) and items[i].text.isdigit() and items[i].text.isascii():
                digits, i = digits + items[i].text, i + 1
            constant += sign * int(digits) if len(digits) < 8 else MAX_INDEX + 1
        elif starts_name(t) and t.text not in FONTS and t.text not in STYLED:
            coefficients[t.text] = coefficients.get(t.text, 0) + sign
            places[t.text] = t
            i += 1
        else:
            return None
    if abs(constant) > MAX_INDEX or any(c not in (0, 1) for c in coefficients.values()):
        return None
    start, stop = items[0].position, items[-1].position + len(items[-1].text)
    found = [
        Node("name", (names.variable(k, k),), places[k].position, places[k].position + len(k))
        for k in sorted(coefficients)
        if coefficients[k]
    ]
    if constant or not found:
        number = Node("number", (Fraction(abs(constant)),), start, stop)
        found.append(number if constant >= 0 else Node("-", (number,), start, stop))
    return found[0] if len(found) == 1 else Node("+", tuple(found), start, stop)


def index_text(node: Node, shown: Mapping[str, str]) -> str:
    """An index as it is printed, its letters first: t+1 also where 1+t was written."""
    if node.op == "name":
        return shown.get(str(node.args[0]), str(node.args[0]))
    if node.op == "number":
        return str(node.args[0])
    if node.op == "-":
        return "-" + index_text(node.parts[0], shown)
    texts = [index_text(p, shown) for p in node.parts]
    return texts[0] + "".join(t if t.startswith("-") else "+" + t for t in texts[1:])

r"""The layout of a formula for edits: where names, numbers, brackets and fractions start and end, with their scripts.

It is rough on purpose. Nothing is concluded from it: whatever it makes possible is read anew by the proper reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from verify.papers.keys import FONTS, STYLED, source_of, starts_name
from verify.papers.name_reader import DIGITS, FRACTIONS
from verify.papers.signs import OPENING, is_sign
from verify.papers.tokens import NotUnderstood, Token, argument

Range = tuple[int, int]
_CLOSE = {"(": ")", "[": "]", r"\{": r"\}", r"\lvert": r"\rvert", r"\lVert": r"\rVert", r"\langle": r"\rangle"}
_CLOSE |= {"|": "|", r"\|": r"\|", r"\lbrace": r"\rbrace", r"\lbrack": r"\rbrack"}
_SUMS = frozenset({r"\sum", r"\prod"})
_SIGNS = frozenset({"+", "-", "−"})
_ENDS = frozenset({")", "]", "}", r"\}", r"\rvert", r"\rVert", r"\rangle", ",", ";", "&"})


@dataclass(frozen=True)
class Atom:
    """A factor from ``start`` to ``stop``; ``power`` and ``below`` are its scripts: the mark, its content, its end.

    ``kind``: name, number, bracket, fraction, root, or value as f(x); ``arguments``: what a fraction and a root hold.
    ``marked`` tells that something stands above it that is no power, such as a star.
    """

    start: int
    stop: int
    kind: str
    arguments: tuple[Range, ...] = ()
    power: tuple[int, Range, int] | None = None
    below: tuple[int, Range, int] | None = None
    marked: bool = False
    depth: int = 0


@dataclass
class Layout:
    """The parts of a formula, outer ones first, and of one depth the last first.

    ``signs`` and ``ones`` are the places of + and -, the latter of those before a last 1; ``limits`` are of sums.
    """

    tokens: Sequence[Token]
    start: int
    stop: int
    atoms: list[Atom] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)  # of signs, behind their depths
    signs: list[int] = field(default_factory=list)
    ones: list[int] = field(default_factory=list)
    limits: list[Range] = field(default_factory=list)

    def source(self, a: Atom) -> str:
        """The LaTeX of an atom."""
        return source_of(self.tokens[a.start : a.stop])

    def opens(self, i: int) -> bool:
        """Whether a term starts here: nothing stands before it, or an operation, a relation, a bracket."""
        if i <= self.start:
            return True
        before = self.tokens[i - 1]
        return before.text in OPENING or before.text in (",", *_SIGNS) or is_sign(before)

    def ends(self, i: int) -> bool:
        """Whether a term ends before this place."""
        t = self.tokens[i] if i < self.stop else None
        return t is None or t.text in _ENDS or t.text in _SIGNS or is_sign(t)

    def followed_by_a_factor(self, a: Atom) -> bool:
        return any(b.start == a.stop for b in self.atoms)

    def beside_a_factor(self, a: Atom) -> bool:
        """Whether an atom may be left out, because the product has another one."""
        return self.followed_by_a_factor(a) or (self.ends(a.stop) and any(b.stop == a.start for b in self.atoms))

    def is_denominator(self, a: Atom) -> bool:
        """Whether an atom is all that stands below a fraction."""
        return any(b.kind == "fraction" and b.arguments[1] == (a.start, a.stop) for b in self.atoms)

    def other_part(self, a: Atom) -> str:
        """What stands above or below an atom that is all of the other part of a fraction; empty elsewhere."""
        for b in self.atoms:
            if b.kind == "fraction" and (a.start, a.stop) in b.arguments:
                above, below = b.arguments
                return source_of(self.tokens[slice(*(below if above == (a.start, a.stop) else above))])
        return ""

    def alone(self, a: Atom) -> bool:
        """Whether an atom is a whole term and no part of a product; a sign before it is a plus."""
        before = self.tokens[a.start - 1].text if a.start > self.start else ""
        return self.opens(a.start) and before not in ("-", "−") and self.ends(a.stop)


def layout(tokens: Sequence[Token], start: int, stop: int) -> Layout:
    """The layout of some tokens."""
    out = Layout(tokens, start, stop)
    _walk(out, start, stop, 0)
    out.atoms.sort(key=lambda a: (a.depth, -a.start))
    out.signs = [i for _, i in sorted(out.places, key=lambda place: (place[0], -place[1]))]
    return out


def _walk(out: Layout, i: int, stop: int, depth: int) -> None:
    while i < stop:
        t = out.tokens[i]
        if t.text in _SIGNS:
            out.places.append((depth, i))
            if _is_one(out, i + 1, stop):
                out.ones.append(i)
            i += 1
        elif t.text in _SUMS:
            i = _limits(out, i + 1, stop)
        elif (found := _atom(out, i, stop, depth)) is not None:
            out.atoms.append(replace(found, depth=depth))
            i = found.stop
        else:
            i += 1


def _is_one(out: Layout, i: int, stop: int) -> bool:
    after = out.tokens[i + 1] if i + 1 < stop else None
    return i < stop and out.tokens[i].text == "1" and (after is None or out.ends(i + 1))


def _content(out: Layout, i: int, stop: int) -> tuple[Range, int] | None:
    """What an argument at i holds, and its end."""
    try:
        inside, end = argument(out.tokens[:stop], i, 0)
    except NotUnderstood:
        return None
    braces = out.tokens[i].text == "{"
    return ((i + 1, end - 1) if braces else (i, end)) if inside else (i, i), end


def _limits(out: Layout, i: int, stop: int) -> int:
    """The ends of a sum: T - 1 over it, and 0 behind the sign of equality under it."""
    while i < stop and out.tokens[i].text in ("_", "^"):
        found = _content(out, i + 1, stop)
        if found is None:
            return i + 1
        (a, b), end = found
        if out.tokens[i].text == "_":
            a = next((k + 1 for k in range(a, b) if out.tokens[k].text == "="), b)
        if a < b:
            out.limits.append((a, b))
            out.ones += [k for k in range(a, b) if out.tokens[k].text in _SIGNS and _is_one(out, k + 1, b)]
        i = end
    return i


def _atom(out: Layout, i: int, stop: int, depth: int) -> Atom | None:
    tokens, t = out.tokens, out.tokens[i]
    if t.text in DIGITS or (t.text == "." and i + 1 < stop and tokens[i + 1].text in DIGITS):
        end = i
        while end < stop and (tokens[end].text in DIGITS or (tokens[end].text == "." and end + 1 < stop)):
            end += 1
        return _scripted(out, i, end, stop, "number")
    if t.text in FRACTIONS and (above := _content(out, i + 1, stop)) and (below := _content(out, above[1], stop)):
        _walk(out, *above[0], depth + 1)
        _walk(out, *below[0], depth + 1)
        return _scripted(out, i, below[1], stop, "fraction", (above[0], below[0]))
    if t.text == r"\sqrt" and i + 1 < stop and tokens[i + 1].text != "[" and (inner := _content(out, i + 1, stop)):
        _walk(out, *inner[0], depth + 1)
        return _scripted(out, i, inner[1], stop, "root", (inner[0],))
    if t.text in FONTS | STYLED and t.kind == "token":
        found = _content(out, i + 1, stop)
        return None if found is None else _scripted(out, i, found[1], stop, "name")
    if starts_name(t):
        name = _scripted(out, i, i + 1, stop, "name")
        after = _value(out, name.stop, stop)
        return name if after is None else replace(name, stop=after, kind="value")
    if t.text in _CLOSE and t.kind == "token" and (close := _closing(out, i, stop)) is not None:
        _walk(out, i + 1, close - 1, depth + 1)
        return _scripted(out, i, close, stop, "bracket")
    return None


def _value(out: Layout, i: int, stop: int) -> int | None:
    """The end of a bracket behind a name that holds one name, as f(w_t) does: mostly an argument, and left alone."""
    if i >= stop or out.tokens[i].text != "(" or (end := _closing(out, i, stop)) is None or end < i + 3:
        return None
    if not starts_name(out.tokens[i + 1]):
        return None
    inner = _scripted(out, i + 1, i + 2, end - 1, "name")
    return end if inner.stop == end - 1 else None


def _closing(out: Layout, i: int, stop: int) -> int | None:
    """The place behind the bracket that closes the one at i."""
    opening, closing, depth = out.tokens[i].text, _CLOSE[out.tokens[i].text], 0
    for j in range(i + 1, stop):
        text = out.tokens[j].text
        if text == closing:
            if depth == 0:
                return j + 1
            depth -= 1
        elif text == opening:
            depth += 1
    return None


def _scripted(out: Layout, start: int, end: int, stop: int, kind: str, arguments: tuple[Range, ...] = ()) -> Atom:
    """An atom with the scripts behind it."""
    power = below = None
    marked = False
    while end < stop:
        text = out.tokens[end].text
        if text == "'":
            end, marked = end + 1, True
            continue
        if text not in ("_", "^") or (found := _content(out, end + 1, stop)) is None:
            break
        (a, b), after = found
        if text == "_":
            below = (end, (a, b), after)
        elif kind == "name" and not _is_power(out.tokens[a:b]):
            marked = True
        else:
            power = (end, (a, b), after)
            out.ones += [k for k in range(a, b) if out.tokens[k].text in _SIGNS and _is_one(out, k + 1, b)]
        end = after
    return Atom(start, end, kind, arguments, power, below, marked)


def _is_power(tokens: Sequence[Token]) -> bool:
    """Whether what stands above a name may be a power: it is no star, no index in brackets, no mark."""
    texts = {t.text for t in tokens}
    return bool(tokens) and not texts & {"*", r"\ast", r"\star", r"\dagger", r"\prime", "(", r"\top"}

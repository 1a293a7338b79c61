r"""Small edits of a step as it is written: a relation turned round, a sign, a factor, an exponent, an index.

An edit replaces some tokens by others, in the step and in the file alike, so that what is suggested keeps the author's
notation. Nothing is concluded from an edit: whoever tries one reads the changed step anew (``suggest``). The kinds come
in the order of the likeliest slips; of one kind outer parts come first, and of these the last.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from verify.papers.atoms import Atom, Layout, layout
from verify.papers.cleaning import SIZES, clean
from verify.papers.keys import source_of
from verify.papers.tokens import Token, tokenize

KINDS = ("relation", "sign", "factor", "exponent", "index", "lost")
MAX_SWAPS = 3  # of one index for another
MAX_LETTERS = 6  # that are tried as a lost factor
_PAIRS = (("<", ">"), (r"\le", r"\ge"), (r"\leq", r"\geq"), (r"\leqslant", r"\geqslant"), (r"\lt", r"\gt"), ("≤", "≥"))
TURNED = dict(_PAIRS) | {b: a for a, b in _PAIRS}
WEAKENED = "a strict inequality made weak"
WEAK = {"<": r"\le", ">": r"\ge", r"\lt": r"\le", r"\gt": r"\ge"}
_SIZE = re.compile(r"(?:" + "|".join(re.escape(s) for s in sorted(SIZES | {r"\left"}, key=len)) + r")\s*$")
_WORD = re.compile(r"\\[A-Za-z]+$")


@dataclass(frozen=True)
class Replacement:
    """The characters from ``start`` to ``stop`` of a file, and what to write instead."""

    start: int
    stop: int
    text: str


@dataclass(frozen=True)
class Edit:
    """The tokens from ``start`` to ``stop`` replaced by ``text``; ``what`` says it in words.

    ``after`` tells that an insertion belongs to what stands before it, as a power does.
    """

    start: int
    stop: int
    text: str
    what: str
    kind: str
    after: bool = False

    def applied(self, tokens: Sequence[Token]) -> list[Token]:
        """The changed tokens; what is new has the place of what it replaces."""
        at = tokens[min(self.start, len(tokens) - 1)]
        if self.kind == "relation":  # the reason over it stays
            return [*tokens[: self.start], replace(at, text=self.text), *tokens[self.stop :]]
        new = [replace(t, position=at.position) for t in clean(tokenize(self.text))]
        return [*tokens[: self.start], *new, *tokens[self.stop :]]

    def placed(self, tokens: Sequence[Token], text: str) -> Replacement | None:
        """The edit in the file; None where its tokens do not stand there, but come out of a macro."""
        spans = [_span(t, text) for t in tokens[self.start : self.stop]]
        if any(span is None for span in spans):
            return None
        found = [span for span in spans if span is not None]
        if any(a[1] > b[0] for a, b in itertools.pairwise(found)):
            return None
        if found:
            start, stop = _before_size(text, found[0][0]), found[-1][1]
        else:
            beside = self.start - 1 if self.after else self.start
            span = _span(tokens[beside], text) if 0 <= beside < len(tokens) else None
            if span is None:
                return None
            start = stop = span[1] if self.after else _before_size(text, span[0])
        return Replacement(start, stop, _apart(text[:start], self.text, text[stop : stop + 1]))


def edits(
    tokens: Sequence[Token],
    start: int,
    stop: int,
    indices: Mapping[str, Sequence[str]],
    letters: Sequence[str] = (),
) -> Iterator[Edit]:
    """The edits of the tokens from ``start`` to ``stop``, one side of a step, by kind.

    ``indices`` has for a letter the subscripts that it has elsewhere, ``letters`` are names that may have been lost.
    """
    found = layout(tokens, start, stop)
    for kind in (_signs, _factors, _exponents, _indices, _lost):
        yield from kind(found, indices, letters)


def turned(sign: Token, place: int) -> Iterator[Edit]:
    """The relation of a step made weak, and turned round."""
    if sign.text in WEAK:
        yield Edit(place, place + 1, WEAK[sign.text], WEAKENED, "relation")
    if sign.text in TURNED:
        yield Edit(place, place + 1, TURNED[sign.text], "the inequality turned round", "relation")


# ---------------------------------------------------------------- by kind

_Indices = Mapping[str, Sequence[str]]


def _signs(f: Layout, indices: _Indices, letters: Sequence[str]) -> Iterator[Edit]:
    for i in f.signs:
        first = f.opens(i)
        other = "-" if f.tokens[i].text == "+" else "" if first else "+"
        yield Edit(i, i + 1, other, "a sign changed", "sign")


def _factors(f: Layout, indices: _Indices, letters: Sequence[str]) -> Iterator[Edit]:
    for a in f.atoms:
        if a.kind == "number":
            yield from _numbers(f, a)
        elif a.kind == "fraction":
            yield from _fractions(f, a)
    for a in f.atoms:
        if f.beside_a_factor(a) and a.kind != "number":
            yield Edit(a.start, a.stop, "", f"the factor {f.source(a)} dropped", "factor")
    for a in f.atoms:
        if f.opens(a.start) and a.kind != "number":
            yield Edit(a.start, a.start, "2", "a factor 2 added", "factor")
            yield Edit(a.start, a.start, r"\frac{1}{2}", "a factor 1/2 added", "factor")


def _lost(f: Layout, indices: _Indices, letters: Sequence[str]) -> Iterator[Edit]:
    for a in f.atoms:
        if f.opens(a.start) and a.kind != "number":
            for letter in letters[:MAX_LETTERS]:
                yield Edit(a.start, a.start, letter, f"a factor {letter} added", "lost")


def _numbers(f: Layout, a: Atom) -> Iterator[Edit]:
    text = f.source(a)
    if not text.isdigit():  # with a power, or decimals
        return
    n = int(text)
    if n % 2 == 0 and n and not (n == 2 and f.is_denominator(a)):  # that is left out with its fraction
        drops = n == 2 and f.followed_by_a_factor(a)
        yield Edit(a.start, a.stop, "" if drops else str(n // 2), "a factor 2 dropped", "factor")
    same = f.other_part(a)  # 3/3 is nothing that anybody writes
    if str(2 * n) != same:
        yield Edit(a.start, a.stop, str(2 * n), "a factor 2 added", "factor")
    for other in (n - 1, n + 1):
        if other > 0 and str(other) != same and not (other == 1 and f.is_denominator(a)):
            drops = other == 1 and f.followed_by_a_factor(a)
            yield Edit(a.start, a.stop, "" if drops else str(other), f"{other} for {n}", "factor")


def _fractions(f: Layout, a: Atom) -> Iterator[Edit]:
    above, below = a.arguments
    top, bottom = source_of(f.tokens[slice(*above)]), source_of(f.tokens[slice(*below)])
    if bottom == "2":
        sum_ = any(f.opens(i) is False and above[0] <= i < above[1] for i in f.signs)
        whole = f"({top})" if sum_ else top
        text = "" if top == "1" and f.followed_by_a_factor(a) else whole
        yield Edit(a.start, a.stop, text, "a factor 2 dropped", "factor")
    command = f.tokens[a.start].text
    yield Edit(a.start, a.stop, f"{command}{{{bottom}}}{{{top}}}", "a fraction turned over", "factor")


def _exponents(f: Layout, indices: _Indices, letters: Sequence[str]) -> Iterator[Edit]:
    for a in f.atoms:
        if a.power is not None:
            hat, inner, end = a.power
            text = source_of(f.tokens[inner[0] : inner[1]])
            if text == "2":
                yield Edit(hat, end, "", "a square dropped", "exponent")
            if text.isdigit():
                for k in (int(text) - 1, int(text) + 1):
                    if k > 1:
                        shown = f"^{k}" if k < 10 else f"^{{{k}}}"
                        yield Edit(hat, end, shown, f"the power {k} for {text}", "exponent")
            elif text:
                for change in ("-1", "+1"):
                    yield Edit(hat, end, f"^{{{text}{change}}}", f"{text}{change} for {text}", "exponent")
        elif a.kind in ("name", "bracket") and not a.marked:
            yield Edit(a.stop, a.stop, "^2", "a square added", "exponent", after=True)
        elif a.kind == "root":
            inner = a.arguments[0]
            text = source_of(f.tokens[slice(*inner)])
            text = f"({text})" if any(inner[0] <= i < inner[1] for i in f.signs) else text
            yield Edit(a.start, a.stop, text, "a root dropped", "exponent")
    for a in f.atoms:
        if a.kind == "name" and a.power is None and not a.marked:
            yield Edit(a.start, a.stop, rf"\sqrt{{{f.source(a)}}}", "a root added", "exponent")


def _indices(f: Layout, indices: _Indices, letters: Sequence[str]) -> Iterator[Edit]:
    for a in f.atoms:
        if a.below is None:
            continue
        mark, inner, end = a.below
        base, now = source_of(f.tokens[a.start : mark]), source_of(f.tokens[inner[0] : inner[1]])
        for other in [x for x in indices.get(base, ()) if x != now][:MAX_SWAPS]:
            shown = other if len(other) == 1 or re.fullmatch(r"\\[A-Za-z]+", other) else f"{{{other}}}"
            yield Edit(mark, end, f"_{shown}", f"{base}_{shown} for {source_of(f.tokens[a.start : end])}", "index")
    for i in reversed(f.ones):  # T for T - 1, also in exponents and over sums
        sign = f.tokens[i].text
        yield Edit(i, i + 2, "", f"{'-' if sign != '+' else '+'} 1 dropped", "index")
    for start, stop in f.limits:
        text = source_of(f.tokens[start:stop])
        if text in ("0", "1"):
            other = "1" if text == "0" else "0"
            yield Edit(start, stop, other, f"a sum from {other} for {text}", "index")
        else:
            for change in ("-1", "+1"):
                yield Edit(start, stop, f"{text}{change}", f"{text}{change} for {text}", "index")
    for a in f.atoms:
        if a.kind == "name" and a.power is None:
            text = f.source(a)
            for change in ("+1", "-1"):
                new = f"{text}{change}" if f.alone(a) else f"({text}{change})"
                yield Edit(a.start, a.stop, new, f"{text}{change} for {text}", "index")


# ---------------------------------------------------------------- in the file


def _span(t: Token, text: str) -> tuple[int, int] | None:
    """Where a token stands in the file; None where something else stands at its place."""
    for written in (t.text, *((r"\|",) if t.text in (r"\lVert", r"\rVert") else ())):
        if text.startswith(written, t.position):
            return t.position, t.position + len(written)
    return None


def _before_size(text: str, start: int) -> int:
    r"""The place before \left or \big, where such a command stands before a bracket."""
    found = _SIZE.search(text, max(0, start - 12), start)
    return start if found is None else found.start()


def _apart(before: str, new: str, after: str) -> str:
    """The new text with a space where a command would otherwise swallow a letter."""
    if new and new[0].isalpha() and _WORD.search(before[-40:]):
        new = f" {new}"
    ends = _WORD.search((before[-40:] + new) if not new.startswith(" ") else new)
    return f"{new} " if after[:1].isalpha() and ends is not None else new

r"""The text between the displays of a paper, as sentences of words and inline formulas, with their places."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from verify.papers.document import Display, Document
from verify.papers.sources import Part

Kind = Literal["word", "math", "comma", "reference", "begin", "end", "section", "stop"]
_ITEM = re.compile(
    r"(?P<comment>(?<!\\)%[^\n]*\n?)"
    r"|(?P<blank>\n[ \t]*\n\s*)"
    r"|(?<!\\)\$(?P<dollars>(?:\\.|[^$\\])+)\$|\\\((?P<brackets>.+?)\\\)"
    r"|\\begin\s*\{(?P<begin>[A-Za-z]+)\*?\}|\\end\s*\{(?P<end>[A-Za-z]+)\*?\}"
    r"|\\(?:part|chapter|(?:sub){0,2}section|paragraph)\*?\s*\{(?P<section>[^{}]*)\}"
    r"|\\(?:eqref|ref|cref|Cref|autoref)\s*\{(?P<reference>[^{},]*)\}"
    r"|(?P<skipped>\\(?:label|cite[a-z]*|footnote)\s*(?:\[[^\]]*\])?\s*\{[^{}]*\})"
    r"|(?P<word>-{0,2}[A-Za-zÀ-ÿ]+(?:[-'][A-Za-zÀ-ÿ]+)*)"
    r"|(?P<stop>[.!?](?=[\s}~]|$)|[;:])"
    r"|(?P<comma>,)"
    r"|(?P<command>\\(?:[A-Za-z@]+|.))",
    re.DOTALL,
)


def words(text: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(text.split())


@dataclass(frozen=True)
class Item:
    """A word in lower case, a formula as it is written, the label that is referred to, or what structures a text.

    ``start`` and ``stop`` are places in the file.

    Of a word such as ``-smooth`` behind a formula the hyphen is kept.
    """

    kind: Kind
    text: str
    start: int
    stop: int


@dataclass(frozen=True)
class Sentence:
    """A sentence, or what of it stands before a display; ``before`` is the display that ends it, if one does."""

    items: tuple[Item, ...]
    before: Display | None = None

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(i.text for i in self.items if i.kind == "word")


def pieces(document: Document, parts: Collection[Part] | None = None) -> Iterator[Sentence | Display | Item]:
    """Sentences, displays, and what structures the text (environments and sections), in the order of TeX.

    Only of some files of the paper, where ``parts`` says which.
    """
    displays = [e for e in document.events if isinstance(e, Display)]
    for start, stop in document.spans:
        if parts is not None and document.part(start) not in parts:
            continue
        position = start
        for display in displays:
            if start <= display.position < stop:
                yield from _between(document.text, position, display.position, display)
                yield display
                position = display.stop + _length_of_end(document.text, display)
        yield from _between(document.text, position, stop, None)


def _length_of_end(text: str, display: Display) -> int:
    found = re.compile(r"\\end\s*\{[A-Za-z]+\*?\}|\\\]|\$\$").match(text, display.stop)
    return 0 if found is None else found.end() - display.stop


def _between(text: str, start: int, stop: int, display: Display | None) -> Iterator[Sentence | Item]:
    kept: list[Item] = []
    for item in _items(text, start, stop):
        if item.kind in ("word", "math", "comma", "reference"):
            kept.append(item)
            continue
        if kept:
            yield Sentence(tuple(kept))
            kept = []
        if item.kind != "stop":
            yield item
    if kept:
        yield Sentence(tuple(kept), display)


def _items(text: str, start: int, stop: int) -> Iterator[Item]:
    for found in _ITEM.finditer(text, start, stop):
        kind = found.lastgroup
        a, b = found.start(), found.end()
        if kind in ("dollars", "brackets"):
            yield Item("math", found[kind], found.start(kind), b)
        elif kind == "word":
            yield Item("word", found["word"].lower(), a, b)
        elif kind == "comma":
            yield Item("comma", ",", a, b)
        elif kind in ("reference", "begin", "end", "section"):
            yield Item(kind, found[kind], a, b)  # type: ignore[arg-type]
        elif kind in ("stop", "blank"):
            yield Item("stop", "", a, b)

r"""The structure of a paper: its displays, the ``% verify:`` comments before them, and the macros in force at each.

``scanner`` finds them, in the file and in those of its folder that it reads; no command of TeX is run. A position is a
place in the text of all these files, one behind the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from verify.papers.macros import Macro, expand
from verify.papers.sources import Part, part_at
from verify.papers.tokens import Token, tokenize

DISPLAYS = (
    "equation", "align", "alignat", "flalign", "gather", "multline", "eqnarray", "IEEEeqnarray", "displaymath", "dmath",
)  # fmt: skip
INNER = frozenset({"aligned", "alignedat", "gathered", "split", "multlined", "IEEEeqnarraybox"})
CASES = frozenset({"cases", "dcases", "numcases", "cases*", "dcases*"})
ENVIRONMENTS = frozenset({*DISPLAYS, *INNER, *CASES, "document"})  # those that have a meaning here


BOUND = ("claim", "expression")  # the comments that name something of a theory


@dataclass(frozen=True)
class Directive:
    """A ``% verify:`` comment: its verb, what follows it, where both start, and the macros defined before it.

    ``doubt`` says why nothing can be understood at this place of the file.
    """

    verb: str
    rest: str
    position: int
    start: int
    macros: Mapping[str, Macro]
    doubt: str = ""


@dataclass(frozen=True)
class Display:
    """A displayed formula: its environment and its source; ``macros`` are those defined before it.

    ``ended`` is false where the file ends inside it. ``lead`` and ``trail`` are what macros that open and close it
    put into it. ``restricted`` tells that the words behind a formula in the text may restrict what it says.
    """

    environment: str
    start: int
    stop: int
    position: int
    macros: Mapping[str, Macro]
    ended: bool = True
    doubt: str = ""
    lead: tuple[Token, ...] = ()
    trail: tuple[Token, ...] = ()
    restricted: bool = False


@dataclass(frozen=True)
class Fault:
    """A comment at a place where none can stand."""

    what: str
    hint: str
    position: int


@dataclass(frozen=True)
class Other:
    """What stands where a comment waits for its display."""

    what: str
    position: int


@dataclass(frozen=True)
class Aside:
    """A formula in a sentence that gives a name to something; ``sure``: by a sign for it, and no words restrict it."""

    formula: Display
    sure: bool

    @property
    def position(self) -> int:
        return self.formula.position


Event = Directive | Display | Fault | Other | Aside


@dataclass(frozen=True)
class Document:
    """The events of a paper in order; ``parts`` say which file stands where in the text, ``folder`` where they lie.

    ``spans`` are the parts of the text in the order in which TeX reads them, without those of packages. ``unread`` says
    of files that it reads why they are not read here.
    """

    name: str
    text: str
    events: tuple[Event, ...]
    parts: tuple[Part, ...] = ()
    folder: Path | None = None
    spans: tuple[tuple[int, int], ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def main(self) -> str:
        """The text of the paper itself, without those of the files that it reads."""
        return self.text[: self.parts[0].stop] if self.parts else self.text

    @property
    def displays(self) -> list[Display]:
        """The displays of the paper itself."""
        return [e for e in self.events if isinstance(e, Display) and not self.file(e.position)]

    def part(self, position: int) -> Part:
        """The file in which a place lies."""
        return part_at(self.parts, position) if self.parts else Part(self.name, 0, len(self.text))

    def file(self, position: int) -> str:
        """The file in which a place lies; empty for the paper itself."""
        part = self.part(position)
        return part.name if part.start else ""

    def line(self, position: int) -> int:
        """The line of its file in which a place lies, from 1."""
        return self.text.count("\n", self.part(position).start, position) + 1

    def column(self, position: int) -> int:
        """The column of a place, from 1."""
        start = self.part(position).start
        return position - max(self.text.rfind("\n", start, position), start - 1)

    def place(self, position: int) -> str:
        """A place in words: its line, and its file where that is another than the paper."""
        file = self.file(position)
        return f"line {self.line(position)}" + (f" of {file}" if file else "")

    def tokens(self, display: Display) -> list[Token]:
        """The tokens of a display with macros expanded; raises ``NotUnderstood``."""
        found = expand(tokenize(self.text, display.start, display.stop), display.macros)
        return [*display.lead, *found, *display.trail]

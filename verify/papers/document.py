r"""The structure of a paper: its displays, the ``% verify:`` comments before them, and the macros in force at each.

``scanner`` finds them. No other file is opened, and no command of TeX is run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from verify.papers.tokens import Macro

MAX_CHARACTERS = 4_000_000
DISPLAYS = (
    "equation", "align", "alignat", "flalign", "gather", "multline", "eqnarray", "IEEEeqnarray", "displaymath", "dmath",
)  # fmt: skip


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

    ``ended`` is false where the file ends inside it.
    """

    environment: str
    start: int
    stop: int
    position: int
    macros: Mapping[str, Macro]
    ended: bool = True
    doubt: str = ""


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
class Document:
    """The events of a paper in order."""

    name: str
    text: str
    events: tuple[Directive | Display | Fault | Other, ...]

    def line(self, position: int) -> int:
        return self.text.count("\n", 0, position) + 1

    def column(self, position: int) -> int:
        return position - self.text.rfind("\n", 0, position)

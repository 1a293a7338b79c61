"""A way through the files of a paper in the order in which TeX reads them, with the state that TeX has on it."""

from __future__ import annotations

import re
from abc import abstractmethod
from pathlib import Path

from verify.papers import inputs
from verify.papers.asides import kind_of_aside
from verify.papers.conditionals import Conditionals
from verify.papers.definitions import Definitions
from verify.papers.display_end import End
from verify.papers.document import Aside, Display, Document, Event, Other
from verify.papers.groups import Groups
from verify.papers.sources import Sources, Unreadable, part_at
from verify.papers.tokens import commands
from verify.runtime.errors import BadInput, present

MAX_DISPLAYS = 5_000
_VERBATIM = {"verbatim", "Verbatim", "lstlisting", "minted", "comment", "filecontents", "alltt", "BVerbatim"}
_EVENT = re.compile(
    r"(?P<comment>%[^\n]*)"
    r"|(?P<begin>\\begin[ \t]*\{(?P<env>[^{}\\\n]*?)\*?\})"
    r"|(?P<end>\\end[ \t]*\{(?P<ended>[^{}\\\n]*?)\*?\})"
    r"|(?P<bracket>\\\[)|(?P<dollars>\$\$)|(?P<dollar>\$)"
    r"|(?P<open>\{+)|(?P<close>\})"
    r"|(?P<verb>\\(?:verb|lstinline)\*?(?=[^A-Za-z*\s{\[]))"
    r"|(?P<word>\\(?:[A-Za-z@]+|.|\n))"
    r"|(?P<hats>\^\^)"
    r"|(?P<other>[^\s\\%${}^]+|\^)",
    re.DOTALL,
)

DECLARATIONS = commands(
    "newif DefineShortVerb MakeShortVerb excludecomment DefineVerbatimEnvironment lstnewenvironment newverbatim"
)


class Walk:
    """The state at a place of a paper, and the events so far."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.text, self.base = "", 0  # of the file that is gone through: its text, and where it starts in the paper
        self.near: Path | None = sources.folder  # the folder of that file
        self.depth = 0
        self.quiet = 0  # inside how many packages, whose displays are none of the paper
        self.only: frozenset[str] | None = None  # what \\includeonly lists
        self.ended = False
        self.events: list[Event] = []
        self.spans: list[tuple[int, int]] = []  # the parts of the text in the order in which TeX reads them
        self.since = 0  # where the part that is read now begins
        self.unread: list[str] = []  # why files that the paper reads are not read here
        self.definitions = Definitions()
        self.conditionals = Conditionals(self.definitions)
        self.groups = Groups(self.definitions, self.conditionals)
        self.verbatim = set(_VERBATIM)
        self.after_command = False
        self.expecting = False
        self.asked = False  # whether a comment that waits asks to check what comes

    def run(self, text: str) -> Document:
        """Go through the paper."""
        s = self.sources
        s.add(s.main, text, None if s.folder is None else Path(Path(s.main).name))
        self._go(text, 0)
        self._span(len(text))
        return Document(
            s.main, s.text, tuple(self.events), tuple(s.parts), s.folder, tuple(self.spans), tuple(self.unread)
        )

    def _span(self, stop: int) -> None:
        """A part of the text ends here; of packages none are kept."""
        if not self.quiet and stop > self.since:
            self.spans.append((self.since, stop))

    def _go(self, text: str, base: int, *, position: int = 0, upto: int | None = None) -> None:
        """Go through a file from a place on; where TeX comes back from it, reading goes on in the file before."""
        outer = self.text, self.base
        self.text, self.base = (text if upto is None else text[:upto]), base
        while (match := _EVENT.search(self.text, position)) is not None:
            found = self._event(match)
            if found is None or self.ended:
                break
            position = found
            if len(self.events) > 2 * MAX_DISPLAYS:
                what = f"{self.sources.main} has more than {MAX_DISPLAYS} displays and comments"
                raise BadInput(what, "split the file")
        self.text, self.base = outer

    def _note(self, event: Event) -> None:
        if not self.quiet:
            self.events.append(event)

    @abstractmethod
    def _event(self, match: re.Match[str]) -> int | None:
        """Handle what was found; the position after it, or None where the file ends for TeX."""

    @property
    def asking(self) -> bool:
        """Whether a comment right before this place asks to check what comes."""
        return self.expecting and self.asked

    def _something(self, what: str, position: int) -> None:
        """Something that is no display: a comment that waits for one does not reach further."""
        if self.expecting:
            self._note(Other(what, self.base + position))
            self.expecting = False
        self.asked = False  # whether a comment that waits asks to check what comes

    # ------------------------------------------------------------ other files

    def _input(self, word: str, match: re.Match[str]) -> int:
        """Go through the files that a command reads; the position after it."""
        found = inputs.request(word, self.text, match.end())
        if found is None:
            self.definitions.distrust(f"{word} reads a file that cannot be told", everywhere=True)
            return match.end()
        if word == r"\includeonly":
            self.only = frozenset(found.names)
            return found.end
        if not found.package:
            self._something(f"the command {word}", match.start())
        self._span(self.base + match.start())
        self.since = self.base + found.end
        for name in found.names:
            if word == r"\include" and self.only is not None and name not in self.only:
                continue
            try:
                self._file(found, name)
            except Unreadable as error:
                self.definitions.distrust(f"{error} ({self._here(match.start())})", everywhere=True)
                self.unread.append(str(error))
        return found.end

    def _here(self, position: int) -> str:
        line = self.text.count("\n", 0, position) + 1
        return f"line {line}" + (f" of {part_at(self.sources.parts, self.base).name}" if self.base else "")

    def _file(self, wanted: inputs.Request, name: str) -> None:
        """Go through one file; ``Unreadable`` where it is not read."""
        if inputs.known(wanted, name) or (self.sources.folder is None and not wanted.needed):
            return
        path = self.sources.find(wanted.folder + name, wanted.endings, self.near)
        if path is None:
            if wanted.needed and not inputs.idle(name):
                raise Unreadable(f"the file {wanted.folder}{name} is not found")
            return
        text, base = self.sources.read(path, self.depth + 1)
        start, stop = inputs.span(wanted, text)
        outer = self.since
        near, groups = self.near, self.groups.count
        self.near, self.depth, self.quiet = path.parent, self.depth + 1, self.quiet + wanted.package
        if wanted.grouped:
            self.groups.open("file")
        self.since = base + start
        self._go(text, base, position=start, upto=stop)
        self._span(base + (len(text) if stop is None else stop))
        self.since = outer
        if wanted.grouped:
            self.groups.close("file")
        elif self.groups.count < groups:
            self.definitions.distrust(
                f"{self.sources.shown(path)} closes groups that it does not open", everywhere=True
            )
        self.ended = self.ended and not wanted.grouped
        self.near, self.depth, self.quiet = near, self.depth - 1, self.quiet - wanted.package

    # ------------------------------------------------------------ formulas and declarations

    def _aside(self, opening: int, start: int, stop: int, after: int) -> None:
        """A formula in the text that nobody asks to check: it may define a name."""
        d = self.definitions
        kind = kind_of_aside(self.text, opening, start, stop, after, d.macros)
        if kind:
            first, last, opens = (self.base + at for at in (start, stop, opening))
            formula = Display("inline", first, last, opens, d.snapshot(), doubt=d.doubt)
            self._note(Aside(formula, kind == "sign"))

    def _aside_to(self, opening: int, start: int, found: End) -> None:
        if found.after is not None:
            self._aside(opening, start, found.stop, found.after)

    def _inline(self, position: int) -> int:
        """The position after inline mathematics; a blank line ends it."""
        end = re.compile(r"(?:\\.|%[^\n]*|[^$\\%\n]|\n(?![ \t]*\n))*", re.DOTALL).match(self.text, position)
        end = present(end)
        return end.end() + 1 if self.text[end.end() : end.end() + 1] == "$" else position

    def _declaration(self, word: str, position: int) -> int:
        found = re.compile(r"\s*\{?\s*(\\?[A-Za-z@]+|\\.)\s*\}?").match(self.text, position)
        if found is None:
            return position
        if word == r"\newif":
            self.conditionals.own.add(found.group(1))
        elif "ShortVerb" not in word:
            self.verbatim.add(found.group(1))
        else:
            self.definitions.distrust(f"{word} changes what characters mean")
        return found.end()

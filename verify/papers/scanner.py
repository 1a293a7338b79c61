r"""Goes through a paper as TeX would: comments, verbatim text, conditionals, groups, definitions and displays in order.

Files of its folder that it reads, as by \\input, are gone through at that place. Everything else is only passed over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from verify.papers import inputs, shorthands
from verify.papers.definitions import is_definition, skip_groups
from verify.papers.display_end import DIRECTIVE, ending, may_restrict
from verify.papers.document import DISPLAYS, Directive, Display, Document, Fault
from verify.papers.sources import Sources, read_main
from verify.papers.tokens import NotUnderstood, Token, commands, tokenize
from verify.papers.walk import DECLARATIONS, Walk

ASKING = frozenset({"derive", "claim", "expression"})  # the comments behind which a formula in the text is checked
MAX_CALL = 3_000  # characters behind a macro that opens a display in which its arguments are looked for
_WRAPPERS = frozenset({"subequations", "proof", "center", "small", "footnotesize", "quote", "minipage"})
# What may stand between a comment and its display.
_IDLE = commands(
    "noindent par smallskip medskip bigskip centering small footnotesize normalsize allowdisplaybreaks begingroup "
    "endgroup bgroup egroup makeatletter makeatother newpage clearpage pagebreak nopagebreak iftrue iffalse else fi "
    "relax ignorespaces displaybreak samepage leavevmode label vspace vskip hspace"
)


def read(path: Path) -> Document:
    """Read a file, and those of its folder that it reads; ``BadInput`` where that is impossible or it is too large."""
    return scan(read_main(path), str(path), folder=path.parent)


def scan(
    text: str, name: str = "paper", folder: Path | None = None, replaced: Mapping[Path, str] | None = None
) -> Document:
    """The displays and directives of a LaTeX text; files that it reads are looked for in the folder.

    ``replaced``: texts that count in the place of such files, by their paths seen from the folder.
    """
    return _Scan(Sources(name, folder, replaced or {})).run(text)


class _Scan(Walk):
    """What stands in a file, one event after the other."""

    def _event(self, match: re.Match[str]) -> int | None:
        """Handle what was found; the position after it, or None where the file ends for TeX."""
        position = match.end()
        if match["comment"]:
            self._comment(match)
            return position
        before, self.after_command = self.after_command, False
        if match["begin"]:
            return self._begin(match)
        if match["end"]:
            return self._end(match)
        elif match["bracket"] or match["dollars"]:
            return self._display(r"\[" if match["bracket"] else "$$", (), match.start(), position)
        elif match["dollar"]:
            end = self._inline(position)
            if self.asking and end > position:
                return self._formula(match.start(), position, end - 1, end)
            self._something("inline mathematics", match.start())
            if end > position:
                self._aside(match.start(), position, end - 1, end)
            return end
        elif match["open"]:
            self.groups.braces(len(match["open"]), argument=before)
        elif match["close"]:
            self.after_command = self.groups.close("{")
        elif match["verb"]:
            self._something("text", match.start())
            closing = self.text.find(self.text[position], position + 1)
            return len(self.text) if closing < 0 else closing + 1
        elif match["word"]:
            return self._word(match)
        elif match["hats"]:
            self.definitions.distrust("characters are written with ^^")
        else:
            word = match["other"]
            self.after_command = before and (word[0] in "[*" or len(word) == 1)
            if not (before and word[0] in "[*"):
                self._something("text", match.start())
        return position

    # ------------------------------------------------------------ parts of the file

    def _comment(self, match: re.Match[str]) -> None:
        directive = DIRECTIVE.match(match["comment"])
        if directive is not None:
            position = self.base + match.start()
            start = position + directive.start("rest")
            d = self.definitions
            rest = directive["rest"].strip()
            self._note(Directive(directive["verb"], rest, position, start, d.snapshot(), d.doubt))
            self.asked = directive["verb"] in ASKING or (self.asked and self.expecting)
            self.expecting = True

    def _begin(self, match: re.Match[str]) -> int:
        position, name = match.end(), match["env"]
        if name in self.verbatim:
            self._something(f"the environment {name}", match.start())
            closing = self.text.find(rf"\end{{{name}", position)
            if closing < 0:
                return len(self.text)
            end = self.text.find("}", closing)
            return len(self.text) if end < 0 else end + 1
        command = "\\" + _name(match.group())
        if command in self.definitions.macros:
            return self._own_environment(command, match)
        if name in DISPLAYS:
            return self._display(_name(match.group()), (), match.start(), position)
        if name == "math":
            self._aside_to(match.start(), position, ending(self.text, position, name, self.definitions))
        if name != "document" and name not in _WRAPPERS:
            self._something(f"the environment {name}", match.start())
        self.groups.open(f"env {name}")
        self.after_command = name not in _WRAPPERS and name != "document"
        return position

    def _end(self, match: re.Match[str]) -> int | None:
        name = _name(match.group())
        if name == "document":
            self.ended = True
            return None
        if (command := rf"\end{name}") in self.definitions.macros:
            self._calls(command, match.end())
        self.groups.close(f"env {match['ended']}")
        return match.end()

    def _own_environment(self, command: str, match: re.Match[str]) -> int:
        """An environment that the file defines: it may open a display."""
        if (position := self._opens(command, match)) is not None:
            return position
        self._something(f"the environment {match['env']}", match.start())
        self.groups.open(f"env {match['env']}")
        d = self.definitions
        if d.macros[command].body is None:
            d.distrust(f"the environment {match['env']} {d.macros[command].why}")
        if d.defines(command) and not d.defines(command, everywhere=True):
            d.distrust(f"the environment {match['env']} changes what commands mean")  # until it ends
            self._structure(command)
        else:
            self._calls(command, match.end())
        self.after_command = True
        return match.end()

    def _calls(self, word: str, position: int) -> None:
        """A macro that defines others, or opens and closes groups, is called."""
        if self.definitions.defines(word):
            self.definitions.called(word, self.text, position)
        self._structure(word)

    def _structure(self, word: str) -> None:
        """Open and close the groups that a macro opens and closes."""
        d = self.definitions
        if not shorthands.structural(word, d.macros):
            return
        try:
            for kind, opens in shorthands.groups(d.macros[word].body or ()):
                if opens:
                    self.groups.open(kind)
                else:
                    self.groups.close(kind)
        except NotUnderstood:
            d.distrust(f"{word} opens or closes something that cannot be told")

    def _opens(self, word: str, match: re.Match[str]) -> int | None:
        """The place behind the display that a macro opens; None where it opens none."""
        d = self.definitions
        if not shorthands.structural(word, d.macros):
            return None
        stop = min(len(self.text), match.end() + MAX_CALL)
        try:
            behind = tokenize(self.text, match.end(), stop)
        except NotUnderstood:
            return None
        found = shorthands.opened([Token(word, match.start()), *behind], d.macros)
        if found is None:
            return None
        start = behind[found.taken - 1].position if found.taken - 1 < len(behind) else stop
        lead = tuple(replace(t, position=t.position + self.base) for t in found.lead)
        if d.defines(word):
            d.called(word, self.text, match.end())
        if not found.whole:
            return self._display(found.environment, lead, match.start(), start)
        place = self.base + start
        self._shown(Display(_plain(found.environment), place, place, self.base + match.start(), {}, lead=lead))
        return start

    def _shown(self, display: Display) -> None:
        d = self.definitions
        self._note(replace(display, macros=d.snapshot(), doubt=d.doubt))
        self.expecting = False

    def _display(self, environment: str, lead: Sequence[Token], opening: int, start: int) -> int:
        """Record the display whose content starts at a place; the position after it."""
        d = self.definitions
        found = ending(self.text, start, environment, d)
        place = self.base + found.stop
        for fault in found.comments:
            hint = "write it on a line before the display"
            self._note(Fault("a verify comment inside a display", hint, self.base + fault))
        self._shown(
            Display(
                _plain(environment),
                self.base + start,
                place,
                self.base + opening,
                {},
                found.after is not None,
                lead=tuple(lead),
                trail=tuple(replace(t, position=place) for t in found.trail),
            )
        )
        for word, position in found.changes:
            d.read(word, self.text, position, sure=False) if is_definition(word) else d.called(
                word, self.text, position
            )
        return len(self.text) if found.after is None else found.after

    def _formula(self, opening: int, start: int, stop: int, after: int) -> int:
        """A formula in the text that a comment asks to check; the words of its sentence may restrict it."""
        restricted = may_restrict(self.text, after)
        place = self.base + start
        end = self.base + stop
        self._shown(Display("inline", place, end, self.base + opening, {}, restricted=restricted))
        return after

    # ------------------------------------------------------------ commands

    def _word(self, match: re.Match[str]) -> int | None:
        word, position = match["word"], match.end()
        d = self.definitions
        if word in d.macros and word not in _IDLE:
            if (after := self._opens(word, match)) is not None:
                return after
            self._something(f"the macro {word}", match.start())
            self._calls(word, position)
            self.after_command = True
            return position
        if is_definition(word):
            return d.read(word, self.text, position, sure=self.conditionals.sure)
        if word in DECLARATIONS:
            return self._declaration(word, position)
        if self.conditionals.starts(word):
            return self.conditionals.begin(word, self.text, position)
        if word == r"\else":
            return self.conditionals.otherwise(self.text, position)
        if word == r"\fi":
            self.conditionals.end()
            return position
        if word in inputs.COMMANDS:
            return self._input(word, match)
        if word in (r"\begingroup", r"\bgroup"):
            self.groups.open("group")
            return position
        if word in (r"\endgroup", r"\egroup"):
            self.groups.close("group")
            return position
        if word == r"\endinput" and self.conditionals.sure:
            return None
        if word == r"\(" and self.asking:
            found = ending(self.text, position, r"\(", d)
            if found.after is not None and not found.changes and not found.comments:
                return self._formula(match.start(), position, found.stop, found.after)
        elif word == r"\(":
            self._aside_to(match.start(), position, ending(self.text, position, r"\(", d))
        elif word == r"\ensuremath" and self.text[position : position + 1] == "{":
            end = skip_groups(self.text, position)
            self._aside(match.start(), position + 1, end - 1, end)
        if word not in _IDLE:
            self._something(f"the command {word}", match.start())
            self.after_command = len(word) > 2 or word[1].isalpha()
        elif word in (r"\label", r"\vspace", r"\hspace"):
            return skip_groups(self.text, position)
        return position


def _name(text: str) -> str:
    r"""The name in \begin{name}, with its star."""
    return text[text.index("{") + 1 : -1].strip()


def _plain(environment: str) -> str:
    """The environment without its star, as ``rows`` knows it."""
    return "displaymath" if environment in (r"\[", "$$") else environment.removesuffix("*")

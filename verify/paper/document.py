r"""The structure of a paper: its displays, the ``% verify:`` comments before them, and the macros in force at each.

Nothing else of the file is looked at, no other file is opened, and no command of TeX is run.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from verify.errors import BadInput
from verify.paper.tokens import MAX_ARGUMENTS, Macro, NotUnderstood, Token, argument, optional, plain, tokenize

MAX_CHARACTERS = 4_000_000
MAX_DISPLAYS = 5_000
DISPLAYS = ("equation", "align", "alignat", "flalign", "gather", "multline", "eqnarray", "displaymath", "dmath")
_VERBATIM = ("verbatim", "Verbatim", "lstlisting", "minted", "comment", "filecontents")
_MACRO_SPAN = 5_000  # characters of a macro definition
_DIRECTIVE = re.compile(r"%+[ \t]*verify:[ \t]*(?P<verb>[A-Za-z]*)[ \t]*(?P<rest>.*)")
_EVENT = re.compile(
    r"(?P<comment>%[^\n]*)"
    r"|(?P<begin>\\begin[ \t]*\{(?P<env>[A-Za-z]+)\*?\})"
    r"|(?P<end>\\end[ \t]*\{document\})"
    r"|(?P<bracket>\\\[)|(?P<dollars>\$\$)|(?P<dollar>\$)"
    r"|(?P<macro>\\(?:(?:re)?newcommand|providecommand|DeclareMathOperator)\*?(?![A-Za-z])|\\def(?![A-Za-z]))"
    r"|(?P<verb>\\verb\*?(?=[^A-Za-z*\s]))"
    r"|\\(?:[A-Za-z]+|.|\n)",
    re.DOTALL,
)


@dataclass(frozen=True)
class Directive:
    """A ``% verify:`` comment: its verb, what follows it, where both start, and the macros defined before it."""

    verb: str
    rest: str
    position: int
    start: int
    macros: Mapping[str, Macro]


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


@dataclass(frozen=True)
class Document:
    """The events of a paper in order."""

    name: str
    text: str
    events: tuple[Directive | Display, ...]

    def line(self, position: int) -> int:
        return self.text.count("\n", 0, position) + 1

    def column(self, position: int) -> int:
        return position - self.text.rfind("\n", 0, position)

    def bad(self, what: str, hint: str, position: int) -> BadInput:
        """Bad input at a place of this file."""
        where = f"{self.name}:{self.line(position)}:{self.column(position)}"
        return BadInput(f"{where}: {what}", hint)


def read(path: Path) -> Document:
    """Read a file; ``BadInput`` where that is impossible or the file is too large."""
    try:
        if path.stat().st_size > MAX_CHARACTERS:
            raise BadInput(f"{path} is larger than {MAX_CHARACTERS // 10**6} MB", "give the file of one paper")
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadInput(f"cannot read {path}: {error.strerror}", "give a LaTeX file") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} is not text in UTF-8", "save the file in UTF-8") from error
    return scan(text, str(path))


def scan(text: str, name: str = "paper") -> Document:
    """The displays and directives of a LaTeX text."""
    events: list[Directive | Display] = []
    macros: dict[str, Macro] = {}
    position = 0
    while (match := _EVENT.search(text, position)) is not None:
        position = match.end()
        if match["comment"]:
            directive = _DIRECTIVE.match(match["comment"])
            if directive is not None:
                start = match.start() + directive.start("rest")
                events.append(Directive(directive["verb"], directive["rest"].strip(), match.start(), start, macros))
        elif match["end"]:
            break
        elif match["begin"]:
            if match["env"] in _VERBATIM:
                closing = text.find(rf"\end{{{match['env']}", position)
                position = len(text) if closing < 0 else closing
            elif match["env"] in DISPLAYS:
                ending = match.group().replace(r"\begin", r"\end").replace(" ", "").replace("\t", "")
                position = _display(text, match["env"], ending, match, macros, events, name)
        elif match["bracket"] or match["dollars"]:
            ending = r"\]" if match["bracket"] else "$$"
            position = _display(text, "displaymath", ending, match, macros, events, name)
        elif match["dollar"]:
            closing = text.find("$", position)
            while closing > 0 and text[closing - 1] == "\\":
                closing = text.find("$", closing + 1)
            position = len(text) if closing < 0 else closing + 1
        elif match["verb"]:
            closing = text.find(text[position], position + 1)
            position = len(text) if closing < 0 else closing + 1
        elif match["macro"]:
            position, macros = _define(text, match, macros)
        if len(events) > MAX_DISPLAYS:
            raise BadInput(f"{name} has more than {MAX_DISPLAYS} displays and comments", "split the file")
    return Document(name, text, tuple(events))


def _display(
    text: str, environment: str, ending: str, match: re.Match[str], macros: dict[str, Macro],
    events: list[Directive | Display], name: str,
) -> int:  # fmt: skip
    """Record the display that starts here; the position after it."""
    start = match.end()
    stop = start
    pattern = re.compile(rf"%[^\n]*|\\\\|{re.escape(ending)}")
    while (found := pattern.search(text, stop)) is not None:
        stop = found.end()
        if found.group() == ending:
            break
        if _DIRECTIVE.match(found.group()):
            place = Document(name, text, ())
            raise place.bad("a verify comment inside a display", "write it on a line before the display", found.start())
    stop = len(text) if found is None else found.start()
    events.append(Display(environment, start, stop, match.start(), macros, found is not None))
    return len(text) if found is None else found.end()


def _define(text: str, match: re.Match[str], macros: dict[str, Macro]) -> tuple[int, dict[str, Macro]]:
    """Read a macro definition; the position after it, and the macros with the new one."""
    start = match.end()
    try:
        tokens = tokenize(text, start, min(len(text), start + _MACRO_SPAN))
        word, macro, end = _macro(match["macro"].rstrip("*"), tokens, start)
    except NotUnderstood:
        return start, macros
    after = tokens[end].position if end < len(tokens) else min(len(text), start + _MACRO_SPAN)
    return after, {**macros, word: macro}


def _macro(kind: str, tokens: list[Token], start: int) -> tuple[str, Macro, int]:
    name, i = argument(tokens, 0, start)
    word = plain(name).strip()
    if kind == r"\DeclareMathOperator":
        body, i = argument(tokens, i, start)
        operator = [Token(r"\operatorname", start), Token("{", start), *body, Token("}", start)]
        return word, Macro(0, None, tuple(operator)), i
    if kind == r"\def":
        count = 0
        while i < len(tokens) and tokens[i].text == f"#{count + 1}":
            count, i = count + 1, i + 1
        if i < len(tokens) and tokens[i].text == "{":
            body, i = argument(tokens, i, start)
            return word, Macro(count, None, tuple(body)), i
        return word, Macro(0, None, None), i
    number, i = optional(tokens, i)
    default, i = optional(tokens, i) if number is not None else (None, i)
    body, i = argument(tokens, i, start)
    digits = plain(number or []).strip() or "0"
    if not digits.isdigit() or int(digits) > MAX_ARGUMENTS:
        return word, Macro(0, None, None), i
    return word, Macro(int(digits), None if default is None else tuple(default), tuple(body)), i

"""Where a display ends: at its own end, or at a macro or an environment of the file that ends it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from verify.papers import shorthands
from verify.papers.definitions import Definitions, is_definition
from verify.papers.remarks import restricts
from verify.papers.tokens import Token
from verify.runtime.errors import present

DIRECTIVE = re.compile(r"%+[ \t]*verify:[ \t]*(?P<verb>[A-Za-z]*)[ \t]*(?P<rest>.*)")
_NAME = re.compile(r"[ \t]*\{(?P<name>[^{}\\\n]*)\}")
_PART = re.compile(r"%[^\n]*|\\\\|\$\$|\\(?:[A-Za-z@]+|.)", re.DOTALL)
_SENTENCE = re.compile(r"(?:[^.\n]|\.(?=[^\s])|\n(?![ \t]*\n))*")
_CLOSING = {r"\[": r"\]", "$$": "$$", "$": "$", r"\(": r"\)"}


@dataclass(frozen=True)
class End:
    """Where the content of a display ends, and the place behind it: None where the file ends first.

    ``trail`` is what a macro that ends it puts before the end; ``changes`` the commands inside that define others, with
    the places behind them; ``comments`` the places of comments that can't stand there.
    """

    stop: int
    after: int | None
    trail: tuple[Token, ...]
    changes: tuple[tuple[str, int], ...]
    comments: tuple[int, ...]


def ending(text: str, start: int, environment: str, d: Definitions) -> End:
    """The end of the display whose content starts at a place; ``environment`` with its star, or the sign it opens."""
    stop, after = start, None
    changes: list[tuple[str, int]] = []
    comments: list[int] = []
    trail: tuple[Token, ...] = ()
    while (found := _PART.search(text, stop)) is not None:
        stop = found.end()
        part = found.group()
        if part == _CLOSING.get(environment):
            after = stop
        elif part == r"\end" and (name := _NAME.match(text, stop)) is not None:
            command = rf"\end{name['name']}"
            if command in d.macros:
                shown = shorthands.closed(command, d.macros, environment)
                if shown is not None:
                    trail, after = shown, name.end()
            elif name["name"].strip() == environment:
                after = name.end()
        elif part in d.macros and (shown := shorthands.closed(part, d.macros, environment)) is not None:
            trail, after = shown, stop
        if after is not None:
            break
        if part[0] == "%" and DIRECTIVE.match(part):
            comments.append(found.start())
        elif is_definition(part) or (part in d.macros and d.defines(part)):
            changes.append((part, stop))
    inside = len(text) if found is None else found.start()
    return End(inside, after, trail, tuple(changes), tuple(comments))


def may_restrict(text: str, position: int) -> bool:
    """Whether the words behind a place may restrict what its sentence says before it."""
    return restricts(present(_SENTENCE.match(text, position)).group())

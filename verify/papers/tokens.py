r"""TeX tokens with their places in the file.

Written here rather than taken from a LaTeX package: places must survive macro expansion, a comment must stay tied to
the display after it, and neither deep nesting nor a macro bomb may cost more than a fixed amount of work.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from verify.runtime.errors import present

MAX_TOKENS = 20_000  # of one display, after expansion

_LEXEME = re.compile(r"\\(?:[A-Za-z@]+|.|\n|$)|%[^\n]*\n?[ \t]*|\s+|#[1-9]|.", re.DOTALL)


class NotUnderstood(Exception):
    """Something in a display that is not read: what it is, and where in the file."""

    def __init__(self, what: str, position: int, hint: str = "") -> None:
        super().__init__(what, position, hint)
        self.what, self.position, self.hint = what, position, hint


@dataclass(frozen=True, slots=True)
class Token:
    r"""A control word with its backslash, a character, ``#1`` or a space; other kinds hold a part in ``inner``.

    The kinds are "text" (the words of a \text), "remark" (a reason beside a step), "unread" and "definition" (relations
    that are not equalities of numbers), "cases", "row", "mark" and "break".
    """

    text: str
    position: int
    kind: str = "token"
    inner: tuple[Token, ...] = ()

    def __str__(self) -> str:
        return self.text


def tokenize(text: str, start: int = 0, stop: int | None = None) -> list[Token]:
    """The tokens of a part of the file; comments are dropped, runs of white space are one space."""
    out = []
    position = start
    stop = len(text) if stop is None else stop
    while position < stop:
        match = _LEXEME.match(text, position, stop)
        match = present(match)
        lexeme = match.group()
        if lexeme[0] != "%":
            out.append(Token(" " if lexeme.isspace() else lexeme, position))
        position = match.end()
        if len(out) > MAX_TOKENS:
            raise NotUnderstood(f"more than {MAX_TOKENS} tokens", start, "split the display")
    return out


def group_end(tokens: Sequence[Token], i: int) -> int:
    """The index of the brace that closes the one at i."""
    depth = 0
    for j in range(i, len(tokens)):
        depth += (tokens[j].text == "{") - (tokens[j].text == "}")
        if depth == 0:
            return j
    raise NotUnderstood("a brace is never closed", tokens[i].position)


def argument(tokens: Sequence[Token], i: int, position: int) -> tuple[list[Token], int]:
    """The argument that starts at i (a group or one token) and the index after it."""
    while i < len(tokens) and tokens[i].text == " ":
        i += 1
    if i >= len(tokens):
        raise NotUnderstood("an argument is missing", position)
    if tokens[i].text != "{":
        return [tokens[i]], i + 1
    end = group_end(tokens, i)
    return list(tokens[i + 1 : end]), end + 1


def optional(tokens: Sequence[Token], i: int) -> tuple[list[Token] | None, int]:
    """The argument in square brackets at i, if there is one."""
    j = i
    while j < len(tokens) and tokens[j].text == " ":
        j += 1
    if j >= len(tokens) or tokens[j].text != "[":
        return None, i
    depth = 0
    for k in range(j + 1, len(tokens)):
        depth += (tokens[k].text == "{") - (tokens[k].text == "}")
        if depth == 0 and tokens[k].text == "]":
            return list(tokens[j + 1 : k]), k + 1
    raise NotUnderstood("a square bracket is never closed", tokens[j].position)


def plain(tokens: Sequence[Token]) -> str:
    """The characters of some tokens."""
    return "".join(t.text for t in tokens)


def word_set(text: str) -> frozenset[str]:
    """The words of a text, as a table of names is written most readably."""
    return frozenset(text.split())


def commands(text: str) -> frozenset[str]:
    """The words of a text as commands, each with its backslash."""
    return frozenset("\\" + word for word in text.split())


# Commands that give another one its meaning; what they do elsewhere is followed by ``definitions``.
DEFINERS = commands(
    "newcommand renewcommand providecommand DeclareRobustCommand newrobustcmd renewrobustcmd providerobustcmd "
    "DeclareMathOperator def gdef edef xdef let glet futurelet csname catcode mathcode chardef mathchardef lccode "
    "DeclareMathSymbol DeclareMathDelimiter DeclareMathAccent DeclarePairedDelimiter DeclarePairedDelimiterX "
    "DeclarePairedDelimiterXPP "
    "NewDocumentCommand RenewDocumentCommand ProvideDocumentCommand DeclareDocumentCommand newcommandx "
    "renewcommandx providecommandx DeclareDocumentMathCommand NewCommandCopy RenewCommandCopy DeclareCommandCopy "
    "NewExpandableDocumentCommand RenewExpandableDocumentCommand patchcmd apptocmd pretocmd robustify "
    "g@addto@macro addto appto gappto xappto preto gpreto xpreto aftergroup afterassignment everydisplay everymath "
    "@namedef letcs csdef csgdef cslet active mathactive"
)

r"""TeX tokens with their places in the file, and the expansion of the file's own macros within bounds.

Written here rather than taken from a LaTeX package: places must survive macro expansion, a comment must stay tied to
the display after it, and neither deep nesting nor a macro bomb may cost more than a fixed amount of work.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from verify.runtime.errors import present

MAX_TOKENS = 20_000  # of one display, after expansion
MAX_EXPANSIONS = 2_000
MAX_ARGUMENTS = 9

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


@dataclass(frozen=True, slots=True)
class Macro:
    """What a macro expands to.

    ``body`` None marks a macro whose meaning is not known here, and ``why`` says for what reason. The body of a
    ``frozen`` one is not expanded further: it names what a command meant when it was copied by ``\\let``.
    """

    arguments: int
    default: tuple[Token, ...] | None
    body: tuple[Token, ...] | None
    why: str = "is defined in a way that is not expanded here"
    frozen: bool = False


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


def expand(tokens: Sequence[Token], macros: Mapping[str, Macro]) -> list[Token]:
    """The tokens with the file's macros expanded; what comes out of a macro has the place of its call.

    A definition inside what is read would change what follows it, so it is not understood.
    """
    stack = list(reversed(tokens))
    out: list[Token] = []
    expansions = 0
    while stack:
        token = stack.pop()
        macro = macros.get(token.text)
        if macro is None:
            if token.text in DEFINERS:
                raise NotUnderstood(f"a definition by {token} inside a display", token.position)
            out.append(token)
            if len(out) > MAX_TOKENS:
                raise NotUnderstood(f"macros expand to more than {MAX_TOKENS} tokens", token.position)
            continue
        expansions += 1
        if expansions > MAX_EXPANSIONS or len(stack) > 4 * MAX_TOKENS:
            raise NotUnderstood(f"macros expand without end, or more than {MAX_EXPANSIONS} times", token.position)
        if macro.body is None:
            hint = "define it once, by \\newcommand with plain arguments, before the document begins"
            raise NotUnderstood(f"the macro {token} {macro.why}", token.position, hint)
        if macro.frozen:
            out += [replace(t, position=token.position) for t in macro.body]
            continue
        arguments = _arguments(stack, macro, token)
        for t in reversed(macro.body):
            if t.text[0] == "#" and len(t.text) == 2:
                index = int(t.text[1]) - 1
                stack += reversed(arguments[index] if index < len(arguments) else [])
            else:
                stack.append(replace(t, position=token.position))
            if len(stack) > 4 * MAX_TOKENS:
                raise NotUnderstood(f"macros expand to more than {MAX_TOKENS} tokens", token.position)
    return out


def _arguments(stack: list[Token], macro: Macro, token: Token) -> list[list[Token]]:
    """Take the arguments of a macro call off the stack; only as much of it is looked at as they need."""
    found: list[list[Token]] = []
    if macro.default is not None:
        given = _bracketed(stack)
        found.append(list(macro.default) if given is None else given)
    while len(found) < macro.arguments:
        while stack and stack[-1].text == " ":
            stack.pop()
        if not stack:
            raise NotUnderstood(f"{token} lacks an argument", token.position)
        first = stack.pop()
        if first.text != "{":
            found.append([first])
            continue
        depth, part = 1, []
        while depth:
            if not stack:
                raise NotUnderstood("a brace is never closed", first.position)
            t = stack.pop()
            depth += (t.text == "{") - (t.text == "}")
            part.append(t)
        found.append(part[:-1])
    return found


def _bracketed(stack: list[Token]) -> list[Token] | None:
    """The optional argument at the top of the stack; TeX looks for it behind spaces too."""
    spaces = 0
    while spaces < len(stack) and stack[-1 - spaces].text == " ":
        spaces += 1
    if spaces == len(stack) or stack[-1 - spaces].text != "[":
        return None
    del stack[len(stack) - 1 - spaces :]
    part: list[Token] = []
    depth = 0
    while stack and (depth or stack[-1].text != "]"):
        t = stack.pop()
        depth += (t.text == "{") - (t.text == "}")
        part.append(t)
    if stack:
        stack.pop()
    return part


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
    "NewDocumentCommand RenewDocumentCommand ProvideDocumentCommand DeclareDocumentCommand newcommandx "
    "renewcommandx providecommandx DeclareDocumentMathCommand NewCommandCopy RenewCommandCopy DeclareCommandCopy "
    "NewExpandableDocumentCommand RenewExpandableDocumentCommand patchcmd apptocmd pretocmd robustify "
    "g@addto@macro addto appto gappto xappto preto gpreto xpreto aftergroup afterassignment everydisplay everymath "
    "@namedef letcs csdef csgdef cslet active mathactive"
)

r"""The forms of definitions that are followed: what each defines, and where it ends.

\newcommand and its kin, \def with plain parameters, \let, \DeclareMathOperator, \NewDocumentCommand with the arguments
``m``, ``o``, ``O{default}`` and ``s``, \DeclarePairedDelimiter and its longer forms, \newenvironment. An environment
``name`` defines ``\name`` and ``\endname``, as in LaTeX.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from verify.papers.macros import MAX_ARGUMENTS, Macro, Parameter
from verify.papers.tokens import Token, argument, commands, optional, plain, tokenize

MAX_SPAN = 5_000  # characters of a definition
NEW = {r"\newcommand", r"\renewcommand", r"\providecommand", r"\DeclareRobustCommand", r"\DeclareMathOperator"}
DOCUMENT = re.compile(r"\\(New|Renew|Provide|Declare)Document(Command|Environment)")
COMPUTED = frozenset({r"\csname", r"\expandafter", r"\noexpand", r"\string", r"\ifx"})
_BARS = {
    r"\|": (r"\lVert", r"\rVert"), r"\Vert": (r"\lVert", r"\rVert"), "|": (r"\lvert", r"\rvert"),
    r"\vert": (r"\lvert", r"\rvert"),
}  # fmt: skip
_DELIMITERS = commands("lVert rVert lvert rvert langle rangle { } lbrace rbrace") | set("()[]")


@dataclass(frozen=True)
class Definition:
    """What one command defines: the words with their meanings, and the place behind it."""

    words: tuple[tuple[str, Macro], ...]
    end: int


def definition(word: str, text: str, position: int, macros: Mapping[str, Macro]) -> Definition | None:
    """The definition that ``word`` starts before this position; None where it is not followed.

    Raises ``NotUnderstood`` where it breaks off.
    """
    read = _reader(word, macros)
    if read is None:
        return None
    stop = min(len(text), position + MAX_SPAN)
    tokens = tokenize(text, position, stop)
    start = 1 if tokens and tokens[0].text == "*" and word not in (r"\let", r"\glet", r"\def", r"\gdef") else 0
    found = read(tokens[start:], position)
    if found is None:
        return None
    words, i = found
    i += start
    return Definition(tuple(words), tokens[i].position if i < len(tokens) else stop)


Found = tuple[list[tuple[str, Macro]], int] | None


def _reader(word: str, macros: Mapping[str, Macro]) -> Callable[[Sequence[Token], int], Found] | None:
    if word in (r"\let", r"\glet"):
        return lambda tokens, _: _let(tokens, macros)
    if word in (r"\def", r"\gdef"):
        return lambda tokens, _: _def(tokens)
    if word in NEW:
        return lambda tokens, start: _new(word, tokens, start)
    if (found := DOCUMENT.fullmatch(word)) is not None:
        return _document_command if found.group(2) == "Command" else _document_environment
    if word.startswith(r"\DeclarePairedDelimiter"):
        return lambda tokens, start: _paired(word.removeprefix(r"\DeclarePairedDelimiter"), tokens, start)
    if word in (r"\newenvironment", r"\renewenvironment"):
        return _environment
    return None


def _let(tokens: Sequence[Token], macros: Mapping[str, Macro]) -> Found:
    """A copy of what another command means now."""
    i = _next(tokens, 0)
    if i >= len(tokens) or len(tokens[i].text) < 2 or tokens[i].text in COMPUTED:
        return None
    name, i = tokens[i].text, _next(tokens, i + 1)
    if i < len(tokens) and tokens[i].text == "=":
        i += 1
        if i < len(tokens) and tokens[i].text == " ":
            i += 1
    if i >= len(tokens) or tokens[i].text in ("{", "}", "%", *COMPUTED):
        return None
    copied = macros.get(tokens[i].text)
    return [(name, copied or Macro(0, None, (replace(tokens[i]),), frozen=True))], i + 1


def _def(tokens: Sequence[Token]) -> Found:
    i = _next(tokens, 0)
    if i >= len(tokens) or len(tokens[i].text) < 2 or tokens[i].text in COMPUTED:
        return None
    name, i = tokens[i].text, i + 1
    count = 0
    while i < len(tokens) and tokens[i].text == f"#{count + 1}":
        count, i = count + 1, i + 1
    # A space after the name is skipped by TeX only where the name is made of letters.
    if count == 0 and i < len(tokens) and tokens[i].text == " " and name[1:].isalpha():
        i += 1
    if i >= len(tokens) or tokens[i].text != "{":
        return None
    body, i = argument(tokens, i, tokens[i].position)
    return [(name, Macro(count, None, tuple(body)))], i


def _new(word: str, tokens: Sequence[Token], start: int) -> Found:
    name, i = argument(tokens, 0, start)
    target = plain(name).strip()
    if len(target) < 2 or target[0] != "\\":
        return None
    if word == r"\DeclareMathOperator":
        body, i = argument(tokens, i, start)
        operator = [Token(r"\operatorname", start), Token("{", start), *body, Token("}", start)]
        return [(target, Macro(0, None, tuple(operator)))], i
    counted = _counted(tokens, i)
    if counted is None:
        return None
    number, default, i = counted
    body, i = argument(tokens, i, start)
    return [(target, Macro(number, default, tuple(body)))], i


def _counted(tokens: Sequence[Token], i: int) -> tuple[int, tuple[Token, ...] | None, int] | None:
    """How many arguments, and what the first is where it is not given: [2][x]."""
    number, i = optional(tokens, i)
    default, i = optional(tokens, i) if number is not None else (None, i)
    digits = plain(number or []).strip() or "0"
    if not digits.isdigit() or int(digits) > MAX_ARGUMENTS:
        return None
    return int(digits), None if default is None else tuple(default), i


# ---------------------------------------------------------------- environments


def _environment(tokens: Sequence[Token], start: int) -> Found:
    name, i = argument(tokens, 0, start)
    counted = _counted(tokens, i)
    if counted is None:
        return None
    number, default, i = counted
    begin, i = argument(tokens, i, start)
    end, i = argument(tokens, i, start)
    return _both(name, Macro(number, default, tuple(begin)), end, i)


def _document_environment(tokens: Sequence[Token], start: int) -> Found:
    name, i = argument(tokens, 0, start)
    letters, i = argument(tokens, i, start)
    begin, i = argument(tokens, i, start)
    end, i = argument(tokens, i, start)
    signature = _signature(letters)
    if signature is None:
        return None
    return _both(name, Macro(len(signature), None, tuple(begin), signature=signature), end, i)


def _both(name: Sequence[Token], begin: Macro, end: Sequence[Token], i: int) -> Found:
    """The two commands of an environment; an end that uses arguments is not followed."""
    target = plain(name).strip()
    if not target or "\\" in target:
        return None
    uses = any(t.text[0] == "#" and len(t.text) == 2 for t in end)
    last = Macro(0, None, None, "uses arguments at its end") if uses else Macro(0, None, tuple(end))
    return [("\\" + target, begin), (rf"\end{target}", last)], i


# ---------------------------------------------------------------- packages


def _document_command(tokens: Sequence[Token], start: int) -> Found:
    name, i = argument(tokens, 0, start)
    letters, i = argument(tokens, i, start)
    body, i = argument(tokens, i, start)
    signature = _signature(letters)
    target = plain(name).strip()
    if signature is None or len(target) < 2 or target[0] != "\\":
        return None
    return [(target, Macro(len(signature), None, tuple(body), signature=signature))], i


def _signature(tokens: Sequence[Token]) -> tuple[Parameter, ...] | None:
    """The arguments that a signature lists; None where one of them is not followed."""
    found: list[Parameter] = []
    i = 0
    while i < len(tokens):
        letter = tokens[i].text
        i += 1
        if letter in (" ", "+"):
            continue
        if letter not in ("m", "o", "s", "O") or len(found) == MAX_ARGUMENTS:
            return None
        default: list[Token] = []
        if letter == "O":
            default, i = argument(tokens, i, tokens[i - 1].position)
        found.append(Parameter(letter, tuple(default)))
    return tuple(found)


def _paired(form: str, tokens: Sequence[Token], start: int) -> Found:
    r"""\DeclarePairedDelimiter{\norm}{\lVert}{\rVert}; X and XPP have arguments and a body, XPP what stands around.

    The macro takes a star or a size, which only make the delimiters larger.
    """
    name, i = argument(tokens, 0, start)
    target = plain(name).strip()
    if form not in ("", "X", "XPP") or len(target) < 2 or target[0] != "\\":
        return None
    count = 1
    if form:
        counted = _counted(tokens, i)
        if counted is None or counted[1] is not None or not 1 <= counted[0] <= MAX_ARGUMENTS - 2:
            return None
        count, _, i = counted
    parts: list[list[Token]] = []
    for _ in range({"": 2, "X": 3, "XPP": 5}[form]):
        part, i = argument(tokens, i, start)
        parts.append([t for t in part if t.text != r"\delimsize"])
    before, left, right, after = (parts[0], *parts[1:4]) if form == "XPP" else ([], parts[0], parts[1], [])
    body = parts[-1] if form else [Token("#1", start)]
    opening, closing = _delimiter(left, 0), _delimiter(right, 1)
    if opening is None or closing is None:
        return None
    shifted = [[_shifted(t) for t in part] for part in (before, body, after)]
    whole = (*shifted[0], *opening, *shifted[1], *closing, *shifted[2])
    signature = (Parameter("s"), Parameter("o"), *(Parameter("m") for _ in range(count)))
    return [(target, Macro(count + 2, None, whole, signature=signature))], i


def _delimiter(tokens: Sequence[Token], side: int) -> tuple[Token, ...] | None:
    """One delimiter, with bars that tell on which side they stand; none where it is empty or a full stop."""
    shown = [t for t in tokens if t.text != " "]
    if not shown or [t.text for t in shown] == ["."]:
        return ()
    if len(shown) != 1:
        return None
    text = _BARS[shown[0].text][side] if shown[0].text in _BARS else shown[0].text
    return (replace(shown[0], text=text),) if text in _DELIMITERS else None


def _shifted(t: Token) -> Token:
    """An argument of the body, behind the star and the size."""
    return replace(t, text=f"#{int(t.text[1]) + 2}") if t.text[0] == "#" and len(t.text) == 2 else t


def _next(tokens: Sequence[Token], i: int) -> int:
    while i < len(tokens) and tokens[i].text == " ":
        i += 1
    return i

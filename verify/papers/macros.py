r"""What a macro of the file stands for, and the expansion of macros within bounds.

Arguments are those of \newcommand, or of \NewDocumentCommand: ``m``, ``o``, ``O{default}`` and ``s``. What comes out of
a macro has the place of its call.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from verify.papers.tokens import DEFINERS, MAX_TOKENS, NotUnderstood, Token, commands

MAX_EXPANSIONS = 2_000
MAX_ARGUMENTS = 9
_TRUE, _FALSE, _NONE = r"\BooleanTrue", r"\BooleanFalse", r"\NoValue"
_CHOICES = commands("IfBooleanTF IfBooleanT IfBooleanF IfNoValueTF IfNoValueT IfNoValueF IfValueTF IfValueT IfValueF")
# Commands that take arguments, and how many: they take a macro before it is expanded.
TAKES = {
    **dict.fromkeys(commands("frac tfrac dfrac cfrac nicefrac sfrac binom stackrel overset underset"), 2),
    **dict.fromkeys(
        commands(
            "sqrt mathrm mathit mathnormal mathbf mathsf mathtt mathcal mathbb mathfrak mathscr bm boldsymbol "
            "operatorname hat bar tilde widehat widetilde overline vec dot ddot boxed fbox cancel mathop mathrel "
            "mathbin mathopen mathclose underbrace overbrace"
        ),
        1,
    ),
}
_PROTECTION = frozenset({r"\protect", r"\ensuremath", r"\xspace", r"\unskip"})  # they print nothing in a formula


@dataclass(frozen=True, slots=True)
class Parameter:
    r"""An argument of \NewDocumentCommand: its letter, and what an ``O`` is where it is not given."""

    letter: str
    default: tuple[Token, ...] = ()


@dataclass(frozen=True, slots=True)
class Macro:
    """What a macro expands to.

    ``body`` None marks a macro whose meaning is not known here, and ``why`` says for what reason. The body of a
    ``frozen`` one is not expanded further: it names what a command meant when it was copied by ``\\let``.
    ``signature`` lists its arguments where they are not those of ``\\newcommand``.
    """

    arguments: int
    default: tuple[Token, ...] | None
    body: tuple[Token, ...] | None
    why: str = "is defined in a way that is not expanded here"
    frozen: bool = False
    signature: tuple[Parameter, ...] = ()


def expand(tokens: Sequence[Token], macros: Mapping[str, Macro]) -> list[Token]:
    """The tokens with the file's macros expanded; what comes out of a macro has the place of its call.

    A definition inside what is read would change what follows it, so it is not understood.
    """
    stack = list(reversed(tokens))
    out: list[Token] = []
    expansions = 0
    while stack:
        token = stack.pop()
        if token.text in (r"\begin", r"\end"):
            token = _of_environment(stack, token, macros)
        macro = macros.get(token.text)
        if macro is None:
            if token.text in DEFINERS:
                raise NotUnderstood(f"a definition by {token} inside a display", token.position)
            if token.text in _CHOICES:
                _choose(stack, token)
                continue
            if token.text in (_TRUE, _FALSE, _NONE):
                raise NotUnderstood("an optional argument that was not given stands in a formula", token.position)
            if token.text in _PROTECTION:
                continue
            out.append(token)
            if len(out) > MAX_TOKENS:
                raise NotUnderstood(f"macros expand to more than {MAX_TOKENS} tokens", token.position)
            continue
        expansions += 1
        if expansions > MAX_EXPANSIONS or len(stack) > 4 * MAX_TOKENS:
            raise NotUnderstood(f"macros expand without end, or more than {MAX_EXPANSIONS} times", token.position)
        if macro.body is not None and macro.frozen:
            out += [replace(t, position=token.position) for t in macro.body]
            continue
        found = _called(stack, macro, token)
        if _stands_as_argument(out) and (macro.arguments or macro.signature or len(found) != 1):
            what = f"the macro {token} without braces as an argument"
            raise NotUnderstood(what, token.position, "put braces around it")
        stack += reversed(found)
    return out


def _of_environment(stack: list[Token], token: Token, macros: Mapping[str, Macro]) -> Token:
    r"""The command that \begin{name} or \end{name} calls where the file defines that environment, else the token."""
    k, name = len(stack) - 1, ""
    while k >= 0 and stack[k].text == " ":
        k -= 1
    if k < 0 or stack[k].text != "{":
        return token
    k -= 1
    while k >= 0 and stack[k].text not in ("{", "}"):
        name, k = name + stack[k].text, k - 1
    command = ("\\" if token.text == r"\begin" else r"\end") + name.strip()
    if k < 0 or stack[k].text != "}" or command not in macros:
        return token
    del stack[k:]
    return Token(command, token.position)


def _stands_as_argument(out: Sequence[Token]) -> bool:
    """Whether what follows is an argument without braces of a command such as \\frac."""
    i = len(out) - 1
    for taken in (0, 1):
        while i >= 0 and out[i].text == " ":
            i -= 1
        if i < 0 or out[i].text == "{":
            return False
        if TAKES.get(out[i].text, 0) > taken:
            return True
        depth = 0
        while i >= 0:  # over one argument
            depth += (out[i].text == "}") - (out[i].text == "{")
            i -= 1
            if depth <= 0:
                break
    return False


def call(tokens: Sequence[Token], macros: Mapping[str, Macro]) -> tuple[list[Token], int]:
    """What the call of a macro with which some tokens begin expands to, and how many of them it takes."""
    stack = list(reversed(tokens))
    token = stack.pop()
    found = _called(stack, macros[token.text], token)
    return expand(found, macros), len(tokens) - len(stack)


def _called(stack: list[Token], macro: Macro, token: Token) -> list[Token]:
    """The body of a macro with its arguments, which are taken off the stack."""
    if macro.body is None:
        hint = "define it once, by \\newcommand with plain arguments, before the document begins"
        raise NotUnderstood(f"the macro {token} {macro.why}", token.position, hint)
    arguments = _signed(stack, macro, token) if macro.signature else _arguments(stack, macro, token)
    found: list[Token] = []
    for t in macro.body:
        if t.text[0] == "#" and len(t.text) == 2:
            index = int(t.text[1]) - 1
            found += arguments[index] if index < len(arguments) else []
        else:
            found.append(replace(t, position=token.position))
        if len(found) > 4 * MAX_TOKENS:
            raise NotUnderstood(f"macros expand to more than {MAX_TOKENS} tokens", token.position)
    return found


def _choose(stack: list[Token], token: Token) -> None:
    """Put back the branch that a test of an optional argument takes."""
    asked = [t.text for t in _mandatory(stack, token)]
    if "Boolean" in token.text:
        if asked not in ([_TRUE], [_FALSE]):
            raise NotUnderstood(f"{token} of what is no star", token.position)
        holds = asked == [_TRUE]
    else:
        holds = (asked == [_NONE]) == ("NoValue" in token.text)
    yes = _mandatory(stack, token) if token.text.endswith("T") or token.text.endswith("TF") else []
    no = _mandatory(stack, token) if token.text.endswith("F") else []
    stack += reversed(yes if holds else no)


# ---------------------------------------------------------------- arguments


def _arguments(stack: list[Token], macro: Macro, token: Token) -> list[list[Token]]:
    """Take the arguments of a macro call off the stack; only as much of it is looked at as they need."""
    found: list[list[Token]] = []
    if macro.default is not None:
        given = _bracketed(stack)
        found.append(_default(macro.default, token) if given is None else given)
    while len(found) < macro.arguments:
        found.append(_mandatory(stack, token))
    return found


def _signed(stack: list[Token], macro: Macro, token: Token) -> list[list[Token]]:
    """The arguments that a signature lists."""
    found: list[list[Token]] = []
    for p in macro.signature:
        if p.letter == "m":
            found.append(_mandatory(stack, token))
        elif p.letter == "s":
            star = _after_spaces(stack) == "*"
            if star:
                _drop_spaces(stack)
                stack.pop()
            found.append([Token(_TRUE if star else _FALSE, token.position)])
        else:
            given = _bracketed(stack)
            missing = _default(p.default, token) if p.letter == "O" else [Token(_NONE, token.position)]
            found.append(missing if given is None else given)
    return found


def _default(tokens: Sequence[Token], token: Token) -> list[Token]:
    return [replace(t, position=token.position) for t in tokens]


def _after_spaces(stack: Sequence[Token]) -> str:
    return next((t.text for t in reversed(stack) if t.text != " "), "")


def _drop_spaces(stack: list[Token]) -> None:
    while stack and stack[-1].text == " ":
        stack.pop()


def _mandatory(stack: list[Token], token: Token) -> list[Token]:
    """A group or one token."""
    _drop_spaces(stack)
    if not stack:
        raise NotUnderstood(f"{token} lacks an argument", token.position)
    first = stack.pop()
    if first.text != "{":
        return [first]
    depth, part = 1, []
    while depth:
        if not stack:
            raise NotUnderstood("a brace is never closed", first.position)
        t = stack.pop()
        depth += (t.text == "{") - (t.text == "}")
        part.append(t)
    return part[:-1]


def _bracketed(stack: list[Token]) -> list[Token] | None:
    """The optional argument at the top of the stack; TeX looks for it behind spaces too."""
    if _after_spaces(stack) != "[":
        return None
    _drop_spaces(stack)
    stack.pop()
    part: list[Token] = []
    depth = 0
    while stack and (depth or stack[-1].text != "]"):
        t = stack.pop()
        depth += (t.text == "{") - (t.text == "}")
        part.append(t)
    if stack:
        stack.pop()
    return part

r"""Macros that open and close displays and groups: \beq and \eeq, and environments around equations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from verify.papers.document import DISPLAYS
from verify.papers.macros import Macro, call, expand
from verify.papers.tokens import NotUnderstood, Token, argument, plain

_IDLE = frozenset({" ", r"\par", r"\noindent", r"\ignorespaces", r"\leavevmode", r"\smallskip", r"\medskip"})
_STRUCTURE = frozenset({r"\begin", r"\end", r"\[", r"\]", "$", r"\begingroup", r"\endgroup", r"\bgroup", r"\egroup"})
MAX_DEPTH = 20  # of macros inside one another


@dataclass(frozen=True)
class Opened:
    """A display that a macro opens.

    ``environment`` with its star, ``lead`` what the macro puts into it, ``taken`` how many tokens the call takes.
    ``whole`` tells that the macro closes it too.
    """

    environment: str
    lead: tuple[Token, ...]
    taken: int
    whole: bool = False


def structural(word: str, macros: Mapping[str, Macro], depth: int = MAX_DEPTH) -> bool:
    """Whether a macro may open or close something."""
    macro = macros.get(word)
    if macro is None or macro.body is None or depth == 0:
        return False
    words = {t.text for t in macro.body}
    if words & _STRUCTURE:
        return True
    return any(structural(w, macros, depth - 1) for w in words if w in macros and w != word)


def opened(tokens: Sequence[Token], macros: Mapping[str, Macro]) -> Opened | None:
    """The display that the macro call with which some tokens begin opens; None where it opens none."""
    try:
        found, taken = call(tokens, macros)
        i = next((k for k, t in enumerate(found) if t.text not in _IDLE), len(found))
        start = _opening(found, i)
        if start is None:
            return None
        environment, i = start
        rest = found[i:]
        stop = next((k for k in range(len(rest)) if _closing(rest, k) == environment), None)
        if stop is None:
            return Opened(environment, tuple(rest), taken)
        return Opened(environment, tuple(rest[:stop]), taken, whole=True)
    except NotUnderstood:
        return None


def closed(word: str, macros: Mapping[str, Macro], environment: str) -> tuple[Token, ...] | None:
    """What a macro puts before the end of the display that it closes; None where it does not close it."""
    macro = macros.get(word)
    if macro is None or macro.arguments or macro.signature or not structural(word, macros):
        return None
    try:
        found = expand([Token(word, 0)], macros)
    except NotUnderstood:
        return None
    stop = next((k for k in range(len(found)) if _closing(found, k) == environment), None)
    return None if stop is None else tuple(found[:stop])


def groups(tokens: Sequence[Token]) -> list[tuple[str, bool]]:
    """The groups that some tokens open (true) and close, in order; without those of braces."""
    out: list[tuple[str, bool]] = []
    for i, t in enumerate(tokens):
        if t.text in (r"\begin", r"\end"):
            out.append((f"env {_name(tokens, i)[0]}", t.text == r"\begin"))
        elif t.text in (r"\begingroup", r"\bgroup", r"\endgroup", r"\egroup"):
            out.append(("group", t.text[1] == "b"))
    return out


def _name(tokens: Sequence[Token], i: int) -> tuple[str, int]:
    name, i = argument(tokens, i + 1, tokens[i].position)
    return plain(name).strip(), i


def _opening(tokens: Sequence[Token], i: int) -> tuple[str, int] | None:
    texts = [t.text for t in tokens[i : i + 2]]
    if texts[:1] == [r"\["]:
        return r"\[", i + 1
    if texts == ["$", "$"]:
        return "$$", i + 2
    if texts[:1] == [r"\begin"]:
        name, i = _name(tokens, i)
        return (name, i) if name.removesuffix("*") in DISPLAYS else None
    return None


def _closing(tokens: Sequence[Token], i: int) -> str:
    """The display that ends at a token, named as ``_opening`` does; empty if none does."""
    texts = [t.text for t in tokens[i : i + 2]]
    if texts[:1] == [r"\]"]:
        return r"\["
    if texts == ["$", "$"]:
        return "$$"
    return _name(tokens, i)[0] if texts[:1] == [r"\end"] else ""

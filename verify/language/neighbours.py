"""Words and bars whose neighbours say what they are: ``in``, ``even``, ``oo`` and ``|`` are no words of their own.

Two operands in a row mean nothing in the language, so a word after an operand cannot be a variable; and a bar opens
where an operand begins and closes where one ends, so ``|x - |y||`` can be read in one way only.
"""

from __future__ import annotations

from collections.abc import Sequence

from verify.language.automaton import Token
from verify.language.lexemes import INFINITE
from verify.language.names import Fault

SIGNS = {"positive": ">", "negative": "<", "nonnegative": ">=", "nonpositive": "<=", "nonzero": "!="}
PARITIES = {"even": 0, "odd": 1}
UNCLEAR = {
    "natural": "is 0 meant? write 'n positive integer' for n >= 1, 'n nonnegative integer' for n >= 0",
    "whole": "write 'n integer', 'n positive integer' or 'n nonnegative integer'",
}
_ADJECTIVES = {*SIGNS, *PARITIES, *UNCLEAR}
_KINDS = {"integer": "INTEGER", "integers": "INTEGER", "real": "REAL", "reals": "REAL"}
_ENDS = {"NAME", "NUMBER", "RPAR", "RSQUARE", "RBAR", "SUPERSCRIPT", "FACTORIAL", "INFINITY"}
_DECLARES = {"ADJECTIVE", "INTEGER", "REAL"}


def told_apart(tokens: Sequence[Token]) -> list[Token]:
    """The same words with the kinds that the grammar declares. Raises ``Fault``."""
    found: list[Token] = []
    opened: list[Token] = []
    before = ""
    i = 0
    while i < len(tokens):
        token = tokens[i]
        taken, kind = _kind(tokens, i, before)
        if kind == "LBAR":
            opened.append(token)
        elif kind == "RBAR":
            if not opened:
                hint = "write |x|*y for a product, abs(x) for an absolute value, the word 'or' between statements"
                raise Fault("a bar closes that was never opened", hint, token.start)
            opened.pop()
        value = "nonnegative" if taken == 3 else str(token)
        found.append(token if kind == token.kind else Token(value, kind, token.start))
        before = kind
        i += taken
    if opened:
        hint = "close it, or write abs(x) for an absolute value"
        raise Fault("a bar is never closed", hint, opened[-1].start)
    return found


def _kind(tokens: Sequence[Token], i: int, before: str) -> tuple[int, str]:
    """How many tokens are one word, and the type of that word."""
    token = tokens[i]
    if token.kind == "BAR":
        return 1, "RBAR" if before in _ENDS else "LBAR"
    if token.kind in ("INFINITE", "MEMBER"):
        return 1, "INFINITY" if token.kind == "INFINITE" else "_IN"
    if token.kind != "NAME":
        return 1, token.kind
    follows = before in _ENDS or before in _DECLARES
    if follows and _non(tokens, i):
        return 3, "ADJECTIVE"
    if follows and token in _ADJECTIVES and before != "NUMBER":
        return 1, "ADJECTIVE"
    if follows and token in _KINDS and before != "NUMBER":
        return 1, _KINDS[token]
    if before in _ENDS and token == "in":
        return 1, "_IN"
    after = tokens[i + 1].kind if i + 1 < len(tokens) else ""
    return 1, "INFINITY" if token.lower() in INFINITE and after != "LPAR" else "NAME"


def _non(tokens: Sequence[Token], i: int) -> bool:
    """``non-negative``."""
    return [str(t) for t in tokens[i : i + 3]] in (["non", "-", "negative"],)

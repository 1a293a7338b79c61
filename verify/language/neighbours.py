"""Words and bars whose neighbours say what they are: ``in``, ``even``, ``oo`` and ``|`` are no words of their own.

Two operands in a row mean nothing in the language, so a word after an operand cannot be a variable; and a bar opens
where an operand begins and closes where one ends, so ``|x - |y||`` can be read in one way only.
"""

from __future__ import annotations

from collections.abc import Iterator

from lark import Token

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


class Neighbours:
    """A pass over the tokens between lexer and parser, as Lark's ``postlex``."""

    always_accept = ("NAME", "BAR", "INFINITE", "MEMBER")

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """The same tokens with the types that the grammar declares. Raises ``Fault``."""
        tokens = list(stream)
        found: list[Token] = []
        opened: list[Token] = []
        before = ""
        i = 0
        while i < len(tokens):
            token = tokens[i]
            taken, kind = self._kind(tokens, i, before)
            if kind == "LBAR":
                opened.append(token)
            elif kind == "RBAR":
                if not opened:
                    hint = "write |x|*y for a product, abs(x) for an absolute value, the word 'or' between statements"
                    raise Fault("a bar closes that was never opened", hint, token.start_pos or 0)
                opened.pop()
            value = "nonnegative" if taken == 3 else str(token)
            found.append(token if kind == token.type else Token.new_borrow_pos(kind, value, token))
            before = kind
            i += taken
        if opened:
            hint = "close it, or write abs(x) for an absolute value"
            raise Fault("a bar is never closed", hint, opened[-1].start_pos or 0)
        return iter(found)

    def _kind(self, tokens: list[Token], i: int, before: str) -> tuple[int, str]:
        """How many tokens are one word, and the type of that word."""
        token = tokens[i]
        if token.type == "BAR":
            return 1, "RBAR" if before in _ENDS else "LBAR"
        if token.type in ("INFINITE", "MEMBER"):
            return 1, "INFINITY" if token.type == "INFINITE" else "_IN"
        if token.type != "NAME":
            return 1, token.type
        follows = before in _ENDS or before in _DECLARES
        if follows and self._non(tokens, i):
            return 3, "ADJECTIVE"
        if follows and token in _ADJECTIVES and before != "NUMBER":
            return 1, "ADJECTIVE"
        if follows and token in _KINDS and before != "NUMBER":
            return 1, _KINDS[token]
        if before in _ENDS and token == "in":
            return 1, "_IN"
        after = tokens[i + 1].type if i + 1 < len(tokens) else ""
        return 1, "INFINITY" if token.lower() in INFINITE and after != "LPAR" else "NAME"

    def _non(self, tokens: list[Token], i: int) -> bool:
        """``non-negative``."""
        return [str(t) for t in tokens[i : i + 3]] in (["non", "-", "negative"],)

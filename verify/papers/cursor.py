"""A place in the tokens of a term: what both readers of terms move along."""

from __future__ import annotations

from collections.abc import Sequence

from verify.papers.tokens import NotUnderstood, Token, argument

WRAPPED = frozenset({r"\underbrace", r"\overbrace", r"\ensuremath"})


class Cursor:
    """The tokens of one term, and where in them one is."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = [t for t in tokens if t.text != " "]
        self.i = 0
        self.depth = 0
        self.end = tokens[-1].position if tokens else 0

    def peek(self) -> Token | None:
        return self.tokens[self.i] if self.i < len(self.tokens) else None

    def at(self, *texts: str) -> bool:
        t = self.peek()
        return t is not None and t.text in texts

    def take(self) -> Token:
        t = self.peek()
        if t is None:
            raise NotUnderstood("the formula breaks off", self.end)
        self.i += 1
        return t

    def argument(self, position: int) -> list[Token]:
        """The argument at the place: a group or one token."""
        found, self.i = argument(self.tokens, self.i, position)
        return found

    def radicand(self, sign: Token) -> list[Token]:
        r"""What stands below a root. Of a power behind one token, as in \sqrt x^2, nobody knows where it is meant."""
        braces = self.at("{")
        found = self.argument(sign.position)
        if not braces and self.at("^"):
            raise NotUnderstood(
                "a power behind a root without braces", sign.position, r"write \sqrt{x}^2 or \sqrt{x^2}"
            )
        return found

    def ungroup(self) -> None:
        """Take off braces that are no argument: TeX does not print them, so 2{x+1} is 2x+1 and {a+b}^2 is a+b^2."""
        while (t := self.peek()) is not None and (t.text == "{" or t.text in WRAPPED):
            start = self.i
            tokens, end = argument(self.tokens, start + (t.text != "{"), t.position)
            while t.text in (r"\underbrace", r"\overbrace") and end < len(self.tokens):
                if self.tokens[end].text not in ("_", "^"):
                    break
                _, end = argument(self.tokens, end + 1, t.position)
            if not tokens:
                raise NotUnderstood("an empty group", t.position)
            self.tokens[start:end] = tokens

    def enclosed(self, operator: Token, signs: frozenset[str], brackets: dict[str, str]) -> list[Token]:
        """The tokens from here to the end of what encloses them; not understood where a sign of a sum is among them."""
        depth, start = 0, self.i
        end, bars = start, False
        closing = frozenset(brackets.values()) | {r"\rvert", r"\rVert"}
        opening = frozenset(brackets) | {r"\lvert", r"\lVert", "{"}
        while end < len(self.tokens):
            t = self.tokens[end]
            if depth == 0 and (t.text in closing or t.text in (",", ";", "}")):
                break
            if depth == 0 and not bars and t.text in signs:
                hint = "put brackets around what it is taken of"
                raise NotUnderstood(f"how far {operator.text} reaches", t.position, hint)
            depth += (t.text in opening) - (t.text in closing or t.text == "}")
            bars = bars != (depth == 0 and t.text in ("|", r"\|", r"\Vert", r"\vert"))
            end += 1
        if bars:
            raise NotUnderstood(f"how far {operator.text} reaches", operator.position, r"write \lvert and \rvert")
        return self.tokens[start:end]

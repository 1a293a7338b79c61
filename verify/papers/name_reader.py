r"""The tokens of a term with a place in them, and the names that are read from there.

A name takes its subscripts, stars, primes and an index in brackets with it; a bracket after it is a factor, or makes it
the value of a function, where the paper says which.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from verify.language.logic import Term, Var
from verify.papers.ambiguity import spelled
from verify.papers.cursor import WRAPPED, Cursor
from verify.papers.keys import canonical, index_of, loose, read_name, source_of, starts_name
from verify.papers.names import Names
from verify.papers.tokens import NotUnderstood, Token, argument

FRACTIONS = frozenset({r"\frac", r"\tfrac", r"\dfrac", r"\cfrac", r"\nicefrac", r"\sfrac"})
FUNCTIONS = {r"\log": "log", r"\ln": "log", r"\exp": "exp"}
EXTREMES = {r"\min": "min", r"\max": "max"}
PAIRS = {"(": ")", "[": "]", r"\{": r"\}", r"\lbrack": r"\rbrack", r"\lbrace": r"\rbrace"}
TIMES = frozenset({r"\cdot", r"\times", "*"})
BOXES = frozenset({r"\boxed", r"\fbox"})
DIGITS = frozenset("0123456789")
_OPERATOR = re.compile(r"\\(operatorname|mathbb|nabla)(?![A-Za-z])")
MEANT = (
    FRACTIONS
    | frozenset(FUNCTIONS)
    | frozenset(EXTREMES)
    | TIMES
    | WRAPPED
    | BOXES
    | frozenset(PAIRS)
    | frozenset((r"\sqrt", r"\lvert", r"\lVert", r"\|", r"\infty"))
)


class NameReader(Cursor):
    """Reads one list of tokens; ``names`` is shared by the displays of a paper.

    ``theory`` tells that names mean the quantities of the theory, and that other names are errors; ``declaring`` that
    new names and norms are being introduced. ``doubtful`` collects capital letters that nobody declared: what they are
    is told by their use, see ``ambiguity.settle``.
    """

    def __init__(self, tokens: Sequence[Token], names: Names, *, theory: bool = False, declaring: bool = False) -> None:
        super().__init__(tokens)
        self.names = names
        self.theory, self.declaring = theory, declaring
        self.doubtful: dict[str, tuple[str, Token]] = {}

    def starts_factor(self, t: Token) -> bool:
        return (
            starts_name(t)
            or t.text in DIGITS
            or t.text in PAIRS
            or t.text in ("{", r"\lvert", r"\lVert", r"\sqrt", r"\infty")
            or t.text in FRACTIONS | WRAPPED | BOXES
            or t.text in FUNCTIONS
            or t.text in EXTREMES
        )

    # ------------------------------------------------------------ names

    def norm(self, opening: Token) -> Term:
        closing = r"\rVert" if opening.text == r"\lVert" else r"\|"
        start = self.i - 1
        while not self.at(closing):
            self.take()
        self.take()
        content = self.tokens[start + 1 : self.i - 1]
        key = f"norm {{{canonical(content)}}}"
        if self.at("_"):
            mark = self.take()
            tokens, self.i = argument(self.tokens, self.i, mark.position)
            key += "_" + canonical(tokens)
        if self.declaring:
            self.names.declared.add(key)
        if key not in self.names.declared:
            hint = r"declare it, as in '% verify: assume \lVert v \rVert \ge 0'"
            raise NotUnderstood("a norm that is not declared", opening.position, hint)
        name = self.names.resolve(key, source_of(self.tokens[start : self.i]))
        self.names.opaque[name] = "a norm"
        return Var(name)

    def name(self, first: Token) -> Term:
        start = self.i - 1
        key, self.i = read_name(self.tokens, start)
        base = key
        longer = self.with_bracket(key)
        if longer is not None:
            key = longer
        elif self.at("^"):
            key = self.with_superscript(key, first)
        source = source_of(self.tokens[start : self.i])
        t = self.peek()
        if longer is None and t is not None and t.text in ("(", "[") and not self.is_factor(key):
            raise NotUnderstood(
                "a name before a bracket: a factor, or a function of what follows",
                first.position,
                f"if it is a number, declare it: '% verify: assume {source} \\in \\mathbb R'",
            )
        if not self.theory and longer is None and t is not None and t.text == "^":
            self.check_iterate(key, first)
        if not self.theory and longer is None and t is not None and self.starts_factor(t) and _OPERATOR.match(key):
            raise NotUnderstood(f"the operator {source}", first.position)
        if self.theory:
            known = self.names.lexicon.meaning.get(loose(key))
            if known is None:
                hint = "here names are those of the claim, or of the theory: see verify list --expressions"
                raise NotUnderstood(f"{source} is no quantity of the theory or of the claim", first.position, hint)
            self.names.latex.setdefault(known, source)
            return Var(known)
        if self.declaring:
            self.names.declared.add(key)
        elif doubt := self.names.doubt(key) or self.product_of_letters(start):
            hint = f"if it is a number, declare it: '% verify: assume {source} \\in \\mathbb R'"
            if not doubt.startswith("a capital"):
                raise NotUnderstood(f"{source}: {doubt}", first.position, hint)
            self.doubtful.setdefault(self.names.resolve(key, source), (source, first))
        name = self.names.resolve(key, source)
        if longer is not None:
            self.names.opaque[name] = f"a value of {base}"
        return Var(name)

    def check_iterate(self, key: str, first: Token) -> None:
        """A bracket behind a power may be an argument too: f^2(x) is an iterate, and f^{-1}(y) an inverse."""
        _, after = argument(self.tokens, self.i + 1, first.position)
        if after >= len(self.tokens) or self.tokens[after].text not in ("(", "["):
            return
        content = self.content(after)
        several = any(t.text in (",", ";") for t in content)
        function = self.names.may_be_function(key) and key not in self.names.numbers
        if several or function or (single(content) and read_name_or_number(content) != key):
            hint = "write \\cdot before the bracket"
            raise NotUnderstood(
                "a power before a bracket: a factor, or a function of what follows", first.position, hint
            )

    def content(self, start: int) -> list[Token]:
        """What stands in the bracket that opens at this place; what follows it where it is never closed."""
        depth = 0
        for j in range(start, len(self.tokens)):
            depth += (self.tokens[j].text in ("(", "[")) - (self.tokens[j].text in (")", "]"))
            if depth == 0:
                return self.tokens[start + 1 : j]
        return self.tokens[start + 1 :]

    def product_of_letters(self, start: int) -> str:
        """What a letter nobody declared is besides a factor, where it and the letters behind it spell something."""
        if self.names.is_number(self.tokens[start].text):
            return ""
        if self.tokens[start].text == "d" and self.i == start + 1 and (t := self.peek()) is not None:
            return "a differential or a name" if starts_name(t) else ""
        return spelled(self.tokens, start)

    def with_bracket(self, key: str) -> str | None:
        r"""The key of a quantity whose name contains its argument, such as \mathcal E_m(c) or f(x)."""
        if not self.at("("):
            return None
        depth = 0
        for j in range(self.i, min(len(self.tokens), self.i + 40)):
            depth += (self.tokens[j].text == "(") - (self.tokens[j].text == ")")
            if depth == 0:
                longer = key + canonical(self.tokens[self.i : j + 1])
                known = loose(longer) in self.names.lexicon.meaning if self.theory else longer in self.names.declared
                if known or (self.declaring and self.is_argument(key, self.tokens[self.i + 1 : j])):
                    self.i = j + 1
                    return longer
                return None
        return None

    def is_argument(self, key: str, content: Sequence[Token]) -> bool:
        """Whether an assumption introduces a function value: f(x) is one, y(a+b) a product where y stands alone too."""
        if self.is_factor(key):
            return False
        if self.names.known_bare(key) and not self.names.may_be_function(key) and not single(content):
            self.names.declared.add(key)
            return False
        self.names.functions.add(key)
        return True

    def with_superscript(self, key: str, first: Token) -> str:
        """The key of a name with an index above it, such as Q^{(m)} or a^+; a power is left to be read."""
        tokens, after = argument(self.tokens, self.i + 1, self.tokens[self.i].position)
        index = index_of(tokens)
        if index is None:
            return key
        self.i = after
        longer = f"{key}^{{{index}}}"
        if self.at("_") and "_" not in key:
            below, self.i = argument(self.tokens, self.i + 1, self.tokens[self.i].position)
            longer = f"{key}_{{{canonical(below)}}}^{{{index}}}"
        return longer

    def is_factor(self, key: str) -> bool:
        """Whether a bracket after this name multiplies it: the name is a number, and the bracket is no single name."""
        if self.theory:
            return True
        if not self.names.is_factor(key):
            return False
        depth = 0
        for j in range(self.i, len(self.tokens)):
            depth += (self.tokens[j].text in ("(", "[")) - (self.tokens[j].text in (")", "]"))
            if depth == 0:
                content = self.tokens[self.i + 1 : j]
                if any(t.text in (",", ";") for t in content):
                    return False
                return not content or not single(content) or read_name(content, 0)[0] == key
        return True


def read_name_or_number(content: Sequence[Token]) -> str:
    """The key of the one name in a bracket; empty where it is a number."""
    return read_name(content, 0)[0] if starts_name(content[0]) else ""


def single(content: Sequence[Token]) -> bool:
    """Whether the content of a bracket is one name or one number, as an argument mostly is."""
    if content and all(t.text in DIGITS for t in content):
        return True
    if not content or not starts_name(content[0]):
        return any(t.text in (",", ";") for t in content)
    _, end = read_name(content, 0)
    if end < len(content) and content[end].text == "^":
        _, end = argument(content, end + 1, content[end].position)
    return end >= len(content) or any(t.text in (",", ";") for t in content)

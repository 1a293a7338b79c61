r"""Expectations, variances and sums, and how far they reach where no brackets tell."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from verify.papers.keys import FONTS, canonical, starts_name
from verify.papers.name_reader import DIGITS, PAIRS
from verify.papers.rows import split_top
from verify.papers.signs import RELATIONS
from verify.papers.spatial_cursor import BARS, SpatialCursor
from verify.papers.spatial_names import SpatialNames, Written, letters_of
from verify.papers.spatial_written import read_written
from verify.papers.tokens import NotUnderstood, Token, argument
from verify.spaces.reading.surface import Node

STAGE = "@"  # before the variable of an index: what is known at that index is given
EXPECTATIONS = frozenset({r"\mathbb{E}", r"\operatorname{E}", r"\operatorname{\mathbb{E}}", r"\mathop{\mathbb{E}}"})
VARIANCES = frozenset({r"\operatorname{Var}", r"\mathrm{Var}", r"\mathop{\mathrm{Var}}"})
_MIDDLE = frozenset({r"\mid", "|", r"\vert"})
_HOW_SUM = r"write \sum_{t=0}^{T-1}, or declare the index: '% verify: index i = 1, \dots, n'"


class Operators(SpatialCursor):
    """Operators with a body. ``reaching``: the letters of sums without brackets in the product that is being read."""

    def __init__(self, tokens: Sequence[Token], names: SpatialNames, *, assuming: bool = False) -> None:
        super().__init__(tokens, names, assuming=assuming)
        self.reaching: dict[str, Token] = {}
        self.bare_expectation: Token | None = None

    @abstractmethod
    def term(self) -> Node: ...

    @abstractmethod
    def product(self) -> Node: ...

    @abstractmethod
    def factor(self) -> tuple[Node, bool]: ...

    @abstractmethod
    def inside(self, tokens: Sequence[Token], position: int) -> Node: ...

    @abstractmethod
    def bracket(self, opening: Token, closing: str) -> Node: ...

    @abstractmethod
    def starts_factor(self, t: Token) -> bool: ...

    # ------------------------------------------------------------ expectations

    def operator(self, t: Token) -> str | None:
        """Which operator stands here: E or Var; the token was taken."""
        if t.text not in FONTS:
            return None
        inside, _ = argument(self.tokens, self.i, t.position)
        text = f"{t.text}{{{canonical(inside)}}}"
        if text in self.names.names.declared:
            return None
        return "E" if text in EXPECTATIONS else "Var" if text in VARIANCES else None

    def expectation(self, sign: Token, word: str) -> Node:
        self.argument(sign.position)
        given: tuple[str, ...] = ()
        if self.at("_"):
            given = (self.stage(self.take()),)
        if self.at("^"):
            raise NotUnderstood("a power of an expectation without brackets", sign.position, r"write (\mathbb{E} X)^2")
        self.ungroup()
        opening = self.peek()
        if opening is not None and opening.text in PAIRS:
            body, names = self.conditioned(self.take())
            if given and names:
                raise NotUnderstood("an expectation with an index and a condition", sign.position)
            given = given or names
        elif word == "Var":
            raise NotUnderstood("a variance without brackets", sign.position, r"write \operatorname{Var}(X)")
        else:
            body = self.reached(sign)
            self.bare_expectation = sign
        if not self.random(body):
            hint = "declare what is random: '% verify: random vectors g' or '% verify: random X'"
            raise NotUnderstood("an expectation of what is not declared random", sign.position, hint)
        return Node(word, (body, *given), sign.position, self.stop())

    def stage(self, mark: Token) -> str:
        """What an index of an expectation says is given."""
        tokens = self.argument(mark.position)
        key = canonical(tokens)
        if len(tokens) != 1 or not starts_name(tokens[0]) or key not in self.names.stages:
            hint = r"declare it: '% verify: assume \mathbb{E}_t g_t = \nabla f(w_t)', or write \mathbb{E}[g \mid w]"
            raise NotUnderstood(f"the index {key} of an expectation", mark.position, hint)
        if key in self.bound:
            raise NotUnderstood("an expectation whose index is summed over", mark.position)
        return STAGE + self.names.variable(key, key)

    def conditioned(self, opening: Token) -> tuple[Node, tuple[str, ...]]:
        r"""What stands in the bracket of an expectation, and the names behind \mid."""
        start, content = self.i, self.content(self.i - 1)
        parts = split_top(content, _MIDDLE)
        if len(parts) == 1:
            return self.bracket(opening, PAIRS[opening.text]), ()
        bars = sum(t.text in ("|", r"\vert") for t in content)
        if len(parts) > 2 or (parts[1][0] is not None and parts[1][0].text != r"\mid" and bars > 1):
            raise NotUnderstood("a condition or an absolute value", opening.position, r"write \mid and \lvert x\rvert")
        body = self.inside(parts[0][1], opening.position)
        given = []
        for _, part in split_top(parts[1][1], frozenset({","})):
            if not part or not starts_name(part[0]):
                raise NotUnderstood("a condition that is no name", opening.position, r"write \mathbb{E}[g \mid w]")
            w, end = read_written(part, 0, self.names)
            if end != len(part):
                raise NotUnderstood("a condition that is no name", part[0].position, r"write \mathbb{E}[g \mid w]")
            given.append(self.known(w))
        self.i = start + len(content) + 1
        return body, tuple(given)

    def reached(self, sign: Token) -> Node:
        """What an expectation without brackets is of: the factors up to the first that is random."""
        run: list[Node] = []
        while True:
            self.ungroup()
            t = self.peek()
            if t is None or not self.starts_factor(t) or (run and t.text in DIGITS):
                break
            factor, transposed = self.factor()
            if transposed:
                raise NotUnderstood("a transpose behind an expectation without brackets", sign.position)
            run.append(factor)
            if self.random(factor):
                break
        if not run:
            raise NotUnderstood("an expectation of nothing", sign.position)
        return run[0] if len(run) == 1 else Node("*", tuple(run), run[0].start, run[-1].stop)

    # ------------------------------------------------------------ sums

    def sum(self, sign: Token) -> Node:
        lower: list[Token] = []
        upper: list[Token] = []
        while self.at("_", "^"):
            mark = self.take()
            (lower if mark.text == "_" else upper).extend(self.argument(mark.position))
        letter, first, last = self.range_of(sign, lower, upper)
        key = letter.text
        outer, self.assuming = self.assuming, True  # what limits a sum is a number, whatever its letter
        ends = self.inside(first, sign.position), self.inside(last, sign.position)
        self.assuming = outer
        variable = self.names.variable(key, key)
        if key in self.bound or any(variable in letters_of(end) for end in ends):
            raise NotUnderstood(f"a sum over {key} in whose range {key} stands", sign.position)
        if (t := self.peek()) is None or not (self.starts_factor(t) or t.text in BARS):
            raise NotUnderstood("a sum of nothing, or of what begins with a sign", sign.position, "write brackets")
        bracketed = t.text in PAIRS
        self.bound.append(key)
        body = self.product()
        self.bound.pop()
        if not bracketed or body.op in ("*", "/"):
            self.reaching[variable] = sign
        return Node("sum", (body, variable, *ends), sign.position, self.stop())

    def range_of(
        self, sign: Token, lower: Sequence[Token], upper: Sequence[Token]
    ) -> tuple[Token, Sequence[Token], Sequence[Token]]:
        """The letter of a sum, its first and its last number."""
        if not lower or not starts_name(lower[0]) or lower[0].text in FONTS:
            raise NotUnderstood("a sum without its index", sign.position, _HOW_SUM)
        if len(lower) == 1 and not upper:
            declared = self.names.running.get(lower[0].text)
            if declared is None:
                raise NotUnderstood("a sum without its range", sign.position, _HOW_SUM)
            return lower[0], declared[0], declared[1]
        parts = split_top(lower, frozenset(RELATIONS))
        if len(parts) != 2 or parts[1][0] is None or parts[1][0].text != "=" or len(parts[0][1]) != 1 or not upper:
            raise NotUnderstood("the range of a sum", sign.position, _HOW_SUM)
        return lower[0], parts[1][1], upper

    # ------------------------------------------------------------ names

    def known(self, w: Written) -> str:
        """The variable of a name, which is noted."""
        variable = self.names.variable(w.key, w.source)
        self.names.written[variable] = w
        return variable

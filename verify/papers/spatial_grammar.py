r"""Reads terms with norms, inner products, gradients, expectations and sums into ``surface`` trees.

term     [+|-] product ((+|-) product)*
product  factor (['*' | \cdot | /] factor)*
factor   atom ['^' exponent]

How far a sign without brackets reaches: \sum to the end of its product, that is to the next + or - beside it; \mathbb E
to the end of the first factor behind it that is random. What would have another value if it reached further is not
understood: a later summand with the letter of the sum, a later factor that is random. A transpose u^\top takes the rest
of its product, which is the same as taking the next vector. A product, a power or a bracket is read as in ``grammar``.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from verify.papers.ambiguity import differential
from verify.papers.function_reader import is_euler
from verify.papers.keys import canonical, index_of, loose, starts_name
from verify.papers.name_reader import BOXES, DIGITS, EXTREMES, FRACTIONS, FUNCTIONS, PAIRS, TIMES
from verify.papers.signs import is_sign
from verify.papers.spatial_atoms import Atoms
from verify.papers.spatial_cursor import BARS
from verify.papers.spatial_names import letters_of
from verify.papers.tokens import NotUnderstood, Token, optional
from verify.spaces.reading.surface import Node

MAX_EXPONENT = 1_000
_SIGNS = frozenset({"+", "-", "−"})
_TRANSPOSED = frozenset({r"\top", "T", r"\intercal"})
_MARKS = frozenset({r"\perp", r"\dagger", "H", r"\circ", r"\complement"})
_FACTORS = frozenset({r"\sqrt", r"\nabla", r"\langle", r"\sum", r"\lVert", r"\lvert", "{"})


class SpatialReader(Atoms):
    """Reads one list of tokens as a term."""

    def whole(self) -> Node:
        """The term that all the tokens make up."""
        found = self.term()
        t = self.peek()
        if t is not None:
            raise NotUnderstood(f"'{t.text[:30]}' where the term should end", t.position)
        return found

    def inside(self, tokens: Sequence[Token], position: int) -> Node:
        """A whole term in braces."""
        if not [t for t in tokens if t.text != " "]:
            raise NotUnderstood("an empty group", position)
        other = SpatialReader(tokens, self.names, assuming=self.assuming)
        other.depth, other.bound, other.doubtful = self.depth + 1, self.bound, self.doubtful
        return other.whole()

    def term(self) -> Node:
        self.ungroup()
        parts: list[Node] = []
        open_sums: dict[str, Token] = {}  # the letters of sums without brackets in the summands so far
        t = self.peek()
        start = t.position if t is not None else self.end
        sign = self.take() if t is not None and t.text in _SIGNS else None
        while True:
            outer, self.reaching = self.reaching, {}
            product = self.product()
            if found := sorted(letters_of(product) & open_sums.keys()):
                hint = "put brackets around what is summed"
                raise NotUnderstood(rf"how far \sum over {self.shown(found[0])} reaches", product.start, hint)
            open_sums |= self.reaching
            self.reaching = outer
            negative = sign is not None and sign.text != "+"
            parts.append(Node("-", (product,), sign.position, product.stop) if negative and sign else product)
            t = self.peek()
            if t is None or t.text not in _SIGNS:
                break
            sign = self.take()
        return parts[0] if len(parts) == 1 else Node("+", tuple(parts), start, self.stop())

    def shown(self, variable: str) -> str:
        return self.names.names.latex.get(variable, variable)

    def product(self) -> Node:
        self.deeper()
        run: list[Node] = []
        slash: Token | None = None
        expected: Token | None = None  # an expectation without brackets before here
        while True:
            self.ungroup()
            t = self.peek()
            if run and t is not None and t.text in TIMES:
                self.take()
                slash = None
                if (after := self.peek()) is not None and after.text in _SIGNS:
                    raise NotUnderstood("a sign after a multiplication", after.position, "write brackets")
                if t.text != r"\cdot" and not (run[-1].op == "number" and self.at(*DIGITS)):
                    raise NotUnderstood(f"{t.text} between terms", t.position, r"write \cdot, or nothing")
            elif run and t is not None and t.text == "/":
                self.take()
                slash = t
                below, transposed = self.factor()
                if transposed:
                    raise NotUnderstood("a transpose below a slash", t.position, "write brackets")
                self.not_random(below, expected)
                above = joined(run)
                run = [Node("/", (above, below), above.start, below.stop)]
                continue
            elif run and (t is None or not self.starts_factor(t)):
                break
            elif run and slash is not None:
                hint = r"write \frac{...}{...} or brackets"
                raise NotUnderstood("a/bc can be read in two ways", slash.position, hint)
            elif run and t is not None and t.text in DIGITS:
                raise NotUnderstood("a number behind a factor", t.position, "put numbers before letters")
            self.bare_expectation = None
            factor, transposed = self.factor()
            self.not_random(factor, expected)
            expected = self.bare_expectation or expected
            if transposed:
                factor = self.inner_of_transpose(factor)
            run.append(factor)
        self.depth -= 1
        return joined(run)

    def not_random(self, factor: Node, expected: Token | None) -> None:
        if expected is not None and self.random(factor):
            hint = r"put brackets around what the expectation is of, \mathbb{E}[...]"
            raise NotUnderstood("how far an expectation without brackets reaches", expected.position, hint)

    def inner_of_transpose(self, left: Node) -> Node:
        r"""The inner product that u^\top starts: with the rest of the product, a scalar in which changes nothing."""
        t = self.peek()
        if t is None or not (self.starts_factor(t) or t.text == r"\cdot"):
            raise NotUnderstood("a transpose with nothing behind it", left.start, r"write \langle u, v\rangle")
        if t.text == r"\cdot":
            self.take()
        right = self.product()
        for side in (left, right):
            if not self.is_vector(side):
                hint = r"declare them, as in '% verify: vectors u, v', or write \langle u, v\rangle"
                raise NotUnderstood("a transpose of what is not known to be a vector", side.start, hint)
        return Node("inner", (left, right), left.start, right.stop)

    def starts_factor(self, t: Token) -> bool:
        if t.text in BARS and t.text not in (r"\lVert", r"\lvert"):
            return t.text not in self.bars and t.text != "|" and t.text != r"\vert"
        return (
            starts_name(t)
            or t.text in DIGITS
            or t.text in PAIRS
            or t.text in _FACTORS
            or t.text in FRACTIONS | BOXES
            or t.text in FUNCTIONS
            or t.text in EXTREMES
        )

    def factor(self) -> tuple[Node, bool]:
        """A factor, and whether it is transposed."""
        self.ungroup()
        start = self.peek()
        base = self.atom()
        if self.at("^"):
            hat = self.take()
            tokens = self.argument(hat.position)
            if self.is_transpose(tokens, base):
                return base, True
            if base.op == "E" and start is not None and start.text not in PAIRS:
                hint = r"write (\mathbb{E}[X])^2 or \mathbb{E}[X^2]"
                raise NotUnderstood("a power behind an expectation", hat.position, hint)
            base = self.raised(base, tokens, hat)
        t = self.peek()
        if t is not None and t.text in ("^", "_", "!", "'"):
            shown = f" after {start.text}" if start is not None else ""
            raise NotUnderstood(f"'{t.text}'{shown}", t.position)
        return base, False

    def is_transpose(self, tokens: Sequence[Token], base: Node) -> bool:
        r"""Whether an exponent makes a transpose: \top always, T where it is no declared number."""
        text = loose(canonical(tokens))
        return text in _TRANSPOSED and not (text == "T" and self.names.names.is_number("T"))

    def raised(self, base: Node, tokens: Sequence[Token], hat: Token) -> Node:
        text = loose(canonical(tokens))
        if text in _MARKS or index_of(tokens) is not None:
            raise NotUnderstood("a mark or an index above a term", hat.position)
        if self.is_vector(base):
            raise NotUnderstood("a power of a vector", hat.position, r"write \lVert v \rVert^2")
        exponent = self.inside(tokens, hat.position)
        if exponent.op == "number" and isinstance(exponent.args[0], Fraction) and exponent.args[0] > MAX_EXPONENT:
            raise NotUnderstood(f"an exponent beyond {MAX_EXPONENT}", hat.position)
        if base.op == "norm by":
            return self.weighted(base, exponent, hat)
        return Node("^", (base, exponent), base.start, self.stop())

    # ------------------------------------------------------------ atoms

    def atom(self) -> Node:
        self.deeper()
        self.ungroup()
        found = self.unit(self.take())
        self.depth -= 1
        return found

    def unit(self, t: Token) -> Node:
        """The atom that begins with this token, which was taken."""
        if t.text in DIGITS or (t.text == "." and self.peek() is not None):
            return self.number(t)
        if t.text in BARS:
            return self.bars_of(t)
        if t.text in PAIRS:
            return self.positive_part(self.bracket(t, PAIRS[t.text]))
        if t.text in FRACTIONS:
            above, below = self.argument(t.position), self.argument(t.position)
            if differential(above, below):
                raise NotUnderstood("a quotient or a derivative", t.position, r"write a product of d as d\cdot x")
            parts = self.inside(above, t.position), self.inside(below, t.position)
            return Node("/", parts, t.position, self.stop())
        if t.text == r"\sqrt":
            index, self.i = optional(self.tokens, self.i)
            if index is not None and canonical(index) != "2":
                raise NotUnderstood("this root", t.position)
            return Node("call", ("sqrt", self.inside(self.radicand(t), t.position)), t.position, self.stop())
        if t.text == r"\langle":
            return self.inner(t)
        if t.text == r"\nabla":
            return self.gradient(t)
        if t.text == r"\sum":
            return self.sum(t)
        if t.text in EXTREMES and self.at("_"):
            return self.extremum(t)
        if t.text in FUNCTIONS or t.text in EXTREMES:
            return self.call(t)
        if is_euler(self.tokens, self.i - 1, self.names.names):
            return self.euler(t)
        if t.text in BOXES:
            return self.inside(self.argument(t.position), t.position)
        if (word := self.operator(t)) is not None:
            return self.expectation(t, word)
        if starts_name(t):
            return self.name(t)
        if t.kind == "text":
            raise NotUnderstood(f"the words {t.text[5:40]}", t.position)
        if is_sign(t):
            raise NotUnderstood(f"'{t.text}' where a term should stand", t.position)
        raise NotUnderstood(f"'{t.text[:30]}'", t.position)

    def bracket(self, opening: Token, closing: str) -> Node:
        outer, self.bars = self.bars, []
        found = self.term()
        self.bars = outer
        t = self.peek()
        if t is None or t.text != closing:
            what = f"'{t.text}' inside a bracket" if t is not None else "a bracket that is never closed"
            raise NotUnderstood(what, t.position if t is not None else opening.position)
        self.take()
        return found


def joined(run: list[Node]) -> Node:
    """The product of some factors."""
    return run[0] if len(run) == 1 else Node("*", tuple(run), run[0].start, run[-1].stop)

r"""The atoms of terms about vectors: norms, inner products, gradients, function values, names and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from verify.papers.ambiguity import spelled
from verify.papers.function_reader import extremum
from verify.papers.keys import canonical, read_name, starts_name
from verify.papers.name_reader import DIGITS, EXTREMES, FUNCTIONS, PAIRS
from verify.papers.spatial_cursor import BARS
from verify.papers.spatial_names import Written, unknown_name
from verify.papers.spatial_operators import Operators
from verify.papers.spatial_written import read_written
from verify.papers.tokens import NotUnderstood, Token
from verify.spaces.reading.surface import Node


class Atoms(Operators):
    """What stands in a product."""

    # ------------------------------------------------------------ numbers, functions of numbers

    def number(self, first: Token) -> Node:
        digits, last = first.text, first
        while (t := self.peek()) is not None and (t.text in DIGITS or (t.text == "." and "." not in digits)):
            if t.position - last.position > 1:
                raise NotUnderstood("digits apart", t.position)
            if t.text == "." and not (self.i + 1 < len(self.tokens) and self.tokens[self.i + 1].text in DIGITS):
                break
            digits, last = digits + self.take().text, t
        if len(digits) > 1_000 or digits == ".":
            raise NotUnderstood("this number", first.position)
        return Node("number", (Fraction(digits),), first.position, self.stop())

    def call(self, t: Token) -> Node:
        """A logarithm or an exponential with its argument, or the least and greatest of a list."""
        self.ungroup()
        opening = self.peek()
        if opening is None or opening.text not in PAIRS:
            raise NotUnderstood(f"how far the argument of {t.text} reaches", t.position, f"write {t.text}(...)")
        outer, self.bars = self.bars, []
        self.take()
        args = [self.term()]
        while t.text in EXTREMES and self.at(","):
            self.take()
            args.append(self.term())
        self.bars = outer
        if self.take().text != PAIRS[opening.text]:
            raise NotUnderstood(f"the argument of {t.text}", t.position)
        if t.text in EXTREMES and len(args) < 2:
            raise NotUnderstood(f"{t.text} of one term: of a family, or of a set", t.position)
        return Node("call", (FUNCTIONS.get(t.text) or EXTREMES[t.text], *args), t.position, self.stop())

    def euler(self, t: Token) -> Node:
        """A power of Euler's number, or that number."""
        if t.text == r"\mathrm":
            self.argument(t.position)
        exponent = Node("number", (Fraction(1),), t.position, self.stop())
        if self.at("^"):
            hat = self.take()
            exponent = self.inside(self.argument(hat.position), hat.position)
        if self.at("^", "_"):
            raise NotUnderstood(f"'{self.take().text}' behind a power", t.position)
        return Node("call", ("exp", exponent), t.position, self.stop())

    def positive_part(self, inner: Node) -> Node:
        """What a bracket with a plus below it is, where one stands here; else its content."""
        if not self.at("_") or canonical(self.tokens[self.i + 1 : self.i + 2]) not in ("+", "{"):
            return inner
        mark = self.take()
        if canonical(self.argument(mark.position)) != "+" or self.is_vector(inner):
            raise NotUnderstood("an index of a bracket", mark.position)
        zero = Node("number", (Fraction(0),), inner.start, inner.stop)
        return Node("call", ("max", inner, zero), inner.start, self.stop())

    def extremum(self, t: Token) -> Node:
        """The least or greatest number over an index, up to the end of what encloses it: any number.

        It may be random, or another one for each number of an index: then it is not read.
        """
        start = self.i - 1
        lower = self.argument(self.take().position)
        body = self.enclosed(t, frozenset({"+", "-", "−"}), PAIRS)
        letter = next((x.text for x in lower if starts_name(x)), "")
        others = {x.text for x in (*lower, *body)} - {letter}
        if not body or letter in self.bound or others & {*self.bound, *self.names.running, *self.names.stages}:
            raise NotUnderstood(f"{t.text} of nothing, or another one for each index", t.position)
        tree = self.inside(body, t.position)
        if self.random(tree) or self.is_vector(tree):
            raise NotUnderstood(f"{t.text} of what is random, or no number", t.position)
        self.i += len(body)
        variable = extremum(self.tokens[start : self.i], self.names.names).name
        return Node("name", (variable,), t.position, self.stop())

    # ------------------------------------------------------------ norms and inner products

    def bars_of(self, opening: Token) -> Node:
        r"""A norm or an absolute value. Bars that look alike on both sides close the innermost that is open."""
        closing = BARS[opening.text]
        self.bars.append(closing)
        inner = self.term()
        self.bars.pop()
        t = self.peek()
        if t is None or t.text != closing:
            what = f"'{t.text}' inside bars" if t is not None else "bars that are never closed"
            raise NotUnderstood(what, t.position if t is not None else opening.position)
        self.take()
        if opening.text in (r"\lvert", "|", r"\vert"):
            return Node("call", ("abs", inner), opening.position, self.stop())
        if self.at("_"):
            return self.indexed_norm(inner, opening)
        return Node("norm", (inner,), opening.position, self.stop())

    def indexed_norm(self, inner: Node, opening: Token) -> Node:
        """The norm of a declared operator, of which only the square is read; or the Euclidean one, written with a 2."""
        mark = self.take()
        tokens = self.argument(mark.position)
        if canonical(tokens) == "2" and self.is_vector(inner):
            return Node("norm", (inner,), opening.position, self.stop())
        if len(tokens) == 1 and starts_name(tokens[0]):
            w, _ = read_written(tokens, 0, self.names)
            said = self.names.of(w)
            if said is not None and said.kind == "operator":
                name = Node("name", (self.known(w),), w.start, w.stop)
                return Node("norm by", (name, inner), opening.position, self.stop())
        raise NotUnderstood("an index of a norm", mark.position, "only norms of inner products are read")

    def weighted(self, base: Node, exponent: Node, hat: Token) -> Node:
        """The square of the norm that an operator makes."""
        operator, inner = base.parts
        if exponent.op != "number" or exponent.args[0] != 2:
            raise NotUnderstood("a norm with an operator that is not squared", hat.position)
        return Node("inner", (Node("*", (operator, inner), base.start, base.stop), inner), base.start, self.stop())

    def inner(self, opening: Token) -> Node:
        outer, self.bars = self.bars, []
        left = self.term()
        if not self.at(",", r"\mid", "|"):
            t = self.peek()
            what = "an inner product needs two vectors with a comma between them"
            raise NotUnderstood(what, t.position if t is not None else opening.position)
        self.take()
        right = self.term()
        self.bars = outer
        t = self.peek()
        if t is None or t.text != r"\rangle":
            raise NotUnderstood(
                "an inner product that is not closed", t.position if t is not None else opening.position
            )
        self.take()
        if self.at("_"):
            raise NotUnderstood("an index of an inner product", self.take().position)
        return Node("inner", (left, right), opening.position, self.stop())

    # ------------------------------------------------------------ functions

    def gradient(self, nabla: Token) -> Node:
        if self.at("^", "_"):
            raise NotUnderstood(rf"\nabla with '{self.take().text}'", nabla.position)
        t = self.peek()
        if t is None or not starts_name(t):
            raise NotUnderstood(r"\nabla without the name of a function", nabla.position)
        key, end = read_name(self.tokens, self.i)
        self.check_bound(key, self.tokens[self.i : end], t)
        shown = "".join(x.text for x in self.tokens[self.i : end])
        self.i = end
        if not self.at(*PAIRS):
            raise NotUnderstood("a gradient without its point", nabla.position, r"write \nabla f(w)")
        point = self.point()
        return Node("grad", (self.names.variable(key, shown), point), nabla.position, self.stop())

    def point(self) -> Node:
        """The argument of a function, in its bracket."""
        opening = self.take()
        if any(t.text in (",", ";") for t in self.content(self.i - 1)):
            raise NotUnderstood("a function of two arguments", opening.position)
        return self.bracket(opening, PAIRS[opening.text])

    # ------------------------------------------------------------ names

    def name(self, first: Token) -> Node:
        start = self.i - 1
        w, end = read_written(self.tokens, start, self.names)
        if self.is_call(w, end):
            self.check_bound(w.key, self.tokens[start:end], first)
            self.i = end
            point = self.point()
            return Node("call", (self.names.variable(w.key, w.source), point), first.position, self.stop())
        self.i = end
        if self.assuming:
            self.names.mentioned.add(w.key if w.index is None else w.base)
        elif self.names.of(w) is None and not self.names.names.is_number(w.key) and w.key not in self.bound:
            if not self.names.names.is_number(first.text) and (word := spelled(self.tokens, start)):
                raise NotUnderstood(f"{w.source}: {word}", first.position)
            if doubt := self.names.doubt(w):
                fault = unknown_name(w, doubt)
                if w.index is None or not doubt.startswith("a capital"):
                    raise fault
                self.doubtful.setdefault(self.names.family(w.base, w.base_source), fault)
        if w.index is None and w.letters & set(self.bound):
            raise NotUnderstood(f"{w.source} in a sum: with another index than that of the sum", first.position)
        return self.node(w)

    def node(self, w: Written) -> Node:
        """A name; where it may be a member of a family, that family, its index and its own variable."""
        variable = self.known(w)
        if w.index is None:
            return Node("name", (variable,), w.start, w.stop)
        family = self.names.family(w.base, w.base_source)
        return Node("at", (family, w.index, variable), w.start, w.stop)

    def is_call(self, w: Written, end: int) -> bool:
        """Whether the bracket behind a name holds an argument; not understood where that is not known."""
        if end >= len(self.tokens) or self.tokens[end].text not in ("(", "["):
            return False
        if self.names.is_function(w.key):
            return True
        said = self.names.of(w)
        if self.names.names.is_factor(w.key) or w.key in self.bound or (said is not None and said.kind == "operator"):
            return False
        hint = rf"say what it is: '% verify: functions {w.source}', or '% verify: assume {w.source} \in \mathbb R'"
        raise NotUnderstood("a name before a bracket: a factor, or a function of what follows", w.start, hint)

    def check_bound(self, key: str, tokens: Sequence[Token], first: Token) -> None:
        """A family of functions is not read."""
        if any(t.text in self.bound for t in tokens):
            raise NotUnderstood(f"{key}: a function for each index of a sum", first.position)

r"""The atoms of terms about vectors: norms, inner products, gradients, function values, expectations, sums and names."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from fractions import Fraction

from verify.papers.ambiguity import spelled
from verify.papers.keys import FONTS, canonical, read_name, starts_name
from verify.papers.name_reader import DIGITS, EXTREMES, FUNCTIONS, PAIRS
from verify.papers.rows import split_top
from verify.papers.signs import RELATIONS
from verify.papers.spatial_cursor import BARS, Cursor
from verify.papers.spatial_names import SpatialNames, Written, letters_of, unknown_name
from verify.papers.spatial_written import read_written
from verify.papers.tokens import NotUnderstood, Token, argument
from verify.spaces.surface import Node

STAGE = "@"  # before the variable of an index: what is known at that index is given
EXPECTATIONS = frozenset({r"\mathbb{E}", r"\operatorname{E}", r"\operatorname{\mathbb{E}}", r"\mathop{\mathbb{E}}"})
VARIANCES = frozenset({r"\operatorname{Var}", r"\mathrm{Var}", r"\mathop{\mathrm{Var}}"})
_MIDDLE = frozenset({r"\mid", "|", r"\vert"})
_HOW_SUM = r"write \sum_{t=0}^{T-1}, or declare the index: '% verify: index i = 1, \dots, n'"


class Atoms(Cursor):
    """What stands in a product. ``reaching``: the letters of sums without brackets in the product that is being read."""

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
        ends = self.inside(first, sign.position), self.inside(last, sign.position)
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
        """A name; where it may be a member of a family, that family, its index and the variable that it is by itself."""
        variable = self.known(w)
        if w.index is None:
            return Node("name", (variable,), w.start, w.stop)
        family = self.names.family(w.base, w.base_source)
        return Node("at", (family, w.index, variable), w.start, w.stop)

    def known(self, w: Written) -> str:
        """The variable of a name, which is noted."""
        variable = self.names.variable(w.key, w.source)
        self.names.written[variable] = w
        return variable

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

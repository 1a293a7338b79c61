r"""Reads the terms of a display. What it does not know it refuses.

    term     [+-] product ([+-] product)*
    product  factor ((\cdot | \times | * | /)? factor)*      a/bc is refused: it can be read in two ways
    factor   atom (^ exponent)?
    atom     number, name, bracket, \frac, \sqrt, |x|, \lVert x\rVert, function

A bracket after a name is a factor only where the name is known to be a number; \log takes one atom or a bracket. Names
that nobody declared are read only where they can be nothing but real numbers (``Names.doubt``).
Nesting is limited, so no input can exhaust the stack.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from verify.language import logic
from verify.language.logic import App, Num, Term
from verify.papers.ambiguity import differential, transposed
from verify.papers.function_reader import MAX_EXPONENT, SIGNS, FunctionReader, folded, is_euler
from verify.papers.keys import canonical, index_of, source_of, starts_name
from verify.papers.name_reader import BOXES, DIGITS, EXTREMES, FRACTIONS, FUNCTIONS, PAIRS, TIMES, single
from verify.papers.signs import is_sign
from verify.papers.tokens import NotUnderstood, Token, argument

MAX_DEPTH = 60
_SPECIAL = frozenset({"]", r"\}", r"\rbrack", r"\rbrace"})


class Reader(FunctionReader):
    """Reads one list of tokens as a term."""

    def inside(self, tokens: Sequence[Token], position: int) -> Term:
        """A whole term in braces."""
        if not [t for t in tokens if t.text != " "]:
            raise NotUnderstood("an empty group", position)
        other = Reader(tokens, self.names, theory=self.theory, declaring=self.declaring)
        other.depth = self.depth + 1
        other.doubtful = self.doubtful
        return other.whole()

    def whole(self) -> Term:
        """The term that all the tokens make up."""
        found = self.term()
        t = self.peek()
        if t is not None:
            raise NotUnderstood(f"'{t.text[:30]}' where the term should end", t.position)
        return found

    # ------------------------------------------------------------ terms

    def term(self) -> Term:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            t = self.peek()
            raise NotUnderstood(f"nesting deeper than {MAX_DEPTH}", t.position if t else self.end)
        parts = []
        self.ungroup()
        t = self.peek()
        sign = SIGNS[self.take().text] if t is not None and t.text in SIGNS else "+"
        while True:
            product = self.product()
            parts.append(logic.neg(product) if sign == "-" else product)
            t = self.peek()
            if t is None or t.text not in SIGNS:
                break
            sign = SIGNS[self.take().text]
        self.depth -= 1
        return logic.add(*parts)

    def product(self) -> Term:
        run: list[Term] = [self.factor()]
        slash: Token | None = None
        while True:
            self.ungroup()
            if (t := self.peek()) is None:
                break
            if t.text in TIMES:
                self.check_product(t)
                self.take()
                slash = None
                if (after := self.peek()) is not None and after.text in SIGNS:
                    raise NotUnderstood("a sign after a multiplication", after.position, "write brackets")
                run.append(self.factor())
            elif t.text == "/":
                self.take()
                above = logic.mul(*run)
                below = self.factor()
                numbers = isinstance(above, Num) and isinstance(below, Num) and below.value
                run, slash = [self.quotient(above, below) if numbers else logic.div(above, below)], t
            elif self.starts_factor(t):
                if slash is not None:
                    hint = r"write \frac{...}{...} or brackets"
                    raise NotUnderstood("a/bc can be read in two ways", slash.position, hint)
                self.check_number(t)
                mixed = t.text in FRACTIONS and isinstance(run[-1], Num) and self.tokens[self.i - 1].text in DIGITS
                run.append(self.factor())
                if mixed and isinstance(run[-1], Num):
                    raise NotUnderstood("a mixed number or a product", t.position, "write \\cdot between the factors")
            else:
                break
        return logic.mul(*run)

    def check_product(self, sign: Token) -> None:
        """Between names, * may be a convolution and \\times a product of vectors, unless they are known as numbers."""
        around = self.tokens[self.i - 1 : self.i] + self.tokens[self.i + 1 : self.i + 2]
        if sign.text == r"\cdot" or self.theory or self.declaring or not all(starts_name(t) for t in around):
            return
        if not all(self.names.is_number(t.text) for t in around):
            hint = "write \\cdot, or declare both factors"
            raise NotUnderstood(f"{sign.text} between names that are not declared", sign.position, hint)

    def check_number(self, t: Token) -> None:
        """A number behind a factor is one only as in x 2^n: x^12 is printed with one digit above, and a_12 below."""
        if t.text not in DIGITS:
            return
        end = self.i
        while end < len(self.tokens) and self.tokens[end].text in DIGITS:
            end += 1
        close = self.tokens[self.i - 1].text in DIGITS
        if close or end >= len(self.tokens) or self.tokens[end].text != "^":
            hint = "put scripts of several digits in braces, and numbers before letters"
            raise NotUnderstood("a number behind a factor", t.position, hint)

    def factor(self) -> Term:
        start = self.peek()
        base, function = self.atom()
        if self.at("^"):
            hat = self.take()
            if function:
                raise NotUnderstood("a power after a function value", hat.position, r"write \log^2 x or (\log x)^2")
            base = self.raised(base, hat, name=start is not None and starts_name(start))
        t = self.peek()
        if t is not None and t.text in ("^", "_", "!", "'"):
            raise NotUnderstood(f"'{t.text}' after {source_of([start] if start else [])}", t.position)
        return base

    def raised(self, base: Term, hat: Token, *, name: bool = False) -> Term:
        tokens, self.i = argument(self.tokens, self.i, hat.position)
        if transposed(tokens, base, self.names, name=name):
            raise NotUnderstood("a transpose, another mark or a power above a term", hat.position)
        if index_of(tokens) is not None and not isinstance(base, Num):
            hint = "write a power without brackets, as in x^{n+1}"
            raise NotUnderstood("an exponent in brackets: an index, a derivative or a power", hat.position, hint)
        exponent = folded(self.inside(tokens, hat.position))
        if isinstance(exponent, Num) and max(abs(exponent.value.numerator), exponent.value.denominator) > MAX_EXPONENT:
            raise NotUnderstood(f"an exponent beyond {MAX_EXPONENT}", hat.position)
        return logic.power(base, exponent)

    # ------------------------------------------------------------ atoms

    def atom(self) -> tuple[Term, bool]:
        """The atom, and whether it is a function with its argument."""
        self.ungroup()
        t = self.take()
        if t.text in DIGITS or (t.text == "." and self.peek() is not None):
            return self.number(t), False
        if t.text in PAIRS:
            return self.positive_part(self.bracket(t, PAIRS[t.text])), False
        if t.text in FRACTIONS:
            above, self.i = argument(self.tokens, self.i, t.position)
            below, self.i = argument(self.tokens, self.i, t.position)
            if not self.theory and differential(above, below):
                raise NotUnderstood("a quotient or a derivative", t.position, r"write a product of d as d\cdot x")
            return self.quotient(self.inside(above, t.position), self.inside(below, t.position)), False
        if t.text == r"\sqrt":
            return self.root(t), False
        if t.text in (r"\lvert", "|"):
            return App("abs", (self.bracket(t, r"\rvert" if t.text != "|" else "|"),)), False
        if t.text in (r"\lVert", r"\|"):
            return self.norm(t), False
        if t.text in FUNCTIONS:
            return self.function(t), True
        if t.text in EXTREMES:
            return self.extreme(t), False
        if t.text in BOXES:
            start = self.i - 1
            tokens, self.i = argument(self.tokens, self.i, t.position)
            if start or self.i < len(self.tokens):
                raise NotUnderstood(f"{t.text} around a part of a term", t.position, "put it around the whole term")
            return self.inside(tokens, t.position), False
        if is_euler(self.tokens, self.i - 1, self.names):
            return self.euler(t), True
        if starts_name(t):
            return self.name(t), False
        if t.kind == "text":
            raise NotUnderstood(f"the words {t.text[5:40]}", t.position)
        if is_sign(t):
            raise NotUnderstood(f"'{t.text}' where a term should stand", t.position)
        raise NotUnderstood(f"'{t.text[:30]}'", t.position)

    def number(self, first: Token) -> Term:
        digits, last = first.text, first
        while (t := self.peek()) is not None and (t.text in DIGITS or t.text == "."):
            if t.position - last.position > 1:
                raise NotUnderstood("digits apart", t.position)
            if t.text == "." and ("." in digits or not self.digit_after()):
                break
            digits, last = digits + self.take().text, t
        if len(digits) > MAX_EXPONENT or digits == ".":
            raise NotUnderstood("this number", first.position)
        return Num(Fraction(digits))

    def digit_after(self) -> bool:
        return self.i + 1 < len(self.tokens) and self.tokens[self.i + 1].text in DIGITS

    def quotient(self, above: Term, below: Term) -> Term:
        if isinstance(above, Num) and isinstance(below, Num) and below.value:
            return Num(above.value / below.value)
        return logic.div(above, below)

    def bracket(self, opening: Token, closing: str) -> Term:
        start = self.i
        found = self.term()
        t = self.peek()
        part = canonical(self.tokens[self.i + 1 : self.i + 3]) == "_+"
        if closing in _SPECIAL and not self.theory and not part and single(self.tokens[start : self.i]):
            what = "a bracket around one name: a whole or fractional part, a set or a bracket"
            raise NotUnderstood(what, opening.position, "write ( )")
        if t is None or t.text != closing:
            what = f"'{t.text}' inside a bracket" if t is not None else "a bracket that is never closed"
            raise NotUnderstood(what, t.position if t is not None else opening.position)
        self.take()
        return found

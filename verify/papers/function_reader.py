r"""Reads functions of numbers: roots, logarithms with their bases, exponentials, maxima and minima.

\log takes one atom or a bracket. An extremum over an index, \min_{k < n} g_k, is a number of which nothing is known.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from fractions import Fraction
from math import prod

from verify.language import logic
from verify.language.logic import App, Num, Term, Var
from verify.papers.keys import canonical, index_of, source_of, starts_name
from verify.papers.name_reader import DIGITS, EXTREMES, FRACTIONS, FUNCTIONS, PAIRS, NameReader, single
from verify.papers.names import Names
from verify.papers.tokens import NotUnderstood, Token, argument, optional

MAX_EXPONENT = 1_000
MAX_POWER = 64  # inside an exponent of numbers
SIGNS = {"+": "+", "-": "-", "−": "-"}
_MARKED = frozenset({"*", r"\ast", r"\star", "T", r"\top", r"\prime", r"\dagger", r"\circ", r"\perp", "'"})
EXTREMUM = "an extremum"  # what a variable stands for that is one, see ``Names.opaque``


class FunctionReader(NameReader):
    """What is read of functions; ``Reader`` reads the terms in them."""

    @abstractmethod
    def term(self) -> Term: ...

    @abstractmethod
    def inside(self, tokens: Sequence[Token], position: int) -> Term: ...

    @abstractmethod
    def atom(self) -> tuple[Term, bool]: ...

    @abstractmethod
    def raised(self, base: Term, hat: Token, *, name: bool = False) -> Term: ...

    def root(self, sign: Token) -> Term:
        index, self.i = optional(self.tokens, self.i)
        tokens = self.radicand(sign)
        inside = self.inside(tokens, sign.position)
        if index is None or canonical(index) == "2":
            return App("sqrt", (inside,))
        degree = canonical(index)
        if not degree.isdigit() or not 2 <= int(degree) <= MAX_EXPONENT:
            raise NotUnderstood("this root", sign.position)
        return logic.power(inside, Num(Fraction(1, int(degree))))

    def function(self, t: Token) -> Term:
        power: Term | None = None
        base: Term | None = None
        while self.at("^", "_") and not (power if self.at("^") else base):
            mark = self.take()
            tokens = self.argument(mark.position)
            if mark.text == "_":
                base = self.logarithm_base(t, tokens, mark)
            else:
                power = self.function_power(tokens, mark)
        self.ungroup()
        after = self.peek()
        bracketed = after is not None and after.text in PAIRS
        closed = after is not None and after.text in PAIRS.keys() | FRACTIONS | {"|", r"\lvert", r"\sqrt"}
        inner, nested = self.atom()
        if not bracketed and not nested and self.at("^"):
            inner = self.raised(inner, self.take(), name=after is not None and starts_name(after))
        following = self.peek()
        if (
            not bracketed
            and following is not None
            and self.starts_factor(following)
            and following.text not in FUNCTIONS
        ):
            hint = f"write brackets, as in {t.text}(...)"
            raise NotUnderstood(f"how far the argument of {t.text} reaches", following.position, hint)
        if following is not None and following.text == "/" and not closed:
            hint = rf"write {t.text}(...) or \frac{{...}}{{...}}"
            raise NotUnderstood(f"{t.text} x/y can be read in two ways", following.position, hint)
        value: Term = App(FUNCTIONS[t.text], (inner,))
        if base is not None:
            value = logic.div(value, App("log", (base,)))
        return value if power is None else logic.power(value, power)

    def function_power(self, tokens: Sequence[Token], hat: Token) -> Term:
        """The exponent in \\log^2 x."""
        if index_of(tokens) is not None:
            raise NotUnderstood("an exponent in brackets: an iterate or a power", hat.position)
        power = folded(self.inside(tokens, hat.position))
        if isinstance(power, Num) and power.value < 0:
            raise NotUnderstood("an inverse function or a power", hat.position, r"write (\log x)^{-1}")
        return power

    def logarithm_base(self, t: Token, tokens: Sequence[Token], mark: Token) -> Term:
        """The base in \\log_2 x: a number greater than 1, or a name that is declared."""
        name = starts_name(tokens[0]) and single(tokens) if tokens else False
        if t.text == r"\log" and name and self.names.is_number(canonical(tokens)):
            return self.inside(tokens, mark.position)
        found = self.inside(tokens, mark.position) if tokens and not name else None
        if t.text == r"\log" and isinstance(found, Num) and found.value > 1:
            return found
        raise NotUnderstood(f"an index of {t.text}", mark.position, "declare the base of the logarithm")

    # ------------------------------------------------------------ Euler's number

    def euler(self, t: Token) -> Term:
        """A power of Euler's number, or that number."""
        if t.text == r"\mathrm":
            self.argument(t.position)
        exponent: Term = Num(Fraction(1))
        if self.at("^"):
            hat = self.take()
            exponent = folded(self.inside(self.argument(hat.position), hat.position))
        return App("exp", (exponent,))

    # ------------------------------------------------------------ the greatest and the least

    def positive_part(self, inner: Term) -> Term:
        """What a bracket with a plus below it is, where one stands here; else its content."""
        if not self.at("_"):
            return inner
        _, end = argument(self.tokens, self.i + 1, self.tokens[self.i].position)
        if canonical(self.tokens[self.i + 1 : end]) != "+":
            return inner
        self.i = end
        return App("max", (inner, logic.ZERO))

    def extreme(self, t: Token) -> Term:
        if self.at("_"):
            return self.extremum(t)
        opening = self.peek()
        if opening is None or opening.text not in PAIRS:
            raise NotUnderstood(f"{t.text} without its list in brackets", t.position)
        self.take()
        args = [self.term()]
        while self.at(","):
            self.take()
            args.append(self.term())
        closing = self.take()
        if closing.text != PAIRS[opening.text]:
            raise NotUnderstood(f"'{closing.text}' in the list of {t.text}", closing.position)
        if len(args) < 2:
            raise NotUnderstood(f"{t.text} of one term: of a family, or of a set", t.position)
        return App(EXTREMES[t.text], tuple(args))

    def extremum(self, t: Token) -> Term:
        """The least or greatest value over an index, up to the end of what encloses it: any number."""
        start = self.i - 1
        self.argument(self.take().position)
        body = self.enclosed(t, frozenset(SIGNS), PAIRS)
        if not body:
            raise NotUnderstood(f"{t.text} of nothing", t.position)
        self.i += len(body)
        return extremum(self.tokens[start : self.i], self.names)


def is_euler(tokens: Sequence[Token], i: int, names: Names) -> bool:
    r"""Whether e^{x} or \mathrm e stands at a place, and no name.

    An italic e is Euler's number only with an exponent that is no whole number, and where the paper has no name e.
    """
    t, i = tokens[i], i + 1
    if t.text == r"\mathrm":
        inside, end = argument(tokens, i, t.position)
        key = r"\mathrm{e}"
        if canonical(inside) != "e":
            return False
    elif t.text == "e":
        key, end = "e", i
    else:
        return False
    if names.is_number(key) or key in names.strange:
        return False
    after = tokens[end].text if end < len(tokens) else ""
    if after != "^":
        return key != "e" and after not in ("_", "'", "(", "[")
    exponent, _ = argument(tokens, end + 1, t.position)
    shown = [x.text for x in exponent if x.text != " "]
    marked = index_of(exponent) is not None or set(shown) <= _MARKED
    return not marked and (key != "e" or ("e" not in names.bare and not set(shown) <= DIGITS))


def extremum(tokens: Sequence[Token], names: Names) -> Var:
    """The variable that stands for an extremum over an index."""
    key = f"extremum {{{canonical(tokens)}}}"
    name = names.resolve(key, source_of(tokens))
    names.declared.add(key)
    names.opaque[name] = EXTREMUM
    return Var(name)


def folded(t: Term) -> Term:
    """An exponent of numbers only, such as 2^3 or 4-1, as a number."""
    if not isinstance(t, App):
        return t
    args = [folded(a) for a in t.args]
    if not all(isinstance(a, Num) for a in args):
        return t
    values = [a.value for a in args if isinstance(a, Num)]
    if t.op == "+":
        return Num(sum(values, Fraction(0)))
    if t.op == "-":
        return Num(-values[0])
    if t.op == "*":
        return Num(prod(values, start=Fraction(1)))
    if t.op == "/" and values[1]:
        return Num(values[0] / values[1])
    whole = t.op == "^" and values[1].denominator == 1 and 0 <= values[1] <= MAX_POWER and any(values)
    if whole and max(abs(values[0].numerator), values[0].denominator) <= MAX_EXPONENT:
        return Num(values[0] ** int(values[1]))
    return t

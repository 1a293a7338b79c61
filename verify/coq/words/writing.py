"""Polynomials in words as Coq computes with them, and as one writes them.

The second text is convertible to what ``library/Show.v`` makes of the first: Coq compares the two, so that a slip here
is a theorem that does not compile, and never a wrong one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from verify.kernel.matrices.words import UNIT, Coefficient, Monomial, Token, Word, WordPolynomial

from .names import Names

Texts = Callable[[str], str]  # of each letter what stands for it


class Writer:
    """Writes polynomials of one certificate."""

    def __init__(self, names: Names) -> None:
        self.names = names

    # -- for the computation

    def word(self, word: Word) -> str:
        """A word as a list of tokens."""
        return "[" + "; ".join(f"({self.names.number(x)}, {str(t).lower()})" for x, t in word) + "]"

    def coefficient(self, c: Coefficient) -> str:
        """A coefficient as a list of monomials with their numbers."""
        rows = []
        for monomial, number in c.items():
            powers = "; ".join(f"({self.names.symbol(s)}, ({k})%Z)" for s, k in monomial)
            rows.append(f"([{powers}], ({number.numerator} # {number.denominator})%Q)")
        return "[" + "; ".join(rows) + "]"

    def polynomial(self, p: WordPolynomial) -> str:
        """A polynomial as a list of terms; a number has no open word."""
        rows = []
        for (traces, word), c in p.terms.items():
            loops = "; ".join(f"({self.names.dimension(self.start(t))}, {self.word(t)})" for t in traces)
            rows.append(f"({self.coefficient(c)}, [{loops}]" + ("" if is_number(p) else f", {self.word(word)}") + ")")
        return "([" + ";\n    ".join(rows) + "])%nat"

    def start(self, loop: Word) -> str:
        """The dimension at which a loop starts."""
        return self.names.run.shape(loop[0])[0]

    # -- for the reader

    def shown(self, p: WordPolynomial, texts: Texts) -> str:
        """A polynomial in the vocabulary of ``library/Matrices.v``, without outer parentheses."""
        if is_number(p):
            return nested([self._number(c, traces, texts) for (traces, _), c in p.terms.items()], " + ") or "0"
        parts = [self._term(c, traces, word, texts) for (traces, word), c in p.terms.items()]
        return joined("madd", parts) or "mzero"

    def shown_word(self, word: Word, texts: Texts) -> str:
        """A product of letters."""
        if not word:
            return "mid"
        last = self._token(word[-1], texts)
        for t in reversed(word[:-1]):
            last = f"mmul {self.names.of(self.names.run.shape(t)[1])} {atom(self._token(t, texts))} {atom(last)}"
        return last

    def _token(self, t: Token, texts: Texts) -> str:
        return f"mtrans {atom(texts(t[0]))}" if t[1] else texts(t[0])

    def _loops(self, traces: Sequence[Word], texts: Texts) -> list[str]:
        return [f"mtrace {self.names.of(self.start(t))} {atom(self.shown_word(t, texts))}" for t in traces]

    def _number(self, c: Coefficient, traces: Sequence[Word], texts: Texts) -> str:
        if not traces:
            return self.shown_coefficient(c)
        loops = nested(self._loops(traces, texts), " * ")
        return loops if c == UNIT else f"{factor(self.shown_coefficient(c))} * {factor(loops)}"

    def _term(self, c: Coefficient, traces: Sequence[Word], word: Word, texts: Texts) -> str:
        product = self.shown_word(word, texts)
        if c == UNIT and not traces:
            return product
        return f"mscale ({self._number(c, traces, texts)}) {atom(product)}"

    def shown_coefficient(self, c: Coefficient) -> str:
        """A Laurent polynomial in the symbols."""
        return nested([self._monomial(m, q) for m, q in c.items()], " + ") or "0"

    def _monomial(self, m: Monomial, q: Fraction) -> str:
        powers = [self._power(s, k) for s, k in m]
        number = str(q.numerator) + (f" / {q.denominator}" if q.denominator > 1 else "")
        if not powers:
            return number
        product = nested(powers, " * ")
        if q == 1:
            return product
        return f"{number} * {factor(product)}"

    def _power(self, s: str, k: int) -> str:
        value = self.names.value(s)
        text = f"{atom(value)} ^ {abs(k)}" if abs(k) > 1 else value
        return f"/ {text}" if k < 0 else text


def is_number(p: WordPolynomial) -> bool:
    """Whether a polynomial is a number: its terms have no open word."""
    return p.shape == ("1", "1")


def atom(text: str) -> str:
    """A text that may be an argument."""
    whole = text.replace("_", "").replace("'", "").isalnum() or (text[:1] == "(" and outside(text) == "()")
    return text if whole else f"({text})"


def factor(text: str) -> str:
    """A text that may be a factor on either side: an application, a power, or something in parentheses."""
    return f"({text})" if set("+*/-") & set(outside(text)) else text


def outside(text: str) -> str:
    """What of a text is in no parentheses."""
    depth, out = 0, []
    for x in text:
        depth -= x == ")"
        if not depth:
            out.append(x)
        depth += x == "("
    return "".join(out)


def nested(parts: list[str], operator: str) -> str:
    """a + (b + (c + d)), as the sums and products of the library are."""
    if not parts:
        return ""
    text = parts[-1]
    for part in reversed(parts[:-1]):
        sides = [x if operator == " + " and "+" not in outside(x) else factor(x) for x in (part, text)]
        text = operator.join(sides)
    return text


def joined(function: str, parts: list[str]) -> str:
    """madd a (madd b c)"""
    if not parts:
        return ""
    text = parts[-1]
    for part in reversed(parts[:-1]):
        text = f"{function} {atom(part)} {atom(text)}"
    return text

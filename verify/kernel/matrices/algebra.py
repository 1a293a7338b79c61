"""Sums and products of polynomials in words, in a form in which equal ones look the same."""

from collections.abc import Iterable
from fractions import Fraction

from ..reading import Json, need
from .words import (
    MOST_BITS,
    MOST_SYMBOLS,
    MOST_TERMS,
    MOST_WORD,
    MOST_WORK,
    NAME,
    UNIT,
    Coefficient,
    Token,
    Word,
    WordPolynomial,
    listed,
    table,
)


class WordAlgebra:
    """The letters of one certificate with their shapes, the work that is left, and the algebra of their words."""

    def __init__(self, letters: Json) -> None:
        self.left = MOST_WORK
        self.letters: dict[str, tuple[str, str, bool]] = {}
        self.dimensions = {"1"}
        for name, row in table(letters).items():
            self.spend(5)
            rows, cols, symmetric = listed(row, 3)
            need(type(symmetric) is bool, "whether a letter is symmetric is true or false")
            need(NAME.fullmatch(name) is not None, "not a letter")
            for side in (rows, cols):
                need(side == "1" or (type(side) is str and NAME.fullmatch(side) is not None), "not a dimension")
            need(not symmetric or rows == cols, "a symmetric letter is square")
            self.letters[name] = (rows, cols, symmetric)
            self.dimensions |= {rows, cols}
        need(not self.dimensions & set(self.letters), "a letter has the name of a dimension")
        self.inverses: dict[str, WordPolynomial] = {}
        self.held: set[str] = set()  # the inverses, and the letters and symbols that they are made of
        self.results: list[WordPolynomial] = []
        self.zeroed: set[str] = set()  # symbols that were set to 0 somewhere,
        self.divided: set[str] = set()  # and symbols that are divided by: never both
        self.tokens: dict[Token, Token] = {}
        self.loops: dict[Word, Word] = {}

    def spend(self, work: int) -> None:
        """Counts work, in units of about a microsecond."""
        self.left -= work
        need(self.left >= 0, "more work than a certificate may ask for")

    # -- coefficients

    def times(self, a: Coefficient, b: Coefficient) -> Coefficient:
        """The product of two coefficients."""
        if a is UNIT or b is UNIT:
            return b if a is UNIT else a
        out: Coefficient = {}
        for m, c in a.items():
            for n, e in b.items():
                self.spend(6 + len(m) + len(n))
                powers = dict(m)
                for s, k in n:
                    powers[s] = powers.get(s, 0) + k
                key = tuple(sorted((s, k) for s, k in powers.items() if k))
                need(len(key) <= MOST_SYMBOLS, "too many symbols in a product")
                out[key] = self.small(out.get(key, Fraction(0)) + self.small(c * e))
        return {m: c for m, c in out.items() if c}

    def plus(self, a: Coefficient, b: Coefficient) -> Coefficient:
        """The sum of two coefficients; terms that cancel are gone."""
        if not a:
            return b
        self.spend(len(a) + 3 * len(b))
        out = dict(a)
        for m, c in b.items():
            out[m] = self.small(out.get(m, Fraction(0)) + c)
        return {m: c for m, c in out.items() if c}

    def small(self, value: Fraction) -> Fraction:
        """The number itself, refused where it grows too long."""
        bits = value.numerator.bit_length() + value.denominator.bit_length()
        need(bits <= MOST_BITS, "a number grows too long")
        self.spend(bits >> 7)
        return value

    # -- words

    def token(self, name: str, transposed: bool) -> Token:
        """One object for equal tokens, which keeps long words small."""
        t = (name, transposed and not self.letters[name][2])
        return self.tokens.setdefault(t, t)

    def transpose(self, word: Word) -> Word:
        """(A B)' = B' A'."""
        return tuple(self.token(name, not transposed) for name, transposed in reversed(word))

    def shape(self, t: Token) -> tuple[str, str]:
        """Rows and columns of a letter, as it stands."""
        rows, cols, _ = self.letters[t[0]]
        return (cols, rows) if t[1] else (rows, cols)

    def loop(self, word: Word) -> Word:
        """One representative of all words with the same trace: tr(AB) = tr(BA), and tr(A) = tr(A')."""
        if word not in self.loops:
            self.spend(5 + 2 * len(word) + len(word) ** 2 // 10)
            turns = (w[i:] + w[:i] for w in (word, self.transpose(word)) for i in range(len(word)))
            self.loops[word] = min(turns)
        return self.loops[word]

    def fits(self, word: Word, rows: str, cols: str) -> None:
        """Refuses a word whose letters, or whose ends, do not fit."""
        need(len(word) <= MOST_WORD, "a word grows too long")
        at = rows
        for t in word:
            left, right = self.shape(t)
            need(left == at, "the shapes in a word do not fit")
            at = right
        need(at == cols, "a word has another shape than its polynomial")

    # -- polynomials

    def put(self, p: WordPolynomial, coefficient: Coefficient, traces: Iterable[Word], word: Word) -> None:
        """Add a term in canonical form; a 1 x 1 word is a trace, the trace of an empty word is not written here."""
        traces = list(traces)
        self.spend(5 + len(word) + sum(3 + len(t) for t in traces))
        self.fits(word, *p.shape)
        if p.shape == ("1", "1") and word:
            traces, word = [*traces, word], ()
        for t in traces:
            need(bool(t), "an empty trace")
            self.fits(t, self.shape(t[0])[0], self.shape(t[0])[0])
        key = (tuple(sorted(map(self.loop, traces))), word)
        total = self.plus(p.terms.pop(key, {}), coefficient)
        if total:
            p.terms[key] = total
        need(len(p.terms) <= MOST_TERMS, "too many terms")

    def add(self, p: WordPolynomial, q: WordPolynomial, scale: Coefficient = UNIT) -> WordPolynomial:
        """p + scale q."""
        need(p.shape == q.shape, "a sum of different shapes")
        self.spend(len(p.terms))
        out = WordPolynomial(*p.shape)
        out.terms = dict(p.terms)
        for (traces, word), c in q.terms.items():
            self.put(out, self.times(c, scale), traces, word)
        return out

    def product(self, p: WordPolynomial, q: WordPolynomial) -> WordPolynomial:
        """p q, term by term."""
        need(p.shape[1] == q.shape[0], "a product of shapes that do not fit")
        out = WordPolynomial(p.shape[0], q.shape[1])
        for (traces, word), c in p.terms.items():
            for (more, then), e in q.terms.items():
                self.put(out, self.times(c, e), [*traces, *more], word + then)
        return out

    def turned(self, p: WordPolynomial) -> WordPolynomial:
        """The transposed polynomial; traces stay, as tr(A) = tr(A')."""
        out = WordPolynomial(p.shape[1], p.shape[0])
        for (traces, word), c in p.terms.items():
            self.put(out, c, traces, self.transpose(word))
        return out

    def of_word(self, word: Word, rows: str, cols: str) -> WordPolynomial:
        """A word as a polynomial."""
        out = WordPolynomial(rows, cols)
        self.put(out, UNIT, (), word)
        return out

"""Polynomials and expressions as a certificate writes them, and what expressions are made of.

An expression builds on earlier results: ``{"poly"}``, ``{"result": number}``, ``{"sum": [...]}``, ``{"times":
[coefficient, expression]}``, ``{"substitute": [expression, {letter: expression}]}``, ``{"zero": [expression, symbol]}``
(that symbol set to 0). An inverse is a letter that stands for the inverse of a polynomial in letters that are not
inverses themselves.
"""

from collections.abc import Iterable
from fractions import Fraction

from ..reading import Json, need
from .algebra import WordAlgebra
from .words import (
    MOST_DEPTH,
    MOST_EXPONENT,
    MOST_SYMBOLS,
    NAME,
    NUMBER,
    UNIT,
    Coefficient,
    Word,
    WordPolynomial,
    escaped,
    listed,
    of,
    size,
    table,
)


class MatrixChecker(WordAlgebra):
    """One run over one certificate: what its letters stand for, and the results so far."""

    # -- reading

    def letter(self, name: Json) -> str:
        """The name of a letter that is declared."""
        need(type(name) is str and name in self.letters, "a letter that is not declared")
        return str(name)

    def word(self, data: Json) -> Word:
        """A word of letters that are declared, ``X'`` for a transposed one."""
        out = []
        for token in listed(data):
            self.spend(1)
            need(type(token) is str, "not a letter")
            name = token.removesuffix("'")
            need(name in self.letters, f"the letter {escaped(name)} is not declared")
            out.append(self.token(name, token.endswith("'")))
        return tuple(out)

    def coefficient(self, data: Json) -> Coefficient:
        """A Laurent polynomial. A symbol with a negative exponent is not 0, so it is not set to 0 anywhere."""
        out: Coefficient = {}
        for row in listed(data):
            number, powers = listed(row, 2)
            self.spend(5 + len(table(powers)))
            need(len(powers) <= MOST_SYMBOLS, "too many symbols in a product")
            need(type(number) is str and NUMBER.fullmatch(number) is not None, "not a number")
            bottom = number.partition("/")[2]
            need(bool(int(bottom or "1")) and str(Fraction(number)) == number, "a number that is not in lowest terms")
            for s, k in powers.items():
                need(NAME.fullmatch(s) is not None, "not a symbol")
                need(s not in self.letters, "a symbol has the name of a letter")
                need(type(k) is int and 0 < abs(k) <= MOST_EXPONENT, "an exponent is a small integer that is not 0")
                need(k > 0 or s not in self.zeroed, "a symbol in a denominator is set to zero")
                self.divided |= {s} if k < 0 else set()
            out = self.plus(out, {tuple(sorted(powers.items())): self.small(Fraction(number))})
        return UNIT if out == UNIT else out

    def poly(self, data: Json) -> WordPolynomial:
        """A polynomial in canonical form, of dimensions that some letter has."""
        rows, cols, terms = of(data, "rows", "cols", "terms")
        for side in (rows, cols):
            need(type(side) is str and side in self.dimensions, "a dimension that no letter has")
        out = WordPolynomial(rows, cols)
        for term in listed(terms):
            coefficient, traces, word = listed(term, 3)
            self.put(out, self.coefficient(coefficient), [self.word(t) for t in listed(traces)], self.word(word))
        return out

    def expression(self, data: Json, depth: int = 0) -> WordPolynomial:
        """An expression, from polynomials, earlier results, sums, multiples, substitutions, and symbols set to 0."""
        need(type(data) is dict and len(data) == 1, "not an expression")
        need(depth < MOST_DEPTH, "an expression is nested too deeply")
        self.spend(5)
        [(op, x)] = data.items()
        if op == "poly":
            return self.poly(x)
        if op == "result":
            need(type(x) is int and 0 <= x < len(self.results), "no such result")
            return self.results[int(x)]
        if op == "sum":
            parts = [self.expression(e, depth + 1) for e in listed(x)]
            need(bool(parts), "an empty sum has no shape")
            out = parts[0]
            for part in parts[1:]:
                out = self.add(out, part)
            return out
        if op == "times":
            scale, inner = listed(x, 2)
            p = self.expression(inner, depth + 1)
            return self.add(WordPolynomial(*p.shape), p, self.coefficient(scale))
        if op == "substitute":
            inner, values = listed(x, 2)
            p = self.expression(inner, depth + 1)
            return self.substitute(
                p, {self.letter(name): self.expression(e, depth + 1) for name, e in table(values).items()}
            )
        need(op == "zero", "not an expression")
        inner, symbol = listed(x, 2)
        return self.at_zero(self.expression(inner, depth + 1), symbol)

    # -- inverses

    def declare(self, inverses: Json) -> None:
        """R stands for M^-1, wherever M is invertible.

        M is square, has R's shape, and holds no inverse; if R is symmetric M has to be, for R' = (M')^-1. M is
        invertible somewhere: at letters that are all 0, or all (square ones) the identity, it is c I with c != 0.
        """
        found = {}
        for name, data in table(inverses).items():
            need(name in self.letters, "an inverse is a declared letter")
            rows, cols, symmetric = self.letters[name]
            m = self.poly(*of(data, "poly"))
            need(rows == cols and m.shape == (rows, cols), "an inverse has another shape than its matrix")
            need(not symmetric or self.turned(m) == m, "a symmetric letter is the inverse of a matrix that is not")
            need(any(self.multiple(m, one) for one in (False, True)), "the inverse of a matrix that may never have one")
            found[name] = m
        need(all(m.names().isdisjoint(found) for m in found.values()), "an inverse of an inverse")
        self.inverses = found
        self.held = set(found).union(*(m.names() | m.symbols() for m in found.values()))

    def multiple(self, m: WordPolynomial, one: bool) -> Coefficient:
        """The c of m = c I where all letters are 0, or all square ones I and the others 0."""
        total: Coefficient = {}
        for (traces, word), c in m.terms.items():
            tokens = [t for w in (*traces, word) for t in w]
            if all(one and self.letters[name][0] == self.letters[name][1] for name, _ in tokens):
                for t in traces:
                    c = self.times(c, size(self.shape(t[0])[0]))
                total = self.plus(total, c)
        return total

    def unheld(self, names: Iterable[str]) -> None:
        """A letter that an inverse is made of is never changed or bound, nor the inverse: its value would be stale."""
        need(self.held.isdisjoint(names), "a letter of an inverse is changed")

    # -- substitution

    def substitute(self, p: WordPolynomial, values: dict[str, WordPolynomial]) -> WordPolynomial:
        """p at other letters: f(X) for all X gives f(q), for q of X's shape, and symmetric where X is.

        All letters are replaced at once, inside traces and, transposed, where they stand transposed.
        """
        self.unheld(values)
        for name, q in values.items():
            need(q.shape == self.letters[self.letter(name)][:2], "a letter is replaced by another shape")
            need(not self.letters[name][2] or self.turned(q) == q, "a symmetric letter becomes one that is not")
        out = WordPolynomial(*p.shape)
        for (traces, word), c in p.terms.items():
            whole = self.spelled(word, *p.shape, values)
            for t in traces:
                whole = self.scaled(whole, self.traced(self.spelled(t, *2 * self.shape(t[0])[:1], values)))
            for (loops, rest), e in whole.terms.items():
                self.put(out, self.times(c, e), loops, rest)
        return out

    def spelled(self, word: Word, rows: str, cols: str, values: dict[str, WordPolynomial]) -> WordPolynomial:
        """A word with polynomials for some of its letters, multiplied out."""
        out = self.of_word((), rows, rows)
        for t in word:
            q = values.get(t[0])
            piece = self.of_word((t,), *self.shape(t)) if q is None else self.turned(q) if t[1] else q
            out = self.product(out, piece)
        need(out.shape == (rows, cols), "a word has another shape than its polynomial")
        return out

    def traced(self, p: WordPolynomial) -> WordPolynomial:
        """The trace of a square polynomial; that of the identity is its dimension."""
        out = WordPolynomial("1", "1")
        for (loops, word), c in p.terms.items():
            self.put(out, c if word else self.times(c, size(p.shape[0])), [*loops, word] if word else loops, ())
        return out

    def scaled(self, p: WordPolynomial, number: WordPolynomial) -> WordPolynomial:
        """A polynomial times a number: the traces of the number join those of each term."""
        out = WordPolynomial(*p.shape)
        for (loops, _), c in number.terms.items():
            for (more, word), e in p.terms.items():
                self.put(out, self.times(c, e), [*loops, *more], word)
        return out

    def at_zero(self, p: WordPolynomial, symbol: Json) -> WordPolynomial:
        """p(s) for all s gives p(0): what is left are the terms without s. Checked: s is no dimension, which is never
        0, in no inverse, and nowhere divided by."""
        need(type(symbol) is str and NAME.fullmatch(symbol) is not None, "not a symbol")
        need(symbol not in self.letters, "a symbol has the name of a letter")
        need(symbol not in self.dimensions, "a dimension is set to zero")
        need(symbol not in self.divided, "a symbol in a denominator is set to zero")
        need(symbol not in self.held, "a symbol of an inverse is set to zero")
        self.zeroed.add(symbol)
        out = WordPolynomial(*p.shape)
        for (traces, word), c in p.terms.items():
            self.spend(len(c))
            self.put(out, {m: v for m, v in c.items() if symbol not in dict(m)}, traces, word)
        return out

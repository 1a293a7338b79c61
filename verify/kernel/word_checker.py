"""The checker of matrix identities: reads a certificate, redoes every step by itself, trusts nothing in it.

``python -I -m verify.kernel.word_checker FILE`` prints ``accepted`` or ``refused`` with a reason; exit code 0, 1, or 2
for a file that is no JSON. With ``-I`` no module of the current folder is imported. Standard library only, no imports
from the project: the file also runs alone, ``python -I word_checker.py FILE``. A certificate is JSON::

    {"schema": 1, "kind": "words", "claim": text, "letters": {name: [rows, cols, symmetric]},
     "inverses": {name: {"poly"}}, "derivations": [{"title", "start", "steps": [{"rule", "params", "after"}]}],
     "lhs": expression, "rhs": polynomial}

A polynomial is ``{"rows", "cols", "terms": [[coefficient, traces, word], ...]}``: a matrix, for every value of its
symbolic dimensions. A word is a list of letters, ``X'`` for a transposed one, and stands for their product (the empty
word for the identity, or for 1); traces are words too. A coefficient is a list of ``[rational, {symbol: exponent}]``
with integer exponents of either sign: a Laurent polynomial. An expression builds on earlier results: ``{"poly"}``,
``{"result": number}``, ``{"sum": [...]}``, ``{"times": [coefficient, expression]}``, ``{"substitute": [expression,
{letter: expression}]}``, ``{"zero": [expression, symbol]}`` (that symbol set to 0). An inverse is a letter that stands
for the inverse of a polynomial in letters that are not inverses themselves.

What is accepted, and what it means
    A polynomial is a function of its letters and symbols; dimensions are whole numbers from 1 on, a symbol that is a
    dimension is that number, and the letters of inverses depend on those that they are made of. Every rule is an
    operation on such functions, so what binds a letter (an expectation, an average) leaves a function of the others.
    Accepted is: the left side, made from the starts by the rules, and the right side are the same function, wherever
    the inverses, the quotients by symbols and the laws exist (and, as both are polynomials there, beyond). That the
    starts are the definitions meant is for the reader to see.

All work is counted, in units of about a microsecond; a certificate that asks for more than ``MOST_WORK`` is refused.
"""

import os
import sys  # no module before these two, which every interpreter has loaded at its start: not even __future__

if __name__ == "__main__":  # a json.py or fractions.py beside this file or in the current folder is not what is meant
    _OWN = {os.path.realpath(folder) for folder in (".", os.path.dirname(__file__))}
    _OWN.discard(os.path.realpath(os.path.dirname(os.__file__)))
    sys.path[:] = [folder for folder in sys.path if os.path.realpath(folder or ".") not in _OWN]

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from math import prod
from typing import Any

Token = tuple[str, bool]  # a letter and whether it is transposed
Word = tuple[Token, ...]
Monomial = tuple[tuple[str, int], ...]
Coefficient = dict[Monomial, Fraction]
Key = tuple[tuple[Word, ...], Word]  # traces, open word
Law = tuple[Word, Word, Coefficient, bool]  # covariance of rows and of columns, scale, whether Gaussian
UNIT: Coefficient = {(): Fraction(1)}
NAME, NUMBER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*"), re.compile(r"-?[0-9]{1,200}(/[0-9]{1,200})?")
MOST_WORK = 1_000_000
MOST_LETTERS, MOST_TERMS, MOST_WORD, MOST_DEPTH = 12, 20_000, 400, 40
MOST_SYMBOLS = 50  # in one product
MOST_BITS, MOST_EXPONENT, MOST_BYTES = 4096, 400, 2_000_000


class Refused(Exception):
    """The certificate does not prove its statement; the message says where it fails."""


class Unreadable(Exception):
    """The file is no JSON."""


def need(condition: bool, reason: str) -> None:
    if not condition:
        raise Refused(reason)


def escaped(text: object) -> str:
    """Text from outside on one line of ASCII, so that it cannot pass for something that this program says."""
    return json.dumps(str(text)[:300])[1:-1]


def of(data: Any, *keys: str) -> list[Any]:
    """The values of a table that has exactly these keys."""
    need(type(data) is dict and set(data) == set(keys), f"a table with {', '.join(keys)} is expected")
    return [data[key] for key in keys]


def listed(data: Any, length: int | None = None) -> list[Any]:
    need(type(data) is list and length in (None, len(data)), "a list is expected")
    return list(data)


def table(data: Any) -> dict[str, Any]:
    need(type(data) is dict and all(type(key) is str for key in data), "a table is expected")
    return dict(data)


def size(dimension: str) -> Coefficient:
    return UNIT if dimension == "1" else {((dimension, 1),): Fraction(1)}


class Poly:
    """A linear combination of terms ``tr(word) ... tr(word) word`` of one shape."""

    def __init__(self, rows: str, cols: str) -> None:
        self.shape = (rows, cols)
        self.terms: dict[Key, Coefficient] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Poly) and self.shape == other.shape and self.terms == other.terms

    def names(self) -> set[str]:
        return {t[0] for traces, word in self.terms for w in (*traces, word) for t in w}

    def symbols(self) -> set[str]:
        return {s for c in self.terms.values() for m in c for s, _ in m}


class Checker:
    """One run over one certificate: its letters, and the rules, each by its own implementation."""

    def __init__(self, letters: Any) -> None:
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
        self.inverses: dict[str, Poly] = {}
        self.held: set[str] = set()  # the inverses, and the letters and symbols that they are made of
        self.results: list[Poly] = []
        self.zeroed: set[str] = set()  # symbols that were set to 0 somewhere,
        self.divided: set[str] = set()  # and symbols that are divided by: never both
        self.tokens: dict[Token, Token] = {}
        self.loops: dict[Word, Word] = {}

    def spend(self, work: int) -> None:
        self.left -= work
        need(self.left >= 0, "more work than a certificate may ask for")

    # -- coefficients

    def times(self, a: Coefficient, b: Coefficient) -> Coefficient:
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
        if not a:
            return b
        self.spend(len(a) + 3 * len(b))
        out = dict(a)
        for m, c in b.items():
            out[m] = self.small(out.get(m, Fraction(0)) + c)
        return {m: c for m, c in out.items() if c}

    def small(self, value: Fraction) -> Fraction:
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
        return tuple(self.token(name, not transposed) for name, transposed in reversed(word))

    def shape(self, t: Token) -> tuple[str, str]:
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
        need(len(word) <= MOST_WORD, "a word grows too long")
        at = rows
        for t in word:
            left, right = self.shape(t)
            need(left == at, "the shapes in a word do not fit")
            at = right
        need(at == cols, "a word has another shape than its polynomial")

    def put(self, p: Poly, coefficient: Coefficient, traces: Iterable[Word], word: Word) -> None:
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

    def add(self, p: Poly, q: Poly, scale: Coefficient = UNIT) -> Poly:
        need(p.shape == q.shape, "a sum of different shapes")
        self.spend(len(p.terms))
        out = Poly(*p.shape)
        out.terms = dict(p.terms)
        for (traces, word), c in q.terms.items():
            self.put(out, self.times(c, scale), traces, word)
        return out

    def product(self, p: Poly, q: Poly) -> Poly:
        need(p.shape[1] == q.shape[0], "a product of shapes that do not fit")
        out = Poly(p.shape[0], q.shape[1])
        for (traces, word), c in p.terms.items():
            for (more, then), e in q.terms.items():
                self.put(out, self.times(c, e), [*traces, *more], word + then)
        return out

    def turned(self, p: Poly) -> Poly:
        out = Poly(p.shape[1], p.shape[0])
        for (traces, word), c in p.terms.items():
            self.put(out, c, traces, self.transpose(word))
        return out

    def of_word(self, word: Word, rows: str, cols: str) -> Poly:
        out = Poly(rows, cols)
        self.put(out, UNIT, (), word)
        return out

    # -- inverses

    def declare(self, inverses: Any) -> None:
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

    def multiple(self, m: Poly, one: bool) -> Coefficient:
        """The c of m = c I where all letters are 0, or all square ones I and the others 0."""
        total: Coefficient = {}
        for (traces, word), c in m.terms.items():
            tokens = [t for w in (*traces, word) for t in w]
            if all(one and self.letters[name][0] == self.letters[name][1] for name, _ in tokens):
                for t in traces:
                    c = self.times(c, size(self.shape(t[0])[0]))
                total = self.plus(total, c)
        return total

    def free(self, names: Iterable[str]) -> None:
        """A letter that an inverse is made of is never changed or bound, nor the inverse: its value would be stale."""
        need(self.held.isdisjoint(names), "a letter of an inverse is changed")

    def letter(self, name: Any) -> str:
        need(type(name) is str and name in self.letters, "a letter that is not declared")
        return str(name)

    # -- substitution

    def substitute(self, p: Poly, values: dict[str, Poly]) -> Poly:
        """p at other letters: f(X) for all X gives f(q), for q of X's shape, and symmetric where X is.

        All letters are replaced at once, inside traces and, transposed, where they stand transposed.
        """
        self.free(values)
        for name, q in values.items():
            need(q.shape == self.letters[self.letter(name)][:2], "a letter is replaced by another shape")
            need(not self.letters[name][2] or self.turned(q) == q, "a symmetric letter becomes one that is not")
        out = Poly(*p.shape)
        for (traces, word), c in p.terms.items():
            whole = self.spelled(word, *p.shape, values)
            for t in traces:
                whole = self.scaled(whole, self.traced(self.spelled(t, *2 * self.shape(t[0])[:1], values)))
            for (loops, rest), e in whole.terms.items():
                self.put(out, self.times(c, e), loops, rest)
        return out

    def spelled(self, word: Word, rows: str, cols: str, values: dict[str, Poly]) -> Poly:
        out = self.of_word((), rows, rows)
        for t in word:
            q = values.get(t[0])
            piece = self.of_word((t,), *self.shape(t)) if q is None else self.turned(q) if t[1] else q
            out = self.product(out, piece)
        need(out.shape == (rows, cols), "a word has another shape than its polynomial")
        return out

    def traced(self, p: Poly) -> Poly:
        """The trace of a square polynomial; that of the identity is its dimension."""
        out = Poly("1", "1")
        for (loops, word), c in p.terms.items():
            self.put(out, c if word else self.times(c, size(p.shape[0])), [*loops, word] if word else loops, ())
        return out

    def scaled(self, p: Poly, number: Poly) -> Poly:
        out = Poly(*p.shape)
        for (loops, _), c in number.terms.items():
            for (more, word), e in p.terms.items():
                self.put(out, self.times(c, e), [*loops, *more], word)
        return out

    # -- rules: the polynomial before and the parameters give the polynomial after

    def rule_substitute_letters(self, p: Poly, letters: Any) -> Poly:
        """From f(X) for all X, f(q): see ``substitute``."""
        return self.substitute(p, {self.letter(name): self.expression(e) for name, e in table(letters).items()})

    def rule_expect(self, p: Poly, laws: Any) -> Poly:
        """E[p] over independent letters Z with mean 0 and E[Z_ai Z_bj] = scale row_ab col_ij.

        By Isserlis (Wick): the expectation of a product of Gaussian numbers is the sum, over all pairings, of the
        products of their covariances; letters that are independent pair only with their own kind. Of a law that is not
        Gaussian only words with up to two of its letters are known. Checked: Z is not symmetric, and no letter of an
        inverse; row and col are palindromes of fixed letters, hence symmetric, and positive semidefinite where the
        letter in the middle is, which is no inverse; scale has positive coefficients. So the law exists for positive
        symbols and such letters; the result is a polynomial, and stands for its values elsewhere.
        """
        self.free(table(laws))
        bound = {*laws, *self.inverses}
        read = {self.letter(name): self.law(name, law, bound) for name, law in laws.items()}
        out = Poly(*p.shape)
        for (traces, word), c in p.terms.items():
            for scale, loops, rest in self.wick(traces, word, p.shape, read):
                self.put(out, self.times(c, scale), loops, rest)
        return out

    def law(self, name: str, data: Any, bound: set[str]) -> Law:
        self.spend(5)
        need(not self.letters[name][2], "a random letter is not symmetric")
        row, col, scale, gaussian = of(data, "row", "col", "scale", "gaussian")
        ends = [self.word(row), self.word(col)]
        for word, side in zip(ends, self.letters[name][:2], strict=True):
            self.fits(word, side, side)
            need(word == self.transpose(word), "a covariance is symmetric")
            need(bound.isdisjoint(t[0] for t in word), "a covariance is made of fixed letters")
        factor = self.coefficient(scale)
        need(bool(factor) and all(c > 0 for c in factor.values()), "a variance is positive")
        need(type(gaussian) is bool, "whether a law is Gaussian is true or false")
        return ends[0], ends[1], factor, gaussian

    def wick(
        self, traces: Sequence[Word], word: Word, shape: tuple[str, str], laws: dict[str, Law]
    ) -> Iterator[tuple[Coefficient, list[Word], Word]]:
        """All pairings of the random letters of one term. Words become edges between matrix indices; a pairing adds
        an edge between the two row indices and one between the two column indices, and the edges are then joined."""
        edges: list[tuple[int, int, Word]] = []
        dims: list[str] = []
        random: list[tuple[str, int, int]] = []  # name, index of its rows, index of its columns
        fixed: list[Word] = []

        def index(dimension: str) -> int:
            dims.append(dimension)
            return len(dims) - 1

        start, end = index(shape[0]), index(shape[1])
        for cyclic, w in [(True, t) for t in traces] + [(False, word)]:
            if cyclic and not any(t[0] in laws for t in w):
                fixed.append(w)
                continue
            first = index(self.shape(w[0])[0]) if cyclic else start
            at, between = first, ()
            for t in w:
                if t[0] not in laws:
                    between = (*between, t)
                    continue
                left, right = index(self.shape(t)[0]), index(self.shape(t)[1])
                edges.append((at, left, between))
                random.append((t[0], right, left) if t[1] else (t[0], left, right))
                at, between = right, ()
            edges.append((at, first if cyclic else end, between))
        counts: dict[str, int] = {}
        for name, _, _ in random:
            counts[name] = counts.get(name, 0) + 1
        for name, count in counts.items():
            known = count <= (MOST_LETTERS if laws[name][3] else 2)
            need(known, f"the moments of {count} letters {escaped(name)} are not known")
        if any(count % 2 for count in counts.values()):
            return  # an odd moment is 0
        pairings = prod(k for count in counts.values() for k in range(1, count, 2))
        self.spend(2 * pairings * (len(edges) + len(random)))
        scale = UNIT  # each pairing has count/2 pairs of a name
        for name, count in counts.items():
            for _ in range(count // 2):
                scale = self.times(scale, laws[name][2])
        found: dict[Key, Coefficient] = {}
        for pairing in matchings(random):
            joined = list(edges)
            for (name, row, col), (_, row2, col2) in pairing:
                joined += [(row, row2, laws[name][0]), (col, col2, laws[name][1])]
            loops, rest, powers = self.join(joined, start, end, dims)
            total = found.setdefault((tuple(sorted(loops)), rest), {})
            total[powers] = total.get(powers, Fraction(0)) + 1
        for (loops, rest), number in found.items():
            yield self.times(scale, number), [*fixed, *loops], rest

    def join(
        self, edges: list[tuple[int, int, Word]], start: int, end: int, dims: list[str]
    ) -> tuple[list[Word], Word, Monomial]:
        """Sum over the indices: edges that meet are a product of matrices, a closed walk is a trace, and the trace of
        an empty word is the dimension. Each index but the two open ones is the end of two edges."""
        ends: dict[int, list[int]] = {}
        for number, (a, b, _) in enumerate(edges):
            ends.setdefault(a, []).append(number)
            ends.setdefault(b, []).append(number)
        need(all(len(at) == (1 if i in (start, end) else 2) for i, at in ends.items()), "an index is used wrongly")
        unused = set(range(len(edges)))

        def walk(at: int, number: int) -> tuple[int, Word]:
            word: list[Token] = []
            while True:
                unused.discard(number)
                a, b, w = edges[number]
                self.spend(len(w))
                at, piece = (b, w) if a == at else (a, self.transpose(w))
                word += piece
                onward = [k for k in ends[at] if k in unused]
                if not onward:
                    return at, tuple(word)
                number = onward[0]

        last, open_word = walk(start, ends[start][0])
        need(last == end, "the open word is lost")
        loops, powers = [], dict[str, int]()
        while unused:
            number = min(unused)
            first = edges[number][0]
            last, w = walk(first, number)
            need(last == first, "a loop is left open")
            if w:
                loops.append(w)
            elif dims[first] != "1":
                powers[dims[first]] = powers.get(dims[first], 0) + 1
        return loops, open_word, tuple(sorted(powers.items()))

    def rule_gradient(self, p: Poly, letter: Any) -> Poly:
        """The gradient of a number in a vector v, by the product rule: tr(v w) = w v has the gradient w', and
        tr(v' w) = v' w has the gradient w. Checked: v is a column that no inverse is made of, so that only the places
        count where it is written; v has entries of its own, hence is not declared symmetric."""
        name = self.letter(letter)
        rows, cols, symmetric = self.letters[name]
        need(p.shape == ("1", "1"), "a gradient of something that is no number")
        need(cols == "1" and not symmetric, "a gradient in something that is no vector")
        self.free([name])
        out = Poly(rows, "1")
        for (traces, _), c in p.terms.items():
            for k, t in enumerate(traces):
                for i, (at, transposed) in enumerate(t):
                    if at == name:
                        rest = t[i + 1 :] + t[:i]
                        others = [*traces[:k], *traces[k + 1 :]]
                        self.put(out, c, others, rest if transposed else self.transpose(rest))
        return out

    def rule_coefficient_of_vector(self, p: Poly, letter: Any) -> Poly:
        """The W of p = W v: as p(v) is linear in v for every v, there is one such matrix. Checked: every term ends in
        v, v stands nowhere else, and no inverse is made of it."""
        name = self.letter(letter)
        rows, cols, symmetric = self.letters[name]
        need(p.shape[1] == cols == "1" and not symmetric, "not a vector")
        self.free([name])
        out = Poly(p.shape[0], rows)
        for (traces, word), c in p.terms.items():
            inside = [t[0] for w in (*traces, word[:-1]) for t in w]
            need(word[-1:] == ((name, False),) and name not in inside, "not linear in the vector")
            self.put(out, c, traces, word[:-1])
        return out

    def rule_solve_with_inverse(self, p: Poly, unknown: Any, inverse: Any) -> Poly:
        """The solution e = R b of M e - b = 0, where R is declared to be the inverse of exactly this M: it is one, and
        the only one. Checked: e is in no other term and in no inverse, and M is the matrix that R is declared for."""
        name, solved = self.letter(unknown), self.letter(inverse)
        linear, rest = Poly(*p.shape), Poly(*p.shape)
        for (traces, word), c in p.terms.items():
            self.put(linear if word[-1:] == ((name, False),) else rest, c, traces, word)
        need(name not in rest.names(), "the equation is not linear")
        need(solved in self.inverses, "the inverse is not declared")
        need(self.rule_coefficient_of_vector(linear, name) == self.inverses[solved], "not that matrix's inverse")
        matrix = self.of_word((self.token(solved, False),), *self.letters[solved][:2])
        return self.add(Poly(*p.shape), self.product(matrix, rest), {(): Fraction(-1)})

    def rule_average_over_tasks(
        self, p: Poly, matrix: Any, vector: Any, mean: Any, solution: Any, square: Any = None
    ) -> Poly:
        """E[p] over a task (W, v), any law with E[W] = A, E[W v] = A s and, if ``square`` is given, E[v' W v] = k.

        By linearity: a term without W and v stays; with one W it has A for it; with one W and one v, which stand side
        by side as W v or v' W, it has A s or s' A; a factor v' W v is k. Anything else is not determined, and refused:
        v and W alone, of both two, v that a product (around the end of a trace, but never of an open word) does not
        join to W. Checked: five different letters, W symmetric, s like v a column, A like W, k a number; A, s and k
        are new, and none of them, nor W and v, belongs to an inverse.
        """
        names = [self.letter(x) for x in (matrix, vector, mean, solution, *([] if square is None else [square]))]
        need(len(set(names)) == len(names), "letters of a task are one and the same")
        side, _, symmetric = self.letters[matrix]
        need(symmetric and self.letters[vector] == (side, "1", False), "a task is a symmetric matrix and a column")
        need(self.letters[mean] == self.letters[matrix], "letters of different kinds")
        need(self.letters[solution] == self.letters[vector], "letters of different kinds")
        need(square is None or self.letters[square] == ("1", "1", False), "letters of different kinds")
        need(not set(names[2:]) & p.names(), "the letters for the averages are new")
        self.free(names)
        form = self.loop((self.token(vector, True), self.token(matrix, False), self.token(vector, False)))
        out = Poly(*p.shape)
        for (traces, word), c in p.terms.items():
            loops = list(traces)
            weights, optima = (sum(t[0] == x for w in (*loops, word) for t in w) for x in (matrix, vector))
            if (weights, optima) == (1, 2) and square is not None and form in loops:
                loops[loops.index(form)] = (self.token(square, False),)
            elif weights or optima:
                need(weights == 1 and optima < 2, "not linear in the weight of a task")
                loops = [self.averaged(w, True, names) for w in loops]
                word = self.averaged(word, False, names)
            self.put(out, c, loops, word)
        return out

    def averaged(self, w: Word, cyclic: bool, names: list[str]) -> Word:
        matrix, vector, mean, solution = names[:4]
        out = [self.token(mean, False) if t[0] == matrix else t for t in w]
        for i, (name, transposed) in enumerate(w):
            if name == vector:
                k = i + 1 if transposed else i - 1
                k = k % len(w) if cyclic else k
                need(0 <= k < len(w) and w[k][0] == matrix, "the vector is not next to its weight")
                out[i] = self.token(solution, transposed)
        return tuple(out)

    # -- reading

    def word(self, data: Any) -> Word:
        out = []
        for token in listed(data):
            self.spend(1)
            need(type(token) is str, "not a letter")
            name = token.removesuffix("'")
            need(name in self.letters, f"the letter {escaped(name)} is not declared")
            out.append(self.token(name, token.endswith("'")))
        return tuple(out)

    def coefficient(self, data: Any) -> Coefficient:
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

    def poly(self, data: Any) -> Poly:
        rows, cols, terms = of(data, "rows", "cols", "terms")
        for side in (rows, cols):
            need(type(side) is str and side in self.dimensions, "a dimension that no letter has")
        out = Poly(rows, cols)
        for term in listed(terms):
            coefficient, traces, word = listed(term, 3)
            self.put(out, self.coefficient(coefficient), [self.word(t) for t in listed(traces)], self.word(word))
        return out

    def expression(self, data: Any, depth: int = 0) -> Poly:
        need(type(data) is dict and len(data) == 1, "not an expression")
        need(depth < MOST_DEPTH, "an expression is nested too deeply")
        self.spend(5)
        [(op, x)] = data.items()
        if op == "poly":
            return self.poly(x)
        if op == "result":
            need(type(x) is int and 0 <= x < len(self.results), "no such result")
            return self.results[x]
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
            return self.add(Poly(*p.shape), p, self.coefficient(scale))
        if op == "substitute":
            inner, values = listed(x, 2)
            p = self.expression(inner, depth + 1)
            return self.substitute(
                p, {self.letter(name): self.expression(e, depth + 1) for name, e in table(values).items()}
            )
        need(op == "zero", "not an expression")
        inner, symbol = listed(x, 2)
        return self.at_zero(self.expression(inner, depth + 1), symbol)

    def at_zero(self, p: Poly, symbol: Any) -> Poly:
        """p(s) for all s gives p(0): what is left are the terms without s. Checked: s is no dimension, which is never
        0, in no inverse, and nowhere divided by."""
        need(type(symbol) is str and NAME.fullmatch(symbol) is not None, "not a symbol")
        need(symbol not in self.letters, "a symbol has the name of a letter")
        need(symbol not in self.dimensions, "a dimension is set to zero")
        need(symbol not in self.divided, "a symbol in a denominator is set to zero")
        need(symbol not in self.held, "a symbol of an inverse is set to zero")
        self.zeroed.add(symbol)
        out = Poly(*p.shape)
        for (traces, word), c in p.terms.items():
            self.spend(len(c))
            self.put(out, {m: v for m, v in c.items() if symbol not in dict(m)}, traces, word)
        return out


RULES: dict[
    str, tuple[Callable[..., Poly], tuple[str, ...], tuple[str, ...]]
] = {  # function, parameters, optional ones
    "substitute_letters": (Checker.rule_substitute_letters, ("letters",), ()),
    "expect": (Checker.rule_expect, ("laws",), ()),
    "gradient": (Checker.rule_gradient, ("letter",), ()),
    "coefficient_of_vector": (Checker.rule_coefficient_of_vector, ("letter",), ()),
    "solve_with_inverse": (Checker.rule_solve_with_inverse, ("unknown", "inverse"), ()),
    "average_over_tasks": (
        Checker.rule_average_over_tasks,
        ("matrix", "vector", "mean", "solution"),
        ("square",),
    ),
}


def matchings(items: list[Any]) -> Iterator[list[tuple[Any, Any]]]:
    """Perfect matchings that pair equal names."""
    if not items:
        yield []
        return
    first, rest = items[0], items[1:]
    for k, other in enumerate(rest):
        if other[0] == first[0]:
            for more in matchings(rest[:k] + rest[k + 1 :]):
                yield [(first, other), *more]


def check(certificate: Any) -> str:
    """A sentence saying what was accepted; raises ``Refused`` for everything else, malformed data included."""
    try:
        return _checked(certificate)
    except Refused:
        raise
    except Exception as error:  # whatever goes wrong while reading hostile data is a refusal
        raise Refused(f"malformed: {type(error).__name__}") from None


def _checked(certificate: Any) -> str:
    schema, kind, claim, letters, inverses, derivations, lhs, rhs = of(
        certificate, "schema", "kind", "claim", "letters", "inverses", "derivations", "lhs", "rhs"
    )
    need(type(schema) is int and schema == 1, "unknown schema")
    need(kind == "words" and type(claim) is str, "not a certificate of a matrix identity")
    run, count = Checker(letters), 0
    run.declare(inverses)
    for derivation in listed(derivations):
        title, start, steps = of(derivation, "title", "start", "steps")
        need(type(title) is str, "a title is text")
        at = run.expression(start)
        for step in listed(steps):
            run.spend(100)
            rule, params, after = of(step, "rule", "params", "after")
            need(type(rule) is str and rule in RULES, f"no rule is called {escaped(rule)}")
            function, wanted, optional = RULES[rule]
            need(set(wanted) <= set(table(params)) <= {*wanted, *optional}, f"{rule} has other parameters")
            at = function(run, at, *(params[key] for key in (*wanted, *optional) if key in params))
            need(at == run.poly(after), f"{rule} gives something else than is recorded")
            count += 1
        run.results.append(at)
    need(run.expression(lhs) == run.poly(rhs), "the two sides are different")
    return f"{len(run.results)} derivations in {count} steps, all of them redone"


def load(data: bytes) -> Any:
    """The certificate in a file; ``Refused`` for a key that is there twice, or a number that is no whole one."""

    def pairs(rows: list[tuple[str, Any]]) -> dict[str, Any]:
        need(len(dict(rows)) == len(rows), "a table has a key twice")
        return dict(rows)

    def no_number(text: str) -> None:
        raise Refused(f"{escaped(text)} is no whole number")

    need(len(data) <= MOST_BYTES, "the certificate is too long")
    try:
        return json.loads(
            data.decode("utf-8"), object_pairs_hook=pairs, parse_float=no_number, parse_constant=no_number
        )
    except (ValueError, RecursionError) as error:
        raise Unreadable(str(error)) from None


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("usage: python -I -m verify.kernel.word_checker FILE")
        return 2
    try:
        with open(arguments[0], "rb") as file:
            said = check(load(file.read(MOST_BYTES + 1)))
    except (OSError, ValueError, Unreadable) as error:
        print(f"unreadable: {escaped(error)}")
        return 2
    except Refused as reason:
        print(f"refused: {escaped(reason)}")
        return 1
    print(f"accepted: {said}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

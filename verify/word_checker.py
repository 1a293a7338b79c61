"""The checker of matrix identities: reads a certificate, redoes every step by itself, trusts nothing in it.

``python -m verify.word_checker FILE`` prints ``accepted`` or ``refused`` with a reason. Standard library only, no
imports from the project. A certificate is JSON::

    {"schema": 1, "kind": "words", "claim": text, "letters": {name: [rows, cols, symmetric]},
     "inverses": {name: expression}, "derivations": [{"title", "start", "steps": [{"rule", "params", "after"}]}],
     "lhs": expression, "rhs": polynomial}

A polynomial is ``{"rows", "cols", "terms": [[coefficient, traces, word], ...]}``: a matrix, for every value of its
symbolic dimensions. A word is a list of letters, ``X'`` for a transposed one, and stands for their product (the empty
word for the identity, or for 1); traces are words too. A coefficient is a list of ``[rational, {symbol: exponent}]``
with integer exponents of either sign: a Laurent polynomial. An expression builds on earlier results: ``{"poly"}``,
``{"result": number}``, ``{"sum": [...]}``, ``{"times": [coefficient, expression]}``, ``{"substitute": [expression,
{letter: expression}]}``, ``{"zero": [expression, symbol]}`` (that symbol set to 0).

What is accepted: the left side, derived from the starts by the rules, equals the right side, for all matrices of these
shapes and symmetries, all laws as declared, and all dimensions. That the starts are the definitions meant is for the
reader to see; every letter of a law is independent of the others and has mean zero.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

Token = tuple[str, bool]  # a letter and whether it is transposed
Word = tuple[Token, ...]
Monomial = tuple[tuple[str, int], ...]
Coefficient = dict[Monomial, Fraction]
Key = tuple[tuple[Word, ...], Word]  # traces, open word
UNIT: Coefficient = {(): Fraction(1)}
MOST_LETTERS, MOST_TERMS = 12, 20_000


class Refused(Exception):
    """The certificate does not prove its statement; the message says where it fails."""


def need(condition: bool, reason: str) -> None:
    if not condition:
        raise Refused(reason)


# ---------------------------------------------------------------- coefficients


def times(a: Coefficient, b: Coefficient) -> Coefficient:
    out: Coefficient = {}
    for m, c in a.items():
        for n, e in b.items():
            powers = dict(m)
            for s, k in n:
                powers[s] = powers.get(s, 0) + k
            key = tuple(sorted((s, k) for s, k in powers.items() if k))
            out[key] = out.get(key, Fraction(0)) + c * e
    return {m: c for m, c in out.items() if c}


def plus(a: Coefficient, b: Coefficient) -> Coefficient:
    out = dict(a)
    for m, c in b.items():
        out[m] = out.get(m, Fraction(0)) + c
    return {m: c for m, c in out.items() if c}


def size(dimension: str) -> Coefficient:
    return UNIT if dimension == "1" else {((dimension, 1),): Fraction(1)}


# ---------------------------------------------------------------- polynomials


class Poly:
    """A linear combination of terms ``tr(word) ... tr(word) word`` of one shape."""

    def __init__(self, rows: str, cols: str) -> None:
        self.shape = (rows, cols)
        self.terms: dict[Key, Coefficient] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Poly) and self.shape == other.shape and self.terms == other.terms


class Checker:
    """One run over one certificate: its letters, and the rules, each by its own implementation."""

    def __init__(self, letters: dict[str, Any]) -> None:
        self.letters: dict[str, tuple[str, str, bool]] = {}
        for name, row in letters.items():
            need(
                isinstance(row, list) and len(row) == 3 and isinstance(row[2], bool), "a letter has a shape and a flag"
            )
            need(re.fullmatch(r"[A-Za-z_]\w*", name) is not None, "not a letter")
            need(all(isinstance(k, str) and re.fullmatch(r"1|[A-Za-z_]\w*", k) for k in row[:2]), "not a dimension")
            need(not row[2] or row[0] == row[1], "a symmetric letter is square")
            self.letters[name] = (row[0], row[1], row[2])
        self.inverses: dict[str, Poly] = {}
        self.results: list[Poly] = []

    # -- words

    def flip(self, t: Token) -> Token:
        return t if self.letters[t[0]][2] else (t[0], not t[1])

    def transpose(self, word: Word) -> Word:
        return tuple(self.flip(t) for t in reversed(word))

    def shape(self, t: Token) -> tuple[str, str]:
        rows, cols, _ = self.letters[t[0]]
        return (cols, rows) if t[1] else (rows, cols)

    def loop(self, word: Word) -> Word:
        """One representative of all words with the same trace: rotations, and the transpose."""
        return min(w[i:] + w[:i] for w in (word, self.transpose(word)) for i in range(len(word)))

    def fits(self, word: Word, rows: str, cols: str) -> None:
        at = rows
        for t in word:
            left, right = self.shape(t)
            need(left == at, "the shapes in a word do not fit")
            at = right
        need(at == cols, "a word has another shape than its polynomial")

    def put(self, p: Poly, coefficient: Coefficient, traces: Any, word: Word) -> None:
        """Add a term in canonical form; a 1 x 1 word is a trace, the trace of an empty word is not written here."""
        self.fits(word, *p.shape)
        if p.shape == ("1", "1") and word:
            traces, word = [*traces, word], ()
        for t in traces:
            need(bool(t), "an empty trace")
            self.fits(t, self.shape(t[0])[0], self.shape(t[0])[0])
        key = (tuple(sorted(map(self.loop, traces))), word)
        total = plus(p.terms.pop(key, {}), coefficient)
        if total:
            p.terms[key] = total
        need(len(p.terms) < MOST_TERMS, "too many terms")

    def add(self, p: Poly, q: Poly, scale: Coefficient = UNIT) -> Poly:
        need(p.shape == q.shape, "a sum of different shapes")
        out = Poly(*p.shape)
        out.terms = dict(p.terms)
        for (traces, word), c in q.terms.items():
            self.put(out, times(c, scale), traces, word)
        return out

    def product(self, p: Poly, q: Poly) -> Poly:
        need(p.shape[1] == q.shape[0], "a product of shapes that do not fit")
        out = Poly(p.shape[0], q.shape[1])
        for (traces, word), c in p.terms.items():
            for (more, then), e in q.terms.items():
                self.put(out, times(c, e), [*traces, *more], word + then)
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

    def free(self, names: Any) -> None:
        """An inverse is fixed together with the letters that it is made of."""
        used = set(self.inverses).union(*map(self.names, self.inverses.values()))
        need(not used & set(names), "a letter of an inverse is changed")

    def substitute(self, p: Poly, values: dict[str, Poly]) -> Poly:
        self.free(values)
        for name, q in values.items():
            need(name in self.letters and q.shape == self.letters[name][:2], "a letter is replaced by another shape")
            need(not self.letters[name][2] or self.turned(q) == q, "a symmetric letter becomes one that is not")
        out = Poly(*p.shape)
        for (traces, word), c in p.terms.items():
            whole = self.spelled(word, *p.shape, values)
            for t in traces:
                side = self.shape(t[0])[0]
                number = Poly("1", "1")
                for (inner, open_word), e in self.spelled(t, side, side, values).terms.items():
                    closed = [*inner, open_word] if open_word else inner
                    self.put(number, e if open_word else times(e, size(side)), closed, ())
                scaled = Poly(*whole.shape)
                for (loops, _), e in number.terms.items():
                    for (more, then), f in whole.terms.items():
                        self.put(scaled, times(e, f), [*loops, *more], then)
                whole = scaled
            out = self.add(out, whole, c)
        return out

    def spelled(self, word: Word, rows: str, cols: str, values: dict[str, Poly]) -> Poly:
        out = self.of_word((), rows, rows)
        for t in word:
            q = values.get(t[0])
            piece = self.of_word((t,), *self.shape(t)) if q is None else self.turned(q) if t[1] else q
            out = self.product(out, piece)
        need(out.shape == (rows, cols), "a word has another shape than its polynomial")
        return out

    # -- rules: the polynomial before and the parameters give the polynomial after

    def rule_substitute_letters(self, p: Poly, letters: Any) -> Poly:
        return self.substitute(p, {name: self.expression(e) for name, e in letters.items()})

    def rule_expect(self, p: Poly, laws: Any) -> Poly:
        """E over independent letters Z with E[Z_ai Z_bj] = scale row_ab col_ij; Gaussian ones have all moments."""
        self.free(laws)
        table = {}
        for name, law in laws.items():
            need(name in self.letters and not self.letters[name][2], "a random letter is not symmetric")
            ends = [self.word(law[side]) for side in ("row", "col")]
            for word, side in zip(ends, self.letters[name][:2], strict=True):
                self.fits(word, side, side)
                need(word == self.transpose(word) and not {t[0] for t in word} & set(laws), "not a fixed covariance")
            table[name] = (*ends, self.coefficient(law["scale"]), law["gaussian"] is True)
        out = Poly(*p.shape)
        for (traces, word), c in p.terms.items():
            for scale, loops, rest in self.wick(traces, word, p.shape, table):
                self.put(out, times(c, scale), loops, rest)
        return out

    def wick(self, traces: Any, word: Word, shape: tuple[str, str], laws: Any) -> Iterator[tuple[Any, Any, Word]]:
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
        for name, law in laws.items():
            count = sum(r[0] == name for r in random)
            need(count <= (MOST_LETTERS if law[3] else 2), f"the moments of {count} letters {name} are not known")
        for pairing in matchings(random):
            scale, joined = UNIT, list(edges)
            for (name, row, col), (_, row2, col2) in pairing:
                row_word, col_word, factor, _ = laws[name]
                scale = times(scale, factor)
                joined += [(row, row2, row_word), (col, col2, col_word)]
            loops, rest, number = self.join(joined, start, end, dims)
            yield times(scale, number), [*fixed, *loops], rest

    def join(self, edges: Any, start: int, end: int, dims: list[str]) -> tuple[list[Word], Word, Coefficient]:
        """Contract the indices one after the other: two edges that meet become one, an edge from an index to itself
        is a trace, and the trace of an empty word is the dimension."""
        loops, number = [], UNIT
        for i in range(len(dims)):
            if i in (start, end):
                continue
            here = [e for e in edges if i in e[:2]]
            edges = [e for e in edges if i not in e[:2]]
            if not here:
                continue  # closed already, or never used
            if len(here) == 1:
                need(here[0][0] == here[0][1], "an index is left open")
                if here[0][2]:
                    loops.append(here[0][2])
                else:
                    number = times(number, size(dims[i]))
                continue
            need(len(here) == 2, "an index is used more than twice")
            (a, b, u), (c, e, w) = here
            if b != i:
                a, u = b, self.transpose(u)
            if c != i:
                e, w = c, self.transpose(w)
            edges.append((a, e, u + w))
        need(len(edges) == 1 and set(edges[0][:2]) == {start, end}, "the open word is lost")
        a, _, w = edges[0]
        return loops, (w if a == start else self.transpose(w)), number

    def rule_gradient(self, p: Poly, letter: Any) -> Poly:
        """By the product rule: tr(v w) = w v has the gradient w', tr(v' w) = v' w has the gradient w."""
        need(p.shape == ("1", "1") and letter in self.letters and self.letters[letter][1] == "1", "not a gradient")
        self.free([letter])
        out = Poly(self.letters[letter][0], "1")
        for (traces, _), c in p.terms.items():
            for k, t in enumerate(traces):
                for i, (name, transposed) in enumerate(t):
                    if name == letter:
                        rest = t[i + 1 :] + t[:i]
                        others = [*traces[:k], *traces[k + 1 :]]
                        self.put(out, c, others, rest if transposed else self.transpose(rest))
        return out

    def rule_coefficient_of_vector(self, p: Poly, letter: Any) -> Poly:
        need(letter in self.letters and p.shape[1] == self.letters[letter][1] == "1", "not a vector")
        out = Poly(p.shape[0], self.letters[letter][0])
        for (traces, word), c in p.terms.items():
            inside = [t[0] for w in (*traces, word[:-1]) for t in w]
            need(word[-1:] == ((letter, False),) and letter not in inside, "not linear in the vector")
            self.put(out, c, traces, word[:-1])
        return out

    def rule_solve_with_inverse(self, p: Poly, unknown: Any, inverse: Any) -> Poly:
        """The solution e = R b of M e - b = 0, where R is declared to be the inverse of exactly this M."""
        linear, rest = Poly(*p.shape), Poly(*p.shape)
        for (traces, word), c in p.terms.items():
            self.put(linear if word[-1:] == ((unknown, False),) else rest, c, traces, word)
        need(unknown not in self.names(rest), "the equation is not linear")
        need(inverse in self.inverses, "the inverse is not declared")
        need(self.rule_coefficient_of_vector(linear, unknown) == self.inverses[inverse], "not that matrix's inverse")
        matrix = self.of_word(((inverse, False),), *self.letters[inverse][:2])
        return self.add(Poly(*p.shape), self.product(matrix, rest), {(): Fraction(-1)})

    def names(self, p: Poly) -> set[str]:
        return {t[0] for traces, word in p.terms for w in (*traces, word) for t in w}

    def rule_average_over_tasks(self, p: Poly, matrix: Any, vector: Any, mean: Any, solution: Any) -> Poly:
        """E[W] = A and E[W v] = A s, which defines s; what is quadratic in v stays, in the letters of a task."""
        for name, like in ((matrix, mean), (vector, solution)):
            need(name in self.letters and self.letters.get(like) == self.letters[name], "letters of different kinds")
        need(self.letters[matrix][2] and not {mean, solution} & self.names(p), "a symmetric weight, and new letters")
        out = Poly(*p.shape)
        for (traces, word), c in p.terms.items():
            words = [*traces, word]
            weights = sum(t[0] == matrix for w in words for t in w)
            optima = sum(t[0] == vector for w in words for t in w)
            if optima < 2 and weights + optima > 0:
                need(weights == 1, "not linear in the weight of a task")
                words = [self.averaged(w, matrix, vector, mean, solution) for w in words]
            self.put(out, c, words[:-1], words[-1])
        return out

    def averaged(self, w: Word, matrix: str, vector: str, mean: str, solution: str) -> Word:
        out = [(mean, False) if t[0] == matrix else t for t in w]
        for i, t in enumerate(w):
            if t[0] == vector:
                need(w[(i + 1 if t[1] else i - 1) % len(w)][0] == matrix, "the vector is not next to its weight")
                out[i] = (solution, t[1])
        return tuple(out)

    # -- reading

    def word(self, data: Any) -> Word:
        need(isinstance(data, list) and len(data) <= 200, "not a word")
        out = []
        for token in data:
            name = token.removesuffix("'")
            need(name in self.letters, f"the letter {name} is not declared")
            out.append((name, token.endswith("'") and not self.letters[name][2]))
        return tuple(out)

    def coefficient(self, data: Any) -> Coefficient:
        out: Coefficient = {}
        for number, powers in data:
            need(re.fullmatch(r"-?[0-9]{1,200}(/[0-9]{1,200})?", number) is not None, "not a number")
            need(all(type(k) is int and abs(k) <= 400 for k in powers.values()), "an exponent is a small integer")
            need(all(re.fullmatch(r"[A-Za-z_]\w*", s) for s in powers), "not a symbol")
            monomial = tuple(sorted((s, k) for s, k in powers.items() if k))
            out = plus(out, {monomial: Fraction(number)})
        return out

    def poly(self, data: Any) -> Poly:
        out = Poly(data["rows"], data["cols"])
        for coefficient, traces, word in data["terms"]:
            self.put(out, self.coefficient(coefficient), [self.word(t) for t in traces], self.word(word))
        need(all(out.shape) and (out.shape[0] == out.shape[1] or all(w for _, w in out.terms)), "an identity is square")
        return out

    def expression(self, data: Any) -> Poly:
        need(isinstance(data, dict) and len(data) == 1, "not an expression")
        [(op, x)] = data.items()
        if op == "poly":
            return self.poly(x)
        if op == "result":
            need(type(x) is int and 0 <= x < len(self.results), "no such result")
            return self.results[x]
        if op == "sum":
            out = self.expression(x[0])
            for e in x[1:]:
                out = self.add(out, self.expression(e))
            return out
        if op == "times":
            inner = self.expression(x[1])
            return self.add(Poly(*inner.shape), inner, self.coefficient(x[0]))
        if op == "substitute":
            return self.substitute(self.expression(x[0]), {name: self.expression(e) for name, e in x[1].items()})
        need(op == "zero", "not an expression")
        inner, out = self.expression(x[0]), Poly(*self.expression(x[0]).shape)
        for (traces, word), c in inner.terms.items():
            need(all(k > 0 for m in c for s, k in m if s == x[1]), "a symbol in a denominator is set to zero")
            self.put(out, {m: v for m, v in c.items() if x[1] not in dict(m)}, traces, word)
        return out


RULES = ("substitute_letters", "expect", "gradient", "coefficient_of_vector", "solve_with_inverse",
         "average_over_tasks")  # fmt: skip


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
        names = {"schema", "kind", "claim", "letters", "inverses", "derivations", "lhs", "rhs"}
        need(set(certificate) == names and certificate["schema"] == 1, "unknown schema")
        need(certificate["kind"] == "words", "not a certificate of a matrix identity")
        run, steps = Checker(certificate["letters"]), 0
        run.inverses = {name: run.expression(e) for name, e in certificate["inverses"].items()}
        for derivation in certificate["derivations"]:
            at = run.expression(derivation["start"])
            for step in derivation["steps"]:
                need(step["rule"] in RULES, f"no rule is called {step['rule']}")
                at = getattr(run, "rule_" + step["rule"])(at, **step["params"])
                need(at == run.poly(step["after"]), f"{step['rule']} gives something else than is recorded")
                steps += 1
            run.results.append(at)
        need(run.expression(certificate["lhs"]) == run.poly(certificate["rhs"]), "the two sides are different")
        return f"{len(run.results)} derivations in {steps} steps, all of them redone"
    except Refused:
        raise
    except Exception as error:  # whatever goes wrong while reading hostile data is a refusal
        raise Refused(f"malformed: {type(error).__name__}") from None


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("usage: python -m verify.word_checker FILE")
        return 2
    try:
        with open(arguments[0], encoding="utf-8") as file:
            certificate = json.load(file)
    except (OSError, ValueError, RecursionError) as error:
        print(f"unreadable: {error}")
        return 2
    try:
        print(f"accepted: {check(certificate)}")
    except Refused as reason:
        print(f"refused: {reason}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

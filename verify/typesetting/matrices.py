"""Trace polynomials as LaTeX: terms with the same denominator together, factored where that is shorter."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp

from verify.derivations.trace_polynomials import Letter, Term, TracePolynomial, Word
from verify.typesetting.brackets import delimited, joined, juxtapose
from verify.typesetting.order import degree, is_negative
from verify.typesetting.words import WordPrinter, pieces_of

Group = list[tuple[sp.Expr, Term]]


class PolynomialPrinter:
    """Sums of products of matrices; ``scalar`` writes their coefficients."""

    def __init__(self, scalar: Callable[[sp.Expr], str]) -> None:
        self._scalar, self._words = scalar, WordPrinter(scalar)

    def polynomial(self, polynomial: TracePolynomial) -> str:
        r"""The LaTeX of a trace polynomial, terms with the same denominator together.

        >>> from verify.typesetting.typesetter import latex
        >>> d, n = sp.symbols("d n", integer=True)
        >>> S = TracePolynomial.letter(Letter("Sigma", d, d, symmetric=True, latex=r"\Sigma"))
        >>> T = (S * S * S + (S * S).trace() * S).scale(1 / n)
        >>> print(PolynomialPrinter(latex).polynomial(S - 2 * S * S + S * S * S + T))
        \Sigma(I-\Sigma)^2+\frac{1}{n}\bigl[\operatorname{tr}(\Sigma^2)\Sigma+\Sigma^3\bigr]
        """
        if not polynomial.terms:
            return "0"
        square = polynomial.rows != 1 or polynomial.cols != 1
        pairs: list[tuple[bool, str]] = []
        for coefficient, members in _groups(polynomial).items():
            pairs += self._group(coefficient, members, square)
        if pairs[0][0]:
            pairs.sort(key=lambda pair: pair[0])
        return joined(pairs)

    def _group(self, common: sp.Expr, members: Group, square: bool) -> list[tuple[bool, str]]:
        factored = self._factored(members) or self._squared_distance(members)
        minus = is_negative(common)
        common = -common if minus else common
        if factored is not None:
            return [(minus, self._scaled(common, factored))]
        if common != 1 and len(members) > 1 and common.free_symbols:
            return [(minus, self._scalar(common) + delimited(joined(self._pairs(members, sp.Integer(1), square))))]
        return self._pairs(members, -common if minus else common, square)

    def _pairs(self, members: Group, common: sp.Expr, square: bool) -> list[tuple[bool, str]]:
        out = []
        for k, term in members:
            k = k * common
            minus = is_negative(k)
            out.append((minus, self._words.term(-k if minus else k, term, square)))
        return sorted(out, key=lambda pair: pair[0]) if out[0][0] else out

    def _scaled(self, common: sp.Expr, text: str) -> str:
        """A coefficient in front of a product."""
        if common == 1:
            return text
        return self._scalar(common) + (text if not text[0].isdigit() else rf" \cdot {text}")

    def _factored(self, members: Group) -> str | None:
        """A polynomial in one letter, alone or between the same two vectors, in factored form."""
        if len(members) < 2:
            return None
        words: list[tuple[sp.Expr, Word]] = []
        ends = _ends(members[0][1])
        for k, term in members:
            if ends is not None and _ends(term) == ends:
                words.append((k, pieces_of(term.traces[0])[0][1:-1]))
            elif ends is None and not term.traces:
                words.append((k, term.word))
            else:
                return None
        letters = {a for _, word in words for a in word}
        if len(letters) == 2 and ends is None:
            return self._two_sided(words)
        if len(letters) != 1 or (letter := next(iter(letters))).rows == 1 or letter.cols == 1:
            return None
        s = sp.Symbol("one letter", real=True)
        found = sp.factor(sp.Add(*(k * s ** len(word) for k, word in words)))
        middle = self._in_letter(found, s, letter)
        if middle is None or ends is None:
            return middle
        return juxtapose([self._words.letter(ends[0]), middle, self._words.letter(ends[1])])

    def _in_letter(self, found: sp.Expr, s: sp.Symbol, letter: Letter) -> str | None:
        """A factored polynomial in s, with the letter for s and I for 1."""
        front, powers, sums = [], [], []
        for f in sp.Mul.make_args(found):
            base, exponent = f.as_base_exp()
            if not f.has(s):
                front.append(f)
            elif base == s:
                powers.append(self._words.letter(letter) + ("" if exponent == 1 else f"^{exponent}"))
            else:
                slope, constant = base.coeff(s, 1), base.coeff(s, 0)
                if sp.expand(base - slope * s - constant) != 0:
                    return None
                if is_negative(constant):
                    slope, constant = -slope, -constant
                    if exponent % 2:
                        front.append(sp.Integer(-1))
                minus = is_negative(slope)
                inner = joined(
                    [
                        (False, "I" if constant == 1 else juxtapose([self._scalar(constant), "I"])),
                        (
                            minus,
                            juxtapose(
                                ([] if abs(slope) == 1 else [self._scalar(abs_of(slope))])
                                + [self._words.letter(letter)]
                            ),
                        ),
                    ]
                )
                sums.append(f"({inner})" + ("" if exponent == 1 else f"^{exponent}"))
        number = sp.Mul(*front)
        if is_negative(number):
            return None
        return juxtapose(([] if number == 1 else [self._scalar(number)]) + powers + sums)

    def _squared_distance(self, members: Group) -> str | None:
        """The form in a - b: a^T M a - 2 a^T M b + b^T M b."""
        table = {_ends(term): (k, term) for k, term in members}
        if len(members) != 3 or None in table or len(table) != 3:
            return None
        mixed = [ends for ends in table if ends is not None and ends[1] != ends[0].T]
        if len(mixed) != 1:
            return None
        a, b = mixed[0]
        if (a, a.T) not in table or (b.T, b) not in table:
            return None
        k = table[(a, a.T)][0]
        middles = {pieces_of(term.traces[0])[0][1:-1] for _, term in table.values()}
        if len(middles) != 1 or table[(b.T, b)][0] != k or table[(a, b)][0] != -2 * k or is_negative(k):
            return None
        if len(self._words.letter(a.T)) > len(self._words.letter(b)):
            a, b = b.T, a.T
        norm = (
            rf"\lVert {self._words.letter(a.T)}-{self._words.letter(b)}\rVert_{{{self._words.word(middles.pop())}}}^2"
        )
        return norm if k == 1 else juxtapose([self._scalar(k), norm])

    def _two_sided(self, words: list[tuple[sp.Expr, Word]]) -> str | None:
        """(I - a S) A (I - a S) for A - a A S - a S A + a^2 S A S."""
        table = {word: k for k, word in words}
        middle = [word for word in table if len(word) == 1]
        if len(table) != 4 or len(middle) != 1:
            return None
        (A,) = middle[0]
        outer = next(a for word in table for a in word if a != A)
        k = table[middle[0]]
        slope = table.get((outer, A))
        if slope is None or table.get((A, outer)) != slope or table.get((outer, A, outer)) is None or k != 1:
            return None
        if sp.expand(table[(outer, A, outer)] - slope**2) != 0 or not is_negative(slope):
            return None
        step = f"(I-{juxtapose(([] if slope == -1 else [self._scalar(-slope)]) + [self._words.letter(outer)])})"
        return step + self._words.letter(A) + step


def _groups(polynomial: TracePolynomial) -> dict[sp.Expr, Group]:
    """The terms by the symbolic part of their coefficient where that has a denominator, the others by kind.

    Forms a^T M b without a symbolic denominator share the denominator of their numbers.
    """
    out: dict[tuple[int, sp.Expr], Group] = {}
    for term, k in polynomial.terms.items():
        for part in sp.Add.make_args(sp.expand(k)):
            number, symbols = part.as_coeff_Mul()
            if sp.fraction(symbols)[1] != 1:
                kind, key, rest = (1 if term.word or term.traces else 3), symbols, number
            else:
                kind = 0 if term.word or _ends(term) is not None else 2
                key, rest = sp.Integer(1), part
            out.setdefault((kind, key), []).append((rest, term))
    groups: dict[sp.Expr, Group] = {}
    for (kind, key), members in sorted(out.items(), key=lambda item: (item[0][0], degree(item[0][1]), str(item[0][1]))):
        if kind in (0, 1):
            key, members = _with_content(key, members)
        groups.setdefault(key, []).extend(members)
    return groups


def _with_content(key: sp.Expr, members: Group) -> tuple[sp.Expr, Group]:
    """The greatest number that divides all coefficients moves in front."""
    numbers = [k.as_coeff_Mul()[0] for k, _ in members]
    content = sp.Rational(
        sp.gcd([abs(x.p) for x in numbers]), sp.ilcm(*(x.q for x in numbers)) if len(numbers) > 1 else numbers[0].q
    )
    if all(x < 0 for x in numbers):
        content = -content
    if key == 1 and content.q == 1:
        return key, members
    return key * content, [(k / content, term) for k, term in members]


def _ends(term: Term) -> tuple[Letter, Letter] | None:
    """The vectors a and c of a term that is a single form a^T ... c in one letter, or None."""
    if term.word or len(term.traces) != 1:
        return None
    pieces = pieces_of(term.traces[0])
    if len(pieces) != 1 or pieces[0][0].rows != 1 or len({a.key for a in pieces[0][1:-1]}) > 1:
        return None
    return pieces[0][0], pieces[0][-1]


def abs_of(e: sp.Expr) -> sp.Expr:
    return -e if is_negative(e) else e

"""Expectations of trace polynomials in random matrices, by Wick's theorem with symbolic dimensions.

A random letter Z with independent Gaussian rows or columns has E[Z_ai Z_bj] = R_ab C_ij (row covariance R, column
covariance C). Every perfect matching of the occurrences of Z turns a word into a ribbon graph: following the
matrix indices through R, C and the fixed letters gives one open word and closed loops, and the loops are traces.
The trace of the n x n identity is n, so the powers of 1/n come out by themselves.

This is the only place of the theory where an expectation is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import sympy as sp

from verify.derivations.trace_polynomials import Letter, Term, TracePolynomial, Word, transpose

MAX_ORDER = 6


class UnsupportedWord(ValueError):
    """A word whose expectation the engine does not compute; the message says which words it does."""


@dataclass(frozen=True)
class MatrixLaw:
    """Zero mean and E[Z_ai Z_bj] = scale * row_ab * col_ij.

    ``row`` and ``col`` are words of fixed symmetric letters; the empty word is the identity. With ``gaussian``
    False only the covariance is known and words of degree above two are refused.
    """

    row: Word = ()
    col: Word = ()
    scale: sp.Expr = sp.Integer(1)
    gaussian: bool = True


def expectation(poly: TracePolynomial, laws: Mapping[str, MatrixLaw]) -> TracePolynomial:
    """E[poly] over the independent random letters named in ``laws``; other letters are fixed.

    Raises ``UnsupportedWord`` for words of more than ``2 * MAX_ORDER`` Gaussian letters of one name (that is,
    order MAX_ORDER in the sample covariance) and for more than two letters of a law that is not Gaussian.
    """
    frozen = tuple(sorted(laws.items()))
    parts = (_expect_term(term, poly.rows, poly.cols, frozen).scale(k) for term, k in poly.terms.items())
    return TracePolynomial.sum(poly.rows, poly.cols, parts)


@lru_cache(maxsize=4096)
def _expect_term(term: Term, rows: sp.Expr, cols: sp.Expr, laws: tuple[tuple[str, MatrixLaw], ...]) -> TracePolynomial:
    table = dict(laws)
    ribbon = _Ribbon(term, table)
    for name in table:
        ribbon.check(name)
    return TracePolynomial.sum(rows, cols, (ribbon.contract(pairing, rows, cols) for pairing in ribbon.pairings()))


# A leg is (occurrence, side): side 0 is the left matrix index of that occurrence of a random letter, 1 the right.
Leg = tuple[int, int]
_OPEN_LEFT: Leg = (-1, 1)
_OPEN_RIGHT: Leg = (-2, 0)


class _Ribbon:
    """One term cut at its random letters: the legs, and the fixed words that join them."""

    def __init__(self, term: Term, laws: Mapping[str, MatrixLaw]) -> None:
        self.laws = laws
        self.occurrences: list[Letter] = []
        self.joined: dict[Leg, tuple[Leg, Word]] = {}
        self.closed: list[Word] = []
        for loop in term.traces:
            self._cut(loop, is_loop=True)
        self._cut(term.word, is_loop=False)

    def _cut(self, word: Word, is_loop: bool) -> None:
        places = [i for i, a in enumerate(word) if a.name in self.laws]
        if is_loop and not places:
            self.closed.append(word)
            return
        if is_loop:
            word = word[places[0] :] + word[: places[0]]
            places = [i - places[0] for i in places]
        first = len(self.occurrences)
        self.occurrences += [word[i] for i in places]
        ends: list[tuple[Leg, Leg, Word]] = []
        for k in range(len(places) - 1):
            ends.append(((first + k, 1), (first + k + 1, 0), word[places[k] + 1 : places[k + 1]]))
        if is_loop:
            ends.append(((first + len(places) - 1, 1), (first, 0), word[places[-1] + 1 :]))
        elif places:
            ends.append((_OPEN_LEFT, (first, 0), word[: places[0]]))
            ends.append(((first + len(places) - 1, 1), _OPEN_RIGHT, word[places[-1] + 1 :]))
        else:
            ends.append((_OPEN_LEFT, _OPEN_RIGHT, word))
        for left, right, between in ends:
            self.joined[left] = (right, between)
            self.joined[right] = (left, transpose(between))

    def check(self, name: str) -> None:
        count = sum(a.name == name for a in self.occurrences)
        if not self.laws[name].gaussian and count > 2:
            raise UnsupportedWord(
                f"a word with {count} letters {name}: only the covariance of {name} is known. Supported: words with at "
                "most two of it."
            )
        if count > 2 * MAX_ORDER:
            raise UnsupportedWord(
                f"a word with {count} letters {name}: the number of pairings is {count - 1}!!. Supported: at most "
                f"{2 * MAX_ORDER} letters, that is order {MAX_ORDER} in the sample covariance."
            )

    def pairings(self) -> Iterator[dict[int, int]]:
        """Perfect matchings of the occurrences, equal names with equal names."""

        def match(free: tuple[int, ...]) -> Iterator[dict[int, int]]:
            if not free:
                yield {}
                return
            i, rest = free[0], free[1:]
            for j in rest:
                if self.occurrences[j].name == self.occurrences[i].name:
                    for others in match(tuple(k for k in rest if k != j)):
                        yield {i: j, j: i, **others}

        return match(tuple(range(len(self.occurrences))))

    def contract(self, pairing: Mapping[int, int], rows: sp.Expr, cols: sp.Expr) -> TracePolynomial:
        scale = sp.Integer(1)
        for i in pairing:
            if i < pairing[i]:
                scale = scale * self.laws[self.occurrences[i].name].scale
        todo = {(i, side) for i in range(len(self.occurrences)) for side in (0, 1)}
        word = self._follow(_OPEN_LEFT, pairing, todo)[0]
        loops, number = list(self.closed), sp.Integer(1)
        while todo:
            start = min(todo)
            loop, size = self._follow(start, pairing, todo)
            if loop:
                loops.append(loop)
            else:
                number = number * size  # the trace of an identity matrix
        return TracePolynomial.monomial(scale * number, loops, word, rows, cols)

    def _follow(self, start: Leg, pairing: Mapping[int, int], todo: set[Leg]) -> tuple[Word, sp.Expr]:
        """Walk along the matrix index that leaves ``start``, until the open end or the start is reached."""
        word: Word = ()
        size: sp.Expr = sp.Integer(1)
        leg = start
        while True:
            todo.discard(leg)
            leg, between = self.joined[leg]
            word += between
            if leg == _OPEN_RIGHT:
                return word, size
            todo.discard(leg)
            occurrence, side = leg
            letter, other = self.occurrences[occurrence], pairing[occurrence]
            is_row = (side == 0) != letter.transposed
            size = letter.rows if side == 0 else letter.cols
            law = self.laws[letter.name]
            word += law.row if is_row else law.col
            partner_side = 0 if is_row != self.occurrences[other].transposed else 1
            leg = (other, partner_side)
            if leg == start:
                return word, size

"""Trace polynomials: non-commutative polynomials in matrix letters whose coefficients may contain traces.

A term is ``coefficient * tr(word) ... tr(word) * word``. Dimensions are symbolic, so one polynomial stands for
every d and every n. A 1 x 1 product such as v^T S v is kept as a trace, which makes scalars a special case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

import sympy as sp

from verify.derivations.normal_forms import expand, factor, vanishes

ONE = sp.Integer(1)


@dataclass(frozen=True)
class Letter:
    """A matrix symbol with symbolic shape; ``symmetric`` letters equal their transpose."""

    name: str
    rows: sp.Expr
    cols: sp.Expr
    symmetric: bool = False
    transposed: bool = False
    latex: str = ""

    @property
    def T(self) -> Letter:
        if self.symmetric:
            return self
        return replace(self, rows=self.cols, cols=self.rows, transposed=not self.transposed)

    @property
    def key(self) -> tuple[str, bool]:
        return (self.name, self.transposed)

    def __str__(self) -> str:
        return self.name + ("^T" if self.transposed else "")

    def to_latex(self) -> str:
        return (self.latex or self.name) + (r"^{\top}" if self.transposed else "")


Word = tuple[Letter, ...]


def transpose(word: Word) -> Word:
    return tuple(a.T for a in reversed(word))


def cyclic(word: Word) -> Word:
    """The canonical representative of a word under tr(AB) = tr(BA) and tr(A) = tr(A^T)."""
    rotations = [w[i:] + w[:i] for w in (word, transpose(word)) for i in range(len(word))]
    return min(rotations, key=lambda w: [a.key for a in w])


@dataclass(frozen=True)
class Term:
    """A monomial: a product of traces times an open word (empty word: the identity, or the number 1)."""

    traces: tuple[Word, ...]
    word: Word

    @property
    def order(self) -> tuple[object, ...]:
        return (len(self.word), [a.key for a in self.word], [[a.key for a in t] for t in self.traces])


class TracePolynomial:
    """An immutable trace polynomial of shape ``rows`` x ``cols``.

    >>> d = sp.Symbol("d"); S = TracePolynomial.letter(Letter("S", d, d, symmetric=True))
    >>> print((S * S).trace() * S + 2 * S)
    2*S + tr(S^2)*S
    """

    def __init__(self, rows: sp.Expr, cols: sp.Expr, terms: Mapping[Term, sp.Expr]) -> None:
        self.rows, self.cols = sp.sympify(rows, strict=True), sp.sympify(cols, strict=True)
        self.terms = _in_order({t: expand(k) for t, k in terms.items()})

    # ------------------------------------------------------------ building

    @classmethod
    def _of_expanded(cls, rows: sp.Expr, cols: sp.Expr, terms: Mapping[Term, sp.Expr]) -> TracePolynomial:
        """Terms whose coefficients are expanded already: expanding again is most of what this calculus costs."""
        out = cls.__new__(cls)
        out.rows, out.cols, out.terms = rows, cols, _in_order(terms)
        return out

    @classmethod
    def sum(cls, rows: sp.Expr, cols: sp.Expr, parts: Iterable[TracePolynomial]) -> TracePolynomial:
        """The sum of any number of polynomials of one shape; ``ValueError`` for another shape."""
        found: dict[Term, list[sp.Expr]] = {}
        zero = cls._of_expanded(sp.sympify(rows, strict=True), sp.sympify(cols, strict=True), {})
        for part in parts:
            zero._same_shape(part)
            for t, k in part.terms.items():
                found.setdefault(t, []).append(k)
        return cls._of_expanded(
            zero.rows, zero.cols, {t: ks[0] if len(ks) == 1 else sp.Add(*ks) for t, ks in found.items()}
        )

    @classmethod
    def letter(cls, a: Letter) -> TracePolynomial:
        return cls.monomial(ONE, (), (a,), a.rows, a.cols)

    @classmethod
    def identity(cls, size: sp.Expr) -> TracePolynomial:
        return cls(size, size, {Term((), ()): ONE})

    @classmethod
    def scalar(cls, value: sp.Expr | int) -> TracePolynomial:
        return cls(ONE, ONE, {Term((), ()): sp.sympify(value, strict=True)})

    @classmethod
    def monomial(
        cls, coefficient: sp.Expr, traces: Iterable[Word], word: Word, rows: sp.Expr, cols: sp.Expr
    ) -> TracePolynomial:
        """One term, with 1 x 1 words turned into traces and traces put in canonical form."""
        return cls(rows, cols, {_term(traces, word, rows, cols): coefficient})

    # ------------------------------------------------------------ algebra

    def _same_shape(self, other: TracePolynomial) -> None:
        if (self.rows, self.cols) != (other.rows, other.cols):
            raise ValueError(
                f"cannot add a {self.rows} x {self.cols} and a {other.rows} x {other.cols} expression: "
                f"{self} and {other}"
            )

    def __add__(self, other: TracePolynomial) -> TracePolynomial:
        return TracePolynomial.sum(self.rows, self.cols, (self, other))

    def __neg__(self) -> TracePolynomial:
        return self.scale(-1)

    def __sub__(self, other: TracePolynomial) -> TracePolynomial:
        return self + (-other)

    def scale(self, factor: sp.Expr | int) -> TracePolynomial:
        number = expand(sp.sympify(factor, strict=True))
        terms = {t: _expanded_product(k, number) for t, k in self.terms.items()}
        return TracePolynomial._of_expanded(self.rows, self.cols, terms)

    def __mul__(self, other: TracePolynomial | sp.Expr | int) -> TracePolynomial:
        if not isinstance(other, TracePolynomial):
            return self.scale(other)
        if _is_number(self) or _is_number(other):
            rows, cols = (other.rows, other.cols) if _is_number(self) else (self.rows, self.cols)
        elif self.cols == other.rows:
            rows, cols = self.rows, other.cols
        else:
            raise ValueError(
                f"cannot multiply a {self.rows} x {self.cols} by a {other.rows} x {other.cols} expression: "
                f"{self} and {other}"
            )
        found: dict[Term, list[sp.Expr]] = {}
        for t, k in self.terms.items():
            for s, h in other.terms.items():
                term = _term(t.traces + s.traces, t.word + s.word, rows, cols)
                found.setdefault(term, []).append(_expanded_product(k, h))
        return TracePolynomial._of_expanded(rows, cols, {t: sp.Add(*ks) for t, ks in found.items()})

    def __rmul__(self, other: sp.Expr | int) -> TracePolynomial:
        return self.scale(other)

    def __pow__(self, k: int) -> TracePolynomial:
        out = TracePolynomial.identity(self.rows)
        for _ in range(k):
            out = out * self
        return out

    @property
    def T(self) -> TracePolynomial:
        terms = {Term(t.traces, transpose(t.word)): k for t, k in self.terms.items()}
        return TracePolynomial._of_expanded(self.cols, self.rows, terms)

    def trace(self) -> TracePolynomial:
        """The trace, a 1 x 1 polynomial; the trace of the identity is the dimension."""
        found: dict[Term, list[sp.Expr]] = {}
        for t, k in self.terms.items():
            loops = (*t.traces, t.word) if t.word else t.traces
            value = k if t.word else _expanded_product(k, expand(self.rows))
            found.setdefault(_term(loops, (), ONE, ONE), []).append(value)
        return TracePolynomial._of_expanded(ONE, ONE, {t: sp.Add(*ks) for t, ks in found.items()})

    def substitute(self, values: Mapping[str, TracePolynomial]) -> TracePolynomial:
        """Replace letters by polynomials of the same shape, in open words and inside traces."""

        def product(word: Word, size: sp.Expr) -> TracePolynomial:
            out = None
            for a in word:
                factor = values.get(a.name)
                piece = TracePolynomial.letter(a) if factor is None else factor.T if a.transposed else factor
                out = piece if out is None else out * piece
            return TracePolynomial.identity(size) if out is None else out

        pieces = []
        for t, k in self.terms.items():
            piece = product(t.word, self.rows).scale(k)
            for loop in t.traces:
                piece = product(loop, loop[0].rows).trace() * piece
            pieces.append(piece)
        return TracePolynomial.sum(self.rows, self.cols, pieces)

    def map_coefficients(self, values: Mapping[sp.Expr, sp.Expr]) -> TracePolynomial:
        """Substitute scalars for scalar symbols in every coefficient (not in dimensions)."""
        terms = {t: sp.sympify(k, strict=True).subs(dict(values), simultaneous=True) for t, k in self.terms.items()}
        return TracePolynomial(self.rows, self.cols, terms)

    # ------------------------------------------------------------ reading

    @cached_property
    def letters(self) -> dict[str, Letter]:
        found = [a for t in self.terms for word in (t.word, *t.traces) for a in word]
        return {a.name: (a.T if a.transposed else a) for a in found}

    def as_scalar(self) -> sp.Expr:
        """The number this is, when no letter is left; for a multiple of the identity, its multiple."""
        if self.letters:
            raise ValueError(f"{self} still contains the matrices {', '.join(self.letters)}")
        return sum(self.terms.values(), sp.Integer(0))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, TracePolynomial) or (self.rows, self.cols) != (other.rows, other.cols):
            return NotImplemented if not isinstance(other, TracePolynomial) else False
        return all(vanishes(k) for k in (self - other).terms.values())

    def __hash__(self) -> int:
        return hash((self.rows, self.cols, frozenset(self.terms)))

    def __str__(self) -> str:
        text = ""
        for t, k in self.terms.items():
            part = _show(t, k)
            text += (f" - {part[1:]}" if part.startswith("-") else f" + {part}") if text else part
        return text or "0"

    def __repr__(self) -> str:
        return f"TracePolynomial({self.rows} x {self.cols}: {self})"


def _in_order(terms: Mapping[Term, sp.Expr]) -> dict[Term, sp.Expr]:
    """The terms without zeros, sorted."""
    kept = [(t, k) for t, k in terms.items() if k != 0]
    return dict(sorted(kept, key=lambda item: item[0].order) if len(kept) > 1 else kept)


def _term(traces: Iterable[Word], word: Word, rows: sp.Expr, cols: sp.Expr) -> Term:
    """A term with a 1 x 1 word turned into a trace, and traces in canonical form."""
    loops = list(traces)
    if word and rows == 1 and cols == 1:
        loops, word = [*loops, word], ()
    return Term(_sorted(cyclic(t) for t in loops), word)


def _expanded_product(k: sp.Expr, h: sp.Expr) -> sp.Expr:
    """The product of two expanded numbers, expanded; SymPy multiplies a rational into a sum by itself."""
    return k * h if k.is_Rational or h.is_Rational else expand(k * h)


def _is_number(a: TracePolynomial) -> bool:
    return bool(a.rows == 1 and a.cols == 1)


def _sorted(loops: Iterable[Word]) -> tuple[Word, ...]:
    return tuple(sorted(loops, key=lambda w: [a.key for a in w]))


def _show(t: Term, k: sp.Expr) -> str:
    loops = [_show_word(w) if w[0].rows == 1 else f"tr({_show_word(w)})" for w in map(opened, t.traces)]
    parts = loops + [_show_word(t.word)] * bool(t.word)
    shown = factor(k)
    if parts and shown in (1, -1):
        return ("-" if shown == -1 else "") + "*".join(parts)
    number = f"({shown})" if shown.is_Add else str(shown)
    return "*".join([number.replace("**", "^"), *parts])


def opened(loop: Word) -> Word:
    """A cyclic word turned so that it starts with a row vector, if it has one: v^T S v rather than S v v^T."""
    start = next((i for i, a in enumerate(loop) if a.rows == 1), 0)
    return loop[start:] + loop[:start]


def _show_word(word: Word) -> str:
    out: list[str] = []
    for letter, run in groupby(word):
        count = len(list(run))
        out.append(str(letter) if count == 1 else f"{letter}^{count}")
    return " ".join(out)

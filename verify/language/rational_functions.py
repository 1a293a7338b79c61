"""Exact rational functions over python-flint: the decision procedure for identities.

A term becomes a pair of coprime polynomials over the rationals; function values and powers with an exponent that is
not a literal integer are opaque atoms. Cancelling hides removable singularities, so where a denominator must not
vanish that is a question of its own (``verify.language.definedness.defined``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import lru_cache
from math import comb
from typing import Any

import flint

from verify.language import logic
from verify.runtime.budget import spend
from verify.runtime.errors import Impossible

Raw = Any  # a name, a number, or a tuple (operator, argument, ...): the form the checker uses

Polynomial = Any  # flint.fmpq_mpoly; its stubs refuse to compare one with a number, which is how zero is asked for
Quotient = tuple[Polynomial, Polynomial]  # a numerator and a denominator

KEPT = 1024  # converted terms and formulas: a statement is evaluated at hundreds of points
LIMIT = 400  # literal exponents beyond this stay opaque: powers are expanded
LONGEST = 100_000  # bits of a number that is made of a ball


def raw(x: logic.Term | logic.Formula | Raw) -> Raw:
    """The checker's form of a term or formula: names, exact numbers and nested tuples; each is converted once."""
    return _converted(x) if isinstance(x, (logic.App, logic.Rel, logic.Bool)) else _raw(x)


@lru_cache(maxsize=KEPT)
def _converted(x: logic.App | logic.Rel | logic.Bool) -> Raw:
    return _raw(x)


def _raw(x: logic.Term | logic.Formula | Raw) -> Raw:
    if isinstance(x, logic.Var):
        return x.name
    if isinstance(x, logic.Num):
        return x.value.numerator if x.value.denominator == 1 else x.value
    if isinstance(x, logic.Rel):
        return (x.op, _raw(x.lhs), _raw(x.rhs))
    if isinstance(x, (logic.App, logic.Bool)):
        return (x.op, *map(_raw, x.args))
    return x


def term_of(t: Raw) -> logic.Term:
    """The term that a raw one stands for.

    >>> str(term_of(("+", "x", ("^", "y", 2))))
    'x + y^2'
    """
    if isinstance(t, str):
        return logic.Var(t)
    return logic.App(t[0], tuple(map(term_of, t[1:]))) if isinstance(t, tuple) else logic.num(t)


def atoms_of(t: Raw) -> Iterator[Raw]:
    """The atoms of a term, in order of appearance and possibly repeated."""
    if isinstance(t, str):
        yield t
    elif isinstance(t, tuple):
        if t[0] in ("+", "*", "-", "/") or (t[0] == "^" and isinstance(t[2], int) and abs(t[2]) <= LIMIT):
            for a in t[1:]:
                yield from atoms_of(a)
        else:
            yield t


class ZeroDenominator(ZeroDivisionError):
    """A denominator is identically zero."""


class Field:
    """Rational functions in the atoms of some terms.

    >>> field = Field([("+", "x", 1)])
    >>> field.quotient(("/", ("+", ("^", "x", 2), -1), ("+", "x", 1)))
    (x0 - 1, 1)
    """

    def __init__(self, terms: Iterable[Raw]) -> None:
        self.atoms: list[Raw] = list(dict.fromkeys(a for t in terms for a in atoms_of(t)))
        self.index = {a: i for i, a in enumerate(self.atoms)}
        self.context = flint.fmpq_mpoly_ctx.get([f"x{i}" for i in range(len(self.atoms))] or ["x0"], "lex")
        self.gens = self.context.gens()
        self.one = self.context.constant(1)
        self.memo: dict[Raw, Quotient] = {}

    def quotient(self, t: Raw) -> Quotient:
        """Coprime numerator and denominator; raises ``ZeroDenominator`` on division by an identical zero."""
        if t not in self.memo:
            self.memo[t] = self._quotient(t)
        return self.memo[t]

    def _quotient(self, t: Raw) -> Quotient:
        if t in self.index:
            return self.gens[self.index[t]], self.one
        if not isinstance(t, tuple):
            if not isinstance(t, (int, Fraction)):
                raise Impossible(f"not an exact number: {t!r}")
            return self.context.constant(flint.fmpq(t.numerator, t.denominator)), self.one
        op, args = t[0], t[1:]
        if op == "^":
            n, d = self.quotient(args[0])
            e = abs(args[1])
            spend(sum(comb(e + len(p) - 1, e) for p in (n, d) if len(p) > 1))  # monomials, a microsecond each
            if args[1] >= 0:
                return n ** args[1], d ** args[1]
            if n == 0:
                raise ZeroDenominator(f"division by zero in {t}")
            return d ** -args[1], n ** -args[1]
        parts = [self.quotient(a) for a in args]
        spend(8 * len(parts))
        if op == "-":
            return -parts[0][0], parts[0][1]
        if op == "/":
            if parts[1][0] == 0:
                raise ZeroDenominator(f"division by zero in {t}")
            return self.reduced(parts[0][0] * parts[1][1], parts[0][1] * parts[1][0])
        n, d = parts[0]
        for n2, d2 in parts[1:]:
            spend(2 + (len(n) + len(d)) * (len(n2) + len(d2)) // 10)
            if op == "*":
                n, d = self.reduced(n * n2, d * d2)
            else:
                n, d = (n + n2, d) if d == d2 else (n * d2 + n2 * d, d * d2)
                n, d = self.reduced(n, d)
        return n, d

    def reduced(self, n: Polynomial, d: Polynomial) -> Quotient:
        if d == 1:
            return n, d
        if n == 0:
            return n, self.one
        spend(20 + 2 * (len(n) + len(d)) * len(self.atoms))
        g = n.gcd(d)
        n, d = n / g, d / g
        lead = d.leading_coefficient()
        return n / lead, d / lead

    def monomials(self, p: Polynomial) -> list[tuple[tuple[int, ...], Fraction]]:
        return [(tuple(int(e) for e in m), as_fraction(c)) for m, c in p.terms()]

    def term(self, p: Polynomial) -> Raw:
        """A polynomial as a term."""
        parts = []
        for exponents, c in self.monomials(p):
            powers = [a if e == 1 else ("^", a, e) for a, e in zip(self.atoms, exponents, strict=False) if e]
            number = c.numerator if c.denominator == 1 else c
            factors = powers if number == 1 and powers else [number, *powers]
            parts.append(factors[0] if len(factors) == 1 else ("*", *factors))
        return parts[0] if len(parts) == 1 else ("+", *parts) if parts else 0


def as_fraction(q: flint.fmpq) -> Fraction:
    """The same number in the standard library's type."""
    return Fraction(int(q.p), int(q.q))


def value_of_ball(end: flint.arb) -> Fraction:
    """The number that an exact ball is, such as an end or the middle of another one.

    Raises ``OverflowError`` for one with more than ``LONGEST`` bits before or behind the point, such as exp(-10^9).

    >>> value_of_ball(flint.arb("0.75"))
    Fraction(3, 4)
    """
    mantissa, exponent = end.man_exp()
    if abs(exponent) > LONGEST:
        raise OverflowError("a number is too long")
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def factors_of(p: Polynomial) -> tuple[flint.fmpq, list[tuple[Polynomial, int]]]:
    """The constant and the irreducible factors of a polynomial, with their exponents."""
    spend(20 + len(p) * (2 + int(p.total_degree())))
    constant, factors = p.factor()
    return constant, factors


def identical(a: logic.Term | Raw, b: logic.Term | Raw) -> bool:
    """Whether two terms are the same rational function of their atoms; says nothing about where they are defined.

    >>> x = logic.Var("x")
    >>> identical(logic.div(x, x), logic.ONE)
    True
    """
    difference = ("+", raw(a), ("-", raw(b)))
    return bool(Field([difference]).quotient(difference)[0] == 0)


def fraction(t: Raw) -> tuple[Field, Polynomial, Polynomial] | None:
    """The field of one term, its numerator and its denominator; None where a denominator is identically zero."""
    field = Field([t])
    try:
        return field, *field.quotient(t)
    except ZeroDenominator:
        return None


def factor_terms(field: Field, p: Polynomial, sign: int = 1) -> list[tuple[Raw, int]]:
    """Factors of a polynomial as (term, exponent); the constant comes first unless it is 1."""
    constant, factors = factors_of(p)
    out: list[tuple[Raw, int]] = [(field.term(f), int(e) * sign) for f, e in factors]
    if constant != 1:
        c = field.term(field.context.constant(constant if sign > 0 else 1 / constant))
        out.insert(0, (c, 1))
    return out

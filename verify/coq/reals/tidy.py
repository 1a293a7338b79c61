"""Polynomials of the kernel's algebra as terms, in its order of monomials."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import lcm

from verify.kernel.reals.polynomials import Algebra, Factor, Poly
from verify.kernel.reals.terms import Number, Term


def subterms(t: Term) -> Iterator[Term]:
    """A term and all its parts."""
    todo = [t]
    while todo:
        part = todo.pop()
        yield part
        if isinstance(part, tuple):
            todo.extend(part[1:])


def monomial_term(algebra: Algebra, monomial: int, c: Number) -> Term:
    """c times powers of atoms."""
    powers = [a if e == 1 else ("^", a, e) for a, e in algebra.exponents(monomial)]
    return product_term([c, *powers] if c != 1 or not powers else powers)


def product_term(factors: Iterable[Term]) -> Term:
    """A product; one factor is itself, none is 1."""
    found = list(factors)
    return ("*", *found) if len(found) > 1 else found[0] if found else 1


def sum_term(parts: Iterable[Term]) -> Term:
    """A sum; one part is itself, none is 0."""
    found = list(parts)
    return ("+", *found) if len(found) > 1 else found[0] if found else 0


def polynomial_term(algebra: Algebra, p: Poly) -> Term:
    """A sum of monomials."""
    return sum_term(monomial_term(algebra, m, c) for m, c in p.items())


def power_term(t: Term, e: int) -> Term:
    """A power; the first is the term itself."""
    return t if e == 1 else ("^", t, e)


def factors_term(algebra: Algebra, factors: Iterable[tuple[Factor, int]]) -> Term:
    """A product of powers of polynomials."""
    return product_term(power_term(polynomial_term(algebra, dict(key)), e) for key, e in factors)


def without_quotients(t: Term) -> bool:
    """Whether a term is a polynomial with integer coefficients in its atoms: ``ring`` is enough for it."""
    for s in subterms(t):
        if not isinstance(s, (str, tuple)) and s.denominator != 1:
            return False
        if isinstance(s, tuple) and (s[0] == "/" or (s[0] == "^" and isinstance(s[2], int) and s[2] < 0)):
            return False
    return True


def over_integers(algebra: Algebra, t: Term) -> tuple[Term, Term]:
    """A term as one quotient: a polynomial with integer coefficients, and a number times powers of polynomials.

    ``field`` multiplies literal fractions out one by one; what it asks about such a polynomial is the polynomial.
    """
    numerator, denominator, _ = algebra.quotient(t)
    scale = lcm(*(Fraction(c).denominator for c in numerator.values()))
    whole: Poly = {m: int(c * scale) for m, c in numerator.items()}
    below = [power_term(polynomial_term(algebra, dict(key)), e) for key, e in denominator.items()]
    return polynomial_term(algebra, whole), product_term([scale, *below] if scale != 1 or not below else below)

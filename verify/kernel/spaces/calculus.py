"""What the files about normal forms ask of each other; ``forms.Forms`` is the one thing that has it."""

from typing import Protocol, TypeAlias

from ..reals.polynomials import Algebra
from ..reals.terms import Number, Term

Vector: TypeAlias = dict[Term, Term]  # vectors that are no sums, with their coefficients
Factors: TypeAlias = list[tuple[Term, int]]  # with exponents; a negative one is a divisor
Rows: TypeAlias = list[tuple[Number, Factors]]


class Calculus(Protocol):
    """The normal forms of the terms about some names."""

    algebra: Algebra

    def level(self, x: Term) -> int:
        """The stage at which a value is known."""

    def has_moments(self, x: Term, k: int) -> bool:
        """Whether a value has all moments given what is known at stage k."""

    def scalar(self, t: Term) -> Term:
        """The normal form of a number."""

    def vector(self, v: Term) -> Vector:
        """The normal form of a vector."""

    def argument(self, t: Term) -> tuple[Term, Term]:
        """A term that is an argument of something, and a zero with its divisors, to stand beside that."""

    def tidy(self, t: Term) -> Term:
        """``argument`` for a term whose divisors are seen to elsewhere."""

    def joined(self, parts: list[Vector]) -> Vector:
        """The sum of vectors."""

    def monomials(self, form: Term) -> tuple[Rows, Term, Term]:
        """The summands of a normal form, what divides them all, and a zero with the divisors that cancelled."""

    def squared_norms(self, form: Term) -> Term:
        """The form with inner products for squares of norms."""


def product(factors: Factors, coefficient: Number = 1) -> Term:
    """Factors multiplied, in the order in which they come."""
    parts: list[Term] = [a if e == 1 else ("^", a, e) for a, e in factors]
    if coefficient != 1 or not parts:
        parts.insert(0, coefficient)
    return parts[0] if len(parts) == 1 else ("*", *parts)


def beside(value: Term, zeros: list[Term]) -> Term:
    """A value, and zeros with the divisors without which it has none."""
    kept = [zero for zero in zeros if zero != 0]
    return ("+", value, *kept) if kept else value


def unless(divisor: Term) -> Term:
    """0, and no value where the divisor is zero; as 0/(1/b), so that b divides nothing that this is added to."""
    return ("*", 0, ("/", 1, ("/", 1, divisor)))


def over(parts: list[Term], below: Term) -> Term:
    """A sum over one divisor."""
    total: Term = parts[0] if len(parts) == 1 else ("+", 0, *parts)
    return total if below == 1 else ("/", total, below)

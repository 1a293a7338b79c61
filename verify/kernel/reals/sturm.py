"""The sign of a polynomial in one variable on an interval, by Sturm's theorem (Sturm 1829)."""

import itertools
from fractions import Fraction

from ..reading import need
from .polynomials import Algebra
from .terms import Number


def univariate_signs(
    coefficients: dict[int, Number],
    low: Number | None,
    low_in: bool,
    high: Number | None,
    high_in: bool,
    algebra: Algebra,
) -> frozenset[int]:
    """The signs of a polynomial on an interval without a root in its interior; refuses if there is one.

    p/gcd(p, p') has the roots of p, each once; those at the ends are divided out, and Sturm's theorem counts the rest.
    """
    need(max(coefficients) < 200, "the degree is too large")
    p = [Fraction(coefficients.get(i, 0)) for i in range(max(coefficients) + 1)]
    common = chain_of(p, algebra)[-1]
    q = divide(p, common, algebra)[0]
    for end in (low, high):
        if end is not None and evaluate(q, end, algebra) == 0:
            q = divide(q, [Fraction(-end), Fraction(1)], algebra)[0]
    chain = chain_of(q, algebra)
    none = variations(chain, low, -1, algebra) == variations(chain, high, 1, algebra)
    need(none, "the polynomial has a root inside the interval")
    inside = Fraction(0)
    if low is not None:
        inside = Fraction(low) + 1 if high is None else (Fraction(low) + high) / 2
    elif high is not None:
        inside = Fraction(high) - 1
    ends = [end for end, belongs in ((low, low_in), (high, high_in)) if belongs and end is not None]
    points = [inside, *ends]
    return frozenset((v > 0) - (v < 0) for v in (evaluate(p, x, algebra) for x in points))


def divide(a: list[Fraction], b: list[Fraction], algebra: Algebra) -> tuple[list[Fraction], list[Fraction]]:
    """Quotient and remainder of polynomials, coefficients from the lowest."""
    quotient, rest = [Fraction(0)] * max(len(a) - len(b) + 1, 1), list(a)
    while len(rest) >= len(b) and any(rest):
        shift, c = len(rest) - len(b), rest[-1] / b[-1]
        quotient[shift] = c
        algebra.arithmetic(*(c for _ in b), *rest[shift:], *b)
        rest = [r - (c * b[i - shift] if i >= shift else 0) for i, r in enumerate(rest)][:-1]
        while rest and rest[-1] == 0:
            rest.pop()
    return quotient, rest


def chain_of(p: list[Fraction], algebra: Algebra) -> list[list[Fraction]]:
    """Sturm's chain p, p', minus the remainders; its last entry is gcd(p, p') up to a constant."""
    if len(p) == 1:
        return [p]
    out = [p, [i * c for i, c in enumerate(p)][1:]]
    while True:
        rest = divide(out[-2], out[-1], algebra)[1]
        if not any(rest):
            return out
        algebra.arithmetic(*rest, *(rest[-1] for _ in rest))
        out.append([-c / abs(rest[-1]) for c in rest])


def evaluate(p: list[Fraction], x: Number, algebra: Algebra) -> Fraction:
    """The value at a number, by Horner's scheme."""
    value = Fraction(0)
    for c in reversed(p):
        algebra.arithmetic(value, x, c)
        value = value * x + c
    return value


def variations(chain: list[list[Fraction]], x: Number | None, side: int, algebra: Algebra) -> int:
    """Sign changes of the chain at ``x``; None stands for infinity on that side."""
    values = [q[-1] * side ** (len(q) - 1) if x is None else evaluate(q, x, algebra) for q in chain]
    signs = [v > 0 for v in values if v != 0]
    return sum(a != b for a, b in itertools.pairwise(signs))

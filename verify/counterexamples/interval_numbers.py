"""Real numbers for the second evaluation: exact fractions where possible, intervals with a test for zero elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from math import prod
from typing import Any

from verify.language.logic import Term

MOST_BITS = 12_000  # of a fraction, and of an enclosure that a separation bound asks for
SLACK = 16  # bits by which the bounds of exp and log are widened: mpmath documents no error bound for them


class NoValue(Exception):
    """A term has no value at this point."""


class Doubt(Exception):
    """It can't be told at this precision; ``bits`` is one at which it can, if there is one."""

    def __init__(self, why: str, bits: int | None = None) -> None:
        super().__init__(why)
        self.bits = bits


@dataclass(frozen=True)
class Number:
    """A real number: exactly where it is known to be rational, inside an interval where it is not.

    An algebraic number also knows a bound: it is zero unless its absolute value is at least
    ``2^-(lower + upper*degree)``, where degree is the product over ``roots``. These are u, l and D of Burnikel, Funke,
    Mehlhorn, Schirra and Schmitt, "A separation bound for real algebraic expressions", Algorithmica 55 (2009), Theorem
    1 (with D in place of D - 1), as upper bounds for their logarithms.
    """

    interval: Any
    exact: Fraction | None = None
    upper: int | None = None
    lower: int = 0
    roots: frozenset[tuple[Term, int]] = frozenset()

    @property
    def separation(self) -> int | None:
        return None if self.upper is None else self.lower + self.upper * prod(k for _, k in self.roots)


@lru_cache(maxsize=16)
def arithmetic(bits: int) -> Arithmetic:
    """The operations at one precision; they keep nothing, so that all readings share them."""
    return Arithmetic(bits)


class Arithmetic:
    """The operations at one precision; an operation without a value raises ``NoValue``, an open question ``Doubt``."""

    def __init__(self, bits: int) -> None:
        self.bits = bits

    @cached_property
    def iv(self) -> Any:
        """The intervals; where all values are fractions, none is needed, and mpmath is not loaded."""
        from mpmath.ctx_iv import MPIntervalContext

        context = MPIntervalContext()
        context.prec = self.bits
        return context

    def sign(self, v: Number) -> int:
        """-1, 0 or 1; raises ``Doubt`` where an interval and a bound do not tell."""
        if v.exact is not None:
            return (v.exact > 0) - (v.exact < 0)
        if v.interval.a > 0:
            return 1
        if v.interval.b < 0:
            return -1
        bits = v.separation
        if bits is None:
            raise Doubt("an enclosure contains zero")
        least = self.iv.mpf(2) ** -(bits + 1)
        if v.interval.b < least.a and v.interval.a > -least.b:
            return 0
        raise Doubt("an enclosure contains zero", 2 * bits + 200)

    def within(self, v: Number, radius: Fraction) -> bool:
        """Whether zero and a number are certainly that close, and their order is not known."""
        r = self.iv.mpf(radius.numerator) / self.iv.mpf(radius.denominator)
        span = self.span(v)
        return bool(0 in span and span.b < r.a and span.a > -r.a)

    def rational(self, q: Fraction) -> Number:
        size = q.numerator.bit_length(), q.denominator.bit_length()
        if max(size) > MOST_BITS:
            raise Doubt("a number is too large")
        return Number(None, q, *size)

    def span(self, a: Number) -> Any:
        """An interval around a number."""
        if a.exact is None:
            return a.interval
        return self.iv.mpf(a.exact.numerator) / self.iv.mpf(a.exact.denominator)

    def plus(self, a: Number, b: Number) -> Number:
        if a.exact is not None and b.exact is not None:
            return self.rational(a.exact + b.exact)
        if a.upper is None or b.upper is None:
            return Number(self.span(a) + self.span(b))
        upper = 1 + max(a.upper + b.lower, a.lower + b.upper)
        return Number(self.span(a) + self.span(b), None, upper, a.lower + b.lower, a.roots | b.roots)

    def minus(self, a: Number, b: Number) -> Number:
        return self.plus(a, self.times(self.rational(Fraction(-1)), b))

    def times(self, a: Number, b: Number) -> Number:
        if a.exact is not None and b.exact is not None:
            return self.rational(a.exact * b.exact)
        if a.exact == 0 or b.exact == 0:
            return self.rational(Fraction(0))
        if a.upper is None or b.upper is None:
            return Number(self.span(a) * self.span(b))
        return Number(self.span(a) * self.span(b), None, a.upper + b.upper, a.lower + b.lower, a.roots | b.roots)

    def over(self, a: Number, b: Number) -> Number:
        """A quotient; ``b`` is not zero."""
        if b.exact is not None:
            return self.times(a, self.rational(1 / b.exact))
        if a.exact == 0:
            return a
        if a.upper is None or b.upper is None:
            return Number(self.span(a) / self.span(b))
        return Number(self.span(a) / self.span(b), None, a.upper + b.lower, a.lower + b.upper, a.roots | b.roots)

    def root(self, t: Term, a: Number, k: int) -> Number:
        """The k-th root of a number that is not negative."""
        s = self.sign(a)
        if s < 0:
            raise NoValue(f"{'square root' if k == 2 else f'power with exponent 1/{k}'} of a negative number")
        if s == 0:
            return self.rational(Fraction(0))
        if a.exact is not None:
            above, below = _whole_root(a.exact.numerator, k), _whole_root(a.exact.denominator, k)
            if above is not None and below is not None:
                return self.rational(Fraction(above, below))
        interval = self.iv.sqrt(self.span(a)) if k == 2 else self.wider(self.iv.exp(self.iv.log(self.span(a)) / k))
        if a.upper is None:
            return Number(interval)
        u, l = a.upper, a.lower
        u, l = (-(-(u + (k - 1) * l) // k), l) if u >= l else (u, -(-((k - 1) * u + l) // k))
        return Number(interval, None, u, l, a.roots | {(t, k)})

    def whole_power(self, a: Number, n: int) -> Number:
        if n == 0:
            return self.rational(Fraction(1))
        if n < 0:
            if self.sign(a) == 0:
                raise NoValue("negative power of zero")
            return self.whole_power(self.over(self.rational(Fraction(1)), a), -n)
        if a.exact is not None:
            if a.exact in (0, 1, -1):
                return self.rational(a.exact if n % 2 else abs(a.exact))
            if n * max(a.exact.numerator.bit_length(), a.exact.denominator.bit_length()) > 2 * MOST_BITS:
                raise Doubt("a number is too large")
            return self.rational(a.exact**n)
        if n > 10**6:
            raise Doubt("an exponent is too large")
        upper = None if a.upper is None else n * a.upper
        return Number(self.span(a) ** n, None, upper, n * a.lower, a.roots)

    def log(self, a: Number) -> Number:
        if self.sign(a) <= 0:
            raise NoValue("logarithm of a number that is not positive")
        return self.rational(Fraction(0)) if a.exact == 1 else Number(self.wider(self.iv.log(self.span(a))))

    def exp(self, a: Number) -> Number:
        if a.exact == 0:
            return self.rational(Fraction(1))
        if abs(self.span(a)).b > 10**5:
            raise Doubt("the exponential of a large number")
        return Number(self.wider(self.iv.exp(self.span(a))))

    def wider(self, interval: Any) -> Any:
        slack = self.iv.mpf(2) ** (SLACK - self.bits)
        return interval * self.iv.mpf([1 - slack.b, 1 + slack.b])


def _whole_root(n: int, k: int) -> int | None:
    """The k-th root of a positive whole number if it is whole, by bisection."""
    low, high = 0, 1 << (n.bit_length() // k + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**k <= n else (low, middle - 1)
    return low if low**k == n else None

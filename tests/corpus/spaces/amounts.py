"""Numbers, vectors and operators of a model: fractions, intervals of sixty digits where a root is not rational."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from typing import Any

from mpmath import iv

from tests.corpus.spaces.functions import Linear, apply, combined, dot, plus, scale

iv.dps = 60
Value = Any  # Fraction, an interval, a tuple of fractions (a vector), or a Linear (an operator)


class Undefined(Exception):
    """A division by zero, the root of a negative number, or a member of a family that is not there."""


class Undecided(Exception):
    """Two numbers that agree in all digits, at least one of them irrational."""


def interval(v: Value) -> Any:
    return iv.mpf(v.numerator) / iv.mpf(v.denominator) if isinstance(v, Fraction) else v


def sign(v: Value) -> int:
    if isinstance(v, Fraction):
        return (v > 0) - (v < 0)
    if v.a > 0 or v.b < 0:
        return 1 if v.a > 0 else -1
    raise Undecided


def both(a: Value, b: Value, times: bool) -> Value:
    if not (isinstance(a, Fraction) and isinstance(b, Fraction)):
        if times and 0 in (a, b):
            return Fraction(0)
        a, b = interval(a), interval(b)
    return a * b if times else a + b


def root(v: Value) -> Value:
    if sign(v) < 0:
        raise Undefined("the root of a negative number")
    if isinstance(v, Fraction):
        p, q = isqrt(v.numerator), isqrt(v.denominator)
        if p * p == v.numerator and q * q == v.denominator:
            return Fraction(p, q)
    return iv.sqrt(interval(v))


def power(base: Value, exponent: Value) -> Value:
    if not isinstance(exponent, Fraction):
        return iv.exp(interval(exponent) * iv.log(interval(base)))
    if exponent.denominator == 1 and abs(exponent) < 200:
        n = exponent.numerator
        if n <= 0 and not isinstance(base, Fraction):
            sign(base)
        if n < 0 and base == 0:
            raise Undefined("a negative power of zero")
        return base**n if isinstance(base, Fraction) else base ** int(n)
    if exponent.denominator == 2:
        return power(root(base), exponent * 2)
    raise Undefined("a power")


def added(a: Value, b: Value) -> Value:
    """The number 0 stands for the zero vector, too."""
    if isinstance(a, tuple) or isinstance(b, tuple):
        if isinstance(a, tuple) and isinstance(b, tuple):
            return plus(a, b)
        if 0 in (a, b):
            return a if b == 0 else b
        raise TypeError("a vector plus a number")
    return both(a, b, times=False)


def times(a: Value, b: Value) -> Value:
    if isinstance(a, Linear):
        return apply(a.matrix, b) if isinstance(b, tuple) else Linear(combined((b, a.matrix)), a.centre)
    if isinstance(b, Linear):
        return Linear(combined((a, b.matrix)), b.centre)
    if isinstance(a, tuple) and isinstance(b, tuple):
        raise TypeError("a product of two vectors")
    if isinstance(a, tuple):
        return scale(b, a)
    return scale(a, b) if isinstance(b, tuple) else both(a, b, times=True)


def inner(u: Value, v: Value) -> Fraction:
    return Fraction(0) if 0 in (u, v) else dot(u, v)


CALLS = {
    "sqrt": root,
    "abs": lambda v: both(v, Fraction(-1), times=True) if sign(v) < 0 else v,
    "exp": lambda v: Fraction(1) if v == 0 else iv.exp(interval(v)),
    "log": lambda v: Fraction(0) if v == 1 else iv.log(interval(v)) if sign(v) > 0 else _nothing(),
}


def _nothing() -> Value:
    raise Undefined("the logarithm of a number that is not positive")


def whole(v: Value) -> int:
    if not isinstance(v, Fraction) or v.denominator != 1:
        raise Undefined("an index that is no integer")
    return v.numerator

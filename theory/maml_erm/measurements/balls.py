"""Ball arithmetic over a SymPy expression in which whole subexpressions may be replaced by measured values.

A ball is a value with a radius. The radius of a measured value is the cubature's error estimate, so the balls are as
good as that estimate; the arithmetic itself (200 bits, python-flint) adds nothing to them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import flint
import sympy as sp

from theory.maml_erm.definitions.cubature import Value

Ball = Any  # flint.arb
Source = Callable[[Any], Ball]  # from a point to a ball

PRECISION = 200
SAFETY = 4  # times the cubature's own error estimate
NARROW = 1e-10  # relative radius up to which a ball around zero counts as zero


class Unmeasurable(ArithmeticError):
    """A term has no value here, or its error is too large to give it one."""


class DividedByZero(Unmeasurable):
    """A term has no value here, exactly: the statement divides by zero."""


def exact(x: Fraction | int) -> Ball:
    return flint.arb(flint.fmpq(x.numerator, x.denominator))


def measured(value: Value) -> Ball:
    """The ball around a cubature's value, ``SAFETY`` times as wide as its error estimate."""
    return flint.arb(value.value, SAFETY * value.error)


def middle(ball: Ball) -> float:
    return float(ball.mid())


def radius(ball: Ball) -> float:
    return float(ball.rad())


def compile_term(e: sp.Expr, table: Mapping[sp.Expr, Source]) -> Source:
    """A function from points to balls; subexpressions in ``table`` are looked up, the others computed.

    Raises KeyError for a symbol without a source and TypeError for a function that is not known.
    """
    found = table.get(e)
    if found is not None:
        return found
    if isinstance(e, sp.Rational):
        number = flint.arb(flint.fmpq(int(e.p), int(e.q)))
        return lambda point: number
    if isinstance(e, sp.Add | sp.Mul):
        first, *rest = (compile_term(a, table) for a in e.args)
        if isinstance(e, sp.Add):

            def add(point: Any) -> Ball:
                total = first(point)
                for f in rest:
                    total = total + f(point)
                return total

            return add

        def multiply(point: Any) -> Ball:
            total = first(point)
            for f in rest:
                total = total * f(point)
            return total

        return multiply
    if isinstance(e, sp.Pow):
        return _power(compile_term(e.base, table), e.exp, table)
    if isinstance(e, sp.Abs | sp.log | sp.exp):
        inner = compile_term(e.args[0], table)
        name = {sp.Abs: "__abs__", sp.log: "log", sp.exp: "exp"}[type(e)]
        return lambda point: getattr(inner(point), name)()
    if isinstance(e, sp.Symbol):
        raise KeyError(e.name)
    raise TypeError(f"{e} ({type(e).__name__}) has no value in balls")


def _power(base: Source, exponent: sp.Expr, table: Mapping[sp.Expr, Source]) -> Source:
    if exponent.is_Integer:
        k = int(exponent)
        if k == -1:
            return lambda point: _divide(base(point))
        return (lambda point: base(point) ** k) if k >= 0 else (lambda point: _divide(base(point)) ** -k)
    if exponent == sp.Rational(1, 2):
        return lambda point: base(point).sqrt()
    other = compile_term(exponent, table)

    def general(point: Any) -> Ball:
        x, y = base(point), other(point)
        k = y.unique_fmpz()
        if k is not None and y.is_exact():
            return x ** int(k) if int(k) >= 0 else _divide(x) ** -int(k)
        return (y * x.log()).exp()

    return general


def _divide(x: Ball) -> Ball:
    if x.is_zero():
        raise DividedByZero("a denominator is zero")
    if not (x > 0 or x < 0):
        raise Unmeasurable("a denominator is zero up to its error")
    return 1 / x


def sign(difference: Ball, scale: Ball) -> int | None:
    """-1, 0 or 1; 0 where zero lies within the error and the error is below ``NARROW`` of ``scale``; else None."""
    if difference > 0:
        return 1
    if difference < 0:
        return -1
    if not difference.is_finite():
        return None
    return 0 if radius(difference) + abs(middle(difference)) <= NARROW * abs(middle(scale)) else None

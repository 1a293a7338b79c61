"""Values of the statements in certificates, by code that shares nothing with the checker or the package.

Statements are read in their JSON form. Rational values are exact; roots, exponentials and logarithms have sixty digits,
and where two numbers agree to forty the answer is ``Unsure``. What is defined is decided here once more.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import mpmath

Value = Any  # Fraction or mpmath.mpf
TOGETHER = mpmath.mpf(10) ** -40
HUGE = 3000  # bits of an exact value, and the largest exponent


class Undefined(ArithmeticError):
    """A term has no value."""


class Unsure(ArithmeticError):
    """The value, or whether there is one, was not found."""


def holds(f: Any, at: Mapping[str, Fraction], integers: frozenset[str]) -> bool:
    """The truth value of a formula, read from left to right; raises ``Undefined`` and ``Unsure``."""
    op, *args = f
    if op in ("==", "!=", "<", "<=", ">", ">="):
        left, right = (value(a, at, integers) for a in args)
        exact = isinstance(left, Fraction) and isinstance(right, Fraction)
        sign = sign_of(left - right if exact else real(left) - real(right))
        return {"==": sign == 0, "!=": sign != 0, "<": sign < 0, "<=": sign <= 0, ">": sign > 0, ">=": sign >= 0}[op]
    if op == "and":
        return all(holds(a, at, integers) for a in args)
    if op == "or":
        return any(holds(a, at, integers) for a in args)
    if op == "not":
        return not holds(args[0], at, integers)
    if op == "implies":
        return not holds(args[0], at, integers) or holds(args[1], at, integers)
    one, other = (holds(a, at, integers) for a in args)
    return one == other


def real(v: Value) -> Any:
    return mpmath.mpf(v.numerator) / v.denominator if isinstance(v, Fraction) else v


def sign_of(v: Value) -> int:
    if isinstance(v, Fraction):
        return (v > 0) - (v < 0)
    if abs(v) < TOGETHER:
        raise Unsure
    return 1 if v > 0 else -1


def value(t: Any, at: Mapping[str, Fraction], integers: frozenset[str]) -> Value:
    if isinstance(t, str):
        return Fraction(t) if t[0].isdigit() or t[0] == "-" else at[t]
    op = t[0]
    args = [value(a, at, integers) for a in t[1:]]
    if op == "^":
        return power(t, args, at, integers)
    if op == "/" and sign_of(args[1]) == 0:
        raise Undefined("division by zero")
    if op == "sqrt" and sign_of(args[0]) < 0:
        raise Undefined("root of a negative number")
    if op == "log" and sign_of(args[0]) <= 0:
        raise Undefined("logarithm of a number that is not positive")
    exact = all(isinstance(a, Fraction) for a in args)
    if op in ("sqrt", "exp", "log"):
        if abs(real(args[0])) > 10**5 and op == "exp":
            raise Unsure
        if exact and args[0] == (1 if op == "log" else 0):
            return Fraction(1 if op == "exp" else 0)
        return exact_root(args[0]) if op == "sqrt" else getattr(mpmath, op)(real(args[0]))
    if not exact:
        args = [real(a) for a in args]
    out = args[0]
    for a in args[1:]:
        out = out + a if op == "+" else out * a if op == "*" else out / a if op == "/" else pick(op, out, a)
    if isinstance(out, Fraction) and bits(out) > HUGE:
        raise Unsure
    return -out if op == "-" else abs(out) if op == "abs" else out


def pick(op: str, a: Value, b: Value) -> Value:
    return min(a, b) if op == "min" else max(a, b)


def bits(v: Fraction) -> int:
    return v.numerator.bit_length() + v.denominator.bit_length()


def exact_root(v: Value) -> Value:
    if isinstance(v, Fraction):
        root = Fraction(int(mpmath.sqrt(v.numerator)), int(mpmath.sqrt(v.denominator)))
        if root**2 == v:
            return root
    return mpmath.sqrt(real(v))


def power(t: Any, args: list[Value], at: Mapping[str, Fraction], integers: frozenset[str]) -> Value:
    base, exponent = args
    literal = isinstance(t[2], str) and t[2] not in at
    if is_whole(t[2], at, integers):
        if not isinstance(exponent, Fraction) or exponent.denominator != 1 or abs(exponent) > HUGE:
            raise Unsure
        if exponent < 0 and sign_of(base) == 0:
            raise Undefined("negative power of zero")
        if isinstance(base, Fraction) and bits(base) * abs(exponent) > HUGE:
            raise Unsure
        return base ** int(exponent)
    if literal and exponent > 0:
        sign = sign_of(base)
        if sign < 0:
            raise Undefined("real power of a negative number")
        if sign == 0:
            return Fraction(0)
    elif sign_of(base) <= 0:
        raise Undefined("real power of a number that is not positive")
    if base == 1 or exponent == 0:
        return Fraction(1)
    if exponent == 1:
        return base
    if exponent == Fraction(1, 2):
        return exact_root(base)
    if abs(real(exponent) * mpmath.log(real(base))) > 10**5:
        raise Unsure
    return mpmath.exp(real(exponent) * mpmath.log(real(base)))


def is_whole(t: Any, at: Mapping[str, Fraction], integers: frozenset[str]) -> bool:
    """Whether an exponent is whole by its form, its conditions holding here."""
    if isinstance(t, str):
        return t in integers if t in at else Fraction(t).denominator == 1
    op, *args = t
    if op in ("+", "*", "-", "abs", "min", "max", "^") and all(whole_form(a, integers, at) for a in args):
        if not all(is_whole(a, at, integers) for a in args):
            return False
        return op != "^" or sign_of(value(args[1], at, integers)) >= 0
    return whole_form(t, integers, at)


def whole_form(t: Any, integers: frozenset[str], at: Mapping[str, Fraction]) -> bool:
    """Whether a term is whole by its form, whatever the conditions."""
    if isinstance(t, str):
        return t in integers if t in at else Fraction(t).denominator == 1
    op, *args = t
    if op in ("+", "*", "-", "abs", "min", "max", "^") and all(whole_form(a, integers, at) for a in args):
        return op != "^" or not is_number(args[1], at) or Fraction(args[1]) >= 0
    names = sorted(names_in(t, at))
    if not set(names) <= integers or not is_polynomial(t, at):
        return False
    # A polynomial with integer values at d + 1 integers in a row, in every variable, has integer values everywhere.
    grid = itertools.product(range(degree(t, at) + 1), repeat=len(names))
    points = ({**at, **dict(zip(names, map(Fraction, p), strict=True))} for p in grid)
    return all(value(t, p, integers).denominator == 1 for p in points)


def is_number(t: Any, at: Mapping[str, Fraction]) -> bool:
    return isinstance(t, str) and t not in at


def names_in(t: Any, at: Mapping[str, Fraction]) -> set[str]:
    return ({t} & set(at)) if isinstance(t, str) else set().union(*(names_in(a, at) for a in t[1:]))


def is_polynomial(t: Any, at: Mapping[str, Fraction]) -> bool:
    if isinstance(t, str):
        return True
    op, *args = t
    if op in ("/", "^"):
        last = Fraction(args[1]) if is_number(args[1], at) else None
        fits = last is not None and (last != 0 if op == "/" else last.denominator == 1 and last >= 0)
        return fits and is_polynomial(args[0], at)
    return op in ("+", "*", "-") and all(is_polynomial(a, at) for a in args)


def degree(t: Any, at: Mapping[str, Fraction]) -> int:
    if isinstance(t, str):
        return int(t in at)
    below = [degree(a, at) for a in t[1:]]
    if t[0] == "^":
        return below[0] * int(Fraction(t[2]))
    return sum(below) if t[0] in ("*", "/") else max(below)


# ---------------------------------------------------------------- theorems


def contradicts(theorem: Mapping[str, Any], at: Mapping[str, Fraction]) -> bool:
    """Whether a point of all variables but the defined ones shows that a theorem is false."""
    with mpmath.workdps(60):
        integers = frozenset(name for name, kind in theorem["variables"] if kind == "integer")
        try:
            point = dict(at)
            missing = False
            for name, term in theorem["definitions"]:
                try:
                    point[name] = value(term, point, integers)
                except (Undefined, KeyError):
                    missing = True
                    point.pop(name, None)
            try:
                if not all(holds(h, point, integers) for h in theorem["hypotheses"]):
                    return False
            except (Undefined, KeyError):  # a name whose definition has no value here stands for any number
                return False
            if theorem["goal"][0] == "limit":
                return not missing and far_from_limit(theorem, point, integers)
            return missing or not holds(theorem["goal"], point, integers)
        except Undefined:
            return True
        except (Unsure, OverflowError, mpmath.libmp.ComplexResult):
            return False


def far_from_limit(theorem: Mapping[str, Any], at: Mapping[str, Value], integers: frozenset[str]) -> bool:
    """Whether a term is undefined or far from its limit close to the point."""
    _, t, x, point, wanted = theorem["goal"]
    with mpmath.workdps(300):
        near = Fraction(10**40) if point == "oo" else Fraction(1, 10**40)
        there = {**at, x: near}
        for name, term in theorem["definitions"]:
            try:
                there[name] = value(term, there, integers)
            except Undefined:
                del there[name]
        try:
            one, other = real(value(t, there, integers)), real(value(wanted, there, integers))
        except (KeyError, ValueError):  # the name of something undefined
            return True
        return bool(abs(one - other) > mpmath.mpf(10) ** -6 * (1 + abs(other)))

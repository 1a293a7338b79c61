"""Exact evaluation of terms and formulas at rational points; where no rational value exists, a rigorous enclosure.

A value is a ``Fraction`` or, for irrational values, a python-flint ``arb`` ball. A formula evaluates to True or False
only where that is certain, and to None where a ball is too wide to tell; ``Undefined`` is raised where a term has no
value at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from math import isqrt
from typing import Any

import flint

from verify.language import logic
from verify.language.definedness import whole_when
from verify.language.rational_functions import Raw, raw, term_of
from verify.runtime.budget import spend
from verify.runtime.errors import Impossible

Value = Any  # Fraction or flint.arb
PRECISION = 160
COST = {"exp": 15, "log": 15, "sqrt": 8, "^": 8}  # units of work, of the other operations 4
HUGE = 4000  # bits of an exact value; beyond that the evaluation gives up
LARGEST_EXPONENT = 10**5  # in absolute value, of the exponential function
ROOT_DEGREE, ROOT_POWER = 64, 200  # a power with an exponent p/q up to these is looked for among the rationals
WHOLE_BITS = 60  # of a whole exponent of an irrational base
SIGNS = {
    "==": (0,),
    "!=": (-1, 1),
    "<": (-1,),
    "<=": (-1, 0),
    ">": (1,),
    ">=": (0, 1),
}  # of the difference of the sides


class Undefined(ArithmeticError):
    """The term has no value at this point."""


class Undecided(ArithmeticError):
    """The value exists or not, but could not be told."""


def evaluate(term: logic.Term | Raw, values: Mapping[str, Value]) -> Value:
    """The value of a term; raises ``Undefined`` outside its domain and ``Undecided`` where that could not be told.

    >>> evaluate(logic.div(logic.num(1), logic.Var("x")), {"x": Fraction(3)})
    Fraction(1, 3)
    """
    return _value(raw(term), values)


def ball(v: Value) -> Any:
    """The value as an ``arb`` at the current precision."""
    return flint.arb(flint.fmpq(v.numerator, v.denominator)) if isinstance(v, (int, Fraction)) else v


def sign(v: Value) -> int | None:
    """-1, 0 or 1, or None where the enclosure contains zero without being exact."""
    if isinstance(v, (int, Fraction)):
        return (v.numerator > 0) - (v.numerator < 0)
    return 1 if v > 0 else -1 if v < 0 else 0 if v == 0 else None


def exact_root(x: Fraction, n: int) -> Fraction | None:
    """The non-negative n-th root of ``x >= 0`` if it is rational."""
    parts = []
    for k in (x.numerator, x.denominator):
        root = isqrt(k) if n == 2 else int(flint.fmpz(k).root(n))
        if root**n != k:
            return None
        parts.append(root)
    return Fraction(parts[0], parts[1])


_whole_number = lru_cache(maxsize=4096)(Fraction)  # the same literals are met at hundreds of points


def _value(t: Raw, values: Mapping[str, Value]) -> Value:
    # Types are compared, not asked for instances: that is where most of the time of a search for points goes.
    if type(t) is str:
        return values[t]
    if type(t) is not tuple:
        return t if type(t) is Fraction else _whole_number(t)
    op = t[0]
    spend(COST.get(op, 4))
    args = [_value(a, values) for a in t[1:]]
    if op == "^":  # a whole exponent stays exact beside an irrational base
        return _power(t, args, values)
    if op in ("min", "max"):
        return _extreme(op, args)
    for a in args:
        if type(a) is not Fraction:
            args = [ball(b) for b in args]
            break
    match op:
        case "+":
            return sum(args[1:], args[0])
        case "*":
            return _product(args)
        case "-":
            return -args[0]
        case "/":
            if _sign(args[1]) == 0:
                raise Undefined("division by zero")
            return args[0] / args[1]
    return _function(op, args[0])


def _product(args: list[Value]) -> Value:
    """The product of rational numbers, or of balls."""
    for a in args:
        if type(a) is Fraction and not a:
            return a
    total = args[0]
    for a in args[1:]:
        total = total * a
        if type(total) is Fraction and total.numerator.bit_length() + total.denominator.bit_length() > HUGE:
            raise Undecided("the exact value is too large")
    return total


def _function(op: str, x: Value) -> Value:
    """A function of one number; rational where the value is known to be."""
    exact = isinstance(x, Fraction)
    match op:
        case "abs":
            return abs(x)
        case "sqrt":
            if _sign(x) < 0:
                raise Undefined("square root of a negative number")
            root = exact_root(x, 2) if exact else None
            return root if root is not None else ball(x).sqrt()
        case "log":
            if _sign(x) <= 0:
                raise Undefined("logarithm of a number that is not positive")
            return Fraction(0) if exact and x == 1 else ball(x).log()
        case "exp":
            if exact and x == 0:
                return Fraction(1)
            if abs(ball(x)) > LARGEST_EXPONENT:
                raise Undecided("exponential of a large number")
            return ball(x).exp()
    raise Impossible(f"{op} is not an operator")


def _sign(v: Value) -> int:
    s = sign(v)
    if s is None:
        raise Undecided("an enclosure is too wide")
    return s


def _compared(a: Value, b: Value) -> int | None:
    """The sign of a - b, or None where it can't be told."""
    if type(a) is Fraction and type(b) is Fraction:
        left, right = a.numerator * b.denominator, b.numerator * a.denominator
        return (left > right) - (left < right)
    return sign(ball(a) - ball(b))


def _extreme(op: str, args: list[Value]) -> Value:
    best = args[0]
    for a in args[1:]:
        s = _compared(a, best)
        if s is None:
            raise Undecided("an enclosure is too wide")
        if (s < 0) if op == "min" else (s > 0):
            best = a
    return best


def _power(t: Raw, args: list[Value], values: Mapping[str, Value]) -> Value:
    base, exponent = args
    literal = isinstance(t[2], int)
    if not literal and not whole(t[2], values):
        if isinstance(t[2], Fraction) and t[2] > 0 and _sign(base) == 0:
            return Fraction(0)
        if _sign(base) <= 0:
            raise Undefined("real power of a number that is not positive")
        rational = _rational_power(base, exponent)
        if rational is not None:
            return rational
        return (ball(exponent) * ball(base).log()).exp()
    n = t[2] if literal else int(exponent)
    if n == 0:
        return Fraction(1)
    if n < 0 and _sign(base) == 0:
        raise Undefined("negative power of zero")
    if isinstance(base, Fraction):
        size = base.numerator.bit_length() + base.denominator.bit_length()
        if size * abs(n) > HUGE and abs(base) != 1 and base != 0:
            raise Undecided("the exact value is too large")
        return base**n
    if n.bit_length() > WHOLE_BITS:
        raise Undecided("the exponent is too large")
    return base**n


def _rational_power(base: Value, exponent: Value) -> Fraction | None:
    """A power of a positive number where base, exponent and value are rational."""
    if not isinstance(base, Fraction) or not isinstance(exponent, Fraction):
        return None
    if exponent.denominator > ROOT_DEGREE or abs(exponent.numerator) > ROOT_POWER:
        return None
    root = exact_root(base, exponent.denominator)
    return None if root is None else root**exponent.numerator


def whole(t: Raw, values: Mapping[str, Value]) -> bool | None:
    """Whether an exponent is whole at this point, if it may be by its form; None if by its form it is real.

    The form is that of ``definedness.whole_when``; an exponent that is real by its form stays so at whole values.
    """
    conditions = _whole_when(t, values.integers if isinstance(values, Point) else frozenset())
    if conditions is None:
        return None
    found = [holds(c, values) for c in conditions]
    if False not in found and None in found:
        raise Undecided("whether an exponent is whole could not be told")
    return all(found)


@lru_cache(maxsize=4096)
def _whole_when(t: Raw, integers: frozenset[str]) -> tuple[Raw, ...] | None:
    conditions = whole_when(term_of(t), integers)
    return None if conditions is None else tuple(map(raw, conditions))


class Point(dict[str, Value]):
    """Values of the variables, exact or enclosed, knowing which of them are declared integers."""

    def __init__(self, values: Mapping[str, Value], integers: frozenset[str] = frozenset()) -> None:
        super().__init__(values)
        self.integers = integers


def holds(formula: logic.Formula | Raw, values: Mapping[str, Value]) -> bool | None:
    """Whether a formula is true; None if undecided; ``Undefined`` is raised as the formula is read left to right."""
    f = formula if type(formula) is tuple else raw(formula)
    op, args = f[0], f[1:]
    match op:
        case "and" | "or":
            return _read(op, args, values)
        case "not":
            v = holds(args[0], values)
            return None if v is None else not v
        case "iff":
            v = holds(args[0], values)
            w = holds(args[1], values)
            return None if v is None or w is None else v == w
        case "implies":
            return _read("or", (("not", args[0]), args[1]), values)
    s = _compared(_value(args[0], values), _value(args[1], values))
    return None if s is None else s in SIGNS[op]


def _read(op: str, args: tuple[Raw, ...], values: Mapping[str, Value]) -> bool | None:
    """Whether a conjunction or disjunction is true, read from left to right as far as needed."""
    stop = op == "or"
    undecided = False
    for a in args:
        try:
            v = holds(a, values)
        except Undefined:
            if undecided:  # perhaps what stands before decides, and this is not read
                raise Undecided("whether a part without a value is read could not be told") from None
            raise
        if v is stop:  # also if what stands before is undecided: it has a value, and either way this is the outcome
            return stop
        undecided = undecided or v is None
    return None if undecided else not stop

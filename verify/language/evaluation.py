"""Exact evaluation of terms and formulas at rational points; where no rational value exists, a rigorous enclosure.

A value is a ``Fraction`` or, for irrational values, a python-flint ``arb`` ball. A formula evaluates to True or False
only where that is certain, and to None where a ball is too wide to tell; ``Undefined`` is raised where a term has no
value at all.

Inside, rational numbers are python-flint's, and a term or formula is turned into nested functions once: it is evaluated
at hundreds of points, and that is where most of the time of a search for points goes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from math import isqrt
from typing import Any

import flint

from verify.language import logic
from verify.language.definedness import whole_when
from verify.language.rational_functions import Raw, as_fraction, raw, term_of
from verify.runtime.budget import spend
from verify.runtime.errors import Impossible

Value = Any  # Fraction or flint.arb
Number = Any  # inside this file: flint.fmpq or flint.arb
PRECISION = 160
COST = {"exp": 15, "log": 15, "sqrt": 8, "^": 8}  # units of work, of the other operations 4
KEPT = 4096  # terms and formulas that are kept as functions
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
    value = _prepared(raw(term), _read_term)(_numbers(values))
    return as_fraction(value) if type(value) is flint.fmpq else value


def holds(formula: logic.Formula | Raw, values: Mapping[str, Value]) -> bool | None:
    """Whether a formula is true; None if undecided; ``Undefined`` is raised as the formula is read left to right."""
    found: bool | None = _prepared(formula if type(formula) is tuple else raw(formula), _read_formula)(_numbers(values))
    return found


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


# ---------------------------------------------------------------- points


class Point(dict[str, Value]):
    """Values of the variables, exact or enclosed, knowing which of them are declared integers; it does not change."""

    def __init__(self, values: Mapping[str, Value], integers: frozenset[str] = frozenset()) -> None:
        super().__init__(values)
        self.integers = integers
        self.numbers: _Numbers | None = None  # the same, once they are asked for


class _Numbers(dict[str, Number]):
    """Values of the variables as this file calculates with them."""

    integers: frozenset[str] = frozenset()


def _numbers(values: Mapping[str, Value]) -> _Numbers:
    if isinstance(values, _Numbers):
        return values
    if not isinstance(values, Point):
        return _Numbers((name, _number(v)) for name, v in values.items())
    if values.numbers is None:
        values.numbers = _Numbers((name, _number(v)) for name, v in values.items())
        values.numbers.integers = values.integers
    return values.numbers


def _number(v: Value) -> Number:
    return flint.fmpq(v.numerator, v.denominator) if isinstance(v, (int, Fraction)) else v


# ---------------------------------------------------------------- terms as functions

Function = Callable[[_Numbers], Any]
# By identity: what is equal may be as long to compare as to evaluate. With what it is the function of, so that nothing
# else gets its identity.
_functions: dict[int, tuple[Raw, Function]] = {}


def _prepared(x: Raw, read: Callable[[Raw], Function]) -> Function:
    kept = _functions.get(id(x))
    if kept is not None and kept[0] is x:
        return kept[1]
    function = read(x)
    if len(_functions) >= KEPT:
        _functions.clear()
    _functions[id(x)] = x, function
    return function


def _read_term(t: Raw) -> Function:
    """The value of a term, whose work is counted as it begins."""
    cost, function = _cost(t), _term(t)

    def value(values: _Numbers) -> Number:
        spend(cost)
        return function(values)

    return value if cost else function


def _cost(t: Raw) -> int:
    return COST.get(t[0], 4) + sum(map(_cost, t[1:])) if type(t) is tuple else 0


def _term(t: Raw) -> Function:
    if type(t) is str:
        return lambda values: values[t]
    if type(t) is not tuple:
        number = _number(t)
        return lambda values: number
    op, parts = t[0], [_term(a) for a in t[1:]]
    if op == "^":
        return _power(t, *parts)
    if op in ("min", "max"):
        return lambda values: _extreme(op, [part(values) for part in parts])
    if op in ("+", "*", "/") and len(parts) == 2:
        return _of_two(op, *parts)
    if op in ("+", "*"):
        combined = _sum if op == "+" else _product
        return lambda values: combined(_alike([part(values) for part in parts]))
    (part,) = parts
    if op == "-":
        return lambda values: -part(values)
    if op not in FUNCTIONS:
        raise Impossible(f"{op} is not an operator")
    function = FUNCTIONS[op]
    return lambda values: function(part(values))


def _of_two(op: str, first: Function, second: Function) -> Function:
    combined = {"+": _sum, "*": _product, "/": _quotient}[op]

    def value(values: _Numbers) -> Number:
        a, b = first(values), second(values)
        if op == "+" and type(a) is flint.fmpq and type(b) is flint.fmpq:
            return a + b
        return combined(_alike([a, b]))

    return value


def _alike(numbers: list[Number]) -> list[Number]:
    """All as balls, if one is a ball."""
    for a in numbers:
        if type(a) is not flint.fmpq:
            return [flint.arb(b) if type(b) is flint.fmpq else b for b in numbers]
    return numbers


def _sum(numbers: list[Number]) -> Number:
    return sum(numbers[1:], numbers[0])


def _product(numbers: list[Number]) -> Number:
    """The product of rational numbers, or of balls."""
    for a in numbers:
        if type(a) is flint.fmpq and not a:
            return a
    total = numbers[0]
    for a in numbers[1:]:
        total = total * a
        if type(total) is flint.fmpq and _bits(total) > HUGE:
            raise Undecided("the exact value is too large")
    return total


def _quotient(numbers: list[Number]) -> Number:
    if _sign(numbers[1]) == 0:
        raise Undefined("division by zero")
    return numbers[0] / numbers[1]


def _bits(v: flint.fmpq) -> int:
    """Of the numerator and the denominator together; exact only where they may be more than allowed."""
    height = int(v.height_bits())
    return height if 2 * height <= HUGE else int(v.p).bit_length() + int(v.q).bit_length()


def _root(x: Number) -> Number:
    if _sign(x) < 0:
        raise Undefined("square root of a negative number")
    root = exact_root(as_fraction(x), 2) if type(x) is flint.fmpq else None
    return _number(root) if root is not None else flint.arb(x).sqrt()


def _logarithm(x: Number) -> Number:
    if _sign(x) <= 0:
        raise Undefined("logarithm of a number that is not positive")
    return ZERO if type(x) is flint.fmpq and x == 1 else flint.arb(x).log()


def _exponential(x: Number) -> Number:
    if type(x) is flint.fmpq and not x:
        return ONE
    if abs(flint.arb(x)) > LARGEST_EXPONENT:
        raise Undecided("exponential of a large number")
    return flint.arb(x).exp()


ZERO, ONE = flint.fmpq(0), flint.fmpq(1)
FUNCTIONS: dict[str, Callable[[Number], Number]] = {"abs": abs, "sqrt": _root, "log": _logarithm, "exp": _exponential}


def _sign(v: Number) -> int:
    s = sign(v)
    if s is None:
        raise Undecided("an enclosure is too wide")
    return s


def _compared(a: Number, b: Number) -> int | None:
    """The sign of a - b, or None where it can't be told."""
    if type(a) is flint.fmpq and type(b) is flint.fmpq:
        return 0 if a == b else 1 if a > b else -1
    return sign(flint.arb(a) - flint.arb(b))


def _extreme(op: str, args: list[Number]) -> Number:
    best = args[0]
    for a in args[1:]:
        s = _compared(a, best)
        if s is None:
            raise Undecided("an enclosure is too wide")
        if (s < 0) if op == "min" else (s > 0):
            best = a
    return best


def _power(t: Raw, base_of: Function, exponent_of: Function) -> Function:
    if isinstance(t[2], int):
        n = t[2]
        return lambda values: _whole_power(base_of(values), n)

    def value(values: _Numbers) -> Number:
        base, exponent = base_of(values), exponent_of(values)
        if whole(t[2], values):  # a whole exponent stays exact beside an irrational base
            return _whole_power(base, int(exponent.p) if type(exponent) is flint.fmpq else int(exponent))
        if isinstance(t[2], Fraction) and t[2] > 0 and _sign(base) == 0:
            return ZERO
        if _sign(base) <= 0:
            raise Undefined("real power of a number that is not positive")
        rational = _rational_power(base, exponent)
        return rational if rational is not None else (flint.arb(exponent) * flint.arb(base).log()).exp()

    return value


def _whole_power(base: Number, n: int) -> Number:
    if n == 0:
        return ONE
    if n < 0 and _sign(base) == 0:
        raise Undefined("negative power of zero")
    if type(base) is flint.fmpq:
        if _bits(base) * abs(n) > HUGE and base != 0 and abs(base) != 1:
            raise Undecided("the exact value is too large")
        return base**n if abs(base) != 1 else base ** (n % 2)
    if n.bit_length() > WHOLE_BITS:
        raise Undecided("the exponent is too large")
    return base**n


def _rational_power(base: Number, exponent: Number) -> Number | None:
    """A power of a positive number where base, exponent and value are rational."""
    if type(base) is not flint.fmpq or type(exponent) is not flint.fmpq:
        return None
    root, power = int(exponent.q), int(exponent.p)
    if root > ROOT_DEGREE or abs(power) > ROOT_POWER:
        return None
    found = exact_root(as_fraction(base), root)
    return None if found is None else _number(found) ** power


def whole(t: Raw, values: Mapping[str, Value]) -> bool | None:
    """Whether an exponent is whole at this point, if it may be by its form; None if by its form it is real.

    The form is that of ``definedness.whole_when``; an exponent that is real by its form stays so at whole values.
    """
    numbers = _numbers(values)
    conditions = _whole_when(t, numbers.integers)
    if conditions is None:
        return None
    found = [holds(c, numbers) for c in conditions]
    if False not in found and None in found:
        raise Undecided("whether an exponent is whole could not be told")
    return all(found)


@lru_cache(maxsize=4096)
def _whole_when(t: Raw, integers: frozenset[str]) -> tuple[Raw, ...] | None:
    conditions = whole_when(term_of(t), integers)
    return None if conditions is None else tuple(map(raw, conditions))


# ---------------------------------------------------------------- formulas as functions


def _read_formula(f: Raw) -> Function:
    op, args = f[0], f[1:]
    if op in SIGNS:
        return _relation(op, args)
    if op == "implies":
        return _sequence("or", [_negation(_read_formula(args[0])), _read_formula(args[1])])
    parts = [_read_formula(a) for a in args]
    if op in ("and", "or"):
        return _sequence(op, parts)
    if op == "not":
        return _negation(parts[0])
    if op != "iff":
        raise Impossible(f"{op} is not a connective")
    first, second = parts

    def same(values: _Numbers) -> bool | None:
        v, w = first(values), second(values)
        return None if v is None or w is None else v == w

    return same


def _relation(op: str, args: tuple[Raw, Raw]) -> Function:
    signs, cost, left, right = SIGNS[op], sum(map(_cost, args)), *map(_term, args)

    def compared(values: _Numbers) -> bool | None:
        spend(cost)
        s = _compared(left(values), right(values))
        return None if s is None else s in signs

    return compared


def _negation(part: Function) -> Function:
    def opposite(values: _Numbers) -> bool | None:
        v = part(values)
        return None if v is None else not v

    return opposite


def _sequence(op: str, parts: list[Function]) -> Function:
    """Whether a conjunction or disjunction is true, read from left to right as far as needed."""
    stop = op == "or"

    def read(values: _Numbers) -> bool | None:
        undecided = False
        for part in parts:
            try:
                v: bool | None = part(values)
            except Undefined:
                if undecided:  # perhaps what stands before decides, and this is not read
                    raise Undecided("whether a part without a value is read could not be told") from None
                raise
            if v is stop:  # also if what stands before is undecided: it has a value, and either way this is the outcome
                return stop
            undecided = undecided or v is None
        return None if undecided else not stop

    return read

"""Terms in raw form, looked at without knowing what they are for: numbers, coefficients, function values.

Raw form: a name, an exact number, or a tuple (operator, argument, ...), as in ``rational_functions`` and the kernel.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from verify.language.rational_functions import Raw, fraction


def is_number(t: Any) -> bool:
    return isinstance(t, (int, Fraction))


def canonical(a: Raw) -> Raw | None:
    """A polynomial with its terms multiplied out; None where that is not possible."""
    if is_number(a) or isinstance(a, str):
        return a
    ratio = fraction(a)
    if ratio is None:
        return None
    field, n, d = ratio
    return field.term(n) if d == 1 else None


def coefficient(a: Raw) -> tuple[Fraction, Raw]:
    """A rational factor in front, and the rest."""
    if isinstance(a, tuple) and a[0] == "-":
        c, rest = coefficient(a[1])
        return -c, rest
    if isinstance(a, tuple) and a[0] == "*" and is_number(a[1]):
        return Fraction(a[1]), a[2] if len(a) == 3 else ("*", *a[2:])
    if isinstance(a, tuple) and a[0] == "/" and is_number(a[2]):
        c, rest = coefficient(a[1])
        return c / a[2], rest
    return Fraction(1), a


def scaled(c: Fraction, rest: Raw) -> Raw:
    """A term that stands for ``c`` times another."""
    if c == 1:
        return rest
    return ("*", number(c), *rest[1:]) if isinstance(rest, tuple) and rest[0] == "*" else ("*", number(c), rest)


def reduced(a: Raw) -> Raw:
    """The number an argument is, if it is one."""
    if not isinstance(a, tuple):
        return a
    plain = canonical(a)
    return plain if is_number(plain) else a


def symbolic_power(t: Raw) -> bool:
    """Whether a term is a power that the algebra does not multiply out."""
    return isinstance(t, tuple) and t[0] == "^" and not is_number(t[2])


def number(x: Any) -> Any:
    """An exact number in raw form."""
    x = Fraction(x)
    return x.numerator if x.denominator == 1 else x


def minus(a: Raw, b: Raw) -> Raw:
    return ("+", a, ("-", b))


def applications(x: Any) -> Iterator[Raw]:
    """Every application of a function or symbolic power inside a term or formula, arguments first."""
    if isinstance(x, tuple):
        for a in x[1:]:
            yield from applications(a)
        if x[0] in ("sqrt", "exp", "log", "abs", "min", "max") or (x[0] == "^" and not isinstance(x[2], int)):
            yield x


def applied(x: Any) -> bool:
    """Whether a term or formula has a function or a symbolic power in it."""
    return next(applications(x), None) is not None

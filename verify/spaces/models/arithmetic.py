"""Numbers and tuples of them, for the first evaluation: fractions, or balls around irrational numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from verify.language.evaluation import Undecided, ball, evaluate, sign

Number = Any  # Fraction or flint.arb
PLACES = tuple(f"a{i}" for i in range(64))


def number(op: str, *args: Number) -> Number:
    """An operation on numbers."""
    if len(args) > len(PLACES):
        half = len(args) // 2
        return number(op, number(op, *args[:half]), number(op, *args[half:]))
    places = PLACES[: len(args)]
    return evaluate((op, *places), dict(zip(places, args, strict=True)))


def combined(op: str, args: list[Any]) -> Any:
    """An operation on numbers, or a sum or the negative of vectors."""
    if any(isinstance(a, tuple) for a in args):
        if op not in ("+", "-") or not all(isinstance(a, tuple) for a in args):
            raise Undecided(f"{op} of a vector")
        return tuple(number(op, *parts) for parts in zip(*args, strict=True))
    return args[0] if op == "+" and len(args) == 1 else number(op, *args)


def inner(u: tuple[Number, ...], v: tuple[Number, ...]) -> Number:
    return combined("+", [number("*", a, b) for a, b in zip(u, v, strict=True)])


def compared(a: Number, b: Number) -> int:
    """The sign of a - b."""
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return (a > b) - (a < b)
    s = sign(ball(a) - ball(b))
    if s is None:
        raise Undecided("two sides are too close to tell")
    return s


def integer(v: Number) -> int:
    if not isinstance(v, Fraction) or v.denominator != 1:
        raise Undecided("an index is not a whole number")
    return int(v)

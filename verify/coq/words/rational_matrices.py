"""Matrices of rational numbers, for the values of what is read; sizes are small, and nothing here is to be fast."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Rows = tuple[tuple[Fraction, ...], ...]


@dataclass(frozen=True)
class Diagonal:
    """A multiple of the identity, of whatever size is needed; 0 is the zero matrix of any shape."""

    value: Fraction


Value = Any  # a Fraction, Rows, or a Diagonal


class Unread(Exception):
    """A text that is no statement of ours."""


def drawn(draw: random.Random, rows: int, cols: int, largest: int) -> Rows:
    """A matrix of whole numbers between -largest and largest."""
    return tuple(tuple(Fraction(draw.randint(-largest, largest)) for _ in range(cols)) for _ in range(rows))


def transposed(a: Rows) -> Rows:
    """The transpose."""
    return tuple(zip(*a, strict=True))


def plus(a: Rows, b: Rows) -> Rows:
    """The sum of two matrices of one shape."""
    return tuple(tuple(x + y for x, y in zip(p, q, strict=True)) for p, q in zip(a, b, strict=True))


def times(a: Rows, b: Rows) -> Rows:
    """The product; ``Unread`` where the shapes do not fit."""
    if len(a[0]) != len(b):
        raise Unread("a product of shapes that do not fit")
    return tuple(
        tuple(sum((x * y for x, y in zip(p, q, strict=True)), Fraction(0)) for q in zip(*b, strict=True)) for p in a
    )


def shaped(a: Value, shape: tuple[int, int]) -> Rows:
    """A matrix in a shape; ``Unread`` where it has another one."""
    if isinstance(a, Diagonal):
        if a.value and shape[0] != shape[1]:
            raise Unread("an identity that is not square")
        return tuple(tuple(a.value if i == j else Fraction(0) for j in range(shape[1])) for i in range(shape[0]))
    if (len(a), len(a[0])) != shape:
        raise Unread("a matrix of another shape")
    return tuple(a)


def added(a: Value, b: Value) -> Value:
    """The sum, of multiples of the identity too."""
    if isinstance(a, Diagonal) and isinstance(b, Diagonal):
        return Diagonal(a.value + b.value)
    shape = next((len(x), len(x[0])) for x in (a, b) if not isinstance(x, Diagonal))
    return plus(shaped(a, shape), shaped(b, shape))


def scaled(c: Fraction, a: Value) -> Value:
    """A number times a matrix."""
    if isinstance(a, Diagonal):
        return Diagonal(c * a.value)
    return tuple(tuple(c * x for x in row) for row in a)


def multiplied(side: Fraction, a: Value, b: Value) -> Value:
    """The product over a dimension, as it stands in the text."""
    if isinstance(a, Diagonal):
        return scaled(a.value, b)
    if isinstance(b, Diagonal):
        return scaled(b.value, a)
    if len(b) != side:
        raise Unread("a product over another dimension")
    return times(a, b)


def trace(side: Fraction, a: Value) -> Fraction:
    """The trace over a dimension, as it stands in the text."""
    if isinstance(a, Fraction) and side == 1:  # a symbol that is set to 0 somewhere is a letter in the theorem
        return a
    rows = shaped(((a,),) if isinstance(a, Fraction) else a, (int(side), int(side)))
    return sum((rows[i][i] for i in range(len(rows))), Fraction(0))


def equal(a: Value, b: Rows) -> bool:
    """Whether a value of the text is a matrix; a number is one with one entry."""
    if isinstance(a, Diagonal):
        return shaped(a, (len(b), len(b[0]))) == b
    return bool((((a,),) if isinstance(a, Fraction) else a) == b)


# The operations of Coq's text: how many arguments, and what they do.
OPERATIONS: dict[str, tuple[int, Callable[..., Value]]] = {
    "madd": (2, added),
    "mscale": (2, scaled),
    "mmul": (3, multiplied),
    "mtrans": (1, lambda a: a if isinstance(a, Diagonal) else transposed(a)),
    "mtrace": (2, trace),
    "scalar": (1, lambda x: ((x,),)),
    "INR": (1, lambda x: x),
}

"""What a derivation is made from: the results of other derivations, and combinations of them.

A start, or a parameter of a step, may be a derivation (its result is meant) or a sum, a multiple, a substitution of
such things. The value is computed from the parts, so a combination can't drift away from what it is made of; and the
derivations in it are the sources of the derivation that uses it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import sympy as sp

from verify.derivations.trace_polynomials import TracePolynomial

Expression: TypeAlias = TracePolynomial | sp.Expr


class Derived(ABC):
    """What has been derived, and may be used in place of its result."""

    @property
    @abstractmethod
    def result(self) -> Expression: ...


@dataclass(frozen=True)
class Sum:
    """The sum of polynomials of one shape."""

    parts: tuple[Given, ...]


@dataclass(frozen=True)
class Times:
    """A polynomial, each coefficient multiplied by ``factor``."""

    factor: sp.Expr
    part: Given


@dataclass(frozen=True)
class Substituted:
    """A polynomial with another one in the place of the letter called ``letter``."""

    part: Given
    letter: str
    value: Given


@dataclass(frozen=True)
class AtZero:
    """A polynomial with the scalar symbol set to 0 in every coefficient."""

    part: Given
    symbol: sp.Symbol


Combination: TypeAlias = Sum | Times | Substituted | AtZero
Given: TypeAlias = Expression | Derived | Combination


def minus(one: Given, other: Given) -> Sum:
    """The difference of two polynomials."""
    return Sum((one, Times(sp.Integer(-1), other)))


def value_of(x: Any) -> Any:
    """What a start or a parameter stands for: results in the place of derivations, also inside tuples and tables."""
    match x:
        case Derived():
            return x.result
        case Sum(parts):
            total = value_of(parts[0])
            for part in parts[1:]:
                total = total + value_of(part)
            return total
        case Times(factor, part):
            return value_of(part).scale(factor)
        case Substituted(part, letter, value):
            return value_of(part).substitute({letter: value_of(value)})
        case AtZero(part, symbol):
            return value_of(part).map_coefficients({symbol: sp.Integer(0)})
        case Mapping():
            return {k: value_of(v) for k, v in x.items()}
        case tuple():
            return tuple(map(value_of, x))
        case _:
            return x


def derivations_in(x: Any) -> Iterator[Derived]:
    """The derivations whose results a start or a parameter is made of, in the order of their use."""
    match x:
        case Derived():
            yield x
        case Sum(parts):
            yield from derivations_in(parts)
        case Times(_, part) | AtZero(part, _):
            yield from derivations_in(part)
        case Substituted(part, _, value):
            yield from derivations_in((part, value))
        case Mapping():
            yield from derivations_in(tuple(x.values()))
        case tuple():
            for part in x:
                yield from derivations_in(part)

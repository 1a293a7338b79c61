"""Finite models of what the kernel speaks of, in exact arithmetic: four outcomes, two stages, vectors of rationals.

Stage 1 knows which pair of outcomes happens, stage 2 the outcome. Functions are stand-ins with rational values, since
the normal forms take them for functions and nothing more. In one dimension a norm is rational too. 1/0 is some number.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any

Term = Any
Number = Fraction
CHANCES = (Fraction(1, 6), Fraction(1, 6), Fraction(1, 2), Fraction(1, 6))
KNOWN = {0: ((0, 1, 2, 3),), 1: ((0, 1), (2, 3))}  # at each stage: the outcomes that can't be told apart
NAMES = {
    **{name: ("real", level) for name, level in (("a", 0), ("b", 0), ("X", 1), ("Y", 2))},
    **{name: ("vector", level) for name, level in (("u", 0), ("v", 1), ("w", 2))},
    **{name: ("reals", level) for name, level in (("p", 0), ("q", 1), ("r", 2))},
    **{name: ("vectors", level) for name, level in (("g", 0), ("h", 1), ("k", 2))},
    **{name: ("integer", 0) for name in ("m", "n")},
    **{name: ("operator", 0) for name in ("A", "B")},
}
FUNCTIONS: dict[str, Callable[..., Number]] = {
    "abs": abs,
    "min": min,
    "max": max,
    "exp": lambda x: 1 + x * x,
    "log": lambda x: x * x * x - 3,
    "sqrt": lambda x: 2 * abs(x) + x,
}


class Model:
    """Values for all names, drawn with a seed; a value is what it is at each of the four outcomes."""

    def __init__(self, seed: int, dimension: int, names: Mapping[str, tuple[str, int]] = NAMES) -> None:
        self.seed = seed
        self.dimension = dimension
        self.names = names

    @cached_property
    def by_zero(self) -> Number:
        """1/0."""
        return self.drawn("1/0")

    def drawn(self, *key: Any) -> Number:
        """A small number that depends on the key; half of the time whole, often zero."""
        source = random.Random(repr((self.seed, key)))
        return Fraction(source.choice((-2, -1, 0, 0, 1, 1, 2, 3)), source.choice((1, 1, 1, 2)))

    def at_outcomes(self, level: int, *key: Any) -> list[Number]:
        """A number that is known at a stage."""
        return [self.drawn(*key, (0, outcome // 2, outcome)[level]) for outcome in range(4)]

    def name(self, name: str, index: int | None = None) -> Any:
        """The value of a name, or of a member of a family."""
        kind, level = self.names[name]
        if kind == "integer":
            return [Fraction(random.Random(repr((self.seed, name))).randint(-3, 4))] * 4
        if kind in ("real", "reals"):
            return self.at_outcomes(level, name, index)
        parts = [self.at_outcomes(level, name, index, i) for i in range(self.dimension)]
        return [tuple(part[o] for part in parts) for o in range(4)]

    def operator(self, name: str) -> list[list[Number]]:
        """A symmetric matrix."""
        size = range(self.dimension)
        return [[self.drawn(name, min(i, j), max(i, j)) for j in size] for i in size]

    def divided(self, a: Number, b: Number) -> Number:
        return a / b if b else a * self.by_zero

    def power(self, x: Number, y: Number) -> Number:
        if y.denominator != 1:
            return self.drawn("power", x, y)
        return x**y.numerator if y >= 0 else self.divided(Fraction(1), x**-y.numerator)

    def value(self, t: Term, bound: tuple[Any, ...] = ()) -> Any:
        """The value of a term or normal form; ``bound``: of what is bound around it, the innermost first."""
        if isinstance(t, str):
            if t[0] != "#":
                return self.name(t)
            x = bound[int(t[1:])]
            return [x if isinstance(x, tuple) else Fraction(x)] * 4
        if not isinstance(t, tuple):
            return [Fraction(t)] * 4
        op, args = t[0], t[1:]
        if op in ("sum", "upto"):
            lower, upper = ((1, args[0]) if op == "upto" else args[:2]) if len(args) > 1 else ()
            return self.summed(self.whole(lower, bound), self.whole(upper, bound), args[-1], bound)
        if op == "at":
            return self.name(args[0], self.whole(args[1], bound))
        if op == "E":
            return self.mean(args[0], self.value(args[1], bound))
        if op == "apply":
            matrix = self.operator(args[0])
            return [tuple(dot(row, x) for row in matrix) for x in self.value(args[1], bound)]
        if op == "zero":
            return [(Fraction(0),) * self.dimension] * 4
        return [self.here(op, *parts) for parts in zip(*[self.value(a, bound) for a in args], strict=True)]

    def here(self, op: str, *x: Any) -> Any:
        """An operation at one outcome."""
        if op == "+":
            out = x[0]
            for y in x[1:]:
                out = plus(out, y)
            return out
        if op == "-":
            return times(Fraction(-1), x[0])
        if op == "*":
            product = Fraction(1)
            for y in x:
                product *= y
            return product
        if op == "norm":
            assert self.dimension == 1
            return abs(x[0][0])
        if op in FUNCTIONS:
            return FUNCTIONS[op](*x)
        if op == "inv":
            return self.divided(Fraction(1), x[0])
        return {"/": self.divided, "^": self.power, "inner": dot, "scale": times}[op](*x)

    def holds(self, f: Term, bound: tuple[Any, ...] = ()) -> bool:
        """Whether a formula holds at all outcomes; what is said of every vector is tried on a few."""
        op, *args = f
        if op in ("and", "or"):
            return all(self.holds_at(o, f, bound) for o in range(4))
        if op == "all":
            lower, upper = self.whole(args[0], bound), self.whole(args[1], bound)
            return all(self.holds(args[2], (i, *bound)) for i in range(lower, upper + 1))
        if op == "every":
            vectors = [(self.drawn("every", i),) * self.dimension for i in range(4)]
            return all(self.holds(args[0], (v, *bound)) for v in vectors)
        return all(self.holds_at(o, f, bound) for o in range(4))

    def holds_at(self, outcome: int, f: Term, bound: tuple[Any, ...]) -> bool:
        """Whether a formula holds at one outcome."""
        op, *args = f
        if op in ("and", "or"):
            return (all if op == "and" else any)(self.holds_at(outcome, a, bound) for a in args)
        if op in ("all", "every"):
            return self.holds(f, bound)
        a, b = (self.value(x, bound)[outcome] for x in args)
        return bool(
            {"==": a == b, "same": a == b, "!=": a != b}[op] if op[0] not in "<" else a < b or (op == "<=" and a == b)
        )

    def whole(self, t: Term, bound: tuple[Any, ...]) -> int:
        value: Number = self.value(t, bound)[0]
        assert value.denominator == 1
        return value.numerator

    def mean(self, level: int, values: Any) -> Any:
        """The expectation given a stage: the mean over what can't be told apart there."""
        if level >= 2:
            return values
        out = list(values)
        for cell in KNOWN[level]:
            total = times(CHANCES[cell[0]], values[cell[0]])
            for o in cell[1:]:
                total = plus(total, times(CHANCES[o], values[o]))
            for o in cell:
                out[o] = times(1 / sum(CHANCES[o] for o in cell), total)
        return out

    def summed(self, lower: int, upper: int, body: Term, bound: tuple[Any, ...]) -> Any:
        """Karr's sum: from lower to upper, or minus the one from upper + 1 to lower - 1."""
        sign, indices = (1, range(lower, upper + 1)) if lower <= upper + 1 else (-1, range(upper + 1, lower))
        out = [times(Fraction(0), x) for x in self.value(body, (0, *bound))]
        for i in indices:
            out = [plus(x, times(Fraction(sign), y)) for x, y in zip(out, self.value(body, (i, *bound)), strict=True)]
        return out


def plus(x: Any, y: Any) -> Any:
    return tuple(a + b for a, b in zip(x, y, strict=True)) if isinstance(x, tuple) else x + y


def times(factor: Number, x: Any) -> Any:
    return tuple(factor * a for a in x) if isinstance(x, tuple) else factor * x


def dot(x: Any, y: Any) -> Number:
    return sum((a * b for a, b in zip(x, y, strict=True)), Fraction(0))

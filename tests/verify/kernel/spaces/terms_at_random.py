"""Terms at random, about the names of ``models.py``, as the kernel keeps them."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

from tests.verify.kernel.spaces.models import NAMES

Term = Any
NUMBERS = (0, 1, 2, -1, 3, Fraction(1, 2))


def named(kind: str) -> list[str]:
    return [name for name, (other, _) in NAMES.items() if other == kind]


class Terms:
    """``bound``: how many binders are around; ``norms``: whether there may be norms; ``divisors``: likewise."""

    def __init__(self, choose: random.Random, *, norms: bool, divisors: bool) -> None:
        self.choose = choose
        self.norms = norms
        self.divisors = divisors

    def one(self, *options: Any) -> Any:
        return self.choose.choice(options)

    def index(self, bound: int) -> Term:
        base = self.one("n", "m", *[f"#{i}" for i in range(bound)] * 3)
        shift = self.one(0, 0, 1, -1, 2)
        if self.choose.random() < 0.1:
            return self.one(("*", 2, base), ("-", base), ("+", base, "n"), 1)
        return ("+", base, shift) if shift else base

    def end(self, bound: int) -> Term:
        return self.one(0, 1, 2, ("+", 2, 1), self.index(bound), self.index(bound))

    def scalar(self, depth: int, bound: int = 0) -> Term:
        """A number, of about so many levels."""
        if depth <= 0:
            leaves = [*named("real"), "n", *NUMBERS, *[f"#{i}" for i in range(bound)]]
            return self.one(*leaves, *[("at", f, self.index(bound)) for f in named("reals")])
        ops = ["+", "+", "*", "*", "-", "^", "inner", "inner", "E", "E", "sum", "sum", "function"]
        op = self.one(*ops, *(["norm", "norm"] if self.norms else []), *(["/", "/", "power"] if self.divisors else []))
        if op in ("+", "*"):
            return (op, *[self.scalar(depth - 1, bound) for _ in range(self.one(2, 2, 3))])
        if op == "-":
            return (op, self.scalar(depth - 1, bound))
        if op == "^":
            return (op, self.scalar(depth - 1, bound), self.one(0, 1, 2, 2, 3))
        if op == "power":
            return ("^", self.scalar(depth - 1, bound), self.one(-1, ("+", "n", -1), ("+", 1, 1), ("+", 1, -2), "a"))
        if op == "/":
            return (op, self.scalar(depth - 1, bound), self.scalar(self.one(0, depth - 1), bound))
        if op == "inner":
            return (op, self.vector(depth - 1, bound), self.vector(depth - 1, bound))
        if op == "norm":
            return (op, self.vector(depth - 1, bound))
        if op == "E":
            return (op, self.one(0, 0, 1, 2), self.scalar(depth - 1, bound))
        if op == "sum":
            return (op, self.end(bound), self.end(bound), self.scalar(depth - 1, bound + 1))
        name = self.one("exp", "abs", "sqrt", "min")
        return (name, *[self.scalar(depth - 1, bound) for _ in range(2 if name == "min" else 1)])

    def vector(self, depth: int, bound: int = 0) -> Term:
        """A vector, of about so many levels."""
        if depth <= 0:
            members = [("at", f, self.index(bound)) for f in named("vectors")]
            return self.one(*named("vector"), *members, ("zero",))
        op = self.one("+", "+", "-", "scale", "scale", "E", "E", "sum", "sum", "apply")
        if op in ("+", "-"):
            return (op, *[self.vector(depth - 1, bound) for _ in range(2 if op == "+" else 1)])
        if op == "scale":
            return (op, self.scalar(depth - 1, bound), self.vector(depth - 1, bound))
        if op == "E":
            return (op, self.one(0, 0, 1, 2), self.vector(depth - 1, bound))
        if op == "sum":
            return (op, self.end(bound), self.end(bound), self.vector(depth - 1, bound + 1))
        return (op, self.one("A", "B"), self.vector(depth - 1, bound))

    def changed(self, t: Term, bound: int = 0) -> Term:
        """The number with another number in one place."""
        if not isinstance(t, tuple) or self.choose.random() < 0.3:
            return self.one(("+", t, 1), ("-", t), ("*", 2, t), self.scalar(0, bound))
        places = [i for i in range(1, len(t)) if t[0] in ("+", "*", "-")]
        if not places:
            return ("+", t, self.one(1, "a", "X", "Y"))
        i = self.one(*places)
        return (*t[:i], self.changed(t[i], bound), *t[i + 1 :])

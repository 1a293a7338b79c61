"""Terms and formulas as a certificate writes them: bound names get names, normal forms become terms again."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from verify.kernel.reals.terms import Expression

BOUND = "ijklmnopqrstuvwxyz"


class Writer:
    """Writes about declared names; what is bound is called by letters that are not among them."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = set(names)

    def letter(self, depth: int) -> str:
        """The name of what a binder binds under ``depth`` others."""
        name = BOUND[depth % len(BOUND)]
        while name in self.names:
            name += "_"
        return name if depth < len(BOUND) else f"{name}{depth}"

    def write(self, x: Expression, depth: int = 0) -> Any:
        """A term or a formula.

        >>> Writer("x").write(("upto", "n", ("at", "x", "#0")))
        ['sum', 'i', '1', 'n', ['at', 'x', 'i']]
        """
        if isinstance(x, str):
            return self.letter(depth - 1 - int(x[1:])) if x[:1] == "#" else x
        if isinstance(x, (int, Fraction)):
            return str(x)
        op, args = x[0], x[1:]
        match op:
            case "upto":
                return ["sum", self.letter(depth), "1", self.write(args[0], depth), self.write(args[1], depth + 1)]
            case "sum" | "all":
                bounds = [self.write(a, depth) for a in args[:2]]
                return [op, self.letter(depth), *bounds, self.write(args[2], depth + 1)]
            case "every":
                return [op, self.letter(depth), self.write(args[0], depth + 1)]
            case "inv":
                return ["/", "1", self.write(args[0], depth)]
            case "+" | "*" if len(args) == 1:
                return self.write(args[0], depth)
            case "E":
                return [op, str(args[0]), self.write(args[1], depth)]
        return [op, *[self.write(a, depth) for a in args]]

"""Operators as they are written before a vector: sums, multiples, products and powers of symmetric ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import prod

from verify.kernel.reals.terms import Term
from verify.language.lexemes import quote
from verify.runtime.errors import BadInput, ensured
from verify.spaces.reading.sorts import Sorts
from verify.spaces.reading.surface import Node
from verify.spaces.reading.text import term_text

MOST = 64  # occurrences of operators once sums are multiplied out; beyond that the term explodes


def bounded(operators: Sequence[Node]) -> None:
    """Raises BadInput where a product of operators is one of more than ``MOST`` once sums are multiplied out."""
    if operators and occurrences(Node("*", tuple(operators))) > MOST:
        shown = "*".join(term_text(t) for t in operators)
        raise BadInput(f"{quote(shown)} has more than {MOST} operators once it is multiplied out", "split it: v == A*u")


def applied(t: Node, v: Term, sorts: Sorts, scalar: Callable[[Node], Term]) -> Term:
    """An operator at a vector. A number is that multiple of the identity, as in ``(1 - eta*A)*u``."""
    if sorts.of(t) == "scalar":
        return ("scale", scalar(t), v)
    match t.op:
        case "name":
            return ("apply", str(t.args[0]), v)
        case "+":
            return ("+", *[applied(p, v, sorts, scalar) for p in t.parts])
        case "-":
            return ("-", applied(t.parts[0], v, sorts, scalar))
        case "*":
            for p in reversed(t.parts):
                v = applied(p, v, sorts, scalar)
            return v
        case "/":
            return ("scale", ("/", 1, scalar(t.parts[1])), applied(t.parts[0], v, sorts, scalar))
        case "^":
            for _ in range(_times(t)):
                v = applied(t.parts[0], v, sorts, scalar)
            return v
    raise BadInput(f"'{term_text(t)}' is an operator of no kind that is read", "write A*u, (1 - eta*A)*u, A^2*u")


def occurrences(t: Node) -> int:
    """How many operators and numbers are applied once sums are multiplied out, capped."""
    match t.op:
        case "+":
            found = sum(map(occurrences, t.parts))
        case "*":
            found = max(prod(map(occurrences, t.parts)), len(t.parts))
        case "^":
            n, base = _times(t), occurrences(t.parts[0])
            found = n if base == 1 else base ** min(n, MOST)
        case "-" | "/":
            found = occurrences(t.parts[0])
        case _:
            found = 1
    return min(found, MOST + 1)


def _times(t: Node) -> int:
    """The exponent, which the check of sorts lets through where it is a whole number."""
    return int(ensured(t.parts[1].args[0], Fraction))

"""Bounds on what is read: constants and degrees stay small when powers are expanded, and no tree is too deep."""

from __future__ import annotations

from fractions import Fraction
from math import prod

from verify.language.names import Fault
from verify.language.nodes import MAX_DEPTH, MAX_EXPONENT, MAX_SIZE
from verify.spaces.reading.surface import Node

_POWERS = "powers are expanded; take logarithms, or use a variable for the exponent"


def constant(t: Node) -> Fraction | None:
    """The value of a term of numbers, sums, products, quotients and small powers."""
    if t.op == "number" and isinstance(t.args[0], Fraction):
        return t.args[0]
    if t.op not in ("+", "-", "*", "/", "^"):
        return None
    values = [v for a in t.parts if (v := constant(a)) is not None]
    if len(values) < len(t.parts):
        return None
    match t.op:
        case "+":
            return sum(values, Fraction(0))
        case "-":
            return -values[0]
        case "*":
            return prod(values, start=Fraction(1))
        case "^":
            base, exponent = values
            height = max(abs(base.numerator), base.denominator).bit_length()
            # No exponent has more than MAX_EXPONENT for its value: what is longer need not be known.
            fits = exponent.denominator == 1 and height * abs(exponent) <= 64 and (base != 0 or exponent >= 0)
            return base**exponent.numerator if fits else None
        case _:
            return values[0] / values[1] if values[1] else None


def check_exponent(t: Node) -> None:
    """Refuses a constant exponent that is large, or no plain number."""
    check_depth(t)
    if any(p.op in ("name", "at") for p in t.walk()):
        return
    value = constant(t)
    if value is None:
        raise Fault("an exponent without variables is written as a number", "write its value", t.start)
    if max(abs(value.numerator), value.denominator) > MAX_EXPONENT:
        raise Fault(f"an exponent is larger than {MAX_EXPONENT}", _POWERS, t.start)


def check_size(root: Node) -> None:
    """Refuses a tree that is too deep, or whose powers grow too large."""
    check_depth(root)
    _size(root)


def check_depth(root: Node) -> None:
    """Refuses a tree that is too deep for what recurses on it; this does not."""
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise Fault(f"the nesting is deeper than {MAX_DEPTH}", "split the statement", level[0].start)
        level = [p for t in level for p in t.parts]


def _size(t: Node) -> int:
    """Bits of the constants, or the degree, after expanding powers."""
    if t.op == "number" and isinstance(t.args[0], Fraction):
        return max(1, t.args[0].numerator.bit_length(), t.args[0].denominator.bit_length())
    sizes = [_size(p) for p in t.parts]
    size = sum(sizes) or 1
    if t.op == "^" and (value := constant(t.parts[1])) is not None:
        size = sizes[0] * max(abs(value.numerator), value.denominator)
    if size > MAX_SIZE:
        raise Fault(f"a power grows beyond {MAX_SIZE} bits or degrees", "use smaller exponents", t.start)
    return size

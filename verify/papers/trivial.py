"""Relations that hold whatever their letters are, because of a sign alone: no edit that makes such a one is suggested.

An author who writes 1 - 7Lg >= 0 did not mean (1 - 7Lg)^2 >= 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from verify.language.logic import App, Num, Term
from verify.spaces.reading.surface import Node

Expression = Term | Node
_NOT_NEGATIVE = frozenset({"norm", "Var", "abs", "sqrt", "exp"})


def trivial(relation: str, lhs: Expression, rhs: Expression) -> bool:
    """Whether both sides are the same, or all that they differ in has a sign by its form; a^2 <= aa is trivial too.

    ``relation`` is that of the prover's language; the sides are terms about numbers, or as they are written about
    vectors. An equation is trivial only where its sides are the same.

    >>> from verify.language.logic import ONE, ZERO, Var, add, power
    >>> trivial(">=", power(add(ONE, Var("x")), 2), ZERO), trivial(">=", add(ONE, Var("x")), ZERO)
    (True, False)
    """
    if lhs == rhs or (relation != "==" and _products(lhs) == _products(rhs)):
        return True
    if relation in ("<", "<="):
        lhs, rhs = rhs, lhs
    elif relation not in (">", ">="):
        return False
    above, below = Counter(_summands(lhs)), Counter(_summands(rhs))
    return all(map(not_negative, above - below)) and all(map(not_positive, below - above))


def not_negative(t: Expression) -> bool:
    """Whether a term is at least 0 by its form, where it is defined: a square, a norm, sums and products of these."""
    if (value := _number(t)) is not None:
        return value >= 0
    op, parts = _op(t), _parts(t)
    if op == "^":
        power = _number(parts[1])
        return (power is not None and power.denominator == 1 and power % 2 == 0) or not_negative(parts[0])
    if op == "-":
        return not_positive(parts[0])
    if op in ("*", "/"):
        return sum(map(not_positive, parts)) % 2 == 0 and all(not_negative(a) or not_positive(a) for a in parts)
    if op == "inner":
        return parts[0] == parts[1]
    if op in ("E", "sum"):  # the first part is what the mean or the sum is of
        return not_negative(parts[0])
    if op == "+":
        return all(map(not_negative, parts))
    return op in _NOT_NEGATIVE


def not_positive(t: Expression) -> bool:
    """Whether a term is at most 0 by its form."""
    if (value := _number(t)) is not None:
        return value <= 0
    op, parts = _op(t), _parts(t)
    if op == "-":
        return not_negative(parts[0])
    if op in ("*", "/"):
        return sum(map(not_positive, parts)) % 2 == 1 and all(not_negative(a) or not_positive(a) for a in parts)
    return op == "+" and all(map(not_positive, parts))


def _op(t: Expression) -> str:
    if isinstance(t, Node):
        return str(t.args[0]) if t.op == "call" else t.op
    return t.op if isinstance(t, App) else ""


def _parts(t: Expression) -> Sequence[Expression]:
    return t.parts if isinstance(t, Node) else t.args if isinstance(t, App) else ()


def _number(t: Expression) -> Fraction | None:
    if isinstance(t, Num):
        return t.value
    if isinstance(t, Node) and t.op == "number" and isinstance(t.args[0], Fraction):
        return t.args[0]
    return None


def _summands(t: Expression) -> list[Expression]:
    """The terms of a sum; what is 0 is none."""
    if _op(t) == "+":
        return [s for a in _parts(t) for s in _summands(a)]
    return [] if _number(t) == 0 else [t]


def _products(t: Expression) -> Counter[tuple[tuple[Expression, Fraction], ...]]:
    """The terms of a sum as products of powers, in whatever order they are written: a^2 and aa are the same."""
    return Counter(tuple(sorted(_powers(s).items(), key=str)) for s in _summands(t))


def _powers(t: Expression) -> dict[Expression, Fraction]:
    """The factors of a product with their powers; a sign is the factor -1."""
    found: dict[Expression, Fraction] = {}
    op, parts = _op(t), _parts(t)
    exponent = _number(parts[1]) if op == "^" else None
    inner = [parts[0]] if exponent is not None and exponent.denominator == 1 else parts if op == "*" else []
    if not inner:
        return {t: Fraction(1)}
    for part in inner:
        for factor, power in _powers(part).items():
            found[factor] = found.get(factor, Fraction(0)) + power * (exponent if exponent is not None else 1)
    return found

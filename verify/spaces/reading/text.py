"""Trees as text that reads back as the same tree."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from verify.spaces.reading.surface import Chain, Node

_SUM, _SIGNED, _PRODUCT, _FACTOR, _POWER, _ATOM = range(6)


def term_text(t: Node) -> str:
    """A term in the plain syntax; a number that is no decimal is written as a quotient, and read as one.

    >>> from verify.spaces.reading.plain import claim
    >>> term_text(claim("(a + b)*||u - <v, w>*w||^2 >= 0").goal.terms[0])
    '(a + b)*||u - <v, w>*w||^2'
    """
    return _write(t)[0]


def chain_text(chain: Chain) -> str:
    """A chain with its ranges.

    >>> from verify.spaces.reading.plain import claim
    >>> chain_text(claim("x[0] >= 0", ["x[t+1] <= q*x[t] for all t in 0..T-1"]).assumptions[0])
    'x[t + 1] <= q*x[t] for t in 0..T - 1'
    """
    out = term_text(chain.terms[0])
    for relation, t in zip(chain.relations, chain.terms[1:], strict=True):
        out += f" {relation} {term_text(t)}"
    return out + "".join(f" for {r.name} in {term_text(r.lower)}..{term_text(r.upper)}" for r in chain.ranges)


def _write(t: Node) -> tuple[str, int]:
    """The text of a term, and how tightly its outermost operation binds."""
    if t.op in _OPERATIONS:
        return _OPERATIONS[t.op](t)
    return _FORMS[t.op](t), _ATOM


def _within(t: Node, least: int) -> str:
    text, tight = _write(t)
    return text if tight >= least else f"({text})"


def _number(t: Node) -> tuple[str, int]:
    value = t.args[0]
    if not isinstance(value, Fraction):
        return str(value), _ATOM
    if value < 0:
        return f"-{_number(Node('number', (-value,)))[0]}", _SIGNED
    twos, fives, rest = 0, 0, value.denominator
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return f"{value.numerator}/{value.denominator}", _PRODUCT
    places = max(twos, fives)
    digits = str(value.numerator * 10**places // value.denominator).rjust(places + 1, "0")
    return (f"{digits[:-places]}.{digits[-places:]}" if places else digits), _ATOM


def _sum(t: Node) -> tuple[str, int]:
    first, *rest = t.parts
    # A sum inside a sum was written in parentheses.
    out = _within(first, _SIGNED)
    for p in rest:
        if p.op == "-":
            out += f" - {_within(p.parts[0], _PRODUCT)}"
        else:
            out += f" + {_within(p, _PRODUCT)}"
    return out, _SUM


def _minus(t: Node) -> tuple[str, int]:
    return f"-{_within(t.parts[0], _PRODUCT)}", _SIGNED


def _product(t: Node) -> tuple[str, int]:
    first, *rest = t.parts
    head = _within(first, _POWER if first.op == "*" else _PRODUCT)
    return head + "".join(f"*{_within(p, _POWER)}" for p in rest), _PRODUCT


def _quotient(t: Node) -> tuple[str, int]:
    above, below = t.parts
    return f"{_within(above, _PRODUCT)}/{_within(below, _POWER)}", _PRODUCT


def _power(t: Node) -> tuple[str, int]:
    base, exponent = t.parts
    return f"{_within(base, _ATOM)}^{_within(exponent, _POWER)}", _POWER


def _given(t: Node) -> tuple[str, str]:
    """The history after the letter, and what stands behind the bar."""
    history = next((g for g in t.args[1:] if isinstance(g, str) and g.startswith("_")), "")
    names = [
        g if isinstance(g, str) else term_text(g) for g in t.args[1:] if isinstance(g, str | Node) and g != history
    ]
    return history, " | " + ", ".join(names) if names else ""


def _expectation(t: Node) -> str:
    history, given = _given(t)
    return f"{t.op}{history}[{term_text(t.parts[0])}{given}]"


def _call(t: Node) -> str:
    return f"{t.args[0]}({', '.join(map(term_text, t.parts))})"


def _total(t: Node) -> str:
    body, lower, upper = t.parts
    return f"sum({term_text(body)} for {t.args[1]} in {term_text(lower)}..{term_text(upper)})"


_OPERATIONS: dict[str, Callable[[Node], tuple[str, int]]] = {
    "number": _number,
    "+": _sum,
    "-": _minus,
    "*": _product,
    "/": _quotient,
    "^": _power,
}
_FORMS: dict[str, Callable[[Node], str]] = {
    "name": lambda t: str(t.args[0]),
    "norm": lambda t: f"||{term_text(t.parts[0])}||",
    "inner": lambda t: f"<{term_text(t.parts[0])}, {term_text(t.parts[1])}>",
    "at": lambda t: f"{t.args[0]}[{term_text(t.parts[0])}]",
    "grad": lambda t: f"grad {t.args[0]}({term_text(t.parts[0])})",
    "call": _call,
    "E": _expectation,
    "Var": _expectation,
    "sum": _total,
}

"""Parts of a text that is being read, and the bounds that keep them small."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import prod
from typing import Any

from verify.language.automaton import Token
from verify.language.circular_laws import FUNCTIONS
from verify.language.logic import App, Bool, Formula, Num, Rel, Term, Var
from verify.language.names import Fault

MAX_DEPTH = 100  # nesting of parentheses, operators and connectives
MAX_DIGITS = 1_000  # of a numerator or denominator
MAX_EXPONENT = 1_000  # numerator or denominator of a constant exponent
MAX_EXPONENT_DIGITS = 10  # of an exponent above the line
MAX_SIZE = 100_000  # bits of a constant, or degree of a term, after expanding powers


EULER = Var("e")
ASK_EULER = (
    "'e' is not a constant here: is exp(...) meant?",
    "write exp(x) for e^x and exp(1) for e; a variable e is declared: assume 'e real'",
)
ALPHABET = frozenset("abcd")  # beside all of these, e is the next letter


@dataclass(frozen=True, slots=True)
class Node:
    """A parsed part: where it starts, how deep it is, a bound on its size, and whether it is an open chain.

    ``about``, of a statement about a number on its left: the same statement about another number.
    """

    value: Any
    start: int
    depth: int = 1
    size: int = 1
    chain: bool = False
    about: Callable[[Term], Formula] | None = field(default=None, compare=False)

    def term(self) -> Term:
        if isinstance(self.value, Rel | Bool):
            hint = "statements are combined by and, or, not, implies, iff; for A == B write A iff B"
            raise Fault("a statement stands where a number is expected", hint, self.start)
        value: Term = self.value
        return value

    def formula(self) -> Formula:
        if not isinstance(self.value, Rel | Bool):
            hint = "compare it with something, as in ... >= 0; the relations are == != < <= > >="
            raise Fault("a number stands where a statement is expected: a relation is missing", hint, self.start)
        return self.value


def nearest(word: str, words: Iterable[str]) -> str | None:
    return next(iter(difflib.get_close_matches(word[:30].lower(), words, 1)), None)


def number(value: Fraction, start: int) -> Node:
    bits = max(value.numerator.bit_length(), value.denominator.bit_length())
    if bits > 3.32 * MAX_DIGITS:
        raise Fault(f"a number has more than {MAX_DIGITS} digits", "rescale the statement", start)
    return Node(Num(value), start, 1, max(1, bits))


def literal(text: str, start: int) -> Fraction:
    """The exact value of a decimal; refuses before any large number is formed."""
    mantissa, _, exponent = text.lower().partition("e")
    if len(mantissa) > MAX_DIGITS or len(exponent) > 6 or abs(int(exponent or 0)) > MAX_DIGITS:
        raise Fault(f"a number has more than {MAX_DIGITS} digits", "rescale the statement", start)
    return Fraction(text)


def constant(t: Term) -> Fraction | None:
    """The value of a variable-free rational term; callers bound its size, which keeps this cheap."""
    if not isinstance(t, App):
        return t.value if isinstance(t, Num) else None
    if t.op in FUNCTIONS:
        return None
    values = [v for a in t.args if (v := constant(a)) is not None]
    if len(values) < len(t.args):
        return None
    if t.op == "/":
        return values[0] / values[1] if values[1] else None
    if t.op == "^":
        base, exponent = values
        return base**exponent.numerator if exponent.denominator == 1 and (base or exponent >= 0) else None
    if t.op == "-":
        return -values[0]
    if t.op in ("min", "max"):
        return min(values) if t.op == "min" else max(values)
    if t.op in ("+", "*"):
        return Fraction(sum(values) if t.op == "+" else prod(values))
    return abs(values[0]) if t.op == "abs" else None


def join(value: Any, parts: Sequence[Node], start: int, size: int | None = None, chain: bool = False) -> Node:
    depth = 1 + max((p.depth for p in parts), default=0)
    size = sum(p.size for p in parts) if size is None else size
    if depth > MAX_DEPTH:
        raise Fault(f"the nesting is deeper than {MAX_DEPTH}", "split the statement into smaller ones", start)
    if size > MAX_SIZE:
        raise Fault(f"a power grows beyond {MAX_SIZE} bits or degrees", "use smaller exponents", start)
    return Node(value, start, depth, size, chain)


def connect(op: str, parts: list[Node]) -> Node:
    args: list[Formula] = []
    for p in parts:
        f = p.formula()
        args += f.args if op == "and" and p.chain and isinstance(f, Bool) else [f]
    return join(Bool(op, tuple(args)), parts, parts[0].start)


@dataclass(frozen=True, slots=True)
class Infinite:
    """An end of an interval that no number is."""

    sign: int


@dataclass(frozen=True, slots=True)
class Item:
    """A part of an assumption: a statement, or a name with the words that are said of it.

    ``kind`` and ``adjectives`` stand behind the name; ``before`` says that the kind stands before it.
    """

    node: Node
    kind: Token | None = None
    before: bool = False
    adjectives: tuple[Token, ...] = ()

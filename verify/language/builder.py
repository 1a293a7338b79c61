"""Builds terms and formulas while a text is parsed, and keeps them within bounds, for ``verify.language.parser``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any

from verify.language import logic
from verify.language.automaton import Token
from verify.language.logic import FALSE, TRUE, App, Bool, Formula, Kind, Num, Rel, Term, Var
from verify.language.names import FUNCTION_NAMES, Fault, check_name

MAX_DEPTH = 100  # nesting of parentheses, operators and connectives
MAX_DIGITS = 1_000  # of a numerator or denominator
MAX_EXPONENT = 1_000  # numerator or denominator of a constant exponent
MAX_SIZE = 100_000  # bits of a constant, or degree of a term, after expanding powers

_SYNONYMS = {"=": "==", "≤": "<=", "≥": ">=", "≠": "!="}


EULER = Var("e")
ASK_EULER = ("'e' is not a constant here: is exp(...) meant?", "write exp(x) for e^x; name a variable otherwise")


@dataclass(frozen=True, slots=True)
class Node:
    """A parsed part: where it starts, how deep it is, a bound on its size, and whether it is an open chain."""

    value: Any
    start: int
    depth: int = 1
    size: int = 1
    chain: bool = False

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
    from difflib import get_close_matches

    return next(iter(get_close_matches(word[:30].lower(), words, 1)), None)


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


def _join(value: Any, parts: Sequence[Node], start: int, size: int | None = None, chain: bool = False) -> Node:
    depth = 1 + max((p.depth for p in parts), default=0)
    size = sum(p.size for p in parts) if size is None else size
    if depth > MAX_DEPTH:
        raise Fault(f"the nesting is deeper than {MAX_DEPTH}", "split the statement into smaller ones", start)
    if size > MAX_SIZE:
        raise Fault(f"a power grows beyond {MAX_SIZE} bits or degrees", "use smaller exponents", start)
    return Node(value, start, depth, size, chain)


def _connect(op: str, parts: list[Node]) -> Node:
    args: list[Formula] = []
    for p in parts:
        f = p.formula()
        args += f.args if op == "and" and p.chain and isinstance(f, Bool) else [f]
    return _join(Bool(op, tuple(args)), parts, parts[0].start)


class Builder:
    """One method for each rule of ``statement.lark``, called bottom-up, so that nothing here recurses on the text."""

    def statement(self, parts: list[Node]) -> Formula:
        return parts[0].formula()

    def number(self, parts: list[Token]) -> Node:
        return number(literal(parts[0], parts[0].start), parts[0].start)

    def name(self, parts: list[Token]) -> Node:
        check_name(parts[0], parts[0].start)
        return Node(Var(str(parts[0])), parts[0].start)

    def true(self, parts: list[Token]) -> Node:
        return Node(TRUE, parts[0].start)

    def false(self, parts: list[Token]) -> Node:
        return Node(FALSE, parts[0].start)

    def group(self, parts: list[Any]) -> Node:
        return Node(parts[1].value, parts[0].start, parts[1].depth, parts[1].size)

    def arguments(self, parts: list[Node]) -> list[Node]:
        return parts

    def call(self, parts: list[Any]) -> Node:
        token, _, arguments = parts
        op = FUNCTION_NAMES.get(token)
        if op is None:
            guess = "log" if token == "ln" else nearest(token, FUNCTION_NAMES)
            hint = f"did you mean {guess}(...)?" if guess else f"the functions are {', '.join(logic.FUNCTIONS)};"
            raise Fault(f"unknown function '{token}'", f"{hint} a product is written {token}*(...)", token.start)
        if len(arguments) < 2 if op in ("min", "max") else len(arguments) != 1:
            wanted = "at least two arguments" if op in ("min", "max") else "one argument"
            raise Fault(f"{op} does not take {len(arguments)} arguments", f"it takes {wanted}", token.start)
        return _join(App(op, tuple(a.term() for a in arguments)), arguments, token.start)

    def power(self, parts: list[Node]) -> Node:
        base, exponent = parts
        b, e = base.term(), exponent.term()
        if b == EULER and not (isinstance(e, Num) and e.value.denominator == 1 and e.value >= 0):
            raise Fault(*ASK_EULER, base.start)
        size, large = base.size + exponent.size, False
        if not logic.variables_of(e):
            value = constant(e) if exponent.size <= 4 * MAX_EXPONENT else None
            if value is None:
                large = exponent.size > 64
            else:
                height = max(abs(value.numerator), value.denominator)
                e, size, large = Num(value), base.size * height, height > MAX_EXPONENT
                if value.denominator == 2 and not large:
                    root = App("sqrt", (b,))
                    whole = Num(Fraction(value.numerator))
                    return _join(root if value == Fraction(1, 2) else App("^", (root, whole)), parts, base.start, size)
        if large:
            hint = "powers are expanded; take logarithms, or use a variable for the exponent"
            raise Fault(f"an exponent is larger than {MAX_EXPONENT}", hint, exponent.start)
        return _join(App("^", (b, e)), parts, base.start, size)

    def product(self, parts: list[Any]) -> Node:
        start, run = parts[0].start, [parts[0]]
        for operator, factor in zip(parts[1::2], parts[2::2], strict=True):
            factor.term()
            if operator != "/":
                run.append(factor)
                continue
            above = self._times(run, start)
            a, b = above.term(), factor.term()
            if isinstance(a, Num) and isinstance(b, Num) and b.value:
                run = [number(a.value / b.value, start)]
            else:
                run = [_join(App("/", (a, b)), (above, factor), start)]
        return self._times(run, start)

    def _times(self, run: list[Node], start: int) -> Node:
        return run[0] if len(run) == 1 else _join(App("*", tuple(n.term() for n in run)), run, start)

    def sum(self, parts: list[Any]) -> Node:
        terms = [parts[0].term()]
        for operator, part in zip(parts[1::2], parts[2::2], strict=True):
            terms.append(part.term() if operator == "+" else logic.neg(part.term()))
        return _join(App("+", tuple(terms)), parts[::2], parts[0].start)

    def plus(self, parts: list[Any]) -> Node:
        return Node(parts[1].term(), parts[0].start, parts[1].depth, parts[1].size)

    def minus(self, parts: list[Any]) -> Node:
        return _join(logic.neg(parts[1].term()), parts[1:], parts[0].start)

    def relation(self, parts: list[Any]) -> Node:
        terms = [p.term() for p in parts[::2]]
        operators = [_SYNONYMS.get(op, str(op)) for op in parts[1::2]]
        links = [Rel(op, a, b) for op, a, b in zip(operators, terms[:-1], terms[1:], strict=True)]
        return _join(links[0] if len(links) == 1 else Bool("and", tuple(links)), parts[::2], parts[0].start, 1, True)

    def negation(self, parts: list[Node]) -> Node:
        return _join(Bool("not", (parts[0].formula(),)), parts, parts[0].start)

    def conjunction(self, parts: list[Node]) -> Node:
        return _connect("and", parts)

    def disjunction(self, parts: list[Node]) -> Node:
        return _connect("or", parts)

    def implies(self, parts: list[Node]) -> Node:
        return _connect("implies", parts)

    def iff(self, parts: list[Node]) -> Node:
        return _connect("iff", parts)

    def item(self, parts: list[Any]) -> tuple[Node, Kind | None, bool]:
        """The formula or name, the kind if one is declared, and whether the kind stands before it."""
        if len(parts) == 1:
            return parts[0], None, False
        prefix = isinstance(parts[0], Token)
        token, node = parts if prefix else parts[::-1]
        if not isinstance(node.value, Var):
            hint = "a declaration names variables: 'n integer', 'n, m integer' or 'integer n, m'"
            raise Fault(f"'{token}' is declared of something that is not a variable", hint, node.start)
        return node, "integer" if token == "integer" else "real", prefix

    def assumptions(self, parts: list[tuple[Node, Kind | None, bool]]) -> list[tuple[Node, Kind | None, bool]]:
        return parts

"""Numbers, operators and roots, as ``verify.language.builder`` meets them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from verify.language import logic
from verify.language.automaton import Token
from verify.language.lexemes import SPELLINGS, raised
from verify.language.logic import App, Num
from verify.language.names import Fault
from verify.language.nodes import (
    ASK_EULER,
    EULER,
    MAX_EXPONENT,
    MAX_EXPONENT_DIGITS,
    Node,
    constant,
    join,
    literal,
    number,
)


class Arithmetic:
    """The operators of ``statement.lark``."""

    def number(self, parts: list[Token]) -> Node:
        return number(literal(parts[0], parts[0].start), parts[0].start)

    def bars(self, parts: list[Any]) -> Node:
        return join(App("abs", (parts[1].term(),)), parts[1:2], parts[0].start)

    def root(self, parts: list[Any]) -> Node:
        return join(App("sqrt", (parts[1].term(),)), parts[1:], parts[0].start)

    def unclear_root(self, parts: list[Any]) -> Node:
        raise Fault("the root of a power can be read in two ways", "write √(x^2) or (√x)^2", parts[0].start)

    def raised(self, parts: list[Any]) -> Node:
        if len(parts[1]) > MAX_EXPONENT_DIGITS:
            raise Fault(f"an exponent is larger than {MAX_EXPONENT}", "write it with ^", parts[1].start)
        return self.power([parts[0], number(Fraction(raised(parts[1])), parts[1].start)])

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
                    return join(root if value == Fraction(1, 2) else App("^", (root, whole)), parts, base.start, size)
        if large:
            hint = "powers are expanded; take logarithms, or use a variable for the exponent"
            raise Fault(f"an exponent is larger than {MAX_EXPONENT}", hint, exponent.start)
        return join(App("^", (b, e)), parts, base.start, size)

    def product(self, parts: list[Any]) -> Node:
        start, run = parts[0].start, [parts[0]]
        for operator, factor in zip(parts[1::2], parts[2::2], strict=True):
            factor.term()
            if SPELLINGS.get(operator, operator) != "/":
                run.append(factor)
                continue
            above = self._times(run, start)
            a, b = above.term(), factor.term()
            if isinstance(a, Num) and isinstance(b, Num) and b.value:
                run = [number(a.value / b.value, start)]
            else:
                run = [join(App("/", (a, b)), (above, factor), start)]
        return self._times(run, start)

    def _times(self, run: list[Node], start: int) -> Node:
        return run[0] if len(run) == 1 else join(App("*", tuple(n.term() for n in run)), run, start)

    def sum(self, parts: list[Any]) -> Node:
        terms = [parts[0].term()]
        for operator, part in zip(parts[1::2], parts[2::2], strict=True):
            terms.append(part.term() if operator == "+" else logic.neg(part.term()))
        return join(App("+", tuple(terms)), parts[::2], parts[0].start)

    def plus(self, parts: list[Any]) -> Node:
        return Node(parts[1].term(), parts[0].start, parts[1].depth, parts[1].size)

    def minus(self, parts: list[Any]) -> Node:
        return join(logic.neg(parts[1].term()), parts[1:], parts[0].start)

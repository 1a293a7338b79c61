"""Formulas as JavaScript, in floating point and exactly: what a page computes with comes from SymPy and nothing else.

The kinds of node are listed; anything else is refused, because a formula that is printed wrongly looks like one that
is right. The exact form calls an arithmetic of rational numbers, ``q`` (rational.js).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction

import sympy as sp

from verify.derivations.relations import Connective, Formula
from verify.runtime.errors import BadInput

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_COMPARED = {"==": "===", "!=": "!==", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_RELATIONS = {
    sp.Eq: "==",
    sp.Ne: "!=",
    sp.StrictLessThan: "<",
    sp.LessThan: "<=",
    sp.StrictGreaterThan: ">",
    sp.GreaterThan: ">=",
}
_FUNCTIONS = {
    sp.log: "log", sp.exp: "exp", sp.Abs: "abs", sp.floor: "floor", sp.ceiling: "ceil", sp.Min: "min", sp.Max: "max",
}  # fmt: skip


def checked(name: str) -> str:
    """A name that is one in JavaScript too; ``BadInput`` for another."""
    if not _NAME.fullmatch(name):
        raise BadInput(f"{name!r} is no name for a page", "letters, digits and _ only")
    return name


def _refuse(e: object) -> BadInput:
    return BadInput(f"a page can't compute {type(e).__name__}: {e!s:.80}", "it can't be part of an explorer")


class Printer:
    """What both forms share: which nodes there are, and in which order the arguments come.

    ``names`` has a piece of JavaScript for every symbol.
    """

    def __init__(self, names: Mapping[sp.Symbol, str]) -> None:
        self.names = names

    def __call__(self, e: sp.Expr) -> str:
        """An expression; ``BadInput`` if it has a node or a symbol that is not known."""
        if isinstance(e, sp.Symbol):
            if e not in self.names:
                raise BadInput(f"{e} has no value on the page", "it must be a quantity that a slider moves")
            return self.names[e]
        if isinstance(e, sp.Rational):
            return self.number(Fraction(int(e.p), int(e.q)))
        if isinstance(e, sp.Add):
            return self.sum([self(a) for a in e.as_ordered_terms()])
        if isinstance(e, sp.Mul):
            return self.product(e)
        if isinstance(e, sp.Pow):
            return self.power(e.base, e.exp)
        if type(e) in _FUNCTIONS:
            return self.call(_FUNCTIONS[type(e)], [self(a) for a in sorted(e.args, key=sp.default_sort_key)])
        if isinstance(e, sp.Piecewise):
            return self._cases(e)
        raise _refuse(e)

    def product(self, e: sp.Expr) -> str:
        """Factors with negative exponents are what is divided by."""
        above, below = [], []
        for factor in e.as_ordered_factors():
            if isinstance(factor, sp.Pow) and factor.exp.is_Rational and factor.exp < 0:
                below.append(self.power(factor.base, -factor.exp))
            elif isinstance(factor, sp.Rational) and factor.p == 1 and factor.q != 1:
                below.append(self.number(Fraction(int(factor.q))))
            else:
                above.append(self(factor))
        return self.quotient(above, below)

    def _cases(self, e: sp.Piecewise) -> str:
        if e.args[-1].cond != sp.true:
            raise BadInput(f"{e!s:.80} has no value everywhere", "end it with a case for all others")
        text = self(e.args[-1].expr)
        for value, condition in reversed(e.args[:-1]):
            text = f"({self.condition(condition)} ? {self(value)} : {text})"
        return text

    def condition(self, c: sp.Basic) -> str:
        """A condition of a case."""
        if type(c) in _RELATIONS:
            return self.relation(self(c.lhs), _RELATIONS[type(c)], self(c.rhs))
        if isinstance(c, (sp.And, sp.Or)):
            parts = [self.condition(a) for a in sorted(c.args, key=sp.default_sort_key)]
            return "(" + (" && " if isinstance(c, sp.And) else " || ").join(parts) + ")"
        if isinstance(c, sp.Not):
            return f"!{self.condition(c.args[0])}"
        raise _refuse(c)

    def formula(self, f: Formula) -> str:
        """A formula of a domain."""
        if not isinstance(f, Connective):
            return self.relation(self(f.lhs), f.op, self(f.rhs))
        parts = [self.formula(a) for a in f.args]
        made: dict[str, Callable[[], str]] = {
            "not": lambda: f"!{parts[0]}",
            "and": lambda: f"({' && '.join(parts)})",
            "or": lambda: f"({' || '.join(parts)})",
            "implies": lambda: f"(!{parts[0]} || {parts[1]})",
            "iff": lambda: f"({parts[0]} === {parts[1]})",
        }
        return made[f.op]()

    def number(self, value: Fraction) -> str:
        raise NotImplementedError

    def sum(self, terms: list[str]) -> str:
        raise NotImplementedError

    def quotient(self, above: list[str], below: list[str]) -> str:
        raise NotImplementedError

    def power(self, base: sp.Expr, exponent: sp.Expr) -> str:
        raise NotImplementedError

    def call(self, name: str, arguments: list[str]) -> str:
        raise NotImplementedError

    def relation(self, left: str, op: str, right: str) -> str:
        raise NotImplementedError


class Floating(Printer):
    """In floating point: ``v.rho_H*(v.d + 1)/v.m``; every sum stands in brackets."""

    def number(self, value: Fraction) -> str:
        text = str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
        return text if text.isdecimal() else f"({text})"

    def sum(self, terms: list[str]) -> str:
        return f"({' + '.join(terms)})"

    def quotient(self, above: list[str], below: list[str]) -> str:
        top = "*".join(above) or "1"
        return f"({top})" if not below else f"({top}/({'*'.join(below)}))"

    def power(self, base: sp.Expr, exponent: sp.Expr) -> str:
        if exponent == sp.Rational(1, 2):
            return f"Math.sqrt({self(base)})"
        return f"Math.pow({self(base)}, {self(exponent)})"

    def call(self, name: str, arguments: list[str]) -> str:
        return f"Math.{name}({', '.join(arguments)})"

    def relation(self, left: str, op: str, right: str) -> str:
        return f"({left} {_COMPARED[op]} {right})"


class Exactly(Printer):
    """With rational numbers: ``q.div(q.mul(v.rho_H, q.add(v.d, q.of(1n))), v.m)``."""

    def number(self, value: Fraction) -> str:
        return f"q.of({value.numerator}n, {value.denominator}n)"

    def sum(self, terms: list[str]) -> str:
        return f"q.add({', '.join(terms)})"

    def quotient(self, above: list[str], below: list[str]) -> str:
        top = self._product(above or ["q.of(1n)"])
        return f"q.div({top}, {self._product(below)})" if below else top

    def _product(self, factors: list[str]) -> str:
        return factors[0] if len(factors) == 1 else f"q.mul({', '.join(factors)})"

    def power(self, base: sp.Expr, exponent: sp.Expr) -> str:
        return f"q.pow({self(base)}, {self(exponent)})"

    def call(self, name: str, arguments: list[str]) -> str:
        return f"q.{name}({', '.join(arguments)})"

    def relation(self, left: str, op: str, right: str) -> str:
        return f'q.compare({left}, "{op}", {right})'

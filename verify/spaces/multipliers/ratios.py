"""Rational functions of the parameters, exact and in lowest terms: what the search for multipliers computes with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import flint
import sympy as sp

from verify.language import logic
from verify.language.rational_functions import Field, Polynomial, Raw, ZeroDenominator, as_fraction, factors_of, raw
from verify.runtime.budget import spend

Point = Sequence[flint.fmpq]


class NotRational(ValueError):
    """A term is no rational function of the parameters."""


class Ratio:
    """A numerator and a denominator without common factor; the denominator's leading coefficient is 1."""

    __slots__ = ("bottom", "home", "top")

    def __init__(self, home: Ratios, top: Polynomial, bottom: Polynomial) -> None:
        self.home, self.top, self.bottom = home, top, bottom

    def __bool__(self) -> bool:
        return bool(self.top != 0)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ratio) and bool(self.top == other.top and self.bottom == other.bottom)

    def __hash__(self) -> int:
        return hash((str(self.top), str(self.bottom)))

    def __neg__(self) -> Ratio:
        return Ratio(self.home, -self.top, self.bottom)

    def __add__(self, other: Ratio) -> Ratio:
        if not other.top or not self.top:
            return self if self.top else other
        if self.bottom == other.bottom:
            return self.home.quotient(self.top + other.top, self.bottom)
        return self.home.quotient(self.top * other.bottom + other.top * self.bottom, self.bottom * other.bottom)

    def __sub__(self, other: Ratio) -> Ratio:
        return self + -other

    def __mul__(self, other: Ratio) -> Ratio:
        if not self.top or not other.top:
            return self.home.zero
        spend(2 + len(self.top) * len(other.top) // 5)
        return self.home.quotient(self.top * other.top, self.bottom * other.bottom)

    def __truediv__(self, other: Ratio) -> Ratio:
        """The quotient; ``ZeroDivisionError`` by the zero function."""
        if not other.top:
            raise ZeroDivisionError("division by a function that is zero everywhere")
        return self.home.quotient(self.top * other.bottom, self.bottom * other.top)

    def __pow__(self, exponent: int) -> Ratio:
        up, down = (self.top, self.bottom) if exponent >= 0 else (self.bottom, self.top)
        return self.home.quotient(up ** abs(exponent), down ** abs(exponent))

    @property
    def constant(self) -> bool:
        return bool(self.top.is_constant() and self.bottom.is_constant())

    @property
    def size(self) -> int:
        """The number of monomials, above and below."""
        return len(self.top) + len(self.bottom)

    def at(self, point: Point) -> flint.fmpq:
        """The value at a rational point; ``ZeroDivisionError`` where the denominator vanishes."""
        values = tuple(point) or (flint.fmpq(0),)  # FLINT's polynomials have a variable, be it unused
        below = self.bottom(*values)
        if below == 0:
            raise ZeroDivisionError("a denominator vanishes")
        value: flint.fmpq = self.top(*values) / below
        return value

    def over(self) -> Ratio:
        """The denominator."""
        return Ratio(self.home, self.bottom, self.home.field.one)

    def factors(self) -> tuple[Fraction, list[tuple[Ratio, int]]]:
        """The number in front, and irreducible polynomials with exponents (negative: below)."""
        number, parts = factors_of(self.top)
        below, divisors = factors_of(self.bottom)
        one = self.home.field.one
        found = [(Ratio(self.home, p, one), int(k)) for p, k in parts]
        found += [(Ratio(self.home, p, one), -int(k)) for p, k in divisors]
        return as_fraction(number / below), found

    def has(self, name: str) -> bool:
        """Whether a parameter occurs."""
        i = self.home.names.index(name)
        return bool(self.top.degrees()[i] > 0 or self.bottom.degrees()[i] > 0)

    def put(self, name: str, value: Ratio) -> Ratio:
        """The same with a rational function for a parameter."""
        if not self.has(name):
            return self
        top, bottom = self.home.put(self.top, name, value), self.home.put(self.bottom, name, value)
        if not bottom:
            raise ZeroDivisionError("a denominator vanishes")
        return top / bottom

    def expression(self) -> sp.Expr:
        """The same for SymPy, factored."""
        number, parts = self.factors()
        c = sp.Rational(number.numerator, number.denominator)
        return c * sp.Mul(*(self.home.polynomial(p.top) ** k for p, k in parts))

    def raw(self) -> Raw:
        """The same as a term of the checker, factored."""
        number, parts = self.factors()
        above = [_power(self.home.field.term(p.top), k) for p, k in parts if k > 0]
        below = [_power(self.home.field.term(p.top), -k) for p, k in parts if k < 0]
        c: Any = number.numerator if number.denominator == 1 else number
        top = _product([c, *above] if number != 1 or not above else above)
        return ("/", top, _product(below)) if below else top

    def __repr__(self) -> str:
        return str(self.expression())


class Ratios:
    """The rational functions of some names.

    >>> field = Ratios(("x", "y"))
    >>> field.read(sp.sympify("x/y")) * field.read(sp.sympify("y**2 + y"))
    x*(y + 1)
    """

    def __init__(self, names: Iterable[str], symbols: Iterable[sp.Symbol] = ()) -> None:
        self.names = tuple(names)
        self.field = Field(self.names)
        known = {s.name: s for s in symbols}
        self.symbols = {x: known.get(x, sp.Symbol(x)) for x in self.names}
        self.zero = Ratio(self, self.field.one - 1, self.field.one)
        self.one = Ratio(self, self.field.one, self.field.one)

    def quotient(self, top: Polynomial, bottom: Polynomial) -> Ratio:
        """The quotient in lowest terms."""
        return Ratio(self, *self.field.reduced(top, bottom))

    def number(self, value: Fraction | int) -> Ratio:
        return Ratio(self, self.field.context.constant(flint.fmpq(value.numerator, value.denominator)), self.field.one)

    def name(self, name: str) -> Ratio:
        return Ratio(self, self.field.gens[self.names.index(name)], self.field.one)

    def read(self, e: sp.Expr) -> Ratio:
        """A SymPy expression; raises ``NotRational`` for a root or a function, or a name that is no parameter."""
        match e:
            case sp.Rational():
                return self.number(Fraction(int(e.p), int(e.q)))
            case sp.Symbol() if e.name in self.names:
                return self.name(e.name)
            case sp.Add() | sp.Mul():
                parts = [self.read(a) for a in e.args]
                out = parts[0]
                for p in parts[1:]:
                    out = out + p if isinstance(e, sp.Add) else out * p
                return out
            case sp.Pow() if isinstance(e.exp, sp.Integer) and abs(int(e.exp)) <= 60:
                base = self.read(e.base)
                if e.exp < 0 and not base:
                    raise NotRational("division by zero")
                return base ** int(e.exp)
        raise NotRational(f"{e} is no rational function of the parameters")

    def gap(self, relation: logic.Rel) -> Ratio:
        """Left side minus right side; raises ``NotRational``."""
        term = ("+", raw(relation.lhs), ("-", raw(relation.rhs)))
        try:
            field = Field([*self.names, term])
            if field.atoms != list(self.names):
                raise NotRational(f"{relation} is not rational in the parameters")
            top, bottom = field.quotient(term)
        except ZeroDenominator as error:
            raise NotRational(str(error)) from error
        return Ratio(self, top, bottom)

    def put(self, p: Polynomial, name: str, value: Ratio) -> Ratio:
        """A polynomial with a rational function for a parameter."""
        i = self.names.index(name)
        by_power: dict[int, dict[tuple[int, ...], flint.fmpq]] = {}
        for exponents, c in p.to_dict().items():
            rest = (*exponents[:i], 0, *exponents[i + 1 :])
            by_power.setdefault(int(exponents[i]), {})[rest] = c
        top, highest = self.field.one - 1, max(by_power, default=0)
        for k, part in by_power.items():
            top += self.field.context.from_dict(part) * value.top**k * value.bottom ** (highest - k)
        return self.quotient(top, value.bottom**highest)

    def coefficient(self, p: Polynomial, name: str, power: int) -> Ratio:
        """What stands before a power of a parameter in a polynomial."""
        i = self.names.index(name)
        part = {(*e[:i], 0, *e[i + 1 :]): c for e, c in p.to_dict().items() if e[i] == power}
        return Ratio(self, self.field.context.from_dict(part), self.field.one)

    def polynomial(self, p: Polynomial) -> sp.Expr:
        """A polynomial for SymPy, expanded."""
        terms = []
        for exponents, c in self.field.monomials(p):
            powers = [self.symbols[x] ** e for x, e in zip(self.names, exponents, strict=False) if e]
            terms.append(sp.Mul(sp.Rational(c.numerator, c.denominator), *powers))
        return sp.Add(*terms)


def _power(t: Raw, k: int) -> Raw:
    return t if k == 1 else ("^", t, k)


def _product(parts: list[Raw]) -> Raw:
    return parts[0] if len(parts) == 1 else ("*", *parts) if parts else 1

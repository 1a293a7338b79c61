"""Normal forms of rational functions by python-flint: SymPy's answers, some ten times sooner.

Everything here gives the expression that SymPy's function of that name gives, to the sign of every factor; what is not
made of symbols, rational numbers and whole powers is left to SymPy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from math import gcd, lcm
from typing import Any

import flint
import sympy as sp
from sympy.polys.polyutils import _sort_gens

Polynomial = Any  # flint.fmpq_mpoly
Quotient = tuple[Polynomial, Polynomial]  # not necessarily in lowest terms

LARGEST_POWER = 60  # of a sum: powers are expanded, and SymPy can keep a large one closed


class _NotRational(Exception):
    """The expression is not a rational function of commuting symbols with names of their own, or divides by zero."""


def factor(expression: sp.Expr) -> sp.Expr:
    """The expression as a product of irreducible factors over the rationals, as ``sympy.factor`` writes it."""
    try:
        top, bottom, symbols = _quotient(expression)
    except _NotRational:
        return sp.factor(expression)
    if top == 0:
        return sp.Integer(0)
    common = top.gcd(bottom)
    coefficient, parts = _factors(top / common)
    below, divisors = _factors(bottom / common)
    pieces = [(_expression(part, symbols), k) for part, k in parts]
    pieces += [(_expression(part, symbols), -k) for part, k in divisors]
    return _kept(_rational(coefficient / below), sp.Mul(*(f**k for f, k in pieces)))


def cancel(expression: sp.Expr) -> sp.Expr:
    """Numerator over denominator, coprime and expanded, as ``sympy.cancel`` writes it."""
    try:
        top, bottom, symbols = _quotient(expression)
    except _NotRational:
        return sp.cancel(expression)
    if top == 0:
        return sp.Integer(0)
    common = top.gcd(bottom)
    (up, above), (down, below) = _primitive(top / common), _primitive(bottom / common)
    ratio = above / below
    return _expression(up * ratio.p, symbols) / _expression(down * ratio.q, symbols)


def expand(expression: sp.Expr) -> sp.Expr:
    """The expression as a sum of products, as ``sympy.expand`` writes it."""
    if all(_is_power(part) for part in sp.Mul.make_args(expression)):
        return expression
    try:
        top, bottom, symbols = _quotient(expression, tuple)
    except _NotRational:
        return sp.expand(expression)
    if len(bottom.to_dict()) != 1:  # SymPy keeps a sum below as it is
        return sp.expand(expression)
    ((below, c),) = bottom.to_dict().items()
    return sp.Add(*(_monomial(up, below, k / c, symbols) for up, k in top.to_dict().items()))


def vanishes(expression: sp.Expr) -> bool:
    """Whether a rational function is 0 wherever it has a value."""
    try:
        return bool(_quotient(expression, tuple)[0] == 0)
    except _NotRational:
        return bool(sp.cancel(sp.together(expression)) == 0)


def _is_power(e: sp.Expr) -> bool:
    """Whether it is a number, a symbol, or a whole power of a symbol."""
    if isinstance(e, sp.Pow):
        return isinstance(e.base, sp.Symbol) and isinstance(e.exp, sp.Integer)
    return isinstance(e, sp.Symbol | sp.Rational)


def _rational(x: flint.fmpq) -> sp.Rational:
    return sp.Rational(int(x.p), int(x.q))


def _kept(coefficient: sp.Rational, rest: sp.Expr) -> sp.Expr:
    """The product; a number other than 1 and -1 stays in front of a sum."""
    if rest.is_Add and coefficient not in (1, -1):
        return sp.Mul(coefficient, rest, evaluate=False)
    return coefficient * rest


def _factors(p: Polynomial) -> tuple[flint.fmpq, list[tuple[Polynomial, int]]]:
    """The number in front, and primitive factors over the integers with positive leading coefficients."""
    number, found = p.factor()
    out = []
    for part, k in found:
        primitive, content = _primitive(part)
        out.append((primitive, int(k)))
        number = number * content ** int(k)
    return number, out


def _primitive(p: Polynomial) -> tuple[Polynomial, flint.fmpq]:
    """The multiple with coprime whole coefficients, the leading one positive, and the number that it was divided by."""
    coefficients = p.coeffs()
    content = flint.fmpq(gcd(*(int(c.p) for c in coefficients)), lcm(*(int(c.q) for c in coefficients)))
    content = content if p.leading_coefficient() > 0 else -content
    return p / content, content


def _quotient(
    expression: sp.Expr, in_order: Callable[[Iterable[sp.Symbol]], Iterable[sp.Symbol]] = _sort_gens
) -> tuple[Polynomial, Polynomial, tuple[sp.Symbol, ...]]:
    """Numerator, denominator, and the symbols that their variables stand for; the order decides what leads."""
    symbols = tuple(in_order(expression.free_symbols))
    if not expression.is_commutative or len({s.name for s in symbols}) < len(symbols):
        raise _NotRational  # names alone say which symbol leads
    variables, one = _variables(len(symbols))
    top, bottom = _read(expression, dict(zip(symbols, variables, strict=True)), one)
    return top, bottom, symbols


@cache
def _variables(count: int) -> tuple[tuple[Polynomial, ...], Polynomial]:
    """So many variables, the first leading, and the constant 1."""
    context = flint.fmpq_mpoly_ctx.get([f"x{i}" for i in range(count)], "lex")
    return context.gens(), context.constant(1)


def _read(e: sp.Expr, symbols: dict[sp.Symbol, Polynomial], one: Polynomial) -> Quotient:
    if isinstance(e, sp.Symbol):
        return symbols[e], one
    if isinstance(e, sp.Rational):
        return one * flint.fmpq(e.p, e.q), one
    if isinstance(e, sp.Add):
        return _sum([_read(a, symbols, one) for a in e.args])
    if isinstance(e, sp.Mul):
        top, bottom = one, one
        for a in e.args:
            up, down = _read(a, symbols, one)
            top, bottom = top * up, bottom * down
        return top, bottom
    if isinstance(e, sp.Pow) and isinstance(e.exp, sp.Integer):
        power = abs(int(e.exp))
        if power > LARGEST_POWER:
            raise _NotRational
        up, down = _read(e.base, symbols, one)
        if e.exp < 0:
            up, down = down, up
        if down == 0:
            raise _NotRational
        return up**power, down**power
    raise _NotRational


def _sum(parts: Iterable[Quotient]) -> Quotient:
    """The sum over a common denominator, which parts with the same one share."""
    by_bottom: list[Quotient] = []
    for up, down in parts:
        for i, (top, bottom) in enumerate(by_bottom):
            if bottom == down:
                by_bottom[i] = (top + up, bottom)
                break
        else:
            by_bottom.append((up, down))
    top, bottom = by_bottom[0]
    for up, down in by_bottom[1:]:
        common = bottom.gcd(down)
        left, right = down / common, bottom / common
        top, bottom = top * left + up * right, bottom * left
    return top, bottom


def _expression(p: Polynomial, symbols: tuple[sp.Symbol, ...]) -> sp.Expr:
    below = (0,) * len(symbols)
    return sp.Add(*(_monomial(up, below, c, symbols) for up, c in p.to_dict().items()))


def _monomial(
    up: tuple[int, ...], down: tuple[int, ...], number: flint.fmpq, symbols: tuple[sp.Symbol, ...]
) -> sp.Expr:
    powers = (s ** int(k - j) for s, k, j in zip(symbols, up, down, strict=True) if k != j)
    return sp.Mul(_rational(number), *powers)

"""Domains: where a statement is claimed to hold, as an ordered chain of bounds plus further relations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sympy as sp

from verify.derivations.exact import exact
from verify.derivations.relations import Formula, Relation, replace_symbols, symbols_of


@dataclass(frozen=True)
class Bound:
    """The range of one symbol; its ends may use the symbols bounded before it. ``None`` is an infinite end."""

    symbol: sp.Symbol
    lower: sp.Expr | None = None
    lower_closed: bool = False
    upper: sp.Expr | None = None
    upper_closed: bool = False

    def __post_init__(self) -> None:
        for name in ("lower", "upper"):
            object.__setattr__(self, name, exact(getattr(self, name)))

    def relations(self) -> tuple[Relation, ...]:
        out = []
        if self.lower is not None:
            out.append(Relation(self.lower, "<=" if self.lower_closed else "<", self.symbol))
        if self.upper is not None:
            out.append(Relation(self.symbol, "<=" if self.upper_closed else "<", self.upper))
        return tuple(out)


def positive(symbol: sp.Symbol) -> Bound:
    return Bound(symbol, lower=sp.Integer(0))


def nonnegative(symbol: sp.Symbol) -> Bound:
    return Bound(symbol, lower=sp.Integer(0), lower_closed=True)


def at_least(symbol: sp.Symbol, lower: sp.Expr | int) -> Bound:
    return Bound(symbol, lower=lower, lower_closed=True)


def above(symbol: sp.Symbol, lower: sp.Expr | int) -> Bound:
    return Bound(symbol, lower=lower)


def between(symbol: sp.Symbol, lower: sp.Expr | int, upper: sp.Expr | int) -> Bound:
    """lower < symbol < upper."""
    return Bound(symbol, lower=lower, upper=upper)


def free(symbol: sp.Symbol) -> Bound:
    return Bound(symbol)


@dataclass(frozen=True)
class Domain:
    """A chain of bounds, and relations that are not bounds on one symbol (such as V_H + V_E + Delta > 0)."""

    bounds: tuple[Bound, ...]
    extra: tuple[Formula, ...] = ()

    def __post_init__(self) -> None:
        for name in ("bounds", "extra"):
            if isinstance(getattr(self, name), list):
                object.__setattr__(self, name, tuple(getattr(self, name)))

    @property
    def symbols(self) -> tuple[sp.Symbol, ...]:
        return tuple(b.symbol for b in self.bounds)

    def hypotheses(self) -> tuple[Formula, ...]:
        return tuple(r for b in self.bounds for r in b.relations()) + self.extra

    def __add__(self, bounds: Bound | tuple[Bound, ...]) -> Domain:
        """The domain with further bounds; a bound on a symbol that has one already replaces it, at the end."""
        new = (bounds,) if isinstance(bounds, Bound) else bounds
        names = {b.symbol for b in new}
        return Domain(tuple(b for b in self.bounds if b.symbol not in names) + new, self.extra)

    def where(self, *formulas: Formula) -> Domain:
        return Domain(self.bounds, self.extra + formulas)

    def restrict(self, keep: set[sp.Symbol]) -> Domain:
        """The bounds of the symbols in ``keep`` and of the symbols that those bounds mention."""
        needed = set(keep)
        for b in reversed(self.bounds):
            if b.symbol in needed:
                for r in b.relations():
                    needed |= symbols_of(r)
        return Domain(
            tuple(b for b in self.bounds if b.symbol in needed),
            tuple(f for f in self.extra if symbols_of(f) <= needed),
        )

    def at(self, values: Mapping[sp.Symbol, sp.Expr]) -> Domain:
        """The domain after a symbol is given a value: its own bounds are dropped, the others are rewritten."""
        bounds = []
        for b in self.bounds:
            if b.symbol in values:
                continue
            lower = None if b.lower is None else b.lower.xreplace(values)
            upper = None if b.upper is None else b.upper.xreplace(values)
            bounds.append(Bound(b.symbol, lower, b.lower_closed, upper, b.upper_closed))
        return Domain(tuple(bounds), tuple(replace_symbols(f, values) for f in self.extra))

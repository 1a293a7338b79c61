"""A symbol may tell SymPy no more than the claim says: its assumptions have to follow from the domain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import sympy as sp
from sympy.core.facts import InconsistentAssumptions

from verify.claims.fields import Fields
from verify.claims.statement import WITHOUT_SYMBOLS, Limit, MatrixIdentity, Monotone
from verify.derivations.relations import Relation, symbols_of
from verify.runtime.errors import Malformed

_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def check_assumptions(claim: Fields) -> None:
    """``Malformed`` for two symbols of one name, and for an assumption that does not follow from the domain.

    In the language a variable is a real number or an integer, and everything else is a hypothesis. So a symbol may be
    plain, real or integer, and beyond that only what its bounds and the relations with numbers imply.
    """
    known: dict[str, sp.Symbol] = {}
    for field, s in _symbols(claim):
        other = known.setdefault(s.name, s)
        if other != s:
            hint = f"make one symbol {s.name} and use it everywhere"
            raise Malformed(field, f"there are two symbols {s.name}, {_shown(other)} and {_shown(s)}", hint)
    if isinstance(claim.statement, WITHOUT_SYMBOLS) or all(not _more(s) for s in known.values()):
        return
    implied = _implied(claim)
    for s in known.values():
        surplus = _more(s)
        if isinstance(claim.statement, Monotone) and s == claim.statement.second:
            follows = implied.get(claim.statement.variable, {})
        else:
            follows = implied.get(s, {})
        wrong = [fact for fact in surplus if follows.get(fact) != surplus[fact]]
        if wrong:
            said = ", ".join(f"{k}={v}" for k, v in s._assumptions_orig.items())
            hint = f'write sp.Symbol("{s.name}", real=True), or integer=True, and the rest in the domain'
            raise Malformed("domain", f"that {s.name} is {said} does not follow from the domain", hint)


def _symbols(claim: Fields) -> Iterator[tuple[str, sp.Symbol]]:
    """The symbols of a claim and where they stand, in a fixed order."""
    for b in claim.domain.bounds:
        yield "domain", b.symbol
        for r in b.relations():
            yield from (("domain", s) for s in _ordered(symbols_of(r)))
    for f in claim.domain.extra:
        yield from (("domain", s) for s in _ordered(symbols_of(f)))
    s = claim.statement
    for variable in (getattr(s, "variable", None), getattr(s, "second", None)):
        if variable is not None:
            yield "statement", variable
    found: set[sp.Symbol] = set()
    if isinstance(s, MatrixIdentity):
        found = {x for side in (s.lhs, s.rhs) for k in side.terms.values() for x in k.free_symbols}
    elif isinstance(s, Limit):
        found = set(s.expression.free_symbols | s.value.free_symbols)
    elif not isinstance(s, WITHOUT_SYMBOLS):
        found = symbols_of(s.formula())
    yield from (("statement", x) for x in _ordered(found))
    for symbol, value in claim.at:
        yield "at", symbol
        yield from (("at", x) for x in _ordered(value.free_symbols))


def _ordered(symbols: Iterable[sp.Symbol]) -> list[sp.Symbol]:
    return sorted(symbols, key=lambda s: (s.name, str(sorted(s.assumptions0.items()))))


def _shown(s: sp.Symbol) -> str:
    return f"({', '.join(f'{k}={v}' for k, v in s._assumptions_orig.items()) or 'no assumption'})"


def _facts(**assumptions: bool) -> dict[str, Any]:
    return dict(sp.Symbol("_", **assumptions).assumptions0)


def _more(s: sp.Symbol) -> dict[str, Any]:
    """What SymPy takes from a symbol beyond that it is a real number, or an integer."""
    base = _facts(integer=True) if s.is_integer else _facts(real=True)
    return {k: v for k, v in s.assumptions0.items() if base.get(k) != v}


# ---------------------------------------------------------------- what the domain implies


def _implied(claim: Fields) -> dict[sp.Symbol, dict[str, Any]]:
    """Facts about each symbol, from its bounds (in their order), relations with numbers, and values in ``at``."""
    proxies: dict[sp.Symbol, sp.Expr] = {}
    out: dict[sp.Symbol, dict[str, Any]] = {}

    def add(symbol: sp.Symbol, signs: dict[str, bool]) -> None:
        kind = {"integer": True} if symbol.is_integer else {"real": True}
        try:
            out[symbol] = _facts(**kind, **signs)
        except InconsistentAssumptions:
            raise Malformed(f"domain, {symbol}", "its hypotheses contradict each other", "") from None
        proxies[symbol] = sp.Dummy(symbol.name, **kind, **signs)

    for b in claim.domain.bounds:
        if b.symbol not in claim.fixed:
            relations = [*b.relations(), *(f for f in claim.domain.extra if isinstance(f, Relation))]
            add(b.symbol, _signs(b.symbol, relations, proxies))
    s = claim.statement
    if isinstance(s, Limit):  # near where it tends the variable is positive
        add(s.variable, {"positive": True})
    for symbol, value in claim.at:
        there = value.xreplace(proxies)
        add(symbol, {k: True for k in ("positive", "negative", "nonzero") if getattr(there, f"is_{k}")})
    return out


def _signs(symbol: sp.Symbol, relations: list[Relation], proxies: dict[sp.Symbol, sp.Expr]) -> dict[str, bool]:
    """Whether the relations that compare the symbol with something of a known sign settle its own sign."""
    found: dict[str, bool] = {}
    for r in relations:
        op, other = str(r.op), r.rhs
        if r.rhs == symbol:
            op, other = _MIRRORED.get(r.op, r.op), r.lhs
        elif r.lhs != symbol:
            continue
        if not other.free_symbols <= set(proxies):
            continue  # nothing is settled yet about what it is compared with
        e = other.xreplace(proxies)
        if (op == ">" and e.is_nonnegative) or (op in (">=", "==") and e.is_positive):
            found["positive"] = True
        elif op in (">=", "==") and e.is_nonnegative:
            found["nonnegative"] = True
        if (op == "<" and e.is_nonpositive) or (op in ("<=", "==") and e.is_negative):
            found["negative"] = True
        elif op in ("<=", "==") and e.is_nonpositive:
            found["nonpositive"] = True
        if op == "!=" and e.is_zero:
            found["nonzero"] = True
    return found

"""Units: both sides of every relation of a claim must have the same unit."""

from __future__ import annotations

import sympy as sp

from verify.claims.claim import Claim
from verify.claims.statement import Limit, MatrixIdentity, Spatial
from verify.claims.units import DimensionError, Units
from verify.derivations.relations import symbols_of
from verify.evidence.results import Evidence
from verify.language.verdict import Verdict


def units(claim: Claim) -> Evidence | None:
    """None where the units agree or a symbol has none; evidence against the claim where they differ.

    The names of a claim about vectors are its own, so that they have none.
    """
    if isinstance(claim.statement, Spatial):
        return None
    try:
        _check(claim)
    except DimensionError as error:
        return Evidence("units", Verdict.INCONCLUSIVE, f"the units do not agree: {error}")
    except LookupError:
        return None
    return None


def reads(claim: Claim, slot: str) -> dict[str, object]:
    """What the route takes from the theory besides the claim: the units of symbols and letters, or None."""
    if isinstance(claim.statement, Spatial):
        return {}
    table = Units(claim.setting)
    found: dict[str, object] = {symbol.name: _unit(symbol, table) for symbol in _symbols(claim)}
    s = claim.statement
    if isinstance(s, MatrixIdentity):
        letters = {**s.lhs.letters, **s.rhs.letters}
        found |= {f"letter {name}": str(claim.setting.letters.get(name)) for name in letters}
    return found


def _unit(symbol: sp.Symbol, table: Units) -> str | None:
    try:
        return str(table.of_symbol(symbol))
    except LookupError:
        return None


def _symbols(claim: Claim) -> set[sp.Symbol]:
    s = claim.statement
    if isinstance(s, MatrixIdentity):
        return {x for side in (s.lhs, s.rhs) for k in side.terms.values() for x in k.free_symbols}
    problem = claim.problem()
    found = {x for f in problem.hypotheses for x in symbols_of(f)}
    if isinstance(s, Limit):
        return found | {x for e in (s.expression, s.value) for x in e.xreplace(claim.fixed).free_symbols}
    return found | (symbols_of(problem.goal) if problem.goal is not None else set())


def _check(claim: Claim) -> None:
    s, table = claim.statement, Units(claim.setting)
    if isinstance(s, MatrixIdentity):
        left, right = table.of_matrix(s.lhs), table.of_matrix(s.rhs)
        if left != right:
            raise DimensionError(f"{s.name} has the unit {left}, {s.rhs} has {right}")
        return
    problem = claim.problem()
    for formula in problem.hypotheses:
        table.check(formula)
    if isinstance(s, Limit):
        left, right = table.of(s.expression.xreplace(claim.fixed)), table.of(s.value.xreplace(claim.fixed))
        if None not in (left, right) and left != right:
            raise DimensionError(f"an expression of unit {left} can't tend to one of unit {right}")
    elif problem.goal is not None:
        table.check(problem.goal)

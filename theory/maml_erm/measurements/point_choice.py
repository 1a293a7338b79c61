"""Where a claim is compared with the definition: the family of points that its symbols ask for, and its domain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

import sympy as sp

from theory.maml_erm.claims.limits import many_samples
from theory.maml_erm.formulas import symbols as sy
from theory.maml_erm.formulas.mixture import sigma_g
from theory.maml_erm.measurements import measured_expressions, points
from theory.maml_erm.measurements.balls import compile_term
from theory.maml_erm.measurements.checks import Check, compile_formula, sigma_g_reached, twin
from theory.maml_erm.measurements.quantities import Point
from verify.claims.claim import Claim, second
from verify.claims.statement import Limit, Monotone
from verify.derivations.relations import symbols_of


def points_of(claim: Claim) -> Iterator[Point]:
    """The points of a claim's family that can be in its domain; the hypotheses are checked with measured values."""
    symbols = _symbols(claim)
    if {sy.l_H, sy.l_E} & symbols:
        yield from points.pairs_of_spectra()
    elif sy.t_S in symbols:
        yield from points.shapes()
    elif {sy.l, sy.L} & symbols:
        yield from points.spectra()
    elif isinstance(claim.statement, Monotone) and claim.statement.variable == sy.rho:
        yield from points.curvatures()
    elif sy.rho in symbols:
        yield from points.one_task()
    elif sy.W in symbols:
        yield from (p.at(rho_E=p.table["rho_H"]) for p in points.mixtures() if p.table["d"] < 2**30)
    else:
        yield from _mixture_points(claim, symbols)


def _symbols(claim: Claim) -> set[sp.Symbol]:
    s = claim.statement
    found = set(claim.relevant_domain.symbols) | (symbols_of(claim.formula) if claim.formula is not None else set())
    return found | ({s.second} if isinstance(s, Monotone) else set())


def _mixture_points(claim: Claim, symbols: set[sp.Symbol]) -> Iterator[Point]:
    found: Iterable[Point] = points.mixtures()
    if sy.alpha in claim.fixed or many_samples() in _parts(claim):
        found = points.at_inverse(found)
    s = claim.statement
    if sy.n in symbols:
        found = points.with_other_batches(found)
    if isinstance(s, Monotone) and s.variable == sy.m:
        found = points.with_more_samples(found)
    elif isinstance(s, Monotone) and s.variable == sy.nu:
        found = (p.at(nu=x, nu_2=y) for p in found for x, y in ((0, Fraction(1, 2)), (Fraction(1, 2), 3)))
    elif second(sy.m) in symbols:
        found = (p.at(d_2=k * (p.table["d"] + 1) - 1, m_2=k * p.table["m"]) for p in found for k in (2, 5))
    if sy.x in symbols:
        found = points.with_odds(found, second=isinstance(s, Monotone))
    elif sigma_g in symbols:
        found = points.with_gain_reached(found)
    elif sy.g in symbols:
        found = points.with_gain_asked(found)
    return iter(found)


def _parts(claim: Claim) -> set[sp.Expr]:
    s = claim.statement
    return {many_samples()} if claim.id.startswith("L2") or (isinstance(s, Limit) and s.variable == sy.r) else set()


def _at_twin(check: Check, s: Monotone) -> Check:
    """The same asked where the variable has its second value."""
    return lambda p, t: check(twin(p, s), t)


def hypotheses_of(claim: Claim) -> list[Check]:
    table = {**measured_expressions.parameters(), **measured_expressions.ATOMS, sigma_g: sigma_g_reached}
    own = claim.relevant_domain.hypotheses()
    out = [compile_formula(f, table) for f in own]
    s = claim.statement
    if isinstance(s, Monotone):
        variable = compile_term(s.variable, table)
        out += [_at_twin(check, s) for check in out if s.variable != sy.x]
        out.append(lambda p, t: bool(variable(p) < variable(twin(p, s))))
    return out

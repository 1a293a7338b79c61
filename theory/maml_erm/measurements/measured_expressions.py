"""Which measured quantity stands for which expression of the theory.

``definition_side`` maps whole SymPy expressions (the gain, a risk, an odds with its formula written out) and atoms to
functions that measure them; ``parameters`` maps raw symbols to their exact values.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import sympy as sp

from theory.maml_erm.claims.limits import many_samples
from theory.maml_erm.formulas import methods
from theory.maml_erm.formulas import symbols as sy
from theory.maml_erm.formulas.choice import alpha_star
from theory.maml_erm.formulas.expressions import atoms, expand_atoms, expressions
from theory.maml_erm.formulas.mixture import (
    G,
    a,
    at_position,
    b,
    b_n,
    floor,
    gain,
    h_E,
    h_H,
    isotropic_weight,
    kappa,
    m_star,
    position,
    q,
    risk_on_segment,
    s_E,
    s_H,
    sigma,
    sigma_g,
    sigma_inf,
    sigma_K,
)
from theory.maml_erm.formulas.spectrum import d_eff, residual_in_direction
from theory.maml_erm.measurements import quantities as by
from theory.maml_erm.measurements.balls import Ball, Source, Unmeasurable, exact
from theory.maml_erm.measurements.quantities import Point
from verify.claims.claim import second

X_2 = sp.Symbol("x_2", real=True)


def _steps(point: Point) -> int:
    return int(point.table["K"])


def _odds_at(point: Point, which: int) -> Point:
    """The point at which the free odds x are realised."""
    if which >= len(point.odds):
        raise Unmeasurable("no odds are realised here")
    alpha, m = point.odds[which]
    return point.at(alpha=alpha, m=m)


def _sigma(point: Point) -> Ball:
    return by.odds(by.weight_maml(point))


def _residual(point: Point, curvature: str, steps: int = 1) -> Ball:
    v = point.table
    rho = v[curvature]
    return by.class_weight(rho, v["alpha"], int(v["d"]), by.samples(point), steps) / exact(rho)


def _direction(point: Point, which: str) -> Ball:
    if point.spectra is None:
        raise Unmeasurable("no spectrum")
    return by.direction(point.spectra, which, point.spectra.directions[0], point.table["alpha"], by.samples(point))


ATOMS: dict[sp.Symbol, Source] = {
    s_H: lambda p: by.weight_of(p, "rho_H"),
    s_E: lambda p: by.weight_of(p, "rho_E"),
    a: by.weight_erm,
    b: by.weight_maml,
    b_n: lambda p: by.weight_maml(p, int(p.table["n"])),
    kappa: lambda p: by.odds(by.weight_erm(p)),
    sigma: _sigma,
    sigma_inf: by.limit_odds,
    m_star: by.threshold,
    G: by.gain,
    d_eff: by.effective_dimension,
    h_H: lambda p: _residual(p, "rho_H"),
    h_E: lambda p: _residual(p, "rho_E"),
    alpha_star: by.best_step,
    q: lambda p: _residual(p, "rho_E") / _residual(p, "rho_H"),
    sigma_K: lambda p: by.odds(by.weight_maml(p, None, _steps(p))),
}
GAIN_AT_ODDS = {
    sy.x: lambda p: by.gain(_odds_at(p, 0)),
    X_2: lambda p: by.gain(_odds_at(p, 1)),
    sigma_inf: lambda p: by.gain(p, by.FAR),
    sigma_g: lambda p: by.gain(p, p.gain_at),
    sigma_K: lambda p: by.gain(p, None, _steps(p)),
    kappa * q**sy.K: lambda p: by.gain(p, None, _steps(p)),
    kappa * q ** (sy.K + 1): lambda p: by.gain(p, None, _steps(p) + 1),
}


@cache
def definition_side() -> Mapping[sp.Expr, Source]:
    """Every expression that can be measured, atoms included."""
    found: dict[sp.Expr, Source] = dict(ATOMS)
    for value, source in GAIN_AT_ODDS.items():
        found[gain().scalar.xreplace({sigma: value})] = source
    written = expand_atoms(sigma)
    d_2, m_2 = second(sy.d), second(sy.m)
    found[written] = _sigma
    found[written.xreplace({sy.d: d_2, sy.m: m_2})] = lambda p: _sigma(p.at(d=p.table["d_2"], m=p.table["m_2"]))
    erm, maml, ours = (at_position(w) for w in (a, b_n, b))
    found[erm] = lambda p: by.risk(p, "erm")
    found[maml] = lambda p: by.risk(p, "maml")
    found[ours] = lambda p: by.risk(p, "maml_m")
    found[erm / ours] = by.gain
    found[floor().scalar] = by.noise_floor
    found[risk_on_segment().scalar] = lambda p: by.risk(p, "c")
    found[expressions()["gain.with_floor"].value] = lambda p: by.gain(p, None, 1, True)
    found[1 + many_samples()] = lambda p: by.gain(p, by.FAR)
    for method in (methods.maml(), methods.maml_fresh(), methods.fomaml(), methods.reptile(), methods.imaml()):
        found[method.isotropic.scalar] = _weight_of(method.name)
    residual = isotropic_weight("maml", sy.rho_H, sy.m).scalar.xreplace({sy.rho_H: sy.rho}) / sy.rho
    found[residual] = lambda p: _residual(p, "rho")
    found[position().scalar.xreplace({sy.W_H: sy.W, sy.W_E: sy.W})] = lambda p: by.weight_maml(p)
    along = residual_in_direction().scalar
    found[along] = lambda p: _direction(p, "hard")
    factor = along / sy.l
    for which, value, trace in (("hard", sy.l_H, sy.t_H), ("easy", sy.l_E, sy.t_E)):
        found[factor.xreplace({sy.l: value, sy.t: trace})] = _direction_per(which, value.name)
    return found


def _weight_of(method: str) -> Source:
    return lambda p: by.method_weight(p, method)


def _direction_per(which: str, eigenvalue: str) -> Source:
    return lambda p: _direction(p, which) / exact(p.table[eigenvalue])


def _parameter(name: str) -> Source:
    return lambda p: by.raw(name, p)


@cache
def parameters() -> Mapping[sp.Expr, Source]:
    """The raw symbols; x and x_2 are odds that some number of samples realises, g may be a measured gain minus 1."""
    found: dict[sp.Expr, Source] = {}
    for quantity in sy.VOCABULARY.values():
        found[quantity.symbol] = _parameter(quantity.name)
        twin = second(quantity.symbol)
        found[twin] = _parameter(twin.name)
    found[sy.x] = lambda p: _sigma(_odds_at(p, 0))
    found[X_2] = lambda p: _sigma(_odds_at(p, 1))
    found[sy.g] = lambda p: by.gain(p, p.gain_at) - 1 if p.gain_at is not None else by.raw("g", p)
    # The weights of two classes of tasks are those of MAML; a weight that all share only cancels.
    found[sy.W_H], found[sy.W_E] = ATOMS[s_H], ATOMS[s_E]
    found[sy.W] = ATOMS[s_H]
    return found


@cache
def definitions() -> Mapping[sp.Symbol, sp.Expr]:
    """What the theory says of every atom, in the raw parameters and, for sigma_g, in kappa."""
    return {s: (e.value if s == sigma_g else expand_atoms(e.value)) for s, e in atoms().items()}

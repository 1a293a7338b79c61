"""Choices: the step size that gains most, and the odds that other methods put on the easy mean."""

from __future__ import annotations

from functools import cache

import sympy as sp

from theory.maml_erm.formulas.mixture import isotropic_weight, odds, residual_ratio, s_E, s_H
from theory.maml_erm.formulas.symbols import W_E, W_H, alpha, d, m, n, rho_E, rho_H
from verify.derivations.derivation import Derivation
from verify.derivations.relations import gt, ne

alpha_star = sp.Symbol("alpha_star", real=True)

_here, _there, _step = sp.symbols("q_1 q_2 alpha_2", real=True)
METHODS = {"fomaml": "first-order MAML", "reptile": "Reptile", "imaml": "iMAML"}


@cache
def ratio_at(step: sp.Symbol) -> Derivation:
    """q, the easy over the hard residual factor, in the raw parameters at a step size."""
    weights = {s: isotropic_weight("maml", curvature, m) for s, curvature in ((s_H, rho_H), (s_E, rho_E))}
    raw = (
        residual_ratio()
        .as_start(f"q at {step}", "easy over hard residual factor")
        .then("substitute_scalars", "the MAML weights", values=weights)
    )
    return raw if step == alpha else raw.then("substitute_scalars", f"alpha = {step}", values={alpha: step})


@cache
def best_step() -> Derivation:
    """alpha*: the step size at which q, and with it sigma, is smallest; the smaller root of its derivative."""
    # The factor 2 m (rho_H - rho_E), which is not 0, cancels: what is left is a quadratic with B < 0 < C.
    quotient = (_here - _there) / ((alpha - _step) * 2 * m * (rho_H - rho_E))
    return (
        Derivation("alpha_star", quotient, "difference quotient of q, up to a factor")
        .then("substitute_scalars", "q at two step sizes", values={_here: ratio_at(alpha), _there: ratio_at(_step)})
        .then("factor", "the differences of step sizes and of curvatures cancel")
        .then("substitute_scalars", "the derivative: the step sizes are the same", values={_step: alpha})
        .then("numerator", "where it vanishes", (gt(s_H, 0), ne(m, 0)))
        .then("smaller_quadratic_root", "the smaller root", unknown=alpha, by=(m, d))
    )


@cache
def odds_of(method: str) -> Derivation:
    """The odds of the easy mean for the solution of a method of ``METHODS``."""
    values = {W: isotropic_weight(method, curvature, n) for W, curvature in ((W_H, rho_H), (W_E, rho_E))}
    start = odds().as_start(f"odds of {METHODS[method]}", "the odds for class weights W_H, W_E")
    return start.then("substitute_scalars", f"weights of {METHODS[method]}", values=values)

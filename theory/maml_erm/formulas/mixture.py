"""The easy/hard mixture: its named quantities, each derived once from the definitions.

``s_H`` and ``s_E`` are the MAML weights of the two classes at m samples, ``a`` and ``b`` the weights that ERM and MAML
put on mu_H, ``kappa`` and ``sigma`` the odds (1-a)/a and (1-b)/b. They are atoms: larger formulas are written in them.
"""

from __future__ import annotations

from functools import cache

import sympy as sp

from theory.maml_erm.formulas import methods, risk
from theory.maml_erm.formulas.losses import adapted_error, batch_laws, v
from theory.maml_erm.formulas.symbols import (
    V_E,
    V_H,
    W_E,
    W_H,
    Delta,
    K,
    alpha,
    c,
    d,
    eps,
    g,
    m,
    n,
    p,
    rho,
    rho_E,
    rho_H,
)
from theory.maml_erm.formulas.tasks import easy_hard
from verify.derivations.derivation import Derivation
from verify.derivations.relations import Formula, gt, ne
from verify.derivations.trace_polynomials import TracePolynomial

s_H, s_E = sp.symbols("s_H s_E", real=True)
a, b, b_n, kappa, sigma, q = sp.symbols("a b b_n kappa sigma q", real=True)
m_star, sigma_g, sigma_inf, sigma_K = sp.symbols("m_star sigma_g sigma_inf sigma_K", real=True)


@cache
def isotropic_weight(name: str, curvature: sp.Symbol, samples: sp.Symbol) -> Derivation:
    """The weight of a method at curvature rho_H or rho_E."""
    method: methods.Method = getattr(methods, name)() if name in ("erm", "imaml") else getattr(methods, name)(samples)
    return method.isotropic.then("substitute_scalars", f"rho = {curvature}", values={rho: curvature})


@cache
def position() -> Derivation:
    """The weight on mu_H of a solution with class weights W_H, W_E, from stationarity along mu_H - mu_E."""
    conditions: tuple[Formula, ...] = (gt(p * W_H + (1 - p) * W_E, 0),)
    return (
        Derivation(
            "weight on mu_H",
            p * W_H * (c - 1) + (1 - p) * W_E * c,
            "stationarity: sum_i pi_i W_i (w - mu_i) at w = c mu_H + (1-c) mu_E, in units of mu_H - mu_E",
        )
        .then("solve_linear", "solve for c", conditions, unknown=c)
        .then("group", "group", variables=(W_H, W_E))
    )


@cache
def solution_weight(name: str, samples: sp.Symbol = m) -> Derivation:
    """The weight on mu_H of a method, in the raw parameters."""
    values = {
        W_H: isotropic_weight(name, rho_H, samples).scalar,
        W_E: isotropic_weight(name, rho_E, samples).scalar,
    }
    return position().then("substitute_scalars", f"weights of {name}", values=values).retitled(f"weight.{name}")


def _odds(title: str, low: sp.Expr, high: sp.Expr) -> Derivation:
    x = sp.Symbol("x", real=True)
    return (
        Derivation(title, (1 - x) / x, "odds of the easy mean, (1 - weight)/weight")
        .then("substitute_scalars", position().title, values={x: position().scalar})
        .then("factor", "simplify")
        .then("substitute_scalars", "weights of the method", values={W_H: low, W_E: high})
    )


@cache
def odds_erm() -> Derivation:
    return _odds("kappa", isotropic_weight("erm", rho_H, m).scalar, isotropic_weight("erm", rho_E, m).scalar)


@cache
def odds_maml() -> Derivation:
    return _odds("sigma", s_H, s_E)


@cache
def risk_on_segment() -> Derivation:
    """X1: E_m at w = c mu_H + (1-c) mu_E."""
    env = easy_hard()
    value = risk.on_segment(env, (s_H, s_E), (c - 1, c))
    return Derivation("E_m on the segment between the class means", value, "average of the class risks")


def at_position(where: sp.Expr) -> sp.Expr:
    """E_m at a given weight on mu_H."""
    return risk_on_segment().scalar.xreplace({c: where})


@cache
def floor() -> Derivation:
    one = risk.floor_of_task().scalar
    env = easy_hard()
    total = sp.Add(*(t.probability * one.xreplace({rho: t.covariance}) for t in env.tasks))
    return Derivation("floor", total, "average over tasks of the part of the risk that does not depend on w").then(
        "factor", "factor"
    )


@cache
def gain() -> Derivation:
    """X2: E_m(ERM)/E_m(MAML) in kappa, sigma, V_H, V_E and Delta."""
    return (
        Derivation("gain", at_position(a) / at_position(b), "definition: E_m at the ERM solution over E_m at MAML's")
        .then(
            "substitute_scalars",
            "a = 1/(1+kappa), b = 1/(1+sigma) and s_E = sigma p s_H/(1-p), the definitions of kappa and sigma solved",
            (ne(1 - p, 0), ne(1 + kappa, 0), ne(1 + sigma, 0)),
            values={a: 1 / (1 + kappa), b: 1 / (1 + sigma), s_E: sigma * p * s_H / (1 - p)},
        )
        .then("group", "p s_H cancels", (ne(p * s_H, 0),), variables=(Delta, V_H, V_E))
    )


def gain_denominator() -> sp.Expr:
    return sp.fraction(gain().scalar)[1]


@cache
def gain_limit() -> Derivation:
    """The gain as m tends to infinity, for any step size."""
    return (
        gain().then("substitute_scalars", "sigma tends to sigma_inf", values={sigma: sigma_inf}).retitled("gain.limit")
    )


@cache
def sigma_limit() -> Derivation:
    return raw_sigma().then("limit_at_infinity", "m to infinity", variable=m).retitled("sigma_inf")


@cache
def raw_sigma() -> Derivation:
    """sigma in the raw parameters."""
    values = {s_H: isotropic_weight("maml", rho_H, m).scalar, s_E: isotropic_weight("maml", rho_E, m).scalar}
    return odds_maml().then("substitute_scalars", "the MAML weights", values=values)


@cache
def threshold() -> Derivation:
    """m*: the number of test samples at which sigma = kappa."""
    low, high = isotropic_weight("maml", rho_H, m).scalar, isotropic_weight("maml", rho_E, m).scalar
    return (
        Derivation("threshold", high / rho_E - low / rho_H, "sigma = kappa means s_E/rho_E = s_H/rho_H")
        .then("factor", "factor", (ne(m, 0),))
        .then("numerator", "clear denominators")
        .then("solve_linear", "linear in m", unknown=m)
        .then("group", "group by alpha", variables=(alpha,))
    )


@cache
def odds_for_gain() -> Derivation:
    """sigma_g: the value of sigma in (0, kappa) at which the gain is 1 + g."""
    return (
        Derivation("sigma_g", gain().scalar - 1 - g, "gain = 1 + g")
        .then("numerator", "clear denominators", (gt(gain_denominator(), 0),))
        .then("smaller_quadratic_root", "the root in (0, kappa)", unknown=sigma, by=(Delta, g))
    )


@cache
def samples_for_gain() -> Derivation:
    """m_g: the number of test samples at which sigma = sigma_g."""
    low, high = isotropic_weight("maml", rho_H, m).scalar, isotropic_weight("maml", rho_E, m).scalar
    return (
        Derivation(
            "samples_for_gain",
            kappa * (high / rho_E) - sigma_g * (low / rho_H),
            "sigma = sigma_g, where sigma/kappa = (s_E/rho_E)/(s_H/rho_H)",
        )
        .then("numerator", "clear denominators", (ne(m, 0),))
        .then("solve_linear", "linear in m", unknown=m)
        .then("group", "group by kappa and sigma_g", variables=(sigma_g, kappa))
    )


@cache
def hardness() -> Derivation:
    """H0: gradient steps needed to shrink the error of a task by the factor eps, for 0 < alpha rho < 1."""
    level = sp.Symbol("x", real=True)
    mean_step = (
        Derivation("K gradient steps", TracePolynomial.letter(v).scale(level), "the error so far is x times the first")
        .then("substitute_letters", "one gradient step", v=adapted_error(n))
        .then("expect", "population gradient: the mean over the batch", laws=batch_laws(n))
        .then("coefficient_of_vector", "the matrix in front of v", letter=v)
        .then("substitute_letters", "Sigma = rho I", Sigma=TracePolynomial.identity(d).scale(rho))
        .then("multiple_of_identity", "only multiples of the identity are left")
        .then("iterate", "induction on K from x = 1", unknown=level, start=sp.Integer(1), times=K)
    )
    return Derivation("hardness", mean_step.scalar - eps, "contraction after K steps = eps").then(
        "solve_exponent", "solve for K", base=mean_step.scalar.base, unknown=K
    )

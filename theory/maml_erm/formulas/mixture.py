"""The easy/hard mixture: its named quantities, each derived once from the definitions.

``s_H`` and ``s_E`` are the MAML weights of the two classes at m samples, ``a`` and ``b`` the weights that ERM and MAML
put on mu_H, ``kappa`` and ``sigma`` the odds (1-a)/a and (1-b)/b. They are atoms: larger formulas are written in them.
"""

from __future__ import annotations

from functools import cache

import sympy as sp

from theory.maml_erm.formulas import methods, risk
from theory.maml_erm.formulas.losses import adapted_error, batch_laws, v
from theory.maml_erm.formulas.solutions import CANDIDATE, TASK_OPTIMUM, TASK_WEIGHT, task_objective
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
from theory.maml_erm.formulas.tasks import MU_E, MU_H, easy_hard
from verify.derivations.derivation import Derivation
from verify.derivations.relations import Formula, gt, ne
from verify.derivations.trace_polynomials import Letter, TracePolynomial

s_H, s_E = sp.symbols("s_H s_E", real=True)
a, b, b_n, kappa, sigma, q = sp.symbols("a b b_n kappa sigma q", real=True)
m_star, sigma_g, sigma_inf, sigma_K = sp.symbols("m_star sigma_g sigma_inf sigma_K", real=True)
h_H, h_E, G = sp.symbols("h_H h_E G", real=True)

# Names that derivations use for what they insert.
_x, _hard, _easy, _odds, _kappa = sp.symbols("x f_H f_E odds_MAML odds_ERM", real=True)
_risk_a, _risk_b, _floor, _gain, _shrink = sp.symbols("E_a E_b floor gain C_K", real=True)


@cache
def isotropic_weight(name: str, curvature: sp.Symbol, samples: sp.Symbol) -> Derivation:
    """The weight of a method at curvature rho_H or rho_E."""
    method: methods.Method = getattr(methods, name)() if name in ("erm", "imaml") else getattr(methods, name)(samples)
    start = method.isotropic.as_start(f"{method.isotropic.title}, at {curvature}", "the weight at Sigma = rho I")
    return start.then("substitute_scalars", f"rho = {curvature}", values={rho: curvature})


@cache
def position() -> Derivation:
    """The weight on mu_H of a solution with class weights W_H, W_E, from stationarity over all of R^d."""
    e, delta = Letter("e", d, sp.Integer(1)), risk.DIRECTION
    easy, one, shift, xi = (TracePolynomial.letter(letter) for letter in (MU_E, e, delta, risk.XI))
    identity = TracePolynomial.identity(d)
    classes = tuple(
        (task.probability, {TASK_WEIGHT.name: identity.scale(weight), TASK_OPTIMUM.name: task.optimum + xi})
        for task, weight in zip(easy_hard().tasks, (W_H, W_E), strict=True)
    )
    conditions: tuple[Formula, ...] = (gt(p * W_H + (1 - p) * W_E, 0),)
    return (
        task_objective()
        .then("gradient", "gradient in w", letter=CANDIDATE)
        .then("average_over_classes", "hard tasks have weight W_H I, easy tasks W_E I; w_i* = mu + xi", classes=classes)
        .then("expect", "xi has mean zero inside its class", laws=risk.OPTIMA)
        .then("substitute_letters", "w = mu_E + e, mu_H = mu_E + delta", w=easy + one, mu_H=easy + shift)
        .then("solve_multiple_of_identity", "stationarity; solve for e", conditions, unknown=e)
        .then("coefficient_of_vector", "e is a multiple of delta: w = c mu_H + (1-c) mu_E", letter=delta)
        .then("multiple_of_identity", "the multiple is c")
        .then("group", "group", variables=(W_H, W_E))
        .retitled("weight on mu_H")
    )


def _weights(name: str, samples: sp.Symbol) -> dict[sp.Symbol, Derivation]:
    return {W: isotropic_weight(name, rho_c, samples) for W, rho_c in ((W_H, rho_H), (W_E, rho_E))}


@cache
def solution_weight(name: str, samples: sp.Symbol = m) -> Derivation:
    """The weight on mu_H of a method, in the raw parameters."""
    start = position().as_start(f"weight.{name}", "the weight on mu_H for class weights W_H, W_E")
    return start.then("substitute_scalars", f"weights of {name}", values=_weights(name, samples))


@cache
def maml_position() -> Derivation:
    """The weight on mu_H of MAML that is trained with the m samples of the test, in s_H and s_E."""
    start = position().as_start("weight.maml_m", "the weight on mu_H for class weights W_H, W_E")
    return start.then("substitute_scalars", "weights of MAML", values={W_H: s_H, W_E: s_E})


@cache
def odds() -> Derivation:
    """The odds (1-c)/c of the easy mean, for class weights W_H and W_E."""
    return (
        Derivation("odds", (1 - _x) / _x, "odds of the easy mean, (1 - weight)/weight")
        .then("substitute_scalars", position().title, values={_x: position()})
        .then("factor", "simplify")
    )


@cache
def odds_erm() -> Derivation:
    start = odds().as_start("kappa", "the odds for class weights W_H, W_E")
    return start.then("substitute_scalars", "weights of ERM", values=_weights("erm", m))


@cache
def odds_maml() -> Derivation:
    start = odds().as_start("sigma", "the odds for class weights W_H, W_E")
    return start.then("substitute_scalars", "weights of MAML", values={W_H: s_H, W_E: s_E})


@cache
def fresh_weight(name: sp.Symbol, curvature: sp.Symbol) -> Derivation:
    """The weight of MAML with K fresh steps of m samples, in the weight of one step, called ``name``."""
    return (
        methods.fresh_step(m)
        .as_start(f"weight of MAML with K fresh steps at {curvature}", "one more fresh step, a the weight before it")
        .then("substitute_scalars", f"rho = {curvature}", values={rho: curvature})
        .then(
            "name_factor", f"{name} is the weight of one step", name=name, value=isotropic_weight("maml", curvature, m)
        )
        .then(
            "iterate",
            "induction on K from the loss, the weight of ERM",
            unknown=methods.LEVEL,
            start=isotropic_weight("erm", curvature, m),
            times=K,
        )
    )


@cache
def odds_fresh() -> Derivation:
    """sigma_K: the odds of the easy mean for MAML with K fresh steps."""
    values = {W_H: fresh_weight(s_H, rho_H), W_E: fresh_weight(s_E, rho_E)}
    start = odds().as_start("sigma_K", "the odds for class weights W_H, W_E")
    return start.then("substitute_scalars", "weights of MAML with K fresh steps", values=values)


@cache
def residual_factor(name: sp.Symbol, weight: sp.Symbol, curvature: sp.Symbol) -> Derivation:
    """h: the factor that one inner step leaves of a task's weight."""
    before = sp.Symbol("before", real=True)
    return Derivation(f"{name}", weight / before, "the factor that one inner step leaves of the weight of a task").then(
        "substitute_scalars",
        "before the step, the weight of ERM",
        values={before: isotropic_weight("erm", curvature, m)},
    )


@cache
def residual_ratio() -> Derivation:
    """q: the factor that one inner step leaves of a task's weight, easy over hard."""
    names = sp.symbols("h_hard h_easy", real=True)
    factors = (residual_factor(h_H, s_H, rho_H), residual_factor(h_E, s_E, rho_E))
    return Derivation("q", names[1] / names[0], "ratio of the factors that one inner step leaves of the weights").then(
        "substitute_scalars", "the two factors", values=dict(zip(names, factors, strict=True))
    )


@cache
def risk_on_segment() -> Derivation:
    """X1: E_m at w = c mu_H + (1-c) mu_E."""
    hard, easy = easy_hard().tasks
    classes = {
        _hard: risk.on_segment(hard, MU_H, s_H, isotropic_weight("maml", rho_H, m)),
        _easy: risk.on_segment(easy, MU_E, s_E, isotropic_weight("maml", rho_E, m)),
    }
    total = hard.probability * _hard + easy.probability * _easy
    return Derivation("E_m on the segment between the class means", total, "average of the class risks").then(
        "substitute_scalars", "the risk of each class", values=classes
    )


@cache
def risk_at(where: sp.Symbol) -> Derivation:
    """E_m at a given weight on mu_H."""
    start = risk_on_segment().as_start(f"E_m at {where}", "E_m at w = c mu_H + (1-c) mu_E")
    return start.then("substitute_scalars", f"c = {where}", values={c: where})


def at_position(where: sp.Symbol) -> sp.Expr:
    """E_m at a given weight on mu_H, as a number."""
    return risk_at(where).scalar


@cache
def floor() -> Derivation:
    hard, easy = easy_hard().tasks
    values = {
        f: risk.floor_of_task()
        .as_start(f"floor of a task with covariance {t.covariance} I", "the floor at Sigma = rho I")
        .then("substitute_scalars", f"rho = {t.covariance}", values={rho: t.covariance})
        for f, t in ((_hard, hard), (_easy, easy))
    }
    total = hard.probability * _hard + easy.probability * _easy
    return (
        Derivation("floor", total, "average over tasks of the part of the risk that does not depend on w")
        .then("substitute_scalars", "the floor of each class", values=values)
        .then("factor", "factor")
    )


@cache
def weight_with_odds(value: sp.Symbol) -> Derivation:
    """The weight on mu_H at which the odds of the easy mean are a given number."""
    return (
        Derivation(f"weight with odds {value}", (1 - _x) / _x - value, "odds of the easy mean, (1 - weight)/weight")
        .then("numerator", "clear denominators", (ne(_x, 0),))
        .then("solve_linear", "solve for the weight", (ne(1 + value, 0),), unknown=_x)
    )


@cache
def easy_weight() -> Derivation:
    """s_E in sigma and s_H: the definition of sigma, solved."""
    return (
        Derivation("s_E with odds sigma", _odds - sigma, "sigma is the odds of MAML's solution")
        .then("substitute_scalars", odds_maml().title, values={_odds: odds_maml()})
        .then("numerator", "clear denominators", (ne(p * s_H, 0),))
        .then("solve_linear", "solve for s_E", (ne(1 - p, 0),), unknown=s_E)
    )


def in_odds() -> dict[sp.Symbol, Derivation]:
    """The atoms that the odds kappa and sigma determine, with the easy weight written in the hard one."""
    return {a: weight_with_odds(kappa), b: weight_with_odds(sigma), s_E: easy_weight()}


@cache
def gain() -> Derivation:
    """X2: E_m(ERM)/E_m(MAML) in kappa, sigma, V_H, V_E and Delta."""
    return (
        Derivation("gain", _risk_a / _risk_b, "definition: E_m at the ERM solution over E_m at MAML's")
        .then("substitute_scalars", "the two risks", values={_risk_a: risk_at(a), _risk_b: risk_at(b)})
        .then(
            "substitute_scalars",
            "a and b have the odds kappa and sigma, and s_E is the one with odds sigma",
            values=in_odds(),
        )
        .then("group", "p s_H cancels", (ne(p * s_H, 0),), variables=(Delta, V_H, V_E))
    )


@cache
def gain_mismatch() -> Derivation:
    """The gain of MAML that is trained with n samples and tested with m; below 1 where it loses to ERM."""
    return Derivation(
        "gain.mismatch", _risk_a / _risk_b, "definition: E_m at the ERM solution over E_m at MAML's, trained with n"
    ).then("substitute_scalars", "the two risks", values={_risk_a: risk_at(a), _risk_b: risk_at(b_n)})


@cache
def gain_with_floor() -> Derivation:
    """The ratio of the excess risks with the floor kept."""
    values = {_risk_a: risk_at(a), _risk_b: risk_at(b), _floor: floor()}
    return Derivation(
        "gain.with_floor",
        (_risk_a + _floor) / (_risk_b + _floor),
        "definition: ratio of the excess risks with the floor kept",
    ).then("substitute_scalars", "the two risks and the floor", values=values)


def gain_denominator() -> sp.Expr:
    return sp.fraction(gain().scalar)[1]


@cache
def gain_limit() -> Derivation:
    """The gain as m tends to infinity, for any step size."""
    start = gain().as_start("gain.limit", "the gain in kappa and sigma")
    return start.then("substitute_scalars", "sigma tends to sigma_inf", values={sigma: sigma_inf})


@cache
def gain_fresh() -> Derivation:
    """The gain with K fresh steps in training and at test: the weights of K steps enter by their odds only."""
    start = gain().as_start("gain.fresh", "the gain in kappa and sigma")
    return start.then("substitute_scalars", "K fresh steps in training and at test", values={sigma: sigma_K})


@cache
def sigma_limit() -> Derivation:
    start = raw_sigma().as_start("sigma_inf", "sigma in the parameters")
    return start.then("limit_at_infinity", "m to infinity", variable=m)


def _raw() -> dict[sp.Symbol, Derivation]:
    """The MAML weights in the raw parameters."""
    return {s_H: isotropic_weight("maml", rho_H, m), s_E: isotropic_weight("maml", rho_E, m)}


@cache
def raw_sigma() -> Derivation:
    """sigma in the raw parameters."""
    start = odds_maml().as_start("sigma in the parameters", "sigma in s_H and s_E")
    return start.then("substitute_scalars", "the MAML weights", values=_raw())


@cache
def threshold() -> Derivation:
    """m*: the number of test samples at which sigma = kappa."""
    return (
        Derivation("threshold", _odds - _kappa, "sigma = kappa")
        .then("substitute_scalars", "sigma and kappa", values={_odds: raw_sigma(), _kappa: odds_erm()})
        .then("numerator", "clear denominators", (ne(m, 0), gt(p * s_H, 0)))
        .then("solve_linear", "linear in m", unknown=m)
        .then("group", "group by alpha", variables=(alpha,))
    )


@cache
def odds_for_gain() -> Derivation:
    """sigma_g: the value of sigma in (0, kappa) at which the gain is 1 + g."""
    return (
        Derivation("sigma_g", _gain - 1 - g, "gain = 1 + g")
        .then("substitute_scalars", "the gain", values={_gain: gain()})
        .then("numerator", "clear denominators", (gt(gain_denominator(), 0),))
        .then("smaller_quadratic_root", "the root in (0, kappa)", unknown=sigma, by=(Delta, g))
    )


@cache
def hard_share() -> Derivation:
    """p in kappa: the definition of kappa, solved."""
    return (
        Derivation("p with odds kappa", _kappa - kappa, "kappa is the odds of ERM's solution")
        .then("substitute_scalars", odds_erm().title, values={_kappa: odds_erm()})
        .then("numerator", "clear denominators", (ne(p * rho_H, 0),))
        .then("solve_linear", "solve for p", unknown=p)
    )


@cache
def samples_for_gain() -> Derivation:
    """m_g: the number of test samples at which sigma = sigma_g."""
    return (
        Derivation("samples_for_gain", _odds - sigma_g, "sigma = sigma_g")
        .then("substitute_scalars", "sigma", values={_odds: raw_sigma()})
        .then("substitute_scalars", "p in kappa", values={p: hard_share()})
        .then("numerator", "clear denominators", (ne(m, 0), gt(s_H, 0)))
        .then("solve_linear", "linear in m", unknown=m)
        .then("group", "group by kappa and sigma_g", variables=(sigma_g, kappa))
    )


@cache
def hardness() -> Derivation:
    """H0: gradient steps needed to shrink the error of a task by the factor eps, for 0 < alpha rho < 1."""
    level = methods.LEVEL
    mean_step = (
        Derivation("K gradient steps", TracePolynomial.letter(v).scale(level), "the error so far is a times the first")
        .then("substitute_letters", "one gradient step", v=adapted_error(n))
        .then("expect", "population gradient: the mean over the batch", laws=batch_laws(n))
        .then("coefficient_of_vector", "the matrix in front of v", letter=v)
        .then("substitute_letters", "Sigma = rho I", Sigma=TracePolynomial.identity(d).scale(rho))
        .then("multiple_of_identity", "only multiples of the identity are left")
        .then("iterate", "induction on K from a = 1", unknown=level, start=sp.Integer(1), times=K)
    )
    return (
        Derivation("hardness", _shrink - eps, "contraction after K steps = eps")
        .then("substitute_scalars", mean_step.title, values={_shrink: mean_step})
        .then("solve_exponent", "solve for K", base=mean_step.scalar.base, unknown=K)
    )

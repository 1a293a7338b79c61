"""The named closed forms of the easy/hard mixture: what ``verify eval`` evaluates and every claim is written in.

Each has one definition, derived in ``theory.maml_erm.formulas.mixture`` or ``theory.maml_erm.formulas.methods``. Some
are atoms: they have a symbol of their own (kappa, sigma, ...), and other formulas use that symbol instead of the
definition.
"""

from __future__ import annotations

from functools import cache

import sympy as sp

from theory.maml_erm.formulas import choice, domains, finite_data, mixture, optimisation, spectrum, task_data
from theory.maml_erm.formulas.mixture import (
    G,
    a,
    b,
    b_n,
    h_E,
    h_H,
    isotropic_weight,
    kappa,
    m_star,
    odds_for_gain,
    q,
    risk_on_segment,
    s_E,
    s_H,
    sigma,
    sigma_g,
    sigma_inf,
    sigma_K,
    solution_weight,
)
from theory.maml_erm.formulas.symbols import (
    CURVATURE,
    N_E,
    N_H,
    RISK,
    STEP,
    V_E,
    V_H,
    VOCABULARY,
    W_E,
    W_H,
    WEIGHT,
    Delta,
    T,
    V,
    beta,
    c,
    k_o,
    m,
    n,
    nu,
    p,
    rho_E,
    rho_H,
)
from verify.claims.domain import Domain, at_least, nonnegative, positive
from verify.claims.quantities import NONE
from verify.claims.setting import NamedExpression, Setting
from verify.derivations.derivation import Derivation
from verify.derivations.relations import lt


@cache
def _own() -> Setting:
    """Symbols and named expressions alone: what these formulas and the claims about them are written in."""
    return Setting(vocabulary=VOCABULARY, expressions=lambda: (*_atoms(), *_closed_forms()))


def expressions() -> dict[str, NamedExpression]:
    """All named expressions, by name, in reading order."""
    return _own().named


def atoms() -> dict[sp.Symbol, NamedExpression]:
    """The named expressions that have a symbol of their own; each uses only those before it."""
    return _own().atoms


def expand_atoms(expression: sp.Expr) -> sp.Expr:
    """Replace every atom by its definition, down to the parameters."""
    return _own().expand(expression)


def _atoms() -> tuple[NamedExpression, ...]:
    low, high = (isotropic_weight("maml", curvature, m) for curvature in (rho_H, rho_E))
    base, wide = domains.MIXTURE, domains.MIXTURE_ANY_STEP

    def dimensionless(
        symbol: sp.Symbol, name: str, latex: str, meaning: str, derivation: Derivation, domain: Domain, claim: str
    ) -> NamedExpression:
        return NamedExpression(name, latex, meaning, NONE, derivation, domain, symbol, claim)

    weights = (
        NamedExpression(
            str(symbol), str(symbol), f"MAML weight of {task} task, m samples", CURVATURE, derivation, wide, symbol,
            defined_by="S0.maml.classes",
        )
        for symbol, task, derivation in ((s_H, "a hard", low), (s_E, "an easy", high))
    )  # fmt: skip
    factors = (
        dimensionless(
            symbol, f"residual.{which}", str(symbol), f"factor that one inner step leaves of the weight of {task} task",
            mixture.residual_factor(symbol, weight, curvature), wide, "T5.residual",
        )
        for symbol, which, task, weight, curvature in (
            (h_H, "hard", "a hard", s_H, rho_H),
            (h_E, "easy", "an easy", s_E, rho_E),
        )
    )  # fmt: skip
    trained = "weight of MAML on mu_H when it is trained with the m samples of the test"
    return (
        *weights,
        dimensionless(a, "weight.erm", "a", "weight of ERM on mu_H", solution_weight("erm"), base, "S0.solution.erm"),
        dimensionless(b, "weight.maml_m", "b", trained, mixture.maml_position(), wide, "X1.minimiser"),
        dimensionless(
            b_n, "weight.maml", "b_n", "weight of MAML on mu_H", solution_weight("maml", n), wide, "S0.solution.maml"
        ),
        dimensionless(kappa, "kappa", r"\kappa", "odds of the easy mean, ERM", mixture.odds_erm(), base, "X1.odds"),
        dimensionless(sigma, "sigma", r"\sigma", "odds of the easy mean, MAML", mixture.odds_maml(), wide, "X1.odds"),
        dimensionless(
            G,
            "gain",
            "G",
            "gain E_m(ERM) / E_m(MAML), MAML trained with the m samples of the test",
            mixture.gain(),
            domains.GAIN,
            "X2.definition",
        ),
        dimensionless(
            sigma_inf,
            "sigma_inf",
            r"\sigma_\infty",
            "limit of sigma as m grows",
            mixture.sigma_limit(),
            wide,
            "L0.sigma",
        ),
        dimensionless(
            m_star, "threshold", "m^{*}", "samples at which sigma = kappa", mixture.threshold(), base, "T1.product"
        ),
        dimensionless(
            sigma_g,
            "sigma_g",
            r"\sigma_g",
            "value of sigma at gain 1 + g",
            odds_for_gain(),
            domains.GAIN_ASKED,
            "T3.root",
        ),
        dimensionless(
            q,
            "residual_ratio",
            "q",
            "easy over hard residual factor s/rho",
            mixture.residual_ratio(),
            wide,
            "T5.factor",
        ),
        *factors,
        dimensionless(
            sigma_K,
            "sigma.fresh",
            r"\sigma_K",
            "odds of the easy mean, MAML with K fresh steps",
            mixture.odds_fresh(),
            wide,
            "T5.fresh",
        ),
        dimensionless(
            spectrum.d_eff,
            "d_eff",
            r"d_{\mathrm{eff}}",
            "effective dimension of a covariance, tr(Sigma^2)/||Sigma||^2",
            spectrum.effective_dimension(),
            domains.COVARIANCE,
            "D.range",
        ),
        NamedExpression(
            "step.best",
            r"\alpha^{*}",
            "step size at which sigma is smallest",
            STEP,
            choice.best_step(),
            domains.AT_INVERSE,
            choice.alpha_star,
            "ALPHA.root",
        ),
    )


def _closed_forms() -> tuple[NamedExpression, ...]:
    wide = domains.MIXTURE_ANY_STEP
    start = risk_on_segment().title

    def risk_at(name: str, where: sp.Symbol, meaning: str) -> NamedExpression:
        # The solution of n samples is told from that of the m samples of the test, which is MAML_m.
        trained = "_n" if where == b_n else ""
        latex = rf"\mathcal E_m(\mathrm{{{name.split('.')[1].upper()}}}{trained})"
        return NamedExpression(
            name, latex, f"{start}, at the {meaning}", RISK, mixture.risk_at(where), wide, None, "X1"
        )

    weights = [
        NamedExpression(f"weight.{name}", latex, f"weight of {title} on mu_H", NONE, solution_weight(name, n), domain)
        for name, latex, title, domain in (
            ("fomaml", r"b_{\mathrm{FO}}", "first-order MAML", domains.FIRST_ORDER),
            ("reptile", r"b_{\mathrm{R}}", "Reptile with K fresh steps", domains.FIRST_ORDER),
            ("imaml", r"b_{\mathrm{i}}", "iMAML", wide),
            ("maml_fresh", "b_K", "MAML with K fresh steps of n samples", wide),
        )
    ]
    return (
        *weights,
        risk_at("risk.erm", a, "ERM solution"),
        risk_at("risk.maml", b_n, "MAML solution, trained with n samples"),
        NamedExpression(
            "risk.maml_m",
            r"\mathcal E_m(\mathrm{MAML}_m)",
            f"{start}, at the MAML solution, trained with the m samples of the test",
            RISK,
            mixture.risk_at(b),
            wide,
            None,
            "X1",
        ),
        NamedExpression("risk.segment", r"\mathcal E_m(c)", start, RISK, risk_on_segment(), wide, None, "X1"),
        *_finite_data(),
        *_noise(),
        NamedExpression(
            "floor",
            r"\Phi_m",
            "part of the excess risk that no w changes",
            RISK,
            mixture.floor(),
            wide,
            None,
            "X3.floor",
        ),
        NamedExpression(
            "gain.mismatch",
            "G_n",
            "gain E_m(ERM) / E_m(MAML), MAML trained with n samples",
            NONE,
            mixture.gain_mismatch(),
            domains.GAIN,
            None,
            "X1",
        ),
        NamedExpression(
            "gain.with_floor", r"G_\nu", "gain with the floor kept", NONE, mixture.gain_with_floor(), domains.GAIN
        ),
        NamedExpression(
            "gain.limit", r"G_\infty", "gain as m grows", NONE, mixture.gain_limit(), domains.GAIN_LIMIT, None, "L0"
        ),
        NamedExpression(
            "gain.fresh",
            "G_K",
            "gain with K fresh steps in training and at test",
            NONE,
            mixture.gain_fresh(),
            domains.GAIN,
        ),
        NamedExpression(
            "samples_for_gain",
            "m_g",
            "samples at which the gain is 1 + g",
            NONE,
            mixture.samples_for_gain(),
            Domain(domains.GAIN_ASKED.bounds, (*domains.GAIN_ASKED.extra, lt(sigma_inf, sigma_g))),
            None,
            "T3.samples",
        ),
        NamedExpression(
            "hardness",
            r"k_\varepsilon",
            "gradient steps until the error has shrunk to eps of its start",
            NONE,
            mixture.hardness(),
            domains.STEPS,
            None,
            "H0.steps",
        ),
    )


def _noise() -> tuple[NamedExpression, ...]:
    """How much the stochastic gradients on one isotropic task scatter, and how far they keep a parameter off."""
    rest = tuple(b for b in domains.REST if b.symbol in (p, V_H, V_E, Delta, c))
    stationary = NamedExpression(
        "stationary",
        r"V_\infty",
        "mean square error that constant steps beta on one sampled task each end at",
        WEIGHT**2,
        optimisation.stationary_square(),
        Domain((positive(W_H), positive(W_E), positive(beta), *rest)),
        None,
        "OPT.sgd.stationary",
    )
    return stationary, *(
        NamedExpression(
            f"noise.{name}",
            rf"S_{{\mathrm{{{title}}}}}",
            f"variance of the stochastic gradient of {title} on one task of curvature rho, at the squared distance V",
            CURVATURE**2 * WEIGHT**2,
            optimisation.gradient_variance(name),
            domains.ONE_TASK + at_least(k_o, 1) + nonnegative(V) + nonnegative(nu),
            None,
            f"OPT.noise.{name}",
        )
        for name, title in (("erm", "ERM"), ("maml", "MAML"))
    )


def _finite_data() -> tuple[NamedExpression, ...]:
    """What the solutions on T sampled tasks cost on average, and how they scatter as T grows."""
    domain = domains.MIXTURE_ANY_STEP + positive(T)
    out = [
        NamedExpression(
            "risk.sampled",
            r"\mathcal E_N(c)",
            "expected E_m of the solution on N_H hard and N_E easy sampled tasks with weight c on mu_H",
            RISK,
            finite_data.sampled_risk(),
            domains.MIXTURE_ANY_STEP + positive(N_H) + positive(N_E),
            None,
            "C1.risk",
        )
    ]
    for name, title, own, trained in (("erm", "ERM", a, a), ("maml", "MAML", b, b_n)):
        method = r"\mathrm{" + title + "}"
        out += [
            NamedExpression(
                f"risk.sampled.{name}",
                rf"\mathcal E_m({method}_T)",
                f"expected E_m of the {title} solution on T sampled tasks, p T of them hard",
                RISK,
                finite_data.stratified_risk(own),
                domain,
                None,
                "C1.risk",
            ),
            NamedExpression(
                f"scatter.{name}",
                rf"\mathcal S({method})",
                f"limit of T/2 E ||w_T - w||^2 in the norm of E_m, w_T the {title} solution on T sampled tasks",
                RISK,
                finite_data.scatter_in_risk(name, own),
                domains.MIXTURE_ANY_STEP,
                None,
                f"C1.clt.{name}",
            ),
            NamedExpression(
                f"covariance.{name}",
                rf"\mathcal C({method})",
                f"trace of the limit covariance of {title} on sampled tasks with n inner and k_o outer samples each",
                WEIGHT**2,
                task_data.covariance(name, trained),
                domains.MIXTURE_ANY_STEP + at_least(k_o, 1),
                None,
                f"C1.samples.{name}",
            ),
        ]
    return tuple(out)

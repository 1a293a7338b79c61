"""Plausible but false: statements that somebody might write down, each of which must be refuted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import sympy as sp

from theory.maml_erm.claims import omega_mixture
from theory.maml_erm.claims.limits import many_samples
from theory.maml_erm.claims.moments import I, S, step_second_moment
from theory.maml_erm.formulas.domains import AT_INVERSE, MIXTURE, MIXTURE_ANY_STEP, ONE_TASK
from theory.maml_erm.formulas.expressions import expressions
from theory.maml_erm.formulas.methods import maml
from theory.maml_erm.formulas.mixture import G, a, b, gain_limit, kappa, m_star, sigma
from theory.maml_erm.formulas.omega import change_of_loss
from theory.maml_erm.formulas.symbols import V_E, V_H, Delta, alpha, d, g, m, n, nu, p, rho, rho_E, rho_H, theta, v_0
from verify.claims.claim import Claim, second
from verify.claims.domain import Domain, at_least, nonnegative, positive
from verify.claims.statement import Equivalence, Holds, Identity, Inequality, MatrixIdentity, Monotone
from verify.derivations.relations import ge, gt, implies, le, lt

AT = ((alpha, 1 / rho_E),)


def claims() -> Iterator[Claim]:
    for claim in _claims():
        yield replace(claim, id=f"false.{claim.id}", expected=False)


def _claims() -> Iterator[Claim]:
    many = AT_INVERSE + positive(V_H) + positive(Delta)
    yield Claim(
        "limit_at_inverse",
        "The limiting gain at alpha = 1/rho_E is 1 + Delta^2/V_H",
        Identity(gain_limit().scalar, 1 + Delta**2 / V_H),
        many,
        at=AT,
    )
    yield Claim(
        "half_of_limit",
        "m >= d + 1 suffices for half of the limiting gain",
        Holds(implies(ge(m, d + 1), ge(G - 1, many_samples() / 2))),
        many,
        at=AT,
    )
    yield Claim(
        "mismatch_harmless",
        "MAML never loses to ERM when n != m",
        Inequality(expressions()["risk.maml"].value, "<=", expressions()["risk.erm"].value),
        MIXTURE,
    )
    yield Claim(
        "closer_on_average",
        "The MAML solution is closer on average to the task optima than the ERM solution",
        Inequality(_distance(b), "<=", _distance(a)),
        AT_INVERSE,
        at=AT,
    )
    derived = step_second_moment()
    step = I - S.scale(alpha)
    yield Claim(
        "Q_with_d",
        "The isotropic MAML weight with d in place of d + 1",
        Identity(maml().isotropic.scalar, rho * ((1 - alpha * rho) ** 2 + alpha**2 * rho**2 * d / n)),
        ONE_TASK,
        derivations=(derived,),
    )
    yield Claim(
        "Q_with_trace",
        "Q with tr(Sigma) Sigma^2 in place of tr(Sigma^2) Sigma",
        MatrixIdentity(
            "E[(I - alpha Shat) Sigma (I - alpha Shat)]",
            derived.matrix,
            step * S * step + (S.trace() * S * S + S * S * S).scale(alpha**2 / n),
        ),
        derivations=(derived,),
    )
    flat = MIXTURE + positive(Delta)
    yield Claim(
        "gain_increases_in_m", "The gain increases in m", Monotone(G, m, "increasing", second(m), strict=False), flat
    )
    yield Claim(
        "limit_is_supremum",
        "No m gives more gain than the limit of many samples",
        Inequality(G, "<=", gain_limit().scalar),
        flat + positive(V_H),
    )
    yield Claim(
        "easy_packed_too",
        "A gain of 1 + g forces the easy optima to be closely packed too: V_E < Delta^2/g",
        Holds(implies(ge(G, 1 + g), lt(V_E, Delta**2 / g))),
        (flat + positive(g)).where(gt(m, m_star)),
    )
    yield Claim(
        "gain_increases_in_alpha",
        "The gain increases in alpha",
        Monotone(G, alpha, "increasing", second(alpha), strict=False),
        flat,
    )
    wrong = alpha * (d + 1) * (rho_E - rho_H) / (2 - alpha * (rho_H + rho_E))
    yield Claim(
        "threshold_difference",
        "m* with rho_E - rho_H in place of rho_E + rho_H",
        Equivalence(lt(sigma, kappa), gt(m, wrong)),
        MIXTURE,
    )
    factor = maml(m).isotropic.scalar / rho
    yield Claim(
        "sandwich_any_step",
        "The weight of MAML is at most (m+d+1)/m times the covariance whatever the step size",
        Inequality(factor, "<=", (m + d + 1) / m),
        ONE_TASK + at_least(m, 1),
    )
    yield Claim(
        "halving_with_d",
        "d samples suffice to halve the loss of a task, with the best step size",
        Holds(implies(ge(m, d), le(factor.xreplace({alpha: m / (rho * (m + d + 1))}), sp.Rational(1, 2)))),
        Domain((positive(rho), at_least(d, 1), at_least(m, 1))),
    )
    yield Claim(
        "T1_with_d",
        "MAML favours hard tasks exactly when alpha (rho_H + rho_E)(m + d) < 2 m",
        Equivalence(lt(sigma, kappa), lt(alpha * (rho_H + rho_E) * (m + d), 2 * m)),
        MIXTURE_ANY_STEP,
    )
    yield Claim(
        "help_whatever_noise",
        "Whether one step lowers the loss of a task does not depend on its label noise",
        Equivalence(lt(change_of_loss().scalar, 0), lt(alpha * rho * (m + d + 1), 2 * m)),
        Domain((positive(rho), positive(alpha), at_least(d, 1), at_least(m, 1), nonnegative(nu), positive(v_0))),
    )
    yield Claim(
        "no_gain_below_threshold",
        "With fewer than m* samples MAML gains nothing",
        Holds(implies(lt(m, m_star), le(G, 1))),
        flat,
    )
    half = {theta: sp.Rational(1, 2)}
    yield Claim(
        "half_below_threshold",
        "Half of the limiting gain needs the samples of D.sandwich.lower on both sides of m*",
        Holds(implies(omega_mixture.NEAR, ge(m, omega_mixture.LOWER[0]))),
        many,
        at=(*AT, *half.items()),
    )
    yield Claim(
        "deff_twice",
        "m >= 2 (d + 1) samples suffice for the share theta = 1/2 of the limiting gain",
        Holds(implies(ge(m, 2 * (d + 1)), omega_mixture.NEAR)),
        many,
        at=(*AT, *half.items()),
    )


def _distance(w: sp.Expr) -> sp.Expr:
    """E||w - w*||^2 at a given weight on mu_H."""
    return p * (V_H + (1 - w) ** 2 * Delta**2) + (1 - p) * (V_E + w**2 * Delta**2)

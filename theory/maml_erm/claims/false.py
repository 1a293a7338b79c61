"""Plausible but false: statements that somebody might write down, each of which must be refuted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import sympy as sp

from theory.maml_erm.claims.limits import many_samples
from theory.maml_erm.claims.moments import I, S, step_second_moment
from theory.maml_erm.claims.representation import NOISY
from theory.maml_erm.formulas import inputs
from theory.maml_erm.formulas import representation as head
from theory.maml_erm.formulas.domains import AT_INVERSE, MIXTURE, ONE_TASK
from theory.maml_erm.formulas.expressions import expressions
from theory.maml_erm.formulas.methods import maml
from theory.maml_erm.formulas.mixture import a, b, gain, gain_limit, kappa, m_star, sigma
from theory.maml_erm.formulas.same_batch import isotropic_weight
from theory.maml_erm.formulas.symbols import (
    V_E,
    V_H,
    Delta,
    V,
    alpha,
    corr,
    d,
    eta,
    g,
    k,
    k_4,
    m,
    n,
    nu,
    p,
    rho,
    rho_E,
    rho_H,
    sin2,
)
from verify.claims.claim import Claim, second
from verify.claims.domain import Domain, above, at_least, between, nonnegative, positive
from verify.claims.statement import Equivalence, Holds, Identity, Inequality, MatrixIdentity, Monotone
from verify.derivations.relations import ge, gt, implies, le, lt

G = gain().scalar
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
    yield from _inputs()
    yield from _heads()


def _inputs() -> Iterator[Claim]:
    """What is false of inputs that are not Gaussian, and of a batch that is used twice."""
    independent, elliptical = inputs.independent_weight(), inputs.elliptical_weight()
    yield Claim(
        "kurtosis_ignored",
        "The weight of MAML depends on the covariance of the inputs only, not on their kurtosis",
        Identity(independent.scalar, maml().isotropic.scalar),
        ONE_TASK + at_least(k_4, 1),
        derivations=(independent,),
    )
    yield Claim(
        "elliptical_adds",
        "Elliptical inputs count as independent coordinates of the same kurtosis, 3 eta",
        Identity(elliptical.scalar, independent.scalar.xreplace({k_4: 3 * eta})),
        ONE_TASK + at_least(eta, 1),
        derivations=(elliptical,),
    )
    one, other = (isotropic_weight(m).scalar.xreplace({rho: r}) / r for r in (rho_E, rho_H))
    yield Claim(
        "same_batch_threshold",
        "The threshold is the same for two steps on the same batch",
        Equivalence(lt(one, other), gt(m, m_star)),
        MIXTURE,
        derivations=(isotropic_weight(m),),
    )


def _heads() -> Iterator[Claim]:
    """What is false of a learned representation of which the head is adapted."""
    rank, full = head.rank_risk().scalar, head.full_risk().scalar
    plane = Domain((positive(rho), positive(alpha), at_least(n, 1), positive(V), nonnegative(nu), between(corr, -1, 1)))
    yield Claim(
        "missed_is_noise",
        "The missed part of the optimum acts as label noise whatever the covariance is",
        Identity(head.correlated_loss(), (nu**2 + rho * V) * (1 + alpha**2 * rho**2 / n) / 2),
        plane,
        derivations=(head.adapted_head(),),
    )
    seen = rho * ((1 - alpha * rho) ** 2 + alpha**2 * rho**2 * (k + 1) / m) * V * (1 - sin2)
    yield Claim(
        "missed_at_the_test_only",
        "The missed part of the optimum counts at the test only, and does no harm in the inner step",
        Identity(rank, (seen + nu**2 * (1 + alpha**2 * rho**2 * k / m) + rho * V * sin2) / 2),
        NOISY,
        derivations=(head.rank_risk(),),
    )
    yield Claim(
        "wrong_representation_loses",
        "Adapting all parameters is never worse than a head on a wrong representation",
        Inequality(full, "<=", rank),
        NOISY + between(sin2, 0, 1),
        derivations=(head.rank_risk(), head.full_risk()),
    )
    yield Claim(
        "few_samples_win",
        "At alpha = 1/rho any representation of fewer dimensions wins for m <= d - k + 1",
        Holds(implies(le(m, d - k + 1), lt(rank, full))),
        NOISY + above(d, k),
        at=((alpha, 1 / rho), (nu, sp.Integer(0))),
        derivations=(head.rank_risk(), head.full_risk()),
        note="at m = d - k + 1 a representation that is orthogonal to the right one is exactly as good",
    )


def _distance(w: sp.Expr) -> sp.Expr:
    """E||w - w*||^2 at a given weight on mu_H."""
    return p * (V_H + (1 - w) ** 2 * Delta**2) + (1 - p) * (V_E + w**2 * Delta**2)

"""Plausible but false: statements that somebody might write down, each of which must be refuted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import sympy as sp

from theory.maml_erm.claims import false_geometry, false_inputs, false_omega, false_optimisation
from theory.maml_erm.claims.limits import many_samples
from theory.maml_erm.claims.moments import I, S, step_second_moment
from theory.maml_erm.formulas.domains import AT_INVERSE, MIXTURE, ONE_TASK
from theory.maml_erm.formulas.expressions import expressions
from theory.maml_erm.formulas.methods import maml
from theory.maml_erm.formulas.mixture import G, a, b, gain_limit, kappa, m_star, sigma
from theory.maml_erm.formulas.symbols import V_E, V_H, Delta, alpha, d, g, m, n, p, rho, rho_E, rho_H
from verify.claims.claim import Claim, second
from verify.claims.domain import positive
from verify.claims.statement import Equivalence, Holds, Identity, Inequality, MatrixIdentity, Monotone
from verify.derivations.relations import ge, gt, implies, lt

AT = ((alpha, 1 / rho_E),)


def claims() -> Iterator[Claim]:
    """All of them, of every family, with the prefix of their ids."""
    for family in (_claims, false_omega.claims, false_inputs.claims, false_optimisation.claims, false_geometry.claims):
        for claim in family():
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


def _distance(w: sp.Expr) -> sp.Expr:
    """E||w - w*||^2 at a given weight on mu_H."""
    return p * (V_H + (1 - w) ** 2 * Delta**2) + (1 - p) * (V_E + w**2 * Delta**2)

"""Nearly Omega(d_eff), and false."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.claims import omega_mixture
from theory.maml_erm.formulas.domains import AT_INVERSE, MIXTURE, MIXTURE_ANY_STEP, ONE_TASK
from theory.maml_erm.formulas.methods import maml
from theory.maml_erm.formulas.mixture import G, kappa, m_star, sigma
from theory.maml_erm.formulas.omega import change_of_loss
from theory.maml_erm.formulas.symbols import V_H, Delta, alpha, d, m, nu, rho, rho_E, rho_H, theta, v_0
from verify.claims.claim import Claim
from verify.claims.domain import Domain, at_least, nonnegative, positive
from verify.claims.statement import Equivalence, Holds, Inequality
from verify.derivations.relations import ge, implies, le, lt

AT = ((alpha, 1 / rho_E),)


def claims() -> Iterator[Claim]:
    """Statements without the prefix of their ids."""
    flat = MIXTURE + positive(Delta)
    many = AT_INVERSE + positive(V_H) + positive(Delta)
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

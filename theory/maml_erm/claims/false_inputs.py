"""False statements about inputs, batches that are used twice, and learned representations."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.claims.representation import NOISY
from theory.maml_erm.formulas import inputs
from theory.maml_erm.formulas import representation as head
from theory.maml_erm.formulas.domains import MIXTURE, ONE_TASK
from theory.maml_erm.formulas.methods import maml
from theory.maml_erm.formulas.mixture import gain, m_star
from theory.maml_erm.formulas.same_batch import isotropic_weight
from theory.maml_erm.formulas.symbols import (
    V,
    alpha,
    corr,
    d,
    eta,
    k,
    k_4,
    m,
    n,
    nu,
    rho,
    rho_E,
    rho_H,
    sin2,
)
from verify.claims.claim import Claim
from verify.claims.domain import Domain, above, at_least, between, nonnegative, positive
from verify.claims.statement import Equivalence, Holds, Identity, Inequality
from verify.derivations.relations import gt, implies, le, lt

G = gain().scalar
AT = ((alpha, 1 / rho_E),)


def claims() -> Iterator[Claim]:
    """Statements without the prefix of their ids."""
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

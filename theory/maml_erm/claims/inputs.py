"""H4 and KURT: inputs that need not be Gaussian. Their fourth moment is all that one inner step sees."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.claims.moments import I, Q, S
from theory.maml_erm.claims.sources import HUANG_2022
from theory.maml_erm.formulas import inputs
from theory.maml_erm.formulas.domains import CURVATURES, MIXTURE, ONE_TASK, STEP
from theory.maml_erm.formulas.methods import maml
from theory.maml_erm.formulas.mixture import m_star
from theory.maml_erm.formulas.symbols import (
    alpha,
    d,
    eta,
    eta_E,
    eta_H,
    k_4,
    k_E,
    k_H,
    m,
    n,
    nu,
    rho,
    rho_E,
    rho_H,
)
from verify.claims.claim import Claim
from verify.claims.domain import Domain, at_least
from verify.claims.statement import Equivalence, Holds, Identity, Limit, MatrixIdentity
from verify.derivations.relations import all_of, eq, ge, gt, iff, lt
from verify.derivations.trace_polynomials import TracePolynomial

M = TracePolynomial.letter(inputs.FOURTH)
SHIFT = alpha * (rho_E + rho_H) / (2 - alpha * (rho_E + rho_H))
CLASSES = Domain((*CURVATURES, STEP, at_least(d, 1), at_least(m, 1)))


def residual(samples: sp.Expr, dimension: sp.Expr) -> sp.Expr:
    """The factor that one inner step leaves at curvature rho, for what stands in the place of d + 1."""
    return (1 - alpha * rho) ** 2 + alpha**2 * rho**2 * dimension / samples


def threshold(hard: sp.Expr, easy: sp.Expr) -> sp.Expr:
    """m* when (d + 1) is another number in each class."""
    return alpha * (rho_E**2 * easy - rho_H**2 * hard) / ((rho_E - rho_H) * (2 - alpha * (rho_H + rho_E)))


def claims() -> Iterator[Claim]:
    yield from _any_law()
    yield from _independent()
    yield from _elliptical()


def _any_law() -> Iterator[Claim]:
    step = inputs.general_step()
    kept = I - S.scale(alpha)
    yield Claim(
        "H4.Q",
        "For inputs of any law, one inner step needs only their covariance and M = E[x x^T Sigma x x^T]",
        MatrixIdentity(
            "E[(I - alpha Shat) Sigma (I - alpha Shat)]", step.matrix, kept * S * kept + (M - S**3).scale(alpha**2 / n)
        ),
        source=HUANG_2022,
        derivations=(step,),
        note="the inputs have mean zero and a finite fourth moment; that n (n - 1) of the n^2 pairs of rows are "
        "independent is where the derivation starts",
    )
    floor = inputs.general_floor()
    yield Claim(
        "H4.floor",
        "What label noise adds does not depend on the law of the inputs beyond their covariance",
        MatrixIdentity(
            "1/2 E||alpha X^T z / n||^2 in the norm of Sigma",
            floor.matrix,
            (S * S).trace().scale(alpha**2 * nu**2 / (2 * n)),
        ),
        source=HUANG_2022,
        derivations=(floor,),
    )
    gaussian = inputs.gaussian_step()
    yield Claim(
        "H4.gaussian",
        "For Gaussian inputs the general form is Q^(n)",
        MatrixIdentity("E[(I - alpha Shat) Sigma (I - alpha Shat)]", gaussian.matrix, Q(n)),
        source=HUANG_2022,
        states_with=("H4.Q", "M2"),
        derivations=(gaussian,),
    )


def _independent() -> Iterator[Claim]:
    row, pair = inputs.independent_row(), inputs.independent_pair()
    yield Claim(
        "KURT.row",
        "Independent coordinates of kurtosis k_4: a diagonal entry of E[g g^T g g^T]",
        MatrixIdentity("E[g_1^2 sum_j g_j^2]", row.matrix, TracePolynomial.scalar(d + k_4 - 1)),
        derivations=(row,),
        note="g has independent coordinates with mean 0, variance 1 and E g^4 = k_4",
    )
    yield Claim(
        "KURT.pair",
        "Independent coordinates: E[g g^T g g^T] is diagonal",
        MatrixIdentity("E[g_1 g_2 sum_j g_j^2]", pair.matrix, TracePolynomial.scalar(0)),
        derivations=(pair,),
    )
    weight = inputs.independent_weight()
    iid = ONE_TASK + at_least(k_4, 1)
    yield Claim(
        "KURT.iid",
        "Independent coordinates of kurtosis k_4: the weight of MAML has d + k_4 - 2 in the place of d + 1",
        Identity(weight.scalar, rho * residual(n, d + k_4 - 2)),
        iid,
        states_with=("H4.Q", "KURT.row", "KURT.pair"),
        derivations=(weight,),
        note="x = sqrt(rho) g; Gaussian coordinates have k_4 = 3, fair signs k_4 = 1",
    )
    yield Claim(
        "KURT.instance",
        "Kurtosis k_4 in d dimensions is Gaussian in d + k_4 - 3: what follows from the weights holds for it",
        Identity(weight.scalar, maml().isotropic.scalar.xreplace({d: d + k_4 - 3})),
        iid,
        states_with=("KURT.iid", "S0.maml.isotropic"),
        derivations=(weight, maml().isotropic),
    )
    easy, hard = (
        inputs.independent_weight(m).scalar.xreplace({rho: curvature, k_4: kurtosis}) / curvature
        for curvature, kurtosis in ((rho_E, k_E), (rho_H, k_H))
    )
    yield Claim(
        "KURT.threshold",
        "Independent coordinates: with a kurtosis for each class, MAML favours hard tasks exactly above this m*",
        Equivalence(lt(easy, hard), gt(m, threshold(d + k_H - 2, d + k_E - 2))),
        CLASSES + at_least(k_H, 1) + at_least(k_E, 1),
        states_with=("KURT.iid",),
        derivations=(inputs.independent_weight(m),),
        note="sigma < kappa means that the easy residual factor is below the hard one; where m* is not positive, "
        "every m favours hard tasks",
    )
    yield Claim(
        "KURT.common",
        "With one kurtosis for both classes, m* has d + k_4 - 2 in the place of d + 1",
        Identity(threshold(d + k_4 - 2, d + k_4 - 2), (d + k_4 - 2) * SHIFT),
        Domain((*CURVATURES, STEP, at_least(d, 1), at_least(k_4, 1))),
        states_with=("KURT.threshold",),
    )
    yield Claim(
        "KURT.fades",
        "The kurtosis of independent coordinates matters less and less as d grows: m* over the Gaussian m* tends to 1",
        Limit(threshold(d + k_4 - 2, d + k_4 - 2) / threshold(d + 1, d + 1), d, sp.oo, sp.Integer(1)),
        Domain((*CURVATURES, STEP, at_least(d, 1), at_least(k_4, 1))),
        states_with=("KURT.common", "T1"),
    )


def _elliptical() -> Iterator[Claim]:
    step, weight = inputs.elliptical_step(), inputs.elliptical_weight()
    kept = I - S.scale(alpha)
    heavy = (S * S).trace().scale(eta) * S + (S**3).scale(2 * eta - 1)
    yield Claim(
        "KURT.elliptical",
        "Elliptical inputs x = xi Sigma^(1/2) g, E xi^2 = 1, E xi^4 = eta: second moment of one inner step",
        MatrixIdentity(
            "E[(I - alpha Shat) Sigma (I - alpha Shat)]", step.matrix, kept * S * kept + heavy.scale(alpha**2 / n)
        ),
        states_with=("H4.Q",),
        derivations=(step,),
    )
    task = ONE_TASK + at_least(eta, 1)
    yield Claim(
        "KURT.elliptical.isotropic",
        "Elliptical inputs: the weight of MAML has eta (d + 2) - 1 in the place of d + 1",
        Identity(weight.scalar, rho * residual(n, eta * (d + 2) - 1)),
        task,
        states_with=("KURT.elliptical",),
        derivations=(weight,),
    )
    easy, hard = (
        inputs.elliptical_weight(m).scalar.xreplace({rho: curvature, eta: tails}) / curvature
        for curvature, tails in ((rho_E, eta_E), (rho_H, eta_H))
    )
    yield Claim(
        "KURT.elliptical.threshold",
        "Elliptical inputs: with other tails in each class, MAML favours hard tasks exactly above this m*",
        Equivalence(lt(easy, hard), gt(m, threshold(eta_H * (d + 2) - 1, eta_E * (d + 2) - 1))),
        CLASSES + at_least(eta_H, 1) + at_least(eta_E, 1),
        states_with=("KURT.elliptical.isotropic",),
        derivations=(inputs.elliptical_weight(m),),
        note="sigma < kappa means that the easy residual factor is below the hard one; where m* is not positive, "
        "every m favours hard tasks",
    )
    same = threshold(eta * (d + 2) - 1, eta * (d + 2) - 1)
    yield Claim(
        "KURT.multiplies",
        "Heavy tails multiply the dimension: m* is at least eta times what it is for Gaussian inputs",
        Holds(all_of(ge(same, eta * m_star), iff(eq(same, eta * m_star), eq(eta, 1)))),
        MIXTURE + at_least(eta, 1),
        states_with=("KURT.elliptical.threshold", "T1"),
    )

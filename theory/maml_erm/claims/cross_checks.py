"""H2, H3 and the population weights of Gao and Sener: what other papers state, as instances of the same formulas."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.claims.moments import I, S
from theory.maml_erm.claims.sources import BERNACCHIA, CHEN, GAO
from theory.maml_erm.formulas import methods as meth
from theory.maml_erm.formulas.domains import AT_INVERSE, MIXTURE_ANY_STEP, ONE_TASK
from theory.maml_erm.formulas.mixture import isotropic_weight, sigma_inf
from theory.maml_erm.formulas.solutions import (
    CANDIDATE,
    MEAN_WEIGHT,
    SOLUTION,
    TASK_OPTIMUM,
    TASK_WEIGHT,
    task_objective,
)
from theory.maml_erm.formulas.symbols import alpha, d, n, rho, rho_E, rho_H
from verify.claims.claim import Claim
from verify.claims.domain import Domain, at_least, positive
from verify.claims.statement import Holds, Identity, Limit, MatrixIdentity
from verify.derivations.relations import all_of, eq, lt
from verify.derivations.trace_polynomials import TracePolynomial
from verify.runtime.errors import present


def claims() -> Iterator[Claim]:
    """Each states in this theory's letters what the paper that is its source has in its own."""
    residual = meth.maml().isotropic
    yield Claim(
        "H2.residual",
        "The residual h = (1-a)^2 + a^2 (p+1)/n is the weight of MAML per unit of curvature",
        Identity(residual.scalar / rho, (1 - alpha * rho) ** 2 + (alpha * rho) ** 2 * (d + 1) / n),
        Domain((positive(rho), positive(alpha), at_least(d, 1), at_least(n, 1))),
        source=BERNACCHIA,
        states_with=("S0.maml.isotropic",),
        derivations=(residual,),
        note="there Sigma = I, a = alpha rho is the learning rate of the inner loop, p the dimension d",
    )
    hard, easy = (isotropic_weight("imaml", rho_c, n).scalar for rho_c in (rho_H, rho_E))
    yield Claim(
        "H3.imaml",
        "Relative weight of hard tasks: ERM less than iMAML, and iMAML less than rho_E/rho_H for every lambda",
        Holds(all_of(lt(rho_H / rho_E, hard / easy), lt(hard / easy, rho_E / rho_H))),
        MIXTURE_ANY_STEP,
        source=CHEN,
        states_with=("S0.imaml", "S0.imaml.isotropic", "S0.erm.isotropic"),
        derivations=tuple(isotropic_weight("imaml", rho_c, n) for rho_c in (rho_H, rho_E)),
        note="rho_E/rho_H is the limit as lambda tends to 0: ORD.imaml.strong",
    )
    yield Claim(
        "H3.maml",
        "MAML at alpha = 1/rho_E with many samples gives the easy tasks no weight: beyond every iMAML",
        Holds(all_of(eq(sigma_inf, 0), lt(hard / easy, rho_E / rho_H))),
        AT_INVERSE,
        source=CHEN,
        at=((alpha, 1 / rho_E),),
        states_with=("H3.imaml",),
        note="sigma_inf = 0 is an infinite relative weight of the hard tasks; that of iMAML is below rho_E/rho_H",
    )
    yield Claim(
        "GS.weight",
        "With the exact inner gradient, n to infinity, the weight of MAML is (I - alpha Sigma) Sigma (I - alpha Sigma)",
        Limit(meth.maml().isotropic.scalar, n, sp.oo, rho * (1 - alpha * rho) ** 2),
        ONE_TASK,
        source=GAO,
        states_with=("S0.maml", "S0.maml.isotropic"),
        derivations=(meth.maml().isotropic,),
        note="stated at Sigma = rho I; for any covariance it is M2 without its term in 1/n: GS.matrix",
    )
    rest = (S * S * S + (S * S).trace() * S).scale(alpha**2 / n)
    weight = present(meth.maml().weight)
    yield Claim(
        "GS.matrix",
        "The weight of MAML is that of the exact inner gradient and a term in 1/n",
        MatrixIdentity("Q^(n)", weight.matrix, (I - S.scale(alpha)) * S * (I - S.scale(alpha)) + rest),
        source=GAO,
        states_with=("M2",),
        derivations=(weight,),
    )
    gradient = (
        task_objective()
        .then("gradient", "gradient in w", letter=CANDIDATE)
        .then(
            "average_over_tasks",
            "linearity of the expectation over tasks; wbar is defined by E[W_i] wbar = E[W_i w_i*]",
            matrix=TASK_WEIGHT,
            vector=TASK_OPTIMUM,
            mean=MEAN_WEIGHT,
            solution=SOLUTION,
        )
    )
    w, wbar, A = (TracePolynomial.letter(x) for x in (CANDIDATE, SOLUTION, MEAN_WEIGHT))
    yield Claim(
        "GS.population",
        "Population solutions: E[W_i] w = E[W_i w_i*], W_i = Sigma_i for ERM and Q_i for MAML",
        MatrixIdentity("gradient of the objective averaged over tasks", gradient.matrix, A * (w - wbar)),
        source=GAO,
        states_with=("G1", "GS.matrix"),
        derivations=(gradient,),
        note="wbar = E[W_i]^-1 E[W_i w_i*], for any number of tasks, covariances and optima",
    )

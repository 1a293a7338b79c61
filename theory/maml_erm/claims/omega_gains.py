"""N1 in full generality: without hardness discrepancy no gain, for any number of tasks, covariances and optima.

The gain depends on the tasks through a few inner products, with e_i = w_i* - w_ERM and u = w_MAML - w_ERM:
q_e = E <e_i, Q_i e_i>, q_u = <u, E[Q_i] u> = E <u, Q_i e_i>, and E <u, Sigma_i e_i> = 0, which defines w_ERM. Matrices of
inner products are PSD; their principal minors are the hypotheses here. Every environment gives such numbers, whatever
the number of its tasks; the tests draw some. The spread inside a class is part of the law of w_i*.
"""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.formulas.mixture import kappa, q, sigma
from theory.maml_erm.formulas.omega import gain_any_tasks
from theory.maml_erm.formulas.symbols import (
    D,
    D_max,
    D_min,
    Lambda,
    c_1,
    c_2,
    f_e,
    f_u,
    g,
    h_1,
    h_2,
    h_e,
    h_u,
    m,
    q_e,
    q_k,
    q_u,
)
from verify.claims.claim import Claim
from verify.claims.domain import Bound, Domain, above, at_least, nonnegative, positive
from verify.claims.hints import Assume, By, Cases, Cite, Fact, Let, Rewrite, Unfold, chain
from verify.claims.statement import Holds, Identity, Inequality
from verify.derivations.relations import all_of, eq, ge, gt, implies, le

G = gain_any_tasks().scalar
# The gain exists where E_m(MAML) = (q_e - q_u)/2 is positive.
RISKS = (nonnegative(q_u), above(q_e, q_u))
ENVIRONMENT = "of any number of tasks, with any covariances and any optima"


def claims() -> Iterator[Claim]:
    yield from _sandwiched()
    yield from _sharp()
    yield from _isotropic()


def _sandwiched() -> Iterator[Claim]:
    # Principal minors of the matrices of inner products of e and u, under Q_i - c_1 Sigma_i and c_2 Sigma_i - Q_i.
    low = (ge(q_e, c_1 * f_e), ge(q_u, c_1 * f_u), ge((q_e - c_1 * f_e) * (q_u - c_1 * f_u), q_u**2))
    high = (le(q_e, c_2 * f_e), le(q_u, c_2 * f_u), ge((c_2 * f_e - q_e) * (c_2 * f_u - q_u), q_u**2))
    forms = (*RISKS, nonnegative(f_e), nonnegative(f_u))
    bound = (c_1 + c_2) ** 2 / (4 * c_1 * c_2)
    yield Claim(
        "N1.sandwiched",
        "Weights between c_1 and c_2 times the covariances gain at most (c_1 + c_2)^2/(4 c_1 c_2) over ERM",
        Inequality(G, "<=", bound),
        Domain((*forms, positive(c_1), above(c_2, c_1)), (*low, *high)),
        derivations=(gain_any_tasks(),),
        states_with=("G1",),
        note=f"an environment {ENVIRONMENT}, and any method with c_1 Sigma_i <= W_i <= c_2 Sigma_i in every task; the "
        "inner products are those of e_i = w_i* - w_ERM and u, the principal minors those under W_i - c_1 Sigma_i and "
        "c_2 Sigma_i - W_i, where e and u have the inner product E <u, W_i e_i> = <u, E[W_i] u>",
    )

"""The domains on which the theory is claimed, from wide to narrow."""

from __future__ import annotations

import sympy as sp

from theory.maml_erm.formulas.symbols import (
    V_E,
    V_H,
    Delta,
    K,
    L,
    alpha,
    c,
    d,
    eps,
    g,
    lam,
    m,
    n,
    nu,
    p,
    rho,
    rho_E,
    rho_H,
    t,
)
from verify.claims.domain import Bound, Domain, above, at_least, between, nonnegative, positive
from verify.derivations.relations import any_of, gt, ne

CURVATURES = (positive(rho_H), above(rho_E, rho_H))
ANY_STEP = positive(alpha)
STEP = between(alpha, 0, 2 / (rho_H + rho_E))
GEOMETRY = (nonnegative(V_H), nonnegative(V_E), nonnegative(Delta))
COUNTS = tuple(at_least(k, 1) for k in (d, n, m, K))
REST = (between(p, 0, 1), *COUNTS, *GEOMETRY, nonnegative(nu), positive(lam), Bound(c))

# No geometry is degenerate when at least one of the three is positive: then E_m(MAML) > 0.
NOT_TRIVIAL = gt(V_H + V_E + Delta**2, 0)

MIXTURE_ANY_STEP = Domain((*CURVATURES, ANY_STEP, *REST))
MIXTURE = Domain((*CURVATURES, STEP, *REST))
FIRST_ORDER = Domain((*CURVATURES, Bound(alpha, sp.Integer(0), False, 1 / rho_E, True), *REST))
AT_INVERSE = Domain((*CURVATURES, *REST))
GAIN = MIXTURE_ANY_STEP.where(NOT_TRIVIAL)
# At alpha = 1/rho_E the limit of sigma is 0 and the risk of MAML tends to that of the spread V_H alone; at
# alpha = 1/rho_H sigma has no limit.
GAIN_LIMIT = GAIN.where(ne(alpha * rho_H, 1), any_of(gt(V_H, 0), ne(alpha * rho_E, 1)))
GAIN_ASKED = Domain(
    (*CURVATURES, STEP, between(p, 0, 1), *COUNTS, positive(g), positive(V_H), nonnegative(V_E), positive(Delta))
)
ONE_TASK = Domain((positive(rho), positive(alpha), at_least(d, 1), at_least(n, 1), at_least(K, 1), positive(lam)))
COVARIANCE = Domain((positive(L), at_least(d, 1), Bound(t, L**2, True, d * L**2, True)))
STEPS = Domain((positive(rho), between(alpha, 0, 1 / rho), between(eps, 0, 1)))

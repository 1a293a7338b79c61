"""H1: where MAML comes to rest for any smooth losses, from the gradients of the hard and the easy tasks there.

The numbers are norms of gradients at a stationary point w. D0 is that of a task's loss at w, D1 that of its loss at
w' = w - alpha grad f(w), D2 that of f(w') as a function of w. One step multiplies the gradient by I - alpha H, H the
mean Hessian along it, and so does the chain rule, H the Hessian at w; stationarity makes p D2_H and (1-p) D2_E equal.
"""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.formulas.domains import CURVATURES, STEP
from theory.maml_erm.formulas.mixture import kappa, sigma_inf
from theory.maml_erm.formulas.symbols import L_E, L_H, alpha, beta_E, l, p, rho_E, rho_H, symbol
from verify.claims.claim import Claim
from verify.claims.domain import Bound, Domain, above, at_least, between, nonnegative, positive
from verify.claims.hints import By, Fact, Only, Proof, Sum
from verify.claims.statement import Holds, Inequality
from verify.derivations.relations import all_of, eq, ge, gt, le

NORMS = D0_H, D1_H, D2_H, D0_E, D1_E, D2_E = tuple(
    symbol(f"{name}_{task}") for task in ("H", "E") for name in ("D0", "D1", "D2")
)
SMOOTH = Domain(
    (
        positive(L_H),
        above(beta_E, L_H),
        at_least(L_E, beta_E),
        Bound(alpha, sp.Integer(0), False, 1 / L_E, True),
        between(p, 0, 1),
        *(nonnegative(x) for x in NORMS),
    )
)


def claims() -> Iterator[Claim]:
    keep, leave = 1 - alpha * L_H, 1 - alpha * beta_E
    yield Claim(
        "H1.step",
        "I - alpha H lengthens no vector by more than 1 - alpha beta and none by less than 1 - alpha L",
        Holds(all_of(le((1 - alpha * L_E) ** 2, (1 - alpha * l) ** 2), le((1 - alpha * l) ** 2, leave**2))),
        Domain(
            (
                positive(beta_E),
                at_least(L_E, beta_E),
                Bound(alpha, sp.Integer(0), False, 1 / L_E, True),
                Bound(l, beta_E, True, L_E, True),
            )
        ),
        note="l is any eigenvalue of the Hessian H; the eigenvalues of (I - alpha H)^2 are (1 - alpha l)^2",
    )
    bounds = (ge(D1_H, keep * D0_H), ge(D2_H, keep * D1_H), le(D1_E, leave * D0_E), le(D2_E, leave * D1_E))
    rest = eq(p * D2_H, (1 - p) * D2_E)
    yield Claim(
        "H1",
        "Where MAML is stationary, the gradient of the hard tasks is small against that of the easy tasks",
        Inequality(D0_H, "<=", (1 - p) / p * (leave / keep) ** 2 * D0_E),
        SMOOTH.where(*bounds, rest),
        states_with=("H1.step",),
        note="for losses with Hessians in [beta, L] along the step, L_H < beta_E and alpha <= 1/L_E: H1.step gives the "
        "four bounds between norms, stationarity the equation; the step uses the exact gradient",
        proof=_two_layers(keep, leave),
    )
    quadratic = Domain((*CURVATURES, STEP, between(p, 0, 1)))
    yield Claim(
        "H1.quadratic",
        "For isotropic quadratic losses and exact inner gradients H1 is an equality, ERM has the factor (1-p)/p",
        Holds(
            all_of(
                eq(rho_H / rho_E * sigma_inf, (1 - p) / p * ((1 - alpha * rho_E) / (1 - alpha * rho_H)) ** 2),
                eq(rho_H / rho_E * kappa, (1 - p) / p),
            )
        ),
        quadratic,
        states_with=("H1",),
        note="the gradients are rho_H (1-c) Delta and rho_E c Delta at weight c, so their ratio is rho_H/rho_E times "
        "the odds (1-c)/c",
    )


def _two_layers(keep: sp.Expr, leave: sp.Expr) -> Proof:
    """Two layers on each side, and stationarity between them."""
    hard, easy = ge(D2_H - keep**2 * D0_H, 0), ge(leave**2 * D0_E - D2_E, 0)
    both = ge((1 - p) * leave**2 * D0_E - p * keep**2 * D0_H, 0)
    return By(
        (
            Fact(gt(L_E, 0)),
            Fact(ge(1 - alpha * L_E, 0), Only((gt(L_E, 0), le(alpha, 1 / L_E)))),
            Fact(gt(keep, 0), Sum((ge(1 - alpha * L_E, 0), (gt(alpha, 0), gt(L_E - L_H, 0))))),
            Fact(ge(leave, 0), Sum((ge(1 - alpha * L_E, 0), (gt(alpha, 0), ge(L_E - beta_E, 0))))),
            Fact(hard, Sum((ge(D2_H - keep * D1_H, 0), (gt(keep, 0), ge(D1_H - keep * D0_H, 0))))),
            Fact(easy, Sum((ge(leave * D1_E - D2_E, 0), (ge(leave, 0), ge(leave * D0_E - D1_E, 0))))),
            Fact(both, Sum(((gt(p, 0), hard), (gt(1 - p, 0), easy), ge((1 - p) * D2_E - p * D2_H, 0)))),
        ),
        Only((both, gt(keep, 0), gt(p, 0))),
    )

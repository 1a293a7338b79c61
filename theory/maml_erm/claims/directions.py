"""N5: geometry is necessary where the covariances of hard and easy tasks commute, direction by direction."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.claims.geometry import SPREADS, SUMS, WEIGHTS
from theory.maml_erm.formulas.geometry import (
    SHARED_WEIGHT,
    class_with_one_weight,
    risk_in_direction,
)
from theory.maml_erm.formulas.risk import SPREAD
from theory.maml_erm.formulas.solutions import CANDIDATE
from theory.maml_erm.formulas.symbols import (
    V_H,
    W_E,
    W_H,
    D_j,
    Delta,
    M,
    N_j,
    R_j,
    T_j,
    l_E,
    l_H,
    p,
)
from theory.maml_erm.formulas.tasks import MU_H
from verify.claims.claim import Claim
from verify.claims.domain import Domain, above, nonnegative, positive
from verify.claims.hints import Assume, By, Cases, Cite, Fact, Let, Only, Rewrite, Split, Sum, Unfold, chain
from verify.claims.statement import Holds, MatrixIdentity
from verify.derivations.relations import all_of, any_of, ge, gt, implies, le, lt
from verify.derivations.trace_polynomials import TracePolynomial

# Names used inside proofs.
K_, G_, L_, F_, S_ = sp.symbols("K_j G_j L_j F_j S_j", real=True)


def claims() -> Iterator[Claim]:
    """l_H, l_E, W_H, W_E, Delta, V_H, V_E are those of one common eigenvector."""
    derived = class_with_one_weight()
    w, mu, Q, C = (TracePolynomial.letter(x) for x in (CANDIDATE, MU_H, SHARED_WEIGHT, SPREAD))
    yield Claim(
        "N5.class",
        "Risk of a class whose tasks share one covariance: 1/2 ||w - mu||^2 in the norm Q, and 1/2 tr(Q C)",
        MatrixIdentity(
            "E_m of the class", derived.matrix, ((w - mu).T * Q * (w - mu) + (Q * C).trace()).scale(sp.Rational(1, 2))
        ),
        derivations=(derived,),
        note="C is the covariance of the optima in the class; mu, here of the hard tasks, is any class's mean",
    )
    erm, maml = risk_in_direction("erm"), risk_in_direction("maml")
    share = ((1 - p) * l_E / (p * l_H + (1 - p) * l_E)) ** 2
    gain, left = erm.scalar - maml.scalar, maml.scalar
    far, spread = p * W_H * Delta**2 / 2, p * W_H * V_H / 2
    bounds = (*WEIGHTS, positive(l_H), above(l_E, l_H), *SPREADS)
    above_star = Domain(bounds).where(le(W_E * l_H, W_H * l_E))
    described = (
        "In a common eigenbasis the risk is the sum over the directions of risks of this form, by N5.class: l_H, l_E "
        "are the eigenvalues, W_H, W_E those of Q_H, Q_E, Delta the component of mu_H - mu_E, V_H, V_E the diagonal "
        "entries of the covariances of the optima. W_E/l_E <= W_H/l_H is what A2 says of m >= m*_j. "
    )
    yield Claim(
        "N5.direction",
        "Above its threshold, what MAML gains in a direction is limited there by the hard tasks alone",
        Holds(
            all_of(
                le(gain, share * far),
                implies(gt(Delta, 0), lt(gain, share * far)),
                ge(left, spread),
            )
        ),
        above_star,
        states_with=("N5.class", "A2", "S0.solution"),
        derivations=(erm, maml),
        note=described + "kappa_j = (1-p) l_E/(p l_H) is the odds of ERM in the direction.",
    )
    gains, risks, distances, spreads = D_j + gain, R_j + left, N_j + far, T_j + spread
    numbers = ((K_, share), (G_, gain), (L_, left), (F_, far), (S_, spread))
    direct = (
        le(G_, K_ * F_),
        implies(gt(Delta, 0), lt(G_, K_ * F_)),
        ge(L_, S_),
        ge(F_, 0),
        ge(S_, 0),
        le(K_, M),
    )
    known = (le(G_, M * F_), implies(gt(Delta, 0), lt(G_, M * F_)), *direct[2:5])
    facts = (*known, ge(D_j, 0), ge(R_j, 0), ge(N_j, 0), ge(T_j, 0), gt(M, 0), le(D_j, M * N_j), ge(R_j, T_j))
    so_far_less = Sum((lt(D_j, M * N_j), le(G_, M * F_)))
    here_less = By((Fact(gt(Delta, 0)),), Sum((le(D_j, M * N_j), lt(G_, M * F_))))
    small, large, far_so_far = R_j + L_, T_j + S_, M * (N_j + F_)
    quotient = By(
        (
            Fact(gt(small, 0), Sum((gt(large, 0), ge(R_j, T_j), ge(L_, S_)))),
            Fact(le(1 / small, 1 / large)),
            Fact(ge(far_so_far, 0)),
            Fact(lt((D_j + G_) / small, far_so_far / small)),
            Fact(le(far_so_far / small, far_so_far / large), Sum(((ge(far_so_far, 0), le(1 / small, 1 / large)),))),
        ),
        chain((D_j + G_) / small, "<", far_so_far / small, "<=", far_so_far / large),
    )
    so_far = (*map(nonnegative, (D_j, R_j, N_j, T_j)), positive(M))
    yield Claim(
        "N5",
        "Commuting covariances, above all m*_j: G - 1 < max_j (kappa_j/(1+kappa_j))^2 ||mu_H - mu_E||^2/tr(Q_H C_H)",
        Holds(
            all_of(
                le(gains, M * distances),
                ge(risks, spreads),
                implies(any_of(lt(D_j, M * N_j), gt(Delta, 0)), lt(gains, M * distances)),
                implies(all_of(lt(gains, M * distances), gt(spreads, 0)), lt(gains / risks, M * distances / spreads)),
            )
        ),
        Domain((*bounds, *so_far)).where(le(W_E * l_H, W_H * l_E), le(share, M), le(D_j, M * N_j), ge(R_j, T_j)),
        states_with=("N5.class", "A2", "S0.solution"),
        rests_on=("N5.direction",),
        derivations=(erm, maml),
        proof=By(
            (
                Cite("N5.direction"),
                *(Let(name, value) for name, value in numbers),
                *(Fact(f, By((Unfold(tuple(name for name, _ in numbers)),))) for f in direct),
                *(Fact(f, Only(direct)) for f in known[:2]),
                Rewrite(gains, D_j + G_, By((Unfold((G_,)),))),
                Rewrite(risks, R_j + L_, By((Unfold((L_,)),))),
                Rewrite(distances, N_j + F_, By((Unfold((F_,)),))),
                Rewrite(spreads, T_j + S_, By((Unfold((S_,)),))),
            ),
            Split(
                (
                    Only(facts),
                    Only(facts),
                    Only(facts, Assume(Cases(lt(D_j, M * N_j), so_far_less, here_less))),
                    Only(facts, Assume(quotient)),
                )
            ),
        ),
        note=described
        + "D_j, R_j, N_j, T_j are sums over the directions so far, and one more is added. "
        + SUMS
        + " Then "
        "the last line is the statement of the title: G - 1 = sum of D/sum of R, ||mu_H - mu_E||^2 in the norm Q_H.",
    )

"""A1 and A2: any covariance, and a common eigenbasis."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.claims.moments import I, Q, S
from theory.maml_erm.formulas.domains import COVARIANCE, CURVATURES
from theory.maml_erm.formulas.spectrum import d_eff, effective_dimension, residual_in_direction
from theory.maml_erm.formulas.symbols import L, alpha, d, l, l_E, l_H, m, rho_E, rho_H, s, s_1, t, t_E, t_H, t_S
from verify.claims.claim import Claim, second
from verify.claims.domain import Bound, Domain, above, at_least, between, nonnegative, positive
from verify.claims.hints import By, Unfold
from verify.claims.statement import Equivalence, Holds, Identity, LoewnerOrder, Monotone
from verify.derivations.expectation import SIGMA
from verify.derivations.relations import all_of, eq, ge, gt, implies, le, lt
from verify.derivations.rules import spectral_value
from verify.derivations.trace_polynomials import TracePolynomial


def claims() -> Iterator[Claim]:
    one = Domain((positive(L), Bound(l, 0 * L, True, L, True), positive(alpha), at_least(m, 1), at_least(t, L**2)))
    bound = S * (I - S.scale(alpha)) ** 2 + S.scale(alpha**2 * L**2 * (d_eff + 1) / m)
    yield Claim(
        "D.range",
        "d_eff is at least 1 and at most d",
        Holds(all_of(le(1, d_eff), le(d_eff, d))),
        COVARIANCE,
        derivations=(effective_dimension(),),
        note="the largest of d eigenvalues between 0 and L is L, so L^2 <= tr(Sigma^2) <= d L^2",
    )
    lhs = residual_in_direction().scalar
    rhs = spectral_value(bound, SIGMA, l, {})
    yield Claim(
        "A1",
        "For any covariance, Q^(m) is at most what d_eff says, with equality in the top direction",
        LoewnerOrder(Q(m), bound, all_of(le(lhs, rhs), implies(eq(l, L), eq(lhs, rhs))), l, L, t),
        one,
        derivations=(residual_in_direction(),),
        states_with=("M2",),
        proof=By((Unfold((d_eff,)),)),
        note="t = tr(Sigma^2), L = ||Sigma||; every eigenvalue l of Sigma lies in [0, L] and t >= L^2",
    )
    isotropic = (S * S).trace().substitute({"Sigma": TracePolynomial.identity(d) * L}).as_scalar()
    yield Claim(
        "A1.isotropic",
        "d_eff is d for an isotropic covariance",
        Identity(effective_dimension().scalar.xreplace({t: isotropic}), d),
        Domain((positive(L), at_least(d, 1))),
        derivations=(effective_dimension(),),
    )
    factor = residual_in_direction().scalar / l
    hard, easy = factor.xreplace({l: l_H, t: t_H}), factor.xreplace({l: l_E, t: t_E})
    threshold = alpha * (l_E**2 - l_H**2 + t_E - t_H) / ((l_E - l_H) * (2 - alpha * (l_E + l_H)))
    yield Claim(
        "A2",
        "In a common eigenbasis every direction has its own threshold",
        Equivalence(lt(easy, hard), gt(m, threshold)),
        Domain(
            (
                nonnegative(l_H),
                above(l_E, l_H),
                between(alpha, 0, 2 / (l_H + l_E)),
                at_least(t_H, l_H**2),
                at_least(t_E, l_E**2),
                at_least(m, 1),
            )
        ),
        derivations=(residual_in_direction(),),
        states_with=("S0.maml",),
        note="for l_H > 0, sigma_j < kappa_j in direction j means that the easy residual factor is below the hard one",
    )
    shape = {l_E: rho_E * s, l_H: rho_H * s, t_E: rho_E**2 * t_S, t_H: rho_H**2 * t_S}
    scaled = alpha * (rho_E + rho_H) * (s**2 + t_S) / (s * (2 - alpha * (rho_E + rho_H) * s))
    yield Claim(
        "A2.shape",
        "For covariances of one shape, Sigma_c = rho_c S, the threshold of a direction",
        Identity(threshold.xreplace(shape), scaled),
        Domain((*CURVATURES, positive(s), at_least(t_S, s**2), between(alpha, 0, 2 / (s * (rho_E + rho_H))))),
        states_with=("A2",),
    )
    yield from _order(scaled)


def _order(scaled: sp.Expr) -> Iterator[Claim]:
    """A2.order: which directions of covariances of one shape come first; ``scaled`` is the threshold in direction s."""
    rate = alpha * (rho_E + rho_H)
    balance = s**2 + rate * t_S * s
    threshold = Domain((*CURVATURES, positive(t_S), positive(alpha), positive(s))).where(lt(rate * s, 2))
    yield Claim(
        "A2.order",
        "The threshold of a direction falls with its eigenvalue s while s^2 + c t s <= t",
        Monotone(scaled, s, "decreasing", second(s)),
        threshold.where(le(balance, t_S)),
        states_with=("A2.shape",),
        note="t = tr(S^2), c = alpha (rho_E + rho_H)",
    )
    yield Claim(
        "A2.order.rises",
        "The threshold of a direction rises with its eigenvalue s where s^2 + c t s >= t",
        Monotone(scaled, s, "increasing", second(s)),
        threshold.where(ge(balance, t_S)),
        states_with=("A2.shape",),
    )
    top = scaled.xreplace({s: s_1})
    pair = Domain(
        (
            *CURVATURES,
            positive(s_1),
            between(s, 0, s_1),
            positive(t_S),
            between(alpha, 0, 2 / (s_1 * (rho_E + rho_H))),
        )
    )
    yield Claim(
        "A2.order.pair",
        "Which of two directions has the smaller threshold",
        Equivalence(gt(scaled, top), lt(2 * s * s_1 + rate * t_S * (s + s_1), 2 * t_S)),
        pair,
        states_with=("A2.shape",),
        note="so a direction far below the top one (s near 0) always comes later, one near it need not",
    )
    yield Claim(
        "A2.order.top",
        "The top direction needs d_eff + 1 samples per unit, and comes first if s_1^2 + c t s_1 <= t",
        Holds(
            all_of(
                eq(top, rate * s_1 * (t_S / s_1**2 + 1) / (2 - rate * s_1)),
                implies(le(s_1**2 + rate * t_S * s_1, t_S), gt(scaled, top)),
            )
        ),
        pair,
        states_with=("A2.shape",),
        note="d_eff = t/s_1^2; necessary too only where there are directions arbitrarily near the top one",
    )

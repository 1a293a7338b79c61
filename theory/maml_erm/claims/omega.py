"""A3 and T4: between which multiples of the covariance MAML's weight lies, for any covariances and any number of tasks.

D = d_eff + 1 = tr(Sigma^2)/||Sigma||^2 + 1. From below no step size helps; from above it has to be a step that no
direction overshoots. What follows for the gain is in ``omega_gains``, for the easy/hard mixture in ``omega_mixture``.
"""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.claims import omega_gains, omega_mixture
from theory.maml_erm.claims.moments import Q, S
from theory.maml_erm.formulas.domains import MIXTURE_ANY_STEP
from theory.maml_erm.formulas.expressions import atoms
from theory.maml_erm.formulas.mixture import kappa, s_E, s_H, sigma
from theory.maml_erm.formulas.omega import change_of_loss
from theory.maml_erm.formulas.spectrum import residual_in_direction
from theory.maml_erm.formulas.symbols import (
    D_max,
    D_min,
    L,
    alpha,
    d,
    l,
    m,
    nu,
    p,
    rho,
    rho_E,
    rho_H,
    t,
    theta,
    v_0,
)
from verify.claims.claim import Claim
from verify.claims.domain import Bound, Domain, at_least, between, nonnegative, positive
from verify.claims.hints import Assume, Auto, By, Cite, Fact, Let, Rewrite, Split, Sum, Unfold, chain
from verify.claims.statement import Equivalence, LoewnerOrder
from verify.derivations.relations import all_of, ge, gt, implies, le, lt

D_own = t / L**2 + 1  # d_eff + 1 of one covariance
SPECTRUM = (positive(L), Bound(l, sp.Integer(0), True, L, True), at_least(t, L**2))
ANY_STEP = (Bound(alpha), at_least(m, 1))
SHORT_STEP = (Bound(alpha, sp.Integer(0), False, 1 / L, True), at_least(m, 1))
excess, own, after = sp.symbols("excess own after", real=True)  # names used inside proofs
TASKS = "any number of tasks, each with its own Sigma, L = ||Sigma|| > 0 and t = tr(Sigma^2); d_eff + 1 = t/L^2 + 1"


def claims() -> Iterator[Claim]:
    yield from _sandwich()
    yield from _mixture()
    yield from _one_task()
    yield from omega_gains.claims()
    yield from omega_mixture.claims()


def _sandwich() -> Iterator[Claim]:
    derived = residual_in_direction()
    weight = derived.scalar
    share = 1 / (1 + m / D_own)  # one term, where D/(m+D) would be expanded into two
    # With x = alpha l, the factor is at least (1-x)^2 + D x^2/m, which is D/(m+D) and a square.
    square = ((m + own) * alpha * l - m) ** 2 / (m * (m + own))
    rest = alpha**2 * (t + l**2 - own * l**2) / m
    yield Claim(
        "A3.sandwich.lower",
        "No step size leaves less than D/(m+D) of a weight, D = d_eff + 1, whatever the covariance",
        LoewnerOrder(S.scale(share), Q(m), le(share * l, weight), l, L, t),
        Domain((*SPECTRUM, *ANY_STEP)),
        derivations=(derived,),
        states_with=("M2",),
        proof=By(
            (
                Let(own, D_own),
                Fact(gt(own, 0), By((Unfold((own,)),))),
                Fact(ge(t + l**2 - own * l**2, 0), By((Unfold((own,)),))),
                Rewrite(D_own, own),
                Fact(ge(weight / l, 1 / (1 + m / own)), Sum((ge(square, 0), ge(rest, 0)))),
            )
        ),
        note="t = tr(Sigma^2), L = ||Sigma||, d_eff + 1 = t/L^2 + 1; the step size may even be negative",
    )
    most = (m + D_own) / m
    yield Claim(
        "A3.sandwich.upper",
        "With alpha <= 1/||Sigma|| the weight of MAML is at most (m+D)/m times the covariance, D = d_eff + 1",
        LoewnerOrder(Q(m), S.scale(most), le(weight, most * l), l, L, t),
        Domain((*SPECTRUM, *SHORT_STEP)),
        derivations=(derived,),
        states_with=("M2",),
        note="t = tr(Sigma^2), L = ||Sigma||, d_eff + 1 = t/L^2 + 1",
    )
    kept = 1 / (1 + m / own)
    strictly = chain(theta * l, "<", kept * l, "<=", after)
    left = all_of(
        le(theta * l, weight), implies(all_of(gt(l, 0), lt(theta * m, (1 - theta) * D_own)), lt(theta * l, weight))
    )
    yield Claim(
        "T4.general",
        "Fewer than D (1-theta)/theta samples leave more than the share theta of the loss: halving it needs D samples",
        LoewnerOrder(S.scale(theta), Q(m), left, l, L, t),
        Domain((*SPECTRUM, *ANY_STEP, between(theta, 0, 1)), (le(theta * m, (1 - theta) * D_own),)),
        derivations=(derived,),
        states_with=("M2", "M3"),
        rests_on=("A3.sandwich.lower",),
        proof=By(
            (
                Cite("A3.sandwich.lower"),
                Let(own, D_own),
                Fact(gt(own, 0), By((Unfold((own,)),))),
                Rewrite(D_own, own),
                Fact(le(theta, kept)),
                Fact(le(theta * l, kept * l)),
                Let(after, weight),
                Rewrite(weight, after),
            ),
            Split((Auto(), Assume(By((Fact(lt(theta, kept)), Fact(lt(theta * l, kept * l))), strictly)))),
        ),
        note="for every covariance, step size and initialisation: the expected excess loss is <v, Sigma v>/2 before "
        "the step and at least <v, Q v>/2 after it, v = w - w*; D = d_eff + 1 = tr(Sigma^2)/||Sigma||^2 + 1",
    )


def _mixture() -> Iterator[Claim]:
    derived = residual_in_direction()
    weight = derived.scalar
    least, most = D_min / (m + D_min), (m + D_max) / m
    yield Claim(
        "A3.mixture.lower",
        "Any tasks: E Q_i is at least D_min/(m + D_min) times the mean covariance, whatever the step size",
        LoewnerOrder(S.scale(least), Q(m), le(least * l, weight), l, L, t, averaged=True),
        Domain((*SPECTRUM, *ANY_STEP, positive(D_min)), (le(D_min, D_own),)),
        derivations=(derived,),
        states_with=("M2",),
        rests_on=("A3.sandwich.lower",),
        proof=By(
            (
                Cite("A3.sandwich.lower"),
                Let(own, D_own),
                Fact(gt(own, 0), By((Unfold((own,)),))),
                Rewrite(D_own, own),
                Fact(le(least, 1 / (1 + m / own))),
                Fact(le(least * l, 1 / (1 + m / own) * l)),
                Let(after, weight),
                Rewrite(weight, after),
            )
        ),
        note=TASKS,
    )
    yield Claim(
        "A3.mixture.upper",
        "Any tasks: with alpha <= 1/max||Sigma_i||, E Q_i is at most (m + D_max)/m times the mean covariance",
        LoewnerOrder(Q(m), S.scale(most), le(weight, most * l), l, L, t, averaged=True),
        Domain((*SPECTRUM, *SHORT_STEP, Bound(D_max)), (le(D_own, D_max),)),
        derivations=(derived,),
        states_with=("M2",),
        note=TASKS,
    )


def _one_task() -> Iterator[Claim]:
    change = change_of_loss()
    yield Claim(
        "HELP",
        "One step lowers the loss of a task exactly when alpha (rho (m+d+1) ||v||^2 + d nu^2) < 2 m ||v||^2",
        Equivalence(lt(change.scalar, 0), lt(alpha * (rho * (m + d + 1) * v_0**2 + d * nu**2), 2 * m * v_0**2)),
        Domain((positive(rho), positive(alpha), at_least(d, 1), at_least(m, 1), nonnegative(nu), nonnegative(v_0))),
        derivations=(change,),
        states_with=("M3",),
        note="the left side is E f(w') - f(w), v = w - w*; an isotropic task, label noise included",
    )
    scale = (1 - p) * alpha * rho_E * (rho_E - rho_H) / (p * s_H * m)
    slack = 2 * m - alpha * (rho_H + rho_E) * (m + d + 1)
    yield Claim(
        "T1.alpha",
        "For every step size: MAML favours hard tasks exactly when alpha (rho_H + rho_E)(m + d + 1) < 2 m",
        Equivalence(lt(sigma, kappa), lt(alpha * (rho_H + rho_E) * (m + d + 1), 2 * m)),
        MIXTURE_ANY_STEP,
        derivations=(atoms()[kappa].derivation, atoms()[sigma].derivation),
        rests_on=("P.s_H",),
        proof=By(
            (
                Cite("P.s_H"),
                Let(excess, scale),
                Fact(gt(excess, 0), By((Unfold((excess,)),))),
                Rewrite(kappa, sigma + excess * slack, By((Unfold((excess, kappa, sigma, s_E, s_H)),))),
            )
        ),
        note="T1 for the step sizes up to 2/(rho_H + rho_E); above them MAML favours the easy tasks whatever m is",
    )

"""ALPHA and MULTI: the choice of the step size, and which classes of tasks MAML gives weight to."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.claims.gains import POSITIVE
from theory.maml_erm.claims.thresholds import NOT_FLAT, y
from theory.maml_erm.formulas.choice import alpha_star, best_step, ratio_at
from theory.maml_erm.formulas.domains import CURVATURES, MIXTURE_ANY_STEP
from theory.maml_erm.formulas.expressions import atoms
from theory.maml_erm.formulas.mixture import (
    a,
    b,
    gain,
    isotropic_weight,
    kappa,
    m_star,
    s_E,
    s_H,
    sigma,
)
from theory.maml_erm.formulas.symbols import alpha, d, m, p, rho, rho_E, rho_H, x
from verify.claims.claim import Claim
from verify.claims.domain import Bound, Domain, at_least, positive
from verify.claims.hints import Axiom, By, Cases, Cite, Fact, Let, Only, Rewrite, Sum, Unfold
from verify.claims.statement import Holds, Inequality, Minimiser
from verify.derivations.relations import all_of, eq, ge, gt, implies, le, lt, ne

G = gain().scalar
h, e, root, least = sp.symbols("h e root least", real=True)  # names used inside proofs
A_H, A_E, B_H, B_E = sp.symbols("A_H A_E B_H B_E", real=True)
HALF = sp.Rational(1, 2)
P, S, v = rho_H * rho_E, rho_H + rho_E, 1 + (d + 1) / m


def claims() -> Iterator[Claim]:
    yield from _best_step()
    yield from _classes()


def _best_step() -> Iterator[Claim]:
    counts = (at_least(d, 1), at_least(m, 1))
    everywhere = Domain((*CURVATURES, *counts, Bound(alpha)))
    value = atoms()[alpha_star].value
    radicand = next(z for z in sp.preorder_traversal(value) if isinstance(z, sp.Pow) and z.exp == HALF).base
    known = (eq(v * alpha_star * (S - P * alpha_star), 1), gt(alpha_star, 0), lt(v * S * alpha_star, 2))
    # alpha* = 2 m/h, and h is a root of a quadratic.
    bottom = S * (m + d + 1) + root
    square = eq(h**2, 2 * S * (m + d + 1) * h - 4 * m * P * (m + d + 1))
    solved = (
        Fact(
            gt(radicand, 0), Sum((ge((m + d + 1) ** 2 * (rho_E - rho_H) ** 2, 0), gt(4 * P * (d + 1) * (m + d + 1), 0)))
        ),
        Axiom("sqrt positive", (radicand,)),
        Axiom("sqrt square", (radicand,)),
        Let(root, sp.sqrt(radicand)),
        Rewrite(sp.sqrt(radicand), root),
        Let(h, bottom),
        Fact(eq(h, bottom)),
        Fact(gt(h, 0), By((Unfold((h,)),))),
        Fact(square, By((Unfold((h,)),))),
        Fact(eq(alpha_star, 2 * m / h), By((Unfold((alpha_star, h)),))),
        Fact(known[0], Only((eq(alpha_star, 2 * m / h), square, gt(h, 0), gt(m, 0)))),
        Fact(known[1]),
        Fact(gt(h, S * (m + d + 1)), By((Unfold((h,)),))),
        Fact(known[2], Only((eq(alpha_star, 2 * m / h), gt(h, S * (m + d + 1)), gt(h, 0), gt(m, 0)))),
    )
    yield Claim(
        "ALPHA.root",
        "alpha* is the positive step at which the slope of sigma vanishes, and lies above the threshold",
        Holds(all_of(*known)),
        Domain((*CURVATURES, *counts)),
        derivations=(best_step(),),
        proof=By(solved),
        note="v S alpha < 2 with v = 1 + (d+1)/m, S = rho_H + rho_E is m > m*: there is such a step for every m",
    )
    here, there = (ratio_at(step).scalar for step in (alpha, alpha_star))
    pairs = ((A_H, alpha, rho_H), (A_E, alpha, rho_E), (B_H, alpha_star, rho_H), (B_E, alpha_star, rho_E))
    factors = {name: (1 - step * rho_c) ** 2 + step**2 * rho_c**2 * (d + 1) / m for name, step, rho_c in pairs}
    lead = (rho_E - rho_H) * v * (S - 2 * P * alpha_star)
    cross = eq(A_E * B_H - B_E * A_H, least * (alpha - alpha_star) ** 2)
    yield Claim(
        "ALPHA.ratio",
        "Of all step sizes, alpha* makes the easy residual factor smallest against the hard one",
        Holds(all_of(ge(here, there), implies(ne(alpha, alpha_star), gt(here, there)))),
        everywhere,
        rests_on=("ALPHA.root", "T4.positive"),
        derivations=(best_step(), ratio_at(alpha)),
        proof=By(
            (
                Cite("ALPHA.root"),
                *(Cite("T4.positive", ((alpha, step), (rho, rho_c))) for _, step, rho_c in pairs),
                *(Let(name, factors[name]) for name, _, _ in pairs),
                *(Fact(gt(name, 0), By((Unfold((name,)),))) for name, _, _ in pairs),
                Fact(gt(S, 2 * P * alpha_star)),
                Let(least, lead),
                Fact(gt(least, 0), By((Unfold((least,)),))),
                Fact(cross, By((Unfold((least, A_H, A_E, B_H, B_E)),))),
                Rewrite(here, A_E / A_H, By((Unfold((A_H, A_E)),))),
                Rewrite(there, B_E / B_H, By((Unfold((B_H, B_E)),))),
            ),
            Only((cross, gt(least, 0), *(gt(name, 0) for name, _, _ in pairs))),
        ),
    )
    best = G.xreplace({sigma: kappa * there})
    yield Claim(
        "ALPHA.best",
        "Above the threshold, no step size gains more than alpha*",
        Holds(all_of(le(G, best), implies(ne(alpha, alpha_star), lt(G, best)))),
        NOT_FLAT.where(ge(m, m_star)),
        states_with=("T1",),
        rests_on=("P.s_H", "P.s_E", "P.kappa", "P.sigma", "T1.weak", "T4.positive", "ALPHA.ratio", "T3.decreasing"),
        derivations=(best_step(), ratio_at(alpha_star)),
        proof=By(
            (
                *POSITIVE,
                Cite("P.kappa"),
                Cite("P.sigma"),
                Cite("T1.weak"),
                *(Cite("T4.positive", ((alpha, alpha_star), (rho, rho_c))) for rho_c in (rho_H, rho_E)),
                Cite("ALPHA.ratio"),
                Cite("T4.positive", ((rho, rho_H),)),
                Let(least, there),
                Fact(gt(least, 0), By((Unfold((least,)),))),
                *(
                    Rewrite(old, new, By((Unfold((least,)),)))
                    for old, new in zip(_sums(there), _sums(least), strict=True)
                ),
                Rewrite(there, least),
                Let(h, here),
                Fact(eq(sigma, kappa * h), By((Unfold((sigma, kappa, s_H, s_E, h)),))),
                Rewrite(here, h),
                Fact(ge(sigma, kappa * least)),
                Fact(implies(ne(alpha, alpha_star), gt(sigma, kappa * least))),
            ),
            Cases(
                eq(sigma, kappa * least),
                By((Rewrite(sigma, kappa * least),)),
                By((Fact(gt(sigma, kappa * least)), Cite("T3.decreasing", ((x, kappa * least), (y, sigma))))),
            ),
        ),
        note="the other side is the gain of the same environment with step size alpha*, where m > m* by ALPHA.root",
    )
    product = eq(v * (1 - alpha_star * rho_E) * (1 - alpha_star * rho_H), (d + 1) / m)
    shortfall = (d + 1) / ((m + d + 1) * (rho_E - rho_H))
    yield Claim(
        "ALPHA.inverse",
        "alpha* is below 1/rho_E, and comes as near as (d+1)/(m+d+1) says",
        Holds(all_of(lt(alpha_star, 1 / rho_E), le(1 / rho_E - alpha_star, shortfall))),
        Domain((*CURVATURES, *counts)),
        rests_on=("ALPHA.root",),
        derivations=(best_step(),),
        proof=By(
            (
                Cite("ALPHA.root"),
                Fact(product),
                Fact(gt(S * alpha_star * (d + 1) / m, 0)),
                Fact(lt(S * alpha_star, 2), Sum((lt(v * S * alpha_star, 2), gt(S * alpha_star * (d + 1) / m, 0)))),
                Let(A_E, 1 - alpha_star * rho_E),
                Let(A_H, 1 - alpha_star * rho_H),
                Fact(eq(v * A_E * A_H, (d + 1) / m), By((Unfold((A_E, A_H)),))),
                Fact(gt(A_E + A_H, 0), By((Unfold((A_E, A_H)),))),
                Fact(gt(A_H, A_E), By((Unfold((A_E, A_H)),))),
                Let(least, (d + 1) / (m + d + 1)),
                Fact(gt(least, 0), By((Unfold((least,)),))),
                Fact(eq(least * (m + d + 1), d + 1), By((Unfold((least,)),))),
                Fact(eq(A_E * A_H * (m + d + 1), d + 1), Only((eq(v * A_E * A_H, (d + 1) / m), gt(m, 0)))),
                Fact(gt(m + d + 1, 0)),
                Fact(
                    eq(A_E * A_H, least),
                    Only((eq(least * (m + d + 1), d + 1), eq(A_E * A_H * (m + d + 1), d + 1), gt(m + d + 1, 0))),
                ),
                Fact(gt(A_E * A_H, 0), Only((eq(A_E * A_H, least), gt(least, 0)))),
                Fact(gt(A_E, 0), Only((gt(A_E * A_H, 0), gt(A_E + A_H, 0), gt(A_H, A_E)))),
                Fact(gt(rho_E * A_H, rho_E - rho_H), By((Unfold((A_E, A_H)),))),
                Fact(
                    gt(A_E * rho_E * A_H, A_E * (rho_E - rho_H)), Sum(((gt(A_E, 0), gt(rho_E * A_H, rho_E - rho_H)),))
                ),
                Fact(le(A_E * (rho_E - rho_H), rho_E * least)),
                Fact(gt(1 - alpha_star * rho_E, 0), By((Unfold((A_E,)),))),
                Fact(le((1 - alpha_star * rho_E) * (rho_E - rho_H), rho_E * least), By((Unfold((A_E,)),))),
                Fact(le((1 - alpha_star * rho_E) / rho_E, least / (rho_E - rho_H))),
                Rewrite(shortfall, least / (rho_E - rho_H), By((Unfold((least,)),))),
            ),
        ),
        note="so alpha* tends to 1/rho_E as m/(d+1) grows",
    )


def _sums(value: sp.Expr) -> tuple[sp.Expr, ...]:
    """The sums in numerator and denominator of the gain, with kappa times this value for sigma."""
    bases = (factor.as_base_exp()[0] for factor in sp.Mul.make_args(G))
    return tuple(base.xreplace({sigma: kappa * value}) for base in bases if base.has(sigma))


def _classes() -> Iterator[Claim]:
    residual = isotropic_weight("maml", rho_H, m).scalar.xreplace({rho_H: rho}) / rho
    moved = (1 - h) ** 2 + h**2 * (d + 1) / m
    yield Claim(
        "T4.positive",
        "Adaptation leaves some of the loss of every task",
        Inequality(residual, ">", sp.Integer(0)),
        Domain((Bound(rho), Bound(alpha), at_least(d, 1), at_least(m, 1))),
        states_with=("S0.maml.isotropic",),
        proof=By(
            (Let(h, alpha * rho), Rewrite(residual, moved, By((Unfold((h,)),)))),
            Cases(
                eq(h, 1),
                By((Rewrite(h, sp.Integer(1)),)),
                Sum((gt((1 - h) ** 2, 0), ge(h**2 * (d + 1) / m, 0))),
            ),
        ),
    )
    yield Claim(
        "MULTI.bandstop",
        "MAML's weight per ERM weight is least for the curvature m/(alpha (m+d+1)), which adaptation suits best",
        Minimiser(residual, rho, m / (alpha * (m + d + 1)), (d + 1) / (m + d + 1)),
        Domain((positive(alpha), at_least(d, 1), at_least(m, 1), Bound(rho))),
        states_with=("T4", "MULTI.share"),
        note="the least value is T4's floor: the task that adaptation helps most counts least",
    )
    share = (p * rho_H + (1 - p) * rho_E) / (p * s_H + (1 - p) * s_E)
    yield Claim(
        "MULTI.share",
        "MAML weighs a class, relative to ERM, in proportion to the factor s/rho that adaptation leaves of its loss",
        Holds(all_of(eq(b / a, share * s_H / rho_H), eq((1 - b) / (1 - a), share * s_E / rho_E))),
        MIXTURE_ANY_STEP,
        rests_on=("P.s_H", "P.s_E"),
        proof=By((*POSITIVE, Unfold((a, b)))),
        note="two classes; for more the same holds with the sums over all classes in place of the two terms",
    )

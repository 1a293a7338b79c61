"""T5: several inner steps, each on a fresh batch."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.claims.gains import POSITIVE
from theory.maml_erm.claims.thresholds import NOT_FLAT, e, h, y
from theory.maml_erm.formulas.domains import MIXTURE, MIXTURE_ANY_STEP
from theory.maml_erm.formulas.expressions import atoms
from theory.maml_erm.formulas.mixture import gain, h_E, h_H, kappa, m_star, q, s_E, s_H, sigma, sigma_K
from theory.maml_erm.formulas.symbols import K, alpha, d, m, p, rho_E, rho_H, x
from verify.claims.claim import Claim
from verify.claims.domain import Domain
from verify.claims.hints import Auto, Axiom, By, Cases, Cite, Fact, Let, Rewrite, Split, Unfold
from verify.claims.statement import Equivalence, Holds, Identity, Inequality
from verify.derivations.relations import all_of, eq, gt, lt

X = sp.Symbol("X", real=True)  # a name used inside a proof


def residual(curvature: sp.Symbol) -> sp.Expr:
    """The factor that one inner step leaves of a task's weight, as the theory states it."""
    return (1 - alpha * curvature) ** 2 + alpha**2 * curvature**2 * (d + 1) / m


def claims() -> Iterator[Claim]:
    several = Domain((*MIXTURE.bounds,))
    yield Claim(
        "T5.residual",
        "h_H and h_E are the factors that one inner step leaves of the weights",
        Holds(all_of(eq(h_H, residual(rho_H)), eq(h_E, residual(rho_E)), gt(h_H, 0), gt(h_E, 0))),
        MIXTURE_ANY_STEP,
        states_with=("S0.maml.isotropic",),
        rests_on=("P.s_H", "P.s_E"),
        derivations=tuple(atoms()[h].derivation for h in (h_H, h_E)),
        proof=By(
            (*POSITIVE, Unfold((h_H, h_E))),
            Split((By((Unfold((s_H,)),)), By((Unfold((s_E,)),)), Auto(), Auto())),
        ),
    )
    yield Claim(
        "T5.factor",
        "q is the ratio of the factors h = s/rho that one inner step leaves, so that sigma = kappa q",
        Holds(all_of(eq(q, h_E / h_H), eq(sigma, kappa * q))),
        MIXTURE_ANY_STEP,
        rests_on=("P.s_H", "P.s_E"),
        derivations=(atoms()[q].derivation,),
        proof=By((*POSITIVE, Unfold((q, sigma, kappa, h_H, h_E)))),
    )
    fresh = tuple(rho * residual(rho) ** K for rho in (rho_E, rho_H))
    yield Claim(
        "T5.fresh",
        "K fresh steps: sigma_K is the odds for the weights rho (s/rho)^K",
        Identity(sigma_K, (1 - p) * fresh[0] / (p * fresh[1])),
        MIXTURE_ANY_STEP,
        states_with=("S0.maml_fresh.isotropic",),
        rests_on=("P.s_H",),
        derivations=(atoms()[sigma_K].derivation,),
        proof=By(
            (
                Cite("P.s_H"),
                Let(h, s_H / rho_H),
                Let(e, s_E / rho_E),
                Fact(gt(h, 0), By((Unfold((h,)),))),
                Rewrite(residual(rho_H), h, By((Unfold((h, s_H)),))),
                Rewrite(residual(rho_E), e, By((Unfold((e, s_E)),))),
                Rewrite(s_H / rho_H, h),
                Rewrite(s_E / rho_E, e),
                Axiom("power negative", (h, K)),
            )
        ),
    )
    yield Claim(
        "T5.odds",
        "K fresh steps: sigma_K = kappa q^K with q the ratio of the residual factors",
        Identity(sigma_K, kappa * q**K),
        MIXTURE_ANY_STEP,
        derivations=(atoms()[sigma_K].derivation, atoms()[q].derivation),
        rests_on=("P.s_H", "P.s_E"),
        proof=By(
            (
                *POSITIVE,
                Let(h, s_H / rho_H),
                Let(e, s_E / rho_E),
                Fact(gt(h, 0), By((Unfold((h,)),))),
                Fact(gt(q, 0), By((Unfold((q,)),))),
                Fact(eq(e, h * q), By((Unfold((h, e, q)),))),
                Rewrite(s_H / rho_H, h),
                Rewrite(s_E / rho_E, e),
                Rewrite(e, h * q),
                Axiom("power product", (h, q, K)),
                Rewrite((h * q) ** K, h**K * q**K),
                Axiom("power negative", (h, K)),
            )
        ),
    )
    yield Claim(
        "T5.ratio",
        "q < 1 exactly when m > m*",
        Equivalence(lt(q, 1), gt(m, m_star)),
        several,
        states_with=("T1",),
        rests_on=("P.s_H", "P.s_E", "T1"),
        # q does not depend on p, so any p gives T1.
        proof=By((*POSITIVE, Cite("T1", ((p, sp.Rational(1, 2)),)), Unfold((q,)))),
    )
    yield Claim(
        "T5.threshold",
        "The threshold m* is the same for every number of steps",
        Equivalence(lt(sigma_K, kappa), gt(m, m_star)),
        several,
        states_with=("T1",),
        rests_on=("P.s_H", "P.s_E", "P.kappa", "T5.odds", "T5.ratio"),
        proof=By(
            (
                *POSITIVE,
                Cite("P.kappa"),
                Let(q, atoms()[q].value),
                Fact(gt(q, 0), By((Unfold((q,)),))),
                Cite("T5.odds"),
                Cite("T5.ratio"),
                Axiom("power one", (K,)),
            ),
            Cases(
                lt(q, 1),
                By((Axiom("power base less", (q, sp.Integer(1), K)),)),
                By((Axiom("power base at most", (sp.Integer(1), q, K)),)),
            ),
        ),
    )
    fresh = gain().scalar.xreplace({sigma: kappa * q**K})
    more = gain().scalar.xreplace({sigma: kappa * q ** (K + 1)})
    yield Claim(
        "T5.gain",
        "Above m*, one more fresh step increases the gain",
        Inequality(fresh, "<", more),
        NOT_FLAT.where(gt(m, m_star)),
        states_with=("X2.definition", "T1", "T5.odds"),
        rests_on=("P.s_H", "P.s_E", "P.kappa", "T5.ratio", "T3.decreasing"),
        proof=By(
            (
                *POSITIVE,
                Cite("P.kappa"),
                Cite("T5.ratio"),
                Fact(gt(q, 0), By((Unfold((q,)),))),
                Fact(lt(q, 1)),
                Axiom("power positive", (q, K)),
                Axiom("power one", (K,)),
                Axiom("power base less", (q, sp.Integer(1), K)),
                Axiom("power sum", (q, K, sp.Integer(1))),
                Let(X, q**K),
                Rewrite(q ** (K + 1), q**K * q),
                Rewrite(q**K, X),
                Cite("T3.decreasing", ((x, kappa * X * q), (y, kappa * X))),
            )
        ),
    )

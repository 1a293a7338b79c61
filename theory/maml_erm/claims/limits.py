"""L1, L2 and B1: the gain with many samples, and how many samples come close to it."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.claims.gains import NAMED_GAINS
from theory.maml_erm.formulas.domains import AT_INVERSE, GAIN_LIMIT, MIXTURE_ANY_STEP, NOT_TRIVIAL
from theory.maml_erm.formulas.expressions import atoms
from theory.maml_erm.formulas.mixture import G, gain, gain_limit, kappa, s_E, s_H, sigma, sigma_inf
from theory.maml_erm.formulas.symbols import V_E, V_H, Delta, alpha, d, eps, m, p, r, rho_E, rho_H, x
from verify.claims.claim import Claim
from verify.claims.domain import between, positive
from verify.claims.hints import Assume, By, Cases, Cite, Fact, Let, Only, Rewrite, Sum, Through, Unfold, chain
from verify.claims.statement import Holds, Inequality, Limit
from verify.derivations.relations import all_of, any_of, ge, gt, implies, le, ne

kappa_, sigma_ = sp.symbols("kappa_0 sigma_0", real=True)  # names used inside proofs
AT = ((alpha, 1 / rho_E),)


def many_samples() -> sp.Expr:
    """The limiting gain minus 1 at alpha = 1/rho_E."""
    return (kappa / (1 + kappa)) ** 2 * Delta**2 / V_H


def claims() -> Iterator[Claim]:
    spread = AT_INVERSE + positive(V_H)
    far_odds, far_kappa = (atoms()[e].value for e in (sigma_inf, kappa))
    no_spread = Cases(gt(Delta, 0), no=By((Fact(gt(V_E, 0), Sum((NOT_TRIVIAL, le(Delta**2, 0), le(V_H, 0)))),)))
    nonzero = Cases(gt(V_H, 0), no=no_spread)
    limit_defined = (
        Cite("P.kappa", ((kappa, far_kappa),)),
        Let(kappa_, far_kappa),
        Fact(gt(kappa_, 0), By((Unfold((kappa_,)),))),
        Let(sigma_, far_odds),
        Fact(ge(sigma_, 0), By((Unfold((sigma_,)),))),
        Fact(any_of(gt(V_H, 0), gt(sigma_, 0)), Cases(gt(V_H, 0), no=By((Unfold((sigma_,)),)))),
        Fact(gt((1 + sigma_) * (V_H + sigma_ * V_E) + sigma_ * Delta**2, 0), nonzero),
        Rewrite(far_kappa, kappa_),
        Rewrite(far_odds, sigma_),
    )
    yield Claim(
        "L0.sigma",
        "The odds with many samples",
        Limit(sigma, m, sp.oo, sigma_inf),
        MIXTURE_ANY_STEP.where(ne(alpha * rho_H, 1)),
        derivations=(atoms()[sigma_inf].derivation,),
    )
    yield Claim(
        "L0",
        "The gain with many samples, for any step size",
        Limit(G, m, sp.oo, gain_limit().scalar),
        GAIN_LIMIT,
        rests_on=("P.kappa",),
        derivations=(gain_limit(),),
        proof=Through(sigma, sigma_inf, By(limit_defined)),
    )
    yield Claim(
        "L1",
        "The gain with many samples at alpha = 1/rho_E",
        Limit(G, m, sp.oo, 1 + many_samples()),
        spread,
        at=AT,
        derivations=(gain(),),
    )
    hard = 1 + many_samples().xreplace({kappa: atoms()[kappa].value}).xreplace({rho_H: r * rho_E})
    yield Claim(
        "L2",
        "That gain as the hard tasks get infinitely hard",
        Limit(sp.cancel(hard), r, sp.Integer(0), 1 + Delta**2 / V_H),
        spread + between(r, 0, 1),
        states_with=("L1",),
    )
    yield Claim(
        "L2.not_attained",
        "The limit is not attained",
        Inequality(1 + many_samples(), "<", 1 + Delta**2 / V_H),
        spread + positive(Delta),
        states_with=("L1", "L2"),
        rests_on=("P.kappa",),
        proof=By((Cite("P.kappa"),)),
    )
    ratio = rho_H / rho_E
    bound = (1 - p) / p * ((d + 1) / m) / (ratio * (1 - ratio) ** 2)
    yield Claim(
        "B1.sigma",
        "How fast sigma falls with m/(d+1), at alpha = 1/rho_E",
        Inequality(sigma, "<=", bound),
        AT_INVERSE,
        at=AT,
        rests_on=("P.s_H",),
        proof=By((Cite("P.s_H"), Unfold((s_H, s_E, sigma)))),
    )
    size = 1 + 2 / kappa + (2 * V_E + Delta**2) / V_H
    near = ge(G - 1, (1 - eps) * many_samples())
    far = spread + between(eps, 0, 1)
    small = implies(le(sigma, eps / size), near)
    denominator = (1 + sigma) * (V_H + sigma * V_E) + sigma * Delta**2
    # V_H (kappa - sigma)^2 - (1 - eps) kappa^2 denominator is the sum of these.
    close = Sum(
        (
            ge(V_H * sigma**2, 0),
            ge((1 - eps) * kappa**2 * V_E * sigma * (1 - sigma), 0),
            ge(eps * kappa**2 * sigma * (V_H + 2 * V_E + Delta**2), 0),
            ge(kappa**2 * V_H * (eps - sigma * size), 0),
        )
    )
    yield Claim(
        "B1.atoms",
        "A small sigma comes within a factor 1 - eps of the limiting gain",
        Holds(small),
        far,
        at=AT,
        states_with=("L1",),
        rests_on=("P.kappa", "P.sigma", "P.gain"),
        proof=By(
            NAMED_GAINS,
            Assume(
                By(
                    (
                        Fact(le(sigma, 1), chain(sigma, "<=", eps / size, "<=", 1)),
                        Fact(ge(V_H * (kappa - sigma) ** 2, (1 - eps) * kappa**2 * denominator), close),
                    )
                )
            ),
        ),
    )
    constant = (1 - p) / p / (ratio * (1 - ratio) ** 2) * size / eps
    yield Claim(
        "B1.samples",
        "m >= C (d+1) samples come within a factor 1 - eps of the limiting gain",
        Holds(implies(ge(m, constant * (d + 1)), near)),
        far,
        at=AT,
        states_with=("L1",),
        rests_on=("P.kappa", "B1.sigma", "B1.atoms"),
        proof=By(
            (Cite("P.kappa"), Cite("B1.sigma"), Cite("B1.atoms")),
            Assume(
                By(
                    (Fact(gt(size, 0)), Fact(le(sigma, eps / size), chain(sigma, "<=", bound, "<=", eps / size))),
                    Only((gt(kappa, 0), gt(V_H, 0), gt(size, 0), le(sigma, eps / size), small)),
                )
            ),
        ),
        note="C = ((1-p)/p) (1 + 2/kappa + (2 V_E + Delta^2)/V_H) / (eps r (1-r)^2), r = rho_H/rho_E",
    )
    yield Claim(
        "B1.lower",
        "Explicit lower bound on the gain where sigma stays below an explicit bound x <= kappa",
        Holds(implies(all_of(le(sigma, x), le(x, kappa)), ge(G, gain().scalar.xreplace({sigma: x})))),
        far + positive(x),
        at=AT,
        rests_on=("P.kappa", "P.sigma", "P.gain"),
        proof=By(NAMED_GAINS),
        note="with x = the right-hand side of B1.sigma",
    )

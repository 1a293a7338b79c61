"""T1 to T4: the Omega(d_eff) regime, made sharp."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.claims.gains import NAMED_GAINS
from theory.maml_erm.claims.sources import ABSTRACT
from theory.maml_erm.formulas.domains import AT_INVERSE, CURVATURES, GAIN_ASKED, MIXTURE, MIXTURE_ANY_STEP, REST
from theory.maml_erm.formulas.expressions import atoms, expand_atoms
from theory.maml_erm.formulas.mixture import (
    G,
    gain,
    isotropic_weight,
    kappa,
    m_star,
    s_E,
    s_H,
    samples_for_gain,
    sigma,
    sigma_g,
    sigma_inf,
)
from theory.maml_erm.formulas.symbols import V_E, V_H, Delta, alpha, d, g, m, p, rho, rho_E, rho_H, x
from verify.claims.claim import Claim, second
from verify.claims.domain import Bound, Domain, above, at_least, between, positive
from verify.claims.hints import Auto, Axiom, By, Cases, Cite, Fact, Let, Only, Proof, Rewrite, Split, Sum, Unfold, chain
from verify.claims.statement import Equivalence, Holds, Identity, Inequality, Minimiser, Monotone
from verify.derivations.relations import all_of, eq, ge, gt, implies, le, lt, ne

d_2, m_2, y = second(d), second(m), second(x)
NOT_FLAT = MIXTURE + positive(Delta)
WIDEST = between(alpha, 0, (1 / rho_H + 1 / rho_E) / 2)  # the step sizes for which sigma decreases in m
excess, m_g, h, e = sp.symbols("excess m_g h e", real=True)  # names used inside proofs


def claims() -> Iterator[Claim]:
    yield from _threshold()
    yield from _monotone()
    yield from _samples()
    yield from _one_task()


def _threshold() -> Iterator[Claim]:
    title = "MAML favours hard tasks more than ERM does exactly when m > m*"
    derivations = (atoms()[m_star].derivation,)
    scale = (1 - p) * alpha * rho_E * (rho_E - rho_H) * (2 - alpha * (rho_E + rho_H)) / (p * s_H * m)
    yield Claim(
        "T1.product",
        "kappa - sigma is a positive multiple of m - m*",
        Holds(all_of(eq(kappa - sigma, scale * (m - m_star)), gt(scale, 0))),
        MIXTURE,
        rests_on=("P.s_H",),
        derivations=derivations,
        proof=By((Cite("P.s_H"),)),
    )
    product = (
        Cite("T1.product"),
        Let(excess, scale),
        Fact(gt(excess, 0), By((Unfold((excess,)),))),
        Rewrite(kappa, sigma + excess * (m - m_star), By((Unfold((excess,)),))),
    )
    rests = ("T1.product",)
    yield Claim(
        "T1", title, Equivalence(lt(sigma, kappa), gt(m, m_star)), MIXTURE, derivations=derivations,
        rests_on=rests, proof=By(product),
        note=f"the {ABSTRACT} says Omega(d_eff) samples; the exact number is this project's",
    )  # fmt: skip
    yield Claim(
        "T1.equal", "sigma = kappa exactly at m*", Equivalence(eq(sigma, kappa), eq(m, m_star)), MIXTURE,
        derivations=derivations, rests_on=rests, proof=By(product),
    )  # fmt: skip
    yield Claim(
        "T1.weak",
        "sigma <= kappa from m* on",
        Inequality(sigma, "<=", kappa),
        MIXTURE.where(ge(m, m_star)),
        states_with=("T1",),
        rests_on=rests,
        proof=By(product),
    )
    yield Claim(
        "T1.weak_below",
        "sigma >= kappa up to m*",
        Inequality(sigma, ">=", kappa),
        MIXTURE.where(le(m, m_star)),
        states_with=("T1",),
        rests_on=rests,
        proof=By(product),
    )
    yield Claim(
        "T1.inverse",
        "m* at alpha = 1/rho_E",
        Identity(m_star, (d + 1) * (rho_E + rho_H) / (rho_E - rho_H)),
        AT_INVERSE,
        at=((alpha, 1 / rho_E),),
    )
    yield Claim(
        "T1.direction",
        "MAML gains on both sides of m*, by favouring hard tasks above it and easy tasks below it",
        Holds(implies(ne(m, m_star), gt(G, 1))),
        NOT_FLAT,
        states_with=("T1",),
        rests_on=("P.kappa", "P.sigma", "P.gain", "T1.equal"),
        proof=By((*NAMED_GAINS, Cite("T1.equal"))),
    )


def _monotone() -> Iterator[Claim]:
    s_H_2, s_E_2, sigma_2, G_2 = sp.symbols("s_H_2 s_E_2 sigma_2 G_2", real=True)
    later = ((m, m_2), (s_H, s_H_2), (s_E, s_E_2), (sigma, sigma_2))
    drop = alpha**2 * rho_H * rho_E * (d + 1) * (rho_E - rho_H) * (rho_E + rho_H - 2 * alpha * rho_E * rho_H)
    yield Claim(
        "T2.sigma",
        "sigma strictly decreases in m",
        Monotone(sigma, m, "decreasing", m_2),
        Domain((*CURVATURES, WIDEST, *REST)),
        rests_on=("P.s_H",),
        proof=By(
            (
                Cite("P.s_H"),
                Cite("P.s_H", later),
                Fact(eq(s_E, (drop * (m_2 - m) / (m * m_2) + s_E_2 * s_H) / s_H_2)),
                Unfold((sigma, sigma_2)),
            )
        ),
    )
    yield Claim(
        "T2.domain",
        "The step sizes of the theory are among those for which sigma decreases",
        Inequality(2 / (rho_H + rho_E), "<", (1 / rho_H + 1 / rho_E) / 2),
        Domain(CURVATURES),
    )
    yield Claim(
        "T2.at",
        "The gain is 1 exactly at m*",
        Equivalence(eq(G, 1), eq(m, m_star)),
        NOT_FLAT,
        states_with=("T1",),
        rests_on=("X2.at_least_one", "T1.equal"),
        proof=By((Cite("X2.at_least_one"), Cite("T1.equal"))),
    )
    step = 2 / (rho_H + rho_E)
    twice = (
        *NAMED_GAINS,
        Unfold((G_2,)),
        Cite("P.sigma", later),
        Cite("P.gain", later),
        Cite("T2.domain"),
        Fact(lt(alpha, (1 / rho_H + 1 / rho_E) / 2), chain(alpha, "<", step, "<", (1 / rho_H + 1 / rho_E) / 2)),
        Cite("T2.sigma"),
    )
    rests = ("P.kappa", "P.sigma", "P.gain", "T2.sigma", "T2.domain")
    yield Claim(
        "T2.above",
        "From m* on, the gain strictly increases in m",
        Monotone(G, m, "increasing", m_2),
        NOT_FLAT.where(ge(m, m_star)),
        states_with=("T1",),
        rests_on=(*rests, "T1.weak"),
        proof=By((*twice, Cite("T1.weak"))),
    )
    yield Claim(
        "T2.below",
        "Up to m*, the gain strictly decreases in m",
        Monotone(G, m, "decreasing", m_2),
        NOT_FLAT.where(le(m, m_star)),
        states_with=("T1",),
        rests_on=(*rests, "T1.weak_below"),
        proof=By((*twice, Cite("T1.weak_below", later))),
    )


def _samples() -> Iterator[Claim]:
    raw = expand_atoms(sigma)
    yield Claim(
        "T3.collapse",
        "sigma, and with it the gain, depends on d and m through m/(d+1) only",
        Holds(implies(eq(m_2 * (d + 1), m * (d_2 + 1)), eq(raw, raw.xreplace({m: m_2, d: d_2})))),
        MIXTURE_ANY_STEP + at_least(d_2, 1) + at_least(m_2, 1),
        states_with=("X2",),
        rests_on=("P.s_H",),
        proof=By((Cite("P.s_H"), Cite("P.s_H", ((m, m_2), (d, d_2))))),
    )
    here = {sigma: x}
    at_x = gain().scalar.xreplace(here)
    up_to_kappa = (MIXTURE + positive(Delta)) + Bound(x, sp.Integer(0), False, kappa, True)
    yield Claim(
        "T3.decreasing",
        "The gain strictly decreases in sigma on (0, kappa]",
        Monotone(at_x, x, "decreasing", y),
        up_to_kappa,
        states_with=("X2.definition",),
        rests_on=("P.kappa",),
        proof=By((Cite("P.kappa"),)),
    )
    samples = samples_for_gain().scalar.xreplace({sigma_g: x})
    # sigma falls from the second bound to the first as m grows from 0: between them m_g is a positive number.
    reached = Domain((*CURVATURES, WIDEST, *REST)) + between(x, sigma_inf, kappa * (rho_E / rho_H) ** 2)
    far_hard, far_easy = (1 - alpha * rho_H) ** 2, (1 - alpha * rho_E) ** 2
    above_limit = Fact(gt(x * far_hard, kappa * far_easy), By((Unfold((kappa, sigma_inf)),)))
    noise = rho_H**2 * (x * far_hard - kappa * far_easy) / (kappa * rho_E**2 - x * rho_H**2)
    yield Claim(
        "T3.samples",
        "m_g samples give exactly the odds sigma = x: m_g is exactly proportional to d + 1",
        Identity(raw.xreplace({m: samples}), x),
        reached,
        derivations=(samples_for_gain(),),
        rests_on=("P.kappa",),
        proof=By(
            (
                Cite("P.kappa"),
                Fact(gt(1 - alpha * rho_H, 0)),
                above_limit,
                Fact(gt(kappa * rho_E**2, x * rho_H**2)),
                Fact(gt(far_hard + noise, 0), Sum((ge(far_hard, 0), gt(noise, 0)))),
            )
        ),
    )
    yield Claim(
        "T3.enough",
        "For x > sigma_inf, sigma <= x exactly when m >= m_g(x)",
        Equivalence(le(sigma, x), ge(m, samples)),
        (MIXTURE_ANY_STEP + above(x, sigma_inf)).where(ne(alpha * rho_H, 1)),
        derivations=(samples_for_gain(),),
        rests_on=("P.s_H",),
        proof=By(
            (
                Fact(gt(far_hard, 0)),
                above_limit,
                Cite("P.s_H"),
                Let(m_g, samples),
                Fact(eq(sigma, x - rho_H / s_H * (x * far_hard - kappa * far_easy) * (m - m_g) / m)),
                Rewrite(samples, m_g, By((Unfold((m_g,)),))),
            )
        ),
    )
    at_limit = gain().scalar.xreplace({sigma: sigma_inf})
    yield Claim(
        "T3.exists",
        "A gain G(x), 0 < x <= kappa, is reached by some m exactly when it is below the limiting gain",
        Equivalence(lt(at_x, at_limit), lt(sigma_inf, x)),
        up_to_kappa + positive(V_H),
        rests_on=("P.kappa",),
        proof=By(
            (
                Cite("P.kappa"),
                Fact(gt(1 - alpha * rho_H, 0)),
                Fact(ge(sigma_inf, 0), By((Unfold((sigma_inf,)),))),
                Fact(lt(sigma_inf, kappa), By((Unfold((kappa, sigma_inf)),))),
            )
        ),
    )
    g_of = (kappa / (1 + kappa)) ** 2 * Delta**2 / V_H
    yield Claim(
        "T3.root",
        "sigma_g is in (0, kappa) and gives the gain 1 + g",
        Holds(all_of(lt(0, sigma_g), lt(sigma_g, kappa), eq(gain().scalar.xreplace({sigma: sigma_g}), 1 + g))),
        GAIN_ASKED.where(lt(g, g_of)),
        states_with=("X2.definition",),
        derivations=(atoms()[sigma_g].derivation,),
        rests_on=("P.kappa",),
        proof=_root(),
    )


def _root() -> Proof:
    """sigma_g = 2 C/(S + R) is the smaller root of Phi(x) = A x^2 - S x + C, and Phi(0) > 0 > Phi(kappa)."""
    A, S, C, R = sp.symbols("A S C R", real=True)
    scale = g * (1 + kappa) ** 2
    value = atoms()[sigma_g].value
    root = next(e for e in sp.preorder_traversal(value) if isinstance(e, sp.Pow) and e.exp == sp.Rational(1, 2))
    at_kappa = A * kappa**2 - S * kappa + C
    named = Unfold((A, S, C))
    positive_square = Sum((ge((2 * A * kappa - S) ** 2, 0), (gt(4 * A, 0), gt(-at_kappa, 0))))
    # kappa R > |kappa S - 2 C|, since the squares differ by -4 C Phi(kappa).
    nearer = Cases(
        ge(kappa * S - 2 * C, 0),
        no=By((Fact(gt(kappa * R - kappa * S + 2 * C, 0), Sum((gt(kappa * R, 0), gt(2 * C - kappa * S, 0)))),)),
    )
    top, bottom = sp.fraction(gain().scalar.xreplace({sigma: sigma_g}))
    square, wider = eq(R**2, S**2 - 4 * A * C), gt(kappa**2 * (S**2 - 4 * A * C), (kappa * S - 2 * C) ** 2)
    known = (square, gt(C, 0), gt(S, 0), gt(R, 0), gt(kappa, 0))
    phi = A * sigma_g**2 - S * sigma_g + C
    return By(
        (
            Cite("P.kappa"),
            Let(A, Delta**2 - scale * V_E),
            Let(S, 2 * kappa * Delta**2 + scale * (V_H + V_E + Delta**2)),
            Let(C, kappa**2 * Delta**2 - scale * V_H),
            Fact(gt(C, 0), By((Unfold((C,)),))),
            Fact(gt(S, 0), By((Unfold((S,)),))),
            Fact(gt(4 * C, 0)),
            Fact(gt(-at_kappa, 0), By((named,))),
            Fact(gt(S**2 - 4 * A * C, 0), Cases(gt(A, 0), yes=positive_square)),
            Fact(gt(root.base, 0), By((named,))),
            Axiom("sqrt positive", (root.base,)),
            Axiom("sqrt square", (root.base,)),
            Let(R, root),
            Rewrite(root, R),
            Fact(square, By((named,))),
            Fact(eq(top - (1 + g) * bottom, phi), By((named,))),
            Fact(eq(sigma_g, 2 * C / (S + R)), By((named, Unfold((sigma_g,))))),
            Fact(wider, Sum(((gt(4 * C, 0), gt(-at_kappa, 0)),))),
            Fact(gt(kappa**2 * R**2, (kappa * S - 2 * C) ** 2), Only((*known, wider))),
            Fact(gt(kappa * S + kappa * R - 2 * C, 0), nearer),
            Fact(gt(sigma_g, 0)),
            Fact(lt(sigma_g, kappa)),
            Fact(gt(bottom, 0)),
            Rewrite(phi, sp.Integer(0), Only((*known, eq(sigma_g, 2 * C / (S + R))))),
        ),
        Split((Auto(), Auto(), Only((eq(top - (1 + g) * bottom, 0), gt(bottom, 0))))),
    )


def _one_task() -> Iterator[Claim]:
    residual = isotropic_weight("maml", rho_H, m).scalar.xreplace({rho_H: rho}) / rho
    yield Claim(
        "T4",
        "No step size leaves less than (d+1)/(m+d+1) of the loss",
        Minimiser(residual, alpha, m / (rho * (m + d + 1)), (d + 1) / (m + d + 1), unique_if=gt(rho, 0)),
        Domain((positive(rho), at_least(d, 1), at_least(m, 1), Bound(alpha))),
        states_with=("S0.maml.isotropic",),
    )

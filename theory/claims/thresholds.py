"""T1 to T5: the Omega(d_eff) regime, made sharp."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.claim import ABSTRACT, Claim, second
from theory.claims.gains import ODDS
from theory.domain import Bound, Domain, at_least, between, positive
from theory.domains import AT_INVERSE, CURVATURES, GAIN_STEP, MIXTURE, REST
from theory.expressions import atoms, expand_atoms
from theory.mixture import (
    gain,
    isotropic_weight,
    kappa,
    m_star,
    q,
    samples_for_gain,
    sigma,
    sigma_g,
    sigma_inf,
    sigma_K,
)
from theory.proof import ByAtoms, Cite, Fact
from theory.statement import (
    Equivalence,
    Holds,
    Identity,
    Inequality,
    Minimiser,
    Monotone,
    all_of,
    eq,
    ge,
    gt,
    iff,
    implies,
    le,
    lt,
    ne,
)
from theory.symbols import V_H, Delta, K, alpha, d, m, rho, rho_E, rho_H, x

G = gain().scalar
d_2, m_2 = second(d), second(m)
NOT_FLAT = GAIN_STEP + positive(Delta)


def claims() -> Iterator[Claim]:
    yield from _threshold()
    yield from _monotone()
    yield from _samples()
    yield from _one_task()
    yield from _steps()


def _threshold() -> Iterator[Claim]:
    title = "MAML favours hard tasks more than ERM does exactly when m > m*"
    derivations = (atoms()[m_star].derivation,)
    yield Claim("T1", title, Equivalence(lt(sigma, kappa), gt(m, m_star)), MIXTURE, ABSTRACT, derivations=derivations)
    yield Claim(
        "T1.equal", "sigma = kappa exactly at m*", Equivalence(eq(sigma, kappa), eq(m, m_star)), MIXTURE,
        derivations=derivations,
    )  # fmt: skip
    yield Claim(
        "T1.weak",
        "sigma <= kappa from m* on",
        Inequality(sigma, "<=", kappa),
        MIXTURE.where(ge(m, m_star)),
        states_with=("T1",),
    )
    yield Claim(
        "T1.weak_below",
        "sigma >= kappa up to m*",
        Inequality(sigma, ">=", kappa),
        MIXTURE.where(le(m, m_star)),
        states_with=("T1",),
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
        states_with=("X2.definition", "T1"),
        rests_on=("P.kappa", "P.sigma", "T1.equal"),
        proof=ByAtoms((*ODDS, Fact(iff(eq(sigma, kappa), eq(m, m_star)), Cite("T1.equal")))),
    )


def _monotone() -> Iterator[Claim]:
    widest = between(alpha, 0, (1 / rho_H + 1 / rho_E) / 2)
    yield Claim(
        "T2.sigma",
        "sigma strictly decreases in m",
        Monotone(sigma, m, "decreasing", m_2),
        Domain((*CURVATURES, widest, *REST)),
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
        states_with=("X2.definition", "T1"),
        rests_on=("P.kappa", "P.sigma", "T1.equal"),
        proof=ByAtoms((*ODDS, Fact(iff(eq(sigma, kappa), eq(m, m_star)), Cite("T1.equal")))),
    )
    sigma_2 = sp.Symbol("sigma_2", real=True)
    twice = (*ODDS, Fact(gt(sigma_2, 0)), Fact(gt(sigma, sigma_2), Cite("T2.sigma")))
    rests = ("P.kappa", "P.sigma", "T2.sigma", "T2.domain")
    yield Claim(
        "T2.above",
        "From m* on, the gain strictly increases in m",
        Monotone(G, m, "increasing", m_2),
        NOT_FLAT.where(ge(m, m_star)),
        states_with=("X2.definition", "T1"),
        rests_on=(*rests, "T1.weak"),
        proof=ByAtoms((*twice, Fact(le(sigma, kappa), Cite("T1.weak")))),
    )
    yield Claim(
        "T2.below",
        "Up to m*, the gain strictly decreases in m",
        Monotone(G, m, "decreasing", m_2),
        NOT_FLAT.where(le(m, m_star)),
        states_with=("X2.definition", "T1"),
        rests_on=(*rests, "T1.weak_below"),
        proof=ByAtoms((*twice, Fact(ge(sigma_2, kappa), Cite("T1.weak_below")))),
    )


def _samples() -> Iterator[Claim]:
    raw = expand_atoms(sigma)
    yield Claim(
        "T3.collapse",
        "sigma, and with it the gain, depends on d and m through m/(d+1) only",
        Holds(implies(eq(m_2 * (d + 1), m * (d_2 + 1)), eq(raw, raw.xreplace({m: m_2, d: d_2})))),
        MIXTURE + at_least(d_2, 1) + at_least(m_2, 1),
        states_with=("X2",),
    )
    here = {sigma: x}
    at_x = G.xreplace(here)
    inner = (GAIN_STEP + positive(Delta) + positive(V_H)) + between(x, 0, kappa)
    y = sp.Symbol("x_2", real=True)
    yield Claim(
        "T3.decreasing",
        "The gain strictly decreases in sigma on (0, kappa)",
        Monotone(at_x, x, "decreasing", y),
        inner,
        rests_on=("P.kappa",),
        proof=ByAtoms((Fact(gt(kappa, 0)),)),
    )
    samples = samples_for_gain().scalar.xreplace({sigma_g: x})
    reached = inner.where(lt(sigma_inf, x))
    yield Claim(
        "T3.samples",
        "m_g samples give exactly the odds sigma = x: m_g is exactly proportional to d + 1",
        Identity(raw.xreplace({m: samples}), x),
        reached,
        derivations=(samples_for_gain(),),
    )
    yield Claim(
        "T3.enough",
        "For sigma_inf < x < kappa and m >= m*, sigma <= x exactly when m >= m_g(x)",
        Equivalence(le(sigma, x), ge(m, samples)),
        reached,
        derivations=(samples_for_gain(),),
    )
    at_limit = G.xreplace({sigma: sigma_inf})
    yield Claim(
        "T3.exists",
        "A gain G(x), 0 < x < kappa, is reached by some m exactly when it is below the limiting gain",
        Equivalence(lt(at_x, at_limit), lt(sigma_inf, x)),
        inner,
        rests_on=("P.kappa",),
        proof=ByAtoms((Fact(gt(kappa, 0)), Fact(ge(sigma_inf, 0)), Fact(lt(sigma_inf, kappa)))),
    )
    g_of = (kappa / (1 + kappa)) ** 2 * Delta**2 / V_H
    from theory.domains import GAIN_ASKED
    from theory.symbols import g

    yield Claim(
        "T3.root",
        "sigma_g is in (0, kappa) and gives the gain 1 + g",
        Holds(all_of(lt(0, sigma_g), lt(sigma_g, kappa), eq(G.xreplace({sigma: sigma_g}), 1 + g))),
        GAIN_ASKED.where(lt(g, g_of)),
        derivations=(atoms()[sigma_g].derivation,),
        rests_on=("P.kappa",),
    )


def _one_task() -> Iterator[Claim]:
    residual = isotropic_weight("maml", rho_H, m).scalar.xreplace({rho_H: rho}) / rho
    yield Claim(
        "T4",
        "No step size leaves less than (d+1)/(m+d+1) of the loss",
        Minimiser(residual, alpha, m / (rho * (m + d + 1)), (d + 1) / (m + d + 1), unique_if=gt(rho, 0)),
        Domain((positive(rho), at_least(d, 1), at_least(m, 1), Bound(alpha))),
    )


def _steps() -> Iterator[Claim]:
    several = Domain((*MIXTURE.bounds,))
    yield Claim(
        "T5.odds",
        "K fresh steps: sigma_K = kappa q^K with q the ratio of the residual factors",
        Identity(sigma_K, kappa * q**K),
        several,
        derivations=(atoms()[sigma_K].derivation, atoms()[q].derivation),
        rests_on=("P.s_H", "P.s_E"),
    )
    yield Claim(
        "T5.ratio", "q < 1 exactly when m > m*", Equivalence(lt(q, 1), gt(m, m_star)), several, states_with=("T1",)
    )
    yield Claim(
        "T5.threshold",
        "The threshold m* is the same for every number of steps",
        Equivalence(lt(sigma_K, kappa), gt(m, m_star)),
        several,
        states_with=("T1",),
        rests_on=("T5.odds", "T5.ratio"),
    )
    fresh = G.xreplace({sigma: kappa * q**K})
    more = G.xreplace({sigma: kappa * q ** (K + 1)})
    yield Claim(
        "T5.gain",
        "Above m*, one more fresh step increases the gain",
        Inequality(fresh, "<", more),
        NOT_FLAT.where(gt(m, m_star)),
        states_with=("X2.definition", "T1", "T5.odds"),
        rests_on=("P.kappa", "T5.ratio"),
    )

"""N1 to N3: when the gain can be substantial."""

from __future__ import annotations

from collections.abc import Iterator

from theory.maml_erm.claims.gains import GAINS, NAMED_GAINS
from theory.maml_erm.claims.sources import ABSTRACT
from theory.maml_erm.formulas.domains import GAIN, MIXTURE, MIXTURE_ANY_STEP
from theory.maml_erm.formulas.mixture import G, a, kappa, m_star, sigma
from theory.maml_erm.formulas.symbols import V_E, V_H, Delta, g, m
from verify.claims.claim import Claim
from verify.claims.domain import positive
from verify.claims.hints import Assume, By, Cite, Fact, Only, Sum, Unfold, chain
from verify.claims.statement import Equivalence, Holds, Inequality
from verify.derivations.relations import all_of, eq, ge, gt, implies, le, lt


def claims() -> Iterator[Claim]:
    yield Claim(
        "N1",
        "Hardness discrepancy is necessary: a bound on the gain that no geometry beats",
        Inequality(G - 1, "<=", (kappa - sigma) ** 2 / ((1 + kappa) ** 2 * sigma)),
        GAIN,
        rests_on=("P.kappa", "P.sigma", "P.gain"),
        proof=By(NAMED_GAINS),
    )
    far = positive(Delta)
    above_star = (MIXTURE + positive(V_H)).where(ge(m, m_star))
    from_hard = ((1 - a) * Delta) ** 2  # ||w_ERM - mu_H||^2
    limit = (kappa / (1 + kappa)) ** 2 * Delta**2
    yield Claim(
        "N2",
        "Geometry is necessary: for m >= m*, the gain is limited by Delta^2/V_H",
        Holds(all_of(lt(G - 1, limit / V_H), lt(limit / V_H, Delta**2 / V_H))),
        above_star + far,
        source=ABSTRACT,
        states_with=("T1",),
        rests_on=("P.kappa", "P.sigma", "P.gain", "T1.weak"),
        proof=By((*NAMED_GAINS, Cite("T1.weak"))),
        note="strict, since sigma > 0; at Delta = 0 both sides are 0",
    )
    yield Claim(
        "N2.distance",
        "(kappa/(1+kappa))^2 Delta^2 is the squared distance of the ERM solution from the centre of the hard optima",
        Holds(all_of(eq(from_hard, limit), eq((a * Delta) ** 2, Delta**2 / (1 + kappa) ** 2))),
        MIXTURE_ANY_STEP,
        proof=By((Unfold((a, kappa)),)),
        note="w_ERM - mu_H = -(1-a)(mu_H - mu_E) and w_ERM - mu_E = a (mu_H - mu_E)",
    )
    quadratic = (1 + kappa) ** 2 * ((1 + sigma) * (V_H + sigma * V_E) + sigma * Delta**2)
    asked, moved = g * quadratic, (kappa - sigma) ** 2 * Delta**2
    below, rest = g * (1 + kappa) ** 2 * V_H, g * (1 + kappa) ** 2
    packed = (
        Cite("N3"),
        Fact(le(asked, moved)),
        Fact(le(moved, kappa**2 * Delta**2), Sum(((ge(sigma, 0), ge(2 * kappa - sigma, 0), ge(Delta**2, 0)),))),
        Fact(
            lt(below, asked),
            Sum((gt(rest * sigma * V_H, 0), ge(rest * (sigma * (1 + sigma) * V_E + sigma * Delta**2), 0))),
        ),
        Fact(lt(below, kappa**2 * Delta**2), chain(below, "<", asked, "<=", moved, "<=", kappa**2 * Delta**2)),
        Fact(lt(g * V_H, limit), Only((gt(kappa, 0), lt(below, kappa**2 * Delta**2)))),
        Cite("N2.distance"),
        Fact(lt(g * V_H, from_hard), chain(g * V_H, "<", limit, "<=", from_hard)),
    )
    yield Claim(
        "N2.packing",
        "A gain of 1 + g at m >= m* forces the hard optima to be closely packed: V_H < ||w_ERM - mu_H||^2/g",
        Holds(implies(ge(G, 1 + g), lt(V_H, from_hard / g))),
        above_star + positive(g),
        source=ABSTRACT,
        states_with=("T1", "N2.distance"),
        rests_on=("P.kappa", "P.sigma", "P.gain", "T1.weak", "N3", "N2.distance"),
        proof=By((*GAINS, Cite("T1.weak")), Assume(By(packed, Only((lt(g * V_H, from_hard), gt(g, 0)))))),
        note="and ||w_ERM - mu_H|| < Delta: their centre is far from that of the easy ones",
    )
    below_star = (MIXTURE + positive(V_E)).where(le(m, m_star))
    bound = Delta**2 / (1 + kappa) ** 2
    yield Claim(
        "N2.below",
        "For m <= m* it is the easy optima that limit the gain: G - 1 < ||w_ERM - mu_E||^2/V_E",
        Inequality(G - 1, "<", bound / V_E),
        below_star + far,
        states_with=("T1", "N2.distance"),
        rests_on=("P.kappa", "P.sigma", "P.gain", "T1.weak_below"),
        proof=By((*NAMED_GAINS, Cite("T1.weak_below"))),
    )
    yield Claim(
        "N3",
        "Exact characterisation of a gain of 1 + g",
        Equivalence(ge(G, 1 + g), le(g * quadratic, (kappa - sigma) ** 2 * Delta**2)),
        GAIN + positive(g),
        rests_on=("P.kappa", "P.sigma", "P.gain"),
        proof=By(NAMED_GAINS),
    )

"""N1 to N3: when the gain can be substantial."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.claims.gains import NAMED_GAINS
from theory.maml_erm.claims.sources import ABSTRACT
from theory.maml_erm.formulas.domains import GAIN, MIXTURE
from theory.maml_erm.formulas.mixture import G, kappa, m_star, sigma
from theory.maml_erm.formulas.symbols import V_E, V_H, Delta, g, m
from verify.claims.claim import Claim
from verify.claims.domain import positive
from verify.claims.hints import Assume, Axiom, By, Cases, Cite, Fact, Only, chain
from verify.claims.statement import Equivalence, Holds, Inequality
from verify.derivations.relations import all_of, eq, ge, gt, implies, le, lt


def claims() -> Iterator[Claim]:
    yield Claim(
        "N1",
        "Hardness discrepancy is necessary: a bound on the gain that no geometry beats",
        Inequality(G - 1, "<=", (kappa - sigma) ** 2 / ((1 + kappa) ** 2 * sigma)),
        GAIN,
        source=ABSTRACT,
        rests_on=("P.kappa", "P.sigma", "P.gain"),
        proof=By(NAMED_GAINS),
    )
    above_star = (MIXTURE + positive(V_H)).where(ge(m, m_star))
    limit = (kappa / (1 + kappa)) ** 2 * Delta**2 / V_H
    same = Axiom("equal", (Delta, sp.Integer(0)))
    favours_hard = (*NAMED_GAINS, Cite("T1.weak"))
    yield Claim(
        "N2",
        "Geometry is necessary: for m >= m*, the gain is limited by Delta^2/V_H",
        Holds(all_of(le(G - 1, limit), lt(limit, Delta**2 / V_H))),
        above_star + positive(Delta),
        source=ABSTRACT,
        states_with=("T1",),
        rests_on=("P.kappa", "P.sigma", "P.gain", "T1.weak"),
        proof=By(favours_hard),
    )
    yield Claim(
        "N2.packing",
        "A gain of 1 + g at m >= m* forces the hard optima to be closely packed: V_H < Delta^2/g",
        Holds(implies(ge(G, 1 + g), lt(V_H, Delta**2 / g))),
        above_star + positive(g),
        source=ABSTRACT,
        states_with=("T1",),
        rests_on=("N2", "X2.at_least_one"),
        proof=By(
            (Cite("X2.at_least_one"),),
            Assume(
                Cases(
                    gt(Delta, 0),
                    yes=By(
                        (
                            Cite("N2"),
                            Fact(lt(g, Delta**2 / V_H), chain(g, "<=", G - 1, "<=", limit, "<", Delta**2 / V_H)),
                        )
                    ),
                    no=By(
                        (
                            same,
                            Fact(eq(G, 1)),
                            Fact(le(g, 0), chain(g, "<=", G - 1, "<=", 0)),
                        ),
                        Only((gt(g, 0), le(g, 0))),
                    ),
                )
            ),
        ),
    )
    below_star = (MIXTURE + positive(V_E)).where(le(m, m_star))
    yield Claim(
        "N2.below",
        "For m <= m* it is the easy optima that limit the gain",
        Inequality(G - 1, "<=", Delta**2 / V_E),
        below_star,
        states_with=("T1",),
        rests_on=("P.kappa", "P.sigma", "P.gain", "T1.weak_below"),
        proof=By((*NAMED_GAINS, Cite("T1.weak_below"))),
    )
    quadratic = (1 + kappa) ** 2 * ((1 + sigma) * (V_H + sigma * V_E) + sigma * Delta**2)
    yield Claim(
        "N3",
        "Exact characterisation of a gain of 1 + g",
        Equivalence(ge(G, 1 + g), le(g * quadratic, (kappa - sigma) ** 2 * Delta**2)),
        GAIN + positive(g),
        rests_on=("P.kappa", "P.sigma", "P.gain"),
        proof=By(NAMED_GAINS),
    )

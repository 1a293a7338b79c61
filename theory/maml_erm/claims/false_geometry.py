"""False statements about geometry, the best step and hardness."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.formulas.domains import CURVATURES, MIXTURE
from theory.maml_erm.formulas.expressions import expand_atoms, expressions
from theory.maml_erm.formulas.mixture import a, b, gain, m_star, s_E, s_H, sigma
from theory.maml_erm.formulas.symbols import (
    V_H,
    Delta,
    L,
    L_min,
    alpha,
    d,
    g,
    m,
    n,
    nu,
    rho_E,
    rho_H,
    s,
    s_1,
    t_S,
)
from verify.claims.claim import Claim, second
from verify.claims.domain import Domain, at_least, between, positive
from verify.claims.statement import Holds, Inequality
from verify.derivations.relations import eq, ge, gt, implies, le, lt

G = gain().scalar
AT = ((alpha, 1 / rho_E),)


def claims() -> Iterator[Claim]:
    """Without the prefix of their ids: slips about noise, step sizes, directions, mismatch and hardness."""
    flat = MIXTURE + positive(Delta)
    here = {x: expand_atoms(x) for x in (a, b)}
    kept = expressions()["gain.with_floor"].value.xreplace({x: expand_atoms(x) for x in (s_H, s_E)} | here)
    scaled = kept.xreplace({m: second(m), d: second(d)})
    yield Claim(
        "floor_collapse",
        "With the floor kept, the gain still depends on d and m through m/(d+1) only",
        Holds(implies(eq(second(m) * (d + 1), m * (second(d) + 1)), eq(kept, scaled))),
        flat + at_least(second(d), 1) + at_least(second(m), 1) + positive(nu) + positive(V_H),
    )
    yield Claim(
        "inverse_is_best",
        "Above the threshold, no step size gains more than alpha = 1/rho_E",
        Inequality(G, "<=", G.xreplace({sigma: expand_atoms(sigma).xreplace({alpha: 1 / rho_E})})),
        (flat + positive(V_H)).where(gt(m, m_star)),
    )
    rate, t = alpha * (rho_E + rho_H), t_S

    def threshold(x: sp.Symbol) -> sp.Expr:
        return rate * (x**2 + t) / (x * (2 - rate * x))

    pair = Domain((*CURVATURES, positive(s_1), between(s, 0, s_1), at_least(t, s**2 + s_1**2), positive(alpha)))
    yield Claim(
        "order_top_needs",
        "The top direction has the smallest threshold only if s_1^2 + c t s_1 <= t",
        Holds(implies(gt(threshold(s), threshold(s_1)), le(s_1**2 + rate * t * s_1, t))),
        pair.where(lt(rate * s_1, 2)),
    )
    yield Claim(
        "order_top_first",
        "The top direction always has the smallest threshold",
        Inequality(threshold(s), ">", threshold(s_1)),
        pair.where(lt(rate * s_1, 2)),
    )
    erm, maml_n = (expressions()[name].value for name in ("risk.erm", "risk.maml"))
    overshoot = flat.where(gt(m, m_star), gt(n, m))
    yield Claim(
        "overshoot_harmless",
        "Trained with more samples than it is tested with, above m*, MAML never loses to ERM",
        Inequality(maml_n, "<=", erm),
        overshoot,
    )
    yield Claim(
        "overshoot_loses",
        "Trained with more samples than it is tested with, above m*, MAML always loses to ERM",
        Inequality(maml_n, ">", erm),
        overshoot,
    )
    tasks = ((L_min, L), (second(L_min), second(L)))
    (hard, top), (easy, other) = tasks
    spectra = Domain((positive(alpha), *(x for low, high in tasks for x in (positive(low), at_least(high, low)))))
    yield Claim(
        "condition_number",
        "At a common step size the worse conditioned of two tasks is the harder one",
        Holds(implies(gt(top / hard, other / easy), ge(1 - alpha * hard, 1 - alpha * easy))),
        spectra.where(le(alpha * top, 1), le(alpha * other, 1)),
    )
    yield Claim(
        "fair_below",
        "MAML lowers the risk of the hard tasks whatever m is",
        Inequality((1 - b) ** 2 * Delta**2, "<=", (1 - a) ** 2 * Delta**2),
        flat,
    )
    yield Claim(
        "packing_distance",
        "A gain of 1 + g above m* forces V_H < ||w_ERM - mu_E||^2/g",
        Holds(implies(ge(G, 1 + g), lt(V_H, (a * Delta) ** 2 / g))),
        (flat + positive(g) + positive(V_H)).where(gt(m, m_star)),
    )

"""Plausible but false: statements that somebody might write down, each of which must be refuted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import sympy as sp

from theory.maml_erm.claims.limits import many_samples
from theory.maml_erm.claims.moments import I, S, step_second_moment
from theory.maml_erm.formulas.domains import AT_INVERSE, CURVATURES, MIXTURE, ONE_TASK
from theory.maml_erm.formulas.expressions import expand_atoms, expressions
from theory.maml_erm.formulas.methods import maml
from theory.maml_erm.formulas.mixture import a, b, gain, gain_limit, kappa, m_star, s_E, s_H, sigma
from theory.maml_erm.formulas.symbols import (
    V_E,
    V_H,
    Delta,
    L,
    alpha,
    beta,
    d,
    g,
    m,
    n,
    nu,
    p,
    rho,
    rho_E,
    rho_H,
    s,
    s_1,
    t_S,
)
from verify.claims.claim import Claim, second
from verify.claims.domain import Domain, at_least, between, positive
from verify.claims.statement import Equivalence, Holds, Identity, Inequality, MatrixIdentity, Monotone
from verify.derivations.relations import eq, ge, gt, implies, le, lt

G = gain().scalar
AT = ((alpha, 1 / rho_E),)


def claims() -> Iterator[Claim]:
    for claim in _claims():
        yield replace(claim, id=f"false.{claim.id}", expected=False)


def _claims() -> Iterator[Claim]:
    many = AT_INVERSE + positive(V_H) + positive(Delta)
    yield Claim(
        "limit_at_inverse",
        "The limiting gain at alpha = 1/rho_E is 1 + Delta^2/V_H",
        Identity(gain_limit().scalar, 1 + Delta**2 / V_H),
        many,
        at=AT,
    )
    yield Claim(
        "half_of_limit",
        "m >= d + 1 suffices for half of the limiting gain",
        Holds(implies(ge(m, d + 1), ge(G - 1, many_samples() / 2))),
        many,
        at=AT,
    )
    yield Claim(
        "mismatch_harmless",
        "MAML never loses to ERM when n != m",
        Inequality(expressions()["risk.maml"].value, "<=", expressions()["risk.erm"].value),
        MIXTURE,
    )
    yield Claim(
        "closer_on_average",
        "The MAML solution is closer on average to the task optima than the ERM solution",
        Inequality(_distance(b), "<=", _distance(a)),
        AT_INVERSE,
        at=AT,
    )
    derived = step_second_moment()
    step = I - S.scale(alpha)
    yield Claim(
        "Q_with_d",
        "The isotropic MAML weight with d in place of d + 1",
        Identity(maml().isotropic.scalar, rho * ((1 - alpha * rho) ** 2 + alpha**2 * rho**2 * d / n)),
        ONE_TASK,
        derivations=(derived,),
    )
    yield Claim(
        "Q_with_trace",
        "Q with tr(Sigma) Sigma^2 in place of tr(Sigma^2) Sigma",
        MatrixIdentity(
            "E[(I - alpha Shat) Sigma (I - alpha Shat)]",
            derived.matrix,
            step * S * step + (S.trace() * S * S + S * S * S).scale(alpha**2 / n),
        ),
        derivations=(derived,),
    )
    flat = MIXTURE + positive(Delta)
    yield Claim(
        "gain_increases_in_m", "The gain increases in m", Monotone(G, m, "increasing", second(m), strict=False), flat
    )
    yield Claim(
        "limit_is_supremum",
        "No m gives more gain than the limit of many samples",
        Inequality(G, "<=", gain_limit().scalar),
        flat + positive(V_H),
    )
    yield Claim(
        "easy_packed_too",
        "A gain of 1 + g forces the easy optima to be closely packed too: V_E < Delta^2/g",
        Holds(implies(ge(G, 1 + g), lt(V_E, Delta**2 / g))),
        (flat + positive(g)).where(gt(m, m_star)),
    )
    yield Claim(
        "gain_increases_in_alpha",
        "The gain increases in alpha",
        Monotone(G, alpha, "increasing", second(alpha), strict=False),
        flat,
    )
    wrong = alpha * (d + 1) * (rho_E - rho_H) / (2 - alpha * (rho_H + rho_E))
    yield Claim(
        "threshold_difference",
        "m* with rho_E - rho_H in place of rho_E + rho_H",
        Equivalence(lt(sigma, kappa), gt(m, wrong)),
        MIXTURE,
    )
    yield from _geometry(flat)


def _geometry(flat: Domain) -> Iterator[Claim]:
    """The nearest slips to the claims about noise, step sizes, thresholds of directions, mismatch and hardness."""
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
    tasks = ((beta, L), (second(beta), second(L)))
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


def _distance(w: sp.Expr) -> sp.Expr:
    """E||w - w*||^2 at a given weight on mu_H."""
    return p * (V_H + (1 - w) ** 2 * Delta**2) + (1 - p) * (V_E + w**2 * Delta**2)

"""Plausible but false: statements that somebody might write down, each of which must be refuted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import sympy as sp

from theory.maml_erm.claims.limits import many_samples
from theory.maml_erm.claims.moments import I, S, step_second_moment
from theory.maml_erm.claims.noise import mean_square
from theory.maml_erm.claims.optimisation import weight_at
from theory.maml_erm.formulas.domains import AT_INVERSE, MIXTURE, ONE_TASK
from theory.maml_erm.formulas.expressions import expressions
from theory.maml_erm.formulas.methods import maml
from theory.maml_erm.formulas.mixture import a, b, gain, gain_limit, kappa, m_star, sigma
from theory.maml_erm.formulas.symbols import (
    V_E,
    V_H,
    Delta,
    L,
    T,
    V,
    alpha,
    d,
    g,
    k,
    l,
    m,
    n,
    nu,
    p,
    rho,
    rho_E,
    rho_H,
    t,
)
from verify.claims.claim import Claim, second
from verify.claims.domain import Bound, Domain, at_least, between, nonnegative, positive
from verify.claims.statement import Equivalence, Holds, Identity, Inequality, MatrixIdentity, Monotone
from verify.derivations.relations import any_of, ge, gt, implies, lt

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
    yield from _optimisation()
    yield from _finite_data()


def _optimisation() -> Iterator[Claim]:
    two = {t: l**2 + L**2}
    small, large = (weight_at(x).xreplace(two) for x in (l, L))
    yield Claim(
        "worse_conditioned",
        "The MAML objective is always worse conditioned than the ERM objective",
        Holds(any_of(ge(large / small, L / l), ge(small / large, L / l))),
        Domain((positive(L), between(l, 0, L), at_least(m, 1), Bound(alpha, sp.Integer(0), False, 1 / L, True))),
    )
    yield Claim(
        "sgd_never_harder",
        "One task a step is never harder on MAML's objective than on ERM's",
        Inequality(b / p, "<=", (1 - a) / (1 - p)),
        MIXTURE,
    )
    left, step = 1 - alpha * rho, alpha * rho
    square = left**2 + step**2 * (d + 1) / n
    noisy = left**2 + (3 * step**2 - 2 * step) * (d + 1) / n + step**2 * (d**2 + 3 * d + 4) / n**2
    of = {"square": square, "fourth": square**2, "with_trace": d * square**2, "noisy": noisy, "noisy_trace": d * square}
    per_gap, per_noise = mean_square(of)
    noisy_task = ONE_TASK + at_least(k, 1) + nonnegative(V) + nonnegative(nu)
    yield Claim(
        "noise_from_second_moments",
        "The variance of MAML's stochastic gradient with the square of the second moment in place of the fourth",
        Identity(expressions()["noise.maml"].value, (per_gap - (rho * square) ** 2) * V + per_noise * nu**2),
        noisy_task,
    )
    yield Claim(
        "noise_smaller",
        "MAML's stochastic gradient scatters less than ERM's",
        Inequality(expressions()["noise.maml"].value, "<=", expressions()["noise.erm"].value),
        noisy_task,
    )


def _finite_data() -> Iterator[Claim]:
    at_a, at_b = (expressions()[f"risk.sampled.{name}"].value for name in ("erm", "maml"))
    sampled = MIXTURE + at_least(T, 2) + positive(Delta)
    yield Claim(
        "few_tasks_harmless",
        "MAML never loses to ERM on T sampled tasks when it is trained with as many samples as it is tested with",
        Inequality(at_b, "<=", at_a),
        sampled.where(gt(m, m_star)),
    )
    yield Claim(
        "cross_without_easy",
        "The number of tasks from which MAML beats ERM, without the spread of the easy optima",
        Equivalence(lt(at_b, at_a), gt(T * (b - a) * Delta**2, (a + b) * V_H / p)),
        sampled.where(lt(a, b)),
    )
    yield Claim(
        "scatter_smaller",
        "A sampled task is worth more to MAML than to ERM: its solution scatters less",
        Inequality(expressions()["scatter.maml"].value, "<=", expressions()["scatter.erm"].value),
        (MIXTURE + positive(Delta)).where(gt(m, m_star)),
    )


def _distance(w: sp.Expr) -> sp.Expr:
    """E||w - w*||^2 at a given weight on mu_H."""
    return p * (V_H + (1 - w) ** 2 * Delta**2) + (1 - p) * (V_E + w**2 * Delta**2)

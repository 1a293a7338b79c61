"""False statements about conditioning, noise and finite data."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.claims.noise import mean_square
from theory.maml_erm.claims.optimisation import weight_at
from theory.maml_erm.formulas.domains import MIXTURE, ONE_TASK
from theory.maml_erm.formulas.expressions import expressions
from theory.maml_erm.formulas.mixture import a, b, gain, m_star
from theory.maml_erm.formulas.optimisation import descent_factor, task_contraction
from theory.maml_erm.formulas.symbols import (
    V_H,
    W_E,
    W_H,
    Delta,
    L,
    T,
    V,
    alpha,
    beta,
    d,
    h_i,
    h_max,
    h_min,
    k_o,
    l,
    m,
    n,
    nu,
    p,
    rho,
    rho_E,
    t,
)
from verify.claims.claim import Claim
from verify.claims.domain import Bound, Domain, above, at_least, between, nonnegative, positive
from verify.claims.statement import Equivalence, Holds, Identity, Inequality
from verify.derivations.relations import any_of, ge, gt, le, lt

G = gain().scalar
AT = ((alpha, 1 / rho_E),)


def claims() -> Iterator[Claim]:
    """Statements without the prefix of their ids."""
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
    curved = Domain((positive(h_min), above(h_max, h_min), Bound(h_i, h_min, True, h_max, True), positive(beta)))
    yield Claim(
        "descent_any_step",
        "A step of up to 2/h_max contracts every error by 1 - beta h_min",
        Inequality(descent_factor().scalar ** 2, "<=", (1 - beta * h_min) ** 2),
        curved.where(le(beta * h_max, 2)),
    )
    mean = p * W_H + (1 - p) * W_E
    yield Claim(
        "sgd_as_descent",
        "A step on one task contracts the mean square error as a step on the mean of all tasks does",
        Inequality(task_contraction().scalar, "<=", (1 - beta * mean) ** 2 * V),
        Domain((positive(W_H), positive(W_E), between(p, 0, 1), positive(beta), positive(V))).where(lt(beta * mean, 1)),
    )
    left, step = 1 - alpha * rho, alpha * rho
    square = left**2 + step**2 * (d + 1) / n
    noisy = left**2 + (3 * step**2 - 2 * step) * (d + 1) / n + step**2 * (d**2 + 3 * d + 4) / n**2
    of = {"square": square, "fourth": square**2, "with_trace": d * square**2, "noisy": noisy, "noisy_trace": d * square}
    per_gap, per_noise = mean_square(of)
    noisy_task = ONE_TASK + at_least(k_o, 1) + nonnegative(V) + nonnegative(nu)
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

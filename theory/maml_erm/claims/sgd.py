"""OPT.sgd: one sampled task a step, on the objectives of ERM and MAML."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.claims.gains import POSITIVE
from theory.maml_erm.formulas import optimisation as opt
from theory.maml_erm.formulas.domains import AT_INVERSE, MIXTURE_ANY_STEP
from theory.maml_erm.formulas.expressions import expressions
from theory.maml_erm.formulas.mixture import a, b, s_E, s_H
from theory.maml_erm.formulas.symbols import V_E, V_H, W_E, W_H, Delta, V, alpha, beta, c, m, p, rho_E, rho_H
from verify.claims.claim import Claim
from verify.claims.domain import Bound, Domain, between, nonnegative, positive
from verify.claims.hints import By, Unfold
from verify.claims.statement import Equivalence, Holds, Identity, Inequality, Limit
from verify.derivations.relations import all_of, eq, ge, gt, implies, le, lt


def claims() -> Iterator[Claim]:
    mean, mean_erm = p * s_H + (1 - p) * s_E, p * rho_H + (1 - p) * rho_E
    yield Claim(
        "OPT.sgd",
        "One task a step: the largest curvature of a task over the mean one is (1-a)/(1-p) for ERM, b/p for MAML",
        Holds(
            all_of(
                eq(rho_E / mean_erm, (1 - a) / (1 - p)),
                implies(ge(s_H, s_E), eq(s_H / mean, b / p)),
                implies(lt(s_H, s_E), eq(s_E / mean, (1 - b) / (1 - p))),
            )
        ),
        MIXTURE_ANY_STEP,
        rests_on=("P.s_H", "P.s_E"),
        proof=By((*POSITIVE, Unfold((a, b)))),
        note="b/p where the hard tasks have the larger weight, s_H >= s_E, else (1-b)/(1-p)",
    )
    yield Claim(
        "OPT.sgd.bounds",
        "That ratio is below 1/(1-p) for ERM, and from 1 to 1/p for MAML where hard tasks have the larger weight",
        Holds(all_of(lt((1 - a) / (1 - p), 1 / (1 - p)), lt(b / p, 1 / p), implies(ge(s_H, s_E), ge(b / p, 1)))),
        MIXTURE_ANY_STEP,
        states_with=("OPT.sgd",),
        rests_on=("P.s_H", "P.s_E"),
        proof=By((*POSITIVE, Unfold((a, b)))),
    )
    yield Claim(
        "OPT.sgd.harder",
        "When one task a step is harder on MAML's objective than on ERM's",
        Equivalence(gt(b / p, (1 - a) / (1 - p)), gt((1 - p) * (1 - s_E / s_H), p * (1 - rho_H / rho_E))),
        MIXTURE_ANY_STEP,
        states_with=("OPT.sgd",),
        rests_on=("P.s_H", "P.s_E"),
        proof=By((*POSITIVE, Unfold((a, b)))),
        note="rare hard tasks (small p) make it harder as soon as they have the larger weight",
    )
    yield Claim(
        "OPT.sgd.limit",
        "With many samples at alpha = 1/rho_E the ratio tends to 1/p: all of MAML's curvature is in the hard tasks",
        Limit(b / p, m, sp.oo, 1 / p),
        AT_INVERSE,
        at=((alpha, 1 / rho_E),),
        states_with=("OPT.sgd",),
    )
    yield from _noise_of_steps()


def _noise_of_steps() -> Iterator[Claim]:
    mean, square = p * W_H + (1 - p) * W_E, p * W_H**2 + (1 - p) * W_E**2
    weights = (positive(W_H), positive(W_E), between(p, 0, 1))
    contraction = opt.task_contraction().scalar
    safe = all_of(le(beta * W_H, 1), le(beta * W_E, 1))
    yield Claim(
        "OPT.sgd.contraction",
        "A step of at most 1/max W_i on one task contracts the mean square error by 1 - beta E W_i at least",
        Inequality(contraction, "<=", V * (1 - beta * mean)),
        Domain((*weights, positive(beta), nonnegative(V))).where(safe),
        states_with=("OPT.step",),
        derivations=(opt.task_contraction(),),
        note="all tasks with one optimum; at beta = 1/max W_i the factor is 1 - E W_i/max W_i, by OPT.sgd's ratio",
    )
    scatter = p * W_H**2 * (V_H + (1 - c) ** 2 * Delta**2) + (1 - p) * W_E**2 * (V_E + c**2 * Delta**2)
    yield Claim(
        "OPT.sgd.stationary",
        "How far from its solution a constant step on one task at a time keeps the parameter, exactly",
        Identity(expressions()["stationary"].value, beta * scatter / (2 * mean - beta * square)),
        Domain((*weights, positive(beta), nonnegative(V_H), nonnegative(V_E), nonnegative(Delta), Bound(c))).where(
            lt(beta * square, 2 * mean)
        ),
        states_with=("OPT.sgd.contraction",),
        derivations=(opt.stationary_square(),),
        note="w = c mu_H + (1-c) mu_E the solution, where the mean error is zero; W_i the weights of ERM or of MAML",
    )

"""H0: hardness in the three forms in which the versions of the paper state it, and what they have in common."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.formulas.domains import CURVATURES
from theory.maml_erm.formulas.mixture import hardness
from theory.maml_erm.formulas.symbols import L, L_min, alpha, eps, l, rho, rho_E, rho_H
from verify.claims.claim import Claim, second
from verify.claims.domain import Bound, Domain, at_least, between, positive
from verify.claims.hints import Axiom, By, Cases, Fact, Let, Only, Rewrite, Split, Sum, Unfold, chain
from verify.claims.statement import Equivalence, Holds, Inequality
from verify.derivations.relations import all_of, any_of, eq, ge, gt, implies, le, lt

EASY, HARD = 1 - alpha * rho_E, 1 - alpha * rho_H


def claims() -> Iterator[Claim]:
    steps = hardness()
    hard, easy = (steps.scalar.xreplace({rho: rho_c}) for rho_c in (rho_H, rho_E))
    log_H, log_E, log_eps = sp.symbols("log_H log_E log_eps", real=True)
    logs = ((log_H, HARD), (log_E, EASY), (log_eps, eps))
    # The tangents of the logarithm at 1 - alpha rho_H and at 1.
    nearer, small = gt(log_E - log_H, alpha * (rho_E - rho_H) / HARD), le(log_H, alpha * rho_H / HARD)
    yield Claim(
        "H0.ratio",
        "A hard task needs more than rho_E/rho_H times the gradient steps of an easy one",
        Inequality(hard, ">", rho_E / rho_H * easy),
        Domain((*CURVATURES, between(alpha, 0, 1 / rho_E), between(eps, 0, 1))),
        states_with=("H0.steps",),
        derivations=(steps,),
        proof=By(
            (
                Fact(gt(1 - alpha * rho_E, 0)),
                Fact(gt(1 - alpha * rho_H, 0)),
                *(Axiom("log quotient", (sp.Integer(1), z)) for z in (EASY, HARD, eps)),
                Axiom("log one"),
                Axiom("log quotient", (EASY, HARD)),
                Fact(gt(EASY / HARD, 0)),
                Axiom("log strict tangent", (EASY / HARD,)),
                Fact(gt(1 / HARD, 0)),
                Axiom("log tangent", (1 / HARD,)),
                Axiom("log less", (sp.Integer(1), 1 / eps)),
                *(Fact(gt(1 / z, 1)) for z in (EASY, HARD)),
                *(Axiom("log less", (sp.Integer(1), 1 / z)) for z in (EASY, HARD)),
                *(Let(name, sp.log(1 / z)) for name, z in logs),
                *(Fact(gt(name, 0), By((Unfold((name,)),))) for name, _ in logs),
                Fact(nearer, By((Unfold((log_H, log_E)),))),
                Fact(small, By((Unfold((log_H,)),))),
                Fact(lt(rho_E * log_H, rho_H * log_E), Sum(((gt(rho_H, 0), nearer), (gt(rho_E - rho_H, 0), small)))),
                *(Rewrite(sp.log(1 / z), name) for name, z in logs),
            ),
            Only((lt(rho_E * log_H, rho_H * log_E), gt(rho_H, 0), *(gt(name, 0) for name, _ in logs))),
        ),
    )
    yield from _forms(steps.scalar)


def _forms(steps: sp.Expr) -> Iterator[Claim]:
    other = second(rho)
    grow, more = 1 / (1 - alpha * rho), 1 / (1 - alpha * other)
    order = (
        *(Axiom("log less", pair) for pair in ((sp.Integer(1), 1 / eps), (sp.Integer(1), grow), (sp.Integer(1), more))),
        Axiom("log one"),
    )
    yield Claim(
        "H0.rate",
        "At a common step size, the number of gradient steps and the rate of gradient descent order tasks alike",
        Equivalence(gt(steps, steps.xreplace({rho: other})), gt(1 - alpha * rho, 1 - alpha * other)),
        Domain((positive(alpha), between(rho, 0, 1 / alpha), between(other, 0, 1 / alpha), between(eps, 0, 1))),
        derivations=(hardness(),),
        proof=By(
            order,
            Cases(
                lt(rho, other),
                By((Axiom("log less", (grow, more)),)),
                By((Axiom("log at most", (more, grow)),)),
            ),
        ),
        note="the forms of v2 (gradient steps needed) and of v5 (rate that gradient descent converges with): one order",
    )
    spectrum = (positive(L_min), at_least(L, L_min), Bound(l, L_min, True, L, True))
    yield Claim(
        "H0.common_step",
        "At a common step size, the smallest eigenvalue of a task's covariance sets its rate, not the condition number",
        Inequality(sp.Abs(1 - alpha * l), "<=", 1 - alpha * L_min),
        Domain((*spectrum, Bound(alpha, sp.Integer(0), False, 1 / L, True))),
        proof=By(
            (
                Fact(le(alpha * L, 1)),
                Fact(le(alpha * l, 1), Sum((le(alpha * L, 1), (ge(alpha, 0), le(l, L))))),
                Fact(le(alpha * l - 1, 0)),
                Axiom("abs left", (alpha * l - 1,)),
                Rewrite(sp.Abs(alpha * l - 1), 1 - alpha * l),
            ),
            Sum(((ge(alpha, 0), ge(l, L_min)),)),
        ),
        note="with equality at the eigenvalue L_min; of tasks with one norm L the worse conditioned is the harder one, "
        "in general it need not be: false.condition_number",
    )
    condition = L / L_min
    rate = (condition - 1) / (condition + 1)
    middle, best = L_min + L, sp.Symbol("best", real=True)
    at = 1 - 2 * l / middle
    # Below the best step the smallest eigenvalue is the slow one, above it the largest.
    below, above = ge(1 - alpha * L_min, best), ge(alpha * L - 1, best)
    slow = By(
        (
            Fact(below, Only((implies(le(alpha * middle, 2), below), le(alpha * middle, 2)))),
            Fact(le(alpha * L_min - 1, 0), chain(alpha * L_min - 1, "<=", -best, "<=", 0)),
            Axiom("abs left", (alpha * L_min - 1,)),
            Fact(ge(sp.Abs(1 - alpha * L_min), best)),
        )
    )
    fast = By(
        (
            Fact(above, Only((implies(gt(alpha * middle, 2), above), gt(alpha * middle, 2)))),
            Fact(ge(alpha * L - 1, 0), chain(0, "<=", best, "<=", alpha * L - 1)),
            Axiom("abs right", (alpha * L - 1,)),
            Fact(ge(sp.Abs(1 - alpha * L), best)),
        )
    )
    (turned,) = sp.Abs(at).args
    size = sp.Abs(at)
    inside = Cases(
        ge(turned, 0),
        By((Axiom("abs right", (turned,)), Rewrite(size, turned))),
        By((Axiom("abs left", (turned,)), Rewrite(size, -turned))),
    )
    extremes = any_of(ge(sp.Abs(1 - alpha * L_min), rate), ge(sp.Abs(1 - alpha * L), rate))
    yield Claim(
        "H0.condition",
        "At its own best step size 2/(L_min + L), a task's rate of gradient descent is set by its condition number",
        Holds(all_of(extremes, le(sp.Abs(1 - 2 * l / (L_min + L)), rate))),
        Domain((*spectrum, positive(alpha))),
        proof=By(
            (
                Let(best, (L - L_min) / middle),
                Rewrite(rate, best, By((Unfold((best,)),))),
                Fact(eq(best * middle, L - L_min), By((Unfold((best,)),))),
                Fact(ge(best, 0), By((Unfold((best,)),))),
                Fact(implies(le(alpha * middle, 2), below), By((Unfold((best,)),))),
                Fact(implies(gt(alpha * middle, 2), above), By((Unfold((best,)),))),
                Fact(le(turned, best), By((Unfold((best,)),))),
                Fact(le(-turned, best), By((Unfold((best,)),))),
            ),
            Split((Cases(le(alpha * middle, 2), slow, fast), inside)),
        ),
        note="the form of v3 (condition number). It is 1 for every isotropic covariance: hard and easy tasks of "
        "the mixture differ in their curvature at a common step size, not in their condition numbers",
    )

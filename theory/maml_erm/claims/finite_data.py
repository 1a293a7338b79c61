"""C1: how many tasks it takes until the statements about the population show."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.claims.gains import POSITIVE
from theory.maml_erm.claims.noise import central, mean_square
from theory.maml_erm.formulas import finite_data as data
from theory.maml_erm.formulas.domains import MIXTURE_ANY_STEP
from theory.maml_erm.formulas.expressions import expressions
from theory.maml_erm.formulas.mixture import a, b, b_n, s_E, s_H
from theory.maml_erm.formulas.solutions import CANDIDATE
from theory.maml_erm.formulas.symbols import (
    N_E,
    N_H,
    V_E,
    V_H,
    W_E,
    W_H,
    Delta,
    T,
    alpha,
    c,
    d,
    k_o,
    n,
    nu,
    p,
    rho_E,
    rho_H,
)
from theory.maml_erm.formulas.tasks import MU_E, MU_H
from verify.claims.claim import Claim
from verify.claims.domain import at_least, positive
from verify.claims.hints import By, Cite, Fact, Let, Only, Rewrite, Sum, Unfold
from verify.claims.statement import Equivalence, Holds, Identity, MatrixIdentity
from verify.derivations.relations import Formula, all_of, eq, ge, gt, lt
from verify.derivations.trace_polynomials import TracePolynomial

MEAN = p * s_H + (1 - p) * s_E  # the curvature of E_m
R_a, R_b, K, U, X, A_0, h_n, e_n = sp.symbols("R_a R_b K_0 U X A_0 h_n e_n", real=True)  # names used inside proofs


def claims() -> Iterator[Claim]:
    yield from _solution()
    yield from _cross()
    yield from _limits()
    yield from _samples()


def _solution() -> Iterator[Claim]:
    w, mu_H, mu_E = (TracePolynomial.letter(x) for x in (CANDIDATE, MU_H, MU_E))
    pulls = []
    for ones, offsets, mean, weight in ((data.ONES_H, data.XI_H, mu_H, W_H), (data.ONES_E, data.XI_E, mu_E, W_E)):
        one, xi = TracePolynomial.letter(ones), TracePolynomial.letter(offsets)
        pulls.append(((one.T * one) * (w - mean) - xi.T * one).scale(weight))
    gradient = data.sampled_gradient()
    yield Claim(
        "C1.gradient",
        "On sampled tasks every optimum pulls with the weight of its class",
        MatrixIdentity("gradient of the sum over the sampled tasks", gradient.matrix, pulls[0] + pulls[1]),
        derivations=(gradient,),
        note="the rows of 1 mu^T + Xi are the sampled optima of a class, 1^T 1 is their number",
    )
    sizes = (positive(N_H), positive(N_E))
    where = data.sampled_position()
    counts = {N_H: p * T, N_E: (1 - p) * T}
    erm, maml = (where.scalar.xreplace({**counts, W_H: x, W_E: y}) for x, y in ((rho_H, rho_E), (s_H, s_E)))
    yield Claim(
        "C1.position",
        "With p T hard tasks of T, the solutions put the weights a and b of the population on the mean hard optimum",
        Holds(all_of(eq(erm, a), eq(maml, b))),
        MIXTURE_ANY_STEP + positive(T),
        states_with=("C1.gradient",),
        rests_on=("P.s_H", "P.s_E"),
        derivations=(where,),
        proof=By((*POSITIVE, Unfold((a, b)))),
        note="mean of the sampled hard optima and of the sampled easy ones; T p and T (1-p) whole numbers",
    )
    risk = data.sampled_risk()
    fixed = (p * s_H * (V_H + (1 - c) ** 2 * Delta**2) + (1 - p) * s_E * (V_E + c**2 * Delta**2)) / 2
    yield Claim(
        "C1.risk",
        "Finitely many tasks add what the means of the sampled optima scatter, times the curvature of E_m",
        Identity(expressions()["risk.sampled"].value, fixed + MEAN / 2 * (c**2 * V_H / N_H + (1 - c) ** 2 * V_E / N_E)),
        MIXTURE_ANY_STEP + sizes,
        states_with=("C1.gradient", "X1"),
        derivations=(risk,),
        note="exact for any numbers of sampled tasks and any law of the optima with these means and spreads",
    )


def _cross() -> Iterator[Claim]:
    at_a, at_b = (expressions()[f"risk.sampled.{name}"].value for name in ("erm", "maml"))
    wide = MIXTURE_ANY_STEP + positive(T)
    gap = T * (b - a) * Delta**2 - ((a + b) * V_H / p - (2 - a - b) * V_E / (1 - p))
    scale = MEAN * (b - a) / (2 * T)
    share = Fact(eq(s_E * (1 - p) * b, p * s_H * (1 - b)), By((Unfold((b,)),)))
    solved = Fact(eq(s_E, p * s_H * (1 - b) / ((1 - p) * b)), By((Unfold((b,)),)))
    inside = (Fact(gt(b, 0), By((Unfold((b,)),))), Fact(lt(b, 1), By((Unfold((b,)),))))
    yield Claim(
        "C1.difference",
        "What MAML gains over ERM on T sampled tasks, exactly",
        Identity(at_a - at_b, scale * gap),
        wide,
        states_with=("C1.position",),
        rests_on=("P.s_H", "P.s_E"),
        derivations=(data.stratified_risk(a), data.stratified_risk(b)),
        proof=By((*POSITIVE, *inside, share, solved)),
    )
    threshold = (a + b) * V_H / p - (2 - a - b) * V_E / (1 - p)
    left = T * (b - a) * Delta**2

    sides = ((at_a, R_a), (at_b, R_b), (left, U), (threshold, X))

    def numbers(sign: Formula) -> By:
        """The difference of the risks as a number with a sign times that of the two sides."""
        facts = (eq(R_a - R_b, K * (U - X)), sign)
        return By(
            (
                *POSITIVE,
                Cite("C1.difference"),
                *(Let(name, value) for value, name in (*sides, (scale, K))),
                Fact(facts[0], By((Unfold((R_a, R_b, K, U, X)),))),
                Fact(gt(MEAN, 0)),
                Fact(sign, By((Unfold((K,)),))),
                *(Rewrite(value, name) for value, name in sides),
            ),
            Only(facts),
        )

    yield Claim(
        "C1.cross",
        "When MAML puts more weight on the hard mean, it beats ERM from a number of tasks on, given exactly",
        Equivalence(lt(at_b, at_a), gt(T * (b - a) * Delta**2, threshold)),
        wide.where(lt(a, b)),
        states_with=("C1.position",),
        rests_on=("P.s_H", "P.s_E", "C1.difference"),
        proof=numbers(gt(K, 0)),
        note="p T hard and (1-p) T easy tasks, optima sampled, data of each task unlimited; b > a for m > m*",
    )
    yield Claim(
        "C1.cross.below",
        "When MAML puts less weight on the hard mean, it beats ERM from a number of tasks on, given exactly",
        Equivalence(lt(at_b, at_a), lt(T * (b - a) * Delta**2, threshold)),
        wide.where(lt(b, a)),
        states_with=("C1.position",),
        rests_on=("P.s_H", "P.s_E", "C1.difference"),
        proof=numbers(lt(K, 0)),
        note="b < a for m < m*",
    )


def square_plus_positive_factor(curvature: sp.Symbol) -> Sum:
    """What one inner step on n samples leaves of a weight, as the sum of a square and of something positive."""
    return Sum((ge((1 - alpha * curvature) ** 2, 0), gt(alpha**2 * curvature**2 * (d + 1) / n, 0)))


def _limits() -> Iterator[Claim]:
    """What remains of the scatter of the solutions on T independent tasks, times T, as T grows."""
    erm, maml = (expressions()[f"scatter.{name}"] for name in ("erm", "maml"))
    scatter_erm, scatter_maml = (
        p * W**2 * (V_H + (1 - x) ** 2 * Delta**2) + (1 - p) * Y**2 * (V_E + x**2 * Delta**2)
        for W, Y, x in ((rho_H, rho_E, a), (s_H, s_E, b))
    )
    note = "half of A tr(A^-1 B A^-1), the limit by the central limit theorem for the gradients of T tasks; measured"
    yield Claim(
        "C1.clt.maml",
        "What a sampled task more is worth: the excess E_m of MAML on T independent tasks, times T, as T grows",
        Identity(maml.value, scatter_maml / (2 * MEAN)),
        MIXTURE_ANY_STEP,
        states_with=("C1.gradient", "G1"),
        rests_on=("P.s_H", "P.s_E"),
        derivations=(maml.derivation,),
        proof=By(POSITIVE),
        note=note,
    )
    yield Claim(
        "C1.clt.erm",
        "How far ERM on T independent tasks is from its limit in the norm of E_m, times T, as T grows",
        Identity(erm.value, MEAN * scatter_erm / (2 * (p * rho_H + (1 - p) * rho_E) ** 2)),
        MIXTURE_ANY_STEP,
        states_with=("C1.gradient", "G1"),
        rests_on=("P.s_H", "P.s_E"),
        derivations=(erm.derivation,),
        proof=By(POSITIVE),
        note=note + "; ERM's excess E_m has the mean of w_T, off by O(1/T), besides: its limit is no minimum of E_m",
    )
    means = MEAN / 2 * (b**2 * V_H / p + (1 - b) ** 2 * V_E / (1 - p))
    yield Claim(
        "C1.clt.share",
        "Of it the means of the sampled optima cost what C1.risk says, and the random share of hard tasks the rest",
        Identity(maml.value - means, p * (1 - p) * s_H**2 * s_E**2 * Delta**2 / (2 * MEAN**3)),
        MIXTURE_ANY_STEP,
        states_with=("C1.risk",),
        rests_on=("P.s_H", "P.s_E"),
        derivations=(maml.derivation,),
        proof=By((*POSITIVE, Unfold((b,)))),
    )


def _samples() -> Iterator[Claim]:
    """The same with k_o outer and n inner samples a task, for the solution itself."""
    erm, maml = (expressions()[f"covariance.{name}"] for name in ("erm", "maml"))
    domain = MIXTURE_ANY_STEP + at_least(k_o, 1)

    def distances(x: sp.Symbol) -> tuple[sp.Expr, sp.Expr]:
        return V_H + (1 - x) ** 2 * Delta**2, V_E + x**2 * Delta**2

    note = (
        "tr(A^-1 B A^-1), A the mean Hessian of a task and B the covariance of its gradient at the solution: the limit "
        "of T E||w_T - w||^2 by the central limit theorem; measured"
    )
    near = distances(a)
    total = sum(
        share * (rho_c**2 * (1 + (d + 1) / k_o) * apart + rho_c * d * nu**2 / k_o)
        for share, rho_c, apart in ((p, rho_H, near[0]), (1 - p, rho_E, near[1]))
    )
    yield Claim(
        "C1.samples.erm",
        "Limit covariance of ERM on T tasks with k_o samples each",
        Identity(erm.value, total / (p * rho_H + (1 - p) * rho_E) ** 2),
        domain,
        states_with=("OPT.noise.erm", "C1.clt.erm"),
        derivations=(erm.derivation,),
        note=note,
    )
    parts, mean = [], []
    for share, rho_c, apart in zip((p, 1 - p), (rho_H, rho_E), distances(b_n), strict=True):
        of = central(rho_c, n)
        per_gap, per_noise = mean_square(of, rho_c, n)
        parts.append(share * (per_gap * apart + per_noise * nu**2))
        mean.append(share * rho_c * of["square"])
    # The mean Hessian gets a name, so that the two sides are compared as the numerators over its square.
    derived = next(x.base for x in sp.preorder_traversal(maml.value) if isinstance(x, sp.Pow) and x.exp == -2)
    yield Claim(
        "C1.samples.maml",
        "Limit covariance of MAML on T tasks with n samples for the inner step and k_o for the loss after it",
        Identity(maml.value, (parts[0] + parts[1]) / (mean[0] + mean[1]) ** 2),
        domain,
        states_with=("OPT.noise.maml", "C1.clt.maml"),
        derivations=(maml.derivation,),
        proof=By(
            (
                Let(h_n, mean[0] / (p * rho_H)),
                Let(e_n, mean[1] / ((1 - p) * rho_E)),
                Fact(gt(h_n, 0), By((Unfold((h_n,)),), square_plus_positive_factor(rho_H))),
                Fact(gt(e_n, 0), By((Unfold((e_n,)),), square_plus_positive_factor(rho_E))),
                Let(A_0, mean[0] + mean[1]),
                Fact(eq(A_0, p * rho_H * h_n + (1 - p) * rho_E * e_n), By((Unfold((A_0, h_n, e_n)),))),
                Fact(gt(A_0, 0)),
                Rewrite(derived, A_0, By((Unfold((A_0,)),))),
                Rewrite(mean[0] + mean[1], A_0, By((Unfold((A_0,)),))),
            )
        ),
        note=note,
    )

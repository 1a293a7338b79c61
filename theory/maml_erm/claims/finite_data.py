"""C1: how many tasks it takes until the statements about the population show."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.claims.gains import POSITIVE
from theory.maml_erm.formulas import finite_data as data
from theory.maml_erm.formulas.domains import GEOMETRY, MIXTURE, MIXTURE_ANY_STEP
from theory.maml_erm.formulas.expressions import expressions
from theory.maml_erm.formulas.mixture import a, b, m_star, s_E, s_H
from theory.maml_erm.formulas.solutions import CANDIDATE
from theory.maml_erm.formulas.symbols import N_E, N_H, V_E, V_H, W_E, W_H, Delta, T, c, m, p, rho_E, rho_H
from theory.maml_erm.formulas.tasks import MU_E, MU_H
from verify.claims.claim import Claim
from verify.claims.domain import Bound, Domain, between, nonnegative, positive
from verify.claims.hints import By, Cite, Fact, Let, Only, Rewrite, Sum, Unfold
from verify.claims.statement import Equivalence, Holds, Identity, MatrixIdentity
from verify.derivations.relations import Formula, all_of, eq, gt, lt
from verify.derivations.trace_polynomials import TracePolynomial

MEAN = p * s_H + (1 - p) * s_E  # the curvature of E_m
R_a, R_b, K, U, X = sp.symbols("R_a R_b K_0 U X", real=True)  # names used inside proofs


def claims() -> Iterator[Claim]:
    yield from _solution()
    yield from _cross()
    yield from _limits()


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
        Identity(risk.scalar, fixed + MEAN / 2 * (c**2 * V_H / N_H + (1 - c) ** 2 * V_E / N_E)),
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
        states_with=("C1.position", "C1.risk"),
        rests_on=("P.s_H", "P.s_E"),
        derivations=(data.stratified_risk(a), data.stratified_risk(b)),
        proof=By((*POSITIVE, *inside, share, solved)),
    )
    threshold = (a + b) * V_H / p - (2 - a - b) * V_E / (1 - p)
    left = T * (b - a) * Delta**2

    def numbers(sign: Formula) -> By:
        """The difference of the risks as a number with a sign times that of the two sides."""
        facts = (eq(R_a - R_b, K * (U - X)), sign)
        return By(
            (
                *POSITIVE,
                Cite("C1.difference"),
                *(Let(name, value) for name, value in ((R_a, at_a), (R_b, at_b), (K, scale), (U, left), (X, threshold))),
                Fact(facts[0], By((Unfold((R_a, R_b, K, U, X)),))),
                Fact(gt(MEAN, 0)),
                Fact(sign, By((Unfold((K,)),))),
                *(Rewrite(value, name) for name, value in ((R_a, at_a), (R_b, at_b), (U, left), (X, threshold))),
            ),
            Only(facts),
        )

    yield Claim(
        "C1.cross",
        "When MAML puts more weight on the hard mean, it beats ERM from a number of tasks on, given exactly",
        Equivalence(lt(at_b, at_a), gt(T * (b - a) * Delta**2, threshold)),
        wide.where(lt(a, b)),
        states_with=("C1.position", "C1.risk"),
        rests_on=("P.s_H", "P.s_E", "C1.difference"),
        proof=numbers(gt(K, 0)),
        note="p T hard and (1-p) T easy tasks, optima sampled, data of each task unlimited; b > a for m > m*",
    )
    yield Claim(
        "C1.cross.below",
        "When MAML puts less weight on the hard mean, it beats ERM from a number of tasks on, given exactly",
        Equivalence(lt(at_b, at_a), lt(T * (b - a) * Delta**2, threshold)),
        wide.where(lt(b, a)),
        states_with=("C1.position", "C1.risk"),
        rests_on=("P.s_H", "P.s_E", "C1.difference"),
        proof=numbers(lt(K, 0)),
        note="b < a for m < m*",
    )


def _limits() -> Iterator[Claim]:
    return iter(())

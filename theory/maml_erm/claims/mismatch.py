"""U1: MAML trained with n samples and tested with m."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.claims.gains import POSITIVE
from theory.maml_erm.formulas.domains import MIXTURE, MIXTURE_ANY_STEP
from theory.maml_erm.formulas.expressions import atoms, expressions
from theory.maml_erm.formulas.mixture import a, b, b_n, isotropic_weight, kappa, m_star, s_E, s_H, sigma
from theory.maml_erm.formulas.symbols import Delta, m, n, p, rho_E, rho_H
from verify.claims.claim import Claim
from verify.claims.domain import positive
from verify.claims.hints import Axiom, By, Cases, Cite, Fact, Let, Only, Rewrite, Step, Sum, Unfold
from verify.claims.statement import Equivalence, Holds, Inequality
from verify.derivations.relations import all_of, eq, ge, gt, le, lt

h_n, e_n, sigma_n, lead, E_1, E_2 = sp.symbols("h_n e_n sigma_n lead E_1 E_2", real=True)
off, base = sp.symbols("off base", real=True)
HARD, EASY = (isotropic_weight("maml", curvature, n).scalar for curvature in (rho_H, rho_E))
# The weights of MAML trained with n samples, and what makes its solution b_n well defined.
TRAINED = (
    *POSITIVE,
    Let(h_n, HARD),
    Let(e_n, EASY),
    Cite("P.s_H", ((m, n), (s_H, h_n))),
    Cite("P.s_E", ((m, n), (s_E, e_n))),
    Fact(gt(p * h_n + (1 - p) * e_n, 0)),
    Fact(gt(p * HARD + (1 - p) * EASY, 0), By((Unfold((h_n, e_n)),))),
)


def claims() -> Iterator[Claim]:
    erm, maml = expressions()["risk.erm"].value, expressions()["risk.maml"].value
    scale = (p * s_H + (1 - p) * s_E) * Delta**2 / 2
    # Completed squares: E_m(x) - E_m(b) = scale (x - b)^2, with the two risks as numbers E_1 and E_2.
    difference = eq(E_1 - E_2, lead * ((b - b_n) ** 2 - (a - b) ** 2))
    squares = (
        *TRAINED,
        Fact(gt(scale, 0)),
        Let(lead, scale),
        Fact(gt(lead, 0), By((Unfold((lead,)),))),
        Fact(eq(maml - erm, lead * ((b - b_n) ** 2 - (a - b) ** 2)), By((Unfold((b, lead)),))),
        Let(E_1, maml),
        Let(E_2, erm),
        Fact(difference, By((Unfold((b, lead, E_1, E_2)),))),
        Rewrite(maml, E_1),
        Rewrite(erm, E_2),
    )
    yield Claim(
        "U1",
        "MAML trained with n samples beats ERM at m exactly when its weight is nearer to the best one",
        Equivalence(le(maml, erm), le(sp.Abs(b_n - b), sp.Abs(a - b))),
        MIXTURE_ANY_STEP + positive(Delta),
        rests_on=("P.s_H", "P.s_E"),
        proof=By((*squares, *_absolute(b - b_n, off), *_absolute(a - b, base))),
    )
    between_stars = (MIXTURE + positive(Delta)).where(lt(n, m_star), lt(m_star, m))
    solutions = ((a, kappa), (b, sigma), (b_n, sigma_n))
    order = (
        gt(kappa, 0),
        gt(sigma, 0),
        gt(sigma_n, kappa),
        lt(sigma, kappa),
        *(eq(x, 1 / (1 + y)) for x, y in solutions),
    )
    there = ((m, n), (s_H, h_n), (s_E, e_n), (sigma, sigma_n), (b, b_n))
    yield Claim(
        "U1.order",
        "Trained below the threshold and tested above it, ERM lies between MAML and the best weight",
        Holds(all_of(lt(b_n, a), lt(a, b))),
        between_stars,
        states_with=("T1",),
        rests_on=("P.s_H", "P.s_E", "P.kappa", "P.sigma", "X1.weights", "T1.product"),
        proof=By(
            (
                *TRAINED,
                Let(kappa, atoms()[kappa].value),
                Let(sigma, atoms()[sigma].value),
                Let(sigma_n, atoms()[sigma].value.xreplace(dict(there))),
                *(Cite(name, values) for name in ("P.sigma", "X1.weights", "T1.product") for values in ((), there)),
                Cite("P.kappa"),
                Fact(gt(sigma_n, kappa)),
                Fact(lt(sigma, kappa)),
            ),
            Only(order),
        ),
    )
    yield Claim(
        "U1.loses",
        "Trained below the threshold and tested above it, MAML always loses to ERM",
        Inequality(maml, ">", erm),
        between_stars,
        states_with=("T1",),
        rests_on=("U1.order", "P.s_H", "P.s_E"),
        proof=By(
            (
                Let(b, atoms()[b].value),
                *squares,
                Cite("U1.order"),
                Fact(gt(2 * b - a - b_n, 0), Sum((lt(b_n, a), lt(a, b), lt(a, b)))),
            ),
            Only((difference, gt(lead, 0), lt(b_n, a), gt(2 * b - a - b_n, 0))),
        ),
    )


def _absolute(x: sp.Expr, name: sp.Symbol) -> tuple[Step, ...]:
    """Give |x| a name: a number that is not negative and has the square of x."""
    size = sp.Abs(x)
    named = Unfold((name,))
    signs = Cases(ge(x, 0), By((Axiom("abs right", (x,)), named)), By((Axiom("abs left", (x,)), named)))
    return (
        Let(name, size),
        Fact(all_of(ge(name, 0), eq(x**2, name**2)), signs),
        Rewrite(size, name),
        Rewrite(x**2, name**2),
    )

"""U1: MAML trained with n samples and tested with m."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.claims.gains import POSITIVE
from theory.maml_erm.formulas.domains import MIXTURE, MIXTURE_ANY_STEP
from theory.maml_erm.formulas.expressions import atoms, expressions
from theory.maml_erm.formulas.mixture import a, b, b_n, isotropic_weight, kappa, m_star, s_E, s_H, sigma
from theory.maml_erm.formulas.symbols import Delta, alpha, d, m, n, p, rho_E, rho_H
from verify.claims.claim import Claim
from verify.claims.domain import positive
from verify.claims.hints import (
    Assume,
    Axiom,
    By,
    Cases,
    Cite,
    Fact,
    Let,
    Only,
    Proof,
    Rewrite,
    Split,
    Step,
    Sum,
    Unfold,
)
from verify.claims.statement import Equivalence, Holds, Inequality
from verify.derivations.relations import Formula, Relation, all_of, eq, ge, gt, iff, implies, le, lt

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
SOLUTIONS = ((a, kappa), (b, sigma), (b_n, sigma_n))
# What cites a claim about m samples for the n samples of the training.
THERE = ((m, n), (s_H, h_n), (s_E, e_n), (sigma, sigma_n), (b, b_n))
# Names for the positive factors in kappa - sigma, kappa - sigma_n and sigma_n - sigma.
AT_M, AT_N, BETWEEN = sp.symbols("at_m at_n between", real=True)


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
    order = (
        gt(kappa, 0),
        gt(sigma, 0),
        gt(sigma_n, kappa),
        lt(sigma, kappa),
        *(eq(x, 1 / (1 + y)) for x, y in SOLUTIONS),
    )
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
                Let(sigma_n, atoms()[sigma].value.xreplace(dict(THERE))),
                *(Cite(name, values) for name in ("P.sigma", "X1.weights", "T1.product") for values in ((), THERE)),
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
    yield from _table(squares, difference)


def _table(squares: tuple[Step, ...], difference: Formula) -> Iterator[Claim]:
    """U1.table: every position of n, m and m*."""
    erm, maml = expressions()["risk.erm"].value, expressions()["risk.maml"].value
    flat = MIXTURE + positive(Delta)
    yield Claim(
        "U1.table",
        "The weights b_n, b and a are ordered as the samples n, m and m* are",
        Holds(all_of(*(iff(lt(x, y), lt(k, j)) for x, k, y, j in _PAIRS))),
        flat,
        states_with=("T1",),
        rests_on=("P.s_H", "P.s_E", "P.kappa", "P.sigma", "X1.weights", "T1.product"),
        proof=_by_odds(),
    )
    ordered = (*squares, Cite("U1.table"))
    named = (Let(b, atoms()[b].value), *ordered)
    rests = ("P.s_H", "P.s_E", "U1.table")
    order = {(x, y): (lt(x, y), lt(k, j)) for x, k, y, j in _PAIRS}

    def nearer(*facts: Relation) -> Proof:
        """What the completed squares give for solutions in this order, which the samples have."""
        steps: list[Step] = []
        for f in facts:
            # x < y where it is said so of the samples; x <= y where y < x is not.
            weights, samples = order[(f.lhs, f.rhs) if f.op == "<" else (f.rhs, f.lhs)]
            known = samples if f.op == "<" else le(samples.rhs, samples.lhs)
            steps += [Fact(known), Fact(f, Only((iff(weights, samples), known)))]
        return Assume(By(tuple(steps), Only((difference, gt(lead, 0), *facts))))

    lost, won, kept = gt(maml, erm), lt(maml, erm), le(maml, erm)
    yield Claim(
        "U1.table.opposite",
        "With n and m on opposite sides of m*, MAML always loses to ERM",
        Holds(
            all_of(
                implies(all_of(lt(n, m_star), le(m_star, m)), lost), implies(all_of(le(m, m_star), lt(m_star, n)), lost)
            )
        ),
        flat,
        states_with=("T1",),
        rests_on=rests,
        proof=By(named, Split((nearer(lt(b_n, a), le(a, b)), nearer(lt(a, b_n), le(b, a))))),
        note="at m = m* too, where ERM is the best solution",
    )
    yield Claim(
        "U1.table.between",
        "With n between m* and m, MAML never loses to ERM, and wins unless n = m*",
        Holds(
            all_of(
                implies(all_of(le(m_star, n), le(n, m)), kept),
                implies(all_of(le(m, n), le(n, m_star)), kept),
                implies(all_of(lt(m_star, n), le(n, m)), won),
                implies(all_of(le(m, n), lt(n, m_star)), won),
            )
        ),
        flat,
        states_with=("T1",),
        rests_on=rests,
        proof=By(
            named,
            Split(
                (
                    nearer(le(a, b_n), le(b_n, b)),
                    nearer(le(b_n, a), le(b, b_n)),
                    nearer(lt(a, b_n), le(b_n, b)),
                    nearer(lt(b_n, a), le(b, b_n)),
                )
            ),
        ),
    )
    beyond = iff(le(maml, erm), le(b_n - b, b - a)), iff(le(maml, erm), le(b - b_n, a - b))
    yield Claim(
        "U1.table.overshoot",
        "With n beyond m, as seen from m*, MAML wins exactly when b_n overshoots b by no more than a falls short",
        Holds(
            all_of(
                implies(all_of(lt(m_star, m), lt(m, n)), beyond[0]), implies(all_of(lt(n, m), lt(m, m_star)), beyond[1])
            )
        ),
        flat,
        states_with=("T1",),
        rests_on=rests,
        proof=By(ordered, Split((nearer(lt(a, b), lt(b, b_n)), nearer(lt(b_n, b), lt(b, a))))),
        note="both outcomes occur: false.overshoot_harmless and false.overshoot_loses",
    )


_PAIRS = (
    (b_n, n, a, m_star),
    (a, m_star, b_n, n),
    (a, m_star, b, m),
    (b, m, a, m_star),
    (b_n, n, b, m),
    (b, m, b_n, n),
)


def _by_odds() -> Proof:
    """Each weight is 1/(1 + its odds), and the odds differ by positive multiples of what the samples differ by."""
    odds = dict(SOLUTIONS)
    scale = (1 - p) * alpha * rho_E * (rho_E - rho_H) * (2 - alpha * (rho_E + rho_H)) / p
    drop = alpha**2 * rho_H * rho_E * (d + 1) * (rho_E - rho_H) * (rho_E + rho_H - 2 * alpha * rho_E * rho_H)
    factors = (
        (AT_M, scale / (s_H * m), eq(kappa - sigma, AT_M * (m - m_star))),
        (AT_N, scale / (h_n * n), eq(kappa - sigma_n, AT_N * (n - m_star))),
        (BETWEEN, (1 - p) / p * drop / (m * n * s_H * h_n), eq(sigma_n - sigma, BETWEEN * (m - n))),
    )
    known = {frozenset(pair): k for k, pair in enumerate(((a, b), (a, b_n), (b_n, b)))}

    def part(x: sp.Symbol, y: sp.Symbol) -> Proof:
        name, _, product = factors[known[frozenset((x, y))]]
        return Only((*(f for z in (x, y) for f in (eq(z, 1 / (1 + odds[z])), gt(odds[z], 0))), product, gt(name, 0)))

    steps: tuple[Step, ...] = (
        *TRAINED,
        Let(kappa, atoms()[kappa].value),
        Let(sigma, atoms()[sigma].value),
        Let(sigma_n, atoms()[sigma].value.xreplace(dict(THERE))),
        *(Cite(name, values) for name in ("P.sigma", "X1.weights", "T1.product") for values in ((), THERE)),
        Cite("P.kappa"),
        Fact(gt(rho_E + rho_H - 2 * alpha * rho_E * rho_H, 0)),
        *(Let(name, value) for name, value, _ in factors),
        *(Fact(gt(name, 0), By((Unfold((name,)),))) for name, _, _ in factors),
        *(Fact(product, By((Unfold((name,)),))) for name, _, product in factors[:2]),
        Fact(factors[2][2], By((Unfold((BETWEEN, sigma, sigma_n, s_H, s_E, h_n, e_n)),))),
    )
    return By(steps, Split(tuple(part(x, y) for x, _, y, _ in _PAIRS for _ in ("forward", "backward"))))


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

"""N4, FAIR, NOISE, and the solutions over all of R^d: what geometry does for any mixture, and who pays."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.claims.gains import POSITIVE
from theory.maml_erm.claims.thresholds import NOT_FLAT
from theory.maml_erm.formulas.domains import GAIN
from theory.maml_erm.formulas.expressions import atoms, expressions
from theory.maml_erm.formulas.geometry import (
    objective_in_space,
    risk_of_class,
)
from theory.maml_erm.formulas.mixture import a, at_position, b, floor, kappa, m_star, position, s_E, s_H, sigma
from theory.maml_erm.formulas.symbols import (
    V_E,
    V_H,
    W_E,
    W_H,
    Delta,
    Delta_perp,
    c,
    e_1,
    e_2,
    f_1,
    f_2,
    g,
    m,
    p,
    v_1,
    v_2,
)
from verify.claims.claim import Claim
from verify.claims.domain import Bound, Domain, between, nonnegative, positive
from verify.claims.hints import Assume, Auto, By, Cases, Cite, Fact, Let, Only, Rewrite, Split, Sum, Unfold, chain
from verify.claims.statement import Equivalence, Holds, Identity
from verify.derivations.relations import all_of, any_of, eq, ge, gt, iff, implies, le, lt, ne

WEIGHTS = (positive(W_H), positive(W_E), between(p, 0, 1))
SPREADS = (nonnegative(V_H), nonnegative(V_E), nonnegative(Delta))
# Names used inside proofs.
E_A, E_B, FLOOR, x = sp.symbols("E_a E_b floor x_0", real=True)
F_ = sp.Symbol("F_j", real=True)
SUMS = "What the claim says of numbers holds for any number of them by induction: the first ones are 0."


def claims() -> Iterator[Claim]:
    yield from _everywhere()
    yield from _any_mixture()
    yield from _fair()
    yield from _noise()


def _everywhere() -> Iterator[Claim]:
    """The solutions as minimisers over all of R^d."""
    objective, where = objective_in_space(), position()
    domain = Domain((*WEIGHTS, *SPREADS, nonnegative(Delta_perp), Bound(c)))

    def value(x: sp.Expr, off: sp.Expr) -> sp.Expr:
        hard, easy = off**2 + (1 - x) ** 2 * Delta**2, off**2 + x**2 * Delta**2
        return (p * W_H * (V_H + hard) + (1 - p) * W_E * (V_E + easy)) / 2

    anywhere = value(c, Delta_perp)
    yield Claim(
        "S0.objective",
        "What a method makes small, anywhere in R^d",
        Identity(objective.scalar, anywhere),
        domain,
        states_with=("G1",),
        derivations=(objective,),
        note="w = c mu_H + (1-c) mu_E + e with e orthogonal to mu_H - mu_E: every w is that, Delta_perp = ||e||",
    )
    best, total = where.scalar, p * W_H + (1 - p) * W_E
    least = value(best, sp.Integer(0))
    elsewhere = any_of(gt(Delta_perp, 0), all_of(gt(Delta, 0), ne(c, best)))
    squares = Delta_perp**2 + (c - best) ** 2 * Delta**2
    named = Delta_perp**2 + (c - x) ** 2 * Delta**2
    above = Sum((gt(Delta_perp**2, 0), ge((c - x) ** 2 * Delta**2, 0)))
    beside = By(
        (Fact(gt(Delta, 0)), Fact(ne(c, x)), Fact(gt((c - x) ** 2, 0))),
        Sum((ge(Delta_perp**2, 0), gt((c - x) ** 2 * Delta**2, 0))),
    )
    gap, apart = total * named / 2, eq(E_A, E_B + F_)
    strict = By(
        (
            Fact(gt(named, 0), Cases(gt(Delta_perp, 0), above, beside)),
            Fact(gt(gap, 0)),
            Let(E_A, anywhere),
            Let(E_B, value(x, sp.Integer(0))),
            Let(F_, gap),
            Fact(gt(F_, 0), By((Unfold((F_,)),))),
            Fact(apart, By((Unfold((E_A, E_B, F_)),))),
            Rewrite(anywhere, E_A),
            Rewrite(value(x, sp.Integer(0)), E_B),
        ),
        Only((apart, gt(F_, 0))),
    )
    yield Claim(
        "S0.solution.everywhere",
        "The solution of a method is the only minimiser over all of R^d, and lies between the class means",
        Holds(
            all_of(
                gt(best, 0),
                lt(best, 1),
                eq(anywhere - least, total * squares / 2),
                implies(elsewhere, gt(anywhere, least)),
            )
        ),
        domain,
        states_with=("S0.objective", "S0.solution"),
        derivations=(where,),
        proof=By(
            (
                Fact(gt(total, 0), Sum((gt(p * W_H, 0), gt((1 - p) * W_E, 0)))),
                Let(x, best),
                Fact(eq(x * total, p * W_H), By((Unfold((x,)),))),
                Fact(gt(x, 0), By((Unfold((x,)),))),
                Fact(lt(x, 1), By((Unfold((x,)),))),
                Rewrite(V_E + best**2 * Delta**2, V_E + x**2 * Delta**2, By((Unfold((x,)),))),
                Rewrite(best, x),
                Fact(eq(anywhere - value(x, sp.Integer(0)), gap)),
            ),
            Split((Auto(), Auto(), Auto(), Assume(strict))),
        ),
        note="where Delta = 0, all weights c mean the same point mu_H = mu_E; it is the only minimiser then too",
    )


def _any_mixture() -> Iterator[Claim]:
    """N4: classes described by what they add to the two risks."""
    ratio = (e_1 + v_1 + e_2 + v_2) / (f_1 + v_1 + f_2 + v_2)
    classes = ((e_1, f_1, v_1), (e_2, f_2, v_2))
    above, below = (e_1 + v_1, e_2 + v_2), (f_1 + v_1, f_2 + v_2)
    total = (above[0] + above[1], below[0] + below[1])

    def _larger(k: int) -> By:
        """The class with the larger ratio has at least the gain, by the mediant inequality."""
        e, f, v = classes[k]
        return By(
            (
                Fact(gt(total[1], 0)),
                Fact(ge(above[k] * total[1], total[0] * below[k])),
                Fact(gt(total[0], total[1])),
                Fact(
                    gt((e - f) * total[1], 0),
                    Sum((ge(above[k] * total[1], total[0] * below[k]), gt((total[0] - total[1]) * below[k], 0))),
                ),
                Fact(gt(e - f, 0), Sum(((gt((e - f) * total[1], 0), gt(1 / total[1], 0)),))),
                Fact(gt(e, f)),
                Fact(le(ratio, above[k] / below[k])),
                Fact(le(above[k] / below[k], 1 + e / v)),
                Fact(le(ratio, 1 + e / v), chain(ratio, "<=", above[k] / below[k], "<=", 1 + e / v)),
                Fact(all_of(lt(f, e), le(ratio, 1 + e / v))),
            )
        )

    described = (
        "Class c adds e_c + v_c to E_m(ERM) and f_c + v_c to E_m(MAML): the gap identity G1 inside the class, with "
        "mu_c and v_c its Q-weighted mean and spread. So 1 + e_c/v_c = 1 + ||w_ERM - mu_c||^2_{Q_c}/V_c. "
    )
    yield Claim(
        "N4",
        "A gain comes from a class that MAML improves, and is at most 1 + ||w_ERM - mu_c||^2/V_c there",
        Holds(any_of(*(all_of(lt(f, e), le(ratio, 1 + e / v)) for e, f, v in classes))),
        Domain((*map(nonnegative, (e_1, f_1, e_2, f_2)), positive(v_1), positive(v_2))).where(gt(ratio, 1)),
        states_with=("G1",),
        proof=Cases(ge(above[0] * below[1], above[1] * below[0]), yes=_larger(0), no=_larger(1)),
        note=described + "Two classes of any tasks; any number of classes: N4.classes.",
    )
    improved = implies(lt(f_2, e_2), le(e_2, g * v_2))
    yield Claim(
        "N4.classes",
        "Any number of classes: where e_c <= g V_c in all those that MAML improves, the gain is at most 1 + g",
        Holds(
            implies(
                all_of(le(e_1 + v_1, (1 + g) * (f_1 + v_1)), improved),
                le(e_1 + v_1 + e_2 + v_2, (1 + g) * (f_1 + v_1 + f_2 + v_2)),
            )
        ),
        Domain(tuple(map(nonnegative, (e_1, f_1, v_1, e_2, f_2, v_2, g)))),
        states_with=("N4",),
        proof=Assume(
            By(
                (
                    Fact(
                        le(e_2 + v_2, (1 + g) * (f_2 + v_2)),
                        Cases(
                            lt(f_2, e_2),
                            yes=Sum((le(e_2, g * v_2), ge((1 + g) * f_2, 0))),
                            no=Sum((le(e_2, f_2), ge(g * (f_2 + v_2), 0))),
                        ),
                    ),
                ),
                Sum((le(e_1 + v_1, (1 + g) * (f_1 + v_1)), le(e_2 + v_2, (1 + g) * (f_2 + v_2)))),
            )
        ),
        note=described
        + "e_1, f_1, v_1 are the sums over the classes so far, e_2, f_2, v_2 belong to one more. "
        + SUMS,
    )


def _fair() -> Iterator[Claim]:
    weights = (gt(kappa, 0), gt(sigma, 0), eq(a, 1 / (1 + kappa)), eq(b, 1 / (1 + sigma)))
    signs = (gt(a, 0), lt(a, 1), gt(b, 0), lt(b, 1), gt(Delta, 0), ge(V_H, 0), ge(V_E, 0))
    nearer = iff(lt(a, b), gt(m, m_star))
    hard, easy = ({w: risk_of_class(kind, w).scalar for w in (a, b)} for kind in (True, False))
    yield Claim(
        "FAIR",
        "MAML lowers the risk of the hard tasks, and raises that of the easy ones, exactly when m > m*",
        Holds(all_of(iff(lt(hard[b], hard[a]), gt(m, m_star)), iff(gt(easy[b], easy[a]), gt(m, m_star)))),
        NOT_FLAT,
        states_with=("X1", "T1"),
        rests_on=("P.s_H", "P.s_E", "P.kappa", "P.sigma", "X1.weights", "T1"),
        derivations=tuple(risk_of_class(kind, w) for kind in (True, False) for w in (a, b)),
        proof=By(
            (
                *POSITIVE,
                *(Let(odds, atoms()[odds].value) for odds in (kappa, sigma)),
                Cite("P.kappa"),
                Cite("P.sigma"),
                Cite("X1.weights"),
                Cite("T1"),
                Fact(all_of(gt(a, 0), lt(a, 1), gt(b, 0), lt(b, 1)), Only(weights)),
                Fact(iff(lt(a, b), lt(sigma, kappa)), Only(weights)),
                Fact(nearer, Only((iff(lt(a, b), lt(sigma, kappa)), iff(lt(sigma, kappa), gt(m, m_star))))),
            ),
            Split(tuple(Only((*signs, nearer, gt(s, 0))) for s in (s_H, s_E) for _ in ("forward", "backward"))),
        ),
    )


def _noise() -> Iterator[Claim]:
    risk_a, risk_b, here = at_position(a), at_position(b), floor().scalar
    with_floor = expressions()["gain.with_floor"].value
    room = (risk_a - (1 + g) * risk_b) / g
    yield Claim(
        "NOISE",
        "With the floor kept, a gain of 1 + g leaves room for so much floor, and no more",
        Equivalence(ge(with_floor, 1 + g), le(here, room)),
        GAIN + positive(g),
        rests_on=("P.risk",),
        derivations=(expressions()["gain.with_floor"].derivation,),
        proof=By(
            (
                Cite("P.risk"),
                Let(E_A, risk_a),
                Let(E_B, risk_b),
                Let(FLOOR, here),
                Fact(gt(E_B, 0), By((Unfold((E_B,)),))),
                Fact(ge(FLOOR, 0), By((Unfold((FLOOR,)),))),
                Fact(gt(E_B + FLOOR, 0)),
                Fact(gt(risk_b + here, 0), By((Unfold((E_B, FLOOR)),))),
                Rewrite(with_floor, (E_A + FLOOR) / (E_B + FLOOR), By((Unfold((E_A, E_B, FLOOR)),))),
                Rewrite(here, FLOOR, By((Unfold((FLOOR,)),))),
                Rewrite(room, (E_A - (1 + g) * E_B) / g, By((Unfold((E_A, E_B)),))),
            ),
        ),
    )

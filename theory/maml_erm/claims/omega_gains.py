"""N1 in full generality: without hardness discrepancy no gain, for any number of tasks, covariances and optima.

The gain depends on the tasks through a few inner products, with e_i = w_i* - w_ERM and u = w_MAML - w_ERM:
q_e = E <e_i, Q_i e_i>, q_u = <u, E[Q_i] u> = E <u, Q_i e_i>, and E <u, Sigma_i e_i> = 0, which defines w_ERM. Matrices
of inner products are PSD; their principal minors are the hypotheses here. Every environment gives such numbers,
whatever the number of its tasks; the tests draw some. The spread inside a class is part of the law of w_i*.
"""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.claims.gains import ODDS, POSITIVE
from theory.maml_erm.formulas import mixture
from theory.maml_erm.formulas.domains import GAIN, MIXTURE_ANY_STEP
from theory.maml_erm.formulas.expressions import atoms
from theory.maml_erm.formulas.mixture import kappa, q, s_E, s_H, sigma
from theory.maml_erm.formulas.omega import gain_any_tasks
from theory.maml_erm.formulas.symbols import (
    D_max,
    D_min,
    Lambda,
    c_1,
    c_2,
    f_e,
    f_u,
    g,
    h_1,
    h_2,
    h_e,
    h_u,
    m,
    p,
    q_e,
    q_k,
    q_u,
    rho_E,
    rho_H,
)
from verify.claims.claim import Claim
from verify.claims.domain import Domain, above, at_least, nonnegative, positive
from verify.claims.hints import Assume, Axiom, By, Cases, Cite, Fact, Let, Proof, Rewrite, Sum, Unfold, chain
from verify.claims.statement import Holds, Identity, Inequality
from verify.derivations.relations import ge, gt, implies, le, replace_symbols

G = gain_any_tasks().scalar
# The gain exists where E_m(MAML) = (q_e - q_u)/2 is positive.
RISKS = (nonnegative(q_u), above(q_e, q_u))
ENVIRONMENT = "any number of tasks, covariances and optima"
FORMS = "e_i = w_i* - w_ERM, u = w_MAML - w_ERM"
a_1, b_1, a_2, b_2, s, low, high = sp.symbols("a_1 b_1 a_2 b_2 s low high", real=True)  # names used inside proofs


def claims() -> Iterator[Claim]:
    yield from _sandwiched()
    yield from _deff()
    yield from _sharp()
    yield from _isotropic()
    yield from _two_classes()


# The entries of two PSD matrices: the inner products of e and u under W_i - c_1 Sigma_i and under c_2 Sigma_i - W_i.
BELOW = (ge(q_e, c_1 * f_e), ge(q_u, c_1 * f_u), ge((q_e - c_1 * f_e) * (q_u - c_1 * f_u), q_u**2))
ABOVE = (le(q_e, c_2 * f_e), le(q_u, c_2 * f_u), ge((c_2 * f_e - q_e) * (c_2 * f_u - q_u), q_u**2))
ENTRIES = (*RISKS, nonnegative(f_e), nonnegative(f_u))
BOUND = (c_1 + c_2) ** 2 / (4 * c_1 * c_2)


def _sandwiched() -> Iterator[Claim]:
    yield Claim(
        "N1.sandwiched",
        "Weights between c_1 and c_2 times the covariances gain at most (c_1 + c_2)^2/(4 c_1 c_2) over ERM",
        Inequality(G, "<=", BOUND),
        Domain((*ENTRIES, positive(c_1), above(c_2, c_1)), (*BELOW, *ABOVE)),
        derivations=(gain_any_tasks(),),
        states_with=("G1",),
        proof=_by_minors(),
        note=f"{ENVIRONMENT}, any method with c_1 Sigma_i <= W_i <= c_2 Sigma_i in every task, Q_i for W_i; {FORMS}; "
        "the hypotheses are the principal minors of the inner products of e and u under W_i - c_1 Sigma_i and under "
        "c_2 Sigma_i - W_i, whose mixed entries are q_u and - q_u because E <u, Sigma_i e_i> = 0",
    )


def _by_minors() -> Proof:
    """The two forms at e - s u and e + s u, with s = (c_1 + c_2)/(c_2 - c_1), such that f_e and f_u cancel."""
    named = Unfold((a_1, b_1, a_2, b_2))
    minors = (ge(a_1 * b_1, q_u**2), ge(a_2 * b_2, q_u**2))
    far = c_2 - c_1
    difference = ge(far**2 * q_e - (c_1 + c_2) ** 2 * q_u, 0)
    parts = (ge(c_2 * far * low, 0), ge(c_1 * far * high, 0))
    return By(
        (
            Fact(gt(far, 0)),
            Let(a_1, q_e - c_1 * f_e),
            Let(b_1, q_u - c_1 * f_u),
            Let(a_2, c_2 * f_e - q_e),
            Let(b_2, c_2 * f_u - q_u),
            *(Fact(ge(x, 0), By((named,))) for x in (a_1, b_1, a_2, b_2)),
            *(Fact(f, By((named,))) for f in minors),
            Let(s, (c_1 + c_2) / far),
            Fact(gt(s, 0), By((Unfold((s,)),))),
            Let(low, a_1 - 2 * s * q_u + s**2 * b_1),
            Let(high, a_2 - 2 * s * q_u + s**2 * b_2),
            Fact(ge(a_1 - 2 * s * q_u + s**2 * b_1, 0), _form(a_1, b_1)),
            Fact(ge(a_2 - 2 * s * q_u + s**2 * b_2, 0), _form(a_2, b_2)),
            Fact(ge(low, 0), By((Unfold((low,)),))),
            Fact(ge(high, 0), By((Unfold((high,)),))),
            *(Fact(f) for f in parts),
            Fact(difference, By((Unfold((low, high, a_1, b_1, a_2, b_2, s)),), Sum(parts))),
        )
    )


def _form(a: sp.Symbol, b: sp.Symbol) -> Proof:
    """a + s^2 b >= 2 s q_u from a b >= q_u^2: the difference of their squares is a square and 4 s^2 times that."""
    added = a + s**2 * b + 2 * s * q_u
    squares = (ge((a - s**2 * b) ** 2 / added, 0), ge(4 * s**2 * (a * b - q_u**2) / added, 0))
    return Cases(gt(added, 0), Sum(squares), Sum((ge(2 * (a + s**2 * b), 0), ge(-added, 0))))


def _deff() -> Iterator[Claim]:
    least, most = D_min / (m + D_min), (m + D_max) / m
    values = ((c_1, least), (c_2, most))
    here = {c_1: least, c_2: most}
    bound = BOUND.xreplace(here)
    domain = Domain(
        (*ENTRIES, positive(D_min), at_least(D_max, D_min), at_least(m, 1)),
        tuple(replace_symbols(f, here) for f in (*BELOW, *ABOVE)),
    )
    apart = Fact(gt(most, least), chain(most, ">", 1, ">", least))
    stated = ("G1", "A3.mixture.lower", "A3.mixture.upper")
    note = (
        f"{ENVIRONMENT}, alpha <= 1/max||Sigma_i||; {FORMS}; D_min <= d_eff(Sigma_i) + 1 <= D_max; the hypotheses are "
        "the principal minors of the inner products of e and u under Q_i - c_1 Sigma_i and c_2 Sigma_i - Q_i, which A3 "
        "says are PSD for c_1 = D_min/(m + D_min), c_2 = (m + D_max)/m; with all d_eff + 1 = D, m = D gives G <= 25/16"
    )
    yield Claim(
        "N1.deff",
        "Omega(d_eff) is necessary: the sandwich bounds the gain, for any tasks",
        Inequality(G, "<=", bound),
        domain,
        derivations=(gain_any_tasks(),),
        states_with=stated,
        rests_on=("N1.sandwiched",),
        proof=By((apart, Cite("N1.sandwiched", values))),
        note=note,
    )
    yield Claim(
        "N1.deff.samples",
        "For m >= D_max, a gain of 1 + g needs m >= (16/9) g D_min samples, for any tasks",
        Holds(implies(ge(G, 1 + g), ge(m, sp.Rational(16, 9) * g * D_min))),
        domain.where(ge(m, D_max)) + positive(g),
        derivations=(gain_any_tasks(),),
        states_with=stated,
        rests_on=("N1.deff",),
        proof=By(
            (
                Cite("N1.deff"),
                Fact(le(bound, 1 + sp.Rational(9, 16) * m / D_min), By((Fact(gt(most, 0)), Fact(gt(least, 0))))),
            ),
            Assume(
                By(
                    (
                        Fact(
                            le(g, sp.Rational(9, 16) * m / D_min),
                            chain(g, "<=", G - 1, "<=", bound - 1, "<=", sp.Rational(9, 16) * m / D_min),
                        ),
                    )
                )
            ),
        ),
        note=note,
    )


def _sharp() -> Iterator[Claim]:
    # The principal minors of the inner products of e, u and k under Q_i, where <e, k> = 0 and <u, k> = <k, k> = q_k.
    minors = (ge(q_u * q_k, q_k**2), ge(q_e * (q_u * q_k - q_k**2), q_u**2 * q_k))
    zero = sp.Integer(0)
    none = By((Axiom("equal", (q_k, zero)), Fact(le(q_u, 0)), Axiom("equal", (q_u, zero))))
    still = By((Axiom("equal", (q_u, zero)),))
    split = Fact(ge(q_e * (q_u - q_k), q_u**2), Sum((ge((q_e * (q_u * q_k - q_k**2) - q_u**2 * q_k) / q_k, 0),)))
    scaled = Fact(
        ge(q_u * (q_e * (Lambda - 1) - Lambda * q_u), 0),
        Sum(
            (
                (ge(Lambda, 1), ge(q_e * (q_u - q_k) - q_u**2, 0)),
                (ge(q_e, 0), ge(Lambda * q_k - q_u, 0)),
                ge(q_e * (q_u - q_k) - q_u**2, 0),
            )
        ),
    )
    some = By((split, scaled))
    yield Claim(
        "N1.general",
        "No geometry gains more than the largest eigenvalue of E[Q_i] S^-1 M S^-1, M = E[Sigma_i Q_i^-1 Sigma_i]",
        Inequality(G, "<=", Lambda),
        Domain((*RISKS, nonnegative(q_k), at_least(Lambda, 1)), (*minors, le(q_u, Lambda * q_k))),
        derivations=(gain_any_tasks(),),
        states_with=("G1",),
        proof=By(
            (Fact(ge(q_e * (Lambda - 1), Lambda * q_u), Cases(gt(q_k, 0), Cases(gt(q_u, 0), some, still), none)),)
        ),
        note=f"{ENVIRONMENT}; {FORMS}, S = E Sigma_i, k_i = Q_i^-1 Sigma_i M^-1 S u; the hypotheses are the principal "
        "minors of the inner products of e, u, k under Q_i, where <e, k> = 0 and <u, k> = <k, k>, and that E[Q_i] <= "
        "Lambda S M^-1 S; that the inner products of every environment are these is matrix algebra outside the proof",
    )
    yield Claim(
        "N1.general.attained",
        "That largest eigenvalue is attained, at the optima w_i* = w_ERM + y - Q_i^-1 Sigma_i M^-1 S y",
        Identity(G.xreplace({q_e: (Lambda - 1) * q_k, q_u: (Lambda - 1) ** 2 / Lambda * q_k}), Lambda),
        Domain((positive(q_k), above(Lambda, 1))),
        derivations=(gain_any_tasks(),),
        states_with=("N1.general",),
        note="E[Q_i] y = Lambda S M^-1 S y, q_k = <y, S M^-1 S y>; then u = (1 - 1/Lambda) y and q_e, q_u are these",
    )


def _isotropic() -> Iterator[Claim]:
    one_class = {q_e: h_e, q_u: h_u / h_1}
    minors = (ge(h_1 * h_2, 1), ge(h_e * h_1, h_u), ge(h_e * (h_1 * h_2 - 1), h_u * h_2))
    means = (positive(h_1), positive(h_2))
    yield Claim(
        "N1.isotropic",
        "Any number of isotropic classes: the gain is at most E'[h] E'[1/h], h = s/rho, whatever the geometry",
        Inequality(G.xreplace(one_class), "<=", h_1 * h_2),
        Domain((*means, nonnegative(h_u), above(h_e, h_u / h_1)), minors),
        derivations=(gain_any_tasks(),),
        states_with=("G1",),
        note="E' is the mean with weights pi_i rho_i; over E rho, q_e is E'[h ||e||^2] and q_u is ||E'[h e]||^2/E'[h]; "
        "the hypotheses are the principal minors of the inner products of sqrt(h) e, sqrt(h), 1/sqrt(h), where "
        "E'[e] = 0; with vectors e they hold coordinate by coordinate, and add up",
    )
    yield Claim(
        "N1.isotropic.attained",
        "That bound is attained, at the optima w_i* = w_ERM + (1 - 1/(h_i E'[1/h])) y",
        Identity(G.xreplace({q_e: h_e, q_u: h_e * (h_1 - 1 / h_2) / h_1}), h_1 * h_2),
        Domain((positive(h_e), *means), (gt(h_1 * h_2, 1),)),
        derivations=(gain_any_tasks(),),
        states_with=("N1.isotropic",),
        note="there E'[h ||e||^2] = (E'[h] - 1/E'[1/h]) ||y||^2 and ||E'[h e]||^2 is E'[h] - 1/E'[1/h] times it",
    )


def _two_classes() -> Iterator[Claim]:
    mean_rho = p * rho_H + (1 - p) * rho_E
    mean_h = (p * s_H + (1 - p) * s_E) / mean_rho
    mean_inverse = (p * rho_H**2 / s_H + (1 - p) * rho_E**2 / s_E) / mean_rho
    excess = (kappa - sigma) ** 2 / ((1 + kappa) ** 2 * sigma)
    yield Claim(
        "N1.two_classes",
        "For two classes, E'[h] E'[1/h] is N1's bound",
        Identity(mean_h * mean_inverse, 1 + excess),
        MIXTURE_ANY_STEP,
        states_with=("N1.isotropic", "N1"),
        derivations=tuple(atoms()[x].derivation for x in (kappa, sigma)),
        rests_on=("P.s_H", "P.s_E"),
        proof=By((*POSITIVE, Fact(gt(mean_rho, 0)), Unfold((kappa, sigma)))),
    )
    bound = (1 + q) ** 2 / (4 * q)
    two = mixture.G
    yield Claim(
        "N1.over_p",
        "Whatever p and the geometry, the gain is at most (1+q)^2/(4q), q the ratio of the residual factors",
        Inequality(two, "<=", bound),
        GAIN,
        derivations=(mixture.gain(), atoms()[q].derivation),
        rests_on=("P.kappa", "P.sigma", "P.s_H", "P.s_E", "N1", "T5.factor"),
        proof=By(
            (
                *POSITIVE,
                *ODDS,
                Cite("N1"),
                Cite("T5.factor"),
                Fact(gt(q, 0), By((Unfold((q,)),))),
                Fact(le(excess, bound - 1), By((Rewrite(sigma, kappa * q),))),
            ),
            chain(two - 1, "<=", excess, "<=", bound - 1),
        ),
        note="equality needs kappa = 1 and no spread inside the classes",
    )

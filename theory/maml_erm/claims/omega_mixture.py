"""T3.headline and D.sandwich: in the easy/hard mixture a gain is a number of samples, and that number is Theta(d_eff).

At alpha = 1/rho_E, with r = rho_H/rho_E, the odds satisfy kappa/sigma = (1-r)^2 m/(d+1) + r^2, and G - 1 is its limit
times (1 - sigma/kappa)^2/(1 + sigma S + sigma^2 V_E/V_H), S = 1 + (V_E + Delta^2)/V_H. Both bounds on m follow.
"""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.claims.gains import GAINS, POSITIVE
from theory.maml_erm.claims.limits import many_samples
from theory.maml_erm.formulas.domains import AT_INVERSE, GAIN_ASKED
from theory.maml_erm.formulas.mixture import (
    gain,
    gain_limit,
    kappa,
    m_star,
    s_E,
    s_H,
    samples_for_gain,
    sigma,
    sigma_g,
    sigma_inf,
)
from theory.maml_erm.formulas.symbols import V_E, V_H, Delta, alpha, d, g, m, rho_E, rho_H, theta, x
from verify.claims.claim import Claim, second
from verify.claims.domain import between, positive
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
    chain,
)
from verify.claims.statement import Equivalence, Holds
from verify.derivations.relations import all_of, any_of, eq, ge, gt, iff, implies, le, lt, ne

G = gain().scalar
AT = ((alpha, 1 / rho_E),)
y = second(x)
here, needed, w, z, of_z = sp.symbols("gain_here m_g w z of_z", real=True)  # names used inside proofs

RATIO = rho_H / rho_E
SIZE = 1 + (V_E + Delta**2) / V_H  # S of the theory
UNIT = (d + 1) / (1 - RATIO) ** 2
NEAR = ge(G - 1, theta * many_samples())
LOWER = (UNIT * (theta * kappa * SIZE / (1 - theta) - RATIO**2), UNIT * (1 / (1 - sp.sqrt(theta)) - RATIO**2))
UPPER = UNIT * (kappa * SIZE + 2) / (1 - theta)
DENOMINATOR = (1 + sigma) * (V_H + sigma * V_E) + sigma * Delta**2


def claims() -> Iterator[Claim]:
    yield from _headline()
    yield from _sandwich()


def _headline() -> Iterator[Claim]:
    yield Claim(
        "T3.headline",
        "From m* on, a gain of 1 + g below the limiting gain takes exactly m_g samples, proportional to d + 1",
        Equivalence(ge(G, 1 + g), ge(m, samples_for_gain().scalar)),
        GAIN_ASKED.where(ge(m, m_star), lt(g, gain_limit().scalar - 1)),
        derivations=(gain(), samples_for_gain()),
        rests_on=("P.kappa", "P.sigma", "P.gain", "T1.weak", "T3.root", "T3.exists", "T3.enough", "T3.decreasing"),
        proof=_at_root(),
        note="for every step size below 2/(rho_H + rho_E)",
    )


def _at_root() -> Proof:
    """G(sigma) against G(sigma_g) = 1 + g: both odds lie in (0, kappa], where G falls."""
    at_root, at_limit = G.xreplace({sigma: sigma_g}), gain_limit().scalar
    samples = samples_for_gain().scalar
    falls = By((Cite("T3.decreasing", ((x, sigma_g), (y, sigma))),), chain(G, "<", at_root, "<=", 1 + g))
    rises = By((Cite("T3.decreasing", ((x, sigma), (y, sigma_g))),), chain(1 + g, "<=", at_root, "<=", G))
    same = By((Axiom("equal", (sigma, sigma_g)), Rewrite(sigma, sigma_g)), chain(1 + g, "<=", at_root))
    few, enough = lt(sigma_g, sigma), le(sigma, sigma_g)
    return By(
        (
            *GAINS,
            Cite("T1.weak"),
            Fact(gt(1 - alpha * rho_H, 0)),
            Fact(ne(alpha * rho_H, 1)),
            Fact(ge(sigma_inf, 0), By((Unfold((sigma_inf,)),))),
            Fact(lt(sigma_inf, kappa), By((Unfold((kappa, sigma_inf)),))),
            Fact(le(at_limit - 1, many_samples())),
            Fact(lt(g, many_samples()), chain(g, "<", at_limit - 1, "<=", many_samples())),
            Cite("T3.root"),
            Fact(lt(at_root, at_limit), chain(at_root, "<=", 1 + g, "<", at_limit)),
            Cite("T3.exists", ((x, sigma_g),)),
            Fact(implies(few, lt(G, 1 + g)), Assume(falls)),
            Fact(implies(enough, ge(G, 1 + g)), Assume(Cases(lt(sigma, sigma_g), rises, same))),
            Cite("T3.enough", ((x, sigma_g),)),
            Let(here, G),
            Let(needed, samples),
            Rewrite(G, here, By((Unfold((here,)),))),
            Rewrite(samples, needed, By((Unfold((needed,)),))),
        ),
        Only(
            (implies(few, lt(here, 1 + g)), implies(enough, ge(here, 1 + g)), iff(enough, ge(m, needed))),
            Cases(enough),
        ),
    )


def _sandwich() -> Iterator[Claim]:
    far = AT_INVERSE + positive(V_H) + positive(Delta) + between(theta, 0, 1)
    rests = ("P.kappa", "P.sigma", "P.gain", "P.s_H", "P.s_E")
    note = (
        "S = 1 + (V_E + Delta^2)/V_H, r = rho_H/rho_E; d + 1 = d_eff + 1; theta = 1/2 is half of the limiting gain - 1"
    )
    yield Claim(
        "D.sandwich.lower",
        "Omega(d_eff) samples are necessary for the fraction theta of the limiting gain",
        Holds(implies(NEAR, all_of(*(ge(m, bound) for bound in LOWER)))),
        far.where(ge(m, m_star)),
        at=AT,
        states_with=("L1", "T1"),
        rests_on=(*rests, "T1.weak"),
        proof=_necessary(),
        note=note,
    )
    yield Claim(
        "D.sandwich.upper",
        "O(d_eff) samples are sufficient for the fraction theta of the limiting gain",
        Holds(implies(ge(m, UPPER), NEAR)),
        far,
        at=AT,
        states_with=("L1",),
        rests_on=rests,
        proof=_sufficient(),
        note=note,
    )
    half = {theta: sp.Rational(1, 2)}
    yield Claim(
        "D.sandwich.factor",
        "For half of the limiting gain, the two bounds differ by a factor of at most 9/2, whatever the parameters",
        Holds(any_of(*(le(UPPER.xreplace(half), sp.Rational(9, 2) * bound.xreplace(half)) for bound in LOWER))),
        AT_INVERSE + positive(V_H),
        at=AT,
        states_with=("D.sandwich.lower", "D.sandwich.upper"),
        rests_on=("P.kappa",),
        proof=_within_a_factor(*(bound.xreplace(half) for bound in (UPPER, *LOWER))),
        note="the bounds at theta = 1/2; the larger of the two lower bounds counts",
    )


def _within_a_factor(upper: sp.Expr, first: sp.Expr, other: sp.Expr) -> Proof:
    """2 (x + 2) against (9/2)(x - r^2) for x = kappa S >= 17/5, and against (9/2)(2 + sqrt 2 - r^2) below it."""
    two, share, start = sp.Integer(2), sp.Rational(9, 2), sp.Rational(17, 5)
    size, unit, near_one = kappa * SIZE, sp.Rational(7, 5), share * (1 - RATIO**2)
    large = (ge(UNIT * sp.Rational(5, 2) * (size - start), 0), ge(UNIT * near_one, 0))
    small = (ge(UNIT * 2 * (start - size), 0), ge(UNIT * near_one, 0), ge(UNIT * share * (z - unit), 0))
    simple = UNIT * (2 + z - RATIO**2)
    return By(
        (
            Cite("P.kappa"),
            Fact(gt(rho_E, 0)),
            Fact(gt(1 - RATIO, 0)),
            Fact(gt(1 - RATIO**2, 0), Sum((gt((1 - RATIO) * (1 + RATIO), 0),))),
            Axiom("sqrt square", (two,)),
            Axiom("sqrt positive", (two,)),
            Let(z, sp.sqrt(2)),
            Rewrite(sp.sqrt(2), z, By((Unfold((z,)),))),
            Let(of_z, two),
            Fact(ge(of_z - unit**2, 0), By((Unfold((of_z,)),))),
            Fact(gt(4 - of_z, 0), By((Unfold((of_z,)),))),
            Fact(eq(of_z, z**2), By((Unfold((of_z,)),))),
            Fact(ge(z - unit, 0), Sum((ge((of_z - unit**2) / (z + unit), 0),))),
            Fact(gt(2 - z, 0), Sum((gt((4 - of_z) / (2 + z), 0),))),
            Fact(gt(1 - z / 2, 0), Sum((gt((2 - z) / 2, 0),))),
            Rewrite(1 / (1 - z / 2), 2 + z, Only((eq(z**2, two), gt(1 - z / 2, 0)))),
        ),
        Cases(
            ge(size, start),
            By((Fact(le(upper, share * first), Sum(large)),)),
            By((Fact(le(upper, share * simple), Sum(small)),)),
        ),
    )


def _odds() -> tuple[Step, ...]:
    """w = kappa/sigma, which is linear in m."""
    linear = (1 - RATIO) ** 2 * m / (d + 1) + RATIO**2
    return (
        *POSITIVE,
        *GAINS,
        Fact(gt(1 - theta, 0)),
        Fact(gt(1 - RATIO, 0)),
        Let(w, linear),
        Fact(gt(w, 0), By((Unfold((w,)),))),
        Fact(eq(kappa, sigma * w), By((Unfold((w, kappa, sigma, s_H, s_E)),))),
        Fact(eq(m, UNIT * (w - RATIO**2)), By((Unfold((w,)),))),
    )


# What is not negative exactly where the gain has reached its fraction of the limit.
REACHED = V_H * (kappa - sigma) ** 2 - theta * kappa**2 * DENOMINATOR
TOTAL = V_H + V_E + Delta**2  # V_H S


def _necessary() -> Proof:
    """theta sigma S <= 1 - theta and sigma <= (1 - sqrt theta) kappa, in terms of w = kappa/sigma."""
    per_gain = (1 + kappa) ** 2 * DENOMINATOR * V_H / Delta**2
    reached = Fact(ge(REACHED, 0), Sum((ge((G - 1 - theta * many_samples()) * per_gain, 0),)))
    spread = ge((1 - theta) * V_H - theta * sigma * TOTAL, 0)
    parts = (
        ge(REACHED / kappa**2, 0),
        ge(V_H * sigma * (2 * kappa - sigma) / kappa**2, 0),
        ge(theta * sigma**2 * V_E, 0),
    )
    first, second_ = theta * kappa * SIZE / (1 - theta), 1 / (1 - z)
    wide = ge(kappa * ((1 - theta) * V_H - theta * sigma * TOTAL) / (sigma * (1 - theta) * V_H), 0)
    square = ge((kappa - sigma) ** 2 - theta * kappa**2, 0)
    more = ge(theta * kappa**2 * (sigma * TOTAL + sigma**2 * V_E) / V_H, 0)
    sides = kappa - sigma + z * kappa
    root = ge(kappa - sigma - z * kappa, 0)
    in_order = (
        reached,
        Fact(spread, Sum(parts)),
        Fact(ge(w - first, 0), Sum((wide,))),
        Fact(square, Sum((ge(REACHED / V_H, 0), more))),
        Fact(gt(sides, 0), Sum((ge(kappa - sigma, 0), gt(z * kappa, 0)))),
        Fact(root, Sum((ge(((kappa - sigma) ** 2 - theta * kappa**2) / sides, 0),))),
        Fact(ge(w - second_, 0), Sum((ge((kappa - sigma - z * kappa) / (sigma * (1 - z)), 0),))),
    )
    return By(
        (
            *_odds(),
            Cite("T1.weak"),
            Fact(gt(2 * kappa - sigma, 0), Sum((gt(kappa, 0), ge(kappa - sigma, 0)))),
            Axiom("sqrt square", (theta,)),
            Axiom("sqrt positive", (theta,)),
            Let(z, sp.sqrt(theta)),
            Rewrite(sp.sqrt(theta), z, By((Unfold((z,)),))),
            Fact(eq(theta, z**2)),
            Fact(lt(z, 1), Sum((gt((1 - theta) / (1 + z), 0),))),
            Fact(gt(1 - z, 0)),
        ),
        Assume(By(in_order, Split((Sum((ge(UNIT * (w - first), 0),)), Sum((ge(UNIT * (w - second_), 0),)))))),
    )


def _sufficient() -> Proof:
    """(1 - sigma/kappa)^2 >= (1 - sigma S - 2 sigma/kappa)(1 + sigma S + sigma^2 V_E/V_H), times V_H kappa^2."""
    enough = (kappa * SIZE + 2) / (1 - theta)
    small = (1 - theta) * kappa - sigma * (kappa * SIZE + 2)
    parts = (
        ge(kappa * DENOMINATOR * small, 0),
        ge(V_H * sigma**2, 0),
        ge(kappa**2 * sigma**2 * (TOTAL**2 - V_E * V_H) / V_H, 0),
        ge(kappa**2 * sigma**3 * V_E * SIZE, 0),
        ge(2 * kappa * sigma * (sigma * TOTAL + sigma**2 * V_E), 0),
    )
    per_reached = Delta**2 / ((1 + kappa) ** 2 * DENOMINATOR * V_H)
    in_order = (
        Fact(ge(w - enough, 0), Sum((ge((m - UPPER) / UNIT, 0), ge(RATIO**2, 0)))),
        Fact(ge(small, 0), Sum((ge(sigma * (1 - theta) * (w - enough), 0),))),
        Fact(ge(REACHED, 0), Sum(parts)),
    )
    return By(_odds(), Assume(By(in_order, Sum((ge(REACHED * per_reached, 0),)))))

"""X1 to X3: risk and gain in the easy/hard mixture, in closed form."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.formulas.domains import GAIN, MIXTURE_ANY_STEP, NOT_TRIVIAL
from theory.maml_erm.formulas.expressions import atoms, expressions
from theory.maml_erm.formulas.mixture import G, a, b, floor, gain, kappa, risk_on_segment, s_E, s_H, sigma
from theory.maml_erm.formulas.symbols import V_E, V_H, Delta, alpha, c, d, m, nu, p, rho_E, rho_H
from verify.claims.claim import Claim, second
from verify.claims.hints import By, Cases, Cite, Fact, Let, Rewrite, Sum, Unfold
from verify.claims.statement import Holds, Identity, Inequality, Minimiser, Monotone
from verify.derivations.relations import all_of, any_of, eq, ge, gt, iff, le

POSITIVE = (Cite("P.s_H"), Cite("P.s_E"))
ODDS = (Cite("P.kappa"), Cite("P.sigma"))
# Whatever is said about the gain needs its denominator, the risk at MAML's weight, to be positive.
GAINS = (*ODDS, Cite("P.gain"))
# The same where the statement has the gain by its name.
NAMED_GAINS = (*GAINS, Unfold((G,)))
# The risks at the ERM weight and at MAML's weight, and the floor, as three numbers.
E_A, E_B, FLOOR, FLOOR_2 = sp.symbols("E_a E_b floor floor_2", real=True)


def square_plus_positive(curvature: sp.Symbol, samples: sp.Expr = m) -> Sum:
    """The MAML weight as the sum of a square and of something positive."""
    square, rest = (1 - alpha * curvature) ** 2, alpha**2 * curvature**2 * (d + 1) / samples
    return Sum((ge(curvature * square, 0), gt(curvature * rest, 0)))


def claims() -> Iterator[Claim]:
    risk = risk_on_segment()
    risk_a, risk_b = (risk.scalar.xreplace({c: weight}) for weight in (a, b))
    X1 = (p * s_H * (V_H + (1 - c) ** 2 * Delta**2) + (1 - p) * s_E * (V_E + c**2 * Delta**2)) / 2
    yield Claim(
        "X1", "E_m between the class means", Identity(risk.scalar, X1), MIXTURE_ANY_STEP,
        states_with=("M3.excess",), derivations=(risk,),
    )  # fmt: skip
    for curvature in (s_H, s_E):
        yield Claim(
            f"P.{curvature}",
            f"{curvature} is positive",
            Inequality(curvature, ">", sp.Integer(0)),
            MIXTURE_ANY_STEP,
            proof=By((Unfold((curvature,)),), square_plus_positive(rho_H if curvature == s_H else rho_E)),
        )
    weights = tuple(expressions()[f"weight.{name}"].derivation for name in ("erm", "maml_m"))
    yield Claim(
        "X1.odds",
        "kappa and sigma are the odds of the easy mean in the solutions of ERM and MAML",
        Holds(all_of(eq(kappa, (1 - a) / a), eq(sigma, (1 - b) / b))),
        MIXTURE_ANY_STEP,
        rests_on=("P.s_H", "P.s_E"),
        derivations=tuple(atoms()[x].derivation for x in (kappa, sigma)),
        proof=By((*POSITIVE, Unfold((a, b, kappa, sigma)))),
    )
    yield Claim("P.kappa", "kappa is positive", Inequality(kappa, ">", sp.Integer(0)), MIXTURE_ANY_STEP)
    yield Claim(
        "P.sigma",
        "sigma is positive",
        Inequality(sigma, ">", sp.Integer(0)),
        MIXTURE_ANY_STEP,
        rests_on=("P.s_H", "P.s_E"),
        proof=By((*POSITIVE, Unfold((sigma,)))),
    )
    yield Claim(
        "X1.minimiser",
        "E_m is minimal at MAML's weight b",
        Minimiser(risk.scalar, c, b, unique_if=gt(Delta, 0)),
        MIXTURE_ANY_STEP,
        states_with=("S0.solution",),
        rests_on=("P.s_H", "P.s_E"),
        derivations=(risk, atoms()[b].derivation),
        proof=By((*POSITIVE, Unfold((b,)))),
    )
    yield Claim(
        "X1.weights",
        "a = 1/(1+kappa) and b = 1/(1+sigma)",
        Holds(all_of(eq(a, 1 / (1 + kappa)), eq(b, 1 / (1 + sigma)))),
        MIXTURE_ANY_STEP,
        rests_on=("P.s_H", "P.s_E", "P.kappa", "P.sigma"),
        derivations=weights,
        proof=By((*POSITIVE, *ODDS, Unfold((a, b, kappa, sigma)))),
    )
    denominator = (1 + sigma) * (V_H + sigma * V_E) + sigma * Delta**2
    hard_spread = Fact(gt(V_H, 0), Sum((NOT_TRIVIAL, le(Delta**2, 0), le(V_E, 0))))
    yield Claim(
        "P.gain",
        "The denominator of the gain is positive unless all optima coincide",
        Inequality(denominator, ">", sp.Integer(0)),
        GAIN,
        rests_on=("P.sigma",),
        proof=By((Cite("P.sigma"),), Cases(gt(Delta, 0), no=Cases(gt(V_E, 0), no=By((hard_spread,))))),
    )
    # E_m at MAML's weight is p s_H/(2 (1 + sigma)) times that denominator.
    solved = (
        *POSITIVE,
        *GAINS,
        Cite("X1.weights"),
        Fact(eq(s_E, sigma * p * s_H / (1 - p)), By((Unfold((sigma,)),))),
    )
    yield Claim(
        "P.risk",
        "E_m at MAML's weight is positive unless all optima coincide",
        Inequality(risk_b, ">", sp.Integer(0)),
        GAIN,
        rests_on=("P.s_H", "P.s_E", "P.kappa", "P.sigma", "P.gain", "X1.weights"),
        derivations=(risk,),
        proof=By((*(Let(x, atoms()[x].value) for x in (kappa, sigma)), *solved)),
    )
    yield Claim(
        "X2.definition",
        "The closed form of the gain is the ratio of the two risks",
        Identity(risk_a / risk_b, G),
        GAIN,
        rests_on=("P.s_H", "P.s_E", "P.kappa", "P.sigma", "P.gain", "X1.weights", "P.risk"),
        derivations=(gain(),),
        proof=By((Cite("P.risk"), *solved, Unfold((G,)))),
    )
    X2 = (kappa - sigma) ** 2 * Delta**2 / ((1 + kappa) ** 2 * denominator)
    yield Claim(
        "X2",
        "Gain of MAML over ERM",
        Identity(G - 1, X2),
        GAIN,
        rests_on=("P.kappa", "P.sigma", "P.gain"),
        derivations=(gain(),),
        proof=By(NAMED_GAINS),
    )
    average = p * rho_H**2 + (1 - p) * rho_E**2
    yield Claim(
        "X3.floor",
        "The part of the excess risk that no w changes",
        Identity(floor().scalar, alpha**2 * nu**2 * d / (2 * m) * average),
        MIXTURE_ANY_STEP,
        states_with=("M3.excess",),
        derivations=(floor(),),
    )
    with_floor = expressions()["gain.with_floor"].value
    definition = risk_a / risk_b
    here = floor().scalar
    later = here.xreplace({nu: second(nu)})
    numbers = (
        Cite("P.risk"),
        Cite("X1.minimiser", ((c, a),)),
        Let(E_A, risk_a),
        Let(E_B, risk_b),
        Let(FLOOR, here),
        Fact(gt(E_B, 0), By((Unfold((E_B,)),))),
        Fact(ge(E_A, E_B), By((Unfold((E_A, E_B)),))),
        Fact(ge(FLOOR, 0), By((Unfold((FLOOR,)),))),
        Fact(gt(E_B + FLOOR, 0)),
        Fact(gt(risk_b + here, 0), By((Unfold((E_B, FLOOR)),))),
        Rewrite(with_floor, (E_A + FLOOR) / (E_B + FLOOR), By((Unfold((E_A, E_B, FLOOR)),))),
    )
    yield Claim(
        "X3.bounds",
        "With the floor kept, the gain lies between 1 and G",
        Holds(all_of(le(1, with_floor), le(with_floor, definition))),
        GAIN,
        states_with=("X2.definition",),
        rests_on=("P.risk", "X1.minimiser"),
        derivations=(expressions()["gain.with_floor"].derivation,),
        proof=By((*numbers, Rewrite(definition, E_A / E_B, By((Unfold((E_A, E_B)),))))),
    )
    yield Claim(
        "X3.noise",
        "With the floor kept, more label noise means less gain",
        Monotone(with_floor, nu, "decreasing", second(nu), strict=False),
        GAIN,
        states_with=("X2.definition",),
        rests_on=("P.risk", "X1.minimiser"),
        proof=By(
            (
                *numbers,
                Let(FLOOR_2, later),
                Fact(ge(FLOOR_2, FLOOR), By((Unfold((FLOOR, FLOOR_2)),))),
                Fact(gt(E_B + FLOOR_2, 0)),
                Fact(gt(risk_b + later, 0), By((Unfold((E_B, FLOOR_2)),))),
                Rewrite(
                    with_floor.xreplace({nu: second(nu)}),
                    (E_A + FLOOR_2) / (E_B + FLOOR_2),
                    By((Unfold((E_A, E_B, FLOOR_2)),)),
                ),
            )
        ),
    )
    yield Claim(
        "X2.at_least_one",
        "MAML never loses when it is trained with as many samples as it is tested with",
        Holds(all_of(ge(G, 1), iff(eq(G, 1), any_of(eq(sigma, kappa), eq(Delta, 0))))),
        GAIN,
        rests_on=("P.kappa", "P.sigma", "P.gain"),
        proof=By(NAMED_GAINS),
    )

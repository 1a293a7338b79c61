"""X1 to X3: risk and gain in the easy/hard mixture, in closed form."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.claim import Claim, second
from theory.domains import GAIN, MIXTURE_ANY_STEP
from theory.expressions import expressions
from theory.mixture import a, b, gain, kappa, risk_on_segment, s_E, s_H, sigma
from theory.proof import ByAtoms, Fact
from theory.statement import Holds, Identity, Inequality, Minimiser, Monotone, all_of, any_of, eq, ge, gt, iff, le
from theory.symbols import V_E, V_H, Delta, c, nu, p

POSITIVE = tuple(Fact(gt(x, 0)) for x in (s_H, s_E))
ODDS = (Fact(gt(kappa, 0)), Fact(gt(sigma, 0)))


def claims() -> Iterator[Claim]:
    risk = risk_on_segment()
    X1 = (p * s_H * (V_H + (1 - c) ** 2 * Delta**2) + (1 - p) * s_E * (V_E + c**2 * Delta**2)) / 2
    yield Claim(
        "X1", "E_m between the class means", Identity(risk.scalar, X1), MIXTURE_ANY_STEP, derivations=(risk,),
        proof=ByAtoms(POSITIVE),
    )  # fmt: skip
    for curvature in (s_H, s_E):
        yield Claim(
            f"P.{curvature}", f"{curvature} is positive", Inequality(curvature, ">", sp.Integer(0)), MIXTURE_ANY_STEP
        )
    yield Claim("P.kappa", "kappa is positive", Inequality(kappa, ">", sp.Integer(0)), MIXTURE_ANY_STEP)
    yield Claim(
        "P.sigma",
        "sigma is positive",
        Inequality(sigma, ">", sp.Integer(0)),
        MIXTURE_ANY_STEP,
        rests_on=("P.s_H", "P.s_E"),
        proof=ByAtoms(POSITIVE),
    )
    yield Claim(
        "X1.minimiser",
        "E_m is minimal at MAML's weight b",
        Minimiser(risk.scalar, c, b, unique_if=gt(Delta, 0)),
        MIXTURE_ANY_STEP,
        states_with=("X1",),
        rests_on=("P.s_H", "P.s_E"),
        derivations=(risk,),
        proof=ByAtoms((*POSITIVE, Fact(eq(b, p * s_H / (p * s_H + (1 - p) * s_E))))),
    )
    yield Claim(
        "X1.weights",
        "a = 1/(1+kappa) and b = 1/(1+sigma)",
        Holds(all_of(eq(a, 1 / (1 + kappa)), eq(b, 1 / (1 + sigma)))),
        MIXTURE_ANY_STEP,
        rests_on=("P.s_H", "P.s_E"),
        derivations=(expressions()["weight.erm"].derivation, expressions()["weight.maml_m"].derivation),
    )
    risk_a, risk_b = (expressions()[f"risk.{name}"].value for name in ("erm", "maml"))
    risk_b = risk_on_segment().scalar.xreplace({c: b})
    G = gain().scalar
    yield Claim(
        "X2.definition",
        "The closed form of the gain is the ratio of the two risks",
        Identity(risk_a / risk_b, G),
        GAIN,
        states_with=("X1",),
        rests_on=("P.s_H", "P.s_E"),
        derivations=(gain(),),
    )
    X2 = (kappa - sigma) ** 2 * Delta**2 / ((1 + kappa) ** 2 * ((1 + sigma) * (V_H + sigma * V_E) + sigma * Delta**2))
    yield Claim(
        "X2",
        "Gain of MAML over ERM",
        Identity(G - 1, X2),
        GAIN,
        states_with=("X2.definition",),
        rests_on=("P.kappa", "P.sigma"),
        derivations=(gain(),),
        proof=ByAtoms(ODDS),
    )
    with_floor = expressions()["gain.with_floor"].value
    definition = risk_a / risk_b
    yield Claim(
        "X3.bounds",
        "With the floor kept, the gain lies between 1 and G",
        Holds(all_of(le(1, with_floor), le(with_floor, definition))),
        GAIN,
        states_with=("X2.definition",),
        rests_on=("X1.minimiser",),
        derivations=(expressions()["gain.with_floor"].derivation,),
    )
    yield Claim(
        "X3.noise",
        "With the floor kept, more label noise means less gain",
        Monotone(with_floor, nu, "decreasing", second(nu), strict=False),
        GAIN,
        states_with=("X2.definition",),
        rests_on=("X1.minimiser",),
    )
    yield Claim(
        "X2.at_least_one",
        "MAML never loses when it is trained with as many samples as it is tested with",
        Holds(all_of(ge(G, 1), iff(eq(G, 1), any_of(eq(sigma, kappa), eq(Delta, 0))))),
        GAIN,
        states_with=("X2.definition",),
        rests_on=("P.kappa", "P.sigma"),
        proof=ByAtoms(ODDS),
    )

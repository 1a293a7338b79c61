"""Stochastic gradient descent: one step with an unbiased gradient, by smoothness and by strong convexity.

Where the point that the step starts from is given, the claim is the inequality that papers write with E_t; where it is
drawn too, the gradient is unbiased given that point, and the expectation is the total one.
"""

from __future__ import annotations

from collections.abc import Iterator

from theory.descent.claims.gradient import SMOOTH, STRONGLY
from theory.descent.claims.sources import BOTTOU, GHADIMI
from verify.claims.claim import Claim
from verify.claims.statement import Spatial

UNBIASED = ("x0 vector", "g random vector", "x1 == x0 - eta*g", "E[g] == grad f(x0)", "eta > 0")
DRAWN = ("x0, g random vectors", "x1 == x0 - eta*g", "E[g | x0] == grad f(x0)", "eta > 0", "xs vector")
NOISE = "E||g - grad f(x0)||^2 <= s2"


def claims() -> Iterator[Claim]:
    yield Claim(
        "SGD.step",
        "A stochastic step on a smooth function",
        Spatial("E f(x1) <= f(x0) - eta*(1 - L*eta/2)*||grad f(x0)||^2 + L*eta^2*s2/2", (*UNBIASED, NOISE, *SMOOTH)),
        source=GHADIMI,
    )
    yield Claim(
        "SGD.short",
        "A stochastic step of at most 1/L, as it is summed over many steps",
        Spatial(
            "E f(x1) <= f(x0) - (eta/2)*||grad f(x0)||^2 + L*eta^2*s2/2", (*UNBIASED, NOISE, *SMOOTH, "L*eta <= 1")
        ),
        source=GHADIMI,
    )
    yield Claim(
        "SGD.strong",
        "A stochastic step contracts to a ball of noise",
        Spatial(
            "E||x1 - xs||^2 <= (1 - eta*mu)^2*E||x0 - xs||^2 + eta^2*s2",
            (*DRAWN, NOISE, *STRONGLY, "eta*(L + mu) <= 2"),
        ),
        source=BOTTOU,
    )
    yield Claim(
        "SGD.bounded",
        "A stochastic step with bounded second moment contracts without smoothness",
        Spatial(
            "E||x1 - xs||^2 <= (1 - 2*eta*mu)*E||x0 - xs||^2 + eta^2*G2",
            (*DRAWN, "E||g||^2 <= G2", "f mu-strongly convex", "mu > 0", "grad f(xs) == 0"),
        ),
        source=BOTTOU,
    )

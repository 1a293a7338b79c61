"""Many steps from one: recursions in closed form, and averages by telescoping, for any number T of steps.

F[t] stands for the expected value, G[t] for the expected squared gradient, a[t] for the expected squared distance at
step t; that these recursions hold is what the one-step claims say, with which each is stated.
"""

from __future__ import annotations

from collections.abc import Iterator

from theory.descent.claims.sources import BOTTOU, GHADIMI, LACOSTE, NESTEROV
from verify.claims.claim import Claim
from verify.claims.statement import Spatial

COUNT = "T integer, T >= 1"
CONTRACTS = (
    "a[t+1] <= (1 - eta*mu)*a[t] + eta^2*s2 for t in 0..T-1", "mu > 0", "eta > 0", "eta*mu < 1", "s2 >= 0", COUNT,
)  # fmt: skip
BELOW = "Fs <= F[T]"


def claims() -> Iterator[Claim]:
    yield Claim(
        "GD.average",
        "The mean squared gradient of T steps falls as 1/T",
        Spatial(
            "(1/T)*sum(G[t] for t in 0..T-1) <= 2*(F[0] - Fs)/(eta*T)",
            ("F[t+1] <= F[t] - (eta/2)*G[t] for t in 0..T-1", BELOW, "eta > 0", COUNT),
        ),
        source=NESTEROV,
        states_with=("GD.short",),
    )
    yield Claim(
        "SGD.average",
        "The mean squared gradient of T stochastic steps falls to the noise",
        Spatial(
            "(1/T)*sum(G[t] for t in 0..T-1) <= 2*(F[0] - Fs)/(eta*T) + L*eta*s2",
            (
                "F[t+1] <= F[t] - (eta/2)*G[t] + L*eta^2*s2/2 for t in 0..T-1",
                BELOW, "eta > 0", "L > 0", "s2 >= 0", COUNT,
            ),
        ),
        source=GHADIMI,
        states_with=("SGD.short",),
    )  # fmt: skip
    yield Claim(
        "SGD.weighted",
        "The squared gradients weighted by their steps, for steps of any lengths",
        Spatial(
            "sum(h[t]*G[t] for t in 0..T-1) <= 2*(F[0] - Fs) + L*s2*sum(h[t]^2 for t in 0..T-1)",
            ("F[t+1] <= F[t] - (h[t]/2)*G[t] + L*h[t]^2*s2/2 for t in 0..T-1", BELOW, COUNT),
        ),
        source=GHADIMI,
        states_with=("SGD.step",),
    )
    yield Claim(
        "SGD.constant",
        "The distance after T stochastic steps of constant length, in closed form",
        Spatial("a[T] <= (1 - eta*mu)^T*a[0] + (eta*s2/mu)*(1 - (1 - eta*mu)^T)", CONTRACTS),
        source=BOTTOU,
        states_with=("SGD.strong",),
    )
    yield Claim(
        "SGD.floor",
        "The noise floor of constant steps is eta s2/mu",
        Spatial("a[T] <= (1 - eta*mu)^T*a[0] + eta*s2/mu", CONTRACTS),
        source=BOTTOU,
        states_with=("SGD.strong",),
    )
    yield Claim(
        "SGD.decreasing",
        "Steps that decrease as 1/t have no noise floor",
        Spatial("a[T] <= b/(T + 1)", ("(t + 1)*(t + 2)*a[t+1] <= t*(t + 1)*a[t] + b for t in 0..T-1", COUNT)),
        source=LACOSTE,
        states_with=("SGD.bounded",),
        note="with steps 1/(mu (t + 2)) and b = G2/mu^2, SGD.bounded times (t + 1)(t + 2) is this recursion",
    )

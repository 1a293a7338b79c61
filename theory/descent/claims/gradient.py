"""Gradient descent: what one step gains, and how fast a few steps get there."""

from __future__ import annotations

from collections.abc import Iterator

from theory.descent.claims.sources import DRORI, NESTEROV, POLYAK
from verify.claims.claim import Claim
from verify.claims.statement import Spatial

STEP = "x1 == x0 - eta*grad f(x0)"
LONGEST = tuple(f"x{t + 1} == x{t} - (1/L)*grad f(x{t})" for t in range(3))
SMOOTH = ("f L-smooth", "L > 0")
CONVEX = ("f convex and L-smooth", "L > 0", "grad f(xs) == 0")
STRONGLY = ("f L-smooth and mu-strongly convex", "0 < mu, mu < L", "grad f(xs) == 0")


def claims() -> Iterator[Claim]:
    yield Claim(
        "GD.smooth",
        "A smooth function lies below its quadratic model",
        Spatial("f(y) <= f(x) + <grad f(x), y - x> + (L/2)*||y - x||^2", SMOOTH),
        source=NESTEROV,
    )
    yield Claim(
        "GD.cocoercive",
        "Gradients of a smooth convex function are cocoercive",
        Spatial("||grad f(x) - grad f(y)||^2 <= L*<grad f(x) - grad f(y), x - y>", ("f convex and L-smooth", "L > 0")),
        source=NESTEROV,
    )
    yield Claim(
        "GD.step",
        "Descent lemma for a step of any length",
        Spatial("f(x1) <= f(x0) - eta*(1 - L*eta/2)*||grad f(x0)||^2", (STEP, *SMOOTH, "eta > 0")),
        source=NESTEROV,
    )
    yield Claim(
        "GD.short",
        "A step of at most 1/L gains half its length times the squared gradient",
        Spatial("f(x1) <= f(x0) - (eta/2)*||grad f(x0)||^2", (STEP, *SMOOTH, "eta > 0", "L*eta <= 1")),
        source=NESTEROV,
    )
    yield Claim(
        "GD.minimum",
        "The gradient is small where the value is near the minimum",
        Spatial("||grad f(x)||^2 <= 2*L*(f(x) - f(xs))", ("y == x - (1/L)*grad f(x)", "f(xs) <= f(y)", *SMOOTH)),
        source=NESTEROV,
    )
    yield from _rates()


def _rates() -> Iterator[Claim]:
    for steps, bound in ((1, 6), (2, 10), (3, 14)):
        yield Claim(
            f"GD.convex.{steps}",
            f"Exact rate of {steps} step{'s' * (steps > 1)} of length 1/L on a smooth convex function",
            Spatial(f"f(x{steps}) - f(xs) <= L*||x0 - xs||^2/{bound}", (*LONGEST[:steps], *CONVEX)),
            source=DRORI,
        )
    yield Claim(
        "GD.nearer",
        "No step of at most 2/L leads away from a minimiser",
        Spatial("||x1 - xs||^2 <= ||x0 - xs||^2", (STEP, *CONVEX, "eta > 0", "L*eta <= 2")),
        source=NESTEROV,
    )
    yield Claim(
        "GD.contract.short",
        "A short step contracts by 1 - eta mu",
        Spatial("||x1 - xs||^2 <= (1 - eta*mu)^2*||x0 - xs||^2", (STEP, *STRONGLY, "eta > 0", "eta*(L + mu) <= 2")),
        source=NESTEROV,
    )
    yield Claim(
        "GD.contract.long",
        "A long step contracts by eta L - 1",
        Spatial("||x1 - xs||^2 <= (1 - eta*L)^2*||x0 - xs||^2", (STEP, *STRONGLY, "eta > 0", "eta*(L + mu) >= 2")),
        source=NESTEROV,
    )
    yield Claim(
        "GD.PL",
        "The gap shrinks by 1 - eta mu under the Polyak-Lojasiewicz condition",
        Spatial(
            "f(x1) - f(xs) <= (1 - mu*eta)*(f(x0) - f(xs))",
            (STEP, *SMOOTH, "f PL(mu)", "mu > 0", "grad f(xs) == 0", "eta > 0", "L*eta <= 1"),
        ),
        source=POLYAK,
    )

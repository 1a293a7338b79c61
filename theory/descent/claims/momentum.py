"""Heavy ball: what is hidden in its velocity, and what falls at each step."""

from __future__ import annotations

from collections.abc import Iterator

from theory.descent.claims.gradient import SMOOTH
from theory.descent.claims.sources import HEAVY_BALL, KNOWN
from verify.claims.claim import Claim
from verify.claims.statement import Spatial

STEP = ("v1 == b*v0 - eta*grad f(x0)", "x1 == x0 + v1")
KEEP = ("0 <= b", "b < 1")


def claims() -> Iterator[Claim]:
    yield Claim(
        "M.hidden",
        "Some point ahead of the iterate moves by plain gradient steps",
        Spatial(
            "z1 == z0 - (eta/(1 - b))*grad f(x0)",
            (*STEP, "z0 == x0 + (b/(1 - b))*v0", "z1 == x1 + (b/(1 - b))*v1", *KEEP),
        ),
        source=KNOWN,
    )
    yield Claim(
        "M.step",
        "Descent lemma for a step with momentum",
        Spatial("f(x1) <= f(x0) + b*<grad f(x0), v0> - eta*||grad f(x0)||^2 + (L/2)*||v1||^2", (*STEP, *SMOOTH)),
        source=HEAVY_BALL,
    )
    yield Claim(
        "M.energy",
        "Value plus kinetic energy falls where eta L <= 1 - b^2",
        Spatial(
            "f(x1) + ||v1||^2/(2*eta) <= f(x0) + ||v0||^2/(2*eta)",
            (*STEP, *SMOOTH, "eta > 0", *KEEP, "L*eta <= 1 - b^2"),
        ),
        source=HEAVY_BALL,
    )
    yield Claim(
        "M.average",
        "A moving average is no larger than what it averages",
        Spatial("||m1||^2 <= b*||m0||^2 + (1 - b)*||g||^2", ("m1 == b*m0 + (1 - b)*g", "0 <= b", "b <= 1")),
        source=KNOWN,
    )

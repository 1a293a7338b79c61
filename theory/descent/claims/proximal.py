"""Proximal point, implicit steps of any length; and steps that are projected onto a convex set."""

from __future__ import annotations

from collections.abc import Iterator

from theory.descent.claims.sources import GULER, KNOWN, ROCKAFELLAR
from verify.claims.claim import Claim
from verify.claims.statement import Spatial

STEPS = ("x1 == x0 - c*grad f(x1)", "x2 == x1 - c*grad f(x2)")
CONVEX = ("f convex", "grad f(xs) == 0", "c > 0")


def claims() -> Iterator[Claim]:
    for name, steps, bound in (("one", 1, 4), ("two", 2, 8)):
        yield Claim(
            f"P.{name}",
            f"Exact rate of {name} implicit step{'s' * (steps > 1)}",
            Spatial(f"f(x{steps}) - f(xs) <= ||x0 - xs||^2/({bound}*c)", (*STEPS[:steps], *CONVEX)),
            source=GULER,
        )
    yield Claim(
        "P.nearer",
        "Implicit steps from two points bring them no further apart",
        Spatial("||x1 - y1||^2 <= ||x0 - y0||^2", (STEPS[0], "y1 == y0 - c*grad f(y1)", "f convex", "c > 0")),
        source=ROCKAFELLAR,
    )
    yield Claim(
        "P.contract",
        "An implicit step on a strongly convex function contracts, however long it is",
        Spatial(
            "(1 + c*mu)^2*||x1 - xs||^2 <= ||x0 - xs||^2",
            (STEPS[0], "f mu-strongly convex", "mu > 0", "grad f(xs) == 0", "c > 0"),
        ),
        source=ROCKAFELLAR,
    )
    yield Claim(
        "J.point",
        "A projection brings nearer to every point of the set",
        Spatial("||p - y||^2 <= ||x - y||^2 - ||x - p||^2", ("<x - p, y - p> <= 0",)),
        source=KNOWN,
        note="p is the projection of x onto a convex set that y is in; of that only the assumed inequality is used",
    )
    yield Claim(
        "J.step",
        "A projected gradient step gains as a plain one does",
        Spatial(
            "||x1 - xs||^2 <= ||x0 - xs||^2 - 2*eta*(f(x1) - f(xs))",
            (
                "<x0 - eta*grad f(x0) - x1, xs - x1> <= 0",
                "f convex and L-smooth", "L > 0", "eta > 0", "L*eta <= 1",
            ),
        ),
        source=KNOWN,
    )  # fmt: skip

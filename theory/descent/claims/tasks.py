"""Several tasks: the step on the mean of their losses, which is ERM's, and what adaptation to each of them does.

MAML's objective is the mean of ``F_i(w) = f_i(w - alpha grad f_i(w))``. That such an F_i is smooth is assumed here,
as a hypothesis on F itself: it does not follow from smoothness of f_i alone, whose third derivatives it contains.
"""

from __future__ import annotations

from collections.abc import Iterator

from theory.descent.claims.gradient import SMOOTH
from theory.descent.claims.sources import FALLAH, NESTEROV
from verify.claims.claim import Claim
from verify.claims.statement import Spatial

ADAPT = "u == w - alpha*grad f(w)"


def claims() -> Iterator[Claim]:
    for name, what, f, h, source in (
        ("ERM.step", "losses of two tasks", "f", "h", NESTEROV),
        ("MAML.step", "losses of two tasks after adaptation, if these are smooth", "F", "H", FALLAH),
    ):
        mean = f"(1/2)*(grad {f}(w0) + grad {h}(w0))"
        yield Claim(
            name,
            f"Descent lemma for the mean of the {what}",
            Spatial(
                f"({f}(w1) + {h}(w1))/2 <= ({f}(w0) + {h}(w0))/2 - eta*(1 - L*eta/2)*||{mean}||^2",
                (
                    f"w1 == w0 - (eta/2)*(grad {f}(w0) + grad {h}(w0))",
                    f"{f} L-smooth", f"{h} L-smooth", "L > 0", "eta > 0",
                ),
            ),
            source=source,
        )  # fmt: skip
    yield Claim(
        "MAML.inner",
        "Adaptation lowers the loss of its task",
        Spatial("f(u) <= f(w) - alpha*(1 - L*alpha/2)*||grad f(w)||^2", (ADAPT, *SMOOTH, "alpha > 0")),
        source=FALLAH,
    )
    yield Claim(
        "MAML.drift",
        "Adaptation changes the gradient by at most L alpha of its size",
        Spatial("||grad f(u) - grad f(w)||^2 <= L^2*alpha^2*||grad f(w)||^2", (ADAPT, *SMOOTH, "alpha > 0")),
        source=FALLAH,
    )

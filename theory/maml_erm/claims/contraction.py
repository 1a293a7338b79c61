"""OPT.descent: what the theory of descent says of the objectives of ERM and MAML, and that it is exact there.

Both objectives are quadratic with a Hessian between h_min and h_max: h_max-smooth and h_min-strongly convex. So the
error as a vector contracts as descent's theorems say, which know nothing else of a function; what is proved here is
that no more than these constants is lost: some error contracts by exactly that much, and none by less.
"""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.formulas import optimisation as opt
from theory.maml_erm.formulas.symbols import W_E, W_H, V, beta, h_i, h_max, h_min, p
from verify.claims.claim import Claim
from verify.claims.domain import Bound, Domain, above, between, nonnegative, positive
from verify.claims.statement import Holds, Identity
from verify.derivations.relations import all_of, eq, ge, implies, le, lt

NOTE = "h_i any eigenvalue of the Hessian; the theorem for eta = beta, mu = h_min, L = h_max"


def claims() -> Iterator[Claim]:
    steps = Domain((positive(h_min), above(h_max, h_min), Bound(h_i, h_min, True, h_max, True), positive(beta)))
    length = beta * (h_min + h_max)
    yield Claim(
        "OPT.descent",
        "A step of at most 2/(h_min + h_max) contracts the error by 1 - beta h_min, in the worst case exactly",
        _worst_at(h_min),
        steps.where(le(length, 2)),
        states_with=("OPT.step",),
        rests_on=("descent:GD.contract.short",),
        derivations=(opt.descent_factor(),),
        note=NOTE,
    )
    yield Claim(
        "OPT.descent.long",
        "A step of at least 2/(h_min + h_max) contracts the error by beta h_max - 1, in the worst case exactly",
        _worst_at(h_max),
        steps.where(ge(length, 2)),
        states_with=("OPT.step",),
        rests_on=("descent:GD.contract.long",),
        derivations=(opt.descent_factor(),),
        note=NOTE,
    )
    mean, mean_square = p * W_H + (1 - p) * W_E, p * W_H**2 + (1 - p) * W_E**2
    noise = (mean_square - mean**2) * V
    yield Claim(
        "OPT.descent.sgd",
        "One task a step: descent's bound for stochastic steps is exact where all tasks share their optimum",
        Identity(opt.task_contraction().scalar, (1 - beta * mean) ** 2 * V + beta**2 * noise),
        Domain((positive(W_H), positive(W_E), between(p, 0, 1), positive(beta), nonnegative(V))).where(
            lt(beta * mean, 1)
        ),
        states_with=("OPT.step", "descent:SGD.strong"),
        derivations=(opt.task_contraction(),),
        note="the bound for eta = beta, mu = E W_i and noise s2 = Var(W_i) V, which is E ||(W_i - E W_i) e||^2; "
        "L is any number from E W_i to 2/beta - E W_i",
    )


def _worst_at(end: sp.Expr) -> Holds:
    """The squared factor of a step is at most that at one end of the Hessian's eigenvalues, and is that there."""
    square, bound = opt.descent_factor().scalar ** 2, (1 - beta * end) ** 2
    return Holds(all_of(le(square, bound), implies(eq(h_i, end), eq(square, bound))))

"""Statements that must be refuted: each is a slip away from a claim."""

from __future__ import annotations

from collections.abc import Iterator

from theory.descent.claims.gradient import CONVEX, LONGEST, SMOOTH, STEP, STRONGLY
from theory.descent.claims.many_steps import CONTRACTS
from theory.descent.claims.momentum import KEEP
from theory.descent.claims.momentum import STEP as HEAVY
from theory.descent.claims.stochastic import NOISE, UNBIASED
from theory.descent.claims.tasks import ADAPT
from verify.claims.claim import Claim
from verify.claims.statement import Spatial


def claims() -> Iterator[Claim]:
    for name, title, statement, assumptions in _slips():
        yield Claim(f"false.{name}", title, Spatial(statement, assumptions), expected=False)


def _slips() -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    half = "f(x1) <= f(x0) - (1/L)*||grad f(x0)||^2"
    yield "half", "The gain of a step of length 1/L, with the factor 1/2 lost", half, (LONGEST[0], *SMOOTH)
    yield (
        "long", "A step of up to 2/L gains what one of 1/L does",
        "f(x1) <= f(x0) - (eta/2)*||grad f(x0)||^2", (STEP, *SMOOTH, "eta > 0", "L*eta <= 2"),
    )  # fmt: skip
    yield (
        "rate", "A rate of one step that is too good", "f(x1) - f(xs) <= L*||x0 - xs||^2/8", (LONGEST[0], *CONVEX),
    )  # fmt: skip
    yield (
        "contract", "The contraction of short steps for all steps up to 2/L",
        "||x1 - xs||^2 <= (1 - eta*mu)^2*||x0 - xs||^2", (STEP, *STRONGLY, "eta > 0", "eta*L <= 2"),
    )  # fmt: skip
    yield (
        "L_for_mu", "L for mu in the contraction of short steps",
        "||x1 - xs||^2 <= (1 - eta*L)^2*||x0 - xs||^2", (STEP, *STRONGLY, "eta > 0", "eta*(L + mu) <= 2"),
    )  # fmt: skip
    yield (
        "biased", "The stochastic step without an unbiased gradient",
        "E f(x1) <= f(x0) - eta*(1 - L*eta/2)*||grad f(x0)||^2 + L*eta^2*s2/2",
        (*(a for a in UNBIASED if not a.startswith("E[g]")), NOISE, *SMOOTH),
    )  # fmt: skip
    yield (
        "noiseless", "The stochastic contraction without its noise",
        "E||x1 - xs||^2 <= (1 - eta*mu)^2*||x0 - xs||^2",
        (*UNBIASED, NOISE, "xs vector", *STRONGLY, "eta*(L + mu) <= 2"),
    )  # fmt: skip
    yield (
        "batch", "The variance of a mean of two samples that depend on each other",
        "E||(1/2)*(X + Y) - m||^2 == (E||X - m||^2 + E||Y - m||^2)/4",
        ("X, Y random vectors", "m vector", "E[X] == m", "E[Y] == m"),
    )  # fmt: skip
    yield (
        "momentum", "The value falls at each step with momentum",
        "f(x1) <= f(x0)", (*HEAVY, "f convex and L-smooth", "L > 0", "eta > 0", "L*eta <= 1", *KEEP),
    )  # fmt: skip
    yield (
        "adapt", "Adaptation with a step of up to 3/L lowers the loss",
        "f(u) <= f(w)", (ADAPT, "f convex and L-smooth", "L > 0", "alpha > 0", "alpha*L <= 3"),
    )  # fmt: skip
    yield "floor", "Constant stochastic steps without a noise floor", "a[T] <= (1 - eta*mu)^T*a[0]", CONTRACTS

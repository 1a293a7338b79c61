"""What is claimed about ridge regression, and what is not true of it."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from tests.ridge.formulas import DOMAIN, SHRINK, B, W, best, bias, d, lam, n, nu, risk, risk_of_factor, v, variance
from verify import (
    By,
    Cite,
    Claim,
    Holds,
    Identity,
    Inequality,
    Limit,
    MatrixIdentity,
    Monotone,
    TracePolynomial,
    any_of,
    gt,
    iff,
    le,
    lt,
    positive,
    second,
)

R = risk().scalar


def claims() -> Iterator[Claim]:
    w = TracePolynomial.letter(W)
    stated = (w.T * w).scale((1 - SHRINK) ** 2) + TracePolynomial.scalar(SHRINK**2 * d * nu**2 / n)
    yield Claim(
        "R.risk",
        "Squared error of a shrunk estimate",
        MatrixIdentity("E ||w - c (w + z)||^2", risk_of_factor().matrix, stated),
        derivations=(risk_of_factor(),),
    )
    yield Claim(
        "R.split",
        "Risk is squared bias plus variance",
        Identity(R, bias().scalar + variance().scalar),
        DOMAIN,
        derivations=(risk(), bias(), variance()),
        states_with=("R.risk",),
    )
    yield Claim("R.noise", "Least squares has positive risk", Inequality(v, ">", 0), DOMAIN)
    yield Claim("R.best", "The best penalty is noise over signal", Identity(best, v / B), DOMAIN)
    yield Claim(
        "R.best.positive",
        "Some penalty is always better than none",
        Inequality(best, ">", 0),
        DOMAIN,
        proof=By((Cite("R.best"), Cite("R.noise"))),
        rests_on=("R.best", "R.noise"),
    )
    yield Claim("R.least", "No penalty has less risk", Inequality(R, ">=", R.xreplace({lam: best})), DOMAIN)
    yield Claim(
        "R.gain",
        "Ridge beats least squares with any penalty below a bound that is infinite where noise outweighs the signal",
        Holds(iff(lt(R, v), any_of(gt(2 * v, lam * (B - v)), le(B, v)))),
        DOMAIN + positive(lam),
    )
    yield Claim(
        "R.bias", "Bias grows with the penalty", Monotone(bias().scalar, lam, "increasing", second(lam)), DOMAIN
    )
    yield Claim("R.variance", "Variance falls", Monotone(variance().scalar, lam, "decreasing", second(lam)), DOMAIN)
    yield Claim("R.many", "No penalty is needed for many samples", Limit(best, n, sp.oo, sp.Integer(0)), DOMAIN)


def false_statements() -> Iterator[Claim]:
    yield Claim(
        "false.more", "More penalty is better", Monotone(R, lam, "decreasing", second(lam)), DOMAIN, expected=False
    )
    yield Claim("false.free", "Ridge is never worse", Inequality(R, "<=", v), DOMAIN, expected=False)

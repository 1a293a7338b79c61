"""G1: the gap to the minimal risk is a squared norm."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.formulas.solutions import CANDIDATE, MEAN_WEIGHT, SOLUTION, quadratic_objective
from verify.claims.claim import Claim
from verify.claims.statement import MatrixIdentity
from verify.derivations.trace_polynomials import TracePolynomial


def claims() -> Iterator[Claim]:
    objective = quadratic_objective()
    w, wbar, A = (TracePolynomial.letter(x) for x in (CANDIDATE, SOLUTION, MEAN_WEIGHT))
    gap = objective.matrix - objective.matrix.substitute({"w": wbar})
    yield Claim(
        "G1",
        "Gap identity: E_m(w) - E_m(w_MAML) = 1/2 ||w - w_MAML||^2 in the norm of E Q^(m)",
        MatrixIdentity("E_m(w) - E_m(w_MAML)", gap, ((w - wbar).T * A * (w - wbar)).scale(sp.Rational(1, 2))),
        derivations=(objective,),
        note="A is a mean of PSD weights, so the gap is >= 0, and > 0 for w != w_MAML when A is positive definite",
    )

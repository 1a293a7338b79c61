"""M1 to M3: second moments of the sample covariance, and the loss after one inner step."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.formulas.losses import adapted_loss, v
from theory.maml_erm.formulas.risk import excess_risk_of_task
from theory.maml_erm.formulas.symbols import alpha, d, m, n, nu
from verify.claims.claim import Claim
from verify.claims.statement import MatrixIdentity
from verify.derivations.derivation import Derivation
from verify.derivations.expectation import SIGMA, input_law, sample_covariance
from verify.derivations.trace_polynomials import Letter, TracePolynomial

S, I = TracePolynomial.letter(SIGMA), TracePolynomial.identity(d)
A = TracePolynomial.letter(Letter("A", d, d, symmetric=True))
V = TracePolynomial.letter(v)


def Q(samples: sp.Expr) -> TracePolynomial:
    """Q^(n)(Sigma) as the theory states it."""
    step = I - S.scale(alpha)
    return step * S * step + ((S * S).trace() * S + S * S * S).scale(alpha**2 / samples)


def second_moment() -> Derivation:
    Shat = sample_covariance(n)
    return Derivation("E[Shat A Shat]", Shat * A * Shat, "Shat = X^T X / n with rows x_a ~ N(0, Sigma)").then(
        "expect", "Wick's theorem", laws={"X": input_law()}
    )


def step_second_moment() -> Derivation:
    step = I - sample_covariance(n).scale(alpha)
    return Derivation("Q^(n)", step * S * step, "Shat = X^T X / n with rows x_a ~ N(0, Sigma)").then(
        "expect", "Wick's theorem", laws={"X": input_law()}
    )


def claims() -> Iterator[Claim]:
    second, step, loss = second_moment(), step_second_moment(), adapted_loss(n)
    yield Claim(
        "M1",
        "Second moment of the sample covariance",
        MatrixIdentity("E[Shat A Shat]", second.matrix, S * A * S + (S * A * S + (A * S).trace() * S).scale(1 / n)),
        derivations=(second,),
    )
    yield Claim(
        "M2",
        "Second moment of one inner step",
        MatrixIdentity("E[(I - alpha Shat) Sigma (I - alpha Shat)]", step.matrix, Q(n)),
        derivations=(step,),
    )
    floor = (S * S).trace().scale(alpha**2 * nu**2 / (2 * n))
    noise = TracePolynomial.scalar(nu**2 / 2)
    half = sp.Rational(1, 2)
    yield Claim(
        "M3",
        "Loss after one inner step",
        MatrixIdentity("E f(w')", loss.matrix, (V.T * Q(n) * V).scale(half) + floor + noise),
        derivations=(loss,),
        states_with=("M2",),
    )
    excess = excess_risk_of_task()
    yield Claim(
        "M3.excess",
        "Excess risk of a task splits into E_m and a floor that no w changes",
        MatrixIdentity(
            "E f(w') - f(w*)",
            excess.matrix,
            (V.T * Q(m) * V).scale(half) + (S * S).trace().scale(alpha**2 * nu**2 / (2 * m)),
        ),
        derivations=(excess,),
        states_with=("M2",),
        rests_on=("M3",),
    )

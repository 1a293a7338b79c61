"""OPT.noise: how much the stochastic gradients of ERM and MAML on one task scatter."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.claims.moments import S
from theory.maml_erm.formulas import optimisation as opt
from theory.maml_erm.formulas.losses import v
from theory.maml_erm.formulas.symbols import V, alpha, d, k_o, n, nu, rho
from verify.claims.claim import Claim
from verify.claims.domain import Domain, at_least, nonnegative, positive
from verify.claims.statement import Identity, MatrixIdentity
from verify.derivations.trace_polynomials import TracePolynomial

VECTOR = TracePolynomial.letter(v)


def central(curvature: sp.Expr = rho, samples: sp.Expr = n) -> dict[str, sp.Expr]:
    """Moments of J = I - alpha Shat at Sigma = rho I, written in those of Shat - rho I, with Shat on n samples.

    ``square`` and ``fourth`` are the multiples of the identity E J^2 and E J^4, ``with_trace`` that of E[tr(J^2) J^2];
    ``noisy`` and ``noisy_trace`` are tr E[J Shat J]/(rho d) and E[tr(Shat) tr(J^2)]/(rho d).
    """
    step, left, N = alpha * curvature, 1 - alpha * curvature, samples
    third = d**2 + 3 * d + 4
    fourth = (2 * d**2 + 5 * d + 5) / N**2 + (d**3 + 6 * d**2 + 21 * d + 20) / N**3
    traced = (d + 1) * (d**2 + d + 4) / N**2 + 4 * (2 * d**2 + 5 * d + 5) / N**3
    return {
        "square": left**2 + step**2 * (d + 1) / N,
        "fourth": left**4 + 6 * left**2 * step**2 * (d + 1) / N - 4 * left * step**3 * third / N**2 + step**4 * fourth,
        "with_trace": d * left**4
        + left**2 * step**2 * (2 * d * (d + 1) + 8) / N
        - 16 * left * step**3 * (d + 1) / N**2
        + step**4 * traced,
        "noisy": left**2 + (3 * step**2 - 2 * step) * (d + 1) / N + step**2 * third / N**2,
        "noisy_trace": d * left**2 - 4 * left * step / N + step**2 * (d * (d + 1) / N + 4 * (d + 1) / N**2),
    }


def mean_square(of: dict[str, sp.Expr], curvature: sp.Expr = rho, samples: sp.Expr = n) -> tuple[sp.Expr, sp.Expr]:
    """E ||g||^2 of MAML's stochastic gradient as x V + y nu^2, from the moments of one inner step: (x, y)."""
    outer = 1 + 1 / k_o
    per_gap = curvature**2 * (outer * of["fourth"] + of["with_trace"] / k_o)
    inner = alpha**2 * curvature**3 * d / samples * (outer * of["noisy"] + of["noisy_trace"] / k_o)
    return per_gap, inner + curvature * d * of["square"] / k_o


def claims() -> Iterator[Claim]:
    second = opt.second_moment_erm()
    spread = (VECTOR.T * S * VECTOR).trace() * S
    pull = S * VECTOR * VECTOR.T * S
    yield Claim(
        "OPT.noise.erm.any",
        "Second moment of ERM's stochastic gradient, any covariance",
        MatrixIdentity("E[g g^T]", second.matrix, pull + (pull + spread + S.scale(nu**2)).scale(1 / k_o)),
        derivations=(second,),
        note="g = Sigma v on average: its covariance is the part with 1/k_o",
    )
    given = opt.maml_square_given_step()
    J = TracePolynomial.letter(opt.JACOBIAN)
    after = J * VECTOR + TracePolynomial.letter(opt.KICK)
    through = (after.T * S * J * J * S * after).scale(1 + 1 / k_o)
    scattered = ((after.T * S * after).trace() + TracePolynomial.scalar(nu**2)) * (J * S * J).trace()
    yield Claim(
        "OPT.noise.maml.given",
        "Mean square of MAML's stochastic gradient, the inner step given, any covariance",
        MatrixIdentity("E[g^T g]", given.matrix, through + scattered.scale(1 / k_o)),
        derivations=(given,),
        note="the inner step leaves the error e = J v + u, J = I - alpha Shat and u = (alpha/n) X^T z: "
        "(1 + 1/k_o) ||J Sigma e||^2 + (e^T Sigma e + nu^2) tr(J Sigma J)/k_o",
    )
    domain = Domain(
        (positive(rho), positive(alpha), *(at_least(x, 1) for x in (d, n, k_o)), nonnegative(V), nonnegative(nu))
    )
    yield Claim(
        "OPT.noise.erm",
        "Variance of ERM's stochastic gradient on one isotropic task",
        Identity(opt.gradient_variance("erm").scalar, rho**2 * V * (d + 1) / k_o + rho * d * nu**2 / k_o),
        domain,
        states_with=("OPT.noise.erm.any",),
        derivations=(opt.gradient_variance("erm"),),
        note="V = ||w - w*||^2; k_o samples",
    )
    of = central()
    per_gap, per_noise = mean_square(of)
    mean = rho * of["square"]
    yield Claim(
        "OPT.noise.maml",
        "Variance of MAML's stochastic gradient on one isotropic task, from the fourth moment of an inner step",
        Identity(opt.gradient_variance("maml").scalar, (per_gap - mean**2) * V + per_noise * nu**2),
        domain,
        states_with=("OPT.noise.maml.given", "S0.maml.isotropic"),
        derivations=(opt.gradient_variance("maml"),),
        note="V = ||w - w*||^2; n samples for the inner step, k_o for the loss after it",
    )

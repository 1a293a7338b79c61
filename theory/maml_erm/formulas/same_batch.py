"""Two inner steps on the same batch: a Wick derivation of order 4 in the sample covariance."""

from __future__ import annotations

from functools import cache

import sympy as sp

from theory.maml_erm.formulas.losses import adapted_error, batch_laws, loss_in_error, sample_gradient, v
from theory.maml_erm.formulas.symbols import alpha, d, n, rho
from verify.derivations.combination import Substituted, Sum, Times
from verify.derivations.derivation import Derivation
from verify.derivations.expectation import sample_covariance
from verify.derivations.trace_polynomials import TracePolynomial
from verify.derivations.wick import MatrixLaw

_I = TracePolynomial.identity(d)


@cache
def two_step_error(samples: sp.Expr) -> Sum:
    """The error after two inner steps on one batch: the second gradient is taken on the data of the first."""
    once = adapted_error(samples)
    return Sum((once, Times(-alpha, Substituted(sample_gradient(samples), v.name, once))))


@cache
def two_step_loss(samples: sp.Expr = n) -> Derivation:
    """E f(w'') after two inner steps on the same ``samples`` samples, label noise included."""
    return (
        loss_in_error()
        .then("substitute_letters", "two inner steps on the same n samples", v=two_step_error(samples))
        .then("expect", "the batch is independent of everything else", laws=batch_laws(samples))
        .retitled("loss after two steps on the same batch")
    )


@cache
def two_step_weight(samples: sp.Expr = n) -> Derivation:
    """E[(I - alpha Shat)^2 Sigma (I - alpha Shat)^2], the weight of MAML with two steps on the same batch."""
    return (
        two_step_loss(samples)
        .then("gradient", "gradient in v", letter=v)
        .then("coefficient_of_vector", "W is the matrix in front of v", letter=v)
        .retitled("weight of MAML, two steps on the same batch")
    )


@cache
def isotropic_weight(samples: sp.Symbol = n) -> Derivation:
    """The weight of two steps on the same batch at Sigma = rho I."""
    return (
        two_step_weight(samples)
        .then("substitute_letters", "Sigma = rho I", Sigma=_I.scale(rho))
        .then("multiple_of_identity", "only multiples of the identity are left")
        .then("collect", "group by powers of the step size", variable=alpha, common=rho)
        .retitled("weight of MAML, two steps on the same batch, isotropic")
    )


@cache
def mean_of_squares(samples: sp.Expr = n) -> Derivation:
    """E (1/d) sum_j (1 - alpha l_j)^2 over the eigenvalues l_j of the sample covariance, Sigma = rho I."""
    step = _I - sample_covariance(samples).scale(alpha)
    return Derivation(
        "mean over the spectrum of Shat", (step * step).trace().scale(1 / d), "(1/d) tr (I - alpha Shat)^2"
    ).then("expect", "Wick's theorem, Sigma = rho I", laws={"X": MatrixLaw(scale=rho)})

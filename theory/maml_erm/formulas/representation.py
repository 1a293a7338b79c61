"""A learned representation: the learner x -> <B v, x> adapts the head v only, B fixed with k columns.

In the error u = B v - w* of the parameter, a step of the head is a step with B B^T in front of the gradient. Where the
missed part r of w* and the features B^T x are uncorrelated, x^T r is noise for whoever sees the features alone.
"""

from __future__ import annotations

from functools import cache

import sympy as sp

from theory.maml_erm.formulas.losses import adapted_loss, batch_laws, loss_in_error, noise_law, sample_gradient, v
from theory.maml_erm.formulas.symbols import V, alpha, corr, d, k, m, n, nu, nu_r, rho, sin2
from verify.derivations.combination import Sum, Times
from verify.derivations.derivation import Derivation
from verify.derivations.expectation import SIGMA
from verify.derivations.explicit import evaluate
from verify.derivations.trace_polynomials import Letter, TracePolynomial
from verify.derivations.wick import MatrixLaw

_ONE = sp.Integer(1)
REPRESENTATION = Letter("B", d, k)
COSINES = Letter("O", k, k, latex=r"B^{\top}U")  # its singular values are the cosines of the principal angles
HEAD = Letter("e", k, _ONE)
MISSED = Letter("r", d, _ONE)
FEATURE_COVARIANCE = Letter("Sigma_B", k, k, symmetric=True, latex=r"\Sigma_B")
_e, _r, _B, _S_B = (TracePolynomial.letter(a) for a in (HEAD, MISSED, REPRESENTATION, FEATURE_COVARIANCE))
_x = TracePolynomial.letter(Letter("x", d, _ONE))
_X_LAW = {"x": MatrixLaw(row=(SIGMA,))}


def _head_step(samples: sp.Expr) -> Sum:
    """The error B v' - w* after one inner step of the head: B B^T in front of the gradient of the batch."""
    return Sum((TracePolynomial.letter(v), Times(-alpha, _projected_gradient(samples))))


@cache
def _projected_gradient(samples: sp.Expr) -> Derivation:
    """B B^T times the gradient of the empirical loss: the gradient in the head, carried back to the parameter."""
    G = Letter("G", d, _ONE)
    return Derivation(
        "step of the head on a batch",
        _B * _B.T * TracePolynomial.letter(G),
        "w = B v: a step of v along B^T G moves w along B B^T G, G the gradient in w",
    ).then("substitute_letters", "the gradient on the batch", G=sample_gradient(samples))


@cache
def adapted_head(samples: sp.Expr = n) -> Derivation:
    """E f after one inner step of the head only, for any covariance, B and error u = B v - w*."""
    return (
        loss_in_error()
        .then("substitute_letters", "inner step of the head on n fresh samples", v=_head_step(samples))
        .then("expect", "the batch is independent of everything else", laws=batch_laws(samples))
        .retitled("loss after one inner step of the head")
    )


@cache
def inside(samples: sp.Expr = n) -> Derivation:
    """The same where w* = B v*: the error is B e, e = v - v*."""
    return adapted_head(samples).then("substitute_letters", "w* = B v*: the error is u = B e", v=_B * _e)


@cache
def feature_covariance() -> Derivation:
    """The covariance of the features B^T x."""
    return Derivation("covariance of the features", _B.T * _x * _x.T * _B, "the features are B^T x").then(
        "expect", "x ~ N(0, Sigma)", laws=_X_LAW
    )


@cache
def missed_covariance() -> Derivation:
    """The covariance of the features with what the missed part of the optimum adds to a label."""
    return Derivation(
        "covariance of the features with x^T r", _B.T * _x * _x.T * _r, "r is the part of w* outside of col(B)"
    ).then("expect", "x ~ N(0, Sigma)", laws=_X_LAW)


@cache
def missed_variance() -> Derivation:
    """The variance of what the missed part of the optimum adds to a label."""
    return Derivation("variance of x^T r", _x.T * _r * _r.T * _x, "r is the part of w* outside of col(B)").then(
        "expect", "x ~ N(0, Sigma)", laws=_X_LAW
    )


@cache
def noisy_head(samples: sp.Expr = n) -> Derivation:
    """E f after one step of the head, from features F and missed parts c that are uncorrelated, hence independent.

    F has rows B^T x_a ~ N(0, Sigma_B), c has entries x_a^T r ~ N(0, nu_r^2); e = v - v*, v* the head that is right
    but for r. At the test point the same with f and q.
    """
    F, c, z = (
        TracePolynomial.letter(Letter(name, samples, columns)) for name, columns in (("F", k), ("c", _ONE), ("z", _ONE))
    )
    f, q, zeta = (
        TracePolynomial.letter(Letter(name, rows, _ONE)) for name, rows in (("f", k), ("q", _ONE), ("zeta", _ONE))
    )
    step = (F.T * (F * _e - c - z)).scale(-alpha / samples)
    residual = f.T * _e - q - zeta
    missed = MatrixLaw(scale=nu_r**2)
    return (
        Derivation(
            "loss after one step of the head, uncorrelated features",
            (residual * residual).scale(sp.Rational(1, 2)),
            "definition of the squared loss at one sample: label <v*, f> + q + zeta, q = x^T r",
        )
        .then("substitute_letters", "one inner step of the head on n fresh samples", e=_e + step)
        .then(
            "expect",
            "features and missed parts are Gaussian and uncorrelated, hence independent",
            laws={
                "F": MatrixLaw(col=(FEATURE_COVARIANCE,)),
                "f": MatrixLaw(row=(FEATURE_COVARIANCE,)),
                "c": missed,
                "q": missed,
                "z": noise_law(),
                "zeta": noise_law(),
            },
        )
    )


@cache
def isotropic_head(samples: sp.Expr = n) -> Derivation:
    """The same for isotropic inputs: B has orthonormal columns, so Sigma_B = rho I."""
    identity = TracePolynomial.identity(k)
    return noisy_head(samples).then("substitute_letters", "Sigma_B = rho I", Sigma_B=identity.scale(rho))


@cache
def missed_mean() -> Derivation:
    """E ||r||^2 for w* = U v*, v* isotropic with E ||v*||^2 = V: ||r||^2 = ||v*||^2 - ||B^T U v*||^2."""
    head, cosines = (TracePolynomial.letter(a) for a in (Letter("h", k, _ONE), COSINES))
    return Derivation(
        "mean square of the missed part",
        head.T * head - head.T * cosines.T * cosines * head,
        "Pythagoras: w* = U v* has length ||v*||, and B^T w* that of its part in col(B)",
    ).then("expect", "v* has mean zero and covariance V/k I", laws={"h": MatrixLaw(scale=V / k, gaussian=False)})


@cache
def rank_risk(samples: sp.Expr = m) -> Derivation:
    """Test loss of the representation from the head 0: E||B^T w*||^2 = V (1 - sin2), E r^2 = V sin2."""
    return (
        isotropic_head(samples)
        .then("name_trace", "the seen part: E||e||^2 = V (1 - sin2)", word=(HEAD, HEAD.T), value=V * (1 - sin2))
        .then("multiple_of_identity", "a number")
        .then("substitute_scalars", "nu_r^2 = rho E||r||^2 = rho V sin2", values={nu_r: sp.sqrt(rho * V * sin2)})
        .then("group", "group by the noise and the optima", variables=(V, nu))
        .retitled("loss with a representation")
    )


@cache
def full_risk(samples: sp.Expr = m) -> Derivation:
    """Test loss when all d parameters are adapted from 0, averaged over tasks with E||w*||^2 = V."""
    identity = TracePolynomial.identity(d)
    return (
        adapted_loss(samples)
        .then("substitute_letters", "Sigma = rho I", Sigma=identity.scale(rho))
        .then("name_trace", "E||w* - w||^2 = V", word=(v, v.T), value=V)
        .then("multiple_of_identity", "a number")
        .then("group", "group by the noise and the optima", variables=(V, nu))
        .retitled("loss when all parameters are adapted")
    )


@cache
def correlated_loss() -> sp.Expr:
    """The loss after one step of the head 0 in the plane; corr is the correlation of feature and missed part.

    Sigma = rho ((1, corr), (corr, 1)), B the first unit vector, w* = sqrt(V) times the second.
    """
    matrices = {
        SIGMA.name: rho * sp.Matrix([[1, corr], [corr, 1]]),
        REPRESENTATION.name: sp.Matrix([1, 0]),
        v.name: sp.Matrix([0, -sp.sqrt(V)]),
    }
    value = evaluate(adapted_head().matrix, matrices, {d: sp.Integer(2), k: sp.Integer(1)})
    return sp.expand(value[0, 0])

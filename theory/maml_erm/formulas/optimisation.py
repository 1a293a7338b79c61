"""Optimising the two objectives: one step of gradient descent, and the stochastic gradient of one task on its data.

The stochastic gradient is the gradient of what one task's batches give of the objective: for ERM the loss on k
samples, for MAML the loss on k fresh samples after an inner step on n others.
"""

from __future__ import annotations

from functools import cache

import sympy as sp

from theory.maml_erm.formulas.losses import adapted_error, batch_laws, noise_law, v
from theory.maml_erm.formulas.symbols import V, d, k, n, rho
from verify.derivations.combination import Given
from verify.derivations.derivation import Derivation
from verify.derivations.expectation import input_law
from verify.derivations.trace_polynomials import Letter, TracePolynomial

OUTER_X, OUTER_Z = Letter("X_o", k, d, latex="X_{o}"), Letter("z_o", k, sp.Integer(1), latex="z_{o}")
OUTER_LAWS = {"X_o": input_law(), "z_o": noise_law()}
_V = TracePolynomial.letter(v)


@cache
def outer_loss() -> Derivation:
    """The empirical loss of a task on k samples, at the error v."""
    residual = TracePolynomial.letter(OUTER_X) * _V - TracePolynomial.letter(OUTER_Z)
    return Derivation(
        "loss on the outer samples", (residual.T * residual).scale(1 / (2 * k)), "||X w - y||^2/(2k), y = X w* + z"
    )


@cache
def erm_gradient() -> Derivation:
    """The stochastic gradient of ERM on one task, at the error v."""
    return outer_loss().then("gradient", "gradient in v", letter=v).retitled("stochastic gradient of ERM")


@cache
def maml_gradient() -> Derivation:
    """The stochastic gradient of MAML on one task, at the error v: through the inner step, by the chain rule."""
    return (
        outer_loss()
        .then("substitute_letters", "after an inner step on n other samples", v=adapted_error(n))
        .then("gradient", "gradient in v", letter=v)
        .retitled("stochastic gradient of MAML")
    )

"""Any covariance: its effective dimension, and what one inner step leaves along one of its eigendirections."""

from __future__ import annotations

from functools import cache

import sympy as sp

from theory.maml_erm.formulas.methods import maml
from theory.maml_erm.formulas.symbols import L, l, m, t
from verify.derivations.derivation import Derivation
from verify.derivations.expectation import SIGMA
from verify.derivations.trace_polynomials import TracePolynomial
from verify.runtime.errors import present

d_eff = sp.Symbol("d_eff", real=True)


@cache
def effective_dimension() -> Derivation:
    """d_eff = tr(Sigma^2)/||Sigma||^2: how many directions of the size of the top one Sigma is worth."""
    square = TracePolynomial.letter(SIGMA) * TracePolynomial.letter(SIGMA)
    return (
        Derivation("d_eff", square.trace().scale(1 / L**2), "definition: tr(Sigma^2)/||Sigma||^2, with L = ||Sigma||")
        .then("name_trace", "t = tr(Sigma^2)", word=(SIGMA, SIGMA), value=t)
        .then("multiple_of_identity", "a number")
    )


@cache
def residual_in_direction() -> Derivation:
    """The weight of MAML in an eigendirection with eigenvalue l, where tr(Sigma^2) = t."""
    weight = present(maml(m).weight)
    return (
        weight.then(
            "spectral_value",
            "Sigma acts on an eigenvector as its eigenvalue",
            letter=SIGMA,
            at=l,
            traces={1: l, 2: t},
        )
        .then("collect", "group by powers of 1/m", variable=m, common=l)
        .retitled("MAML weight in an eigendirection")
    )

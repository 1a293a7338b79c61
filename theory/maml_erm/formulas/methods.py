"""Learning methods as weight maps: each method pulls the solution towards w_i* with a weight W(Sigma_i).

A method is given by its objective or by its update direction. Both are, for one task, linear in the error v = w - w*:
gradient or direction = W(Sigma) v. ``weight`` derives W for any covariance, ``isotropic`` its value at Sigma = rho I.
The population solution is w = E[W_i]^-1 E[W_i w_i*] (see ``theory.maml_erm.formulas.solutions``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import sympy as sp

from theory.maml_erm.formulas.losses import adapted_error, adapted_loss, batch_laws, loss_in_error, v
from theory.maml_erm.formulas.symbols import K, d, lam, n, rho
from verify.derivations.combination import Substituted, Sum
from verify.derivations.derivation import Derivation
from verify.derivations.expectation import SIGMA
from verify.derivations.relations import Formula, gt
from verify.derivations.trace_polynomials import Letter, TracePolynomial

RESOLVENT = Letter("R", d, d, symmetric=True, latex=r"(\Sigma+\lambda I)^{-1}")
_I = TracePolynomial.identity(d)
_SIGMA, _V = TracePolynomial.letter(SIGMA), TracePolynomial.letter(v)


@dataclass(frozen=True)
class Method:
    """A learning method. ``weight`` is None where only the isotropic weight is derived (a symbolic number of steps).

    ``is_minimum`` tells a minimiser of an objective from a stationary or fixed point of an update rule.
    """

    name: str
    title: str
    is_minimum: bool
    weight: Derivation | None
    isotropic: Derivation


def _isotropic(weight: Derivation, common: sp.Expr | None = None, by: sp.Symbol = n) -> Derivation:
    out = weight.then("substitute_letters", "Sigma = rho I", Sigma=_I.scale(rho), R=_I.scale(1 / (rho + lam))).then(
        "multiple_of_identity", "only multiples of the identity are left"
    )
    if common is None:
        return out.then("factor", "factor").retitled(weight.title + ", isotropic")
    return out.then("collect", "group by powers", variable=by, common=common).retitled(weight.title + ", isotropic")


@cache
def erm() -> Method:
    """Empirical risk minimisation, with its population objective E_i f_i(w)."""
    weight = (
        loss_in_error()
        .then("gradient", "gradient in v", letter=v)
        .then("coefficient_of_vector", "W is the matrix in front of v", letter=v)
        .retitled("weight of ERM")
    )
    return Method("erm", "ERM", True, weight, _isotropic(weight))


@cache
def maml(samples: sp.Expr = n) -> Method:
    """MAML with one inner step on ``samples`` fresh samples; its weight is Q^(n)(Sigma)."""
    weight = (
        adapted_loss(samples)
        .then("gradient", "gradient in v", letter=v)
        .then("coefficient_of_vector", "W is the matrix in front of v", letter=v)
        .retitled("weight of MAML")
    )
    by = samples if isinstance(samples, sp.Symbol) else n
    return Method("maml", "MAML", True, weight, _isotropic(weight, common=rho, by=by))


@cache
def maml_fresh_weight(steps: int, samples: sp.Expr = n) -> Derivation:
    """The weight of MAML with ``steps`` inner steps, each on its own fresh batch: A_0 = Sigma, A_{j+1} = T(A_j)."""
    out = loss_in_error()
    for _ in range(steps):
        out = out.then("substitute_letters", "one more inner step on n fresh samples", v=adapted_error(samples)).then(
            "expect", "the batch is independent of everything else", laws=batch_laws(samples)
        )
    return (
        out.then("gradient", "gradient in v", letter=v)
        .then("coefficient_of_vector", "W is the matrix in front of v", letter=v)
        .retitled(f"weight of MAML, {steps} fresh steps")
    )


LEVEL = sp.Symbol("a", real=True)  # the weight before a step, as a multiple of the identity


@cache
def fresh_step(samples: sp.Expr = n) -> Derivation:
    """T(a I), the weight of MAML with one more fresh inner step, when Sigma = rho I: a multiple of a."""
    return (
        Derivation(
            "one more fresh inner step, isotropic",
            (_V.T * _V).scale(LEVEL / 2),
            "the loss before the last step, when the weight so far is a I",
        )
        .then("substitute_letters", "one inner step on n fresh samples", v=adapted_error(samples))
        .then("expect", "the batch is independent of everything else", laws=batch_laws(samples))
        .then("gradient", "gradient in v", letter=v)
        .then("coefficient_of_vector", "T(a I) is the matrix in front of v", letter=v)
        .then("substitute_letters", "Sigma = rho I", Sigma=_I.scale(rho))
        .then("multiple_of_identity", "only multiples of the identity are left")
        .then("collect", "group by powers of the batch size", variable=samples, common=LEVEL)
    )


@cache
def maml_fresh(samples: sp.Expr = n) -> Method:
    """MAML with K inner steps on fresh batches, K symbolic: T multiplies a I by a number when Sigma = rho I."""
    isotropic = (
        fresh_step(samples)
        .then("iterate", "induction on K from the loss, the weight of ERM", unknown=LEVEL, start=_loss(), times=K)
        .retitled("weight of MAML, K fresh steps, isotropic")
    )
    return Method("maml_fresh", "MAML, K fresh steps", True, None, isotropic)


def _loss() -> Derivation:
    """A_0, the isotropic weight of the loss before any step."""
    return erm().isotropic


@cache
def fomaml(samples: sp.Expr = n) -> Method:
    """First-order MAML: the stationary point of the direction E grad f(w'), which drops the Jacobian of the step."""
    weight = (
        loss_in_error()
        .then("gradient", "gradient of the loss", letter=v)
        .then("substitute_letters", "taken at the adapted parameter w'", v=adapted_error(samples))
        .then("expect", "the batch is independent of everything else", laws=batch_laws(samples))
        .then("coefficient_of_vector", "W is the matrix in front of v", letter=v)
        .retitled("weight of first-order MAML")
    )
    return Method("fomaml", "first-order MAML", False, weight, _isotropic(weight))


@cache
def reptile_weight(steps: int, samples: sp.Expr = n) -> Derivation:
    """The weight of Reptile with ``steps`` fresh inner steps: the direction is w - E w_steps."""
    out = Derivation(f"weight of Reptile, {steps} steps", _V, "the error after the inner loop, before any step")
    for _ in range(steps):
        out = out.then("substitute_letters", "one inner step on n fresh samples", v=adapted_error(samples)).then(
            "expect", "the batch is independent of everything else", laws=batch_laws(samples)
        )
    contraction = out.then("coefficient_of_vector", "E w_K - w* = C v", letter=v).retitled(
        f"contraction of {steps} mean steps"
    )
    C = Letter("C", d, d)
    return Derivation(
        f"weight of Reptile, {steps} steps", _I - TracePolynomial.letter(C), "the direction w - E w_K = (I - C) v"
    ).then("substitute_letters", contraction.title, C=contraction)


@cache
def reptile(samples: sp.Expr = n) -> Method:
    """Reptile with K fresh inner steps, K symbolic: the fixed point of w - E w_K."""
    contraction = sp.Symbol("C_K", real=True)
    shrink = (
        Derivation("contraction of K mean steps", _V.scale(LEVEL), "the mean error so far is a times the first")
        .then("substitute_letters", "one inner step on n fresh samples", v=adapted_error(samples))
        .then("expect", "the batch is independent of everything else", laws=batch_laws(samples))
        .then("coefficient_of_vector", "the matrix in front of v", letter=v)
        .then("substitute_letters", "Sigma = rho I", Sigma=_I.scale(rho))
        .then("multiple_of_identity", "only multiples of the identity are left")
        .then("iterate", "induction on K from a = 1", unknown=LEVEL, start=sp.Integer(1), times=K)
    )
    isotropic = Derivation(
        "weight of Reptile, isotropic", 1 - contraction, "the direction w - E w_K = (1 - C_K) v"
    ).then("substitute_scalars", shrink.title, values={contraction: shrink})
    return Method("reptile", "Reptile", False, None, isotropic)


@cache
def proximal_solution() -> Derivation:
    """The error after iMAML's inner problem, min f(w') + lambda/2 ||w' - w||^2, solved exactly."""
    e = Letter("e", d, sp.Integer(1))
    E = TracePolynomial.letter(e)
    penalty = ((E - _V).T * (E - _V)).scale(lam / 2)
    invertible: tuple[Formula, ...] = (gt(lam, 0),)
    return (
        Derivation(
            "solution of the proximal inner problem",
            Sum((Substituted(loss_in_error(), v.name, E), penalty)),
            "definition: the loss at the error e plus lambda/2 ||e - v||^2",
        )
        .then("gradient", "stationarity in e", letter=e)
        .then(
            "solve_with_inverse",
            "R = (Sigma + lambda I)^-1 exists, the objective is strictly convex in e",
            invertible,
            unknown=e,
            inverse=RESOLVENT,
        )
    )


@cache
def imaml() -> Method:
    """iMAML: the inner problem is solved exactly."""
    inner = proximal_solution()
    weight = (
        loss_in_error()
        .then("substitute_letters", inner.title, v=inner)
        .then("gradient", "gradient in v", letter=v)
        .then("coefficient_of_vector", "W is the matrix in front of v", letter=v)
        .retitled("weight of iMAML")
    )
    return Method("imaml", "iMAML", True, weight, _isotropic(weight))

"""Directions that are no gradients of a risk: the mean error after inner steps, and the proximal inner problem.

Both from their definitions by cubature and by values of the objective, for one class of tasks; see ``cubature.py`` and
``variance.py`` for the law of a step.
"""

from __future__ import annotations

import numpy as np

from theory.maml_erm.definitions.cubature import Value, loss_before_adaptation
from verify.statistics import checks, gauss_rules

Array = np.ndarray

_ORDERS = (4, 7)
_EPS = float(np.finfo(float).eps)


def mean_error(rho: float, *, alpha: float, n: int, steps: int = 1, nu: float = 0.0) -> Value:
    """E<w' - w*, v>/|v|^2 with v = w - w*, after ``steps`` fresh-batch steps: what first-order MAML and Reptile use.

    The part of the error across v has mean zero; along v it is |v| (1 - alpha rho Q/n) and a centred noise.

    >>> mean_error(1.0, alpha=0.25, n=3).value
    0.75
    """
    rho, alpha = checks.number("rho", rho, above=0.0), checks.number("alpha", alpha, above=0.0)
    n, steps = checks.count("n", n), checks.count("steps", steps, 0)
    results = []
    for order in _ORDERS:
        q, g = gauss_rules.chi_square_deviation(n, order), gauss_rules.normal(order)
        step = alpha * rho
        along = ((1 - step) - step * q.nodes)[:, None] - alpha * nu * np.sqrt(rho / n) * np.outer(
            np.sqrt(1 + q.nodes), g.nodes
        )
        results.append(float(q.weights @ along @ g.weights) ** steps)
    low, high = results
    return Value(high, abs(high - low) + 8 * (steps + 1) * _EPS * max(abs(high), 1.0))


def mean_error_vector(covariance: object, gap: object, *, alpha: float, n: int) -> Array:
    """E[w' - w*], shape (d,), after one step on n samples from w - w* = gap, for any covariance."""
    sigma = checks.covariance("covariance", covariance)
    v = checks.vector("gap", gap, len(sigma))
    rule = gauss_rules.chi_square_deviation(checks.count("n", n), 7)
    # Given Q = n (1 + t) the gradient has mean (Q/n) Sigma v.
    return np.asarray(v - alpha * float(rule.weights @ (1 + rule.nodes)) * (sigma @ v))


def proximal_risk(rho: float, *, strength: float, gap: float = 1.0) -> Value:
    """f(u) - f(w*) where u minimises f + strength/2 |u - w|^2, f the population loss and |w - w*| = gap [Y^2].

    On the line u = w* + t (w - w*) the inner objective is a quadratic; three of its values give the minimiser.
    """
    strength, gap = checks.number("strength", strength, above=0.0), checks.number("gap", gap, above=0.0)

    def inner(t: float) -> float:
        return loss_before_adaptation(rho, d=1, gap=abs(t) * gap).value + 0.5 * strength * ((1 - t) * gap) ** 2

    left, middle, right = inner(-1.0), inner(0.0), inner(1.0)
    t = (left - right) / (2 * (left - 2 * middle + right))
    risk = loss_before_adaptation(rho, d=1, gap=abs(t) * gap)
    slip = 8 * _EPS * (left + 2 * middle + right) / (left - 2 * middle + right)
    return Value(risk.value, risk.error + 2 * risk.value * slip / abs(t))


def scatter_along(eigenvalues: object, index: int) -> tuple[float, float]:
    """(l_j, tr(Sigma C)), C the covariance of X^T X e_j/n given |X e_j|^2, per unit of |X e_j|^2/(l_j n^2); O(d).

    Given Q the error after a step from w* + e_j, e_j a unit eigenvector, is normal with mean (1 - alpha Q l_j/m) e_j
    and covariance (alpha/m)^2 Q C, C = l_j Sigma - l_j^2 e_j e_j^T, diagonal in the eigenbasis (see ``variance.py``).
    """
    values = checks.vector("eigenvalues", eigenvalues)
    own = float(values[checks.count("index", index, 0)])
    scatter = own * values
    scatter[index] -= own**2
    return own, float(values @ scatter)


def direction_weight(own: float, scatter: float, *, alpha: float, m: int) -> Value:
    """Twice the risk after one step on m samples from w* + e_j; own, scatter: from ``scatter_along`` [X^2]."""
    alpha, m = checks.number("alpha", alpha, above=0.0), checks.count("m", m)
    results = []
    for order in _ORDERS:
        rule = gauss_rules.chi_square_deviation(m, order)
        along = ((1 - alpha * own) - alpha * own * rule.nodes) ** 2 * own
        results.append(float(rule.weights @ (along + alpha**2 / m * (1 + rule.nodes) * scatter)))
    low, high = results
    return Value(high, abs(high - low) + 16 * _EPS * abs(high))

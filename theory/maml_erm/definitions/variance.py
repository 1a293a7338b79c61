"""Exact mean and variance of what the naive simulation averages, for any covariance: the honest error bar.

Let v = w - w*, Sigma the covariance, h = v^T Sigma v and c^2 = h + noise^2. The n residuals X v - z have squared
norm c^2 Q with Q ~ chi2_n, and given them the gradient X^T (X v - z) is Gaussian: it is Sigma v Q plus a centred
part of covariance Q (c^2 Sigma - Sigma v v^T Sigma). So after one step, given Q, the error e is Gaussian with

    mean  v - (alpha/n) Q Sigma v,     covariance  (alpha/n)^2 Q (c^2 Sigma - Sigma v v^T Sigma),

and any quadratic form of e has a mean and a variance that are polynomials in Q; Gauss cubature takes E over Q.
The law is a claim of its own: the tests compare it with moments.py and with the n x d simulation.
"""

from __future__ import annotations

import math
from functools import partial

import numpy as np

from theory.maml_erm.definitions.laws import GAUSSIAN
from theory.maml_erm.definitions.tasks import Environment, Task
from verify.runtime.errors import BadInput
from verify.statistics import checks, gauss_rules

Array = np.ndarray

_ORDER = 8  # exact for polynomials in Q up to degree 15; four would do


def form_moments(
    covariance: Array,
    gap: Array,
    form: Array,
    *,
    alpha: float,
    n: int,
    noise: float = 0.0,
    keep: float = 1.0,
    linear: Array | None = None,
) -> tuple[float, float]:
    """Mean and variance of e^T form e + linear^T e, where e = keep v - alpha/n X^T (X v - z) from a fixed gap v.

    covariance (d, d) [X^2], gap (d,), form (d, d) symmetric, alpha > 0, n >= 1, noise >= 0, linear (d,). With keep = 0
    and alpha = 1 the vector is -Shat v, so the mean is v^T E[Shat form Shat] v.
    """
    sigma, A = checks.covariance("covariance", covariance), checks.symmetric("form", form, len(covariance))
    v = checks.vector("gap", gap, len(sigma))
    n, alpha = checks.count("n", n), checks.number("alpha", alpha, above=0.0)
    rule = gauss_rules.chi_square_deviation(n, _ORDER)
    q = n * (1 + rule.nodes)
    pull = sigma @ v
    K = (float(v @ pull) + noise**2) * sigma - np.outer(pull, pull)
    u = np.zeros(len(v)) if linear is None else checks.vector("linear", linear, len(v))
    # Means m = keep v - (alpha q/n) pull, covariances (alpha/n)^2 q K: expand the forms once, then over q.
    b, s = alpha / n * q, (alpha / n) ** 2 * q
    AK = A @ K
    means = keep**2 * (v @ A @ v) - 2 * keep * b * (v @ A @ pull) + b**2 * (pull @ A @ pull) + s * np.trace(AK)
    means += keep * (u @ v) - b * (u @ pull)
    # The variance of x^T A x + u^T x, x normal with mean m and covariance C, is 2 tr(ACAC) + g^T C g, g = 2 A m + u.
    start, slope = 2 * keep * (A @ v) + u, 2 * (A @ pull)
    quadratic = start @ K @ start - 2 * b * (start @ K @ slope) + b**2 * (slope @ K @ slope)
    variances = 2 * s**2 * float(np.sum(AK * AK.T)) + s * quadratic
    mean = float(rule.weights @ means)
    return mean, float(rule.weights @ (variances + (means - mean) ** 2))


def _start(task: Task, w: Array) -> tuple[Array, Array, Array]:
    """Eigenvalues, E[x] and E[x x^T] of x = squares of the gap's coordinates in the eigenbasis of the covariance."""
    values, vectors = np.linalg.eigh(task.covariance)
    values = np.clip(values, 0, None)
    m2 = (vectors.T @ (w - task.optimum)) ** 2
    per = task.spread / task.dimension
    first = m2 + per
    second = np.outer(first, first)
    second[np.diag_indices_from(second)] += 2 * per**2 + 4 * per * m2
    return values, first, second


def risk_moments(
    task: Task, w: Array, *, alpha: float, n: int, steps: int = 1, noise: float | None = None, order: int = _ORDER
) -> tuple[float, float]:
    """First and second moment of 1/2 e^T Sigma e, e the error after ``steps`` fresh-batch inner steps from w.

    The expectation is over w* and all batches; w (d,), alpha > 0, n >= 1, steps >= 0. ``noise`` replaces the
    task's label noise where given. A step maps quartics without odd powers in the eigenbasis to such quartics
    (flip the sign of a column of X), so E[x] and E[x x^T] of the squared coordinates x are all that is carried.
    order: of the Gauss rule in Q; 5 or more is exact up to rounding. ``BadInput`` for steps on inputs that are not
    Gaussian, whose law this is not.
    """
    if steps and task.law != GAUSSIAN:
        raise BadInput(f"the inputs are {task.law}, and this is the law of a step on Gaussian ones.", "simulate it")
    steps, n = checks.count("steps", steps, 0), checks.count("n", n)
    alpha = checks.number("alpha", alpha, above=0.0)
    nu2 = (task.noise if noise is None else checks.number("noise", noise, least=0.0)) ** 2
    values, s, M = _start(task, checks.vector("w", w, task.dimension))
    rule = gauss_rules.chi_square_deviation(n, order)
    for _ in range(steps):
        s_next, M_next = np.zeros_like(s), np.zeros_like(M)
        for t, weight in zip(rule.nodes, rule.weights, strict=True):
            # Given Q = n (1 + t): coordinate i has mean a_i e_i and covariance K_ij below; x_i = e_i^2.
            a = (1 - alpha * values) - alpha * values * t
            b = alpha**2 / n * (1 + t)
            c = b * values * nu2
            # E[x_i' | x] = (L x)_i + c_i with L = diag(a^2 - b values^2) + b values values^T; K_ii = (D x)_i + c_i.
            diagonal, own = a**2 - b * values**2, b * values**2
            Ls, LM = diagonal * s + b * values * (values @ s), diagonal[:, None] * M + np.outer(b * values, values @ M)
            LML = LM * diagonal + np.outer(LM @ values, b * values)
            pair = LML + np.outer(Ls, c) + np.outer(c, Ls) + np.outer(c, c)
            cross = np.outer(values, values) * M
            pair += 2 * b**2 * np.outer(values, values) * cross - 4 * b * np.outer(a, a) * cross
            # On the diagonal K_ij is K_ii: replace the two terms just added by 2 K_ii^2 + 4 a_i^2 x_i K_ii.
            Ms = M @ values
            Ds, own_M = b * values * (values @ s) - own * s, np.diag(M)
            DMD = (b * values) ** 2 * (values @ Ms) - 2 * own * b * values * Ms + own**2 * own_M
            xD = b * values * Ms - own * own_M
            inner = np.diag(LML) + 2 * Ls * c + c * c
            diag_pair = inner + 2 * (DMD + 2 * c * Ds + c * c) + 4 * a**2 * (xD + c * s)
            pair[np.diag_indices_from(pair)] = diag_pair
            s_next += weight * (Ls + c)
            M_next += weight * pair
        s, M = s_next, M_next
    return float(0.5 * values @ s), float(0.25 * values @ M @ values)


def mixture_risk_moments(
    environment: Environment,
    w: Array,
    *,
    alpha: float,
    n: int,
    steps: int = 1,
    noise: float | None = None,
    order: int = _ORDER,
) -> tuple[float, float]:
    """``risk_moments`` over the mixture of classes: E and E of the square."""
    run = partial(risk_moments, w=w, alpha=alpha, n=n, steps=steps, noise=noise, order=order)
    parts = [(t.probability, run(t)) for t in environment.tasks]
    return math.fsum(p * m[0] for p, m in parts), math.fsum(p * m[1] for p, m in parts)

"""Mean errors, the proximal problem and eigendirections against the n x d simulation's exact moments."""

from __future__ import annotations

import numpy as np

from theory.maml_erm.definitions import variance
from theory.maml_erm.definitions.directions import (
    direction_weight,
    mean_error,
    mean_error_vector,
    proximal_risk,
    scatter_along,
)
from theory.maml_erm.definitions.tasks import Task, inner_step


def test_mean_error_of_the_textbook_step() -> None:
    sigma, v, alpha, n = np.diag([2.0, 0.5]), np.array([1.0, -2.0]), 0.3, 4
    task, rng = Task(sigma, np.zeros(2), noise=0.5), np.random.default_rng(1)
    X, y = task.data(rng, np.zeros((200_000, 2)), n)
    sampled = inner_step(np.broadcast_to(v, (200_000, 2)), X, y, alpha)
    found = mean_error_vector(sigma, v, alpha=alpha, n=n)
    assert np.all(np.abs(sampled.mean(axis=0) - found) < 6 * sampled.std(axis=0) / 200_000**0.5)
    for i, rho in enumerate((2.0, 0.5)):
        assert abs(mean_error(rho, alpha=alpha, n=n, nu=0.5).value - found[i] / v[i]) < 1e-13


def test_proximal_risk_from_a_grid() -> None:
    rho, strength, gap = 1.5, 0.75, 2.0
    t = np.linspace(-1, 1, 2_000_001)
    best = t[np.argmin(0.5 * rho * (t * gap) ** 2 + 0.5 * strength * ((1 - t) * gap) ** 2)]
    assert abs(proximal_risk(rho, strength=strength, gap=gap).value - 0.5 * rho * (best * gap) ** 2) < 1e-5


def test_eigendirections_agree_with_the_law_for_any_covariance() -> None:
    values, alpha, m = np.array([2.0, 0.5, 1.0]), 0.3, 7
    for j in range(3):
        expected, _ = variance.form_moments(np.diag(values), np.eye(3)[j], np.diag(values), alpha=alpha, n=m)
        found = direction_weight(*scatter_along(values, j), alpha=alpha, m=m)
        assert abs(found.value / expected - 1) < 1e-13

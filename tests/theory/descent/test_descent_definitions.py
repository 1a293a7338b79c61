"""Losses and methods: gradients against differences, constants against spectra, paths against all draws."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from theory.descent.definitions import methods
from theory.descent.definitions.losses import (
    Huber,
    Loss,
    gradient,
    minimiser,
    proximal,
    random_logistic,
    random_quadratics,
    value,
)
from theory.descent.measurements.scenes import _after_one_step

LOSSES = [random_quadratics(np.random.default_rng(1), 3, 3), random_logistic(np.random.default_rng(2), 5, 3)]
SMALL = 1e-5  # of central differences; their error is then about 1e-9


def differences(f, x: np.ndarray) -> np.ndarray:
    return np.array([(f(x + e) - f(x - e)) / (2 * SMALL) for e in SMALL * np.eye(len(x))])


@pytest.mark.parametrize("f", [*LOSSES, Huber(2.0, 0.3)], ids=lambda f: type(f).__name__)
def test_gradients_and_hessians_are_what_differences_say(f: Loss) -> None:
    rng = np.random.default_rng(0)
    for _ in range(5):
        x = rng.normal(size=f.dimension)
        assert gradient(f, x) == pytest.approx(differences(lambda p: value(f, p), x), abs=1e-7)
        assert f.hessian(x) == pytest.approx(differences(lambda p: gradient(f, p), x), abs=1e-7)
        assert gradient(f, x) != pytest.approx(2 * differences(lambda p: value(f, p), x), abs=1e-7)


@pytest.mark.parametrize("f", LOSSES, ids=lambda f: type(f).__name__)
def test_the_constants_hold_and_the_spectrum_is_between_them(f: Loss) -> None:
    rng = np.random.default_rng(0)
    for _ in range(20):
        spectrum = np.linalg.eigvalsh(f.hessian(3 * rng.normal(size=f.dimension)))
        assert f.convexity - 1e-12 <= spectrum[0] and spectrum[-1] <= f.smoothness + 1e-12
    assert np.linalg.eigvalsh(f.hessian(minimiser(f)))[-1] > f.smoothness / 2  # so a constant of half would be wrong


@pytest.mark.parametrize("f", LOSSES, ids=lambda f: type(f).__name__)
def test_the_minimiser_and_the_implicit_step_solve_their_equations(f: Loss) -> None:
    assert np.abs(gradient(f, minimiser(f))).max() < 1e-14
    x = np.array([2.0, -1.0, 0.5])
    p = proximal(f, x, 3.0)
    assert p == pytest.approx(x - 3.0 * gradient(f, p), abs=1e-13)
    assert np.abs(p - (x - 3.0 * gradient(f, x))).max() > 0.1  # an explicit step is another one


def test_a_quadratic_after_adaptation_is_the_composite() -> None:
    f = random_quadratics(np.random.default_rng(3), 1, 3)
    adapted = _after_one_step(f, 0.3)
    for w in np.random.default_rng(4).normal(size=(5, 3)):
        assert value(adapted, w) == pytest.approx(value(f, w - 0.3 * gradient(f, w)), rel=1e-12)
        composite = differences(lambda p: value(f, p - 0.3 * gradient(f, p)), w)
        assert gradient(adapted, w) == pytest.approx(composite, abs=1e-7)
        assert gradient(f, w - 0.3 * gradient(f, w)) != pytest.approx(composite, abs=1e-3)  # first order is another


def test_paths_are_all_draws_of_samples_and_their_mean_is_unbiased() -> None:
    f, x0 = LOSSES[0], np.array([1.0, 0.0, -1.0])
    paths = methods.stochastic_paths(f, x0, (0.1, 0.2))
    ends = []
    for i, j in itertools.product(range(3), repeat=2):
        x1 = x0 - 0.1 * f.gradients(x0)[i]
        ends.append(x1 - 0.2 * f.gradients(x1)[j])
    assert paths.iterates[2] == pytest.approx(np.array(ends), abs=1e-14)
    assert paths.drawn[0].mean(axis=0) == pytest.approx(gradient(f, x0), abs=1e-14)


def test_heavy_ball_and_projection() -> None:
    f, x0, v0 = LOSSES[0], np.array([1.0, 0.0, -1.0]), np.array([0.0, 2.0, 0.0])
    xs, vs = methods.heavy_ball(f, x0, v0, 0.1, 0.5, 2)
    assert vs[1] == pytest.approx(0.5 * v0 - 0.1 * gradient(f, x0))
    assert xs[2] == pytest.approx(xs[1] + vs[2])
    assert np.linalg.norm(methods.onto_ball(x0, 0.5)) == pytest.approx(0.5)
    assert methods.onto_ball(x0, 5.0) == pytest.approx(x0)

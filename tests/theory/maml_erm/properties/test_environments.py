"""Properties of any environment: several classes, any covariances, from the definition by quadrature."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from theory.maml_erm.definitions import anisotropic, variance
from theory.maml_erm.definitions.tasks import Environment
from theory.maml_erm.strategies import environments, step_sizes
from verify.testing.strategies import covariances, rotations, scales, vectors

Array = np.ndarray
FEW = settings(max_examples=10) if settings.default.max_examples <= 20 else settings()


def with_spread(environment: Environment) -> Environment:
    assume(any(t.spread > 0 for t in environment.tasks))
    return environment


def mapped(environment: Environment, **change: Any) -> Environment:
    return Environment(tuple(replace(t, **{k: f(t) for k, f in change.items()}) for t in environment.tasks))


@FEW
@given(environments(), st.data())
def test_gap_identity(environment: Environment, data: st.DataObject) -> None:
    """E_m(w) - E_m(w_MAML) is a positive quadratic form of w - w_MAML."""
    alpha, m = data.draw(step_sizes(environment)), data.draw(st.integers(1, 50))
    v = data.draw(vectors(environment.dimension))
    best = anisotropic.maml_solution(environment, alpha=alpha, m=m)
    risks = [
        anisotropic.environment_risk(environment, best + k * v, alpha=alpha, m=m, floor=False).value
        for k in (0, 1, 2, -1)
    ]
    error = 1e-8 * max(risks)
    assert risks[1] - risks[0] >= -error
    assert abs((risks[2] - risks[0]) - 4 * (risks[1] - risks[0])) <= 8 * error
    assert abs(risks[1] - risks[3]) <= 8 * error


@FEW
@given(environments(), st.data())
def test_rotation_translation_and_units_do_not_change_the_gain(environment: Environment, data: st.DataObject) -> None:
    environment = with_spread(environment)
    alpha, m = data.draw(step_sizes(environment)), data.draw(st.integers(1, 50))
    Q, t = data.draw(rotations(environment.dimension)), data.draw(vectors(environment.dimension))
    x, y = data.draw(scales(-1, 1)), data.draw(scales(-1, 1))
    gain = anisotropic.environment_gain(environment, alpha=alpha, m=m)
    turned = mapped(environment, covariance=lambda k: Q @ k.covariance @ Q.T, optimum=lambda k: Q @ k.optimum)
    moved = mapped(environment, optimum=lambda k: k.optimum + t)
    scaled = mapped(
        environment,
        covariance=lambda k: k.covariance * x**2,
        optimum=lambda k: k.optimum * y / x,
        spread=lambda k: k.spread * (y / x) ** 2,
    )
    assert gain.value >= 1 - 1e-9
    for other, step in ((turned, alpha), (moved, alpha), (scaled, alpha / x**2)):
        assert abs(anisotropic.environment_gain(other, alpha=step, m=m).value - gain.value) <= 1e-7 * gain.value


@FEW
@given(environments(classes=1), st.data())
def test_one_class_every_method_finds_its_centre(environment: Environment, data: st.DataObject) -> None:
    alpha, m = data.draw(step_sizes(environment)), data.draw(st.integers(1, 50))
    centre = environment.tasks[0].optimum
    for w in (anisotropic.erm_solution(environment), anisotropic.maml_solution(environment, alpha=alpha, m=m)):
        assert np.allclose(w, centre, atol=1e-8 * (1 + np.abs(centre).max()))


@given(
    st.integers(1, 4).flatmap(lambda d: st.tuples(covariances(d, singular=True), vectors(d))),
    scales(),
    st.integers(1, 100),
)
def test_weights_of_maml_are_positive_semidefinite(drawn: tuple[Array, Array], alpha: float, n: int) -> None:
    """v^T Q v = E |Sigma^(1/2) (I - alpha Shat) v|^2 >= 0, also for a singular covariance."""
    sigma, v = drawn
    value, spread = variance.form_moments(sigma, v, sigma, alpha=alpha, n=n)
    assert value >= -1e-9 * (v @ sigma @ v)
    assert spread >= 0


@given(st.integers(1, 4).flatmap(lambda d: st.tuples(covariances(d), vectors(d))), scales(-4, 1), st.integers(1, 100))
def test_weights_of_maml_fall_with_more_samples(drawn: tuple[Array, Array], alpha: float, n: int) -> None:
    sigma, v = drawn
    one, two = (variance.form_moments(sigma, v, sigma, alpha=alpha, n=k)[0] for k in (n, 2 * n))
    assert two <= one * (1 + 1e-12)


@FEW
@given(environments(), st.data())
def test_no_step_no_gain(environment: Environment, data: st.DataObject) -> None:
    environment = with_spread(environment)
    alpha = 1e-9 * data.draw(step_sizes(environment))
    assert abs(anisotropic.environment_gain(environment, alpha=alpha, m=5).value - 1) < 1e-6

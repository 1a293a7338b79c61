"""Other laws of the inputs, and training and tests on the line between two centres.

Seeds are fixed; with others each statistical check fails by chance with probability below 1e-6 (central limit theorem).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from theory.maml_erm.definitions import laws, naive, segment, variance
from theory.maml_erm.definitions.cubature import Mixture, excess_risk
from theory.maml_erm.definitions.methods import MAML
from theory.maml_erm.definitions.tasks import Environment, Task, easy_hard
from verify.runtime.errors import BadInput

COUNT = 200_000
LAWS = [
    (laws.Gaussian(), 3.0, 1.0), (laws.Independent(1.0), 1.0, 1.0), (laws.Independent(9.0), 9.0, 1.0),
    (laws.Elliptical(1.0), 3.0, 1.0), (laws.Elliptical(3.0), 9.0, 3.0),
]  # fmt: skip


def close(values: np.ndarray, mean: float) -> bool:
    return bool(abs(values.mean() - mean) <= 5 * values.std() / np.sqrt(len(values)) + 1e-12)


@pytest.mark.parametrize(("law", "kurtosis", "mixed"), LAWS, ids=str)
def test_moments(law: laws.Law, kurtosis: float, mixed: float) -> None:
    """Mean 0, covariance I, E u_1^4 and E u_1^2 u_2^2, which tells shared scales from independent coordinates."""
    first, second = law.draw(np.random.default_rng(3), (COUNT, 2)).T
    for values, stated in (
        (first, 0.0), (first**2, 1.0), (second**2, 1.0), (first * second, 0.0), (first**4, kurtosis),
        (first**2 * second**2, mixed),
    ):  # fmt: skip
        assert close(values, stated)
    assert not close(first**4, 1.5 * kurtosis)  # the control: the test is sharp enough to tell


def test_what_is_no_law_is_refused() -> None:
    for make in (lambda: laws.Independent(0.9), lambda: laws.Elliptical(0.99), lambda: laws.Elliptical(float("nan"))):
        with pytest.raises(BadInput):
            make()


def test_a_covariance_is_kept_by_every_law() -> None:
    sigma = np.array([[2.0, 0.5], [0.5, 1.0]])
    for law in (laws.Independent(1.0), laws.Elliptical(2.0)):
        x = Task(sigma, np.zeros(2), law=law).inputs(np.random.default_rng(4), COUNT)
        assert close(x[:, 0] * x[:, 1], 0.5) and close(x[:, 0] ** 2, 2.0)


def test_what_is_exact_for_gaussian_inputs_is_refused_for_others() -> None:
    task = Task(np.eye(2), np.zeros(2), law=laws.Independent(1.0))
    with pytest.raises(BadInput, match="the inputs are Independent"):
        variance.risk_moments(task, np.ones(2), alpha=0.5, n=3)
    # Without a step only the covariance counts.
    normal = replace(task, law=laws.GAUSSIAN)
    before = [variance.risk_moments(t, np.ones(2), alpha=0.5, n=3, steps=0) for t in (task, normal)]
    assert before[0] == before[1]
    assert variance.risk_moments(normal, np.ones(2), alpha=0.5, n=3)[0] > 0


def test_the_naive_simulation_says_that_its_error_bar_is_asymptotic() -> None:
    def test_of(law: laws.Law) -> naive.MeanTest:
        world = Environment((Task(np.eye(2), np.zeros(2), law=law),))
        return naive.risk(world, [1.0, 0.0], alpha=0.5, n=4, count=20_000, claim="laws", delta=1e-6)

    signs, normal = test_of(laws.Independent(1.0)), test_of(laws.GAUSSIAN)
    assert signs.assumption == naive.OTHER_INPUTS and normal.assumption == naive.EXACT
    # E|(I - a S) e_1|^2/2 at a = 1/2, n = 4 is half of (1 - a)^2 + a^2 (d + k - 2)/n: k = 1 for signs, 3 for Gaussian.
    assert signs.agrees((0.25 + 0.25 * 1 / 4) / 2) and not signs.agrees((0.25 + 0.25 * 3 / 4) / 2)
    assert normal.agrees((0.25 + 0.25 * 3 / 4) / 2)


WORLD = {"rho_H": 0.5, "rho_E": 1.0, "p": 0.4, "Delta": 2.0, "V_H": 0.1, "V_E": 0.3}


@pytest.mark.parametrize("steps", [1, 2])
def test_training_and_test_agree_with_cubature(steps: int) -> None:
    """Gaussian inputs and fresh batches, where the definition can be integrated."""
    here, alpha, d, m = easy_hard(**WORLD, d=4), 0.6, 4, 12
    exact = Mixture(alpha=alpha, d=d, m=m, K=steps, **WORLD)
    rng = np.random.default_rng(5)
    found = segment.minimiser(rng, here, MAML(alpha, m, 10, steps=steps), 20_000, size=m + 10)
    assert abs(found.value - exact.maml().value) < 5 * found.error
    assert abs(found.value - exact.erm().value) > 5 * found.error  # the control
    points = (0.2, 0.9)
    risks, covariance = segment.tested(rng, here, points, 10_000, alpha=alpha, m=m, steps=steps)
    for risk, variance_, c in zip(risks, np.diag(covariance), points, strict=True):
        assert abs(risk - exact.risk(c, floor=False).value) < 5 * np.sqrt(variance_)
    gain = segment.ratio(risks, covariance)
    assert abs(gain.value - exact.risk(0.2, floor=False).value / exact.risk(0.9, floor=False).value) < 5 * gain.error


def test_one_batch_for_two_steps_leaves_more_than_two() -> None:
    task, rng = Task(0.8 * np.eye(3), np.zeros(3)), np.random.default_rng(6)
    one, fresh, same = (
        segment.left_over(rng, task, 20_000, alpha=0.7, m=6, steps=k, fresh=f)
        for k, f in ((1, True), (2, True), (2, False))
    )
    exact = [excess_risk(0.8, alpha=0.7, d=3, m=6, gap=1.0, steps=k).value / 0.4 for k in (1, 2)]
    assert close(one, exact[0]) and close(fresh, exact[1]) and not close(same, exact[1])
    assert same.mean() > fresh.mean()


def test_a_line_needs_two_centres() -> None:
    method = MAML(0.5, 3)
    for world in (Environment((Task(np.eye(2), np.zeros(2)),)), easy_hard(**{**WORLD, "Delta": 0.0}, d=2)):
        with pytest.raises(BadInput, match=r"classes|centres"):
            segment.minimiser(np.random.default_rng(0), world, method, 10, size=13)

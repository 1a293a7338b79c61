"""The textbook simulation against exact rational moments, at a stated false-alarm probability and power."""

from fractions import Fraction as F

import numpy as np
import pytest

from theory.maml_erm.definitions import moments as mo
from theory.maml_erm.definitions import naive, variance
from theory.maml_erm.definitions.tasks import Environment, Task, easy_hard, inner_step
from verify.runtime.errors import BadInput
from verify.statistics.tests import Budget

L = [[F(1), F(0)], [F(1, 2), F(2)]]
SIGMA = np.array(mo.covariance_of(L), dtype=float)
GAP, ALPHA, NU2 = [F(1), F(-1, 2)], F(1, 4), F(1, 4)
ONE = Environment((Task(SIGMA, np.zeros(2), noise=0.5),))
W = np.array(GAP, dtype=float)
BUDGET = Budget(1e-7, ("gram", "step", "total", "initialisation", "floor", "loss", "points", "loss points", "steps"))


def _risk(name: str, part: str, **options):
    return naive.risk(ONE, W, alpha=0.25, n=3, count=40_000, claim=name, part=part, delta=BUDGET.share(name), **options)


def test_matrix_moments_match_the_rational_ones() -> None:
    A = [[F(1), F(1, 3)], [F(1, 3), F(-2)]]
    exact = np.array(mo.exact_word_moment(["S", A, "S"], L, 3), dtype=float)
    test = naive.gram_moment(SIGMA, np.array(A, float), n=3, count=40_000, claim="gram", delta=BUDGET.share("gram"))
    assert test.agrees(exact) and not test.agrees(exact * 1.5)
    exact = np.array(mo.exact_step_second_moment(L, ALPHA, 3), dtype=float)
    test = naive.step_second_moment(SIGMA, alpha=0.25, n=3, count=40_000, claim="step", delta=BUDGET.share("step"))
    assert test.agrees(exact) and not test.agrees(exact * 1.5)


def test_risk_and_its_parts_match_the_rational_ones() -> None:
    exact = {
        "total": mo.exact_excess_risk(L, GAP, ALPHA, 3, NU2),
        "initialisation": mo.exact_excess_risk(L, GAP, ALPHA, 3, F(0)),
        "floor": mo.exact_excess_risk(L, [F(0), F(0)], ALPHA, 3, NU2),
    }
    assert exact["total"] == exact["initialisation"] + exact["floor"]
    exact["loss"] = exact["total"] + NU2 / 2
    for part, value in exact.items():
        test = _risk(part, part)
        assert test.agrees(float(value)), part
        assert test.method == "catoni" and test.power(float(value)) < 0.15, (part, test.power(float(value)))


@pytest.mark.parametrize(("name", "part", "shift"), [("points", "total", F(0)), ("loss points", "loss", NU2 / 2)])
def test_measured_on_fresh_points(name: str, part: str, shift: F) -> None:
    exact = float(mo.exact_excess_risk(L, GAP, ALPHA, 3, NU2) + shift)
    test = _risk(name, part, measure="points", points=4)
    assert test.agrees(exact) and test.power(exact) < 0.2


def test_two_fresh_steps_and_two_on_one_batch() -> None:
    exact = float(mo.exact_excess_risk(L, GAP, ALPHA, 3, NU2, steps=2))
    assert _risk("steps", "total", steps=2).agrees(exact)
    reused = _risk("steps", "total", steps=2, fresh=False)
    assert reused.method == "clt" and "central limit" in reused.assumption
    same = float(mo.exact_excess_risk(L, GAP, ALPHA, 3, NU2, steps=2, fresh=False))
    assert abs(reused.estimate - same) < 6 * reused.standard_error
    assert abs(reused.estimate - exact) > 12 * reused.standard_error


@pytest.mark.parametrize(("n", "steps"), [(1, 1), (2, 1), (3, 1), (1, 2)])
def test_variance_from_the_law_is_the_rational_variance(n: int, steps: int) -> None:
    first = mo.exact_excess_risk(L, GAP, ALPHA, n, NU2, steps=steps)
    second = mo.exact_excess_risk(L, GAP, ALPHA, n, NU2, steps=steps, order=2)
    got = variance.risk_moments(ONE.tasks[0], W, alpha=0.25, n=n, steps=steps)
    assert got == pytest.approx((float(first), float(second)), rel=1e-13)
    if steps == 1:
        mean, var = variance.form_moments(SIGMA, W, SIGMA / 2, alpha=0.25, n=n, noise=0.5)
        assert (mean, var) == pytest.approx((float(first), float(second - first**2)), rel=1e-12)


def test_variance_over_spread_optima_is_the_sampled_one() -> None:
    """Classes, spread and test points: the exact variance of one value against 200,000 sampled ones."""
    env = easy_hard(0.2, 1.0, 0.3, Delta=1.0, V_H=0.1, V_E=0.4, d=3, nu=0.5)
    w = np.array([0.3, 0.1, 0.0])
    for part, points in (("total", 0), ("floor", 0), ("total", 3), ("loss", 3), ("loss", 0)):
        measure = "points" if points else "population"
        rng = naive.run_chunks(
            naive.risks, 200_000, claim=f"variance {part}", chunk_size=20_000, environment=env, w=w, alpha=0.3,
            n=20, part=part, measure=measure, points=points,
        )  # fmt: skip
        exact = naive.value_variance(env, w, alpha=0.3, n=20, steps=1, part=part, points=points)
        # The sample variance has a relative error of about sqrt(kurtosis / N) < 1 %; 6 % is beyond six of those.
        assert np.var(rng) == pytest.approx(exact, rel=0.06), (part, points)


def test_same_seed_same_bits_and_another_seed_others() -> None:
    first, again = _risk("total", "total"), _risk("total", "total")
    assert first == again
    assert _risk("total", "total", root=1).estimate != first.estimate


def test_inner_step_is_the_gradient_step() -> None:
    rng = np.random.default_rng(0)
    X, y, w = rng.standard_normal((4, 5, 3)), rng.standard_normal((4, 5)), rng.standard_normal((4, 3))

    def empirical_loss(u):
        return 0.5 * np.mean((np.einsum("tnd,td->tn", X, u) - y) ** 2, axis=1)

    h = 1e-6
    slopes = [(empirical_loss(w + h * e) - empirical_loss(w - h * e)) / (2 * h) for e in np.eye(3)]
    assert inner_step(w, X, y, 0.3) == pytest.approx(w - 0.3 * np.stack(slopes, axis=1), abs=1e-8)


def test_inputs_and_optima_have_the_moments_they_should() -> None:
    task = Task(SIGMA, np.array([1.0, -2.0]), spread=3.0, noise=0.5)
    rng = np.random.default_rng(1)
    x, optima = task.inputs(rng, 200_000), task.optima(rng, 200_000)
    assert np.abs(x.T @ x / len(x) - SIGMA).max() < 0.08
    assert np.mean(np.sum((optima - task.optimum) ** 2, axis=1)) == pytest.approx(3.0, rel=0.02)
    X, y = task.data(rng, optima, 2)
    assert np.std(y - np.einsum("tnd,td->tn", X, optima)) == pytest.approx(0.5, rel=0.02)


def test_singular_covariance_is_allowed() -> None:
    task = Task(np.array([[1.0, 2.0], [2.0, 4.0]]), np.zeros(2))
    x = task.inputs(np.random.default_rng(0), 10)
    assert x[:, 1] == pytest.approx(2 * x[:, 0])


@pytest.mark.parametrize(
    "call",
    [
        lambda: Task(np.array([[1.0, 2.0], [2.0, 1.0]]), np.zeros(2)),
        lambda: Task(np.array([[1.0, 0.5], [0.0, 1.0]]), np.zeros(2)),
        lambda: Task(np.array([[-1.0]]), np.zeros(1)),
        lambda: Task(np.eye(2), np.zeros(3)),
        lambda: Task(np.eye(2), np.array([0.0, np.nan])),
        lambda: Task(np.eye(2), np.zeros(2), probability=0.0),
        lambda: Task(np.eye(2), np.zeros(2), spread=-1.0),
        lambda: Task(np.eye(2), np.zeros(2), noise=float("inf")),
        lambda: Environment(()),
        lambda: Environment((Task(np.eye(2), np.zeros(2), probability=0.5),)),
        lambda: Environment((Task(np.eye(1), np.zeros(1), 0.5), Task(np.eye(2), np.zeros(2), 0.5))),
        lambda: easy_hard(0.1, 1.0, 1.0, Delta=1, V_H=0, V_E=0, d=2),
        lambda: easy_hard(0.0, 1.0, 0.5, Delta=1, V_H=0, V_E=0, d=2),
        lambda: easy_hard(0.1, 1.0, 0.5, Delta=1, V_H=0, V_E=0, d=2.5),
        lambda: naive.risk(ONE, W, alpha=0.0, n=1, count=1, claim="x"),
        lambda: naive.risk(ONE, W, alpha=float("nan"), n=1, count=1, claim="x"),
        lambda: naive.risk(ONE, W, alpha=0.1, n=0, count=1, claim="x"),
        lambda: naive.risk(ONE, W, alpha=0.1, n=1, count=0, claim="x"),
        lambda: naive.risk(ONE, np.zeros(3), alpha=0.1, n=1, count=1, claim="x"),
        lambda: naive.risk(ONE, W, alpha=0.1, n=1, count=1, claim="x", part="most"),
        lambda: naive.gram_moment(SIGMA, np.array([[0.0, 1.0], [0.0, 0.0]]), n=1, count=1, claim="x"),
    ],
)
def test_bad_input_is_refused(call) -> None:
    with pytest.raises(BadInput):
        call()


@pytest.mark.parametrize(("keep", "alpha"), [(0.0, 1.0), (1.0, 0.25)])
def test_controlled_forms_agree_with_the_exact_moments_and_have_power(keep: float, alpha: float) -> None:
    """The control variate keeps the mean, its exact variance is that of the values, and 3 % would be noticed."""
    sigma = np.array([[2.0, 0.5], [0.5, 1.0]])
    form = np.array([[1.0, 0.25], [0.25, 2.0]])
    tests = naive.form_tests(sigma, form, alpha=alpha, keep=keep, n=5, count=40_000, claim="forms", delta=1e-7)
    assert len(tests) == 3
    for found in tests:
        v = np.array(found.vector)
        mean, plain = variance.form_moments(sigma, v, form, alpha=alpha, n=5, keep=keep)
        assert found.test.agrees(mean)
        assert found.test.variance < plain
        assert found.test.power(mean) < 0.04


def test_controlled_values_have_the_stated_variance() -> None:
    sigma, form, v = np.diag([2.0, 1.0]), np.eye(2), np.array([1.0, 1.0])
    u, exact = naive._best_control(sigma, v, form, alpha=0.25, n=5, keep=1.0)
    values = naive._controlled(
        np.random.default_rng(1), 200_000, Task(sigma, np.zeros(2)), v[None], u[None], form, 0.25, 1.0, 5
    )
    assert abs(values.var() / exact - 1) < 0.1

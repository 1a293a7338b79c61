"""Each fast sampler against the n x d simulation, in distribution and in moments.

Every Kolmogorov-Smirnov test below has false-alarm probability 1e-9 (valid at this size, not asymptotic), about a
hundred of them 1e-7 in all; each notices a distance of 0.08 with probability 0.999. Wrong laws differ by more:
the controls at the end.
"""

import math
from collections.abc import Callable

import numpy as np
import pytest

from theory.maml_erm.definitions import exact_law, lazy
from theory.maml_erm.definitions.cubature import excess_risk, risk_moments
from theory.maml_erm.definitions.exact_law import Step
from theory.maml_erm.definitions.naive import adapt
from theory.maml_erm.definitions.tasks import Task, inner_step
from verify.runtime.errors import BadInput
from verify.statistics.gauss_rules import chi_square_deviation
from verify.statistics.seeding import generator
from verify.statistics.tests import mean_test, same_distribution

T, DELTA = 20_000, 1e-9
FULL = np.array([[1.0, 0.5, 0.0], [0.5, 4.25, 1.0], [0.0, 1.0, 1.0]])
V = np.array([1.0, -0.5, 0.3])
GAPS = np.tile(V, (T, 1))
ALPHA = 0.25


def _features(x: np.ndarray) -> list[np.ndarray]:
    """Scalars that see the length, the directions and the correlations."""
    return [x[:, 0], x[:, 1], x @ np.ones(3), np.einsum("ti,ij,tj->t", x, FULL, x), x[:, 0] * x[:, 2]]


def _same(a: np.ndarray, b: np.ndarray) -> bool:
    tests = [same_distribution(x, y, DELTA) for x, y in zip(_features(a), _features(b), strict=True)]
    assert max(t.noticed for t in tests) < 0.08
    return all(t.agrees for t in tests)


DIAGONAL = np.array([1.0, 2.0, 0.3])
CASES = [
    (DIAGONAL, 3, 0.6),
    (FULL, 1, 0.0),
    (FULL, 2, 0.6),
    (FULL, 5, 0.6),
    (0.7, 1, 0.6),
    (0.7, 5, 0.0),
    (0.7, 5, 0.6),
]


def _task(covariance: np.ndarray | float, nu: float) -> Task:
    full = covariance if np.ndim(covariance) == 2 else np.diag(np.broadcast_to(covariance, 3))
    return Task(full, np.zeros(3), noise=nu)


@pytest.mark.parametrize(("covariance", "n", "nu"), CASES)
@pytest.mark.parametrize("steps", [1, 3])
def test_fresh_batches(covariance, n: int, nu: float, steps: int) -> None:
    rng = generator(0, f"fresh {np.ndim(covariance)} {n} {nu} {steps}")
    naive = adapt(rng, _task(covariance, nu), V, np.zeros((T, 3)), alpha=ALPHA, n=n, steps=steps)
    fast = Step(covariance, ALPHA, n, nu).errors(rng, GAPS, steps=steps)
    assert _same(naive, fast)


@pytest.mark.parametrize(("covariance", "n", "nu"), CASES)
def test_one_batch_used_twice(covariance, n: int, nu: float) -> None:
    rng = generator(0, f"reused {np.ndim(covariance)} {n} {nu}")
    naive = adapt(rng, _task(covariance, nu), V, np.zeros((T, 3)), alpha=ALPHA, n=n, steps=2, fresh=False)
    assert _same(naive, lazy.reused_batch_errors(rng, Step(covariance, ALPHA, n, nu), GAPS, steps=2))


@pytest.mark.parametrize(("covariance", "n", "nu"), CASES)
def test_meta_gradient(covariance, n: int, nu: float) -> None:
    rng = generator(0, f"meta {np.ndim(covariance)} {n} {nu}")
    task, zeros = _task(covariance, nu), np.zeros((T, 3))
    X, y = task.data(rng, zeros, n)
    Xq, yq = task.data(rng, zeros, 4)
    adapted = inner_step(np.broadcast_to(V, (T, 3)), X, y, ALPHA)
    outer = np.einsum("tnd,tn->td", Xq, np.einsum("tnd,td->tn", Xq, adapted) - yq) / 4
    naive = outer - ALPHA / n * np.einsum("tnd,tn->td", X, np.einsum("tnd,td->tn", X, outer))
    assert _same(naive, lazy.meta_gradients(rng, Step(covariance, ALPHA, n, nu), GAPS, query=4))


@pytest.mark.parametrize(("d", "n", "nu", "steps"), [(1, 1, 0.5, 1), (3, 2, 0.0, 1), (3, 5, 0.6, 1), (3, 5, 0.6, 3)])
def test_squares_are_the_squares_of_the_vectors(d: int, n: int, nu: float, steps: int) -> None:
    rng = generator(0, f"squares {d} {n} {nu} {steps}")
    step = Step(0.7, ALPHA, n, nu)
    vectors = adapt(
        rng, Task(0.7 * np.eye(d), np.zeros(d), noise=nu), V[:d], np.zeros((T, d)), alpha=ALPHA, n=n, steps=steps
    )
    squares = step.squares(rng, np.full(T, V[:d] @ V[:d]), d, steps=steps)
    assert same_distribution(np.sum(vectors**2, axis=1), squares, DELTA).agrees


@pytest.mark.parametrize(("d", "n"), [(3, 2), (3, 3), (3, 7), (2, 1)])
def test_bartlett_grams(d: int, n: int) -> None:
    rng = generator(0, f"bartlett {d} {n}")
    sigma = FULL[:d, :d]
    X = Task(sigma, np.zeros(d)).inputs(rng, T, n)
    naive = np.einsum("tni,tnj->tij", X, X) / n
    fast = exact_law.grams(rng, T, sigma, n)
    for f in (lambda S: S[:, 0, 0], lambda S: S[:, 0, 1], lambda S: S[:, 1, 1], lambda S: np.linalg.det(S)):
        if f(naive).std() > 1e-9:  # below d samples the determinant is rounding noise about zero
            assert same_distribution(f(naive), f(fast), DELTA).agrees
    assert np.linalg.matrix_rank(fast[0], tol=1e-9) == min(d, n)


@pytest.mark.parametrize(("d", "n", "count"), [(400, 300, 2000), (10**6, 2 * 10**6, 20_000)])
def test_moments_at_a_large_dimension(d: int, n: int, count: int) -> None:
    """Three steps: the mean risk against cubature, at 1e-8 and with the stated power."""
    rng = generator(0, f"large {d}")
    step = Step(1.0, 0.3, n, 0.5)
    m1, m2 = (v.value for v in risk_moments(1.0, alpha=0.3, d=d, m=n, gap=1.0, nu=0.5, steps=3))
    values = [step.squares(rng, np.ones(count), d, steps=3) / 2]
    if d < 1000:
        gaps = np.zeros((count, d))
        gaps[:, 0] = 1.0
        values.append(np.sum(step.errors(rng, gaps, steps=3) ** 2, axis=1) / 2)
    for sample in values:
        test = mean_test(sample, m2 - m1**2, 1e-8, assumption="exact law")
        assert test.agrees(m1) and test.power(m1) < 0.03
        assert np.var(sample) == pytest.approx(m2 - m1**2, rel=0.3)  # six deviations at 2000 values


def test_a_million_dimensions_take_no_matrix() -> None:
    d, n = 10**6, 2 * 10**6
    rng = generator(0, "million")
    gaps = np.zeros((2, d))
    gaps[:, 7] = 1.0
    step = Step(1.0, 1.0, n, 0.0)
    exact = excess_risk(1.0, alpha=1.0, d=d, m=n, gap=1.0).value
    for e in (step.errors(rng, gaps), lazy.reused_batch_errors(rng, step, gaps, steps=1)):
        # |e|^2/2 concentrates: its relative deviation is about sqrt(2/d + 2/n) = 0.0017; seven of those.
        assert np.sum(e**2, axis=1) / 2 == pytest.approx(exact, rel=0.012)


def test_lazy_design_is_one_matrix() -> None:
    """Answers to different questions come from the same G: linear, adjoint, and complete after d questions."""
    d, n, rng = 3, 5, np.random.default_rng(0)
    G = lazy.LazyDesign(rng, 4, d, n)
    z = G.noise()
    basis = [G.times(np.tile(e, (4, 1))) for e in np.eye(d)]
    back = G.transposed(z)
    u = rng.standard_normal((4, d))
    image = G.times(u)
    pad = [lazy._pad(b, image) for b in basis]
    assert image == pytest.approx(sum(u[:, k, None] * pad[k] for k in range(d)))
    assert np.einsum("td,td->t", back, u) == pytest.approx(np.einsum("ta,ta->t", lazy._pad(z, image), image))
    assert image.shape[1] <= n


@pytest.mark.parametrize("covariance", [FULL, 0.7])
@pytest.mark.parametrize("steps", [0, 1, 4])
def test_the_caller_keeps_its_gaps(covariance, steps: int) -> None:
    gaps = np.tile(V, (50, 1))
    before = gaps.copy()
    step = Step(covariance, ALPHA, 5, 0.6)
    first, second = (step.errors(np.random.default_rng(0), gaps, steps=steps) for _ in range(2))
    assert (gaps == before).all() and not np.shares_memory(first, gaps)
    assert (first == second).all()


@pytest.mark.parametrize("covariance", [DIAGONAL, FULL, 0.7])
def test_a_row_that_is_solved_stays_so_without_noise(covariance) -> None:
    """v = 0 has no direction; beside it the other rows are what they were, and the law knows no unit of v."""
    gaps = np.tile(V, (6, 1))
    gaps[::2] = 0
    step = Step(covariance, ALPHA, 5)
    errors = step.errors(np.random.default_rng(0), gaps)
    assert (errors[::2] == 0).all() and np.isfinite(errors).all() and (errors[1::2] != 0).all()
    for unit in (2.0**-400, 2.0**400):
        assert np.allclose(step.errors(np.random.default_rng(0), unit * gaps), unit * errors, rtol=1e-12, atol=0)


def test_more_tasks_than_are_drawn_at_once() -> None:
    """9,000 tasks in three bands, the last one cut short: every part of them has the mean that cubature gives."""
    step, gaps = Step(0.7, ALPHA, 5, 0.6), np.tile(V, (9000, 1))
    values = 0.35 * np.sum(step.errors(generator(0, "bands"), gaps) ** 2, axis=1)
    m1, m2 = (v.value for v in risk_moments(0.7, alpha=ALPHA, d=3, m=5, gap=math.sqrt(V @ V), nu=0.6))
    for part in np.split(values, [4096, 8192]):
        assert mean_test(part, m2 - m1**2, 1e-9, assumption="exact law").agrees(m1)


@pytest.mark.parametrize("covariance", [np.linspace(0.5, 1.0, 40_000), 0.7])
def test_rows_longer_than_a_block_have_the_same_law(covariance) -> None:
    """d = 40,000 is worked on in two column blocks: the risk's mean against the law given Q, in 200 tasks."""
    d, n, alpha, nu = 40_000, 30_000, 0.4, 0.5
    step = Step(covariance, alpha, n, nu)
    values = np.broadcast_to(step.values, (d,))
    rng = generator(0, f"long rows {np.ndim(covariance)}")
    gaps = np.tile(rng.standard_normal(d) / math.sqrt(d), (200, 1))
    got = 0.5 * np.sum(values * step.errors(rng, gaps) ** 2, axis=1)
    v = gaps[0]
    # Given Q: mean 1/2 [sum (1 - alpha lambda Q/n)^2 lambda v^2 + (alpha/n)^2 Q (c^2 tr Sigma^2 - v' Sigma^3 v)].
    rule = chi_square_deviation(n, 4)
    h = np.sum(values * v**2) + nu**2
    q = n * (1 + rule.nodes)
    means = [np.sum((1 - alpha * values * x / n) ** 2 * values * v**2) for x in q]
    scatter = (alpha / n) ** 2 * q * (h * np.sum(values**2) - np.sum(values**3 * v**2))
    exact = 0.5 * rule.weights @ (means + scatter)
    assert got.mean() == pytest.approx(exact, rel=0.005)
    assert got.std() / exact < 0.02


def test_gradients_have_the_mean_of_the_population() -> None:
    rng = generator(0, "gradients")
    mean = Step(FULL, ALPHA, 50, 0.5).gradients(rng, GAPS).mean(axis=0)
    # Standard error about |Sigma v| / sqrt(50 T) < 0.005 each.
    assert mean == pytest.approx(FULL @ V, abs=0.035)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda rng, v: v * (1 - ALPHA * 0.7),
        lambda rng, v: Step(0.7, ALPHA, 5, 0.0).errors(rng, v),
        lambda rng, v: Step(0.7, ALPHA, 9, 0.6).errors(rng, v),
        lambda rng, v: Step(0.5, ALPHA, 5, 0.6).errors(rng, v),
        lambda rng, v: Step(0.7, ALPHA, 5, 0.6).errors(rng, v, steps=2),
    ],
)
def test_wrong_laws_are_told_apart(wrong: Callable) -> None:
    rng = generator(0, "controls")
    naive = adapt(rng, _task(0.7, 0.6), V, np.zeros((T, 3)), alpha=ALPHA, n=5)
    assert not _same(naive, wrong(rng, GAPS))


@pytest.mark.parametrize(
    "call",
    [
        lambda: Step(0.0, 0.1, 1),
        lambda: Step(1.0, 0.0, 1),
        lambda: Step(1.0, 0.1, 0),
        lambda: Step(1.0, 0.1, 1, -1.0),
        lambda: Step(np.diag([1.0, -1.0]), 0.1, 1),
        lambda: Step(1.0, math.nan, 1),
        lambda: Step(np.array([1.0, -1.0]), 0.1, 1),
        lambda: Step(FULL, 0.1, 1).errors(np.random.default_rng(0), np.ones((2, 2))),
        lambda: Step(1.0, 0.1, 1).errors(np.random.default_rng(0), np.array([[math.nan]])),
        lambda: Step(1.0, 0.1, 1).errors(np.random.default_rng(0), np.array([[math.nan]]), steps=0),
        lambda: Step(np.ones(2), 0.1, 1).errors(np.random.default_rng(0), np.array([[1.0, math.inf]])),
        lambda: Step(1.0, 0.1, 1).errors(np.random.default_rng(0), np.array([[1e200]])),
        lambda: Step(FULL, 0.1, 1).squares(np.random.default_rng(0), np.ones(2), 3),
        lambda: Step(1.0, 0.1, 1).squares(np.random.default_rng(0), -np.ones(2), 3),
        lambda: exact_law.bartlett(np.random.default_rng(0), 1, 0, 1),
    ],
)
def test_bad_input_is_refused(call) -> None:
    with pytest.raises(BadInput):
        call()

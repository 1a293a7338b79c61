"""Spaces and heads on them: angles, what a head sees, and the laws that replace n x d data."""

from __future__ import annotations

import numpy as np
import pytest

from theory.maml_erm.definitions.heads import SeenTask, seen_through
from theory.maml_erm.definitions.low_rank import Batch, Drawn, LowRank, Samples
from theory.maml_erm.definitions.representation import View, basis, principal_sines, random_space, tilted, view
from theory.maml_erm.definitions.tasks import Environment, Task, easy_hard
from verify.runtime.errors import BadInput
from verify.statistics.tests import Budget, same_distribution

BUDGET = Budget(1e-6, ("gradient", "hessian", "head gradient"))
COUNT = 20_000


@pytest.mark.parametrize("squares", [(0.0, 0.0), (0.25, 0.81), (1e-18, 1.0)])
def test_angles_are_those_that_a_space_is_tilted_by(squares: tuple[float, float]) -> None:
    rng = np.random.default_rng(0)
    U = random_space(rng, 7, 2)
    B = tilted(rng, U, np.array(squares))
    assert np.allclose(B.T @ B, np.eye(2), atol=1e-14)
    other = B @ np.array([[2.0, -1.0], [0.5, 3.0]])  # another basis of the same space
    for found in (principal_sines(B, U), principal_sines(other, U)):
        assert np.allclose(found, np.sqrt(sorted(squares, reverse=True)), rtol=1e-6, atol=1e-15)


def test_a_small_angle_keeps_its_digits() -> None:
    """The control: sin^2 = 1 - cos^2, which has none left."""
    U, B = np.eye(3)[:, :1], np.array([[1.0], [1e-9], [0.0]])
    assert abs(principal_sines(B, U)[0] / 1e-9 - 1) < 1e-6
    assert 1 - float(U[:, 0] @ basis(B)[:, 0]) ** 2 == 0


def test_what_is_seen_and_missed_adds_up() -> None:
    rng = np.random.default_rng(1)
    U, B = random_space(rng, 6, 3), rng.standard_normal((6, 3))
    found, v = view(B, U), rng.standard_normal(3)
    Q = basis(B)
    assert np.allclose(found.seen @ v, Q.T @ U @ v)
    rest = U @ v - Q @ (Q.T @ (U @ v))
    assert np.isclose(np.linalg.norm(found.missed @ v), np.linalg.norm(rest))
    assert np.allclose(np.sort(np.linalg.svd(found.seen)[1] ** 2 + found.sines[::-1] ** 2), 1)


def test_bad_spaces_are_refused() -> None:
    rng = np.random.default_rng(2)
    heads = easy_hard(0.5, 1.0, 0.5, Delta=1.0, V_H=0.1, V_E=1.0, d=2)
    U = random_space(rng, 5, 2)
    assert LowRank(heads, U).draw(rng, 3).optima.shape == (3, 5)
    with pytest.raises(BadInput, match="above d"):
        random_space(rng, 2, 3)
    with pytest.raises(BadInput, match="below 2 k"):
        tilted(rng, random_space(rng, 3, 2), np.zeros(2))
    with pytest.raises(BadInput, match="orthonormal columns"):
        LowRank(heads, 2 * U)
    with pytest.raises(BadInput, match="isotropic"):
        LowRank(Environment((Task(np.diag([1.0, 2.0]), np.zeros(2)),)), U)


# ---------------------------------------------------------------- laws: one row a task, all tasks independent

W = np.array([1.0, -0.5, 0.3, 0.0, 0.2])


def tasks() -> Batch:
    """Tasks that differ in curvature and noise, which must not be mixed up."""
    half = COUNT // 2
    optima = np.broadcast_to([0.2, 0.4, -1.0, 0.5, 0.0], (COUNT, 5))
    return Batch(np.repeat([0.5, 2.0], half), optima, np.repeat([1.0, 0.1], half))


def answers(samples: Samples) -> tuple[np.ndarray, np.ndarray]:
    """<q, H q> and <e, H H q>, q the gradient and H the second moment of the same samples."""
    q = samples.gradient(np.broadcast_to(W, (len(samples), 5)))
    once = samples.hessian_times(q)
    return np.einsum("td,td->t", q, once), samples.hessian_times(once)[:, 0]


@pytest.mark.parametrize("n", [2, 6])
def test_revealed_samples_have_the_law_of_drawn_ones(n: int) -> None:
    """False-alarm probability 2/3 of the budget over all; the control has more samples."""
    drawn = answers(tasks().drawn(np.random.default_rng(3), n))
    revealed, other = (answers(tasks().revealed(np.random.default_rng(4), count)) for count in (n, n + 2))
    for name, a, b, c in zip(("gradient", "hessian"), drawn, revealed, other, strict=True):
        halves = (slice(0, COUNT // 2), slice(COUNT // 2, None))
        assert all(same_distribution(a[h], b[h], BUDGET.share(name) / 4).agrees for h in halves)
        assert not all(same_distribution(a[h], c[h], BUDGET.share(name) / 4).agrees for h in halves)


def test_a_head_sees_what_it_would_of_all_inputs() -> None:
    """B^T times the gradient at B w of n x d data, and the gradient of the features; the control misses nothing."""
    rng = np.random.default_rng(5)
    U = random_space(rng, 6, 2)
    B = basis(tilted(rng, U, np.array([0.3, 0.7])))
    heads = Environment((Task(0.5 * np.eye(2), np.array([1.0, 0.0]), spread=0.5, noise=0.3),))
    seen = view(B, U)
    w, count, n = seen.seen @ [1.0, 0.0], 8000, 3
    batch = LowRank(heads, U).draw(rng, count)
    full = batch.drawn(rng, n).gradient(np.broadcast_to(B @ w, batch.optima.shape)) @ B
    found = []
    for each in (seen, View(seen.seen, np.zeros((2, 2)))):
        (task,) = seen_through(each, heads).tasks
        optima = task.optima(rng, count)
        found.append(Drawn(*task.data(rng, optima, n)).gradient(np.broadcast_to(w, optima.shape)))
    share = BUDGET.share("head gradient") / 2
    squares, same, other = (np.sum(g**2, axis=1) for g in (full, *found))
    assert same_distribution(squares, same, share).agrees
    assert not same_distribution(squares, other, share).agrees


def test_the_loss_of_a_head_is_that_of_its_parameter() -> None:
    rng = np.random.default_rng(6)
    U = random_space(rng, 6, 2)
    B = tilted(rng, U, np.array([0.3, 0.7]))
    task = SeenTask(0.5 * np.eye(2), np.zeros(2), spread=1.0, noise=0.3, view=view(B, U))
    v, w = task.optima(rng, 4), rng.standard_normal((4, 2))
    gaps = w @ basis(B).T - v @ U.T
    assert np.allclose(task.loss(w, v), 0.25 * np.sum(gaps**2, axis=1) + 0.045)

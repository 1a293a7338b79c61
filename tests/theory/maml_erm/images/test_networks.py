"""Networks, their linearisation, and the gradients of ERM, MAML and first-order MAML through the inner step."""

from __future__ import annotations

from collections.abc import Iterator

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from theory.maml_erm.images.networks import LOSSES, correct, initial, linearised, perceptron
from theory.maml_erm.images.plan import ERM, FIRST_ORDER, MAML
from theory.maml_erm.images.training import Learner, places, train

SIZES = (6, 5, 1)
ALPHA = 0.4


@pytest.fixture(autouse=True)
def double() -> Iterator[None]:
    """Double precision, so that differences are sharp."""
    before = jax.config.jax_enable_x64
    jax.config.update("jax_enable_x64", True)
    yield
    jax.config.update("jax_enable_x64", before)


def weights(seed: int, sizes: tuple[int, ...] = SIZES) -> list[tuple[np.ndarray, np.ndarray]]:
    rng = np.random.default_rng(seed)
    drawn = initial(rng, sizes)
    return [(W.astype(float), b + 0.1 * rng.standard_normal(b.shape)) for W, b in drawn]


def images(seed: int, *shape: int) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((*shape, SIZES[0]))


def combined(*parts: tuple[float, list[tuple[np.ndarray, np.ndarray]]]) -> list[tuple[np.ndarray, np.ndarray]]:
    return jax.tree.map(lambda *x: sum(f * v for (f, _), v in zip(parts, x, strict=True)), *(w for _, w in parts))


def inner(a: list[tuple[np.ndarray, np.ndarray]], b: list[tuple[np.ndarray, np.ndarray]]) -> float:
    return float(sum(jnp.vdot(x, y) for x, y in zip(jax.tree.leaves(a), jax.tree.leaves(b), strict=True)))


@pytest.mark.parametrize(("score", "linear"), [(linearised, True), (perceptron, False)])
def test_only_the_linearised_network_is_linear_in_its_weights(score: object, linear: bool) -> None:
    anchor, u, v, x = weights(0), weights(1), weights(2), images(3, 20)
    whole = score(anchor, combined((0.7, u), (-1.9, v)), x)  # type: ignore[operator]
    parts = 0.7 * score(anchor, u, x) - 1.9 * score(anchor, v, x)  # type: ignore[operator]
    assert bool(np.allclose(whole, parts, atol=1e-9)) is linear


def test_the_linearised_network_is_the_slope_of_the_network() -> None:
    anchor, u, x, h = weights(0), weights(1), images(3, 20), 1e-6
    ends = [perceptron(anchor, combined((1.0, anchor), (s * h, u)), x) for s in (1, -1)]
    assert np.allclose((ends[0] - ends[1]) / (2 * h), linearised(anchor, u, x), atol=1e-6)


@pytest.mark.parametrize(("loss", "outputs"), [("logistic", 1), ("logistic", 3), ("squared", 3)])
def test_the_gradient_of_maml_goes_through_the_inner_step(loss: str, outputs: int) -> None:
    ways, h = max(outputs, 2), 1e-6
    w, u = weights(4, (6, 5, outputs)), weights(5, (6, 5, outputs))
    support, query = images(6, 3, 2 * ways), images(7, 3, 4 * ways)
    slopes = {}
    for method in (ERM, MAML, FIRST_ORDER):
        both = jax.jit(jax.value_and_grad(Learner(method, loss=loss, ways=ways).objective, argnums=1))
        ends = [both(w, combined((1.0, w), (s * h, u)), support, query, ALPHA)[0] for s in (1, -1)]
        slopes[method] = inner(both(w, w, support, query, ALPHA)[1], u), float(ends[0] - ends[1]) / (2 * h)
    assert slopes[MAML][0] == pytest.approx(slopes[MAML][1], rel=1e-6)
    assert slopes[ERM][0] == pytest.approx(slopes[ERM][1], rel=1e-6)
    # The objectives of both kinds of MAML are one; first order leaves a part of its gradient out.
    assert slopes[FIRST_ORDER][1] == pytest.approx(slopes[MAML][1], rel=1e-6)
    assert abs(slopes[FIRST_ORDER][0] / slopes[MAML][0] - 1) > 1e-3


def test_first_order_lacks_the_factor_of_the_inner_step() -> None:
    """Squared loss, linear model: the exact gradient is (I - alpha S) times the one that first-order MAML takes."""
    head = [(images(8, 1).T, np.zeros(1))]
    support, query = images(9, 1, 8), images(10, 1, 8)

    def gradient(method: str) -> np.ndarray:
        objective = Learner(method, "head", "squared").objective
        return np.asarray(jax.jit(jax.grad(objective, argnums=1))(head, head, support, query, ALPHA)[0][0])[:, 0]

    exact, first = gradient(MAML), gradient(FIRST_ORDER)
    S = support[0].T @ support[0] / 8
    assert np.allclose(exact, first - ALPHA * S @ first, atol=1e-12)
    assert not np.allclose(exact, first, atol=1e-2)


def test_erm_sees_support_and_query_images_alike() -> None:
    w, support, query = weights(11), images(12, 2, 4), images(13, 2, 8)
    together = [np.concatenate([s[:2], q[:4], s[2:], q[4:]]) for s, q in zip(support, query, strict=True)]
    learner = Learner(ERM)
    risk, objective = jax.jit(learner.risk), jax.jit(learner.objective)
    expected = np.mean([risk(w, w, x) for x in together])
    assert float(objective(w, w, support, query, ALPHA)) == pytest.approx(expected)


def test_losses_and_accuracy_speak_of_the_same_labels() -> None:
    labels = places(2, 4)
    right, wrong = np.array([[3.0], [3.0], [-3.0], [-3.0]]), np.array([[-3.0], [-3.0], [3.0], [3.0]])
    three = 3.0 * np.eye(3)[places(3, 6)]
    for loss in LOSSES.values():
        assert loss(right, labels) < loss(wrong, labels)
        assert loss(three, places(3, 6)) < loss(-three, places(3, 6))
    assert np.array_equal(correct(right, labels), np.ones(4)) and not correct(wrong, labels).any()
    assert np.array_equal(correct(three, places(3, 6)), np.ones(6))


@pytest.mark.parametrize("method", [ERM, MAML])
def test_heads_end_at_their_optimum(method: str) -> None:
    """One task whose images are all seen every time: for both methods the optimum is least squares."""
    rows = np.random.default_rng(14).standard_normal((40, 2)).astype(np.float32)
    rows[:20] += np.float32(1)
    every = np.arange(40, dtype=np.int32)
    head = [(np.zeros((2, 1), np.float32), np.zeros(1, np.float32))]

    def found(iterations: int) -> np.ndarray:
        batches = tuple(np.broadcast_to(every, (iterations, 1, 40)) for _ in range(2))
        trained = train(Learner(method, "head", "squared"), head, head, rows, batches, alpha=0.3, rate=0.03)
        assert trained[0][0].dtype == np.float32
        return trained[0][0][:, 0]

    least = np.linalg.lstsq(rows, 1.0 - 2 * places(2, 40), rcond=None)[0]
    assert np.allclose(found(600), least, atol=5e-3)
    assert not np.allclose(found(5), least, atol=5e-2)

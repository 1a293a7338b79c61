"""Learners of a representation: gradients against differences of the loss, and which of them show the space."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from theory.maml_erm.definitions.learners import ANIL, MultiHead, SingleHead, anil_gradients, head_gradients, learn
from theory.maml_erm.definitions.low_rank import Drawn, LowRank
from theory.maml_erm.definitions.methods import ERM, MAML
from theory.maml_erm.definitions.optimisers import empirical_minimiser
from theory.maml_erm.definitions.representation import principal_sines, random_space
from theory.maml_erm.definitions.tasks import easy_hard, inner_step
from verify.runtime.errors import BadInput

ALPHA = 0.3


def environment(d: int, k: int, V_E: float = 1.0) -> LowRank:
    heads = easy_hard(0.25, 1.0, 0.5, Delta=2.0, V_H=0.09, V_E=V_E, d=k, nu=0.1)
    return LowRank(heads, random_space(np.random.default_rng(0), d, k))


def point() -> tuple[np.ndarray, np.ndarray, Drawn, Drawn]:
    """B (6, 2), v (2,), and inner and outer samples of three tasks."""
    rng = np.random.default_rng(1)
    batch = environment(6, 2).draw(rng, 3)
    return rng.standard_normal((6, 2)), rng.standard_normal(2), batch.drawn(rng, 4), batch.drawn(rng, 5)


def objective(B: np.ndarray, v: np.ndarray, inner: Drawn, outer: Drawn, start: np.ndarray | None = None) -> float:
    """The outer loss after an inner step on the features, averaged; start: the moved heads, for a given step."""
    F = inner.X @ B
    moved = inner_step(np.broadcast_to(v, (3, 2)), F, inner.y, ALPHA) if start is None else v + start
    return float(np.mean((np.einsum("tnk,tk->tn", outer.X @ B, moved) - outer.y) ** 2) / 2)


def differences(f: Callable[[np.ndarray], float], x: np.ndarray) -> np.ndarray:
    h, out = 1e-6, np.empty_like(x)
    for i in np.ndindex(*x.shape):
        e = np.zeros_like(x)
        e[i] = h
        out[i] = (f(x + e) - f(x - e)) / (2 * h)
    return out


def test_gradients_of_anil_are_those_of_its_objective() -> None:
    B, v, inner, outer = point()
    in_B, in_v = anil_gradients(B, v, inner, outer, alpha=ALPHA)
    assert np.allclose(in_B, differences(lambda x: objective(x, v, inner, outer), B), rtol=1e-7, atol=1e-8)
    assert np.allclose(in_v, differences(lambda x: objective(B, x, inner, outer), v), rtol=1e-7, atol=1e-8)


def test_first_order_anil_takes_the_step_for_a_constant() -> None:
    B, v, inner, outer = point()
    step = inner_step(np.broadcast_to(v, (3, 2)), inner.X @ B, inner.y, ALPHA) - v
    in_B, in_v = anil_gradients(B, v, inner, outer, alpha=ALPHA, first_order=True)
    assert np.allclose(in_B, differences(lambda x: objective(x, v, inner, outer, step), B), rtol=1e-7, atol=1e-8)
    assert np.allclose(in_v, differences(lambda x: objective(B, x, inner, outer, step), v), rtol=1e-7, atol=1e-8)
    exact = anil_gradients(B, v, inner, outer, alpha=ALPHA)
    assert np.abs(exact[0] - in_B).max() > 0.01 and np.abs(exact[1] - in_v).max() > 0.01


def test_gradients_of_heads() -> None:
    B, _, _, samples = point()
    V = np.random.default_rng(2).standard_normal((3, 2))

    def losses(B: np.ndarray, V: np.ndarray) -> np.ndarray:
        return np.mean((np.einsum("tnk,tk->tn", samples.X @ B, V) - samples.y) ** 2, axis=1) / 2

    in_B, in_V = head_gradients(B, V, samples)
    assert np.allclose(in_B, differences(lambda x: losses(x, V).mean(), B), rtol=1e-7, atol=1e-8)
    assert np.allclose(in_V, differences(lambda x: losses(B, x).sum(), V), rtol=1e-7, atol=1e-8)


def sines(learner: object, V_E: float = 1.0, iterations: int = 300) -> list[float]:
    place = environment(10, 2, V_E)
    run = learn(
        learner, place, start=np.random.default_rng(3), training=np.random.default_rng(4), iterations=iterations,
        keep=[0, iterations],
    )  # type: ignore[arg-type]  # fmt: skip
    return [float(principal_sines(B, place.space)[0]) for B in run]


def test_heads_of_their_own_show_the_space_and_one_head_does_not() -> None:
    start, end = sines(MultiHead())
    assert start > 0.8 and end < 0.05
    assert sines(SingleHead())[1] > 0.8
    assert sines(MultiHead(persistent=1, tasks=1))[1] > 0.8, "one task shows one direction of two"


def test_divergence_is_an_error() -> None:
    with pytest.raises(BadInput, match="diverged"):
        sines(ANIL(1.0, eta=100.0), iterations=60)
    assert sines(ANIL(1.0), iterations=60)[1] < 1.0


def test_minimiser_of_sampled_tasks() -> None:
    """The head of ERM is the weighted mean of the optima, E[rho w]/E[rho]; that of MAML is nearer to the hard ones."""
    heads = easy_hard(0.25, 1.0, 0.5, Delta=2.0, V_H=0.09, V_E=1.0, d=2, nu=0.1)
    rng = np.random.default_rng(5)
    erm = empirical_minimiser(rng, heads, ERM(), 5000)
    maml = empirical_minimiser(rng, heads, MAML(1.0, 60), 2500)
    # At 5,000 tasks the error of each number is about 0.02: six times that.
    assert np.abs(erm - [0.4, 0.0]).max() < 0.12 and maml[0] > 1.0

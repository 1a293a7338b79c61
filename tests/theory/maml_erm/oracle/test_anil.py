"""Learners of a representation against jax: the objective is written down once, and jax differentiates it."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from theory.maml_erm.definitions.learners import anil_gradients, head_gradients
from theory.maml_erm.definitions.low_rank import Drawn, LowRank
from theory.maml_erm.definitions.representation import random_space
from theory.maml_erm.definitions.tasks import easy_hard

jax.config.update("jax_enable_x64", True)
jax.config.update("jax_platforms", "cpu")

D, K, ALPHA = 7, 3, 0.4


def point() -> tuple[np.ndarray, np.ndarray, Drawn, Drawn]:
    rng = np.random.default_rng(0)
    heads = easy_hard(0.25, 1.0, 0.5, Delta=2.0, V_H=0.09, V_E=1.0, d=K, nu=0.1)
    batch = LowRank(heads, random_space(rng, D, K)).draw(rng, 5)
    return rng.standard_normal((D, K)), rng.standard_normal(K), batch.drawn(rng, 6), batch.drawn(rng, 8)


def loss(B: jax.Array, v: jax.Array, X: jax.Array, y: jax.Array) -> jax.Array:
    return 0.5 * jnp.mean((X @ (B @ v) - y) ** 2)


@pytest.mark.parametrize("first_order", [False, True])
def test_anil_is_differentiated_through_its_inner_step(first_order: bool) -> None:
    """To rounding, in B and in v; the other order is not the same."""
    B, v, inner, outer = point()

    def after(B: jax.Array, v: jax.Array, X: jax.Array, y: jax.Array, outer_X: jax.Array, outer_y: jax.Array):
        step = jax.grad(loss, argnums=1)(B, v, X, y)
        return loss(B, v - ALPHA * (jax.lax.stop_gradient(step) if first_order else step), outer_X, outer_y)

    def mean(B: jax.Array, v: jax.Array) -> jax.Array:
        each = jax.vmap(after, in_axes=(None, None, 0, 0, 0, 0))
        return each(B, v, inner.X, inner.y, outer.X, outer.y).mean()

    theirs = jax.grad(mean, argnums=(0, 1))(B, v)
    for order, same in ((first_order, True), (not first_order, False)):
        ours = anil_gradients(B, v, inner, outer, alpha=ALPHA, first_order=order)
        assert all(np.allclose(a, b, rtol=1e-11, atol=1e-12) == same for a, b in zip(ours, theirs, strict=True))


def test_heads_and_body_without_a_step() -> None:
    B, _, samples, _ = point()
    V = np.random.default_rng(1).standard_normal((5, K))

    def mean(B: jax.Array, V: jax.Array) -> jax.Array:
        return jax.vmap(loss, in_axes=(None, 0, 0, 0))(B, V, samples.X, samples.y).mean()

    in_B, in_V = jax.grad(mean, argnums=(0, 1))(B, V)
    ours = head_gradients(B, V, samples)
    assert np.allclose(ours[0], in_B, rtol=1e-11, atol=1e-12)
    assert np.allclose(ours[1] / 5, in_V, rtol=1e-11, atol=1e-12)  # ours: of each task, theirs: of the mean
